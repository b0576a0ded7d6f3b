"""Schedules: what each does to the learning rate over a run."""

from dataclasses import replace
from functools import cache
from html import escape

import numpy as np
import streamlit as st

from experiments import simulate
from schedules import SCHEDULES, Schedule
from ui.glossary import definitions, with_terms
from ui.reference.marks import open_link, style, symbols
from ui.reference.openings import opening

STEPS = 300
WIDTH, HEIGHT, MARGIN = 300, 120, 6


def schedules_page() -> None:
    """The page: one element, since dozens take Streamlit a while."""
    style()
    st.title("Schedules", anchor=False)
    st.markdown(gallery(), unsafe_allow_html=True)
    definitions()


@cache
def gallery() -> str:
    """All schedules, in Markdown."""
    intro = (
        f"<p>The learning rate over {STEPS} steps as a share of the rate that is set, from 0 to 1, at the default numbers. "
        "A schedule that watches the loss is shown in the run that it opens with. In the formulas t is the step and T the "
        "number of steps.</p>"
    )
    return "\n\n".join([intro, '<div class="fall-line-gallery wide">', *map(card, SCHEDULES.values()), "</div>"])


def card(schedule: Schedule) -> str:
    """One schedule. Blank lines let Markdown typeset the formula and the table inside the HTML."""
    return "\n\n".join(
        [
            f'<div class="fall-line-card" id="{schedule.slug}">{curve(schedule)}<h2>{escape(schedule.label)}</h2>',
            f"$$\n{schedule.formula}\n$$",
            f"<p>{with_terms(escape(schedule.teaches))}</p>",
            symbols(schedule.parameters) if schedule.parameters else "",
            f'<p class="fall-line-small">{escape(schedule.reference)}.</p>{open_link("schedule", schedule)}</div>',
        ]
    )


def multipliers(schedule: Schedule) -> np.ndarray:
    """The factor on the rate at every step; of a schedule that reacts to the loss, in the run that it opens with."""
    if schedule.reacts:
        rates = simulate(replace(opening("schedule", schedule.slug), steps=STEPS)).learning_rates[-1]
        return rates / rates[0]
    defaults = {name: parameter.default for name, parameter in schedule.parameters.items()}
    return np.broadcast_to(schedule.multiplier(np.arange(STEPS), STEPS, **defaults), (STEPS,))


def curve(schedule: Schedule) -> str:
    """The multiplier over a run, as an SVG in the page's own colours."""
    steps, factors = np.arange(STEPS), multipliers(schedule)
    x = MARGIN + steps / (STEPS - 1) * (WIDTH - 2 * MARGIN)
    y = HEIGHT - MARGIN - factors * (HEIGHT - 2 * MARGIN)
    points = " ".join(f"{a:.1f},{b:.1f}" for a, b in zip(x, y, strict=True))
    description = f"{escape(schedule.label)}: starts at {factors[0]:.2g}, ends at {factors[-1]:.2g} of the rate"
    return (
        f'<svg class="fall-line-curve" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{description}">'
        f'<path class="frame" d="M{MARGIN} {MARGIN}V{HEIGHT - MARGIN}H{WIDTH - MARGIN}"/>'
        f'<polyline points="{points}"/></svg>'
    )
