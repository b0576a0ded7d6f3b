"""The table of an experiment, the links that lead to one, and the command line."""

import csv
import subprocess
import sys
from io import StringIO
from pathlib import Path
from urllib.parse import urlencode

import numpy as np
import pandas as pd
import pytest

from experiments import Experiment, Run, simulate, to_query
from exports import COLUMNS, follow, to_csv
from exports.__main__ import main
from lessons import FIRST, LESSONS

ROOT = Path(__file__).parent.parent
TWO = Experiment(
    "rosenbrock",
    start=(-1.5, 2.0),
    steps=30,
    runs=(
        Run("adam", {"learning_rate": 0.05}, "cosine"),
        Run("gradient_descent", {"learning_rate": 0.5}, clip_norm=2.0),
    ),
    noise=0.1,
    seed=3,
)
LINK = urlencode(to_query(TWO), doseq=True)


def test_pandas_reads_the_table_in_one_line():
    table = pd.read_csv(StringIO(to_csv(TWO)))
    assert tuple(table.columns) == COLUMNS
    assert table.shape == (2 * 31, len(COLUMNS))
    assert table.groupby("run", sort=False)["step"].apply(list).tolist() == [list(range(31))] * 2


def test_the_table_has_every_number_of_the_trajectory():
    trajectory, table = simulate(TWO), pd.read_csv(StringIO(to_csv(TWO)), float_precision="round_trip")
    for index, (_, rows) in enumerate(table.groupby("run", sort=False)):
        np.testing.assert_array_equal(rows[["x", "y"]], trajectory.positions[index])
        np.testing.assert_array_equal(rows["loss"], trajectory.losses[index])
        np.testing.assert_array_equal(rows["gradient"][:-1], np.hypot(*trajectory.gradients[index].T))
        np.testing.assert_array_equal(rows["rate"][:-1], trajectory.learning_rates[index])
        assert rows[["gradient", "rate"]].iloc[-1].isna().all()


def test_what_diverges_is_in_the_table_to_its_end():
    lost = Experiment("quadratic", steps=1000, runs=(Run("gradient_descent", {"learning_rate": 50.0}),))
    table = pd.read_csv(StringIO(to_csv(lost)))
    assert len(table) == 1001
    assert not np.isfinite(table["loss"].iloc[-1])


def test_a_label_with_a_comma_stays_in_its_column():
    twins = Experiment("quadratic", steps=3, runs=(Run("adam"), Run("adam", schedule="cosine")))
    rows = list(csv.reader(StringIO(to_csv(twins))))
    assert {len(row) for row in rows} == {len(COLUMNS)}
    assert len({row[0] for row in rows[1:]}) == 2


@pytest.mark.parametrize(
    "link", [LINK, f"http://localhost:8501/?{LINK}", f"https://a.b/c/compare?{LINK}&present=1#top"]
)
def test_a_link_leads_to_its_experiment(link):
    assert follow(link).experiment == TWO


def test_a_link_to_a_lesson_leads_to_its_experiment_scale_and_title():
    lesson = LESSONS["local_minima"]
    linked = follow("http://a.b/lessons?lesson=local-minima")
    assert (linked.experiment, linked.scale, linked.title) == (lesson.experiment, lesson.scale, lesson.label)
    assert follow(f"?lesson={lesson.slug}&scale=linear").scale == "linear"
    assert follow(f"lesson={FIRST.slug}&{LINK}").experiment == TWO


@pytest.mark.parametrize(
    ("link", "said"),
    [
        ("", "allowed: the address of an experiment"),
        ("http://localhost:8501/", "allowed: the address of an experiment"),
        ("lesson=zigzig", "lesson is “zigzig”; allowed: "),
        (f"{LINK}&scale=cubic", "scale is “cubic”; allowed: log, linear"),
        (f"{LINK}&colour=red", "“colour” is not a part of this experiment"),
        (LINK.replace("steps=30", "steps=many"), "steps is “many”; allowed: a whole number from 1 to 10000"),
    ],
)
def test_what_is_wrong_with_a_link_is_said(link, said, capsys):
    with pytest.raises(ValueError, match=r"allowed|not a part") as raised:
        follow(link)
    assert said in str(raised.value)
    assert main([link, "--code", "optax"]) == 2
    assert said in capsys.readouterr().err


def test_the_command_line_writes_what_is_asked_for(tmp_path):
    command = [sys.executable, "-m", "exports", LINK, "--csv", str(tmp_path / "runs.csv"), "--code", "optax"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert (tmp_path / "runs.csv").read_text() == to_csv(TWO)
    assert "optax.adam(" in done.stdout


def test_a_file_that_cannot_be_written_is_said(tmp_path, capsys):
    assert main([LINK, "--csv", str(tmp_path / "nowhere" / "runs.csv")]) == 2
    assert "nowhere" in capsys.readouterr().err
