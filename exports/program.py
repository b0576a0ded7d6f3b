"""How a program is put together: what is imported, what is defined, the loop, and a race for every run."""

import ast
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from experiments import Experiment, Run, draws_batches, landscape_of, optimizer_of, schedule_of
from exports.problem_code import Library, noise_code, problem_code
from exports.source import Definitions, add_function, call
from landscapes import Landscape
from optimizers import Elsewhere

CLIPPED = """
def clipped(gradient, norm=np.inf, value=np.inf):
    gradient = {clip}(gradient, -value, value)
    return gradient * {clip}(norm / {norm}(gradient), 0.0, 1.0)
"""
PLATEAU = '''
class Plateau:
    """Lowers its scale once the loss has not fallen for over `patience` steps."""

    def __init__(self, factor=1.0, patience=np.inf):
        self.factor, self.patience = factor, patience
        self.scale, self.best, self.waited = 1.0, np.inf, 0

    def after(self, loss):
        falls = loss < self.best * (1 - 1e-4 * np.sign(self.best))
        self.best, self.waited = (loss, 0) if falls else (self.best, self.waited + 1)
        if self.waited > self.patience:
            self.scale, self.waited = self.scale * self.factor, 0
        return self.scale
'''
CHOICE = re.compile(r"\{(not )?(\w+)\?([^{}]*)\}")


@dataclass(frozen=True)
class Template:
    """What is the library's own in a program.

    Args:
      imports: statements.
      settings: what makes it compute in double precision.
      loop: the function `race`, in which `{name?text}` and `{not name?text}` stand for a text where the experiment has
        that feature, or has it not; of `features`. A line of which nothing is left is left out.
      norm: its function for the length of a vector.
    """

    library: Library
    imports: tuple[str, ...]
    settings: str
    loop: str
    norm: str


def differs(run: Run, theirs: Elsewhere, library: Library) -> str:
    """Why a library's rule is another one with the numbers or the schedule of a run; empty where it is the same."""
    label = optimizer_of(run).label
    for name, allowed in theirs.only.items():
        if run.hyperparameters[name] not in allowed:
            return f"{library.label}'s {label} is another rule where {name} is {run.hyperparameters[name]:g}"
    if theirs.constant_rate and schedule_of(run).slug != "constant":
        return f"{library.label}'s {label} is another rule where the rate follows a schedule"
    return ""


def program(
    experiment: Experiment, labels: Sequence[str], template: Template, rules: Sequence[str], definitions: Definitions,
    more: Mapping[str, bool],
) -> str:  # fmt: skip
    """The text of a program that runs as it is and prints a line for every run.

    Args:
      rules: per run, the rule as an expression, in which `rate` is the learning rate.
      definitions: what the rules need.
      more: features of the template's own.
    """
    library, landscape = template.library, landscape_of(experiment)
    problem = problem_code(experiment, library, definitions)
    present = {**features(experiment), **more}
    races = [
        _race(run, label, rule, experiment, definitions, library)
        for run, label, rule in zip(experiment.runs, labels, rules, strict=True)
    ]
    blocks = [
        heading(landscape, experiment, library),
        "\n".join(dict.fromkeys([*template.imports, *definitions.imports])),
        f"{template.settings}\nSTEPS = {experiment.steps}",
        *definitions.texts.values(),
        *problem.parts,
        noise_code(experiment, library),
        CLIPPED.format(clip=library.call("clip"), norm=template.norm) if present["clips"] else "",
        PLATEAU if present["reacts"] else "",
        adapted(template.loop, present)
        .replace("PART_OF_STEP", problem.of_step or "loss(at)")
        .replace("LOSS_OF_STEP", "of_step" if present["sampled"] else "loss"),
        *races,
    ]
    return _joined(block.strip("\n") for block in blocks if block.strip("\n"))


def _joined(blocks: Iterable[str]) -> str:
    """Blocks with an empty line between them, and two around functions and classes."""
    text, after = "", False
    for block in blocks:
        is_defined = re.match(r"(def|class) ", block) is not None
        text += ("\n\n\n" if is_defined or after else "\n\n") + block
        after = is_defined
    return text.lstrip("\n") + "\n"


def heading(landscape: Landscape, experiment: Experiment, library: Library) -> str:
    """Comments that say what it is and what it prints."""
    words = " ".join(landscape.label.split())
    return (
        f"# {words}, {experiment.steps} steps, in {library.label}.\n"
        "# Prints a line for every run: its label, where it ends (x, y) and the loss there, with tabs between."
    )


def features(experiment: Experiment) -> dict[str, bool]:
    """What an experiment has that a program then needs lines for."""
    return {
        "clips": any(run.clip_norm is not None or run.clip_value is not None for run in experiment.runs),
        "reacts": any(schedule_of(run).reacts for run in experiment.runs),
        "noise": experiment.noise > 0,
        "sampled": experiment.noise > 0 or draws_batches(experiment) or landscape_of(experiment).turns is not None,
    }


def adapted(template: str, present: Mapping[str, bool]) -> str:
    """A template with the lines and words of the features that are present."""

    def chosen(found: re.Match[str]) -> str:
        without, name, text = found.groups()
        return text if present[name] != bool(without) else ""

    lines = []
    for line in template.splitlines():
        after = CHOICE.sub(chosen, line)
        if after.strip() or not line.strip():
            lines.append(after)
    return "\n".join(lines)


def _race(run: Run, label: str, rule: str, experiment: Experiment, definitions: Definitions, library: Library) -> str:
    """The call that runs one rule."""
    start = experiment.start if run.start is None else run.start
    assert start is not None
    arguments = [
        json.dumps(label, ensure_ascii=False),
        f"lambda {library.arguments}: {rule}",
    ]
    arguments += [_rates(run, experiment.steps, definitions, library), f"({start[0]!r}, {start[1]!r})"]
    limits = {"norm": run.clip_norm, "value": run.clip_value}
    given = [f"{name}={limit!r}" for name, limit in limits.items() if limit is not None]
    if given:
        arguments.append(f"clip=lambda gradient: clipped(gradient, {', '.join(given)})")
    if schedule_of(run).reacts:
        factor, patience = (run.schedule_parameters[name] for name in ("factor", "patience"))
        arguments.append(f"plateau=Plateau({factor!r}, {patience!r})")
    return "race(\n" + "".join(f"    {argument},\n" for argument in arguments) + ")"


def _rates(run: Run, steps: int, definitions: Definitions, library: Library) -> str:
    """The learning rate of every step: by optax's own schedule where it has one, else by ours, which is NumPy."""
    schedule, base = schedule_of(run), run.hyperparameters["learning_rate"]
    if schedule.slug == "constant" or schedule.reacts:
        return f"np.full(STEPS, {base!r})"
    numbers: dict[str, ast.expr] = {"steps": ast.Name("STEPS")}
    numbers |= {name: ast.Constant(value) for name, value in run.schedule_parameters.items()}
    if library.slug == "optax" and schedule.twin is not None and steps > 1:
        factor = call(schedule, "twin", schedule.multiplier, numbers, definitions)
        return f"{base!r} * np.asarray({ast.unparse(ast.fix_missing_locations(factor))}(np.arange(STEPS)))"
    add_function(schedule.multiplier, schedule.slug, definitions)
    written = ", ".join(f"{name}={ast.unparse(value)}" for name, value in numbers.items())
    return f"{base!r} * {schedule.slug}(np.arange(STEPS), {written})"
