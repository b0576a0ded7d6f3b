"""Every stated fact about every surface: minima, saddles, the lowest value, view and starts, wherever its sliders stand."""

from functools import lru_cache, partial

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from landscapes import LANDSCAPES
from surfaces import surface
from surfaces.critical_points import refine, search

DOZEN = 12


def one_worker(landscape):
    """Keeps the tests of one landscape in one process, which compiles it once."""
    return pytest.mark.xdist_group(f"landscape-{landscape.slug}")


def each(landscapes):
    """The landscapes, for parametrize."""
    return pytest.mark.parametrize(
        "landscape",
        [pytest.param(landscape, id=landscape.slug, marks=one_worker(landscape)) for landscape in landscapes],
    )


EVERY_LANDSCAPE = each(LANDSCAPES.values())


def defaults(landscape):
    return {name: parameter.default for name, parameter in landscape.parameters.items()}


def settings(landscape):
    """The defaults, then each slider alone at either end."""
    ends = {
        f"{name}={end}": {**defaults(landscape), name: getattr(parameter, end)}
        for name, parameter in landscape.parameters.items()
        for end in ("low", "high")
    }
    return {"defaults": defaults(landscape), **ends}


def everywhere(landscapes):
    """The landscapes at all their settings, for parametrize."""
    return pytest.mark.parametrize(
        ("landscape", "parameters"),
        [
            pytest.param(landscape, parameters, id=f"{landscape.slug}-{setting}", marks=one_worker(landscape))
            for landscape in landscapes
            for setting, parameters in settings(landscape).items()
        ],
    )


WITH_MINIMA = [landscape for landscape in LANDSCAPES.values() if landscape.minima]
WITH_SADDLES = [landscape for landscape in LANDSCAPES.values() if landscape.saddles]
WITH_DEGENERATE_SADDLES = [landscape for landscape in LANDSCAPES.values() if landscape.degenerate_saddles]
BOUNDED = [landscape for landscape in LANDSCAPES.values() if landscape.minimum is not None]
LOWEST_ANYWHERE = [landscape for landscape in BOUNDED if landscape.box is None]
LOWEST_IN_A_BOX = [landscape for landscape in LANDSCAPES.values() if landscape.box is not None]
FARTHER = (2, 10, 100, 1000)  # times the view


def loss_of(landscape, parameters):
    return partial(landscape.loss, **parameters)


@lru_cache(maxsize=512)
def _losses(landscape):
    return jax.jit(jax.vmap(lambda position, parameters: loss_of(landscape, parameters)(position), in_axes=(0, None)))


def values_at(landscape, parameters, points):
    return np.array(_losses(landscape)(np.array(points).reshape(-1, 2), parameters))


@lru_cache(maxsize=512)
def _derivatives(landscape):
    def at(position, parameters):
        loss = loss_of(landscape, parameters)
        return jax.grad(loss)(position), jax.hessian(loss)(position)

    return jax.jit(jax.vmap(at, in_axes=(0, None)))


def derivatives_at(landscape, parameters, points):
    """Gradient norms and Hessian eigenvalues, lower first, by JAX and NumPy alone."""
    gradients, hessians = map(np.array, _derivatives(landscape)(np.array(points).reshape(-1, 2), parameters))
    return np.hypot(*gradients.T), np.linalg.eigvalsh(hessians)


@lru_cache(maxsize=512)
def found(landscape):
    """What a search of the view finds at the defaults: its minima, its saddles, and what the Hessian leaves open."""
    points = search(landscape, defaults(landscape))
    low, high = points.curvatures.T
    kinds = low > 0, (low < 0) & (high > 0), (low == 0) | (high == 0)
    return tuple(points.positions[kind] for kind in kinds)


def diagonal(landscape):
    return float(np.hypot(*np.ptp(np.array(landscape.view), axis=1)))


