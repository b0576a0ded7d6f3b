"""Six-hump camel: six minima, two of them global."""

from landscapes._landscape import Landscape


def loss(position):
    x, y = position
    return (4 - 2.1 * x**2 + x**4 / 3) * x**2 + x * y + (-4 + 4 * y**2) * y**2


six_hump_camel = Landscape(
    slug="six_hump_camel",
    label="Six-hump camel",
    family="many minima",
    loss=loss,
    formula=r"f(x, y) = \left(4 - 2.1x^2 + \tfrac{1}{3}x^4\right)x^2 + xy + \left(4y^2 - 4\right)y^2",
    view=((-2.2, 2.2), (-1.5, 1.5)),
    starts=((-1.8, 0.2), (1.9, 0.9), (0.3, -0.2)),
    minimum=-1.0316284534898774,
    minima=(
        (0.08984201310031806, -0.7126564030207396),
        (-0.08984201310031806, 0.7126564030207396),
        (1.703606714969981, -0.7960835686726251),
        (-1.703606714969981, 0.7960835686726251),
        (1.6071047529201974, 0.5686514548841314),
        (-1.6071047529201974, -0.5686514548841314),
    ),
    saddles=(
        (0.0, 0.0),
        (1.1092053368047865, -0.7682680925095399),
        (-1.1092053368047865, 0.7682680925095399),
        (1.638067984189779, 0.2286740690443941),
        (-1.638067984189779, -0.2286740690443941),
        (1.2960702671671092, 0.6050843880386585),
        (-1.2960702671671092, -0.6050843880386585),
    ),
    reference="Dixon and Szegő, Towards Global Optimization 2, 1978",
    teaches="Six hollows and many passes: how fast a run comes in decides how far it gets.",
)
