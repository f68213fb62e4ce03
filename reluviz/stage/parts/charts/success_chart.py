"""How many runs of a hundred reach the global optimum, against one setting: a line with a dot for each value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, Circle, Line, VGroup, VMobject

from reluviz.core.network import Array
from reluviz.stage.plane import Plane, corners
from reluviz.stage.typesetting import words
from reluviz.sweep.judge import Outcome
from reluviz.theme import BODY, LABEL, SMALL, Theme

_BOX = {"centre": (0.2, -0.3), "width": 11.6, "height": 4.8}
_TOP = 1.14
_DOT = 0.1


def percent(share: float) -> str:
    """A share as it is read: whole percents, and a tenth near either end where whole ones would say all or none."""
    return f"{share:.1%}" if 0.99 < share < 1 or 0 < share < 0.01 else f"{share:.0%}"


class Curve(VGroup):
    """Shares over their values; `show(part)` draws it up to that part (0 to 1) of its length, with its figures."""

    def __init__(
        self, plane: Plane, shares: Mapping[float, float], colour: str, labels: Sequence[float] | None = None
    ) -> None:
        theme = plane.theme
        self._x = np.array(list(shares))
        self._points = plane.at(self._x, np.array(list(shares.values())))
        self._circle = Circle(radius=_DOT).points
        self.line = VMobject(stroke_color=colour, stroke_width=5)
        self.dots = VMobject(fill_color=colour, fill_opacity=1, stroke_width=0)
        self.figures = VGroup()
        super().__init__(self.line, self.dots, self.figures)
        for point, (x, share) in zip(self._points, shares.items(), strict=True):
            if labels is None or x in labels:
                figure = words(percent(share), theme.ink, SMALL, strong=True).next_to(point, UP, buff=0.17)
                figure.reached = x
                self.figures.add(figure)
        self.show(1.0)

    def show(self, part: float) -> None:
        """Draws this part of the curve."""
        where = part * (len(self._x) - 1)
        numbers = np.arange(len(self._x), dtype=float)
        reached = numbers <= where + 1e-9
        tip = np.array([np.interp(where, numbers, column) for column in self._points.T])
        self.line.points = corners(np.concatenate((self._points[reached], tip[None])))
        self.dots.points = np.concatenate([self._circle + point for point in self._points[reached]])
        x = float(np.interp(where, numbers, self._x))
        for figure in self.figures:
            figure.set_opacity(1.0 if figure.reached <= x + 1e-9 else 0.0)


class SuccessChart:
    """Axes from none to all of the runs over `values`, named below, and curves on them.

    still: add first. curve(shares): a line in the optimum's colour, or another.
    """

    def __init__(self, theme: Theme, values: Sequence[float], name: str, ticks: Sequence[float] | None = None) -> None:
        low, high = min(values), max(values)
        room = 0.06 * (high - low)
        self.theme = theme
        self.plane = Plane(
            theme,
            (low - room, high + room),
            (0.0, _TOP),
            **_BOX,  # type: ignore[arg-type]
            x_ticks=[(x, f"{x:g}") for x in (ticks or values)],
            y_ticks=[(share, f"{share:.0%}") for share in (0.0, 0.25, 0.5, 0.75, 1.0)],
        )
        label = words(name, theme.ink, LABEL)
        foot = self.plane.at(high + room, 0.0) - (0.0, 0.62, 0.0)
        self.name = label.move_to(foot).align_to(foot, RIGHT).align_to(foot, UP)
        top = self.plane.at(low - room, _TOP)
        self.measure = words("runs that reach the global optimum", theme.muted, SMALL)
        self.measure.next_to(top, UP, buff=0.1).align_to(top, LEFT)
        self.still = VGroup(self.plane, self.name, self.measure)

    def curve(
        self, shares: Mapping[float, float], colour: str | None = None, labels: Sequence[float] | None = None
    ) -> Curve:
        """The shares over their values; labels: at which of them figures stand, all unless told otherwise."""
        return Curve(self.plane, shares, colour or self.theme.outcomes[Outcome.GLOBAL_OPTIMUM], labels)

    def tag(self, text: str, at: tuple[float, float], colour: str) -> VMobject:
        """The name of a curve, beside a point of it."""
        return words(text, colour, LABEL, strong=True).next_to(self.plane.at(*at), DOWN, buff=0.2)


class OutcomeBars(VGroup):
    """Groups of runs as level bars below their names, the outcomes in them side by side; all to one scale.

    rows: (name, counts by outcome, note). corner: the first name's left end; width: of the longest bar.
    """

    def __init__(
        self, theme: Theme, rows: Sequence[tuple[str, Array, str]], corner: tuple[float, float], width: float
    ) -> None:
        super().__init__()
        unit = width / max(float(np.sum(counts)) for _, counts, _ in rows)
        for k, (name, counts, note) in enumerate(rows):
            here = np.array((corner[0], corner[1] - 2.1 * k, 0.0))
            row = VGroup(words(name, theme.ink, LABEL).move_to(here, aligned_edge=LEFT))
            ends = np.concatenate(([0.0], np.cumsum(counts))) * unit
            for left, right, colour in zip(ends[:-1], ends[1:], theme.outcomes, strict=True):
                if right > left:
                    box = [(left, -0.4), (right, -0.4), (right, -0.82), (left, -0.82), (left, -0.4)]
                    bar = VMobject(fill_color=colour, fill_opacity=1, stroke_width=0)
                    bar.points = corners(np.array([(*point, 0.0) for point in box]) + here)
                    row.add(bar)
            row.add(words(note, theme.ink, LABEL, strong=True).move_to(here + (0.0, -1.18, 0.0), aligned_edge=LEFT))
            self.add(row)


class Gains(VGroup):
    """Before and after: shares of success on one level axis, an arrow for each row, to bring in one at a time.

    rows: (what to do, how it was done before and after, share before, share after).
    """

    def __init__(self, theme: Theme, rows: Sequence[tuple[str, str, float, float]]) -> None:
        super().__init__()
        left, width, top, step = -1.2, 6.6, 1.7, 1.55
        good = theme.outcomes[Outcome.GLOBAL_OPTIMUM]
        self.axis = VGroup()
        for share in (0.0, 0.25, 0.5, 0.75, 1.0):
            x = left + width * share
            bottom = top - step * (len(rows) - 1) - 0.75
            self.axis.add(Line((x, bottom, 0), (x, top + 0.5, 0), color=theme.faint, stroke_width=2))
            self.axis.add(words(f"{share:.0%}", theme.muted, SMALL).move_to((x, bottom - 0.3, 0)))
        for k, (name, how, before, after) in enumerate(rows):
            y = top - step * k
            start, end = (np.array((left + width * share, y, 0.0)) for share in (before, after))
            texts = VGroup(
                words(name, theme.ink, BODY).move_to((-6.4, y + 0.2, 0), aligned_edge=LEFT),
                words(how, theme.muted, SMALL).move_to((-6.4, y - 0.28, 0), aligned_edge=LEFT),
            )
            shaft = Line(start, end, color=good, stroke_width=6)
            dots = VGroup(
                Circle(radius=_DOT, fill_color=theme.muted, fill_opacity=1, stroke_width=0).move_to(start),
                Circle(radius=1.4 * _DOT, fill_color=good, fill_opacity=1, stroke_width=0).move_to(end),
            )
            figures = VGroup(
                words(percent(before), theme.muted, SMALL, strong=True).next_to(start, UP, buff=0.2),
                words(percent(after), theme.ink, LABEL, strong=True).next_to(end, UP, buff=0.22),
            )
            self.add(VGroup(texts, shaft, dots, figures))
