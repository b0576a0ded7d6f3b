"""What a page keeps of an experiment, and what the player is given of it there, against what a server answers."""

import base64
import json
from dataclasses import replace

import numpy as np
import pytest

from experiments import Experiment, Run, formula_landscape, landscape_of, simulate, sweep_rates, with_rate
from landscapes import LANDSCAPES
from player import SCALES, THEMES, numbers_at, recent_payload, stored_experiment, surface_document
from player.packing import pack
from player.stored import Room, differences, numbers_every, size_of_fans
from tests.node import run_node

TWO = Experiment(
    "rosenbrock",
    start=(-1.5, 2.0),
    steps=40,
    runs=(Run("adam", {"learning_rate": 0.05}, "cosine"), Run("gradient_descent", {"learning_rate": 0.0013})),
)
NOISY = replace(TWO, noise=0.2, runs=(Run("sam"), Run("momentum", schedule="reduce_on_plateau", clip_norm=1.0)))
OF_DATA = Experiment("few_examples", steps=30, runs=(Run("adam"), Run("gradient_descent")), batch_size=3)
UNBOUNDED = Experiment("monkey_saddle", steps=30, runs=(Run("adam"), Run("gradient_descent")))
EACH = {"two runs": TWO, "noise": NOISY, "examples": OF_DATA, "no lowest loss": UNBOUNDED}


pytestmark = pytest.mark.xdist_group("stored")  # one process, which makes the documents once


@pytest.fixture(scope="module")
def stored():
    """The documents, each made once."""
    return {name: json.loads(json.dumps(stored_experiment(experiment, "log"))) for name, experiment in EACH.items()}


@pytest.fixture
def played(tmp_path):
    """What JavaScript makes of a document after some moves of rates."""

    def play(document, moves=(), asked=()):
        path = tmp_path / "asked.json"
        path.write_text(json.dumps({"document": document, "moves": moves, "asked": asked}))
        done = run_node("tests/player/stored_payload.js", str(path))
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    return play


def decoded(series):
    return np.frombuffer(base64.b64decode(series["bdata"]), "<f4").reshape(series["shape"])


def assert_same_payload(found, expected, is_bounded=True):
    for name in ("positions", "gaps", "slopes", "heldOut"):
        if name in expected:
            values = decoded(expected[name])
            # Where the lowest loss is known by the paths alone, all gaps shift with it, in single precision.
            smallest = 1e-30 if is_bounded else 3e-7 * float(np.abs(values).max())
            np.testing.assert_allclose(decoded(found[name]), values, rtol=2e-6, atol=smallest)
    for rate, known in zip(found["rates"], expected["rates"], strict=True):
        one, other = (given if isinstance(given, float | int) else decoded(given) for given in (rate, known))
        np.testing.assert_allclose(one, other, rtol=1e-6)
    for name in ("digest", "runs", "minima", "styles", "steps", "start"):
        assert found[name] == expected[name]
    assert found["floor"] == pytest.approx(expected["floor"], rel=1e-12)
    for name in ("loss", "rate", "slope", "race"):
        assert found["charts"][name]["yaxis"] == expected["charts"][name]["yaxis"]


@pytest.mark.parametrize("name", EACH)
def test_before_anything_is_dragged_it_is_the_payload_of_the_app(stored, played, name):
    assert played(stored[name])["payload"] == json.loads(json.dumps(recent_payload(EACH[name], "log")))


@pytest.mark.parametrize("name", EACH)
@pytest.mark.parametrize("run", [0, 1])
@pytest.mark.parametrize("place", [0, 31, 45, 63])
def test_at_a_rate_of_the_fan_it_is_the_payload_of_the_experiment_at_that_rate(stored, played, name, run, place):
    experiment = EACH[name]
    rate = stored[name]["runs"][run]["fan"]["at"][place]["rate"]
    runs = tuple(with_rate(one, rate) if index == run else one for index, one in enumerate(experiment.runs))
    expected = json.loads(json.dumps(recent_payload(replace(experiment, runs=runs), "log")))
    assert_same_payload(played(stored[name], [(run, rate)])["payload"], expected, experiment is not UNBOUNDED)


def test_when_both_rates_are_dragged_both_paths_are_those_of_their_rates(stored, played):
    rates = [document["fan"]["at"][40]["rate"] for document in stored["two runs"]["runs"]]
    found = played(stored["two runs"], [(0, 7.0), (1, rates[1] * 1.05), (0, rates[0])])["payload"]
    runs = tuple(with_rate(run, rate) for run, rate in zip(TWO.runs, rates, strict=True))
    expected = recent_payload(replace(TWO, runs=runs), "log")
    np.testing.assert_allclose(decoded(found["positions"]), decoded(expected["positions"]), rtol=2e-6)
    np.testing.assert_allclose(decoded(found["gaps"]), decoded(expected["gaps"]), rtol=2e-6, atol=1e-30)


@pytest.mark.parametrize("name", EACH)
def test_every_step_is_told_in_the_numbers_of_the_app(stored, played, name):
    asked = [(run, step) for run in (0, 1) for step in (0, 1, EACH[name].steps - 1)]
    for (run, step), found in zip(asked, played(stored[name], asked=asked)["steps"], strict=True):
        expected = json.loads(json.dumps(numbers_at(EACH[name], run, step)))
        assert [found[part] for part in ("rows", "formula", "rate")] == [
            expected[part] for part in ("rows", "formula", "rate")
        ]
        for drawn, known in zip(found["arrows"], expected["arrows"], strict=True):
            assert drawn["name"] == known["name"]
            np.testing.assert_allclose([drawn["x"], drawn["y"]], [known["x"], known["y"]], rtol=1e-4)


