"""The slopes of a piecewise linear graph, written beside its pieces."""

from __future__ import annotations

import numpy as np
from manim import VGroup

from reluviz.core import ReluNetwork
from reluviz.stage.plane import Plane
from reluviz.stage.typesetting import figures, words
from reluviz.theme import LABEL


def slope_labels(plane: Plane, graph: ReluNetwork, colour: str, offset: float) -> VGroup:
    """The slope of each piece of a graph, `offset` frame units above it (below where negative); between its kinks."""
    kinks = np.sort(graph.origins)
    path = graph.polyline(float(kinks[0]), min(float(kinks[-1]) + float(np.diff(kinks).max()), plane.x_range[1]))
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
