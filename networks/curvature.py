"""Curvature along the paths: the largest eigenvalue of the Hessian, by Hessian-vector products alone."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import Float, Int

from experiments import handed_in, optimizer_of, true_loss
from landscapes import Problem
from networks.answers import frames
from networks.evaluation import in_calls
from networks.network import network_problem
from networks.training import Training
from surfaces import kept_with_landscape

PRODUCTS = 32  # with the Hessian, for each eigenvalue
CALL = 32  # networks in a call of the compiled program
AT_ONCE = 8
SMALLEST = 1e-12  # of what is left of a product, beside the whole, from which on nothing new is in it


@dataclass(frozen=True, eq=False)
class Sharpness:
    """The largest curvature at some `steps` of every run, NaN from where the run is lost.

    `limits` are the largest at which its rule stays stable on a paraboloid, at the rate that it has there; NaN where that
    is not known of a rule. Where the curvature comes to the limit, the run is at the edge of stability.
    """

    steps: Int[np.ndarray, " steps"]
    values: Float[np.ndarray, "runs steps"]
    limits: Float[np.ndarray, "runs steps"]


def sharpness(training: Training, steps: Int[np.ndarray, " steps"] | None = None) -> Sharpness:
    """The largest eigenvalue of the Hessian of the training loss at `steps`, by default at evenly spread ones.

    After Cohen et al., Gradient descent on neural networks typically occurs at the edge of stability, 2021.
    """
    if steps is None:
        steps = frames(training.experiment.steps)
    problem = network_problem(training.experiment)
    examples = handed_in(problem, problem.training)
    compiled = partial(_largest(problem.pattern), np.float64(training.experiment.l2), examples)
    tridiagonal = in_calls(compiled, training.weights[:, steps], CALL)
    values = np.linalg.eigvalsh(np.nan_to_num(tridiagonal))[..., -1]
    return Sharpness(steps, np.where(steps <= training.last[:, None], values, np.nan), _limits(training, steps))


def _limits(training: Training, steps: np.ndarray) -> np.ndarray:
    """Per run and step, the largest curvature at which the rule is stable with the rate that it takes next."""
    taken = np.minimum(steps, training.learning_rates.shape[1] - 1)
    limits = np.full((len(training.learning_rates), len(steps)), np.nan)
    for index, run in enumerate(training.experiment.runs):
        stable_up_to = optimizer_of(run).stable_up_to
        if stable_up_to is not None:
            rates = training.learning_rates[index, taken]
            limits[index] = [stable_up_to(**{**run.hyperparameters, "learning_rate": rate}) for rate in rates]
    return limits


def tridiagonal_hessian(slope: Callable, position: jax.Array) -> jax.Array:
    """A small matrix whose largest eigenvalue is that of the derivative of `slope`, a Hessian, at a position.

    Lanczos's method: power iteration that keeps all its vectors, and so finds in 32 products what takes hundreds
    without. Every new vector is made orthogonal to all before it, twice, as rounding would else bring them back.
    """
    products = min(PRODUCTS, len(position))
    first = jax.random.normal(jax.random.key(0), position.shape, position.dtype)
    basis = jnp.zeros((products + 1, len(position))).at[0].set(first / jnp.linalg.norm(first))

    def extend(index, carry):
        basis, diagonal, beside = carry
        product = jax.jvp(slope, (position,), (basis[index],))[1]
        rest = product - basis.T @ (basis @ product)
        rest = rest - basis.T @ (basis @ rest)
        length = jnp.linalg.norm(rest)
        ends = length <= SMALLEST * jnp.linalg.norm(product)
        # What comes after the end is a value that is not the largest: the first quotient.
        value = jnp.where(jnp.any(basis[index] != 0), basis[index] @ product, diagonal[0])
        following = jnp.where(ends, 0.0, rest / jnp.where(ends, 1.0, length))
        return (
            basis.at[index + 1].set(following),
            diagonal.at[index].set(value),
            beside.at[index].set(jnp.where(ends, 0.0, length)),
        )

    empty = (basis, jnp.zeros(products), jnp.zeros(products))
    _, diagonal, beside = jax.lax.fori_loop(0, products, extend, empty)
    return jnp.diag(diagonal) + jnp.diag(beside[:-1], 1) + jnp.diag(beside[:-1], -1)


@kept_with_landscape
def _largest(pattern: Problem) -> Callable:
    def at(l2, examples, rows):
        slope = jax.grad(true_loss(pattern, {"l2": l2}, examples))
        return jax.lax.map(partial(tridiagonal_hessian, slope), rows, batch_size=AT_ONCE)

    return jax.jit(at)