def is_among(point, points, landscape):
    """Whether one of `points` is `point`, up to a millionth of the view."""
    points = np.array(points).reshape(-1, 2)
    return bool((np.hypot(*(points - point).T) < 1e-6 * diagonal(landscape)).any())


def random_points(landscape, count):
    (x_low, x_high), (y_low, y_high) = landscape.view
    return np.random.default_rng(20).uniform((x_low, y_low), (x_high, y_high), (count, 2))


def is_inside(inner, outer):
    return all(
        low <= inner_low <= inner_high <= high
        for (low, high), (inner_low, inner_high) in zip(outer, inner, strict=True)
    )


def inner_minima(landscape):
    """The stated minima without those on the border of a box beyond which the surface goes on falling."""
    if landscape.box is None:
        return landscape.minima
    return tuple(point for point in landscape.minima if not border_directions(landscape, point))


def border_directions(landscape, point):
    """The directions out of the box at a point on its border; none for a point inside it."""
    box = zip(point, landscape.box, np.eye(2), strict=True)
    return [axis * side for value, ends, axis in box for end, side in zip(ends, (-1, 1), strict=True) if value == end]


SMOOTH_INSIDE = [landscape for landscape in WITH_MINIMA if landscape.smooth and inner_minima(landscape)]
LOWEST_ON_A_BORDER = [landscape for landscape in LOWEST_IN_A_BOX if inner_minima(landscape) != landscape.minima]


def in_box(landscape, points):
    low, high = np.array(landscape.box or landscape.domain).T
    return ((points >= low) & (points <= high)).all(axis=1)


def enlarged(landscape, times):
    """The view, `times` as wide and as high, inside the domain."""
    view, domain = np.array(landscape.view), np.array(landscape.domain)
    wide = view.mean(axis=1, keepdims=True) + times * (view - view.mean(axis=1, keepdims=True))
    return tuple(map(tuple, np.clip(wide, domain[:, :1], domain[:, 1:])))


@everywhere(BOUNDED)
def test_a_stated_minimum_has_the_stated_lowest_value_and_none_is_lower(landscape, parameters):
    values = values_at(landscape, parameters, landscape.minima)
    assert values.min() == pytest.approx(landscape.minimum, rel=1e-9, abs=1e-9)


@everywhere(WITH_MINIMA)
def test_no_slider_changes_the_value_of_a_stated_minimum(landscape, parameters):
    here, standard = (values_at(landscape, numbers, landscape.minima) for numbers in (parameters, defaults(landscape)))
    np.testing.assert_allclose(here, standard, rtol=1e-9, atol=1e-9)


@everywhere(SMOOTH_INSIDE)
def test_every_stated_minimum_is_one(landscape, parameters):
    slopes, curvatures = derivatives_at(landscape, parameters, inner_minima(landscape))
    scale = np.maximum(1.0, np.abs(curvatures).max(axis=1))
    assert (slopes < 1e-9 * scale).all()
    assert (curvatures[:, 0] > 1e-6 * scale).all()


@everywhere(WITH_MINIMA)
def test_nothing_around_a_stated_minimum_is_lower(landscape, parameters):
    """What holds on a kink too, where neither gradient nor Hessian tells."""
    angles = np.linspace(0, 2 * np.pi, 24, endpoint=False)
    circle = np.stack([np.cos(angles), np.sin(angles)], axis=1)
    for minimum, value in zip(landscape.minima, values_at(landscape, parameters, landscape.minima), strict=True):
        for radius in (1e-4, 1e-3):
            around = np.array(minimum) + radius * diagonal(landscape) * circle
            around = around[in_box(landscape, around)]
            assert len(around) >= 6
            assert values_at(landscape, parameters, around).min() > value


@each(LOWEST_ON_A_BORDER)
def test_at_a_minimum_on_the_border_only_the_border_keeps_the_run(landscape):
    """The surface falls outwards there and is level along the border; the lowest point needs a box to be one."""
    for point in set(landscape.minima) - set(inner_minima(landscape)):
        slope = np.array(jax.grad(loss_of(landscape, defaults(landscape)))(jnp.array(point)))
        outward = border_directions(landscape, point)
        along = slope - sum(np.dot(slope, direction) * direction for direction in outward)
        assert all(np.dot(slope, direction) < 0 for direction in outward)
        np.testing.assert_allclose(along, 0.0, atol=1e-9 * np.abs(slope).max())


