"""QHM: a weighted mean of the plain gradient and its moving average."""

from catalogue import SHARE, Parameter
from optimizers._by_hand import by_hand, zeros
from optimizers._optimizer import Optimizer, decay_rate, learning_rate
from optimizers._promise import RAVINE, Promise, close


def step(g, velocity, learning_rate, momentum, nu):
    """Ma and Yarats 2019, equations 3 and 4. ν = 0 is gradient descent, ν = 1 momentum, ν = β Nesterov's at η(1-β)."""
    velocity = momentum * velocity + (1 - momentum) * g  # m
    return {"velocity": velocity, "update": -learning_rate * ((1 - nu) * g + nu * velocity)}


def contains_the_others(run):
    """Plain descent, momentum, and Nesterov's, as the docstring of its step says."""

    def same(nu, rule, **hyperparameters):
        mixed = run(RAVINE, learning_rate=0.01, momentum=0.8, nu=nu)
        return close(mixed.positions, run(RAVINE, rule=rule, **hyperparameters).positions)

    plain = same(0.0, "gradient_descent", learning_rate=0.01)
    averaged = same(1.0, "heavy_ball_ema", learning_rate=0.01, momentum=0.8)
    return plain and averaged and same(0.8, "nesterov", learning_rate=0.002, momentum=0.8)


qhm = Optimizer(
    slug="qhm",
    label="QHM",
    year=2018,
    make=by_hand(step, velocity=zeros),
    hyperparameters={
        "learning_rate": learning_rate(0.1),
        "momentum": decay_rate(0.999, r"\beta", "How long gradients are averaged: 0.999 looks back about 1000 steps."),
        "nu": Parameter(
            default=0.7,
            low=0.0,
            high=1.0,
            symbol=r"\nu",
            allowed=SHARE,
            help="The share of the average in a step: 0 is gradient descent, 1 is momentum.",
        ),
    },
    formula=(
        r"\begin{aligned} m_t &= \beta\, m_{t-1} + (1 - \beta)\, g_t \\"
        r" \theta_{t+1} &= \theta_t - \eta\left((1 - \nu)\, g_t + \nu\, m_t\right) \end{aligned}"
    ),
    reference="Ma and Yarats, Quasi-Hyperbolic Momentum and Adam for Deep Learning, ICLR 2019",
    teaches="It reacts to the slope at once and still remembers: one knob leads from plain descent to momentum.",
    twin=None,
    builds_on=("heavy_ball_ema", "nesterov"),
    changes="It sets the newest gradient's share apart from the memory, which one β ties together in both.",
    defaults="Both numbers, ν = 0.7 and β = 0.999, are the paper's rule of thumb.",
    promises=(
        Promise("It is plain descent at ν = 0, momentum at ν = 1, and Nesterov's at ν = β.", contains_the_others),
    ),
)
