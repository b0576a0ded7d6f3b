"""The compiled loop of many runs at once, which records nothing on its way but what is asked of it."""

from dataclasses import replace
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from jax.sharding import Mesh, PartitionSpec

from experiments import UNMOVED, Numbers, one_step
from landscapes import Problem, mean_loss
from optimizers import Optimizer
from surfaces import kept_with_landscape
from sweeps.components import by_component

TOGETHER = 512  # lanes: what a step of them touches stays in the first cache
WIDE = {"xla_cpu_prefer_vector_width": 512}  # bits; XLA's own 256 leave half of a wider processor idle
MOST_COMPONENTS = 4
ACROSS = "devices"


class Ends(NamedTuple):
    """What is known of every lane: where it ended and with what loss, its best loss, and two steps.

    `diverged_at` is the first step whose position or loss is not finite, -1 for never. `arrived_at` is the first step
    from which on the run stays within the radius of its goal and below the level, one more than its last step if it is
    not there in the end. What was not asked for is None.
    """

    positions: Any  # (lanes, dimension)
    losses: Any  # (lanes,), and so are the others
    best_losses: Any
    diverged_at: Any
    arrived_at: Any


class Seen(NamedTuple):
    """What one lane remembers of its way; None for what it was not asked."""

    best_losses: Any = None
    diverged_at: Any = None
    arrived_at: Any = None


class Draws(NamedTuple):
    """What the steps of all lanes share: the schedule's factors, unit noise, and the parts of the loss."""

    factors: Any  # (steps,)
    noise: Any  # (steps, dimension)
    members: Any  # (steps, parts)


@kept_with_landscape
def compiled_lanes(
    problem: Problem,
    optimizer: Optimizer,
    varying: tuple[int, ...],
    clips: bool,
    reacts: bool,
    asked: tuple[str, ...] = Seen._fields,
) -> jax.stages.Wrapped:
    """The jitted loop of one rule on one problem, for lanes that differ in the columns `varying`.

    It takes `values (blocks, TOGETHER, varying)`, `goals (blocks, TOGETHER, dimension)` and the number of steps of every
    block, 0 for one that only fills up; then one number per column for all lanes, radius and level of the goals, and the
    `Draws`. It returns `Ends` of all blocks, which are dealt out to the devices; no device asks another for anything.

    What is not in `varying` stays one number in the loop: a power of it is taken once a step, not once a lane.
    """

    def run(values, goals, steps, shared, radius, level, draws):
        posed = _with_examples_in(problem, values.dtype)

        def lane(own, goal, count):
            numbers = list(shared)
            for place, column in enumerate(varying):
                numbers[column] = own[place]
            return _run(posed, optimizer, numbers, (goal, radius, level), draws, count, clips, reacts, asked)

        def together(block):
            if is_small(problem):
                return by_component(lane, block[:2], block[2:])
            return jax.vmap(lane, in_axes=(0, 0, None))(*block)

        return jax.lax.map(together, (values, goals, steps))

    dealt_out, everywhere = PartitionSpec(ACROSS), PartitionSpec()
    arguments = (*(dealt_out,) * 3, *(everywhere,) * 4)
    mesh = Mesh(np.array(jax.devices()), (ACROSS,))
    across = jax.shard_map(run, mesh=mesh, in_specs=arguments, out_specs=dealt_out, check_vma=False)
    return jax.jit(across, compiler_options=WIDE)


def is_small(problem: Problem) -> bool:
    """Whether a step is made of so few numbers that it pays to write out each of them."""
    return problem.dimension <= MOST_COMPONENTS and problem.training is None


def _with_examples_in(problem: Problem, kind: np.dtype) -> Problem:
    """The problem with its examples in another precision: with doubles among them, all that they touch would be double."""
    if problem.training is None or problem.example_loss is None:
        return problem
    given = problem.training
    examples = replace(given, inputs=np.asarray(given.inputs, kind), targets=np.asarray(given.targets, kind))
    return replace(problem, training=examples, loss=mean_loss(problem.example_loss, examples))


def _run(
    problem: Problem, optimizer: Optimizer, numbers: list, aim, draws: Draws, steps, clips: bool, reacts: bool, asked
):
    """One lane from its start to its end."""
    rate, noise, *parameters = numbers[len(numbers) - len(problem.parameters) - 2 :]
    named = dict(zip(problem.parameters, parameters, strict=True))
    own = Numbers.of_vector(numbers[: len(numbers) - len(parameters) - 2], problem, optimizer)
    own = own._replace(start=jnp.stack(own.start), limits=own.limits if clips else None)

    def body(index, carry):
        *moving, seen = carry
        seen = _look(seen, index, moving[0], problem.loss(moving[0], **named), aim)
        members = draws.members[index] if problem.parts else None
        drawn = rate * draws.factors[index], noise * draws.noise[index], members, ()
        moved, _ = one_step(problem, optimizer, named, own, drawn, *moving)
        return *moved, seen

    kind = own.start.dtype
    state = jax.tree.map(jnp.asarray, optimizer.make(learning_rate=rate, **own.hyperparameters).init(own.start))
    reaction = jnp.array(UNMOVED, kind) if reacts else None
    nothing = Seen(jnp.array(jnp.inf, kind), jnp.array(-1), jnp.array(0))
    nothing = Seen(**{name: getattr(nothing, name) for name in asked})
    position, *_, seen = jax.lax.fori_loop(0, steps, body, (own.start, state, reaction, nothing))
    loss = problem.loss(position, **named)
    return Ends(position, loss, *_look(seen, steps, position, loss, aim))


def _look(seen: Seen, index, position, loss, aim) -> Seen:
    """What a lane remembers after it has been at `position`."""
    goal, radius, level = aim
    finite = jnp.isfinite(loss) & jnp.isfinite(position).all()
    is_there = (jnp.sum((position - goal) ** 2) <= radius**2) & (loss <= level)
    now = Seen(
        lambda best: jnp.where(loss < best, loss, best),
        lambda step: jnp.where(finite | (step >= 0), step, index),
        lambda step: jnp.where(is_there, step, index + 1),
    )
    return Seen(*(None if before is None else update(before) for update, before in zip(now, seen, strict=True)))
