"""The article's four rules as a two-by-two table, lit by what the run does at this moment."""

from __future__ import annotations

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, Rectangle, VGroup, VMobject

from reluviz.analysis.rules import rules
from reluviz.core import Trajectory
from reluviz.core.network import Array
from reluviz.stage.parts.moment import State
from reluviz.stage.plane import corners
from reluviz.stage.typesetting import formula, words
from reluviz.theme import SMALL, Theme

# (rule, row: 0 for delta > 0, column: 0 for w > 0, way the origin moves, way the slope changes)
_CELLS = ((1, 0, 0, LEFT, UP), (2, 0, 1, RIGHT, UP), (3, 1, 0, RIGHT, DOWN), (4, 1, 1, LEFT, DOWN))

_WINDOW = 0.15
"""The table shows the rules of the last 15 % of the iterations, at least three: single samples flicker."""


class RuleTable(VGroup):
    """What each sign of residual and weight does: the way the origin moves (arrow) and the slope turns.

    Rows: delta > 0 (the network is too low), delta < 0. Columns: w > 0, w < 0. Still; see RuleLights.
    """

    def __init__(self, theme: Theme, centre: tuple[float, float], width: float = 3.6, height: float = 2.0) -> None:
        super().__init__()
        self.cells: dict[int, Rectangle] = {}
        cell_width, cell_height = 0.5 * width, 0.5 * height
        for rule, row, column, origin_way, slope_way in _CELLS:
            x = centre[0] + (column - 0.5) * cell_width
            y = centre[1] + (0.5 - row) * cell_height
            cell = Rectangle(width=cell_width - 0.08, height=cell_height - 0.08, stroke_width=1.5)
            cell.set_stroke(theme.faint).set_fill(theme.background, opacity=0.9).move_to((x, y, 0.0))
            self.cells[rule] = cell
            name = words(f"rule {rule}", theme.muted, SMALL).move_to(cell).align_to(cell, UP).shift(0.1 * DOWN)
            picture = VGroup(
                level_arrow(theme.ink, origin_way, 0.32 * cell_width),
                turning_arm(theme.ink, slope_way, 0.26 * cell_width),
            ).arrange(RIGHT, buff=0.28)
            picture.move_to(cell.get_center() + 0.19 * DOWN)
            self.add(cell, name, picture)
        for column, source in enumerate(("w > 0", "w < 0")):
            head = formula(source, theme.ink, 30)
            self.add(head.move_to((centre[0] + (column - 0.5) * cell_width, centre[1] + 0.5 * height + 0.22, 0.0)))
        for row, (source, colour) in enumerate((("delta > 0", theme.too_low), ("delta < 0", theme.too_high))):
            y = centre[1] + (0.5 - row) * cell_height
            head = formula(source, theme.ink, 30).move_to((centre[0] - 0.5 * width - 0.3, y, 0.0), aligned_edge=RIGHT)
            bar = Rectangle(width=0.1, height=cell_height - 0.08, stroke_width=0).set_fill(colour, opacity=1.0)
            self.add(head, bar.move_to((centre[0] - 0.5 * width - 0.13, y, 0.0)))


def level_arrow(colour: str, way: Array, length: float) -> VMobject:
    """A solid arrow to the left or right: how an origin moves."""
    return _solid_arrow(colour, np.array([-0.5 * length, 0, 0]) * way[0], np.asarray(way, dtype=float), length)


def turning_arm(colour: str, way: Array, length: float) -> VGroup:
    """A level arm and the arm it turns into: how a slope changes."""
    before = VMobject(stroke_color=colour, stroke_width=3, stroke_opacity=0.45)
    before.points = corners(np.array([[0, 0, 0], [length, 0, 0]], dtype=float))
    after = VMobject(stroke_color=colour, stroke_width=5)
    after.points = corners(np.array([[0, 0, 0], [0.8 * length, 0.6 * length * way[1], 0]], dtype=float))
    return VGroup(before, after)


def _solid_arrow(colour: str, start: Array, way: Array, length: float) -> VMobject:
    across = np.array([-way[1], way[0], 0.0])
    head = min(0.2, 0.5 * length)
    outline = [(0, 0.04), (length - head, 0.04), (length - head, 0.13), (length, 0), (length - head, -0.13)]
    outline += [(length - head, -0.04), (0, -0.04), (0, 0.04)]
    arrow = VMobject(fill_color=colour, fill_opacity=1, stroke_width=0)
    arrow.points = corners(np.array([start + along * way + side * across for along, side in outline]))
    return arrow


class RuleLights(VGroup):
    """Lights the cells of a table by each rule's share of one neuron's motion just now."""

    def __init__(self, table: RuleTable, trajectory: Trajectory, neuron: int, theme: Theme) -> None:
        self._iterations = trajectory.iterations
        moves = np.abs(np.diff(trajectory.biases[:, neuron]))
        codes = rules(trajectory).codes[:, neuron]
        self._travelled = np.zeros((len(moves) + 1, 4))
        for rule in range(1, 5):
            np.cumsum(np.where(codes == rule, moves, 0.0), out=self._travelled[1:, rule - 1])
        lights = [
            table.cells[rule].copy().set_stroke(theme.neuron(neuron), width=5).set_fill(theme.neuron(neuron))
            for rule in range(1, 5)
        ]
        super().__init__(*lights)

    def show(self, moment: State) -> None:
        """Sets each light by the share of the origin's path that its rule brought lately."""
        first = moment.iteration - max(3.0, _WINDOW * moment.iteration)
        ends = np.searchsorted(self._iterations, (max(first, 0.0), moment.iteration))
        there = np.clip(ends, 0, len(self._travelled) - 1)
        path = self._travelled[there[1]] - self._travelled[there[0]]
        share = path / path.sum() if path.sum() > 0 else path
        for light, part in zip(self.submobjects, share, strict=True):
            light.set_fill(opacity=0.38 * float(part)).set_stroke(opacity=float(part) ** 0.5 if part > 0.02 else 0.0)
