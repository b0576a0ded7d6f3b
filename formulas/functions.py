"""What a formula can call: its value, its slopes, and how it is written in a book."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

CONSTANTS = {"pi": math.pi, "e": math.e}


@dataclass(frozen=True)
class Function:
    """What can be called.

    Args:
      latex: the name in LaTeX; or, with an asterisk for the arguments, how the whole call is written.
      value: `value(arrays, *arguments)`, with numpy or jax.numpy for `arrays`.
      slopes: `slopes(arrays, value, *arguments)`, the derivatives by the arguments: first and second of one argument;
        of two by the first, by the second, twice by the first, by both, twice by the second. None stands for zero
        everywhere. A slope that is infinite, or can't be told, where there is a value, is 0.
      fewest, most: numbers of arguments; beyond two, it is applied from the left.
      corners: whether it, or a slope of it, jumps or has no end somewhere where there is a value.
    """

    latex: str
    value: Callable[..., Any]
    slopes: Callable[..., tuple] = lambda arrays, value, *arguments: (None,) * 5
    fewest: int = 1
    most: int = 1
    corners: bool = False


def inverse(arrays: Any, divisor: Any) -> Any:
    """One over `divisor`, and 0 over 0."""
    return 1 / arrays.where(divisor == 0, np.inf, divisor)


def _arcsine_slopes(arrays, value, u):
    first = inverse(arrays, arrays.sqrt(1 - u * u))
    return first, u * first * first * first


def _arccosine_slopes(arrays, value, u):
    first, second = _arcsine_slopes(arrays, value, u)
    return -first, -second


def _tangent_slopes(arrays, value, u):
    first = 1 + value * value
    return first, 2 * value * first


def _arctangent_slopes(arrays, value, u):
    first = 1 / (1 + u * u)
    return first, -2 * u * first * first


def _hyperbolic_tangent_slopes(arrays, value, u):
    first = 1 - value * value
    return first, -2 * value * first


def _area_sine_slopes(arrays, value, u):
    first = 1 / arrays.sqrt(1 + u * u)
    return first, -u * first * first * first


def _area_cosine_slopes(arrays, value, u):
    first = inverse(arrays, arrays.sqrt(u * u - 1))
    return first, -u * first * first * first


def _area_tangent_slopes(arrays, value, u):
    first = 1 / (1 - u * u)
    return first, 2 * u * first * first


def _logarithm_slopes(base: float):
    def slopes(arrays, value, u):
        first = 1 / (u * math.log(base))
        return first, -first / u

    return slopes


def _square_root_slopes(arrays, value, u):
    first = 0.5 * inverse(arrays, value)
    return first, -0.5 * first * inverse(arrays, u)


def _cube_root_slopes(arrays, value, u):
    first = inverse(arrays, 3 * value * value)
    return first, -2 / 3 * first * inverse(arrays, u)


def _smooth_rectifier(arrays, u):
    return arrays.maximum(u, 0.0) + arrays.log(1 + arrays.exp(-arrays.abs(u)))  # ln(1 + exp(u)) without overflow


def _smooth_rectifier_slopes(arrays, value, u):
    first = 1 / (1 + arrays.exp(-u))
    return first, first * (1 - first)


def _rectifier_slopes(arrays, value, u):
    return arrays.where(u > 0, 1.0, 0.0), None


def _modulo_slopes(arrays, value, u, divisor):
    return 1.0, -arrays.floor(u / divisor), None, None, None


def _length(arrays, u, v):
    return arrays.sqrt(u * u + v * v)  # JAX's own, safe from overflow, takes ten times as long to compile


def _length_slopes(arrays, value, u, v):
    over = inverse(arrays, value)
    along, across = u * over, v * over
    return along, across, across * across * over, -along * across * over, along * along * over


def _angle_slopes(arrays, value, u, v):
    over = inverse(arrays, u * u + v * v)
    along, across = v * over, -u * over
    return along, across, 2 * along * across, across * across - along * along, -2 * along * across


def _named(name: str) -> Callable[..., Any]:
    """What NumPy and JAX call by the same name."""
    return lambda arrays, *arguments: getattr(arrays, name)(*arguments)


FUNCTIONS = {
    "sin": Function(r"\sin", _named("sin"), lambda arrays, value, u: (arrays.cos(u), -value)),
    "cos": Function(r"\cos", _named("cos"), lambda arrays, value, u: (-arrays.sin(u), -value)),
    "tan": Function(r"\tan", _named("tan"), _tangent_slopes),
    "asin": Function(r"\arcsin", _named("arcsin"), _arcsine_slopes, corners=True),
    "acos": Function(r"\arccos", _named("arccos"), _arccosine_slopes, corners=True),
    "atan": Function(r"\arctan", _named("arctan"), _arctangent_slopes),
    "sinh": Function(r"\sinh", _named("sinh"), lambda arrays, value, u: (arrays.cosh(u), value)),
    "cosh": Function(r"\cosh", _named("cosh"), lambda arrays, value, u: (arrays.sinh(u), value)),
    "tanh": Function(r"\tanh", _named("tanh"), _hyperbolic_tangent_slopes),
    "asinh": Function(r"\operatorname{arsinh}", _named("arcsinh"), _area_sine_slopes),
    "acosh": Function(r"\operatorname{arcosh}", _named("arccosh"), _area_cosine_slopes, corners=True),
    "atanh": Function(r"\operatorname{artanh}", _named("arctanh"), _area_tangent_slopes),
    "exp": Function(r"e^{*}", _named("exp"), lambda arrays, value, u: (value, value)),
    "ln": Function(r"\ln", _named("log"), _logarithm_slopes(math.e)),
    "log10": Function(r"\log_{10}", _named("log10"), _logarithm_slopes(10)),
    "log2": Function(r"\log_{2}", _named("log2"), _logarithm_slopes(2)),
    "sqrt": Function(r"\sqrt{*}", _named("sqrt"), _square_root_slopes, corners=True),
    "cbrt": Function(r"\sqrt[3]{*}", _named("cbrt"), _cube_root_slopes, corners=True),
    "abs": Function(r"\left|*\right|", _named("abs"), lambda arrays, value, u: (arrays.sign(u), None), corners=True),
    "relu": Function(r"\operatorname{relu}", lambda arrays, u: arrays.maximum(u, 0.0), _rectifier_slopes, corners=True),
    "softplus": Function(r"\operatorname{softplus}", _smooth_rectifier, _smooth_rectifier_slopes),
    "sign": Function(r"\operatorname{sign}", _named("sign"), corners=True),
    "floor": Function(r"\left\lfloor *\right\rfloor", _named("floor"), corners=True),
    "ceil": Function(r"\left\lceil *\right\rceil", _named("ceil"), corners=True),
    "round": Function(r"\operatorname{round}", _named("round"), corners=True),
    "min": Function(r"\min", _named("minimum"), fewest=2, most=9, corners=True),
    "max": Function(r"\max", _named("maximum"), fewest=2, most=9, corners=True),
    "mod": Function(r"\operatorname{mod}", _named("mod"), _modulo_slopes, fewest=2, most=2, corners=True),
    "atan2": Function(r"\operatorname{atan2}", _named("arctan2"), _angle_slopes, fewest=2, most=2, corners=True),
    "hypot": Function(r"\operatorname{hypot}", _length, _length_slopes, fewest=2, most=2, corners=True),
    "where": Function(r"\operatorname{where}", _named("where"), fewest=3, most=3, corners=True),
}
