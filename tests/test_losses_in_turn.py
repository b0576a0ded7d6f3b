"""A surface whose loss changes with the step: each step goes by its own loss, and the surface is their mean."""

from dataclasses import replace

import jax.numpy as jnp
import numpy as np
import pytest

from experiments import Experiment, Run, simulate, step_in_numbers, verdicts
from experiments.step_in_numbers import shown, step_arrows
from landscapes import LANDSCAPES, Problem

SHORT_MEMORY = {"learning_rate": 0.05, "b1": 0.0, "b2": 0.1}  # β₂ = 1 / (1 + C²), as in the theorem
MADE = Experiment("changing_loss", start=(0.0, 1.0), steps=400, runs=(Run("gradient_descent"),))


def test_each_step_goes_by_the_loss_whose_turn_it_is():
    run = Run("gradient_descent", {"learning_rate": 1e-300})
    trajectory = simulate(replace(MADE, steps=8, runs=(run,)))
    np.testing.assert_array_equal(trajectory.gradients[0, :, 0], [3, -1, -1, 3, -1, -1, 3, -1])
    np.testing.assert_array_equal(trajectory.gradients[0, :, 1], np.ones(8))
    np.testing.assert_array_equal(trajectory.losses[0], np.full(9, 0.5))


@pytest.mark.parametrize("position", [(0.3, -0.2), (1.7, 0.4), (-1.1, 0.0)])
def test_the_loss_is_the_mean_of_those_that_take_turns(position):
    landscape = LANDSCAPES["changing_loss"]
    assert landscape.turns is not None
    in_turn = landscape.turns(jnp.array(position))
    assert in_turn.shape == (landscape.period,)
    np.testing.assert_allclose(landscape.loss(jnp.array(position)), np.mean(in_turn), rtol=1e-15)


@pytest.mark.parametrize("schedule", ["constant", "inverse_sqrt"])
def test_adam_with_short_memories_goes_the_wrong_way_and_amsgrad_does_not(schedule):
    """Reddi, Kale and Kumar 2018, theorem 1; AMSGrad, wherever it takes its maximum."""
    others = (Run("amsgrad", SHORT_MEMORY, schedule), Run("amsgrad", {**SHORT_MEMORY, "maximum": 1.0}, schedule))
    experiment = replace(MADE, steps=2000, runs=(Run("adam", SHORT_MEMORY, schedule), *others, Run("gradient_descent")))
    trajectory = simulate(experiment)
    x = trajectory.positions[:, -1, 0]
    assert x[0] > 1
    assert (x[1:] < -0.9).all()
    kinds = [verdict.kind for verdict in verdicts(experiment, trajectory)]
    assert kinds[0] != "global_minimum"
    assert kinds[1] == kinds[2] == "global_minimum"


def test_the_gradient_of_a_turn_stands_beside_the_true_one():
    trajectory = simulate(MADE)
    rows = {row.symbol: row.values for row in step_in_numbers(MADE, trajectory, 0, 4)}
    assert rows["g_t"] == tuple(map(shown, trajectory.gradients[0, 4]))
    assert rows[r"\nabla L(\theta_t)"][0] == shown(1 / 3)
    assert {arrow.name for arrow in step_arrows(MADE, trajectory, 0, 4)} >= {"slope", "sampled"}


def test_a_rule_that_asks_for_the_loss_elsewhere_is_told_that_of_the_turn():
    run = Run("exact_line_search", {"learning_rate": 0.01})
    trajectory = simulate(replace(MADE, steps=6, runs=(run,)))
    np.testing.assert_allclose(trajectory.updates[0, :, 0], -0.01 * np.tile([3.0, -1.0, -1.0], 2), rtol=1e-12)


def test_losses_in_turn_are_no_examples():
    with pytest.raises(ValueError, match="batch_size is 1; allowed: None"):
        replace(MADE, batch_size=1)


@pytest.mark.parametrize("part", [{"period": 2}, {"turns": lambda position: position}])
def test_turns_and_their_period_belong_together(part):
    with pytest.raises(ValueError, match="turns needs a period of at least 2"):
        Problem(slug="a", label="A", dimension=1, loss=jnp.sum, starts=((1.0,),), **part)
