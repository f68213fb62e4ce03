"""Two merged neurons as one: their slopes on top of one another, the one in their place, the slopes that are left."""

from __future__ import annotations

import numpy as np
from manim import DOWN, RIGHT, UP, Circle, Line, Polygon, VGroup, VMobject

from reluviz.analysis.merging import Merge
from reluviz.core import ReluNetwork
from reluviz.stage.graph import ARM_LENGTH, DISC_RADIUS, NeuronMarks
from reluviz.stage.plane import Plane, Points
from reluviz.stage.theme import LABEL
from reluviz.stage.typesetting import figures, words


class SlopeStack(VGroup):
    """The graphs of neurons 1 and 2, one on top of the other: two wedges that make one line, with their slopes.

    lower, upper: the wedges with their labels; total: the line they make, with its slope.
    """

    def __init__(self, plane: Plane, network: ReluNetwork) -> None:
        theme = plane.theme
        low, high = plane.x_range
        one, both = (ReluNetwork(network.weights[:n], network.biases[:n]) for n in (1, 2))
        paths = [np.array([(low, 0.0), (high, 0.0)]), one.polyline(low, high), both.polyline(low, high)]
        x = high - (high - low) * np.array((0.26, 0.06))
        heights = (0.5 * one(x), 0.5 * (one(x) + both(x)))
        wedges = []
        for i in range(2):
            outline = np.concatenate((paths[i], paths[i + 1][::-1]))
            wedge = Polygon(*plane.at(outline[:, 0], outline[:, 1]), stroke_width=0)
            wedge.set_fill(theme.neuron(i), opacity=0.35)
            name = words(f"slope {figures(network.weights[i])}", theme.ink, LABEL)
            wedges.append(VGroup(wedge, _along(name, plane.at(x, heights[i]), 0.0)))
        line = plane.curve(paths[2], theme.ink, width=6)
        name = words(f"slope {figures(float(network.weights[:2].sum()))}", theme.ink, LABEL, strong=True)
        self.lower, self.upper = wedges
        x -= 0.2 * (high - low)
        self.total = VGroup(line, _along(name, plane.at(x, both(x)), 0.5))
        super().__init__(self.lower, self.upper, self.total)


class OneForTwo(VGroup):
    """The one neuron in the place of a merged pair, in the accent: disc, arm and slope, and the graph it leads to."""

    def __init__(self, plane: Plane, reduced: ReluNetwork, merge: Merge) -> None:
        accent = plane.theme.accent
        foot = plane.at(merge.origin, 0.0)
        self.disc = Circle(radius=DISC_RADIUS, fill_color=accent, fill_opacity=1, stroke_width=0).move_to(foot)
        self.arm = Line(foot, foot + plane.direction(merge.weight, ARM_LENGTH), color=accent, stroke_width=7)
        self.curve = plane.curve(reduced.polyline(*plane.x_range), accent, width=4)
        self.slope = words(f"slope {figures(merge.weight)}", accent, LABEL, strong=True).next_to(self.disc, DOWN)
        self.apart = words(f"at most {figures(merge.error, 3)} apart", accent, LABEL)
        self.apart.next_to(plane.at(plane.x_range[1], plane.y_range[1]), DOWN, buff=0.1)
        self.apart.align_to(plane.at(plane.x_range[1], 0.0), RIGHT)
        super().__init__(self.arm, self.disc, self.curve, self.slope, self.apart)


def parts_of(marks: NeuronMarks, neurons: tuple[int, ...]) -> VGroup:
    """All that marks these neurons: stem, arm, bend, disc and number."""
    kinds = (marks.stems, marks.arms, marks.bends, marks.discs, marks.figures)
    return VGroup(*(kind[i] for kind in kinds for i in neurons))


def slope_labels(plane: Plane, graph: ReluNetwork, low: float, high: float, colour: str, offset: float) -> VGroup:
    """The slope of each stretch of a graph on [low, high], written beside it, `offset` frame units above or below."""
    path = graph.polyline(low, high)
    labels = VGroup()
    for start, end in zip(path[:-1], path[1:], strict=True):
        if end[0] - start[0] > 0.05 * (high - low):
            slope = (end[1] - start[1]) / (end[0] - start[0])
            whole = abs(slope - round(slope)) < 1e-9
            name = words(figures(slope, 0 if whole else 2), colour, LABEL, strong=True)
            middle = plane.at(*((start + end) / 2))
            along = plane.direction(slope, 1.0)
            reach = 0.5 * name.width * abs(along[1]) + 0.5 * name.height * along[0]  # of the word, across the line
            across = np.array((-along[1], along[0], 0.0))
            labels.add(name.move_to(middle + (offset + np.sign(offset) * reach) * across))
    return labels


def _along(name: VMobject, ends: Points, above: float) -> VMobject:
    """A word turned to lie along the line between two points, `above` it."""
    way = ends[1] - ends[0]
    angle = float(np.arctan2(way[1], way[0]))
    name.move_to(ends.mean(axis=0) + above * UP).rotate(angle)
    return name
