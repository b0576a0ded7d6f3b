"""Himmelblau's function: four equally deep minima, so that the start decides where one ends."""

from landscapes._landscape import Landscape


def loss(position):
    x, y = position
    return (x**2 + y - 11) ** 2 + (x + y**2 - 7) ** 2


himmelblau = Landscape(
    slug="himmelblau",
    label="Himmelblau's four minima",
    family="many minima",
    loss=loss,
    formula=r"f(x, y) = (x^2 + y - 11)^2 + (x + y^2 - 7)^2",
    view=((-5.5, 5.5), (-5.5, 5.5)),
    starts=((-0.5, -0.5), (0.0, 4.5), (-4.8, 0.5), (0.5, -4.0)),
    minimum=0.0,
    minima=(
        (3.0, 2.0),
        (-2.805118086952745, 3.131312518250573),
        (-3.779310253377747, -3.283185991286170),
        (3.584428340330492, -1.848126526964404),
    ),
    saddles=(
        (-3.0730257507643897, -0.0813530442879675),
        (-0.1279613467306800, -1.9537149802445766),
        (0.0866775045553964, 2.884254701174776),
        (3.385154183607021, 0.0738518798377493),
    ),
    reference="Himmelblau, Applied Nonlinear Programming, 1972",
    teaches="Which of four equal minima is reached depends on the start and on the step size.",
)
