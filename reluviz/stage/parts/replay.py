"""The one animation that moves everything from iteration a to iteration b."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from manim import Animation, Mobject, VGroup, linear

from reluviz.core import Trajectory
from reluviz.stage.parts.moment import Moment


class Part(Protocol):
    """Something on screen that is a pure function of the moment."""

    def show(self, moment: Moment) -> None:
        """Sets every point for this moment."""


class Rig(VGroup):
    """All that moves with one run. `rig.show(iteration)` sets the whole of it; nothing else does.

    parts: mobjects with `show(moment)`, drawn in this order. Add a rig to the scene after what stands still.
    """

    def __init__(self, trajectory: Trajectory, *parts: Any, at: float = 0.0) -> None:
        super().__init__(*parts)
        self.trajectory = trajectory
        self.iteration = at
        self.show(at)

    def include(self, *parts: Any) -> Rig:
        """Adds parts, set to the present moment."""
        self.add(*parts)
        self.show(self.iteration)
        return self

    def show(self, iteration: float, rate: str = "") -> Rig:
        """Moves every part to `iteration`; `rate` is the film's speed there, as shown."""
        self.iteration = iteration
        moment = Moment.of(self.trajectory, iteration, rate)
        for part in self.submobjects:
            part.show(moment)
        return self


class Clock(Protocol):
    """Which iteration is shown at which second; `reluviz.story.pacing.Pace` is one."""

    def iteration(self, second: float) -> float:
        """The iteration shown at `second` of the replay."""

    def label(self, second: float) -> str:
        """The film's speed at `second`, such as "×40"."""


class Replay(Animation):
    """Moves rigs through their runs: at second s of it, each stands at iteration `clock.iteration(s)`.

    clocks: one a rig, so that runs can go side by side.
    """

    def __init__(self, rigs: Sequence[Rig], clocks: Sequence[Clock], run_time: float) -> None:
        self.rigs, self.clocks = rigs, clocks
        super().__init__(
            rigs[0] if len(rigs) == 1 else VGroup(*rigs), run_time=run_time, rate_func=linear
        )

    def create_starting_mobject(self) -> Mobject:
        """Nothing: every frame is set from the run, so there is no start to copy."""
        return Mobject()

    def interpolate_mobject(self, alpha: float) -> None:
        """Sets every rig for the second that `alpha` (0 to 1) stands for."""
        second = alpha * self.run_time
        for rig, clock in zip(self.rigs, self.clocks, strict=True):
            rig.show(clock.iteration(second), clock.label(second) if 0 < alpha < 1 else "")