@each(WITH_SADDLES)
def test_every_stated_saddle_is_one(landscape):
    slopes, curvatures = derivatives_at(landscape, defaults(landscape), landscape.saddles)
    assert (slopes < 1e-9 * np.maximum(1.0, np.abs(curvatures).max(axis=1, initial=0.0))).all()
    assert ((curvatures[:, 0] < 0) & (curvatures[:, 1] > 0)).all()


@each(WITH_DEGENERATE_SADDLES)
def test_at_a_degenerate_saddle_the_hessian_is_singular_and_the_loss_both_higher_and_lower_around(landscape):
    slopes, curvatures = derivatives_at(landscape, defaults(landscape), landscape.degenerate_saddles)
    assert (slopes < 1e-9 * np.maximum(1.0, np.abs(curvatures).max(axis=1, initial=0.0))).all()
    assert (np.abs(curvatures).min(axis=1, initial=np.inf) < 1e-9).all()
    angles = np.linspace(0, 2 * np.pi, 48, endpoint=False)
    circle = 0.05 * diagonal(landscape) * np.stack([np.cos(angles), np.sin(angles)], axis=1)
    for point in landscape.degenerate_saddles:
        here = values_at(landscape, defaults(landscape), [point])
        around = values_at(landscape, defaults(landscape), np.array(point) + circle)
        assert around.min() < here < around.max()


@EVERY_LANDSCAPE
def test_critical_points_stand_apart_unless_declared_otherwise(landscape):
    """No other critical point lies within a thousandth of the view, or else they form curves."""
    points = np.concatenate(found(landscape))
    distances = np.hypot(*(points[:1000, None] - points[None]).transpose(2, 0, 1))
    close = ((distances > 0) & (distances < 1e-3 * diagonal(landscape))).any()
    assert close == (not landscape.isolated)


@everywhere(LOWEST_ANYWHERE)
def test_nothing_far_around_the_view_is_lower_than_the_minimum(landscape, parameters):
    for times in FARTHER:
        lowest = np.nanmin(surface(landscape, parameters, view=enlarged(landscape, times)).loss)
        assert lowest >= landscape.minimum - 1e-9


@each(LOWEST_IN_A_BOX)
def test_a_box_is_declared_only_where_something_outside_it_is_lower(landscape):
    lowest = [
        np.nanmin(surface(landscape, defaults(landscape), view=enlarged(landscape, times)).loss) for times in FARTHER
    ]
    assert min(lowest) < landscape.minimum - 1e-6
    assert is_inside(landscape.view, landscape.box)


@each([landscape for landscape in LANDSCAPES.values() if landscape.minimum is None])
def test_a_surface_without_a_lowest_value_has_none(landscape):
    lowest = [
        np.nanmin(surface(landscape, defaults(landscape), view=enlarged(landscape, times)).loss)
        for times in (1, *FARTHER)
    ]
    assert (np.diff(lowest) < 0).all()


@EVERY_LANDSCAPE
def test_gradient_and_hessian_are_finite_everywhere_even_on_kinks(landscape):
    """On a grid whose lines meet the axes, the diagonals and the centre, where roots and absolute values have theirs."""
    x, y = (np.linspace(low, high, 33) for low, high in landscape.view)
    points = np.stack(np.meshgrid(x, y), axis=-1).reshape(-1, 2)
    slopes, curvatures = derivatives_at(landscape, defaults(landscape), np.concatenate([points, np.zeros((1, 2))]))
    assert np.isfinite(slopes).all()
    assert np.isfinite(curvatures).all()


