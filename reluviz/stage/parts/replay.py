"""The animations that move a run on screen: on along its timeline, or back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from manim import Animation, Mobject, VGroup, linear, smooth

from reluviz.core import Trajectory
from reluviz.core.network import Array
from reluviz.stage.parts.moment import Moment
from reluviz.story.timeline import Piece, Timeline

STIRS = 0.4
"""Seconds in which arrows of what moves a run are drawn out as it starts to move, and in as it is held."""


class Rig(VGroup):
    """All that moves with one run, along its timeline. `rig.show(second)` sets the whole of it; nothing else does.

    parts: mobjects with `show(moment)`, drawn in this order. Add a rig to the scene after what stands still.
    beside: the rig of the picture in which this one is but a ghost; it may be held meanwhile.
    """

    def __init__(self, trajectory: Trajectory, *parts: Any, at: float = 0.0, beside: Rig | None = None) -> None:
        super().__init__(*parts)
        self.beside = beside
        self.trajectory = trajectory
        self.stirred = 1.0
        """As a moment's; `Replay` draws the arrows out, `Settle` in."""
        self.jump(at)

    def include(self, *parts: Any, below: Any = None) -> Rig:
        """Adds parts, set to the present moment, drawn last or just below a part that is there."""
        place = len(self.submobjects) if below is None else self.submobjects.index(below)
        self.submobjects[place:place] = parts
        return self.show(self.moment.second)

    def show(self, second: float) -> Rig:
        """Moves every part to this second of the timeline."""
        self.moment = Moment(self.trajectory, self.timeline, second)
        self.moment.stirred = self.stirred
        for part in self.submobjects:
            part.show(self.moment)
        return self

    def jump(self, iteration: float) -> Rig:
        """Stands at `iteration` from now on, and forgets how it came there."""
        self.timeline = Timeline.jumped(iteration)
        return self.show(0.0)

    def extend(self, piece: Piece) -> float:
        """Puts `piece` at the timeline's end; gives the second at which it begins."""
        self.timeline = self.timeline.then(piece)
        return self.timeline.seconds - piece.seconds

    @property
    def iteration(self) -> float:
        """Where it stands."""
        return self.moment.iteration


class Replay(Animation):
    """Moves rigs on by one piece of clock each, all as long as the first; runs can so go side by side.

    also: what an animation made of this one moves besides.
    """

    def __init__(self, rigs: Sequence[Rig], pieces: Sequence[Piece], *also: Mobject) -> None:
        self.rigs, self.pieces = rigs, pieces
        moved = (*rigs, *also)
        super().__init__(
            moved[0] if len(moved) == 1 else VGroup(*moved), run_time=pieces[0].seconds, rate_func=linear
        )

    def begin(self) -> None:
        """Puts the pieces at the ends of the timelines."""
        self._begins = [rig.extend(piece) for rig, piece in zip(self.rigs, self.pieces, strict=True)]
        self._stirred = [rig.stirred for rig in self.rigs]
        super().begin()

    def iterations(self, parts: Array) -> list[Array]:
        """For each rig the iterations it shows at these parts (0 to 1) of the time."""
        return [piece.iteration(parts * self.run_time) for piece in self.pieces]

    def create_starting_mobject(self) -> Mobject:
        """Nothing: every frame is set from the run, so there is no start to copy."""
        return Mobject()

    def interpolate_mobject(self, alpha: float) -> None:
        """Sets every rig for the second that `alpha` (0 to 1) stands for."""
        gone = alpha * self.run_time
        for rig, begin, stirred in zip(self.rigs, self._begins, self._stirred, strict=True):
            rig.stirred = min(stirred + gone / STIRS, 1.0)
            rig.show(begin + gone)


class Rewind(Animation):
    """Takes rigs back, visibly, to second `to` of their timelines; what came after counts as never shown."""

    def __init__(self, rigs: Sequence[Rig], run_time: float, to: float = 0.0) -> None:
        self.rigs, self.to = rigs, to
        super().__init__(rigs[0] if len(rigs) == 1 else VGroup(*rigs), run_time=run_time, rate_func=linear)

    def begin(self) -> None:
        """Keeps the timelines as they were."""
        self._before = [rig.timeline for rig in self.rigs]
        self._stirred = [rig.stirred for rig in self.rigs]
        super().begin()

    def iterations(self, parts: Array) -> list[Array]:
        """For each rig the iterations it shows at these parts (0 to 1) of the time."""
        return [timeline.iteration(self._seconds(timeline, parts)) for timeline in self._before]

    def create_starting_mobject(self) -> Mobject:
        """Nothing: every frame is set from the run."""
        return Mobject()

    def interpolate_mobject(self, alpha: float) -> None:
        """Shortens every timeline to what is still to be seen, so that a wake is pulled up again."""
        for rig, timeline, stirred in zip(self.rigs, self._before, self._stirred, strict=True):
            rig.stirred = max(stirred - alpha * self.run_time / STIRS, 0.0)
            second = float(self._seconds(timeline, np.array(alpha)))
            rig.timeline = timeline.rewound(second)
            rig.show(second)

    def _seconds(self, timeline: Timeline, parts: Array) -> Array:
        eased = np.array([smooth(part) for part in np.ravel(parts)]).reshape(parts.shape)
        return timeline.seconds + (self.to - timeline.seconds) * eased
