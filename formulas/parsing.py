"""From the words of a text to a formula: a grammar and nothing else, with the position of every mistake.

The usual precedence: -x^2 is -(x^2), 2^3^2 is 2^(3^2), and a product may leave its sign out (2x, 3sin(x), x y,
(x+1)(y-2)), a function its parentheses (sin 2x), except where that could be read in two ways: 1/2x and sin x/2 are refused.
"""

from collections.abc import Callable

from formulas.calls import as_condition, as_number, call_of, limits, operation
from formulas.expression import (
    Condition,
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
from formulas.functions import FUNCTIONS
from formulas.refusals import OPERAND, FormulaError, ambiguous, misplaced
from formulas.spelling import SIGNS, Token
from formulas.tape import tape_of
from formulas.words import Words
from formulas.writing import ATOM, POWER, PRODUCT, binding, to_text

MAX_LENGTH = 300
MAX_NESTING = 20
COMPARISONS = ("<", "<=", ">", ">=", "==", "!=")
CLOSING = {"(": ")", "{": "}", "|": "|", "⌊": "⌋", "⌈": "⌉", "⟨": "⟩"}
ENCLOSED = {"|": "abs", "⟨": "abs", "⌊": "floor", "⌈": "ceil"}
ROOTS = ("sqrt", "cbrt")
FACTORS = {
    "variable",
    "constant",
    "function",
    "frac",
    "(",
    "{",
    "⟨",
    "⌊",
    "⌈",
    *ROOTS,
}  # what may follow without a sign


def parse(text: str) -> Expression:
    """The formula that `text` writes out.

    Raises:
      FormulaError: it is empty, too long, too deep, not in the grammar, or a number in it is not finite.
    """
    if len(text) > MAX_LENGTH:
        reason = f"the formula is {len(text)} characters long; allowed: up to {MAX_LENGTH}"
        raise FormulaError(reason, position=MAX_LENGTH + 1)
    if not text.strip():
        raise FormulaError(f"the formula is empty; allowed: {OPERAND}", position=1)
    expression = _Parser(text).formula()
    _refuse_depth(expression)
    _refuse_infinite(expression)
    return expression


class _Parser(Words):
    """Reads the words of one text, from the loosest binding to the tightest."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.depth = 0
        self.bars = 0  # open ones since the last parenthesis
        self.closed_bar = -1  # the place after the last closing one

    def formula(self) -> Expression:
        expression = self.expression()
        if self.next.kind != "end":
            self.refuse("one of + - * / ^")
        if isinstance(expression, Condition):
            sign = self.text[expression.at]
            allowed = f"f(x, y) = before the formula, where({to_text(expression)}, 1, 0) for a step"
            raise misplaced(f"“{sign}” is not allowed here", allowed, expression.at)
        return expression

    def expression(self) -> Expression:
        """A number or a condition, or as Python writes where(b, a, c): a if b else c."""
        first = self.disjunction()
        mark = self.take("if")
        if not mark:
            return first
        condition = self.disjunction()
        if not self.take("else"):
            self.refuse("else and what holds otherwise")
        return call_of("where", [condition, first, self.expression()], mark.at)

    def disjunction(self) -> Expression:
        left = self.conjunction()
        while self.take("or"):
            left = Condition("or", as_condition(left), as_condition(self.conjunction()), left.at)
        return left

    def conjunction(self) -> Expression:
        left = self.comparison()
        while self.take("and"):
            left = Condition("and", as_condition(left), as_condition(self.comparison()), left.at)
        return left

    def comparison(self) -> Expression:
        """A sum, or several with signs of comparison between them: -1 < x < 1 is -1 < x and x < 1."""
        left = self.sum()
        compared: Expression | None = None
        while sign := self.take(*COMPARISONS):
            if compared and any(isinstance(node, Condition) for node in every_node(left)):
                # Its middle stands in both halves, and a middle with a chain in it would grow with every level.
                allowed = "two comparisons joined by and, as in a < b and b < c"
                raise misplaced("a chain of comparisons in another is too much", allowed, sign.at)
            left, right = as_number(left), as_number(self.sum())
            one = Condition(sign.kind, left, right, sign.at)
            compared = Condition("and", compared, one, compared.at) if compared else one
            left = right
        return compared or left

    def sum(self) -> Expression:
        left = self.product()
        while sign := self.take("+", "-"):
            left = operation(sign.kind, left, self.product())
        return left

    def product(self) -> Expression:
        left = self.factor()
        while sign := self.take("*", "/", "mod"):
            if sign.kind == "*":
                left = operation("*", left, self.factor())
                continue
            if sign.kind == self.next.kind == "/":
                raise misplaced("“//” is not known", "floor(x/2) for a whole quotient, / for any other", sign.at)
            right = self.signed()
            if self.next.kind in FACTORS:
                first, second = to_text(as_number(right)), to_text(as_number(self.unsigned()))
                word = self.word(sign) if sign.kind == "/" else " mod "
                readings = (f"{word}({first}*{second})", f"{word}{first}*{second}")
                raise ambiguous(f"{word}{first} {second}", readings, sign.at)
            left = operation("/", left, right) if sign.kind == "/" else call_of("mod", [left, right], sign.at)
        return left

    def factor(self) -> Expression:
        """A product without signs between its factors."""
        begun = self.place
        left = self.signed()
        while self.next.kind in FACTORS or (self.next.kind == "|" and not self.bars):
            token, before = self.next, self.tokens[self.place - 1]
            if (
                token.kind == "|"
                and begun < self.closed_bar < self.place
                and self.tokens[self.closed_bar].kind in FACTORS
            ):
                raise ambiguous("these bars", ("abs(x) for |x|", "a sign between factors, as in |x|*y*|x|"), token.at)
            if before.kind == "number" and self.follows("frac", "{", "number", "}", "{", "number", "}"):
                raise ambiguous("a number before a fraction", ("a decimal as in 2.5", "a sign as in 2*½"), token.at)
            if before.kind == "variable" and self.follows("(", "number", ")"):
                self.refuse_index(before)
            left = operation("*", left, self.unsigned())
        return left

    def refuse_index(self, variable: Token) -> None:
        """x(1) and x(2) are coordinates to MATLAB, and products to others."""
        index = self.tokens[self.place + 1].text
        if index in ("1", "2"):
            name = self.word(variable)
            raise ambiguous(f"{name}({index})", (f"{name}{index}", f"{index}*{name}"), variable.at)

    def refuse_longer_exponent(self, power: Operation) -> None:
        """e^2x and e^xy: people mean either that the x belongs to the exponent, or that it does not."""
        base, variable = power.left, not isinstance(power.right, Number)
        if not (base == Constant("e") or (isinstance(base, Number) and variable and _varies(power.right))):
            return
        if self.next.kind in ("variable", "constant") and not self.next.spaced:
            inner, outer = to_text(power.right), to_text(power)
            raise ambiguous("an exponent", (f"{outer}*…", f"{to_text(base)}^({inner}*…)"), self.next.at)

    def signed(self) -> Expression:
        sign = self.take("-", "+")
        if not sign:
            return self.unsigned()
        operand = self.signed()
        return Negative(as_number(operand), sign.at) if sign.kind == "-" else operand

    def unsigned(self) -> Expression:
        """An atom, or a power."""
        base = self.atom()
        sign = self.take("^")
        if not sign:
            return base
        if sign.text in SIGNS and self.next.kind != "{":
            is_bare = self.next.kind != "("
            power = operation("^", base, self.signed())
            if is_bare:
                self.refuse_longer_exponent(power)
            return power
        power = operation("^", base, self.group())
        if self.next.kind == "^":
            raise ambiguous("a power of a power", ("x^(2^3)", "(x^2)^3"), self.next.at)
        return power

    def atom(self) -> Expression:
        token = self.next
        if token.kind == "{":
            return self.braced()
        if token.kind in CLOSING:
            inner = self.group()
            return call_of(ENCLOSED[token.kind], [inner], token.at) if token.kind in ENCLOSED else inner
        if token.kind == "mod" and self.tokens[self.place + 1].kind == "(":
            token = token._replace(kind="function")
        readers: dict[str, Callable[[], Expression]] = {
            "number": lambda: Number(float(token.text), token.at),
            "variable": lambda: Variable(token.text, token.at),
            "constant": lambda: Constant(token.text, token.at),
            "frac": lambda: operation("/", self.short_operand(), self.short_operand()),
            "function": lambda: self.call(token),
            **dict.fromkeys(ROOTS, lambda: self.root(token)),
        }
        if token.kind not in readers:
            self.refuse(OPERAND)
        self.place += 1
        return readers[token.kind]()

    def braced(self) -> Expression:
        """What stands between braces, which LaTeX does not print: one thing, or they would change what is read."""
        opening = self.next
        is_fraction = self.tokens[self.place + 1].kind == "frac"
        is_latex = "\\" in self.text or "^{" in self.text
        inner = self.group()
        loosest = ATOM if self.next.kind == "^" else PRODUCT if is_fraction else POWER
        if not is_latex or binding(inner) < loosest:
            raise misplaced(f"“{self.word(opening)}” is not allowed here", "( instead of {", opening.at)
        return inner

    def group(self) -> Expression:
        """What one pair of parentheses, braces or bars holds."""
        return self.enclosed(commas=False)[0]

    def enclosed(self, commas: bool) -> list[Expression]:
        """What a pair of parentheses, braces or bars holds, with commas between."""
        opening = self.next
        if self.depth == MAX_NESTING:
            reason = f"more than {MAX_NESTING} parentheses are open; allowed: {MAX_NESTING} within one another"
            raise FormulaError(reason, opening.at + 1)
        outside = self.depth, self.bars, self.closed_bar
        self.place, self.depth, self.bars, self.closed_bar = self.place + 1, self.depth + 1, opening.kind == "|", -1
        inner = [self.expression()]
        while commas and self.take(","):
            inner.append(self.expression())
        closing = CLOSING[opening.kind]
        if not self.take(closing):
            self.refuse("one of + - * / ^" + (" or a comma" if commas else "") + f" or {closing}")
        self.depth, self.bars, self.closed_bar = outside
        if closing == "|":
            self.closed_bar = self.place
        return inner

    def short_operand(self) -> Expression:
        """What stands above or below a fraction of LaTeX: in braces, or a single letter or number."""
        if self.next.kind == "{":
            return self.group()
        if self.next.kind not in ("number", "variable", "constant"):
            self.refuse("{ after \\frac, as in \\frac{x}{2}")
        return self.atom()

    def call(self, name: Token) -> Expression:
        """A function and what it is applied to: sin(x), sin 2x, sin^2(x)."""
        power = self.power_of(name)
        begun = self.place
        if self.next.kind in ("(", "{"):
            arguments = self.enclosed(commas=self.next.kind == "(" or limits(name.text)[1] > 1)
        elif limits(name.text)[0] == 1:
            arguments = [self.bare_argument(name)]
        else:
            self.refuse(f"( after {name.text}, as in {name.text}(x, y)")
        self.refuse_decimal_comma(name, arguments, begun)
        call = call_of(name.text, arguments, name.at)
        return Operation("^", call, power, name.at) if power else call

    def power_of(self, name: Token) -> Number | None:
        """The 2 of sin^2(x), which is sin(x)^2."""
        if not self.take("^"):
            return None
        opening, minus, number = self.take("(", "{"), self.take("-"), self.take("number")
        if minus and number:
            inverse = f"a{name.text}(x)" if f"a{name.text}" in FUNCTIONS else f"the inverse of {name.text} written out"
            raise ambiguous(f"{name.text}^-{number.text}", (inverse, f"{name.text}(x)^-{number.text}"), name.at)
        if not number or (opening and not self.take(CLOSING[opening.kind])):
            self.refuse(f"a number, as in {name.text}^2(x), or {name.text}(x)^(…)")
        return Number(float(number.text), number.at)

    def bare_argument(self, name: Token) -> Expression:
        """What a function without parentheses is applied to: as far as there is no blank, and no doubt."""
        if minus := self.take("-"):
            return Negative(as_number(self.bare_argument(name)), minus.at)
        token = self.next
        if token.kind in ("function", *ROOTS) or (token.kind == "|" and not self.bars):
            argument = self.atom()
        elif token.kind in ("number", "variable", "constant", "frac", "⟨", "⌊", "⌈"):
            argument = self.unsigned()
        else:
            self.refuse(f"( after {name.text}, as in {name.text}(x)")
        while self.next.kind in ("variable", "constant") and not self.next.spaced:
            argument = operation("*", argument, self.unsigned())
        after = self.next.kind
        if after in ("/", "mod") or (after in FACTORS and after not in ("function", *ROOTS)):
            sign = after if after in ("/", "mod") else "*"
            inner = to_text(argument)
            readings = (f"{name.text}({inner}){sign}…", f"{name.text}({inner}{sign}…)")
            raise ambiguous(f"what {name.text} is applied to", readings, self.next.at)
        return argument

    def root(self, sign: Token) -> Expression:
        """A root sign and what is below it: a pair of parentheses, or a single letter or number."""
        grouped = self.next.kind in ("(", "{")
        operand = self.group() if grouped else self.atom()
        if not grouped and self.next.kind in {"^", *FACTORS}:
            inner = to_text(as_number(operand))
            raise ambiguous("what the root is of", (f"{sign.kind}({inner})…", f"{sign.kind}({inner}…)"), self.next.at)
        return call_of(sign.kind, [operand], sign.at)

    def refuse_decimal_comma(self, name: Token, arguments: list[Expression], begun: int) -> None:
        """0,5 between parentheses may be a decimal or two numbers: the text decides only if one of them is no call."""
        if len(arguments) - 1 < limits(name.text)[0] or len(arguments) > limits(name.text)[1]:
            return
        for place in range(begun, self.place - 2):
            left, comma, right = self.tokens[place : place + 3]
            if (left.kind, comma.kind, right.kind) == ("number", ",", "number") and not (comma.spaced or right.spaced):
                readings = (f"{left.text}.{right.text}", f"{left.text}, {right.text}")
                raise ambiguous(f"“{left.text},{right.text}”", readings, left.at)


def _varies(expression: Expression) -> bool:
    return any(isinstance(node, Variable) for node in every_node(expression))


def _refuse_depth(expression: Expression) -> None:
    """Refuses towers of powers, signs and calls, which no one can read, and Python not walk through."""
    if nesting(expression) > MAX_NESTING:
        deepest = expression
        while nesting(deepest) > nesting(expression) - MAX_NESTING:
            deepest = max(parts(deepest), key=nesting)
        raise FormulaError(
            f"nested too deeply from here on; allowed: {MAX_NESTING} levels within one another", deepest.at + 1
        )


def _refuse_infinite(expression: Expression) -> None:
    """Refuses what can be known to be no number before x and y are: 9^9^9^9, 1/0, ln(-1)."""
    for node, _, value in tape_of(expression):
        if value is not None and not abs(value) < float("inf"):
            reason = f"{to_text(node)} is not a finite number; allowed: numbers up to 1e308"
            raise FormulaError(reason, node.at + 1)
