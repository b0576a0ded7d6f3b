"""Goldstein and Price's function: values from 3 to a million on a small square."""

from landscapes._landscape import Landscape


def loss(position):
    x, y = position
    first = 1 + (x + y + 1) ** 2 * (19 - 14 * x + 3 * x**2 - 14 * y + 6 * x * y + 3 * y**2)
    second = 30 + (2 * x - 3 * y) ** 2 * (18 - 32 * x + 12 * x**2 + 48 * y - 36 * x * y + 27 * y**2)
    return first * second


goldstein_price = Landscape(
    slug="goldstein_price",
    label="Goldstein and Price's star",
    family="many minima",
    loss=loss,
    formula=(
        r"\begin{aligned} f(x, y) = &\left(1 + (x + y + 1)^2 (19 - 14x + 3x^2 - 14y + 6xy + 3y^2)\right) \\"
        r" \cdot &\left(30 + (2x - 3y)^2 (18 - 32x + 12x^2 + 48y - 36xy + 27y^2)\right) \end{aligned}"
    ),
    view=((-2.0, 2.0), (-2.0, 2.0)),
    starts=((-1.0, 0.6), (1.0, -1.5), (0.5, 0.2)),
    minimum=3.0,
    minima=(
        (0.0, -1.0),
        (-0.6, -0.4),
        (1.8, 0.2),
        (1.2, 0.8),
    ),
    saddles=(
        (-0.4, -0.6),
        (1.2, -0.2),
        (1.4, 0.6),
        (0.6, 0.4),
    ),
    reference="Goldstein and Price, On descent from local minima, Mathematics of Computation 1971",
    teaches="Slopes differ by five orders of magnitude: without clipping or scaling the first step leaves the picture.",
)
