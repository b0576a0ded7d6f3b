"""Three-hump camel: one global minimum between two shallower ones."""

from landscapes._landscape import Landscape


def loss(position):
    x, y = position
    return 2 * x**2 - 1.05 * x**4 + x**6 / 6 + x * y + y**2


three_hump_camel = Landscape(
    slug="three_hump_camel",
    label="Three-hump camel",
    family="many minima",
    loss=loss,
    formula=r"f(x, y) = 2x^2 - 1.05x^4 + \tfrac{1}{6}x^6 + xy + y^2",
    view=((-2.6, 2.6), (-2.2, 2.2)),
    starts=((-2.2, 1.8), (2.3, 1.5), (-1.2, -1.8)),
    minimum=0.0,
    minima=((0.0, 0.0), (-1.747552345830289, 0.8737761729151445), (1.747552345830289, -0.8737761729151445)),
    saddles=((-1.0705422918236598, 0.5352711459118299), (1.0705422918236598, -0.5352711459118299)),
    reference="Branin, Widely convergent method for finding multiple solutions of simultaneous nonlinear equations, 1972",
    teaches="A careful step ends in the nearest hollow; speed carries over the hump to the deeper one.",
)
