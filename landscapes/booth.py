"""Booth's function: a tilted, mildly stretched bowl."""

from landscapes._landscape import Landscape


def loss(position):
    x, y = position
    return (x + 2 * y - 7) ** 2 + (2 * x + y - 5) ** 2


booth = Landscape(
    slug="booth",
    label="Booth's bowl",
    family="bowl",
    loss=loss,
    formula=r"f(x, y) = (x + 2y - 7)^2 + (2x + y - 5)^2",
    view=((-4.0, 6.0), (-2.0, 8.0)),
    starts=((-3.0, 3.5), (5.0, 1.0), (-2.0, -1.0)),
    minimum=0.0,
    minima=((1.0, 3.0),),
    reference="Jamil and Yang, A literature survey of benchmark functions for global optimization, 2013, function 17",
    teaches="The bowl is tilted by 45 degrees, so rules that scale each coordinate alone gain nothing.",
)
