"""Pictures of an experiment for slides: as many frames as there should be, the last with the paths as they end."""

from io import BytesIO
from typing import Any

import numpy as np
import pytest
from PIL import Image

from experiments import Experiment, Run
from exports import to_gif, to_png
from exports.gif import MOST_FRAMES, WIDTH, in_ascii, rgb
from exports.picture import strokes
from player import run_styles

TWO = Experiment(
    "quadratic",
    start=(-2.0, 1.2),
    steps=10,
    runs=(Run("gradient_descent", {"learning_rate": 0.03}), Run("adam", {"learning_rate": 0.05})),
)


def frames(gif):
    image: Any = Image.open(BytesIO(gif))
    found = []
    for index in range(image.n_frames):
        image.seek(index)
        found.append((np.asarray(image.convert("RGB"), int), image.info["duration"]))
    assert image.info["loop"] == 0
    return found


def amount_of(color, picture):
    return int((np.abs(picture - np.array(rgb(color))).max(axis=-1) < 12).sum())


def test_a_short_run_has_a_frame_for_every_step_and_the_last_one_stays():
    found = frames(to_gif(TWO))
    assert len(found) == 11
    assert [duration for _, duration in found] == [80] * 10 + [2000]


def test_a_long_run_has_as_many_frames_as_are_watched():
    still = Experiment("quadratic", start=(0.0, 0.0), steps=300)  # every frame would be the same, but for its number
    assert len(frames(to_gif(still))) == MOST_FRAMES


def test_the_last_frame_shows_the_paths_as_they_end():
    last = frames(to_gif(TWO))[-1][0]
    png = np.asarray(Image.open(BytesIO(to_png(TWO, width=WIDTH))).convert("RGB"), int)
    assert last.shape == png.shape
    assert np.abs(last - png).mean() < 3


def test_paths_grow_in_their_own_colours():
    found = frames(to_gif(TWO))
    for style in run_styles()[:2]:
        amounts = [amount_of(style["color"], picture[:WIDTH]) for picture, _ in found]
        assert amounts[-1] > amounts[4] > amounts[0]


def test_every_run_has_its_colour_even_if_there_are_many():
    runs = tuple(Run("adam", {"learning_rate": rate}) for rate in np.linspace(0.02, 0.3, 8))
    last = frames(to_gif(Experiment("quadratic", steps=12, runs=runs)))[-1][0]
    for style in run_styles()[:8]:
        assert amount_of(style["color"], last) > 50


def test_a_run_that_leaves_all_bounds_is_drawn_as_far_as_it_can_be():
    lost = Experiment("rosenbrock", steps=200, runs=(Run("gradient_descent", {"learning_rate": 1.0}),))
    assert len(frames(to_gif(lost))) == MOST_FRAMES


def test_themes_and_scales_are_other_pictures_and_others_are_refused():
    assert len({to_png(TWO), to_png(TWO, theme="dark"), to_png(TWO, scale="linear")}) == 3
    with pytest.raises(ValueError, match="theme is 'sepia'; allowed: light, dark"):
        to_gif(TWO, theme="sepia")
    with pytest.raises(ValueError, match="scale is 'cubic'; allowed: log, linear"):
        to_png(TWO, scale="cubic")


def test_work_on_a_moving_picture_can_be_stopped():
    told: list[float] = []

    def stop(share):
        told.append(share)
        if share > 0.4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        to_gif(TWO, progress=stop)
    assert told == pytest.approx([1 / 11, 2 / 11, 3 / 11, 4 / 11, 5 / 11])


def test_labels_are_written_in_the_letters_that_the_font_has():
    assert in_ascii("Adam η=0.01 β₂=0.9, Polak–Ribière+ λ=1") == "Adam eta=0.01 beta2=0.9, Polak-Ribiere+ lambda=1"


def test_a_dashed_line_is_cut_into_strokes():
    line = np.array([[0.0, 0.0], [6.0, 0.0], [6.0, 4.0]])
    parts = strokes(line, (4.0, 1.0))
    assert [part.tolist() for part in parts] == [[[0, 0], [4, 0]], [[5, 0], [6, 0], [6, 3]]]
    assert strokes(np.zeros((3, 2)), (1.0, 1.0))[0].shape == (3, 2)
