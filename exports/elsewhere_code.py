"""An experiment as code for the libraries whose optimizers the catalogue names in words: PyTorch and Keras."""

import ast
from collections.abc import Sequence

from experiments import Experiment, Run, optimizer_of
from exports.problem_code import Library
from exports.program import Template, differs, program
from exports.source import Definitions, fill_in

TORCH = Template(
    Library("torch", "PyTorch", "torch", "torch.tensor", needs_arrays=True, arguments="points, rate"),
    ("import numpy as np", "import torch"),
    "torch.set_default_dtype(torch.float64)",
    """
def race(label, optimizer_at, rates, start{clips?, clip=None}{reacts?, plateau=None}):
    point = torch.tensor(start, requires_grad=True)
    optimizer = optimizer_at([point], rates[0])
    for step in range(STEPS):
        {reacts?scale = plateau.after(loss(point).item()) if plateau else 1.0}
        optimizer.param_groups[0]["lr"] = rates[step]{reacts? * scale}
        optimizer.zero_grad()
        {sampled?at = point}
        {sampled?(PART_OF_STEP).backward()}
        {not sampled?loss(point).backward()}
        {noise?point.grad += noise[step]}
        {clips?point.grad = clip(point.grad) if clip else point.grad}
        optimizer.step()
    x, y = point.tolist()
    print(label, *(f"{number:.17g}" for number in (x, y, loss(point).item())), sep="\\t")
""",
    "torch.linalg.norm",
)
KERAS = Template(
    Library("keras", "Keras", "jnp", "jnp.array"),
    (
        *("import os", 'os.environ["KERAS_BACKEND"] = "jax"  # before Keras is imported'),
        *("import jax", "import jax.numpy as jnp", "import keras", "import numpy as np"),
    ),
    'jax.config.update("jax_enable_x64", True)\nkeras.config.set_floatx("float64")',
    """
def race(label, optimizer_at, rates, start{clips?, clip=None}{reacts?, plateau=None}):
    {sampled?slope = jax.jit(jax.grad(lambda at, step: PART_OF_STEP))}
    {not sampled?slope = jax.jit(jax.grad(loss))}
    point = keras.Variable(np.array(start))
    optimizer = optimizer_at(rates[0])
    for step in range(STEPS):
        {reacts?scale = plateau.after(float(loss(point.value))) if plateau else 1.0}
        optimizer.learning_rate = rates[step]{reacts? * scale}
        gradient = slope(point.value{sampled?, step}){noise? + noise[step]}
        {clips?gradient = clip(gradient) if clip else gradient}
        optimizer.apply([gradient], [point])
    print(label, *(f"{float(number):.17g}" for number in (*point.value, loss(point.value))), sep="\\t")
""",
    "jnp.linalg.norm",
)


def lacks(run: Run, template: Template) -> str:
    """Why a library can't do a run, in words; empty where it can."""
    optimizer, library = optimizer_of(run), template.library
    theirs = optimizer.elsewhere.get(library.slug)
    return f"{library.label} has no {optimizer.label}" if theirs is None else differs(run, theirs, library)


def code(experiment: Experiment, labels: Sequence[str], template: Template) -> str:
    """The whole program."""
    rules = [_rule(run, template.library) for run in experiment.runs]
    return program(experiment, labels, template, rules, Definitions(), {})


def _rule(run: Run, library: Library) -> str:
    """The call of the library, in which `rate` is the learning rate."""
    numbers: dict[str, ast.expr] = {name: ast.Constant(value) for name, value in run.hyperparameters.items()}
    numbers["learning_rate"] = ast.Name("rate")
    return ast.unparse(fill_in(optimizer_of(run).elsewhere[library.slug].call, numbers))
