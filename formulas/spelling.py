"""From text to the words of a formula, in the spellings of keyboards, books, LaTeX, Python and MATLAB alike.

x², x**2, x.^2, x^{2} and X^2 are one power; ½x, 1/2·x and \\frac{1}{2}x one product; sin, Sin, \\sin and np.sin one name.
"""

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from formulas.calls import ABBREVIATIONS
from formulas.functions import CONSTANTS, FUNCTIONS
from formulas.refusals import FormulaError, ambiguous, misplaced, unknown_character, unknown_name
from formulas.variables import FAMILIES, INDEXED, LETTER, NAME, heading, meanings, plain

# Other names for the same. A plain log is the natural one, as in NumPy; it is shown as ln, so that nobody has to guess.
SYNONYMS = {
    "arcsin": "asin", "arccos": "acos", "arctan": "atan", "arctan2": "atan2", "tg": "tan", "arctg": "atan",
    "arcsinh": "asinh", "arccosh": "acosh", "arctanh": "atanh", "arsinh": "asinh", "arcosh": "acosh", "artanh": "atanh",
    "ld": "log2", "lb": "log2", "sgn": "sign", "signum": "sign", "fabs": "abs", "absolute": "abs", "minimum": "min",
    "fmin": "min", "maximum": "max", "fmax": "max", "ceiling": "ceil", "remainder": "mod", "power": "pow",
    "expit": "sigmoid", "logistic": "sigmoid",
}  # fmt: skip
KEYWORDS = ("mod", "and", "or", "if", "else")
FUNCTION_WORDS = sorted([*FUNCTIONS, *SYNONYMS, *ABBREVIATIONS], key=len, reverse=True)

# Every sign as it may be typed, by its plain spelling.
SPELLINGS = {
    "+": "+", "-": "- − – — ‐ ‑", "*": r"* .* · ⋅ × ∗ ∙ • \cdot \times \ast", "/": r"/ ./ ÷ ∕ ⁄ \div", "^": "^ ** .^ ˆ",
    "mod": r"% \bmod", "<": r"< \lt", ">": r"> \gt", "<=": r"<= ≤ ⩽ \le \leq", ">=": r">= ≥ ⩾ \ge \geq", "==": "== =",
    "!=": r"!= ~= <> ≠ \ne \neq", "and": r"& && ∧ \land", "or": r"∨ \lor", "sqrt": r"√ \sqrt", "cbrt": "∛",
    "frac": r"\frac \dfrac \tfrac \cfrac", "(": "( 〖", ")": ") 〗", "{": r"{ \{ \lbrace", "}": r"} \} \rbrace",
    "|": r"| ∣ ❘ \vert", ",": ",",
    "⌊": r"⌊ \lfloor", "⌋": r"⌋ \rfloor", "⌈": r"⌈ \lceil", "⌉": r"⌉ \rceil", "⟨": r"\left| \lvert", "⟩": r"\right| \rvert",
}  # fmt: skip
SIGNS = {spelling: sign for sign, spellings in SPELLINGS.items() for spelling in spellings.split()}


def _alternatives(signs) -> str:
    """A pattern for any of them, the longest first; a command of LaTeX ends where its letters do."""
    longest_first = sorted(signs, key=len, reverse=True)
    return "|".join(re.escape(sign) + ("(?![A-Za-z])" if sign[-1].isalpha() else "") for sign in longest_first)


