"""Which neurons act on which stretch of the axis, and what their weights add up to there (example 1, figure 3b)."""

from __future__ import annotations

import numpy as np
from manim import RIGHT, UP, Rectangle, VGroup, VMobject

from reluviz.core import ReluNetwork
from reluviz.stage.plane import Plane
from reluviz.stage.theme import LABEL, SMALL
from reluviz.stage.typesetting import figures, words

_BAND = 0.3
_STEP = 0.37


class Stretches(VGroup):
    """Below the axis a band for each neuron, from its origin on, with its weight on every stretch where it acts;
    on the graph each stretch's slope, the sum of the weights below it.

    Stretches lie between neighbouring origins, the last one up to `high`. Still; parts to bring in one at a time:
    `band(i)` and `slope(k)`, both from 0. Neurons are expected in the order of their origins.
    """

    def __init__(self, plane: Plane, network: ReluNetwork, high: float, *, drop: float) -> None:
        theme = plane.theme
        edges = np.append(network.origins, high)
        middles = (edges[:-1] + edges[1:]) / 2
        top = plane.at(0.0, plane.y_range[0])[1] - drop
        self._bands: list[VGroup] = []
        for i, weight in enumerate(network.weights):
            y = top - i * _STEP
            left, right = plane.at(edges[i], 0.0)[0], plane.at(high, 0.0)[0]
            bar = Rectangle(width=right - left, height=_BAND, stroke_width=0)
            bar.set_fill(theme.neuron(i), opacity=0.28).move_to(((left + right) / 2, y, 0.0))
            marks = [
                words(figures(float(weight), 0), theme.ink, SMALL, strong=True).move_to((plane.at(x, 0.0)[0], y, 0.0))
                for x in middles[i:]
            ]
            self._bands.append(VGroup(bar, *marks))
        self._slopes = [self._slope_label(plane, network, float(x)) for x in middles]
        super().__init__(*self._bands, *self._slopes)

    def band(self, index: int) -> VGroup:
        """The band of the neuron with this index (from 0)."""
        return self._bands[index]

    def slope(self, index: int) -> VMobject:
        """The slope's label on the stretch with this index (from 0)."""
        return self._slopes[index]

    def _slope_label(self, plane: Plane, network: ReluNetwork, x: float) -> VMobject:
        slope = network.slope(x)
        label = words(f"slope {figures(slope, 0)}", plane.theme.ink, LABEL, strong=True)
        # On the outer side of a bulge: left of a climbing stretch, right of a falling one.
        outward = UP if slope == 0 else UP + np.sign(-slope) * RIGHT
        label.next_to(plane.at(x, float(network(x))), outward, buff=0.12)
        return label
