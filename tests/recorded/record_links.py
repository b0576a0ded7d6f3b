"""Records links as they are written now, and where they lead: what years later must still open the same experiments.

Not a test. Links that were recorded are never recorded again: where the format changes, raise `VERSION` in
experiments/query.py and record the new ones beside them by `python -m tests.recorded.record_links`.
"""

import json
from pathlib import Path
from urllib.parse import urlencode

from experiments import Experiment, Run, formula_landscape, simulate, to_query
from experiments.query import VERSION
from landscapes import LANDSCAPES
from lessons import LESSONS
from optimizers import OPTIMIZERS
from schedules import SCHEDULES

STEPS = 15  # so few that no rounding grows to be seen


def experiments() -> list[Experiment]:
    """One with every entry of every catalogue, and with everything else that a link can say."""
    runs = [Run(slug, {"learning_rate": 0.01}) for slug in OPTIMIZERS]
    scheduled = [Run("momentum", {"learning_rate": 0.004}, slug) for slug in SCHEDULES]
    limited = (Run("adam", clip_norm=1.5, start=(0.5, -0.25)), Run("sam", {"learning_rate": 0.02}, clip_value=0.3))
    formula = formula_landscape("sin(x)*y + 0.1*(x^2 + y^2)", ((-4.0, 4.0), (-3.0, 5.0)))
    return [
        *(Experiment("booth", steps=STEPS, runs=tuple(runs[first : first + 20])) for first in range(0, len(runs), 20)),
        Experiment("quadratic", {"condition_number": 7.5}, steps=STEPS, runs=tuple(scheduled)),
        *(
            Experiment(slug, steps=STEPS, runs=(Run("gradient_descent", {"learning_rate": 1e-3}),))
            for slug in LANDSCAPES
        ),
        Experiment("himmelblau", steps=STEPS, runs=limited, noise=0.1, seed=2**32 - 1),
        Experiment("logistic_regression", steps=STEPS, batch_size=7, seed=4),
        Experiment(formula, start=(1.5, 2.25), steps=STEPS, runs=(Run("adam"),)),
    ]


def record(link: str, experiment: Experiment) -> dict:
    """A link, how many runs and steps it has, and where its runs end."""
    return {"link": link, "steps": experiment.steps, "ends": simulate(experiment).positions[:, -1].tolist()}


def main() -> None:
    found = [record(urlencode(to_query(one), doseq=True), one) for one in experiments()]
    found += [
        record(urlencode(to_query(lesson.experiment), doseq=True), lesson.experiment) for lesson in LESSONS.values()
    ]
    path = Path(__file__).with_name(f"links_version_{VERSION}.json")
    path.write_text("[\n" + ",\n".join(json.dumps(one) for one in found) + "\n]\n")


if __name__ == "__main__":
    main()
