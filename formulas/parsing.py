"""From text to a formula: a grammar and nothing else, with the position of every mistake.

The usual precedence: -x^2 is -(x^2), 2^3^2 is 2^(3^2), and a product may leave its sign out (2x, 3sin(x), x y,
(x+1)(y-2)), except where that could be read in two ways: 1/2x is refused.
"""

import re
from functools import lru_cache
from typing import NoReturn

from lark import Lark, Token, Transformer, v_args
from lark.exceptions import UnexpectedCharacters, UnexpectedToken, VisitError

from formulas.evaluation import constant_value
from formulas.expression import (
    CONSTANTS,
    FUNCTIONS,
    SYNONYMS,
    Call,
    Constant,
    Expression,
    Negative,
    Number,
    Operation,
    Variable,
    every_node,
    nesting,
    parts,
)
from formulas.writing import to_text

MAX_LENGTH = 300
MAX_NESTING = 20
NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
FUNCTION_BEFORE = re.compile(rf"(?<![A-Za-z0-9_])({'|'.join([*FUNCTIONS, *SYNONYMS])})[ \t]*$")
OPERATORS = {"**": "^", "−": "-", "·": "*", "×": "*"}
OPERAND = "a number, x, y, pi, e, a function or ("
FUNCTION_NAMES = ", ".join(FUNCTIONS)
ALPHABET = f"the digits 0 to 9, x, y, pi, e, + - * / ^ ( ) and {FUNCTION_NAMES}"

GRAMMAR = rf"""
?start: sum
?sum: product
    | sum PLUS product -> operation
    | sum MINUS product -> operation
?product: factor
    | product TIMES factor -> operation
    | product DIVIDE signed -> operation
    | product DIVIDE implied -> ambiguous
?factor: signed
    | implied
implied: factor unsigned
?signed: power
    | MINUS signed -> negative
    | PLUS signed -> positive
?power: atom
    | atom POWER signed -> operation
?unsigned: letter
    | letter POWER signed -> operation
?atom: NUMBER -> number
    | letter
?letter: VARIABLE -> variable
    | CONSTANT -> constant
    | FUNCTION "(" sum ("," sum)* ")" -> call
    | "(" sum ")"

PLUS: "+"
MINUS: "-" | "−"
TIMES: "*" | "·" | "×"
DIVIDE: "/"
POWER: "^" | "**"
NUMBER: /([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?/
VARIABLE: /[xy](?=[xy]*(?![A-Za-z0-9_]))/
CONSTANT: /({"|".join(CONSTANTS)})(?![A-Za-z0-9_])|π/
FUNCTION: /({"|".join([*FUNCTIONS, *SYNONYMS])})(?![A-Za-z0-9_])/
%ignore /[ \t]+/
"""


class FormulaError(ValueError):
    """What is wrong with a formula, and where.

    Args:
      reason: what was wrong; what is allowed.
      position: of the mistake, in characters from 1; None if it is the formula as a whole.
    """

    def __init__(self, reason: str, position: int | None = None) -> None:
        super().__init__(reason if position is None else f"at character {position}: {reason}")
        self.reason, self.position = reason, position


def parse(text: str) -> Expression:
    """The formula that `text` writes out.

    Raises:
      FormulaError: it is empty, too long, too deep, not in the grammar, or a number in it is not finite.
    """
    _refuse_by_size(text)
    try:
        expression = _TreeBuilder().transform(_grammar().parse(text))
    except UnexpectedCharacters as error:
        _refuse_character(text, error.pos_in_stream or 0)
    except UnexpectedToken as error:
        _refuse_token(text, error)
    except VisitError as error:
        raise error.orig_exc from None
    _refuse_depth(expression)
    _refuse_infinite(expression)
    return expression


@lru_cache(maxsize=1)
def _grammar() -> Lark:
    return Lark(GRAMMAR, parser="lalr", lexer="basic")


def _refuse_by_size(text: str) -> None:
    """Before anything is parsed, so that nothing that is typed or linked can take long."""
    if len(text) > MAX_LENGTH:
        raise FormulaError(
            f"the formula is {len(text)} characters long; allowed: up to {MAX_LENGTH}", position=MAX_LENGTH + 1
        )
    if not text.strip():
        raise FormulaError(f"the formula is empty; allowed: {OPERAND}", position=1)
    depth = 0
    for index, character in enumerate(text):
        depth += (character == "(") - (character == ")")
        if depth > MAX_NESTING:
            raise FormulaError(
                f"more than {MAX_NESTING} parentheses are open; allowed: {MAX_NESTING} within one another", index + 1
            )


