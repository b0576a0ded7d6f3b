"""Quadratic bowl: the ravine on which step size, curvature and momentum are first understood."""

from catalogue import Parameter
from landscapes._landscape import Landscape


def loss(position, condition_number):
    x, y = position
    return 0.5 * (x**2 + condition_number * y**2)


quadratic = Landscape(
    slug="quadratic",
    label="Quadratic ravine",
    family="bowl",
    loss=loss,
    formula=r"f(x, y) = \tfrac{1}{2}\left(x^2 + \kappa\, y^2\right)",
    view=((-2.4, 2.4), (-2.0, 2.0)),
    starts=((-2.0, 1.2), (1.8, 0.5), (-1.0, -1.5)),
    minimum=0.0,
    minima=((0.0, 0.0),),
    parameters={
        "condition_number": Parameter(
            default=50.0,
            low=1.0,
            high=10_000.0,
            symbol=r"\kappa",
            log=True,
            help="How many times steeper the walls are than the floor: the condition number of the Hessian.",
        )
    },
    reference="Goh, Why Momentum Really Works, Distill 2017; Polyak 1964",
    teaches="The steep direction limits the learning rate, and the flat direction then crawls.",
)
