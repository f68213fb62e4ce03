"""What the network's rest is compared with: the best fits known, and what the words local optimum make one think of."""

from __future__ import annotations

import numpy as np
from manim import RIGHT, VGroup, VMobject

from reluviz.analysis.optimum.verdict import Optimum
from reluviz.stage.films.local_optimum.error_profile import BALL, Ball
from reluviz.stage.parts.gestures.look import Turn
from reluviz.stage.plane import corners
from reluviz.stage.typesetting import figures, words
from reluviz.theme import LABEL, Theme


class Yardsticks(VGroup):
    """Level bars below the plane, each with its name and its typical error: here, and the best fits known."""

    def __init__(self, theme: Theme, optimum: Optimum, names: tuple[str, str, str]) -> None:
        super().__init__()
        best = optimum.yardsticks
        errors = (optimum.rms_polished, best.fewer.rms, best.same.rms)
        for k, (name, error) in enumerate(zip(names, errors, strict=True)):
            start = np.array([-1.6, -2.15 - 0.62 * k, 0.0])
            label = words(name, theme.ink, LABEL).move_to(start - (0.3, 0.0, 0.0), aligned_edge=RIGHT)
            bar = VMobject(fill_color=theme.ink if k == 0 else theme.target, fill_opacity=1, stroke_width=0)
            end = max(3.6 * error / errors[0], 0.05)
            outline = np.array([(0, -1, 0), (end, -1, 0), (end, 1, 0), (0, 1, 0), (0, -1, 0)])
            bar.points = corners(start + outline * (1.0, 0.17, 0.0))
            number = words(figures(error), theme.ink, LABEL, strong=True).next_to(bar, RIGHT, buff=0.2)
            self.add(VGroup(label, bar, number))


class Bowl(VGroup):
    """A hollow with a ball in it: what the word local optimum makes one think of. `rock` lets the ball roll in it."""

    def __init__(self, theme: Theme, neuron: int) -> None:
        self._centre = np.array([5.35, -3.2, 0.0])
        x = np.linspace(-1.0, 1.0, 41)
        ground = VMobject(stroke_color=theme.ink, stroke_width=6)
        ground.points = corners(self._centre + np.column_stack((x, 1.1 * x**2, np.zeros(41))))
        self.ball = Ball(theme, neuron)
        super().__init__(ground, self.ball)
        self.rest_at(0.7)

    def rest_at(self, x: float) -> None:
        """Puts the ball on the ground there."""
        across = np.array([-2.2 * x, 1.0, 0.0]) / np.hypot(2.2 * x, 1.0)
        self.ball.place(self._centre + (x, 1.1 * x * x, 0.0) + (BALL + 0.04) * across)

    def rock(self, seconds: float) -> Turn:
        """To and fro, ever less, until it lies at the bottom."""
        return Turn(self, lambda part: self.rest_at(0.7 * (1 - part) * np.cos(3 * np.pi * part)), seconds)
