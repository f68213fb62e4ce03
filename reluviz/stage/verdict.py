"""What the analysis says of a run's end, as pictures: its error beside the best ones, and the sign test of a pair."""

from __future__ import annotations

import numpy as np
from manim import DOWN, LEFT, RIGHT, VGroup, VMobject

from reluviz.analysis.landscape import SplitTest
from reluviz.analysis.optimum import Optimum
from reluviz.stage.moment import Moment
from reluviz.stage.plane import corners
from reluviz.stage.theme import LABEL, Theme
from reluviz.stage.typesetting import figures, formula, words
from reluviz.stage.workbench import CHART_LEFT, CHART_WIDTH

_TOP, _STEP = 2.2, 1.3


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


def at_rest(optimum: Optimum) -> Moment:
    """The polished end of a run, as a picture of no iteration."""
    network = optimum.polished
    return Moment(0.0, network.weights, network.biases, network.output_bias)


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
