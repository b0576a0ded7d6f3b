"""What is run and what comes out: experiments, their simulation, verdicts and links. No Streamlit, no Plotly."""

import os

import jax

# A step of a run is a few hundred bytes of arithmetic. As one kernel the whole loop takes a third of the time, and less
# to compile, than as a kernel for every operation, which XLA makes of a loop that touches over a kilobyte a step.
WHOLE_LOOPS = "--xla_backend_extra_options=xla_cpu_small_while_loop_byte_threshold=131072"
if "xla_backend_extra_options" not in os.environ.get("XLA_FLAGS", ""):
    os.environ["XLA_FLAGS"] = f"{os.environ.get('XLA_FLAGS', '')} {WHOLE_LOOPS}".strip()

# A trajectory is drawn in double precision: in single, paths that should be equal drift apart within a few hundred steps.
jax.config.update("jax_enable_x64", True)

from experiments.experiment import MAX_RUNS, MAX_SEED, MAX_STEPS, Experiment, Run  # noqa: E402
from experiments.formula import FormulaLandscape, formula_landscape  # noqa: E402
from experiments.link import from_query, to_query  # noqa: E402
from experiments.simulation import Trajectory, loss_and_gradient, simulate, sweep_rates  # noqa: E402
from experiments.step_in_numbers import step_in_numbers  # noqa: E402
from experiments.surface import Surface, surface  # noqa: E402
from experiments.telling_rate import telling_rate  # noqa: E402
from experiments.verdicts import Verdict, verdicts  # noqa: E402

__all__ = [
    "MAX_RUNS",
    "MAX_SEED",
    "MAX_STEPS",
    "Experiment",
    "FormulaLandscape",
    "Run",
    "Surface",
    "Trajectory",
    "Verdict",
    "formula_landscape",
    "from_query",
    "loss_and_gradient",
    "simulate",
    "step_in_numbers",
    "surface",
    "sweep_rates",
    "telling_rate",
    "to_query",
    "verdicts",
]
