"""Optimistic gradient descent: counts on the next gradient changing as the last one did."""

import optax

from catalogue import NOT_NEGATIVE, Parameter
from optimizers._optimizer import Optimizer, learning_rate
from optimizers._promise import CURVATURES, RAVINE, Promise, close
from optimizers._symbols import Symbol


def make(learning_rate, optimism):
    """Popov 1980, by optax in the form of Daskalakis et al. 2018; an optimism of 1 is theirs, 0 is gradient descent."""
    return optax.optimistic_gradient_descent(learning_rate, beta=optimism)


def follows_its_recurrence(run):
    positions = run(RAVINE, learning_rate=0.011, optimism=0.7).positions
    expected = [positions[0], positions[0]]
    for _ in range(60):
        last, before = expected[-1], expected[-2]
        expected.append(last - 0.011 * CURVATURES * (1.7 * last - 0.7 * before))
    return close(positions, expected[1:])


optimistic_gradient_descent = Optimizer(
    slug="optimistic_gradient_descent",
    label="Optimistic gradient descent",
    year=1980,
    make=make,
    hyperparameters={
        "learning_rate": learning_rate(0.01),
        "optimism": Parameter(
            default=1.0,
            low=0.0,
            high=5.0,
            symbol=r"\beta",
            allowed=NOT_NEGATIVE,
            help="How much of the gradient's last change is expected again: 0 is plain descent.",
        ),
    },
    formula=r"\theta_{t+1} = \theta_t - \eta \left(g_t + \beta\,(g_t - g_{t-1})\right), \quad g_0 = g_1",
    shows=("previous_gradient",),
    symbols={"previous_gradient": Symbol("g_t", "the gradient")},
    reference="Popov, A modification of the Arrow–Hurwicz method for search of saddle points, 1980",
    teaches="Expecting the slope to go on changing brakes it on the way into a wall, much as looking ahead does.",
    twin=lambda learning_rate, optimism: optax.optimistic_gradient_descent(learning_rate, 1.0, optimism),
    builds_on=("gradient_descent",),
    changes="It adds the last change of the gradient, since in a game of two players plain descent circles for ever.",
    defaults="An optimism of 1 is the rule of the papers; 0 would be gradient descent.",
    promises=(Promise("In a ravine it follows its recurrence of three points.", follows_its_recurrence),),
)
