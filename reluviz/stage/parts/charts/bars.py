"""Typical errors side by side, as bars below their names."""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite, log10

import numpy as np
from manim import LEFT, RIGHT, VGroup, VMobject

from reluviz.stage.plane import corners
from reluviz.stage.typesetting import figures, words
from reluviz.stage.views import CHART_LEFT, CHART_WIDTH
from reluviz.theme import LABEL, Theme

_TOP, _STEP = 2.2, 1.3
_LONGEST = CHART_WIDTH - 1.2


class ErrorBars(VGroup):
    """One bar a row (name, typical error, colour), four rows at most, the longest the widest; no bar for an infinite
    error. A name is one line of at most 30 characters."""

    def __init__(self, theme: Theme, rows: Sequence[tuple[str, float, str]]) -> None:
        super().__init__()
        most = max((value for _, value, _ in rows if isfinite(value)), default=0.0)
        for k, (name, value, colour) in enumerate(rows):
            corner = np.array((CHART_LEFT, _TOP - _STEP * k, 0.0))
            label = words(name, theme.ink, LABEL).move_to(corner, aligned_edge=LEFT)
            label.scale_to_fit_width(min(label.width, CHART_WIDTH)).move_to(corner, aligned_edge=LEFT)
            if not isfinite(value):
                verdict = words("diverges", theme.muted, LABEL)
                self.add(VGroup(label, verdict.move_to(corner + (0.0, -0.46, 0.0), aligned_edge=LEFT)))
                continue
            bar = VMobject(fill_color=colour, fill_opacity=1, stroke_width=0)
            long = max(value / most * _LONGEST if most > 0 else 0.0, 0.04)
            box = [(0, -0.3, 0), (long, -0.3, 0), (long, -0.62, 0), (0, -0.62, 0), (0, -0.3, 0)]
            bar.points = corners(np.array(box) + corner)
            number = words(_short(value), theme.ink, LABEL, strong=True).next_to(bar, RIGHT, buff=0.15)
            self.add(VGroup(label, bar, number))


def _short(value: float) -> str:
    """About two digits; what is below a millionth is shown as 0."""
    if value < 1e-6:
        return "0"
    if value >= 1e6:
        return f"10^{round(log10(value))}"
    return figures(value, max(0, 1 - int(np.floor(log10(value)))))
