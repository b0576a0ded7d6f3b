"""The programs that an experiment is written as: they run as they are and end where `simulate` does."""

import ast
import dataclasses
import json
import re
import subprocess
import sys
from pathlib import Path

import jax
import numpy as np
import pytest

from experiments import Experiment, Run, formula_landscape, simulate
from exports import LIBRARIES, lacking, to_code
from landscapes import LANDSCAPES
from optimizers import OPTIMIZERS, Optimizer, by_hand
from player import run_labels
from schedules import SCHEDULES
from tests.recorded.code_cases import CASES
from tests.recorded.record_code import fingerprint

RECORDED = json.loads((Path(__file__).parent / "recorded" / "code.json").read_text(encoding="utf-8"))


OPTAX_CASES = [name for name in CASES if name.startswith("optax")]
# Every program as if it were alone: it asks for double precision itself.
RUN_ALL = """
import contextlib, runpy, sys
import jax
for path in sys.argv[1:]:
    jax.config.update("jax_enable_x64", False)
    with open(f"{path}.printed", "w", encoding="utf-8") as printed, contextlib.redirect_stdout(printed):
        runpy.run_path(path, run_name="__main__")
"""


def run_python(folder, *arguments):
    """What a new interpreter prints; its failure fails the test."""
    command = [sys.executable, *map(str, arguments)]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def printed_in_optax(tmp_path_factory):
    """What the programs of all cases print, by case: one interpreter runs them all, since starting one takes longer."""
    folder = tmp_path_factory.mktemp("programs")
    paths = {case: folder / f"{case}.py" for case in OPTAX_CASES}
    for case, path in paths.items():
        path.write_text(to_code(CASES[case], "optax"), encoding="utf-8")
    run_python(folder, "-c", RUN_ALL, *paths.values())
    return {case: path.with_name(f"{path.name}.printed").read_text(encoding="utf-8") for case, path in paths.items()}


def rows_of(text):
    """What a program prints, by label: x, y and loss."""
    rows = [line.split("\t") for line in text.splitlines()]
    return {label: [float(number) for number in numbers] for label, *numbers in rows}


def assert_ends_where_it_should(experiment, rows):
    trajectory = simulate(experiment)
    assert list(rows) == run_labels(experiment)
    assert np.isfinite(trajectory.losses).all()
    assert (trajectory.positions[:, -1] != trajectory.positions[:, 0]).all(), "the comparison is empty: nothing moved"
    expected = np.column_stack([trajectory.positions[:, -1], trajectory.losses[:, -1]])
    np.testing.assert_allclose(list(rows.values()), expected, rtol=1e-8, atol=1e-8)


@pytest.mark.xdist_group("programs-in-optax")
@pytest.mark.parametrize("case", OPTAX_CASES)
def test_the_program_in_optax_ends_where_the_simulation_does(printed_in_optax, case):
    assert_ends_where_it_should(CASES[case], rows_of(printed_in_optax[case]))


@pytest.mark.parametrize("case", [name for name in CASES if name not in OPTAX_CASES])
def test_programs_in_other_libraries_ended_where_the_simulation_does(case):
    experiment, recorded = CASES[case], RECORDED["cases"][case]
    code = to_code(experiment, case.partition(" ")[0])
    assert fingerprint(code) == recorded["code"], "the program is another one: run python -m tests.recorded.record_code"
    assert_ends_where_it_should(experiment, rows_of(recorded["printed"]))


@pytest.mark.parametrize("library", LIBRARIES)
def test_every_rule_and_schedule_that_a_library_has_is_tried(library):
    tried = [run for name, case in CASES.items() if name.startswith(library) for run in case.runs]
    for slug in OPTIMIZERS:
        run = Run(slug)
        if not lacking(Experiment("booth", runs=(run,)), library):
            assert slug in {run.optimizer for run in tried}
    assert {run.schedule for run in tried} == set(SCHEDULES)


@pytest.mark.parametrize("library", LIBRARIES)
def test_the_rate_falls_in_the_case_of_a_loss_that_stalls(library):
    rates = simulate(CASES[f"{library} a loss that stalls"]).learning_rates[0]
    assert rates[-1] < 0.5 * rates[0]


