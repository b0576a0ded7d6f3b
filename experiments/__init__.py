"""What is run and what comes out: experiments, their simulation, verdicts and links."""

import os

import jax

# A step of a run is a few hundred bytes of arithmetic. As one kernel the whole loop takes a third of the time, and less
# to compile, than as a kernel for every operation, which XLA makes of a loop that touches over a kilobyte a step.
WHOLE_LOOPS = "--xla_backend_extra_options=xla_cpu_small_while_loop_byte_threshold=131072"
if "xla_backend_extra_options" not in os.environ.get("XLA_FLAGS", ""):
    os.environ["XLA_FLAGS"] = f"{os.environ.get('XLA_FLAGS', '')} {WHOLE_LOOPS}".strip()

# A trajectory is drawn in double precision: in single, paths that should be equal drift apart within a few hundred steps.
jax.config.update("jax_enable_x64", True)

from experiments.checks import Values, in_domain  # noqa: E402
from experiments.experiment import (  # noqa: E402
    MAX_RUNS,
    MAX_SEED,
    MAX_STEPS,
    Experiment,
    Run,
    draws_batches,
    landscape_of,
    optimizer_of,
    schedule_of,
)
from experiments.link import Query, from_query, landscape_from_query, landscape_query, to_query  # noqa: E402
from experiments.simulation import (  # noqa: E402
    Trajectory,
    batches,
    held_out_losses,
    loss_and_gradient,
    simulate,
    sweep_rates,
    with_rate,
)
from experiments.step_in_numbers import step_arrows, step_in_numbers  # noqa: E402
from experiments.suggested_rate import suggested_rate  # noqa: E402
from experiments.verdicts import Verdict, global_minima, verdicts  # noqa: E402
from surfaces import FormulaLandscape, formula_landscape  # noqa: E402

__all__ = [
    "MAX_RUNS",
    "MAX_SEED",
    "MAX_STEPS",
    "Experiment",
    "FormulaLandscape",
    "Query",
    "Run",
    "Trajectory",
    "Values",
    "Verdict",
    "batches",
    "draws_batches",
    "formula_landscape",
    "from_query",
    "global_minima",
    "held_out_losses",
    "in_domain",
    "landscape_from_query",
    "landscape_of",
    "landscape_query",
    "loss_and_gradient",
    "optimizer_of",
    "schedule_of",
    "simulate",
    "step_arrows",
    "step_in_numbers",
    "suggested_rate",
    "sweep_rates",
    "to_query",
    "verdicts",
    "with_rate",
]
