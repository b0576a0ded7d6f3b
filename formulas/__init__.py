"""Formulas in x and y that somebody typed: read by a grammar, written as text and as LaTeX, evaluated, never executed."""

from formulas.derivatives import curvatures, differentiable, evaluate, has_corners, operations, slopes, softened
from formulas.expression import Call, Condition, Constant, Expression, Negative, Number, Operation, Variable, every_node
from formulas.parsing import MAX_LENGTH, MAX_NESTING, parse
from formulas.refusals import FormulaError
from formulas.tape import constant_value
from formulas.typesetting import to_latex
from formulas.writing import place_beyond, to_text

__all__ = [
    "MAX_LENGTH",
    "MAX_NESTING",
    "Call",
    "Condition",
    "Constant",
    "Expression",
    "FormulaError",
    "Negative",
    "Number",
    "Operation",
    "Variable",
    "constant_value",
    "curvatures",
    "differentiable",
    "evaluate",
    "every_node",
    "has_corners",
    "operations",
    "parse",
    "place_beyond",
    "slopes",
    "softened",
    "to_latex",
    "to_text",
]
