"""A parameter against iterations, drawn up to the present moment (figures 4b, 5a, 6b, 7b, 8b, 9b)."""

from __future__ import annotations

import numpy as np
from manim import LEFT, RIGHT, UP, Circle, VGroup, VMobject
from numpy.typing import NDArray

from reluviz.core import Trajectory
from reluviz.core.network import Array
from reluviz.stage.parts.moment import State
from reluviz.stage.plane import Plane, corners
from reluviz.stage.ticks import round_ticks
from reluviz.stage.typesetting import words
from reluviz.theme import LABEL, SMALL, Theme

ROUND = 10.0
"""The iteration axis is log(1 + iteration / ROUND): nearly even for the first updates, logarithmic after."""

_POINTS = 400


def log_iteration(iteration: NDArray[np.float64]) -> NDArray[np.float64]:
    """Where an iteration lies on the logarithmic axis; 0 lies at 0."""
    return np.log1p(np.asarray(iteration, dtype=float) / ROUND)


def iteration_ticks(last: int) -> list[tuple[float, str]]:
    """0, 10, 100, ... and, where there is room, the last iteration."""
    ticks = [(0.0, "0")]
    power = 10
    while power <= last:
        ticks.append((float(power), f"{power}" if power < 1000 else f"{power // 1000}k"))
        power *= 10
    return ticks


def chart_records(trajectory: Trajectory) -> NDArray[np.int64]:
    """Indices of at most a few hundred records, evenly spread over the logarithmic axis, both ends included."""
    end = float(np.log1p(max(trajectory.last, 1) / ROUND))
    wanted = ROUND * np.expm1(np.linspace(0.0, end, _POINTS))
    found = np.searchsorted(trajectory.iterations, wanted)
    return np.unique(np.append(np.clip(found, 0, len(trajectory.iterations) - 1), 0))


class ParameterChart(VGroup):
    """One line a neuron in its colour, up to now, and a dot at its present end.

    parameter: "weight" or "bias". `plane` stands still; the chart itself moves.
    """

    def __init__(self, plane: Plane, trajectory: Trajectory, parameter: str) -> None:
        theme = plane.theme
        self.plane, self.parameter = plane, parameter
        records = chart_records(trajectory)
        self._iterations = trajectory.iterations[records]
        table = trajectory.weights if parameter == "weight" else trajectory.biases
        low, high = plane.y_range
        self._points = plane.at(self._iterations, np.clip(table[records].T, low, high))
        n = trajectory.neurons
        self.trails = [VMobject(stroke_color=theme.neuron(i), stroke_width=4) for i in range(n)]
        self.dots = [VMobject(fill_color=theme.neuron(i), fill_opacity=1, stroke_width=0) for i in range(n)]
        self._dot = Circle(radius=0.08).points
        super().__init__(*self.trails, *self.dots)

    def show(self, moment: State) -> None:
        values = moment.weights if self.parameter == "weight" else moment.biases
        so_far = int(np.searchsorted(self._iterations, moment.iteration, side="right"))
        now = self.plane.at(moment.iteration, np.clip(values, *self.plane.y_range))
        for i, (trail, dot) in enumerate(zip(self.trails, self.dots, strict=True)):
            trail.points = corners(np.concatenate((self._points[i, :so_far], now[i : i + 1])))
            dot.points = self._dot + now[i]


def padded_range(values: Array, pad: float = 0.08) -> tuple[float, float]:
    """The values' range with some room, never of no width."""
    low, high = float(np.min(values)), float(np.max(values))
    room = pad * (high - low) if high > low else 0.5
    return low - room, high + room


def parameter_plane(
    theme: Theme,
    trajectory: Trajectory,
    parameter: str,
    *,
    centre: tuple[float, float],
    width: float,
    height: float,
) -> tuple[Plane, VGroup]:
    """The axes of a chart of all neurons' weights or biases, and its name above them."""
    values = trajectory.weights if parameter == "weight" else trajectory.biases
    y_range = padded_range(values[chart_records(trajectory)])
    last = max(trajectory.last, 1)
    plane = Plane(
        theme,
        (0.0, float(last)),
        y_range,
        centre=centre,
        width=width,
        height=height,
        x_ticks=iteration_ticks(last),
        y_ticks=round_ticks(y_range, 4),
        x_map=log_iteration,
    )
    symbol = {"weight": "weight w", "bias": "bias b"}[parameter]
    title = words(symbol, theme.ink, LABEL)
    title.next_to(plane.at(0.0, y_range[1]), UP, buff=0.14).align_to(plane.at(0.0, 0.0), LEFT)
    labels = VGroup(title)
    if parameter == "bias":
        hint = words("up: origin moves left", theme.muted, SMALL)
        labels.add(hint.next_to(title, RIGHT, buff=0.25))
    name = words("iterations", theme.muted, SMALL)
    foot = plane.at(float(last), y_range[0]) - (0.0, 0.62, 0.0)
    labels.add(name.move_to(foot).align_to(foot, RIGHT))
    return plane, labels
