"""Every rule takes positions of any dimension from the same file, or says up to which and why."""

from functools import cache

import jax
import jax.numpy as jnp
import numpy as np
import optax
import pytest

from optimizers import OPTIMIZERS
from tests.test_catalogue import is_one_sentence

MANY = 300
STEPS = 60
EVERY_RULE = pytest.mark.parametrize("optimizer", OPTIMIZERS.values(), ids=OPTIMIZERS)


def curvatures(dimension):
    """Of an ill-conditioned paraboloid, whose first two coordinates are the same in every dimension."""
    return np.array([1.0, 37.0, *np.geomspace(0.05, 100.0, MANY)])[:dimension]


def start(dimension):
    return np.array([-1.7, 1.3, *np.random.default_rng(5).uniform(-2.0, 2.0, MANY)])[:dimension]


@cache
def run(optimizer, dimension):
    """Losses and positions of a run at a tenth of the default rate, and the state after it."""
    bend = curvatures(dimension)

    def loss(position):
        return jnp.sum(bend * position**2) / 2

    defaults = {name: parameter.default for name, parameter in optimizer.hyperparameters.items()}
    rule = optimizer.make(**{**defaults, "learning_rate": defaults["learning_rate"] / 10})

    def step(carry, _):
        position, state = carry
        value, gradient = jax.value_and_grad(loss)(position)
        extra = {"value": value, "grad": gradient, "value_fn": loss, "grad_fn": jax.grad(loss)}
        update, state = rule.update(gradient, state, position, **extra)
        return (position + update, state), (value, position)

    begin = jnp.asarray(start(dimension))
    state = jax.tree.map(jnp.asarray, rule.init(begin))
    (_, state), (losses, positions) = jax.jit(lambda: jax.lax.scan(step, (begin, state), length=STEPS))()
    return np.array(losses), np.array(positions), state


def dimension_of(optimizer):
    return min(MANY, optimizer.largest_dimension or MANY)


@EVERY_RULE
def test_a_rule_descends_in_many_dimensions(optimizer):
    losses, positions, _ = run(optimizer, dimension_of(optimizer))
    assert np.isfinite(positions).all()
    assert losses[-1] < losses[0]
    assert (positions[-1] != positions[0]).all()


@EVERY_RULE
def test_what_a_rule_shows_has_one_number_or_one_for_each_coordinate(optimizer):
    *_, state = run(optimizer, dimension_of(optimizer))
    assert all(optax.tree.get(state, name).shape in {(), (dimension_of(optimizer),)} for name in optimizer.shows)


@EVERY_RULE
def test_coordinates_move_as_they_would_alone_exactly_if_a_rule_says_so(optimizer):
    *_, few, _ = run(optimizer, 2)
    *_, many, _ = run(optimizer, dimension_of(optimizer))
    assert np.allclose(many[:, :2], few, rtol=1e-9, atol=1e-12) == optimizer.separable


@EVERY_RULE
def test_a_rule_for_few_dimensions_says_why(optimizer):
    assert bool(optimizer.why_not_larger) == (optimizer.largest_dimension is not None)
    assert not optimizer.why_not_larger or is_one_sentence(optimizer.why_not_larger)


def test_nearly_every_rule_takes_any_dimension():
    assert sum(rule.largest_dimension is not None for rule in OPTIMIZERS.values()) <= len(OPTIMIZERS) / 10
