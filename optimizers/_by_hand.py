"""What makes a rule of optax of the one function that a rule is written as."""

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import jax.numpy as jnp
import optax
from jax import Array

Start = Callable[[Array], Array]


@dataclass(frozen=True, eq=False)
class ByHand:
    """A rule that is written out: one function is what runs, what is shown in numbers, and what is printed.

    Args:
      step: one step of the rule. It takes what it needs by name: `g` (the gradient), `theta` (the position), `t` (1 for
        the first step), the rule's hyperparameters, the fields of its state as they were before the step, and what
        optax passes on: `value` (the loss), `value_fn` and `grad_fn` (loss and gradient anywhere). It returns every
        line of the formula by name, in order; a line named like a field of the state is that field after the step,
        and the last is `update`, what is added to the position.
      state: how each field of the state starts, as a function of the first position.
    """

    step: Callable[..., dict[str, Any]]
    state: Mapping[str, Start]

    def __call__(self, **hyperparameters: Any) -> optax.GradientTransformationExtraArgs:
        """The rule at these numbers, in the protocol of optax; `count` in its state is the number of steps so far."""

        def init(position):
            return {"count": jnp.zeros((), jnp.int32), **{name: start(position) for name, start in self.state.items()}}

        def update(gradient, state, position=None, **extra):
            count = state["count"] + 1
            lines = self.lines({**extra, **hyperparameters, **state, "g": gradient, "theta": position, "t": count})
            return lines["update"], {"count": count, **{name: lines[name] for name in self.state}}

        return optax.GradientTransformationExtraArgs(init, update)

    def lines(self, known: Mapping[str, Any]) -> dict[str, Any]:
        """All lines of one step, from what is `known` before it."""
        return self.step(**{name: known[name] for name in self.asks if name in known})

    @property
    def asks(self) -> tuple[str, ...]:
        """The names of what a step takes."""
        return tuple(inspect.signature(self.step).parameters)


def by_hand(step: Callable[..., dict[str, Any]], /, **state: Start) -> ByHand:
    """The rule whose steps `step` takes, and the fields of its `state` with how each starts."""
    return ByHand(step, state)


def zeros(position: Array) -> Array:
    """A state with one number per coordinate, all 0."""
    return jnp.zeros_like(position)


def zero(position: Array) -> Array:
    """A state of a single number, 0."""
    return jnp.zeros((), position.dtype)
