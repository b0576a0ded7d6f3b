"""What became of a run, told by an observer who knows nothing of the code that is tested.

He lets the run go on for twenty times as long, looks where it dwells in the end, and walks downhill from there to see
what kind of place that is. He judges lengths by eye, as shares of the picture's diagonal, and says nothing where he would
say something else if his eye were a third less, or more, exact.
"""

from functools import lru_cache

import jax
import numpy as np

LONGER = 20  # times as many steps
EYES = (0.7, 1.0, 1.4)  # how coarsely lengths are judged
COMPASS = np.stack([np.cos(np.arange(24) * np.pi / 12), np.sin(np.arange(24) * np.pi / 12)], axis=1)
BATCH = 1024  # points whose losses are computed together, so that one compilation serves all


def rotation(turn):
    """By another angle every turn: a narrow valley lies in one of the directions sooner or later."""
    cosine, sine = np.cos(turn * 2.4), np.sin(turn * 2.4)
    return np.array([[cosine, sine], [-sine, cosine]])


def norm(vectors):
    return np.hypot(vectors[..., 0], vectors[..., 1])


class Observer:
    """Looks at runs on one surface."""

    def __init__(self, landscape, parameters):
        self.landscape = landscape
        view = np.array(landscape.view)
        self.diagonal, self.centre = float(np.hypot(*np.ptp(view, axis=1))), view.mean(axis=1)
        self._losses = jax.jit(jax.vmap(lambda position: landscape.loss(position, **dict(parameters))))
        (x_low, x_high), (y_low, y_high) = landscape.view
        x, y = np.meshgrid(np.linspace(x_low, x_high, 60), np.linspace(y_low, y_high, 60))
        seen = self.losses(np.stack([x.ravel(), y.ravel()], axis=1))
        seen = seen[np.isfinite(seen)]
        self.lowest = float(seen.min()) if landscape.minimum is None else landscape.minimum
        self.height = float(np.median(seen)) - self.lowest
        self.explored = lru_cache(maxsize=None)(self._explored)

    def losses(self, points):
        """The loss at every point, infinite where there is none."""
        padded = np.resize(points, (-(-len(points) // BATCH), BATCH, 2))
        values = np.concatenate([np.asarray(self._losses(batch)) for batch in padded])[: len(points)]
        return np.where(np.isfinite(values), values, np.inf)

    def label(self, path, losses, steps):
        """The kind of verdict that the first `steps` of a run deserve; None where opinions may differ."""
        with np.errstate(all="ignore"):
            opinions = {self._opinion(path, losses, steps, eye) for eye in EYES}
        return opinions.pop() if len(opinions) == 1 else None

    def _opinion(self, path, losses, steps, eye):
        size = eye * self.diagonal
        finite = np.isfinite(losses) & np.isfinite(path).all(axis=1)
        away = norm(path - self.centre)
        if not finite[: steps + 1].all() or away[steps] > 1000 * self.diagonal:
            return "diverged"
        quarter = path[steps - steps // 4 : steps + 1]
        if norm(quarter - path[steps]).max() < 0.015 * size:
            for_now = self.kind_of_place(path[steps], size, eye)
            if for_now in ("global_minimum", "local_minimum"):
                return for_now if norm(path[steps : 2 * steps] - path[steps]).max() < 0.015 * size else None
        if not finite.all() or away[-1] > 20 * size:
            goes_on = not finite.all() or away[-1] > max(2 * away[steps], 1.2 * away[3 * len(away) // 4])
            return self._on_its_way_out(path[: steps + 1], away[: steps + 1], size) if goes_on else None
        return self._bounded(path, steps, size, eye)

    def _on_its_way_out(self, own, away, size):
        """Of a run that is lost later: whether it can be seen by now."""
        thirds = np.array_split(np.arange(len(own) // 2, len(own)), 3)
        swings = [np.ptp(own[third], axis=0).max() for third in thirds]
        distances = [away[third].mean() for third in thirds]
        is_out = away[-1] > self.diagonal
        if is_out and distances[0] < distances[1] < distances[2]:
            return "diverged"
        if swings[2] > 0.02 * size and 1.15 * swings[0] < swings[1] and 1.15 * swings[1] < swings[2]:
            last = own[-20:]
            bounces = norm(np.diff(last, axis=0)).sum() > 2 * norm(np.ptp(last, axis=0))
            return "diverged" if bounces else None
        return None if is_out else "moving"

    def _bounded(self, path, steps, size, eye):
        own, quarter = path[: steps + 1], path[steps - steps // 4 : steps + 1]
        centre, spread, drift, bounces = dwelling(path[len(path) // 2 :])
        kind = self.kind_of_place(centre, size, eye) if spread < 0.03 * size else None
        if bounces and spread >= 0.02 * size and drift < spread / 2:
            kind = "oscillates"
        if kind in ("global_minimum", "local_minimum"):
            centre = self.explored(tuple(centre))[0][-1]
        dwells = kind not in (None, "slope") and drift < max(0.003 * size, spread / 2)
        radius = 0.008 * size + 1.5 * spread
        if dwells and self._is_there(quarter, centre, radius, bounces):
            return None if kind != "oscillates" and spread > 0.014 * size else kind
        _, own_spread, own_drift, own_bounces = dwelling(quarter)
        if any(norm(quarter - np.array(saddle)).max() < 0.016 * size for saddle in self.landscape.saddles):
            return None
        if own_bounces and own_drift < own_spread and own_spread > 0.002 * size:
            return None
        if dwells:
            near = norm(path[steps:] - centre) <= (2 * radius if bounces else radius)
            left = next(float(index) for index in range(len(near)) if near[index : index + steps].all())
        else:
            left = np.inf if kind == "slope" else 0.0
        return self._under_way(own[-1], steps, left, eye)

    def _is_there(self, quarter, centre, radius, bounces):
        return np.sqrt(np.mean(norm(quarter - centre) ** 2)) <= radius and (
            bounces or norm(quarter[-1] - centre) <= radius
        )

    def _under_way(self, position, steps, left, eye):
        """By how long it still takes, and how flat the surface is where it is."""
        if left <= 0:
            return None
        if left < 10 * steps * eye:
            return "moving"
        here = self.losses(position[None])[0]
        change = np.abs(self.losses(position + 0.03 * self.diagonal * COMPASS) - here).max()
        return "plateau" if change < 0.008 * eye**2 * (here - self.lowest) else "crawls"

    def kind_of_place(self, point, size, eye):
        """A minimum, if whoever walks downhill from around comes back; else a slope, a saddle, or flat ground."""
        ends, lowest, wide, slope = self.explored(tuple(point))
        here = self.losses(np.array([point]))[0]
        comes_back = norm(ends - point) < 0.008 * size
        is_flat = np.abs(wide).max() < 0.004 * max(here - self.lowest, 0)
        if comes_back.mean() > 0.9 and (np.sort(wide)[2] > 0 or lowest <= self.lowest + 1e-9 * self.height):
            is_lowest = self.landscape.minimum is not None and abs(lowest - self.lowest) <= 1e-6 * self.height
            return None if is_flat else "global_minimum" if is_lowest else "local_minimum"
        if slope > 0.2 * eye * abs(wide.min()):
            return "slope"
        if is_flat and not wide.any():
            return "plateau"
        if comes_back[:-1].mean() >= 0.6:
            return None
        return "plateau" if wide.max() <= 0.05 * abs(wide.min()) else "saddle" if wide.min() < 0 else None

    def _explored(self, point):
        """Where walks downhill from around and from `point` end, the lowest loss there; the heights on a wide ring, and
        what the slope at the point alone would make of them."""
        here = self.losses(np.array([point]))[0]
        starts = np.concatenate([point + 0.005 * self.diagonal * COMPASS[::2], [point]])
        ends, lowest = self._walk_down(starts)
        wide = self.losses(point + 0.02 * self.diagonal * COMPASS) - here
        narrow = self.losses(point + 0.0005 * self.diagonal * COMPASS) - here
        slope = np.abs(narrow[:12] - narrow[12:]).max() / 2 * (0.02 / 0.0005)
        return ends, lowest, wide, slope

    def _walk_down(self, points, rounds=80):
        """Goes from every point to the lowest of 24 neighbours, ever closer ones once none is lower."""
        strides, best, index = np.full(len(points), 0.002 * self.diagonal), self.losses(points), np.arange(len(points))
        for turn in range(rounds):
            around = points[:, None] + strides[:, None, None] * COMPASS @ rotation(turn)
            values = self.losses(around.reshape(-1, 2)).reshape(len(points), -1)
            choice = values.argmin(axis=1)
            lower = values[index, choice] < best
            points = np.where(lower[:, None], around[index, choice], points)
            best, strides = np.where(lower, values[index, choice], best), np.where(lower, strides, strides / 2)
        return points, best.min()


def dwelling(path):
    """Where a path is on the whole: its centre, or its end if it does not go to and fro; the root mean square distance
    from there; how far apart the centres of its halves are; and whether it goes to and fro."""
    bounces = norm(np.diff(path, axis=0)).sum() > 5 * norm(np.ptp(path, axis=0))
    centre, half = path.mean(axis=0) if bounces else path[-1], len(path) // 2
    drift = norm(path[:half].mean(axis=0) - path[-half:].mean(axis=0))
    return centre, np.sqrt(np.mean(norm(path - centre) ** 2)), drift, bounces
