"""The four rules as large pictures on a board: the film goes from one to the next, and sees all four at last."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from manim import FadeIn, FadeOut, VGroup

from reluviz.core import Trajectory
from reluviz.stage.films.update_rules.sample_view import BOTTOM, SampleView, box
from reluviz.stage.looks import Look
from reluviz.stage.parts.moment import State
from reluviz.stage.plane import Plane
from reluviz.stage.typesetting import Labels, outlines
from reluviz.story.script import Story
from reluviz.theme import SAFE_X, SMALL, Theme

_LARGE = box(-SAFE_X, SAFE_X, BOTTOM, 2.1, (0, 1), (0, 1))
_ARROW = 0.9
"""Frame units of the arrows that show which way origins go, where four pictures are small."""
_CELLS = {1: (-1, 1), 2: (1, 1), 3: (-1, -1), 4: (1, -1)}
"""Where the rules' pictures lie on their board: rising left, falling right; too low above, too high below."""
_RULE_RANGES = {
    1: ((-0.45, 5.0), (-0.9, 6.2)),
    2: ((1.05, 3.3), (-0.7, 4.3)),
    3: ((-0.25, 2.0), (-0.35, 2.0)),
    4: ((1.2, 5.3), (-0.8, 4.2)),
}
_EFFECTS = {
    1: "slope grows, origin goes left",
    2: "slope grows, origin goes right",
    3: "slope falls, origin goes right",
    4: "slope falls, origin goes left",
}


class RulePicture(SampleView):
    """A real update of a rule, large or in its cell of the board, its name above it."""

    def __init__(self, theme: Theme, run: Trajectory, rule: int, update: int) -> None:
        self.rule, self.neuron = rule, run.neurons - 1
        super().__init__(theme, run, update, self._ranged(_LARGE))
        self.square.names = ("", "")
        self.strength[: self.neuron] = 0.3
        self.name = RuleName(self.plane, rule)

    def in_cell(self) -> Look:
        """The look of a quarter of the frame."""
        column, row = _CELLS[self.rule]
        left, right = sorted((column * 0.3, column * SAFE_X))
        top = 2.25 if row > 0 else -1.15
        return self._ranged(box(left, right, top - 2.45, top, (0, 1), (0, 1)))

    def beside(self, other: int) -> Look:
        """Out of the frame, where this picture lies on the board while that of rule `other` fills the frame."""
        (column, row), (there, down) = _CELLS[self.rule], _CELLS[other]
        way = np.sign((column - there, row - down)) * (15.0, 8.5)
        x, y = np.array(_LARGE.centre) + way
        return self._ranged(replace(_LARGE, centre=(float(x), float(y))))

    def wait_beside(self, other: int) -> VGroup:
        """Stands there; all of it."""
        self.plane.look_at(self.beside(other))
        self.rig.show(self.rig.moment.second)
        return VGroup(self.still, self.rig)

    def show_the_way(self) -> None:
        """The comparison's arrow becomes long enough to be seen, whatever the scale."""
        i, run = self.neuron, self.run
        first, last = self.plane.on_floor(-run.biases[round(self.rig.iteration) - 1 :, i][:2])
        self.change.gain = _ARROW / abs(float(last[0] - first[0]))

    def named(self) -> FadeIn:
        """Its name appears, and follows its plane."""
        self.name.show(self.state)
        self.rig.add(self.name)
        return FadeIn(self.name, run_time=0.5)

    def unnamed(self) -> FadeOut:
        """Its name goes, while its plane moves."""
        self.rig.remove(self.name)
        return FadeOut(self.name, run_time=0.3)

    def large(self) -> Look:
        """The look of the whole frame."""
        return self._ranged(_LARGE)

    def _ranged(self, look: Look) -> Look:
        x_range, y_range = _RULE_RANGES[self.rule]
        return replace(look, x_range=x_range, y_range=y_range)


def rule_pictures(theme: Theme, story: Story) -> dict[int, RulePicture]:
    """Of each rule the picture of the update that beat `rule_1` ... `rule_4` is about."""
    beats = {rule: story[f"rule_{rule}"] for rule in _CELLS}
    return {rule: RulePicture(theme, story.trajectory(beat.run), rule, beat.first) for rule, beat in beats.items()}


class RuleName(VGroup):
    """"rule 1", and what it does, above the left end of its picture."""

    def __init__(self, plane: Plane, rule: int) -> None:
        theme = plane.theme
        self.plane = plane
        self.texts = (f"rule {rule}", _EFFECTS[rule])
        self.parts = (Labels(theme.ink), Labels(theme.muted))
        super().__init__(*self.parts)

    def show(self, moment: State) -> None:
        """Follows its plane."""
        left = self.plane.left_edge
        for part, text, strong in zip(self.parts, self.texts, (True, False), strict=True):
            glyphs, width, _ = outlines(text, SMALL, strong)
            part.put((text, glyphs + (left + width / 2, self.plane.top_edge + 0.25, 0.0)))
            left += width + 0.3