@pytest.mark.parametrize("slug", LANDSCAPES)
def test_the_loss_that_is_written_out_is_the_loss(slug):
    """Value and slope, at places all over the view; as JAX, which knows where a slope jumps."""
    landscape = LANDSCAPES[slug]
    parameters = {name: 0.7 * p.default + 0.3 * p.high for name, p in landscape.parameters.items()}
    loss = defined_in(to_code(Experiment(slug, parameters), "optax"))["loss"]
    assert_same_function(loss, lambda point: landscape.loss(point, **parameters), landscape.view)


@pytest.mark.parametrize(
    "text",
    [
        "sin(x)*y + 0.1*(x^2 + y^2)",
        "|x| + sqrt(x^2 + y^2) + min(x, 2y) + max(0, x)",
        "where(x > 1, x^3, exp(-y)) + tanh(x*y)",
        "x^4/4 - cosh(y/3) + log(1 + x^2) + atan2(y, x + 9)",
    ],
)
def test_a_typed_formula_is_written_out_and_never_quoted(text):
    landscape = formula_landscape(text)
    code = to_code(Experiment(landscape), "optax")
    assert text not in code
    assert_same_function(defined_in(code)["loss"], landscape.loss, landscape.view)


def defined_in(code):
    """What a program of ours defines before it races anybody."""
    tree = ast.parse(code)
    tree.body = [node for node in tree.body if not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Call))]
    names: dict = {}
    exec(compile(tree, "pasted.py", "exec"), names)
    return names


def assert_same_function(one, other, view):
    (x_low, x_high), (y_low, y_high) = view
    points = np.random.default_rng(1).uniform((x_low, y_low), (x_high, y_high), (40, 2))
    for function in (lambda loss: jax.vmap(loss), lambda loss: jax.vmap(jax.grad(loss))):
        np.testing.assert_allclose(function(one)(points), function(other)(points), rtol=1e-10, atol=1e-12)


def test_a_rule_that_a_library_lacks_is_said():
    experiment = Experiment("booth", runs=(Run("newton"), Run("adam"), Run("newton"), Run("rprop")))
    assert lacking(experiment, "optax") == ("optax has no Newton (damped)", "optax has no Rprop")
    with pytest.raises(
        ValueError, match=re.escape("optax has no Newton (damped); optax has no Rprop. Allowed: rules that optax has.")
    ):
        to_code(experiment, "optax")


def test_an_option_or_a_schedule_that_makes_it_another_rule_is_said():
    assert "only" not in "".join(lacking(Experiment("booth", runs=(Run("amsgrad", {"maximum": 1.0}),)), "torch"))
    assert lacking(Experiment("booth", runs=(Run("amsgrad", {"maximum": 0.0}),)), "torch") == (
        "PyTorch's AMSGrad is another rule where maximum is 0",
    )
    assert lacking(Experiment("booth", runs=(Run("rprop", schedule="cosine"),)), "torch") == (
        "PyTorch's Rprop is another rule where the rate follows a schedule",
    )


def test_another_library_is_refused():
    with pytest.raises(ValueError, match=r"library is 'numpy'; allowed: optax, torch, keras"):
        to_code(Experiment("booth"), "numpy")


def test_a_rule_that_stands_in_no_file_of_the_catalogue_is_refused():
    def step(g, learning_rate):
        return {"update": -learning_rate * g}

    own = replace_slug(OPTIMIZERS["adam"], step)
    with pytest.raises(ValueError, match="Mine is not declared in a file of the catalogue"):
        to_code(Experiment("booth", runs=(Run(own),)), "optax")


def replace_slug(optimizer: Optimizer, step):
    return dataclasses.replace(optimizer, slug="mine", label="Mine", make=by_hand(step), shows=())


def test_labels_are_printed_whatever_they_are_made_of(tmp_path):
    runs = tuple(Run("gradient_descent", {"learning_rate": rate}) for rate in (0.01, 0.02))
    experiment = Experiment("booth", steps=2, runs=runs)
    path = tmp_path / "pasted.py"
    path.write_text(to_code(experiment, "optax"), encoding="utf-8")
    assert_ends_where_it_should(experiment, rows_of(run_python(tmp_path, path)))
    assert "η" in "".join(run_labels(experiment))
