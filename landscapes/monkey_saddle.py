"""The monkey saddle: three ways down and three ways up, so that the curvature is zero in every direction."""

from landscapes._landscape import Landscape


def loss(position):
    x, y = position
    return x**3 - 3 * x * y**2


monkey_saddle = Landscape(
    slug="monkey_saddle",
    label="Monkey saddle",
    family="saddle",
    loss=loss,
    formula=r"f(x, y) = x^3 - 3xy^2",
    view=((-1.5, 1.5), (-1.5, 1.5)),
    starts=((1.2, 0.05), (1.2, 0.0), (-0.6, 1.1), (0.0, 0.001)),
    minimum=None,
    minima=(),
    degenerate_saddles=((0.0, 0.0),),
    reference="Hilbert and Cohn-Vossen, Anschauliche Geometrie, 1932",
    teaches="Slope and curvature both vanish at the centre, so even Newton's method can't tell which way leads down.",
)
