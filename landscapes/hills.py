"""Hills and hollows: round hills to be gone around, and hollows in which to end too early."""

import jax.numpy as jnp

from landscapes._landscape import Landscape

# Height, centre and width of every hill; a negative height is a hollow.
HILLS = (
    (2.2, -0.5, 2.3, 0.6),
    (2.4, 0.8, 1.0, 0.6),
    (2.4, -0.7, -0.3, 0.6),
    (2.0, 1.1, -1.3, 0.6),
    (1.6, -2.6, 1.4, 0.7),
    (1.6, 2.9, -0.2, 0.7),
    (-1.6, -2.9, 3.0, 0.6),
    (-1.6, 2.7, -2.6, 0.6),
    (-2.4, -0.4, -2.6, 0.7),
)


def loss(position):
    height, x, y, width = jnp.array(HILLS).T
    square = (position[0] - x) ** 2 + (position[1] - y) ** 2
    return 0.15 * (position[0] ** 2 + (position[1] + 3) ** 2) + jnp.sum(height * jnp.exp(-square / (2 * width**2)))


hills = Landscape(
    slug="hills",
    label="Hills and hollows",
    family="many minima",
    loss=loss,
    formula=(
        r"f(x, y) = 0.15\left(x^2 + (y + 3)^2\right)"
        r" + \sum_i h_i \exp\left(-\frac{(x - x_i)^2 + (y - y_i)^2}{2 w_i^2}\right)"
    ),
    view=((-4.0, 4.0), (-4.0, 4.0)),
    starts=((-0.6, 3.6), (0.9, 3.4), (-3.4, 2.6), (3.6, 0.8)),
    minimum=-2.34536447004641,
    minima=(
        (-0.38309878586563006, -2.630237255532742),
        (2.529849900739379, -2.6377654146926783),
        (-2.7052646362649693, 2.733893113806442),
    ),
    saddles=(
        (1.4968582370274888, -2.9283810732569684),
        (1.7612941095840051, -0.7151305808857726),
        (-0.24479092828848908, 0.4852462569044264),
        (0.4773585399607364, 1.7353407275725226),
        (-2.097381562855118, 2.3676428708589468),
        (-3.211544615813264, 1.8205317089908928),
        (-0.5808553492670182, 3.1681655153800183),
    ),
    reference="Gallagher and Yuan, A general-purpose tunable landscape generator, 2006",
    teaches="The way down winds between hills: where it starts and how fast it goes decide in which hollow it ends.",
)
