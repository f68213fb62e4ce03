"""How many runs of a hundred reach the global optimum, against one setting: a curve with a dot a value, or bars."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from manim import LEFT, ORIGIN, RIGHT, UP, Circle, VGroup, VMobject

from reluviz.stage.looks import Look
from reluviz.stage.parts.gestures.look import Turn
from reluviz.stage.plane import Plane, Points, corners, segments
from reluviz.stage.typesetting import words
from reluviz.sweep.judge import Outcome
from reluviz.theme import LABEL, SMALL, Theme

WIDE = {"centre": (0.35, -0.15), "width": 11.6, "height": 4.9}
_TOP = 1.14
_DOT = 0.1
_HATCH = 0.16
"""Between two lines of a hatching, in frame units."""


def percent(share: float) -> str:
    """A share as it is read: whole percents, and a tenth near either end where whole ones would say all or none."""
    return f"{share:.1%}" if 0.99 < share < 1 or 0 < share < 0.01 else f"{share:.0%}"


class Curve(VGroup):
    """Shares over their values; `show(x)` draws it up to that value, with its figures; at first nothing is drawn."""

    def __init__(
        self, plane: Plane, shares: Mapping[float, float], colour: str, labels: Sequence[float] | None = None
    ) -> None:
        theme = plane.theme
        self.plane, self.x, self._shares = plane, np.array(list(shares)), np.array(list(shares.values()))
        self._circle = Circle(radius=_DOT).points
        self.line = VMobject(stroke_color=colour, stroke_width=5)
        self.dots = VMobject(fill_color=colour, fill_opacity=1, stroke_width=0)
        self.figures = VGroup()
        super().__init__(self.line, self.dots, self.figures)
        for x, share in shares.items():
            if labels is None or x in labels:
                figure = words(percent(share), theme.ink, SMALL, strong=True)
                figure.reached = x
                self.figures.add(figure)
        self.reached = float(self.x[0])
        self.follow()

    def follow(self) -> None:
        """Goes where its plane is now."""
        self.points_at = self.plane.at(self.x, self._shares)
        for figure in self.figures:
            k = int(np.searchsorted(self.x, figure.reached))
            across, along, _ = self.points_at[k] - self.points_at[max(k - 1, 0)]
            beside = LEFT if -along > across else ORIGIN  # where the curve drops steeply, not in its way
            figure.next_to(self.points_at[k], UP, buff=0.27, aligned_edge=beside)
        self.show(self.reached)

    def show(self, x: float) -> None:
        """Draws it up to this value."""
        self.reached = x
        drawn = self.x <= x + 1e-9
        line = np.concatenate((self.points_at[drawn], self.tip[None]))
        self.line.points = corners(line)
        self.dots.points = np.concatenate([self._circle + point for point in self.points_at[drawn]])
        for figure in self.figures:
            figure.set_opacity(1.0 if figure.reached <= x + 1e-9 else 0.0)

    @property
    def tip(self) -> Points:
        """The frame point that it has reached."""
        return self.at(self.reached)

    def at(self, x: float) -> Points:
        """The frame point of the curve at this value."""
        return np.array([np.interp(x, self.x, column) for column in self.points_at.T])

    def grow(self, x: float, run_time: float, also: Any = None) -> Turn:
        """On to this value; `also`, a mobject with show(x), goes along."""
        start = self.reached

        def show(part: float) -> None:
            now = start + part * (x - start)
            self.show(now)
            if also is not None:
                also.show(now)

        return Turn(self if also is None else VGroup(self, also), show, run_time)


class Marker(VMobject):
    """A ring on a curve at a value: the one that is spoken of."""

    def __init__(self, curve: Curve, colour: str) -> None:
        super().__init__(stroke_color=colour, stroke_width=6)
        self.curve = curve
        self._ring = Circle(radius=0.2).points
        self.show(curve.reached)

    def show(self, x: float) -> None:
        """Moves to this value."""
        self.x = x
        self.points = self._ring + self.curve.at(x)

    def go(self, x: float, run_time: float) -> Turn:
        """Along the curve to this value."""
        start = self.x
        return Turn(self, lambda part: self.show(start + part * (x - start)), run_time)


class Bar(VGroup):
    """A bar from the axis up to a share, its figure above; `show(part)` has it grown to this part (0 to 1).

    within: a share that is part of it and hatched, in `hatching`, which is not drawn unless it is added.
    """

    def __init__(
        self, plane: Plane, x: float, share: float, colour: str, *, width: float = 1.1, within: float = 0.0
    ) -> None:
        theme = plane.theme
        self._foot, self._top = plane.at(x, 0.0), plane.at(x, share)
        self._half = width / 2
        self.fill = VMobject(fill_color=colour, fill_opacity=1, stroke_width=0)
        self.figure = words(percent(share), theme.ink, SMALL, strong=True).next_to(self._top, UP, buff=0.17)
        self.hatching = VMobject(stroke_color=theme.background, stroke_width=4)
        self.hatching.points = self._hatched(float(plane.at(x, within)[1]))
        super().__init__(self.fill, self.figure)
        self.show(1.0)

    def show(self, part: float) -> None:
        """Sets its height."""
        left, right = self._foot[0] - self._half, self._foot[0] + self._half
        bottom = self._foot[1]
        top = bottom + part * (self._top[1] - bottom)
        turns = [(left, bottom, 0), (right, bottom, 0), (right, top, 0), (left, top, 0), (left, bottom, 0)]
        self.fill.points = corners(np.array(turns))
        self.figure.move_to((self._foot[0], top + 0.3, 0.0))
        self.figure.set_opacity(1.0 if part == 1.0 else 0.0)

    def grow(self, run_time: float) -> Turn:
        """From the axis to its height."""
        return Turn(self, self.show, run_time)

    def _hatched(self, top: float) -> Points:
        left, right, bottom = self._foot[0] - self._half, self._foot[0] + self._half, self._foot[1]
        levels = np.arange(bottom - 2 * self._half, top, _HATCH)
        starts, ends = np.zeros((len(levels), 3)), np.zeros((len(levels), 3))
        low, high = np.maximum(levels, bottom), np.minimum(levels + 2 * self._half, top)
        starts[:, 0], starts[:, 1] = left + low - levels, low
        ends[:, 0], ends[:, 1] = np.minimum(left + high - levels, right), high
        seen = high > low
        return segments(starts[seen], ends[seen])


class SuccessChart:
    """Axes from none to all of the runs over `values`, named below, with curves and bars on them.

    still: add first. box: of the plane, as Plane takes it. ticks: of its values, all unless told otherwise; as a
    mapping, with what each is called. room: how far the axis goes beyond them, as a part of its length.
    """

    def __init__(
        self,
        theme: Theme,
        values: Sequence[float],
        name: str,
        *,
        ticks: Sequence[float] | Mapping[float, str] | None = None,
        box: Mapping[str, Any] = WIDE,
        room: float = 0.06,
    ) -> None:
        low, high = min(values), max(values)
        beyond = room * (high - low)
        self.theme = theme
        self.plane = Plane(
            theme,
            (low - beyond, high + beyond),
            (0.0, _TOP),
            **box,
            x_ticks=list(ticks.items()) if isinstance(ticks, Mapping) else [(x, f"{x:g}") for x in ticks or values],
            y_ticks=[(share, f"{share:.0%}") for share in (0.0, 0.25, 0.5, 0.75, 1.0)],
        )
        self.name = words(name, theme.ink, LABEL)
        self.measure = words("runs that reach the best fit", theme.muted, SMALL)
        self.still = VGroup(self.plane, self.name, self.measure)
        self.look_at(self.plane.look)

    def look_at(self, look: Look) -> None:
        """Stands in the box of this look."""
        self.plane.look_at(look)
        foot = self.plane.at(look.x_range[1], 0.0) - (0.0, 0.62, 0.0)
        self.name.move_to(foot).align_to(foot, RIGHT).align_to(foot, UP)
        top = self.plane.at(look.x_range[0], _TOP)
        self.measure.next_to(top, UP, buff=0.08).align_to(top, LEFT)

    def go_to(self, box: Mapping[str, Any], curve: Curve, marker: Marker, run_time: float) -> Turn:
        """Becomes wider or narrower, its curve and the ring on it going along."""
        before = self.plane.look
        after = replace(before, **box)

        def show(part: float) -> None:
            self.look_at(before.towards(after, part))
            curve.follow()
            marker.show(marker.x)

        return Turn(VGroup(self.still, curve, marker), show, run_time)

    def curve(self, shares: Mapping[float, float], labels: Sequence[float] | None = None) -> Curve:
        """The shares over their values; labels: at which of them figures stand, all unless told otherwise."""
        return Curve(self.plane, shares, self.theme.outcomes[Outcome.GLOBAL_OPTIMUM], labels)

    def bar(self, x: float, share: float, *, colour: str | None = None, width: float = 1.1, within: float = 0.0) -> Bar:
        """A bar at this value."""
        colour = colour or self.theme.outcomes[Outcome.GLOBAL_OPTIMUM]
        return Bar(self.plane, x, share, colour, width=width, within=within)
