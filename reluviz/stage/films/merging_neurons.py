"""The merge as it is seen: updates between the two origins, slopes that add up, a corner that stays empty."""

from __future__ import annotations

import numpy as np
from manim import LEFT, RIGHT, Line, Polygon, VGroup

from reluviz.core import ReluNetwork, Trajectory
from reluviz.stage.parts.network.slow import SlowUpdates
from reluviz.stage.plane import Plane
from reluviz.stage.typesetting import figures, words
from reluviz.theme import LABEL, SMALL

_PASSING = 0.03
"""Seconds of an update whose sample does not lie between the two origins."""


def nudges(run: Trajectory, first: int, count: int, seconds: float) -> SlowUpdates:
    """The updates from `first` up to the `count`-th whose sample lies between the first two origins, these slowly."""
    between: list[bool] = []
    while sum(between) < count:
        update = first + len(between)
        left, right = -run.biases[update, :2]
        between.append(bool(left < run.inputs[update] < right))
    each = (seconds - _PASSING * (len(between) - count)) / count
    return SlowUpdates(first, tuple(each if one else _PASSING for one in between))


class WeightLabels(VGroup):
    """The weight of each neuron of a state, above its disc."""

    def __init__(self, plane: Plane, network: ReluNetwork) -> None:
        super().__init__()
        for i, (weight, origin) in enumerate(zip(network.weights, network.origins, strict=True)):
            label = words(figures(weight), plane.theme.neuron(i), SMALL, strong=True)
            self.add(label.move_to(plane.on_floor(origin) + (0.0, 0.62, 0.0)))


class SlopeStack(VGroup):
    """The slopes of two neurons at one origin, as wedges on each other, and the line they make.

    lower, upper, total: these three, with their numbers. reach: how far the wedges go to the right, in units of x.
    """

    def __init__(self, plane: Plane, network: ReluNetwork, reach: float) -> None:
        theme = plane.theme
        weights = network.weights[:2]
        start = float(weights @ network.origins[:2] / weights.sum())
        foot = float(network(start))
        heights = foot + reach * np.array([0.0, weights[0], weights.sum()])
        wedges = []
        for i in range(2):
            tips = plane.at(start + reach, heights[i : i + 2])
            wedge = Polygon(plane.at(start, foot), *tips, stroke_width=0)
            wedge.set_fill(theme.neuron(i), opacity=0.6)
            name = words(figures(weights[i]), theme.neuron(i), LABEL, strong=True)
            wedges.append(VGroup(wedge, name.next_to(tips.mean(axis=0), RIGHT, buff=0.2)))
        self.lower, self.upper = wedges
        line = Line(plane.at(start, foot), plane.at(start + reach, heights[2]), color=theme.ink, stroke_width=7)
        sum_of_both = f"{figures(weights[0])} + {figures(weights[1])} = {figures(weights.sum())}"
        name = words(sum_of_both, theme.ink, LABEL, strong=True)
        self.total = VGroup(line, name.next_to(plane.at(start + reach, heights[2]), LEFT, buff=0.5))
        super().__init__(self.lower, self.upper, self.total)
