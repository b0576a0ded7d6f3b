"""What rules from optax need to fit in: some name their arguments otherwise, or stumble before the first slope."""

import jax
import jax.numpy as jnp
import optax


def with_keywords(rule, **names):
    """`rule`, given nothing but what `names` maps from its own keywords to those that every rule is given."""

    def update(gradient, state, position=None, **extra):
        return rule.update(gradient, state, position, **{own: extra[common] for own, common in names.items()})

    return optax.GradientTransformationExtraArgs(rule.init, update)


def waiting(rule):
    """`rule`, which divides by its `grad_sum`, kept as it began while the gradient or the rate is zero."""

    def update(gradient, state, position=None, **extra):
        moved = rule.update(gradient, state, position)
        nothing_yet = (moved[1].grad_sum == 0).all()
        return jax.tree.map(lambda old, new: jnp.where(nothing_yet, old, new), (jnp.zeros_like(gradient), state), moved)

    return optax.GradientTransformationExtraArgs(rule.init, update)


def at_the_average(rule, momentum):
    """A schedule-free `rule` of optax, whose position is y, as one whose position is the average x that it evaluates."""

    def update(gradient, state, position, *, grad_fn, **extra):
        y = (1 - momentum) * state.z + momentum * position
        step, state = rule.update(grad_fn(y), state, y)
        return optax.contrib.schedule_free_eval_params(state, y + step) - position, state

    return optax.GradientTransformationExtraArgs(rule.init, update)
