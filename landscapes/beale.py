"""Beale's function: flat ground, steep corners, one minimum at the end of a bent valley."""

from landscapes._landscape import Landscape


def loss(position):
    x, y = position
    return (1.5 - x + x * y) ** 2 + (2.25 - x + x * y**2) ** 2 + (2.625 - x + x * y**3) ** 2


beale = Landscape(
    slug="beale",
    label="Beale's function",
    family="valley",
    loss=loss,
    formula=r"f(x, y) = (1.5 - x + xy)^2 + (2.25 - x + xy^2)^2 + (2.625 - x + xy^3)^2",
    view=((-4.5, 4.5), (-4.5, 4.5)),
    starts=((1.0, 1.5), (-1.5, 1.5), (3.5, -1.5), (0.5, 2.0)),
    minimum=0.0,
    minima=((3.0, 0.5),),
    saddles=((0.0, 1.0), (0.1005379373241583, -2.6445135850231254)),
    reference="Beale, On an Iterative Method for Finding a Local Minimum of a Function of More than One Variable, 1958",
    teaches="Gradients differ by orders of magnitude between the corners and the floor, so one rate can't fit both.",
)
