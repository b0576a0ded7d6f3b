"""A formula as text, in one way only, and as LaTeX."""

from formulas.expression import (
    FUNCTIONS,
    Call,
    Constant,
    Expression,
    Negative,
    Number,
    Operation,
    Variable,
    every_node,
)

SUM, PRODUCT, SIGNED, POWER, ATOM = range(5)
BINDING = {"+": SUM, "-": SUM, "*": PRODUCT, "/": PRODUCT, "^": POWER}
TALL = (r"\frac", r"\sqrt", "^", r"\left")


def to_text(expression: Expression) -> str:
    """The formula with every sign written out and no parenthesis too many; `parse` reads the same formula from it."""
    match expression:
        case Number():
            return repr(expression.value).removesuffix(".0")
        case Variable() | Constant():
            return expression.name
        case Negative():
            return "-" + _text_within(expression.operand, SIGNED)
        case Call():
            return f"{expression.function}({', '.join(map(to_text, expression.arguments))})"
        case Operation():
            binding = BINDING[expression.symbol]
            left, right = _bounds(binding)
            sign = f" {expression.symbol} " if binding == SUM else expression.symbol
            return _text_within(expression.left, left) + sign + _text_within(expression.right, right)


def place_beyond(expression: Expression, length: int) -> int:
    """Where in the typed text that number or name stands which `to_text` writes as the first beyond `length` characters.

    Where only closing parentheses lie beyond, the last of all.
    """
    written, end = to_text(expression), 0
    named = [node for node in every_node(expression) if not isinstance(node, Operation | Negative)]
    for node in sorted(named, key=lambda node: node.at):
        name = node.function if isinstance(node, Call) else to_text(node)
        end = written.index(name, end) + len(name)
        if end > length:
            break
    return node.at


def to_latex(expression: Expression) -> str:
    """The formula as it is typeset: fractions, roots and bars, and no sign where a product needs none."""
    match expression:
        case Number():
            return _number(expression.value)
        case Variable():
            return expression.name
        case Constant():
            return r"\pi" if expression.name == "pi" else r"\mathrm{e}"
        case Negative():
            return "-" + _latex_within(expression.operand, PRODUCT)
        case Call():
            return _call(expression)
        case Operation(symbol="/"):
            return rf"\frac{{{to_latex(expression.left)}}}{{{to_latex(expression.right)}}}"
        case Operation(symbol="^"):
            return _power(expression)
        case Operation(symbol="*"):
            return _product(expression)
        case Operation():
            left, right = to_latex(expression.left), _latex_within(expression.right, PRODUCT)
            return f"{left} {expression.symbol} {right}"


def _bounds(binding: int) -> tuple[int, int]:
    """How tightly the left and the right operand must bind to stand without parentheses."""
    if binding == POWER:
        return ATOM, SIGNED
    return binding, {SUM: PRODUCT, PRODUCT: SIGNED}[binding]


def _binding(expression: Expression) -> int:
    if isinstance(expression, Operation):
        return BINDING[expression.symbol]
    return SIGNED if isinstance(expression, Negative) else ATOM


def _text_within(expression: Expression, bound: int) -> str:
    text = to_text(expression)
    return text if _binding(expression) >= bound else f"({text})"


def _latex_within(expression: Expression, bound: int) -> str:
    """The LaTeX of an operand, in parentheses where it binds less tightly; a sign between two signs always gets them."""
    latex = to_latex(expression)
    if latex.startswith("-") or (_binding(expression) < bound and not _is_fraction(expression)):
        return _parenthesised(latex)
    return latex


def _is_fraction(expression: Expression) -> bool:
    return isinstance(expression, Operation) and expression.symbol == "/"


def _parenthesised(latex: str) -> str:
    """In parentheses as tall as their content, which can't be broken over lines: plain ones where those do."""
    return rf"\left({latex}\right)" if any(mark in latex for mark in TALL) else f"({latex})"


def _number(value: float) -> str:
    digits, _, exponent = repr(value).removesuffix(".0").partition("e")
    if not exponent:
        return digits
    power = f"10^{{{int(exponent)}}}"
    return power if digits == "1" else rf"{digits} \cdot {power}"


def _call(call: Call) -> str:
    latex = FUNCTIONS[call.function].latex
    arguments = r",\, ".join(map(to_latex, call.arguments))
    return latex.replace("*", arguments) if "*" in latex else latex + _parenthesised(arguments)


def _power(power: Operation) -> str:
    base, exponent = power.left, to_latex(power.right)
    if isinstance(base, Call) and "*" not in FUNCTIONS[base.function].latex and isinstance(power.right, Number):
        name = FUNCTIONS[base.function].latex
        if "_" not in name and r"\operatorname" not in name:
            return _call(base).replace(name, f"{name}^{{{exponent}}}", 1)
    simple = isinstance(base, Variable | Constant) or (isinstance(base, Number) and "e" not in repr(base.value))
    enclosed = isinstance(base, Call) and base.function in ("abs", "floor", "sqrt")
    return (to_latex(base) if simple or enclosed else _parenthesised(to_latex(base))) + f"^{{{exponent}}}"


def _product(product: Operation) -> str:
    left, right = to_latex(product.left), _latex_within(product.right, SIGNED)
    if _binding(product.left) == SUM:
        left = _parenthesised(left)
    ends_open = isinstance(product.left, Call) or r"\cdot 10^" in left
    if right[0].isdigit() or ends_open or _last_is_call(product.left):
        return rf"{left} \cdot {right}"
    close = isinstance(product.left, Number) or (
        isinstance(product.left, Variable) and isinstance(product.right, Variable)
    )
    return left + right if close else rf"{left}\,{right}"


def _last_is_call(expression: Expression) -> bool:
    return isinstance(expression, Operation) and expression.symbol == "*" and isinstance(expression.right, Call)
