"""Basins and maps as pictures: small, indexed, and told apart without hue."""

from dataclasses import replace
from io import BytesIO

import numpy as np
from PIL import Image

from experiments import Experiment, Run
from sweeps import DIVERGED, UNFINISHED, Basins, basins, basins_picture, color_of, map_picture, stability_map


def pixels(picture: bytes) -> np.ndarray:
    """The colours of a PNG with a palette, from above downwards."""
    image = Image.open(BytesIO(picture))
    assert (image.format, image.mode) == ("PNG", "P")
    return np.asarray(image.convert("RGBA"))


def drawn(reached, steps) -> Basins:
    side = np.arange(float(len(reached)))
    minima = np.arange(2.0 * max(np.max(reached) + 1, 0)).reshape(-1, 2)
    return Basins(side, side, minima, np.array(reached), np.array(steps))


def test_a_start_has_the_colour_of_its_minimum_and_is_darker_the_later_it_is_there():
    seen = pixels(basins_picture(drawn([[0, 0], [1, 1]], [[0, 100], [0, 100]])))
    assert tuple(seen[1, 0, :3]) == color_of(0)  # the first row is the lowest
    assert tuple(seen[0, 0, :3]) == color_of(1)
    assert (seen[:, 1, :3].sum(axis=-1) < 0.5 * seen[:, 0, :3].sum(axis=-1)).all()


def test_unfinished_lost_and_undefined_have_a_look_of_their_own():
    reached = [[UNFINISHED, DIVERGED], [DIVERGED, 0]]
    seen = pixels(basins_picture(drawn(reached, [[9, 5], [0, 3]])))
    unfinished, lost, undefined = seen[1, 0], seen[1, 1], seen[0, 0]
    assert len(set(unfinished[:3].tolist())) == 1  # grey
    assert lost[:3].max() < 100 < unfinished[0]
    assert undefined[3] == 0
    assert unfinished[3] == lost[3] == 255


def test_the_colours_of_minima_differ_in_brightness_too():
    brightness = sorted(np.dot(color_of(minimum), (0.3, 0.59, 0.11)) for minimum in range(4))
    assert np.diff(brightness).min() > 15


def test_the_most_intricate_basins_are_at_most_sixty_kilobytes():
    noise = np.random.default_rng(0)
    wild = drawn(noise.integers(-2, 7, (512, 512)), noise.integers(0, 1000, (512, 512)))
    assert len(basins_picture(wild)) <= 60_000
    fractal = Experiment("himmelblau", steps=300, runs=(Run("momentum", {"learning_rate": 0.012}),))
    picture = basins_picture(basins(fractal))
    assert len(picture) <= 60_000
    assert pixels(picture).shape == (512, 512, 4)


def test_low_losses_are_light_and_what_is_unstable_is_striped():
    bowl = Experiment("quadratic", {"condition_number": 1.0}, steps=20, runs=(Run("momentum", {"learning_rate": 0.1}),))
    found = stability_map(bowl, resolution=24)
    seen = pixels(map_picture(found, 0.0))[::-1, :, :3].astype(int)
    best = np.unravel_index(np.argmin(np.where(found.stable, found.final_losses, np.inf)), found.stable.shape)
    worst = np.unravel_index(np.argmax(np.where(found.stable, found.final_losses, -np.inf)), found.stable.shape)
    assert seen[best].sum() > seen[worst].sum() + 200
    assert set(map(tuple, seen[~found.stable])) == {(24, 24, 24), (92, 92, 92)}


def test_a_map_on_which_nothing_is_stable_is_drawn_too():
    bowl = Experiment("quadratic", {"condition_number": 1.0}, steps=20, runs=(Run("momentum"),))
    found = stability_map(bowl, resolution=4)
    lost = replace(found, final_losses=np.full((4, 4), np.inf), stable=np.zeros((4, 4), bool))
    assert pixels(map_picture(lost, 0.0)).shape == (4, 4, 4)
