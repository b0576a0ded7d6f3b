"""An experiment as code for PyTorch, by the optimizers of torch.optim."""

import ast
from collections.abc import Sequence

from experiments import Experiment, Run, optimizer_of
from exports.problem_code import Library
from exports.program import Template, differs, program
from exports.source import Definitions, fill_in

LOOP = """
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
"""
TORCH = Template(
    Library("torch", "PyTorch", "torch", "torch.tensor", needs_arrays=True),
    ("import numpy as np", "import torch"),
    "torch.set_default_dtype(torch.float64)",
    LOOP,
    "torch.linalg.norm",
)


def torch_lacks(run: Run) -> str:
    """Why PyTorch can't do a run, in words; empty where it can."""
    optimizer = optimizer_of(run)
    theirs = optimizer.elsewhere.get("torch")
    if theirs is None:
        return f"PyTorch has no {optimizer.label}"
    return differs(run, theirs, TORCH.library)


def torch_code(experiment: Experiment, labels: Sequence[str]) -> str:
    """The whole program."""
    rules = [_rule(run) for run in experiment.runs]
    return program(experiment, labels, TORCH, rules, Definitions(), {})


def _rule(run: Run) -> str:
    """The call of PyTorch, in which `rate` is the learning rate."""
    numbers: dict[str, ast.expr] = {name: ast.Constant(value) for name, value in run.hyperparameters.items()}
    numbers["learning_rate"] = ast.Name("rate")
    return ast.unparse(fill_in(optimizer_of(run).elsewhere["torch"].call, numbers))