INVISIBLE = r"\s\u200b-\u200f\u2060-\u2064\ufeff"
# np.sin is sin, and so is jax.numpy.sin
MODULE = (
    r"(?<![A-Za-z_])(?:np|numpy|jnp|jax|math|Math|torch|tf|sp|sympy|scipy|F)\."
    r"(?:(?:nn|functional|numpy|math|special|linalg)\.)*(?=[A-Za-z])"
)
ENLARGED = r"\\(?:left|right|[bB]igg?[lr]?)(?![A-Za-z])"
LAYOUT = rf"\\[,;:! ()\[\]]|\\(?:quad|qquad|displaystyle)(?![A-Za-z])|{ENLARGED}(?!\||\s*[\[\]])|\$"
LAST = rf"[.,;](?=(?:[.,;{INVISIBLE}]|{LAYOUT})*$)"  # the stop after a formula that closes a sentence
BLANK = re.compile(rf"(?:[{INVISIBLE}]|{LAYOUT}|{LAST}|{MODULE})+")
BRACKET = re.compile(rf"{ENLARGED}\s*([\[\]])")
SIGN = re.compile(_alternatives(SIGNS))
NUMBER = re.compile(r"(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
RAISED = re.compile("[⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ˣʸ]+")
LOWERED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ˣʸ", "0123456789+-()xy")
FRACTION = re.compile(r"[½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅐⅛⅜⅝⅞⅑⅒]|\\[dt]?frac\s*([0-9])\s*([0-9])")
ROOT = re.compile(r"\\sqrt\s*\[\s*(\w+)\s*\]")
LOGARITHM = re.compile(r"\\?log(?:_\{?(10|2|e)\}?|(₁₀|₂))(?![0-9])")
UPRIGHT = re.compile(r"\\(?:operatorname\*?|mathrm|text|mathit)\s*\{\s*([A-Za-z0-9]+)\s*\}")
DECLARED = re.compile(NAME)
WORD = re.compile(rf"\\?[{LETTER}][{LETTER}0-9]*")
ANY_NAME = re.compile(rf"\\?[{LETTER}_][{LETTER}0-9_]*")
WRAPPED = re.compile(r"\{\s*\\displaystyle(?![A-Za-z])")  # around every formula that is copied from Wikipedia
# The letters of typeset formulas, such as the 𝑥 of MathJax and Word, by their plain ones.
STYLED = {code: unicodedata.normalize("NFKC", chr(code)) for code in (*range(0x1D400, 0x1D800), 0x210E, 0x212F, 0x2147)}
RAISING = re.compile(rf"[{INVISIBLE}]*(?:\^|\*\*|[⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽ˣʸ])")


class Token(NamedTuple):
    """One word of a formula: its kind, which of that kind, where it begins, and whether a blank is before it.

    A sign is a kind of its own, in its plain spelling; the others are number, variable, constant, function, keyword, end,
    and error for what is not a word.
    """

    kind: str
    text: str
    at: int
    spaced: bool = False
    error: FormulaError | None = None


def tokens(text: str) -> list[Token]:
    """The words of the text and its end; only those before the first that is none, and then an error."""
    found: list[Token] = []
    text = _unwrapped(text.translate(STYLED))
    try:
        begin, declared = heading(text)
        found.extend(_Reader(text, begin, declared))
        return [*_renamed(found, declared), Token("end", "", len(text))]
    except FormulaError as error:
        return [*found, Token("error", "", (error.position or 1) - 1, error=error)]


def _unwrapped(text: str) -> str:
    """With blanks for the braces around what is displayed."""
    while wrapper := WRAPPED.search(text):
        depth = 1
        for end in range(wrapper.end(), len(text)):
            depth += {"{": 1, "}": -1}.get(text[end], 0)
            if depth == 0:
                text = f"{text[:end]} {text[end + 1 :]}"
                break
        text = text[: wrapper.start()] + " " * len(wrapper.group()) + text[wrapper.end() :]
    return text


def _renamed(found: list[Token], declared: tuple[str, ...]) -> list[Token]:
    """With x and y for whatever the variables are called."""
    used: dict[str, int] = {}
    for token in found:
        if token.kind == "variable":
            used.setdefault(token.text, token.at)
    names = meanings(used, declared)
    return [token._replace(text=names[token.text]) if token.kind == "variable" else token for token in found]


class _Reader:
    """Reads words from a place in a text on."""

    def __init__(self, text: str, place: int, declared: tuple[str, ...]) -> None:
        self.text, self.place, self.declared = text, place, declared

    def __iter__(self) -> Iterator[Token]:
        before = None
        while True:
            blank = BLANK.match(self.text, self.place)
            self.place = blank.end() if blank else self.place
            if self.place == len(self.text):
                return
            for token in self._next():
                # The blank after a command of LaTeX only ends its name.
                spaced = blank is not None and before is not None and self.text[before.at] != "\\"
                before = token._replace(spaced=spaced)
                yield before
                blank = None

    def _next(self) -> list[Token]:
        """The words of the next piece of text, of which some make several."""
        at = self.place
        for pattern, words in PIECES:
            found = pattern.match(self.text, at)
            if found:
                self.place = found.end()
                return words(self, found)
        name = ANY_NAME.match(self.text, at)
        raise unknown_name(name.group(), at) if name else unknown_character(self.text[at], at)

    def _raised(self, found: re.Match) -> list[Token]:
        """A power in small raised signs."""
        inner = _Reader(found.group().translate(LOWERED), 0, self.declared)
        exponent = [token._replace(at=token.at + found.start()) for token in inner]
        return [
            Token("^", found.group(), found.start()),
            Token("(", "(", found.start()),
            *exponent,
            Token(")", ")", found.end() - 1),
        ]

    def _fraction(self, found: re.Match) -> list[Token]:
        """A fraction of two digits in one sign, or in LaTeX without braces."""
        upper, lower = found.groups() if found[1] else unicodedata.normalize("NFKC", found.group()).split("⁄")
        words = [("frac", ""), ("{", "{"), ("number", upper), ("}", "}"), ("{", "{"), ("number", lower), ("}", "}")]
        return [Token(kind, text, found.start()) for kind, text in words]

    def _root(self, found: re.Match) -> list[Token]:
        """A root of LaTeX with its degree."""
        if found[1] not in ("2", "3"):
            raise misplaced(f"“{found.group()}” is not known", f"(…)^(1/{found[1]}) for another root", found.start())
        return [Token({"2": "sqrt", "3": "cbrt"}[found[1]], "", found.start())]

    def _logarithm(self, found: re.Match) -> list[Token]:
        base = found[1] or unicodedata.normalize("NFKC", found[2])
        return [Token("function", {"10": "log10", "2": "log2", "e": "ln"}[base], found.start())]

    def _upright(self, found: re.Match) -> list[Token]:
        kind = _kind(found[1].lower())
        if kind is None:
            raise unknown_name(found[1], found.start(1))
        return [Token(*kind, found.start())]

    def _words(self, found: re.Match) -> list[Token]:
        """A name, or several written as one: xy, sinx, xe^x, 2pix."""
        kind = _kind(found.group())
        if kind:
            return [Token(*kind, found.start())]
        words: list[Token] = []
        self.place = found.start()
        while self.place < found.end():
            word = self._first_name(after_function=bool(words) and words[-1].kind == "function")
            if word is None:
                name = ANY_NAME.match(self.text, found.start())
                raise unknown_name(name.group() if name else found.group(), found.start())
            words.append(word)
            if word.text in ("log2", "log10") and self.place < found.end():
                readings = (f"{word.text}(x)", f"log({word.text[3:]}*x)")
                raise ambiguous(f"“{found.group()}”", readings, found.start())
        return words

    def _first_name(self, after_function: bool) -> Token | None:
        """The longest known name that begins here."""
        at, variables = self.place, self.declared or ("x", "y")
        rest = self.text[at : at + 10].lower()
        for pattern in (DECLARED, INDEXED):
            found = pattern.match(self.text, at)
            name = plain(found.group()) if found else ""
            if found and (
                name in self.declared or (pattern is INDEXED and not self.declared and name[:-1] in FAMILIES)
            ):
                self.place = found.end()
                return Token("variable", name, at)
        known = next((word for word in (*FUNCTION_WORDS, "pi", "π", *variables) if rest.startswith(word)), None)
        if known is None and rest[0] == "e" and RAISING.match(self.text, at + 1):
            known = "e"
        if known is None:
            number = NUMBER.match(self.text, at) if after_function else None
            self.place = number.end() if number else at
            return Token("number", number.group(), at) if number else None
        self.place = at + len(known)
        return Token(*(_kind(known) or ("variable", known)), at)


def _kind(word: str) -> tuple[str, str] | None:
    """What a whole word is, its kind and which of it, if it is no variable."""
    word = word.lower().removeprefix("\\")
    if word in KEYWORDS:
        return word, word
    if word == "π" or word in CONSTANTS:
        return "constant", "pi" if word == "π" else word
    return ("function", SYNONYMS.get(word, word)) if word in FUNCTION_WORDS else None


# Tried in this order.
PIECES = (
    (NUMBER, lambda reader, found: [Token("number", found.group(), found.start())]),
    (RAISED, _Reader._raised),
    (FRACTION, _Reader._fraction),
    (BRACKET, lambda reader, found: [Token({"[": "(", "]": ")"}[found[1]], found.group(), found.start())]),
    (ROOT, _Reader._root),
    (LOGARITHM, _Reader._logarithm),
    (UPRIGHT, _Reader._upright),
    (SIGN, lambda reader, found: [Token(SIGNS[found.group()], found.group(), found.start())]),
    (WORD, _Reader._words),
)
