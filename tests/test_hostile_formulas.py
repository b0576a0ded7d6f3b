"""Formulas made to keep a server busy: each is drawn and run, or refused, in three seconds of one processor."""

import time

import pytest

from experiments import Experiment, Run, formula_landscape
from formulas import FormulaError
from landscapes import Landscape
from player import recent_payload

VIEW = ((-2.0, 2.0), (-2.0, 2.0))
ALLOWED, AT_ONCE = 3.0, 0.5  # seconds of a processor, whoever else is using it


def nested(opening: str, closing: str, times: int, inside: str = "x") -> str:
    return opening * times + inside + closing * times


# Refused at the first look, or by what their curvatures would take.
REFUSED = {
    "hypot in hypot": nested("hypot(", ",y)", 18),
    "hypot of both, in hypot": nested("hypot(x,", ")", 30, "y"),
    "atan2 in atan2": nested("atan2(y,", ")", 40),
    "tanh in tanh": nested("tanh(", ")", 60),
    "tower of powers": nested("(x^2+1)^(", ")", 25, "y"),
    "product of tangents": "*".join(f"tan({n}x+y)" for n in range(1, 41)),
    "quotient in quotient": nested("1/(x+", ")", 90, "y"),
    "conditions in conditions": nested("where(x<y,x,", ")", 40, "y"),
    "modulus in modulus": nested("mod(x+", ",3)", 40, "y"),
    "square in square": nested("(1+", ")^2", 60),
    "sum of many": "+".join(f"sin({n}x)*cos({n}y)" for n in range(1, 60)),
    "parentheses": nested("(", ")", 2000),
    "signs": "-" * 2000 + "x",
    "long number": "x*" + "9" * 5000,
}
# By how often they nest or multiply: the most that is accepted costs the most.
GROWING = {
    "hypot in hypot": lambda times: nested("hypot(", ",y)", times),
    "tower of powers": lambda times: nested("(x^2+1)^(", ")", times, "y"),
    "maximum in maximum": lambda times: nested("max(x,y*", ")", times),
    "product of tangents": lambda times: "*".join(f"tan({n}x+y)" for n in range(1, times + 1)),
    "product of hypots": lambda times: "*".join(f"hypot(x,{n}y)" for n in range(1, times + 1)),
    "product of powers": lambda times: "*".join(f"(x+{n}y)^{60 + n}" for n in range(1, times + 1)),
}


@pytest.mark.parametrize("text", REFUSED.values(), ids=REFUSED)
def test_a_formula_that_would_take_long_is_refused_at_once(text):
    begun = time.process_time()
    with pytest.raises(FormulaError) as refused:
        formula_landscape(text, VIEW)
    assert len(str(refused.value)) < 700
    assert time.process_time() - begun < AT_ONCE


@pytest.mark.parametrize("growing", GROWING.values(), ids=GROWING)
def test_the_largest_formula_of_its_kind_that_is_accepted_is_drawn_and_run_in_time(growing):
    begun, drawn = next(filter(None, (started(growing(times)) for times in range(20, 0, -1))))
    experiment = Experiment(drawn, steps=150, runs=(Run("gradient_descent"), Run("adam")))
    assert len(recent_payload(experiment, "log")["runs"]) == 2
    assert time.process_time() - begun < ALLOWED


def started(text: str) -> tuple[float, Landscape] | None:
    """When work on a formula began, and its landscape; None for one that is refused."""
    begun = time.process_time()
    try:
        return begun, formula_landscape(text, VIEW)
    except FormulaError:
        return None
