"""Three optimisers: small planes side by side, and curves of success over one logarithmic axis of step sizes."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from manim import LEFT, Text

from reluviz.stage.looks import Look, Range
from reluviz.stage.parts.charts.success_chart import Curve, SuccessChart
from reluviz.stage.plane import Points
from reluviz.stage.typesetting import words
from reluviz.sweep.judge import Outcome
from reluviz.theme import LABEL, SAFE_X, Theme

_GAP, _TOP, _BOTTOM, _FOOT = 0.5, 1.75, -1.15, -3.35
"""Between the planes; the frame's y of their edges and of their wakes' foot."""

_DECADE = [0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05]


def third(place: int, x_range: Range, y_range: Range) -> Look:
    """The look of one of three planes side by side; place: 0 to 2."""
    width = (2 * SAFE_X - 2 * _GAP) / 3
    centre = (-SAFE_X + (place + 0.5) * width + place * _GAP, (_TOP + _BOTTOM) / 2)
    return Look(x_range, y_range, centre, width, _TOP - _BOTTOM, _BOTTOM - _FOOT, size=0.7)


def third_name(theme: Theme, text: str, look: Look, row: int = 0) -> Text:
    """A name above a plane of the three; row 1 is the line below."""
    name = words(text, theme.ink if row == 0 else theme.muted, LABEL, strong=row == 0)
    return name.move_to((look.centre[0] - look.width / 2, _TOP + 0.74 - 0.46 * row, 0.0), aligned_edge=LEFT)


class StepSizes(SuccessChart):
    """Shares of success over learning rates from 0.0005 to 0.05, on a logarithmic axis that says so."""

    def __init__(self, theme: Theme) -> None:
        ticks = {float(np.log10(rate)): f"{rate:g}" for rate in _DECADE}
        super().__init__(theme, list(ticks), "learning rate (logarithmic axis)", ticks=ticks)

    def curve_over(self, shares: Mapping[float, float], labels: tuple[float, ...]) -> Curve:
        """The shares over their learning rates, with figures at some."""
        over = {float(np.log10(rate)): share for rate, share in shares.items()}
        return self.curve(over, [float(np.log10(rate)) for rate in labels])

    def stuck_over(self, shares: Mapping[float, float]) -> Curve:
        """Shares of runs that merged and got stuck, in the colour of that outcome."""
        over = {float(np.log10(rate)): share for rate, share in shares.items()}
        return Curve(self.plane, over, self.theme.outcomes[Outcome.MERGED_AND_STUCK], ())

    def name_at(self, text: str, rate: float, share: float) -> Text:
        """A curve's name, centred there."""
        return words(text, self.theme.ink, LABEL, strong=True).move_to(self.plane.at(float(np.log10(rate)), share))

    def point(self, rate: float) -> Points:
        """The frame point on the axis at that learning rate."""
        return self.plane.on_floor(float(np.log10(rate)))
