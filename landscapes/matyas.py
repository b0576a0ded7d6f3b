"""Matyas's function: a shallow valley along the diagonal."""

from landscapes._landscape import Landscape


def loss(position):
    x, y = position
    return 0.26 * (x**2 + y**2) - 0.48 * x * y


matyas = Landscape(
    slug="matyas",
    label="Matyas's valley",
    family="bowl",
    loss=loss,
    formula=r"f(x, y) = 0.26\,(x^2 + y^2) - 0.48\,xy",
    view=((-5.0, 5.0), (-5.0, 5.0)),
    starts=((-4.0, 2.0), (4.5, 3.0), (-1.0, -4.5)),
    minimum=0.0,
    minima=((0.0, 0.0),),
    reference="Jamil and Yang, A literature survey of benchmark functions for global optimization, 2013, function 71",
    teaches="A valley along the diagonal with a floor 25 times flatter than its walls.",
)