def test_at_another_rate_a_step_is_told_by_where_it_leads(stored, played):
    rate = stored["two runs"]["runs"][1]["fan"]["at"][20]["rate"]
    (found,) = played(stored["two runs"], [(1, rate)], [(1, 7)])["steps"]
    path = sweep_rates(TWO, TWO.runs[1], [rate]).positions[0]
    told = {row["symbol"]: row["values"] for row in found["rows"]}
    assert found["rate"] == rate
    assert told["t"] == [8]
    np.testing.assert_allclose(told[r"\theta_t"], path[7], rtol=1e-6)
    np.testing.assert_allclose(told[r"\theta_{t+1}"], path[8], rtol=1e-6)
    np.testing.assert_allclose(
        [found["arrows"][0]["x"], found["arrows"][0]["y"]], path[8] - path[7], rtol=1e-3, atol=1e-6
    )


def test_where_there_is_little_room_some_steps_are_told_by_where_they_lead(played):
    document = json.loads(json.dumps(stored_experiment(TWO, "log", room=Room(points=3000, numbers=30))))
    assert document["runs"][0]["numbers"]["every"] == 3
    whole, part = played(document, asked=[(0, 6), (0, 7)])["steps"]
    assert whole["rows"] == json.loads(json.dumps(numbers_at(TWO, 0, 6)["rows"]))
    told = {row["symbol"]: row["values"] for row in part["rows"]}
    np.testing.assert_allclose(told[r"\theta_{t+1}"], simulate(TWO).positions[0, 8], rtol=1e-6)
    assert told["t"] == [8]
    assert part["rate"] == 0.05


def test_the_surface_is_there_in_both_themes(stored, played):
    document = stored["two runs"]
    light, dark = (surface_document(LANDSCAPES["rosenbrock"], {"steepness": 100.0}, "log", theme) for theme in THEMES)
    found = played(document)["dark"]
    np.testing.assert_allclose(found.pop("loss"), dark.pop("loss"), rtol=2e-5, atol=1e-7)
    del light["loss"]
    assert document["surface"] == light
    assert found == dark
    assert len(json.dumps(document["dark"])) < 4000


def test_the_fan_has_the_losses_of_its_rates(stored, played):
    rates = [at["rate"] for at in stored["two runs"]["runs"][0]["fan"]["at"]]
    losses = decoded(played(stored["two runs"])["rates"]["losses"])
    np.testing.assert_allclose(losses, sweep_rates(TWO, TWO.runs[0], rates).losses, rtol=1e-5)


def test_examples_come_with_a_surface_of_data_alone(stored):
    assert stored["examples"]["examples"]["training"]["x"]
    assert stored["two runs"]["examples"] is None


def test_what_is_kept_stays_small_however_large_the_experiment():
    largest = Experiment(
        "quadratic", steps=10_000, runs=tuple(Run("adam", {"learning_rate": r}) for r in np.linspace(0.1, 1, 24))
    )
    for experiment in (TWO, replace(TWO, steps=2000), largest):
        rates, stride = size_of_fans(experiment, Room())
        points = len(experiment.runs) * rates * -(-(experiment.steps + 1) // stride)
        assert points <= 1.1 * Room().points
        assert rates >= 24
        assert len(experiment.runs) * experiment.steps / numbers_every(experiment, Room().numbers) <= Room().numbers
    assert size_of_fans(TWO, Room()) == (64, 1)


def test_differences_lead_to_what_stands_elsewhere():
    one = {"a": [1, {"b": 2}], "c": 3, "d": [1]}
    assert differences(one, {"a": [1, {"b": 5}], "c": 3, "d": [1, 2]}) == [[["a", 1, "b"], 5], [["d"], [1, 2]]]


def test_progress_is_told():
    told: list[float] = []
    stored_experiment(replace(TWO, steps=3), "log", told.append)
    assert told == [0.5, 1.0]


def test_what_is_packed_is_the_same_to_the_last_bit(tmp_path):
    values = np.random.default_rng(3).standard_normal((3, 7, 2)) * np.geomspace(1e-30, 1e30, 7)[None, :, None]
    values[1, 3:] = 0.0
    for array in (values, values[..., 0], values[:1, :1]):
        found = unpacked(tmp_path, pack(array))
        np.testing.assert_array_equal(found, array.astype("<f4").ravel())


def test_what_is_too_large_for_single_precision_is_cut(tmp_path):
    assert np.isfinite(unpacked(tmp_path, pack(np.array([[1e200, -1e200, 3.0]])))).all()


def unpacked(folder, document):
    path = folder / "packed.json"
    path.write_text(json.dumps(document))
    script = (
        "import { readFileSync } from 'node:fs'; import { unpack } from './player/web/packing.js';"
        f"console.log(JSON.stringify([...unpack(JSON.parse(readFileSync('{path.as_posix()}'))).values]))"
    )
    done = run_node("--input-type=module", "--eval", script)
    assert done.returncode == 0, done.stderr
    return np.array(json.loads(done.stdout), np.float32)


@pytest.mark.parametrize("scale", SCALES)
def test_losses_follow_from_heights_on_every_scale_where_there_are_any(played, scale):
    holed = Experiment(formula_landscape("sqrt(x - 1) + y^2"), steps=3)
    document = json.loads(json.dumps(stored_experiment(holed, scale)))
    expected = surface_document(landscape_of(holed), {}, scale, "dark")["loss"]
    found = played(document)["dark"]["loss"]
    assert any(value is None for row in expected for value in row)
    np.testing.assert_allclose(
        np.array(found, float), np.array(expected, float), rtol=2e-5, atol=1e-5 * np.nanmax(np.array(expected, float))
    )
