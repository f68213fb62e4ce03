"""Typical errors side by side, as bars below their names."""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite, log10

import numpy as np
from manim import DOWN, LEFT, RIGHT, VGroup, VMobject

from reluviz.analysis.optimum.landscape import SplitTest
from reluviz.analysis.optimum.verdict import Optimum
from reluviz.stage.parts.moment import State
from reluviz.stage.plane import corners
from reluviz.stage.typesetting import figures, formula, words
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



class Yardsticks(VGroup):
    """Typical errors as level bars below their names: at the end of training (over the data), at rest, and the
    best known with one neuron fewer and with as many (these for x anywhere in the range)."""

    def __init__(self, theme: Theme, optimum: Optimum) -> None:
        super().__init__()
        neurons = len(optimum.polished)
        rows = (
            ("end of training", optimum.rms_end, theme.ink),
            ("at rest", optimum.rms_polished, theme.accent),
            (f"best with {neurons - 1} neurons", optimum.yardsticks.fewer.rms, theme.target),
            (f"best with {neurons} neurons", optimum.yardsticks.same.rms, theme.target),
        )
        unit = (CHART_WIDTH - 1.0) / max(value for _, value, _ in rows)
        for k, (name, value, colour) in enumerate(rows):
            corner = np.array((CHART_LEFT, _TOP - _STEP * k, 0.0))
            label = words(name, theme.ink, LABEL).move_to(corner, aligned_edge=LEFT)
            bar = VMobject(fill_color=colour, fill_opacity=1, stroke_width=0)
            long = max(value * unit, 0.04)
            box = [(0, -0.3, 0), (long, -0.3, 0), (long, -0.62, 0), (0, -0.62, 0), (0, -0.3, 0)]
            bar.points = corners(np.array(box) + corner)
            number = words(figures(value), theme.ink, LABEL, strong=True).next_to(bar, RIGHT, buff=0.2)
            self.add(VGroup(label, bar, number))


def at_rest(optimum: Optimum) -> State:
    """The polished end of a run, as a picture of no iteration."""
    network = optimum.polished
    return State(network.weights, network.biases, network.output_bias)


def sign_test(theme: Theme, test: SplitTest, left: float) -> VGroup:
    """What decides whether a merged pair parts: the sign of weight times residual at its origin."""
    sign = "<" if test.weight * test.residual < 0 else ">"
    outcome = "parting costs" if sign == "<" else "parting pays"
    weight = " + ".join(f"w_{i + 1}" for i in test.neurons)
    rows = VGroup(
        words("sign test", theme.muted, LABEL),
        formula(f"{weight} = {test.weight:.2f}", theme.ink, 38),
        formula(f"delta = {test.residual:.3f}", theme.ink, 38),
        formula(f"({weight}) thin delta {sign} 0", theme.ink, 38),
        words(outcome, theme.accent, LABEL, strong=True),
    ).arrange(DOWN, buff=0.22, aligned_edge=LEFT)
    return rows.move_to((left, 0.15, 0.0), aligned_edge=LEFT)
