"""The slopes of a piecewise linear graph, written beside its pieces, and those of two neurons, stacked."""

from __future__ import annotations

import numpy as np
from manim import LEFT, RIGHT, Line, Polygon, VGroup

from reluviz.core import ReluNetwork
from reluviz.stage.plane import Plane
from reluviz.stage.typesetting import figures, words
from reluviz.theme import LABEL


def slope_labels(plane: Plane, graph: ReluNetwork, colour: str, offset: float) -> VGroup:
    """The slope of each piece of a graph, `offset` frame units above it (below where negative); between its kinks."""
    kinks = np.sort(graph.origins)
    last = float(kinks[-1] + np.diff(kinks).max()) if len(kinks) > 1 else np.inf
    path = graph.polyline(float(kinks[0]), min(last, plane.x_range[1]))
    labels = VGroup()
    for start, end in zip(path[:-1], path[1:], strict=True):
        slope = float((end[1] - start[1]) / (end[0] - start[0]))
        whole = abs(slope - round(slope)) < 1e-9
        name = words(figures(slope, 0 if whole else 2), colour, LABEL, strong=True)
        along = plane.direction(slope, 1.0)
        reach = 0.5 * name.width * abs(along[1]) + 0.5 * name.height * along[0]  # of the word, across the line
        across = np.array((-along[1], along[0], 0.0))
        labels.add(name.move_to(plane.at(*((start + end) / 2)) + (offset + np.sign(offset) * reach) * across))
    return labels


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
