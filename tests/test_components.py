"""A function of a lane done component by component comes to what `jax.vmap` comes to."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from sweeps.components import by_component

POINTS = np.random.default_rng(0).normal(size=(5, 3))
SHARED = np.array([0.5, 2.0, -1.0])


def until_small(x, _):
    """A loop that every lane leaves when it is done."""
    return jax.lax.while_loop(lambda y: jnp.abs(y).max() > 0.1, lambda y: y / 2, x)


def counted(x, w):
    """A loop that all leave together; its state is one for all before the first step."""

    def step(index, carry):
        total, power = carry
        return total + power * x, power * w[0] + index

    return jax.lax.fori_loop(0, 4, step, (jnp.zeros(3), 1.0))


FUNCTIONS = {
    "arithmetic": lambda x, w: (x * w + 1) / (x**2 + 2) - jnp.exp(-x),
    "reductions": lambda x, w: (jnp.sum(x), jnp.max(x * w), jnp.prod(x), jnp.all(x < 9), jnp.linalg.norm(x)),
    "products": lambda x, w: (jnp.dot(x, w), jnp.outer(x, w) @ x, jnp.einsum("i,j->ij", x, x)),
    "shapes": lambda x, w: (
        x[::-1],
        x[1],
        jnp.stack([x, w]).T,
        jnp.concatenate([x, x[:1]]),
        x[None, :, None] * w[None, :, None],
    ),
    "choices": lambda x, w: (jnp.where(x > 0, x, w), jnp.clip(x, -w[0], w[1]), jnp.where(x[0] > 0, x, -x)),
    "what no rule is for": lambda x, w: (
        jnp.sort(x),
        jnp.cumsum(x),
        x[jnp.argmax(w * x)],
        jnp.linalg.solve(jnp.diag(w), x),
    ),
    "derivatives": lambda x, w: (jax.grad(lambda y: jnp.sum(jnp.sin(y) * w))(x), jax.hessian(lambda y: jnp.prod(y))(x)),
    "a loop with an end for each": until_small,
    "a loop with one end": counted,
    "what is the same in all lanes": lambda x, w: (w * 2, jnp.sum(w), jnp.zeros(2)),
}


@pytest.mark.parametrize("name", FUNCTIONS)
def test_it_is_what_vmap_comes_to(name):
    expected = jax.jit(jax.vmap(FUNCTIONS[name], in_axes=(0, None)))(POINTS, SHARED)
    found = jax.jit(lambda points, shared: by_component(FUNCTIONS[name], [points], [shared]))(POINTS, SHARED)
    jax.tree.map(lambda one, other: np.testing.assert_allclose(one, other, rtol=1e-12, atol=1e-12), found, expected)


def test_what_is_the_same_in_all_lanes_is_computed_once():
    """A power of a number that all lanes share is one power, not one per lane."""
    traced = jax.make_jaxpr(lambda points, w: by_component(lambda x, w: x / (1 - w[0] ** w[1]), [points], [w]))(
        POINTS, SHARED
    )
    assert {equation.outvars[0].aval.shape for equation in traced.eqns if equation.primitive.name == "pow"} == {()}
