"""What the papers promise of their rules is kept, and would not be by a rule that goes wrong."""

from dataclasses import replace
from functools import cache, partial

import jax.numpy as jnp
import numpy as np
import optax
import pytest

from experiments import Experiment, Run, simulate
from landscapes import Problem
from optimizers import OPTIMIZERS, ByHand, Path
from tests.test_catalogue import is_one_sentence

EVERY_PROMISE = pytest.mark.parametrize(
    ("optimizer", "promise"),
    [
        pytest.param(
            rule, promise, id=f"{slug}-{promise.kept.__name__}", marks=pytest.mark.xdist_group(f"optimizer-{slug}")
        )
        for slug, rule in OPTIMIZERS.items()
        for promise in rule.promises
    ],
)


@cache
def problem(ground):
    """The ground as a problem, the same one whenever it is asked for."""
    dimension = len(ground.start)
    return Problem(slug="drawn_up", label="Drawn up", dimension=dimension, loss=ground.loss, starts=(ground.start,))


def run_by(optimizer, ground, steps=60, rule=None, schedule="constant", **hyperparameters):
    """What a promise calls `run`: a run of `optimizer`, or of another rule, in the engine."""
    run = Run(rule or optimizer, hyperparameters, schedule)
    trajectory = simulate(Experiment(problem(ground), steps=steps, runs=(run,)))
    names = ("positions", "losses", "gradients", "updates", "learning_rates")
    return Path(**{name: getattr(trajectory, name)[0] for name in names}, states=trajectory.states[0])


@EVERY_PROMISE
def test_a_promise_is_kept(optimizer, promise):
    assert promise.kept(partial(run_by, optimizer)), promise.words


@EVERY_PROMISE
def test_a_promise_is_one_sentence(optimizer, promise):
    assert is_one_sentence(promise.words)


@pytest.mark.parametrize("optimizer", OPTIMIZERS.values(), ids=OPTIMIZERS)
def test_a_rule_that_optax_computes_has_a_promise(optimizer):
    """Its twin is optax as well, so that it alone would not notice a rule that is wrong on both sides."""
    assert isinstance(optimizer.make, ByHand) or optimizer.promises


def spoilt(optimizer, change):
    """The same rule with its updates changed."""

    def make(**hyperparameters):
        rule = optimizer.make(**hyperparameters)

        def update(gradient, state, position, **extra):
            step, state = rule.update(gradient, state, position, **extra)
            return change(step, gradient), state

        return optax.GradientTransformationExtraArgs(rule.init, update)

    return replace(optimizer, make=make)


WRONG = {
    "twice as far": lambda step, gradient: 2 * step,
    "uphill": lambda step, gradient: -step,
    "along x alone": lambda step, gradient: step * jnp.array([1.0, 0.0]),
    "nowhere": lambda step, gradient: 0 * step,
    "a little by the slope as well": lambda step, gradient: step - 1e-3 * gradient,
}


@EVERY_PROMISE
def test_a_promise_would_be_broken_by_a_rule_that_goes_wrong(optimizer, promise):
    with np.errstate(all="ignore"):
        assert any(not promise.kept(partial(run_by, spoilt(optimizer, change))) for change in WRONG.values()), (
            promise.words
        )
