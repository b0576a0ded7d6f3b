"""A saddle between two minima: what a vanishing gradient is when it is not a minimum."""

from landscapes._landscape import Landscape


def loss(position):
    x, y = position
    return 0.5 * x**2 - 0.5 * y**2 + 0.25 * y**4


saddle = Landscape(
    slug="saddle",
    label="Saddle between two minima",
    family="saddle",
    loss=loss,
    formula=r"f(x, y) = \tfrac{1}{2}x^2 - \tfrac{1}{2}y^2 + \tfrac{1}{4}y^4",
    view=((-2.0, 2.0), (-1.6, 1.6)),
    starts=((-1.8, 0.001), (-1.8, 0.0), (1.5, 0.1), (0.0, 1e-6)),
    minimum=-0.25,
    minima=((0.0, 1.0), (0.0, -1.0)),
    names=("upper", "lower"),
    saddles=((0.0, 0.0),),
    reference="Nesterov, Introductory Lectures on Convex Optimization, 2004, Example 1.2.2",
    teaches="Close to a saddle the gradient almost vanishes, and leaving it takes plain gradient descent very long.",
)
