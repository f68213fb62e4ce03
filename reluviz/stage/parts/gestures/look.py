"""Moving what is looked at: a plane zooms, shrinks or goes elsewhere; neurons step back. Nothing is replaced."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from manim import Animation, Mobject, VGroup, linear, smooth, there_and_back

from reluviz.stage.looks import Look

_LAG = 0.4
"""Of several that are pointed at, each begins this part of its time after the one before."""


class Turn(Animation):
    """Calls `show(part)` with a part from 0 to 1, eased unless told otherwise. `moved` is all that it sets."""

    def __init__(
        self,
        moved: Mobject,
        show: Callable[[float], None],
        run_time: float = 1.5,
        rate_func: Callable[[float], float] = smooth,
    ) -> None:
        self.show = show
        super().__init__(moved, run_time=run_time, rate_func=rate_func)

    def create_starting_mobject(self) -> Mobject:
        """Nothing: every frame is set anew, so there is no start to copy."""
        return Mobject()

    def interpolate_mobject(self, alpha: float) -> None:
        """Shows the part that `alpha` (0 to 1) of the time stands for."""
        self.show(float(self.rate_func(alpha)))


class LookAt(Turn):
    """Takes a view's plane to another look (ranges, box), and with it all that stands in it.

    Ranges change, not the camera: text, discs and strokes keep their size. `piece`: what the run is to be replayed by
    meanwhile, or None where it stands still.
    """

    def __init__(self, view: Any, look: Look, run_time: float = 1.5) -> None:
        self.view, self.look = view, look
        super().__init__(VGroup(view.still, view.rig), self._look, run_time)

    def begin(self) -> None:
        """Starts from what is looked at then."""
        self._before = self.view.plane.look
        super().begin()

    def _look(self, part: float) -> None:
        self.view.plane.travel(self._before, self.look, part)
        self.view.rig.show(self.view.rig.moment.second)


class Strengthen(Turn):
    """Shows neurons more or less strongly: `strengths` gives, by index from 0, those that change (1: fully)."""

    def __init__(self, view: Any, strengths: Mapping[int, float], run_time: float = 0.6) -> None:
        self.view, self.strengths = view, strengths
        super().__init__(view.rig, self._dim, run_time)

    def begin(self) -> None:
        """Starts from how they are shown then."""
        self._before = self.view.strength.copy()
        self._after = self._before.copy()
        for index, strength in self.strengths.items():
            self._after[index] = strength
        super().begin()

    def _dim(self, part: float) -> None:
        self.view.strength[:] = self._before + part * (self._after - self._before)
        self.view.rig.show(self.view.rig.moment.second)


class PointAt(Turn):
    """The discs of these neurons (from 0) swell one after another, and shrink again."""

    def __init__(self, view: Any, neurons: Sequence[int], run_time: float = 1.5) -> None:
        def show(part: float) -> None:
            for k, i in enumerate(neurons):
                own = min(max((part * (1 + _LAG * (len(neurons) - 1)) - _LAG * k), 0.0), 1.0)
                view.marks.swell[i] = 1.0 + 0.5 * float(there_and_back(own))
            view.rig.show(view.rig.moment.second)

        super().__init__(view.rig, show, run_time, rate_func=linear)


class Fuse(Turn):
    """The discs of a group of neurons (from 0) become one, of as many parts, at the mean of their origins by weight."""

    def __init__(self, view: Any, group: tuple[int, ...], run_time: float = 1.0) -> None:
        def show(part: float) -> None:
            view.marks.fused[group] = part
            view.rig.show(view.rig.moment.second)

        super().__init__(view.rig, show, run_time)
