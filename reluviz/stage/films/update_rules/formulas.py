"""Both update formulas (equation 3), whose symbols come from the parts of the picture that they name."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, AnimationGroup, FadeIn, Line, Mobject, TransformFromCopy, VGroup

from reluviz.core import Trajectory
from reluviz.stage.parts.network.marks import ARM_LENGTH, DISC_RADIUS
from reluviz.stage.plane import Plane
from reluviz.stage.typesetting import formula, words
from reluviz.theme import LABEL, SAFE_X, Theme

_SIZE = 48
_STEP = '{{ 2 thin "lr" : rate }} dot {{ delta : delta }}'
_SOURCES = {
    "turn": ("the slope turns by", f"Delta w = {_STEP} dot {{{{ (x + b) : lever }}}}"),
    "slide": ("the bias changes by", f"Delta b = {_STEP} dot {{{{ w : weight }}}}"),
}
_Y = {"turn": -2.3, "slide": -3.25}


class UpdateFormula(VGroup):
    """The formula of the "turn" or of the "slide", below the picture, with what it gives in words."""

    def __init__(self, theme: Theme, which: str) -> None:
        name, source = _SOURCES[which]
        self.row = formula(source, theme.ink, _SIZE)
        self.row.select("rate").set_color(theme.muted)
        self.row.select("delta").set_color(theme.too_low)
        own = "lever" if which == "turn" else "weight"
        self.row.select(own).set_color(theme.neuron(0))
        self.row.move_to((-2.3, _Y[which], 0.0), aligned_edge=LEFT)
        self.label = words(name, theme.muted, LABEL).move_to((-SAFE_X, _Y[which], 0.0), aligned_edge=LEFT)
        self.symbols = {key: self.row.select(key) for key in ("delta", own)}
        super().__init__(self.label, self.row)

    def arrive(self, picture: Mapping[str, Mobject], run_time: float = 1.6) -> AnimationGroup:
        """Its symbols fly in from their namesakes in the picture; the rest fades in."""
        flying = {id(glyph) for part in self.symbols.values() for glyph in part.family_members_with_points()}
        rest = VGroup(*(glyph for glyph in self.row.family_members_with_points() if id(glyph) not in flying))
        flights = (TransformFromCopy(picture[key], part) for key, part in self.symbols.items())
        return AnimationGroup(FadeIn(self.label, rest), *flights, run_time=run_time)


def symbols_in_picture(plane: Plane, run: Trajectory, update: int) -> dict[str, VGroup]:
    """The symbols at what they name, for one neuron: delta at its bar, x + b at the lever from disc to sample, w at
    the arm."""
    theme = plane.theme
    colour = theme.neuron(0)
    x, weight, origin = float(run.inputs[update]), float(run.weights[update, 0]), -float(run.biases[update, 0])
    middle = plane.at(x, (float(run.network_at(update)(x)), float(run.target(x)))).mean(axis=0)
    delta = formula("delta", theme.too_low, _SIZE).next_to(middle, LEFT, buff=0.25)
    drop = np.array([0.0, DISC_RADIUS + 0.2, 0.0])
    start, end = plane.on_floor(origin) - drop, plane.on_floor(x) - drop
    ends = (Line(p + 0.12 * UP, p + 0.12 * DOWN, color=colour, stroke_width=5) for p in (start, end))
    lever = formula("(x + b)", colour, _SIZE).next_to((start + end) / 2, DOWN, buff=0.14)
    bracket = VGroup(Line(start, end, color=colour, stroke_width=5), *ends)
    tip = plane.on_floor(origin) + plane.direction(weight, ARM_LENGTH)
    name = formula("w", colour, _SIZE).next_to(tip, UP + 0.2 * RIGHT, buff=0.12)
    return {"delta": VGroup(delta), "bracket": bracket, "lever": VGroup(lever), "weight": VGroup(name)}
