"""An experiment as code for optax, by the library's own rules and schedules."""

import ast
from collections.abc import Sequence
from dataclasses import replace

import jax
import jax.numpy as jnp

from experiments import Experiment, Run, optimizer_of
from exports.problem_code import Library
from exports.program import Template, differs, program
from exports.source import Definitions, call
from optimizers import ByHand, Elsewhere

LOOP = '''
{sampled?def sampled(at, point, step):}
{sampled?    """The loss that one step goes by; noise on the gradient tilts it."""}
{sampled?    return PART_OF_STEP}{noise? + noise[step] @ (at - point)}


def race(label, rule_at, rates, start{clips?, clip=lambda gradient: gradient}{reacts?, plateau=None}):
    @jax.jit
    def advance(point, state, rate, step):
        {sampled?of_step = lambda at: sampled(at, point, step)}
        value, gradient = jax.value_and_grad(LOSS_OF_STEP)(point)
        {clips?gradient = clip(gradient)}
        {not asks?update, state = rule_at(rate).update(gradient, state, point)}
        {asks?slope = jax.grad(LOSS_OF_STEP)}
        {asks?rule = optax.with_extra_args_support(rule_at(rate))}
        {asks?extra = dict(value=value, grad=gradient, value_fn=LOSS_OF_STEP, grad_fn=}{asks?SLOPE)}
        {asks?update, state = rule.update(gradient, state, point, **extra)}
        return optax.apply_updates(point, update), state

    point = jnp.array(start)
    state = rule_at(rates[0]).init(point)
    for step in range(STEPS):
        {reacts?scale = plateau.after(loss(point)) if plateau else 1.0}
        point, state = advance(point, state, rates[step]{reacts? * scale}, step)
    print(label, *(f"{float(number):.17g}" for number in (*point, loss(point))), sep="\\t")
'''
OPTAX = Template(
    Library("optax", "optax", "jnp", "jnp.array"),
    ("import jax", "import jax.numpy as jnp", "import numpy as np", "import optax"),
    'jax.config.update("jax_enable_x64", True)',
    LOOP,
    "jnp.linalg.norm",
)


def optax_lacks(run: Run) -> str:
    """Why optax can't do a run, in words; empty where it can."""
    optimizer = optimizer_of(run)
    if isinstance(optimizer.make, ByHand) and optimizer.twin is None:
        return f"optax has no {optimizer.label}"
    for name, parameter in optimizer.hyperparameters.items():
        chosen = int(run.hyperparameters[name])
        if parameter.options and chosen != 0:
            return f"optax has {optimizer.label} with “{parameter.options[0]}”, not with “{parameter.options[chosen]}”"
    return differs(run, optimizer.elsewhere.get("optax", Elsewhere()), OPTAX.library)


def optax_code(experiment: Experiment, labels: Sequence[str]) -> str:
    """The whole program."""
    definitions = Definitions()
    rules = [_rule(run, definitions) for run in experiment.runs]
    is_clipped = any(run.clip_norm is not None or run.clip_value is not None for run in experiment.runs)
    slope = "lambda at: clip(slope(at))" if is_clipped else "slope"
    template = replace(OPTAX, loop=LOOP.replace("SLOPE", slope))
    return program(experiment, labels, template, rules, definitions, {"asks": any(map(_asks, experiment.runs))})


def _rule(run: Run, definitions: Definitions) -> str:
    """The call of optax, in which `rate` is the learning rate."""
    optimizer = optimizer_of(run)
    numbers: dict[str, ast.expr] = {name: ast.Constant(value) for name, value in run.hyperparameters.items()}
    numbers["learning_rate"] = ast.Name("rate")
    is_ours = isinstance(optimizer.make, ByHand)
    home = optimizer.make.step if isinstance(optimizer.make, ByHand) else optimizer.make
    written = call(optimizer, "twin" if is_ours else "make", home, numbers, definitions)
    return ast.unparse(ast.fix_missing_locations(written))


def _asks(run: Run) -> bool:
    """Whether optax's rule wants more than the gradient: without it, it fails."""
    optimizer = optimizer_of(run)
    make = optimizer.twin if isinstance(optimizer.make, ByHand) else optimizer.make
    assert make is not None
    rule, point = make(**run.hyperparameters), jax.ShapeDtypeStruct((2,), jnp.float64)
    try:
        jax.eval_shape(lambda at: rule.update(at, rule.init(at), at), point)
    except (TypeError, KeyError, ValueError):
        return True
    return False
