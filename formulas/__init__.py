"""Formulas in x and y that somebody typed: read by a grammar, written as text and as LaTeX, evaluated, never executed."""

from formulas.evaluation import constant_value, evaluate
from formulas.expression import Call, Constant, Expression, Negative, Number, Operation, Variable, every_node
from formulas.parsing import MAX_LENGTH, MAX_NESTING, FormulaError, parse
from formulas.writing import place_beyond, to_latex, to_text

__all__ = [
    "MAX_LENGTH",
    "MAX_NESTING",
    "Call",
    "Constant",
    "Expression",
    "FormulaError",
    "Negative",
    "Number",
    "Operation",
    "Variable",
    "constant_value",
    "evaluate",
    "every_node",
    "parse",
    "place_beyond",
    "to_latex",
    "to_text",
]
