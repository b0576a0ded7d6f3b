"""A landscape made of a formula that somebody typed, explored by a search of its view."""

from dataclasses import dataclass, replace
from typing import Any

from caches import cached
from catalogue import exact_text, finite
from formulas import (
    MAX_LENGTH,
    Call,
    FormulaError,
    differentiable,
    every_node,
    operations,
    parse,
    place_beyond,
    to_latex,
    to_text,
)
from landscapes import Interval, Landscape
from surfaces.exploration import explore, grid_of, is_drawable
from surfaces.remarks import as_function, remarks

View = tuple[Interval, Interval]
FORMULA_SLUG = "formula"
EXAMPLE = "sin(x)*y + 0.1*(x^2 + y^2)"
VIEW: View = ((-6.0, 6.0), (-6.0, 6.0))
FARTHEST = 1e6
NARROWEST = 1e-3
MOST_OPERATIONS = 700  # in the curvatures: what one person types is drawn in two seconds at most, and holds up nobody
NOT_SMOOTH = {"abs", "relu", "sign", "floor", "ceil", "round", "mod", "min", "max", "where"}


@dataclass(frozen=True, kw_only=True, eq=False)
class FormulaLandscape(Landscape):
    """A landscape that is its text and its view: two of the same are equal, whoever made them."""

    text: str

    def __eq__(self, other: object) -> bool:
        return isinstance(other, FormulaLandscape) and (self.text, self.view) == (other.text, other.view)

    def __hash__(self) -> int:
        return hash((self.text, self.view))


def formula_landscape(text: str, view: Any = VIEW) -> FormulaLandscape:
    """The surface of the formula `text` over `view`, ((x low, x high), (y low, y high)).

    What is known about it, its minima, saddles and starts, is what a search of the view finds; `teaches` says so, and
    what is missing where it is undefined, infinite or not differentiable.

    Raises:
      FormulaError: the text is not a formula (with the position of the mistake), or finite nowhere in the view.
      ValueError: the view is not one.
    """
    expression = parse(text)
    written = to_text(expression)
    if len(written) > MAX_LENGTH:
        raise FormulaError(
            f"written out in full, the formula is {len(written)} characters long; allowed: up to {MAX_LENGTH}",
            place_beyond(expression, MAX_LENGTH) + 1,
        )
    return _landscape(written, checked_view(view))


def checked_view(view: Any) -> View:
    """`view`, if both its sides are intervals of a drawable length."""
    try:
        (x_low, x_high), (y_low, y_high) = view
    except (TypeError, ValueError):
        raise ValueError(f"view is {view!r}; allowed: two numbers for x and two for y") from None
    sides = [
        (finite(f"{name} low", low), finite(f"{name} high", high))
        for name, low, high in (("x", x_low, x_high), ("y", y_low, y_high))
    ]
    for name, (low, high) in zip("xy", sides, strict=True):
        if not (low >= -FARTHEST and high <= FARTHEST and high - low >= NARROWEST):
            raise ValueError(
                f"view of {name} is {exact_text(low)} to {exact_text(high)}; allowed: from a lower to a higher number, "
                f"at least {NARROWEST:g} apart, between {-FARTHEST:,.0f} and {FARTHEST:,.0f}"
            )
    return sides[0], sides[1]


@cached(64)
def _landscape(text: str, view: View) -> FormulaLandscape:
    expression = parse(text)
    if (count := operations(expression)) > MOST_OPERATIONS:
        raise FormulaError(
            f"the slopes and curvatures of {text} take {count} operations; allowed: {MOST_OPERATIONS}, as in a formula "
            "with fewer functions, powers and factors"
        )
    function = as_function(expression)
    grid = grid_of(function, view)
    if not is_drawable(grid):
        raise FormulaError(
            f"{text} can be drawn nowhere in the view; allowed: a formula that is a number below 10³⁰ in some part of x "
            f"from {view[0][0]:g} to {view[0][1]:g}, y from {view[1][0]:g} to {view[1][1]:g}"
        )
    formula = f"f(x, y) = {to_latex(expression)}"
    bare = FormulaLandscape(
        slug=FORMULA_SLUG,
        label="Your formula",
        family="many minima",
        loss=differentiable(expression),
        formula=formula,
        view=view,
        starts=((0.0, 0.0),),
        minimum=None,
        minima=(),
        searched=True,
        smooth=not any(isinstance(node, Call) and node.function in NOT_SMOOTH for node in every_node(expression)),
        reference="Typed on this page; minima and saddles are what a search of the view found.",
        teaches="",
        text=text,
    )
    explored = explore(bare, expression, function)
    sentences = (f"${formula}$.", *remarks(expression, grid, explored))
    family = "many minima" if len(explored.minima) > 1 else "bowl" if explored.minima else "saddle"
    return replace(bare, **explored._asdict(), family=family, teaches=" ".join(sentences))
