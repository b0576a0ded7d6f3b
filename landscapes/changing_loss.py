"""Three losses that take turns: the problem on which Adam goes the wrong way, and for which AMSGrad was made."""

import jax.numpy as jnp

from landscapes._landscape import Landscape

SLOPES = (3.0, -1.0, -1.0)  # Reddi et al. with C = 3; their mean is uphill in x
STIFFNESS = 10 / 3  # of the walls, so that the lowest point is a tenth inside one


def turns(position):
    """The losses of three steps in a row. Walls at -1 and 1 stand for the interval to which the paper goes back."""
    x, y = position
    walls = STIFFNESS / 2 * jnp.maximum(jnp.abs(x) - 1, 0.0) ** 2
    return jnp.array(SLOPES) * x + y**2 / 2 + walls


def loss(position):
    return jnp.mean(turns(position))


changing_loss = Landscape(
    slug="changing_loss",
    label="Losses that take turns",
    family="bowl",
    loss=loss,
    turns=turns,
    period=len(SLOPES),
    formula=(
        r"\begin{aligned} f &= \tfrac{1}{3}\left(f_1 + f_2 + f_3\right), \quad \text{one } f_i \text{ a step, in turn} \\"
        r" f_i(x, y) &= c_i\, x + \tfrac{1}{2} y^2 + \tfrac{5}{3} \max(|x| - 1,\, 0)^2,"
        r" \quad c = (3, -1, -1) \end{aligned}"
    ),
    view=((-2.0, 2.0), (-1.5, 1.5)),
    starts=((0.0, 1.0), (0.8, -0.7), (-0.5, 0.5)),
    minimum=-0.35,
    minima=((-1.1, 0.0),),
    reference="Reddi, Kale and Kumar, On the Convergence of Adam and Beyond, ICLR 2018, theorem 1",
    teaches="Adam with short memories (β₁ = 0, β₂ = 0.1) shrinks the large slope of every third step, and walks uphill.",
)
