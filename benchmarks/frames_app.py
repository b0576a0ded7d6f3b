"""The obvious way to animate the same thing: st.plotly_chart and a figure with a frame per step. Only to compare with."""

from dataclasses import replace

import numpy as np
import plotly.graph_objects as go
import streamlit as st

from benchmarks.engine import six_runs
from experiments import Trajectory, landscape_of, simulate, with_rate
from surfaces import surface

STEPS = 200
RESOLUTION = 81


def lines(trajectory: Trajectory, last: int) -> list[go.Scatter]:
    """Every run's path up to step `last`."""
    return [go.Scatter(x=path[: last + 1, 0], y=path[: last + 1, 1], mode="lines") for path in trajectory.positions]


def figure(rate: float) -> go.Figure:
    """A contour, whole paths over it, and a frame per step in which they grow; the first run takes `rate`."""
    experiment = six_runs(STEPS)
    experiment = replace(experiment, runs=(with_rate(experiment.runs[0], rate), *experiment.runs[1:]))
    trajectory, landscape = simulate(experiment), landscape_of(experiment)
    drawn = surface(landscape, experiment.landscape_parameters, resolution=RESOLUTION)
    contour = go.Contour(x=drawn.x, y=drawn.y, z=np.log10(drawn.loss + 1e-3), ncontours=20, showscale=False)
    moving = list(range(1, 1 + len(experiment.runs)))
    frames = [go.Frame(data=lines(trajectory, step), traces=moving, name=str(step)) for step in range(1, STEPS + 1)]
    play = {"label": "Play", "method": "animate", "args": [None, {"frame": {"duration": 16, "redraw": False}}]}
    layout = go.Layout(
        height=560,
        xaxis_range=landscape.view[0],
        yaxis_range=landscape.view[1],
        updatemenus=[{"type": "buttons", "buttons": [play]}],
    )
    return go.Figure([contour, *lines(trajectory, STEPS)], layout, frames)


def page() -> None:
    """One slider and one chart."""
    rates = [round(1e-4 * step, 5) for step in range(1, 25)]
    rate = st.select_slider("Learning rate", rates, value=0.001, key="rate")
    st.plotly_chart(figure(float(rate)), key="chart")


page()
