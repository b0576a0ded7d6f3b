"""A formula as text, in one way only."""

from collections.abc import Iterator

from formulas.expression import Call, Condition, Constant, Expression, Negative, Number, Operation, Variable

OR, AND, COMPARISON, SUM, PRODUCT, SIGNED, POWER, ATOM = range(8)
BINDING = {"or": OR, "and": AND, "+": SUM, "-": SUM, "*": PRODUCT, "/": PRODUCT, "^": POWER}


def to_text(expression: Expression) -> str:
    """The formula with every sign written out and no parenthesis too many; `parse` reads the same formula from it."""
    return "".join(piece for piece, _ in _pieces(expression))


def place_beyond(expression: Expression, length: int) -> int:
    """Where in the typed text that number or name stands which `to_text` writes as the first beyond `length` characters.

    Where only closing parentheses lie beyond, the last of all.
    """
    place = end = 0
    for piece, named in _pieces(expression):
        end += len(piece)
        if named is not None:
            place = named.at
            if end > length:
                break
    return place


def binding(expression: Expression) -> int:
    """How tightly a formula holds its parts together, the loosest first: OR to ATOM."""
    match expression:
        case Operation():
            return BINDING[expression.symbol]
        case Condition():
            return BINDING.get(expression.symbol, COMPARISON)
        case Negative():
            return SIGNED
    return ATOM


def _pieces(expression: Expression) -> Iterator[tuple[str, Expression | None]]:
    """The text from left to right, each number and name with the node that it stands for."""
    match expression:
        case Number():
            yield repr(expression.value).removesuffix(".0"), expression
        case Variable() | Constant():
            yield expression.name, expression
        case Negative():
            yield "-", None
            yield from _within(expression.operand, SIGNED)
        case Call():
            yield expression.function, expression
            for mark, argument in zip(("(", *[", "] * 8), expression.arguments, strict=False):
                yield mark, None
                yield from _pieces(argument)
            yield ")", None
        case Operation() | Condition():
            left, right = _bounds(binding(expression))
            yield from _within(expression.left, left)
            spaced = binding(expression) <= SUM
            yield f" {expression.symbol} " if spaced else expression.symbol, None
            yield from _within(expression.right, right)


def _bounds(bound: int) -> tuple[int, int]:
    """How tightly the left and the right operand must bind to stand without parentheses."""
    if bound == POWER:
        return ATOM, SIGNED
    if bound == COMPARISON:
        return SUM, SUM
    return bound, {OR: AND, AND: COMPARISON, SUM: PRODUCT, PRODUCT: SIGNED}[bound]


def _within(expression: Expression, bound: int) -> Iterator[tuple[str, Expression | None]]:
    if binding(expression) >= bound:
        yield from _pieces(expression)
        return
    yield "(", None
    yield from _pieces(expression)
    yield ")", None