def _refuse_character(text: str, index: int) -> NoReturn:
    name = NAME.match(text, index)
    what = name.group() if name else text[index]
    names = f"x, y, {', '.join(CONSTANTS)}, {FUNCTION_NAMES}"
    reason = f"“{what}” is not known; allowed: {names}" if name else f"“{what}” is not allowed; allowed: {ALPHABET}"
    raise FormulaError(reason, index + 1) from None


def _refuse_token(text: str, error: UnexpectedToken) -> NoReturn:
    token, expected = error.token, error.accepts | error.expected
    found, position = f"“{token}” does not fit here", (token.start_pos or 0) + 1
    if token.type == "$END":
        found, position = "the formula ends too early", len(text.rstrip()) + 1
    before = FUNCTION_BEFORE.search(text[: position - 1])
    if before:
        name = before.group(1)
        allowed = f"( after {name}, as in {name}(x)" + (f" or {name}(x)^2" if token.type == "POWER" else "")
        raise FormulaError(f"{found}; allowed: {allowed}", position) from None
    if "NUMBER" in expected:
        allowed = OPERAND
    else:
        closing = [word for name, word in (("COMMA", "a comma"), ("RPAR", ")")) if name in error.accepts]
        allowed = " or ".join(["one of + - * / ^", *closing])
    if token.type == "COMMA":
        allowed += "; a decimal is written with a point, as in 0.5"
    raise FormulaError(f"{found}; allowed: {allowed}", position) from None


def _refuse_depth(expression: Expression) -> None:
    """Refuses towers of powers, signs and calls, whose second derivatives would take long to compile."""
    if nesting(expression) > MAX_NESTING:
        deepest = expression
        while nesting(deepest) > nesting(expression) - MAX_NESTING:
            deepest = max(parts(deepest), key=nesting)
        raise FormulaError(
            f"nested too deeply from here on; allowed: {MAX_NESTING} levels within one another", deepest.at + 1
        )


def _refuse_infinite(expression: Expression) -> None:
    """Refuses what can be known to be no number before x and y are: 9^9^9^9, 1/0, ln(-1)."""
    for node in every_node(expression):
        value = constant_value(node)
        if value is not None and not abs(value) < float("inf"):
            reason = f"{to_text(node)} is not a finite number; allowed: numbers up to 1e308"
            raise FormulaError(reason, node.at + 1)


@v_args(inline=True)
class _TreeBuilder(Transformer):
    """Nodes from the grammar's rules, each with its place in the text."""

    def number(self, token: Token) -> Number:
        return Number(float(token), _place(token))

    def variable(self, token: Token) -> Variable:
        return Variable(str(token), _place(token))

    def constant(self, token: Token) -> Constant:
        return Constant("pi" if token == "π" else str(token), _place(token))

    def negative(self, sign: Token, operand: Expression) -> Negative:
        return Negative(operand, _place(sign))

    def positive(self, sign: Token, operand: Expression) -> Expression:
        return operand

    def operation(self, left: Expression, symbol: Token, right: Expression) -> Operation:
        return Operation(OPERATORS.get(symbol, str(symbol)), left, right, left.at)

    def implied(self, left: Expression, right: Expression) -> Operation:
        return Operation("*", left, right, left.at)

    def ambiguous(self, left: Expression, symbol: Token, right: Operation) -> NoReturn:
        first, second = to_text(right.left), to_text(right.right)
        reason = f"/{first} {second} can be read in two ways; allowed: /({first}*{second}) or /{first}*{second}"
        raise FormulaError(reason, _place(symbol) + 1)

    def call(self, name: Token, *arguments: Expression) -> Call:
        function = SYNONYMS.get(name, str(name))
        fewest, most = FUNCTIONS[function].fewest, FUNCTIONS[function].most
        if not fewest <= len(arguments) <= most:
            count = f"{fewest}" if fewest == most else f"{fewest} to {most}"
            reason = f"{len(arguments)} given to {name}; allowed: {count}, separated by commas"
            raise FormulaError(reason, _place(name) + 1)
        return Call(function, arguments, _place(name))


def _place(token: Token) -> int:
    return token.start_pos or 0
