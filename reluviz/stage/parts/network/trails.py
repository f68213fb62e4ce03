"""The way each corner of the network's graph has come."""

from __future__ import annotations

import numpy as np
from manim import VGroup, VMobject
from scipy.ndimage import gaussian_filter1d

from reluviz.analysis.smoothing import smooth
from reluviz.core import Trajectory
from reluviz.core.network import Array
from reluviz.stage.parts.moment import State
from reluviz.stage.plane import Plane, Points, corners

_OPACITY = 0.5
_WINDOW = 12.0
"""Width of the smoothing in points of the path's grid: a quarter of a factor e of time. Less, and single samples
show; they shake the graph at first far more than they move it."""
_LAG = 0.75
"""A trail follows the smoothed path up to this part of the time elapsed, then goes straight to the present place:
the path near the present would know of what is still to come."""


class CornerTrails(VGroup):
    """For each neuron the path of the point (-b_i, NN(-b_i)), smoothed over time, from the start up to now."""

    def __init__(self, plane: Plane, run: Trajectory) -> None:
        colours = [plane.theme.neuron(i) for i in range(run.neurons)]
        super().__init__(*(VMobject(stroke_color=c, stroke_width=4, stroke_opacity=_OPACITY) for c in colours))
        self.plane = plane
        path = smooth(run)
        self._iterations = path.iterations
        x = path.origins
        active = np.maximum(x[:, :, None] - x[:, None, :], 0.0)
        heights = (active * path.weights[:, None, :]).sum(axis=2) + path.output_biases[:, None]
        points = gaussian_filter1d(self._placed(x, heights), _WINDOW, axis=0, mode="nearest")
        points[0] = self._placed(x[0], heights[0])
        self._points = points

    def show(self, moment: State) -> None:
        """Draws each trail up to the corner's place now."""
        so_far = int(np.searchsorted(self._iterations, _LAG * moment.iteration, side="right"))
        origins = -moment.biases
        now = self._placed(origins, moment.network(origins))
        for i, trail in enumerate(self.submobjects):
            trail.points = corners(np.concatenate((self._points[:so_far, i], now[i : i + 1])))

    def _placed(self, x: Array, y: Array) -> Points:
        return self.plane.at(np.clip(x, *self.plane.x_range), np.clip(y, *self.plane.y_range))
