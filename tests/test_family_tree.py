"""Who built on whom: every parent exists and is older, nobody is their own ancestor; and what was left out of the tree."""

import jax
import jax.numpy as jnp
import numpy as np
import optax
import pytest

from landscapes import LANDSCAPES
from optimizers import OPTIMIZERS
from optimizers._left_out import LEFT_OUT
from tests.test_catalogue import is_one_sentence

EVERY_RULE = pytest.mark.parametrize("optimizer", OPTIMIZERS.values(), ids=OPTIMIZERS)


@EVERY_RULE
def test_every_parent_exists_and_is_not_younger(optimizer):
    assert set(optimizer.builds_on) <= set(OPTIMIZERS)
    assert all(OPTIMIZERS[parent].year <= optimizer.year for parent in optimizer.builds_on)
    assert len(set(optimizer.builds_on)) == len(optimizer.builds_on)


@EVERY_RULE
def test_a_rule_with_parents_says_what_it_changed_and_a_root_does_not(optimizer):
    assert is_one_sentence(optimizer.changes) if optimizer.builds_on else not optimizer.changes


def ancestors(slug, path=()):
    """All rules that `slug` came from.

    Raises:
      ValueError: one of them came from itself.
    """
    if slug in path:
        raise ValueError(" builds on ".join((*path, slug)))
    parents = OPTIMIZERS[slug].builds_on
    return set(parents).union(*(ancestors(parent, (*path, slug)) for parent in parents))


@EVERY_RULE
def test_nobody_is_their_own_ancestor_and_all_go_back_to_a_root(optimizer):
    roots = {slug for slug, rule in OPTIMIZERS.items() if not rule.builds_on}
    assert roots == {"gradient_descent", "newton"}
    assert (ancestors(optimizer.slug) | {optimizer.slug}) & roots


def test_there_are_at_least_34_rules():
    assert len(OPTIMIZERS) >= 34


@pytest.mark.parametrize("label", LEFT_OUT)
def test_what_is_left_out_is_not_there_and_has_a_reason(label):
    assert label not in {optimizer.label for optimizer in OPTIMIZERS.values()}
    assert is_one_sentence(LEFT_OUT[label])


def path(rule, steps=30):
    """Where an optax rule goes on Himmelblau's function."""
    loss, position = LANDSCAPES["himmelblau"].loss, jnp.array([-0.7, -1.1])
    state, positions = rule.init(position), []
    step = jax.jit(rule.update)
    for _ in range(steps):
        update, state = step(jax.grad(loss)(position), state, position)
        position = optax.apply_updates(position, update)
        positions.append(position)
    return np.array(positions)


def adagrad_with_averaged_steps(rate, momentum):
    return optax.chain(
        optax.scale_by_rss(initial_accumulator_value=0.0, eps=1e-8),
        optax.ema(momentum, debias=False),
        optax.scale_by_learning_rate(rate),
    )


SAME = {
    "AdaMaxW": (optax.adamaxw(0.03, weight_decay=0.0), optax.adamax(0.03)),
    "COCOB": (optax.contrib.cocob(0.001), optax.contrib.cocob(100.0)),
    "GaLore": (optax.contrib.galore(0.03), optax.adam(0.03)),
    "Muon": (optax.contrib.muon(0.03, adam_b1=0.87, adam_b2=0.98), optax.nadam(0.03, b1=0.87, b2=0.98)),
    "NAdamW": (optax.nadamw(0.03, weight_decay=0.0), optax.nadam(0.03)),
    "Signum": (
        optax.signum(0.03, beta=0.87),
        OPTIMIZERS["lion"].make(learning_rate=0.03, b1=0.87, b2=0.87, weight_decay=0.0),
    ),
    "SM3": (optax.sm3(0.03, momentum=0.87), adagrad_with_averaged_steps(0.03, 0.87)),
}


@pytest.mark.parametrize("label", SAME)
def test_what_is_said_to_be_the_same_goes_the_same_way(label):
    one, other = map(path, SAME[label])
    np.testing.assert_allclose(one, other, rtol=1e-6)
    assert np.ptp(one, axis=0).min() > 0.01
