"""Under the opening card: samples of the run, one after another, each a look at how far the line is from the target.

The neurons do not answer yet, so that nothing of the film is given away.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from manim import Circle, VGroup, VMobject, linear, smooth

from reluviz.core import ReluNetwork
from reluviz.core.network import Array
from reluviz.stage.parts.gestures.look import Turn
from reluviz.stage.plane import Plane, Points, segments

_EVERY, _LASTS = 0.45, 1.0
"""Seconds from one sample to the next, and that one is seen."""

_MOST = 20
"""Samples: more than a card's seconds hold."""

_DOT: Points = Circle(radius=0.11).points
_NOTHING = np.zeros((0, 3))


class Glances(VGroup):
    """One sample after another of `x`: it flashes on the axis, and a bar goes up from the line to the target.

    network: whose line it is; None where none is shown: then the bar rises from the axis.
    """

    def __init__(self, plane: Plane, x: Array, target: ReluNetwork, network: ReluNetwork | None) -> None:
        theme = plane.theme
        self.plane, self.x, self.wanted = plane, x[(plane.x_range[0] <= x) & (x <= plane.x_range[1])], target
        self.network = network
        size = plane.look.size
        colours = (theme.too_low, theme.too_high) if network is not None else (theme.target, theme.target)
        self.bars = [VMobject(stroke_color=colour, stroke_width=9 * size) for colour in colours]
        self.dots = VMobject(fill_color=theme.accent, fill_opacity=1, stroke_width=0)
        super().__init__(*self.bars, self.dots)

    @classmethod
    def on(cls, view: Any) -> Glances:
        """At the samples that come first in a view's run, from the line where the view shows it."""
        run = view.run
        shown = any(part is view.network for part in view.rig.submobjects)
        return cls(view.plane, run.experiment.samples()[:_MOST], run.target, view.rig.moment.network if shown else None)

    def pass_by(self, seconds: float) -> Turn:
        """All of them, in so many seconds."""
        return Turn(self, lambda part: self.show(part * seconds, seconds), seconds, linear)

    def show(self, second: float, seconds: float) -> None:
        """Sets what is seen at `second` of `seconds`; at their end all of it has gone."""
        plane = self.plane
        dots, bars = [_NOTHING], ([_NOTHING], [_NOTHING])
        for k, x in enumerate(self.x[: max(int((seconds - _LASTS) / _EVERY) + 1, 1)]):
            part = (second - k * _EVERY) / _LASTS
            if not 0.0 < part < 1.0:
                continue
            # The bar's tip leaves first, and its foot follows.
            ahead, behind = (float(smooth(np.clip((part - late) / 0.5, 0.0, 1.0))) for late in (0.1, 0.5))
            wanted = float(self.wanted(x))
            start = plane.floor if self.network is None else float(self.network(x))
            ends = plane.at(x, np.clip([start + way * (wanted - start) for way in (behind, ahead)], *plane.y_range))
            bars[int(wanted < start)].append(segments(ends[:1], ends[1:]))
            dots.append(_DOT * plane.look.size * float(np.sin(np.pi * part)) + plane.on_floor(x))
        self.dots.points = np.concatenate(dots)
        for mine, shapes in zip(self.bars, bars, strict=True):
            mine.points = np.concatenate(shapes)
