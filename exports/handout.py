"""A page to print and hand out: the picture in black and white, the question, and the numbers of every run."""

from html import escape

from catalogue import exact_text
from experiments import Experiment, Run, landscape_of, optimizer_of, schedule_of
from exports.svg import number, to_svg
from lessons import LESSONS
from player import SCALES, run_labels

STYLE = """
@page { size: A4; margin: 16mm }
body { margin: 0 auto; padding: 12px; max-width: 178mm; color: #000; background: #fff; font: 11pt/1.35 serif }
h1 { margin: 0 0 6pt; font-size: 17pt; overflow-wrap: anywhere }
svg { display: block; width: 100%; max-height: 132mm; margin: 6pt 0 }
ol { margin: 6pt 0; padding: 0; list-style: none }
li::before { content: "\\2610\\00a0\\00a0" }
table { border-collapse: collapse; margin: 6pt 0; font-size: 9.5pt }
th, td { padding: 2pt 10pt 2pt 0; text-align: left; vertical-align: top; border-bottom: 0.5pt solid #999 }
.lines { height: 26mm; background: repeating-linear-gradient(#fff 0 7.5mm, #999 7.5mm calc(7.5mm + 0.5pt)) }
"""
POLICY = "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"


def to_handout(experiment: Experiment, title: str = "", scale: str = SCALES[0]) -> str:
    """One page of HTML that a browser prints; of a lesson it asks the question, without saying which answer is right.

    Args:
      title: above the page, whatever characters it is made of; by default the surface's.
      scale: how the contour levels are spaced, one of SCALES.

    Raises:
      ValueError: the scale is not one, or what is minimized is not a surface.
    """
    heading = title.strip() or landscape_of(experiment).label
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8">{POLICY}<title>{escape(heading)}</title>'
        f"<style>{STYLE}</style></head><body><h1>{escape(heading)}</h1>{_question(experiment)}"
        f"{to_svg(experiment, scale, colors=False)}{_numbers_of(experiment)}"
        f'<p>What I see, and why:</p><div class="lines"></div></body></html>\n'
    )


def _question(experiment: Experiment) -> str:
    """What the lesson with this experiment asks, if there is one."""
    lesson = next((lesson for lesson in LESSONS.values() if lesson.experiment == experiment), None)
    if lesson is None:
        return ""
    answers = "".join(f"<li>{escape(answer.text)}</li>" for answer in lesson.answers)
    return f"<p>{escape(lesson.question)}</p><ol>{answers}</ol>"


def _numbers_of(experiment: Experiment) -> str:
    """What the picture was made with: the surface's numbers, and a row for every run."""
    landscape = landscape_of(experiment)
    shared = {**experiment.landscape_parameters, "steps": experiment.steps}
    if experiment.noise:
        shared |= {"gradient noise": experiment.noise, "seed": experiment.seed}
    if experiment.batch_size is not None:
        shared["batch size"] = experiment.batch_size
    start = ", ".join(map(number, experiment.start or ()))
    said = "; ".join(f"{name.replace('_', ' ')} {exact_text(value)}" for name, value in shared.items())
    rows = "".join(
        f"<tr><td>{escape(label)}</td><td>{escape(_numbers_of_run(run))}</td></tr>"
        for label, run in zip(run_labels(experiment), experiment.runs, strict=True)
    )
    return f"<p>{escape(landscape.label)}: from ({start}); {escape(said)}.</p><table>{rows}</table>"


def _numbers_of_run(run: Run) -> str:
    numbers = {**run.hyperparameters, "clip_norm": run.clip_norm, "clip_value": run.clip_value}
    said = [f"{name.replace('_', ' ')} {exact_text(value)}" for name, value in numbers.items() if value is not None]
    if schedule_of(run).slug != "constant":
        more = "".join(f", {name.replace('_', ' ')} {exact_text(v)}" for name, v in run.schedule_parameters.items())
        said.append(f"schedule {schedule_of(run).label}{more}")
    return f"{optimizer_of(run).label}: {'; '.join(said)}"
