"""NAdam: Adam whose momentum looks one step ahead, as Nesterov's does."""

import jax.numpy as jnp
import optax

from catalogue import Allowed, choice
from optimizers._by_hand import by_hand, zeros
from optimizers._optimizer import EPSILON, FIRST_MOMENT_DECAY, SECOND_MOMENT_DECAY, Elsewhere, Optimizer, learning_rate
from optimizers._symbols import Symbol


def step(g, mu, nu, product, t, learning_rate, b1, b2, eps, growth):
    """Dozat 2016; β₁ is constant as in optax, or grows from half of it as in the paper and PyTorch.

    The bias correction of v is Adam's, as in both: algorithm 2 has a factor β₂ more.
    """
    now = b1 * (1 - growth / 2 * 0.96 ** (0.004 * t))  # μ
    ahead = b1 * (1 - growth / 2 * 0.96 ** (0.004 * (t + 1)))
    product = product * now  # M, all momenta so far
    mu = b1 * mu + (1 - b1) * g  # m
    nu = b2 * nu + (1 - b2) * g**2  # v
    mu_hat = ahead * mu / (1 - product * ahead) + (1 - now) * g / (1 - product)
    nu_hat = nu / (1 - b2**t)
    update = -learning_rate * mu_hat / (jnp.sqrt(nu_hat) + eps)
    return {
        "now": now, "ahead": ahead, "product": product,
        "mu": mu, "nu": nu, "mu_hat": mu_hat, "nu_hat": nu_hat, "update": update,
    }  # fmt: skip


def one(position):
    """The product of no momenta."""
    return jnp.ones((), position.dtype)


def twin(learning_rate, b1, b2, eps, growth):
    return optax.nadam(learning_rate, b1, b2, eps)  # whose momentum is constant


nadam = Optimizer(
    slug="nadam",
    label="NAdam",
    year=2016,
    make=by_hand(step, mu=zeros, nu=zeros, product=one),
    hyperparameters={
        "learning_rate": learning_rate(0.05),
        "b1": FIRST_MOMENT_DECAY,
        "b2": SECOND_MOMENT_DECAY,
        "eps": EPSILON,
        "growth": choice(
            "constant",
            "growing",
            symbol="c",
            help="Momentum is constant as in optax (c = 0), or grows from half of β₁ as in the paper and PyTorch (c = 1).",
        ),
    },
    formula=(
        r"\begin{aligned} \mu_t &= \beta_1 \left(1 - \tfrac{c}{2}\, 0.96^{0.004 t}\right), \quad"
        r" \mu_{t+1} = \beta_1 \left(1 - \tfrac{c}{2}\, 0.96^{0.004 (t+1)}\right), \quad"
        r" M_t = \mu_t\, M_{t-1}, \quad M_0 = 1 \\"
        r" m_t &= \beta_1 m_{t-1} + (1 - \beta_1)\, g_t \\"
        r" v_t &= \beta_2 v_{t-1} + (1 - \beta_2)\, g_t^2 \\"
        r" \hat m_t &= \frac{\mu_{t+1}\, m_t}{1 - M_t\, \mu_{t+1}} + \frac{(1 - \mu_t)\, g_t}{1 - M_t},"
        r" \quad \hat v_t = \frac{v_t}{1 - \beta_2^t} \\"
        r" \theta_{t+1} &= \theta_t - \frac{\eta}{\sqrt{\hat v_t} + \epsilon}\, \hat m_t \end{aligned}"
    ),
    symbols={
        "now": Symbol(r"\mu_t", "momentum of this step"),
        "ahead": Symbol(r"\mu_{t+1}", "momentum of the next step"),
        "product": Symbol("M_t", "product of all momenta so far"),
        "mu_hat": Symbol(r"\hat m_t", "first moment, one step ahead"),
    },
    reference="Dozat, Incorporating Nesterov Momentum into Adam, ICLR workshop 2016",
    teaches="Counting the newest gradient more, it turns a little earlier than Adam and overshoots less.",
    twin=twin,
    elsewhere={
        "torch": Elsewhere(
            "torch.optim.NAdam(points, lr=learning_rate, betas=(b1, b2), eps=eps)", only={"growth": Allowed(1.0, 1.0)}
        )
    },
    builds_on=("adam", "nesterov"),
    changes="It looks ahead as Nesterov does, with the average and the scale of Adam.",
    defaults="All are Adam's and momentum is constant, so that the look-ahead is the only difference.",
)
