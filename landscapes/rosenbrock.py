"""Rosenbrock's banana: a curved valley that is easy to find and slow to follow."""

from catalogue import Parameter
from landscapes._landscape import Landscape


def loss(position, steepness):
    x, y = position
    return (1 - x) ** 2 + steepness * (y - x**2) ** 2


rosenbrock = Landscape(
    slug="rosenbrock",
    label="Rosenbrock's valley",
    family="valley",
    loss=loss,
    formula=r"f(x, y) = (1 - x)^2 + b\,(y - x^2)^2",
    view=((-2.2, 2.2), (-1.2, 3.2)),
    starts=((-1.5, 2.0), (-1.2, 1.0), (0.0, 2.5), (1.8, -0.8)),
    minimum=0.0,
    minima=((1.0, 1.0),),
    parameters={
        "steepness": Parameter(
            default=100.0,
            low=1.0,
            high=300.0,
            symbol="b",
            log=True,
            help="How steep the walls of the curved valley are.",
        )
    },
    reference="Rosenbrock, An automatic method for finding the greatest or least value of a function, 1960",
    teaches="Falling into the valley is quick; following its bend to the minimum is the hard part.",
)
