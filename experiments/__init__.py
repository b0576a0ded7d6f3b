"""What is run and what comes out: experiments, their simulation, verdicts and links."""

from experiments.batches import batch_members, handed_in, true_loss
from experiments.checks import Values, in_domain
from experiments.compiled_run import UNMOVED, Numbers, one_step
from experiments.experiment import (
    MAX_RUNS,
    MAX_SEED,
    MAX_STEPS,
    Experiment,
    Run,
    check_dimension,
    draws_batches,
    landscape_of,
    optimizer_of,
    problem_of,
    schedule_of,
)
from experiments.link import from_query, landscape_from_query, landscape_query, to_query
from experiments.outcomes import FAR
from experiments.paths import Paths, follow, sweep_paths
from experiments.places import CLOSE
from experiments.query import Query, Reader, finite_text, foremost, later_version, within
from experiments.run_query import read_runs, run_text
from experiments.simulation import (
    PADDED_STEPS,
    Trajectory,
    batches,
    gradient_noise,
    held_out_losses,
    learning_rates,
    loss_and_gradient,
    numbers_of,
    simulate,
    sweep_rates,
    with_rate,
)
from experiments.step_in_numbers import step_arrows, step_in_numbers
from experiments.suggested_rate import suggested_rate
from experiments.verdicts import Verdict, global_minima, verdicts
from surfaces import FormulaLandscape, formula_landscape

__all__ = [
    "CLOSE",
    "FAR",
    "MAX_RUNS",
    "MAX_SEED",
    "MAX_STEPS",
    "PADDED_STEPS",
    "UNMOVED",
    "Experiment",
    "FormulaLandscape",
    "Numbers",
    "Paths",
    "Query",
    "Reader",
    "Run",
    "Trajectory",
    "Values",
    "Verdict",
    "batch_members",
    "batches",
    "check_dimension",
    "draws_batches",
    "finite_text",
    "follow",
    "foremost",
    "formula_landscape",
    "from_query",
    "global_minima",
    "gradient_noise",
    "handed_in",
    "held_out_losses",
    "in_domain",
    "landscape_from_query",
    "landscape_of",
    "landscape_query",
    "later_version",
    "learning_rates",
    "loss_and_gradient",
    "numbers_of",
    "one_step",
    "optimizer_of",
    "problem_of",
    "read_runs",
    "run_text",
    "schedule_of",
    "simulate",
    "step_arrows",
    "step_in_numbers",
    "suggested_rate",
    "sweep_paths",
    "sweep_rates",
    "to_query",
    "true_loss",
    "verdicts",
    "with_rate",
    "within",
]
