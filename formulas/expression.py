"""What a formula is made of: a tree of numbers, variables, operations, calls and conditions.

Nodes are equal if they mean the same; `at`, where a node begins in the text, is for messages only.
"""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Number:
    """A number without a sign, as typed."""

    value: float
    at: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Variable:
    """x or y."""

    name: str
    at: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Constant:
    """One of CONSTANTS."""

    name: str
    at: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Negative:
    """Minus something."""

    operand: "Expression"
    at: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Operation:
    """Two operands and one of + - * / ^ between them."""

    symbol: str
    left: "Expression"
    right: "Expression"
    at: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Condition:
    """What is true or false: two numbers and one of < <= > >= == != between them, or two conditions and `and` or `or`."""

    symbol: str
    left: "Expression"
    right: "Expression"
    at: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Call:
    """One of FUNCTIONS and what it is applied to; the first argument of `where`, and no other, is a condition."""

    function: str
    arguments: tuple["Expression", ...]
    at: int = field(default=0, compare=False)


Expression = Number | Variable | Constant | Negative | Operation | Condition | Call


def parts(expression: Expression) -> tuple[Expression, ...]:
    """What a node is directly made of."""
    match expression:
        case Operation() | Condition():
            return expression.left, expression.right
        case Negative():
            return (expression.operand,)
        case Call():
            return expression.arguments
    return ()


def every_node(expression: Expression) -> list[Expression]:
    """The node and all below it, from left to right, what a node is made of before the node itself."""
    return [node for part in parts(expression) for node in every_node(part)] + [expression]


def nesting(expression: Expression) -> int:
    """How deep things lie within one another; a long sum or product is not deep."""
    if isinstance(expression, Operation) and expression.symbol != "^":
        return max(nesting(expression.left), 1 + nesting(expression.right))
    return 1 + max(map(nesting, parts(expression)), default=0)
