"""A valley that winds around the minimum: downhill is hardly ever where the minimum is."""

import jax.numpy as jnp

from catalogue import Parameter
from landscapes._landscape import Landscape


def loss(position, condition_number, winding):
    x, y = position
    # A ravine turned by an angle that grows with the distance; √(1 + r²) instead of r keeps the centre smooth.
    angle = winding * jnp.sqrt(1 + x**2 + y**2)
    along = jnp.cos(angle) * x + jnp.sin(angle) * y
    across = jnp.cos(angle) * y - jnp.sin(angle) * x
    return 0.5 * (along**2 + condition_number * across**2)


spiral_valley = Landscape(
    slug="spiral_valley",
    label="Spiral valley",
    family="valley",
    loss=loss,
    formula=(
        r"\begin{gathered} f(x, y) = \tfrac{1}{2}\left(u^2 + \kappa\, v^2\right), \quad"
        r" \varphi = c\,\sqrt{1 + x^2 + y^2} \\"
        r" u = x\cos\varphi + y\sin\varphi, \quad v = y\cos\varphi - x\sin\varphi \end{gathered}"
    ),
    view=((-4.0, 4.0), (-4.0, 4.0)),
    starts=((-3.1, -1.3), (3.3, -1.0), (1.5, 2.5)),
    minimum=0.0,
    minima=((0.0, 0.0),),
    parameters={
        "condition_number": Parameter(
            default=10.0,
            low=1.0,
            high=200.0,
            symbol=r"\kappa",
            log=True,
            help="How many times steeper the walls are than the floor.",
        ),
        "winding": Parameter(
            default=1.0,
            low=0.0,
            high=4.0,
            symbol="c",
            help="How tightly the valley winds around the minimum; 0 leaves a straight ravine.",
        ),
    },
    reference="A quadratic ravine in turning coordinates, after the helical valley of Fletcher and Powell, 1963",
    teaches="A bent valley punishes speed: momentum gathered along one stretch climbs the wall of the next.",
)