@everywhere(BOUNDED)
def test_nothing_in_the_view_is_lower_than_the_minimum(landscape, parameters):
    lowest = np.nanmin(surface(landscape, parameters, resolution=401).loss)
    assert lowest >= landscape.minimum - 1e-9


@everywhere(LANDSCAPES.values())
def test_the_loss_is_finite_all_over_the_view(landscape, parameters):
    assert np.isfinite(surface(landscape, parameters).loss).all()


@EVERY_LANDSCAPE
def test_minima_and_saddles_lie_in_the_view(landscape):
    points = (*landscape.minima, *landscape.saddles, *landscape.degenerate_saddles)
    assert all(is_inside(zip(point, point, strict=True), landscape.view) for point in points)


@EVERY_LANDSCAPE
def test_a_minimum_is_stated(landscape):
    assert landscape.minima or landscape.minimum is None


@EVERY_LANDSCAPE
def test_all_minima_in_the_view_are_stated_or_the_lowest_of_over_a_dozen(landscape):
    minima = found(landscape)[0]
    stated = np.array(landscape.minima).reshape(-1, 2)
    if len(minima) > DOZEN:
        lowest = values_at(landscape, defaults(landscape), minima) < landscape.minimum + 1e-9
        minima = minima[lowest]
        assert values_at(landscape, defaults(landscape), stated) == pytest.approx(landscape.minimum, abs=1e-9)
    assert all(is_among(point, stated, landscape) for point in minima)


@each(SMOOTH_INSIDE)
def test_a_search_finds_every_stated_minimum(landscape):
    minima = found(landscape)[0]
    assert all(is_among(point, minima, landscape) for point in inner_minima(landscape))


@EVERY_LANDSCAPE
def test_all_saddles_in_the_view_are_stated_unless_there_are_over_a_dozen(landscape):
    saddles = found(landscape)[1]
    assert all(is_among(point, saddles, landscape) for point in landscape.saddles)
    assert len(saddles) > DOZEN or all(is_among(point, landscape.saddles, landscape) for point in saddles)


@everywhere(LANDSCAPES.values())
def test_the_gradient_is_what_differences_give(landscape, parameters):
    points, loss = random_points(landscape, 64), partial(values_at, landscape, parameters)
    step = 1e-6 * diagonal(landscape)  # near the cube root of the rounding error, where central differences are best
    differences = [(loss(points + shift) - loss(points - shift)) / (2 * step) for shift in step * np.eye(2)]
    gradients = np.array(_derivatives(landscape)(points, parameters)[0])
    np.testing.assert_allclose(gradients, np.stack(differences, axis=1), rtol=1e-6, atol=1e-7 * np.abs(gradients).max())


@EVERY_LANDSCAPE
def test_the_view_is_finite_and_inside_the_domain(landscape):
    assert np.isfinite(landscape.view).all()
    assert (np.ptp(np.array(landscape.view), axis=1) > 0).all()
    assert is_inside(landscape.view, landscape.domain)


@EVERY_LANDSCAPE
def test_starts_lie_inside_the_view(landscape):
    assert landscape.starts
    assert len(set(landscape.starts)) == len(landscape.starts)
    assert all(is_inside(zip(start, start, strict=True), landscape.view) for start in landscape.starts)


@EVERY_LANDSCAPE
def test_the_first_start_is_no_critical_point(landscape):
    slopes, _ = derivatives_at(landscape, defaults(landscape), landscape.starts[:1])
    assert slopes[0] > 1e-6


def test_ackley_has_a_gradient_at_its_kink():
    assert np.isfinite(jax.grad(LANDSCAPES["ackley"].loss)(jnp.zeros(2))).all()


def test_newton_ends_at_the_saddle_next_to_which_it_starts():
    himmelblau = LANDSCAPES["himmelblau"]
    near = np.array(himmelblau.saddles) + np.array([[0.03, -0.02]])
    np.testing.assert_allclose(refine(himmelblau, {}, near).positions, himmelblau.saddles, atol=1e-9)
