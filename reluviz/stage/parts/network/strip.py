"""The samples on the axis, each with the sign and the size of its delta."""

from __future__ import annotations

import numpy as np
from manim import VGroup, VMobject

from reluviz.core import Trajectory
from reluviz.core.measure import error_unit
from reluviz.core.network import Array
from reluviz.stage.parts.moment import Moment
from reluviz.stage.plane import Plane, segments

MOST = 400
"""Ticks at most: of more samples, evenly many from left to right stand for all."""

_SHORT, _LONG = 0.05, 0.3
"""Half the height of a tick, in frame units, where delta is 0, and where it is as large as the target is high."""


def shown_samples(run: Trajectory) -> Array:
    """The run's samples from left to right, at most MOST of them; shape (k,)."""
    x = np.sort(run.experiment.samples())
    return x if len(x) <= MOST else x[np.linspace(0, len(x) - 1, MOST).round().astype(int)]


class SampleStrip(VGroup):
    """A tick for each sample: in one colour where the line is too low, in another where it is too high, and taller
    where delta is larger. Two mobjects, however many samples."""

    def __init__(self, plane: Plane, run: Trajectory) -> None:
        theme = plane.theme
        super().__init__(
            *(VMobject(stroke_color=c, stroke_width=2.2) for c in (theme.too_low, theme.too_high))
        )
        self.plane = plane
        self.x = shown_samples(run)
        self.wanted = run.target(self.x)
        self.scale = error_unit(run.target, run.experiment.low, run.experiment.high)
        self.seen: tuple[float, float] | None = None
        """From which x to which samples are shown; None for all."""
        self.between: tuple[int, int] | None = None
        """Neurons (from 0), the left one first, between whose origins alone samples are shown; None for all."""

    def show(self, moment: Moment) -> None:
        """Sets all ticks for the deltas of this moment's network."""
        delta = self.wanted - moment.network(self.x)
        half = self.plane.look.size * (_SHORT + (_LONG - _SHORT) * np.minimum(np.abs(delta) / self.scale, 1.0))
        low, high = self.plane.x_range
        inside = (low <= self.x) & (self.x <= high)
        if self.seen is not None:
            inside &= (self.seen[0] <= self.x) & (self.x <= self.seen[1])
        if self.between is not None:
            left, right = -moment.biases[list(self.between)]
            inside &= (left <= self.x) & (self.x <= right)
        for part, here in zip(self.submobjects, (inside & (delta > 0), inside & (delta < 0)), strict=True):
            feet = self.plane.on_floor(self.x[here])
            up = np.zeros_like(feet)
            up[:, 1] = half[here]
            part.points = segments(feet - up, feet + up)
