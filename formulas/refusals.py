"""What is said of a text that is no formula: what was wrong, where, and what to write instead."""

import unicodedata
from difflib import get_close_matches

from formulas.functions import CONSTANTS, FUNCTIONS

OPERAND = "a number, x, y, pi, e, a function or ("
NAMES = ("x", "y", *CONSTANTS, *FUNCTIONS)
ALPHABET = f"the digits 0 to 9, + - * / ^ ( ) | < >, x, y, {', '.join(NAMES[2:])}"
PIECES = "where(x < 0, x^2, 3x), which is x^2 where x is negative and 3x elsewhere"
INSTEAD = {
    "[": "( instead of [; x for x[0] and y for x[1]",
    "]": ") instead of ]",
    "{": "( instead of {",
    "}": ") instead of }",
    "?": PIECES,
    ";": "a comma between two arguments",
    ":": "/ for a division",
    "!": "a product for a factorial, as 3*2*1 for 3!; != between two numbers, as in where(x != 0, 1/x, 0)",
    **dict.fromkeys("\"'`“”‘’„«»", "the formula without quotation marks"),
    **dict.fromkeys(("‖", "∥", "lvert", "rvert", "vert"), "hypot(x, y) for a length, abs(x) for a size"),
    **dict.fromkeys("∑∏", "every term written out, as in x^2 + y^2"),
    "#": "the formula alone, without a comment",
    "@": "* for a product",
    ".": "a function around what it is applied to, as abs(x) for x.abs()",
    "∜": "x^(1/4)",
    "\\": "commands of LaTeX by their names, as \\frac or \\sqrt",
    "°": "radians: sin(pi/6) for 30°",
    "±": "+ or -, each in a formula of its own",
    "х": "the Latin x; this one is Cyrillic",
    "у": "the Latin y; this one is Cyrillic",
    "е": "the Latin e; this one is Cyrillic",
    "τ": "2*pi",
    "r": "hypot(x, y), the distance from (0, 0)",
    "lg": "log10(x) or log2(x)",
    "heaviside": "where(x < 0, 0, 1)",
    "step": "where(x < 0, 0, 1)",
    "piecewise": PIECES,
    "begin": PIECES,
    **dict.fromkeys(("norm", "linalg"), "hypot(x, y), the distance from (0, 0)"),
    **dict.fromkeys(("logsumexp", "logaddexp"), "ln(exp(x) + exp(y))"),
    **dict.fromkeys(("trunc", "fix"), "where(x < 0, ceil(x), floor(x))"),
    **dict.fromkeys(("radians", "rad"), "x*pi/180"),
    "degrees": "x*180/pi",
    "sinc": "sin(x)/x",
    "not": "the opposite comparison, as x >= 0 for not x < 0",
    "multiply": "x*y",
    "add": "x + y",
    "subtract": "x - y",
    "divide": "x/y",
    "negative": "-x",
    "fmod": "mod(x, 2)",
    "ex": "e^x or e*x",
    "ey": "e^y or e*y",
    "xe": "x*e",
    "ye": "y*e",
    "gauss": "exp(-x^2 - y^2)",
    "clip": "min(max(x, 0), 1)",
    "clamp": "min(max(x, 0), 1)",
    "sum": "x + y",
    "dot": "* for a product",
    "return": "the formula alone",
    "lambda": "the formula alone",
}


class FormulaError(ValueError):
    """What is wrong with a formula, and where.

    Args:
      reason: what was wrong; what is allowed.
      position: of the mistake, in characters from 1; None if it is the formula as a whole.
    """

    def __init__(self, reason: str, position: int | None = None) -> None:
        super().__init__(reason if position is None else f"at character {position}: {reason}")
        self.reason, self.position = reason, position


def unknown_name(name: str, at: int) -> FormulaError:
    """Of a word that means nothing here."""
    plain = name.strip("\\").lower()
    close = get_close_matches(plain, NAMES[2:], n=1, cutoff=0.8)
    allowed = ", ".join(NAMES)
    if plain in INSTEAD:
        allowed = INSTEAD[plain]
    elif len(plain) == 1:
        allowed = f"x and y; others if they are named first, as in f({plain}, b) = {plain}^2 + b^2"
    elif close:
        allowed = f"{close[0]}, if that is meant; {allowed}"
    return FormulaError(f"“{name}” is not known; allowed: {allowed}", at + 1)


def unknown_character(character: str, at: int) -> FormulaError:
    """Of a sign that means nothing here."""
    plain = unicodedata.normalize("NFKC", character).lower()
    if character.lower() in INSTEAD:
        allowed = INSTEAD[character.lower()]
    elif plain != character.lower() and len(plain) == 1 and plain.isascii() and plain.isprintable():
        allowed = f"the plain {plain}"
    else:
        allowed = ALPHABET
    return FormulaError(f"“{character}” is not allowed; allowed: {allowed}", at + 1)


def ambiguous(what: str, readings: tuple[str, str], at: int) -> FormulaError:
    """Of what two people would read differently."""
    return FormulaError(f"{what} can be read in two ways; allowed: {readings[0]} or {readings[1]}", at + 1)


def misplaced(found: str, allowed: str, at: int) -> FormulaError:
    """Of what is known and does not fit where it stands."""
    return FormulaError(f"{found}; allowed: {allowed}", at + 1)
