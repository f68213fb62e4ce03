"""Where a run is held, the arrows of what moves it are drawn in: nothing moves that they would explain."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from manim import Animation, Mobject, linear

from reluviz.stage.parts.network.net_pushes import NetPushes
from reluviz.stage.parts.replay import STIRS, Rig


class Settle(Animation):
    """Draws the net pushes of a rig in, within STIRS seconds. The next replay draws them out again.

    It animates the rig, which is on stage, and so leaves the stage's order alone.
    """

    def __init__(self, rig: Rig) -> None:
        self.rig = rig
        self.arrows = next(part for part in rig.submobjects if isinstance(part, NetPushes))
        super().__init__(rig, run_time=STIRS, rate_func=linear)

    def begin(self) -> None:
        """Starts from how they are drawn."""
        self._stirred = self.rig.stirred
        super().begin()

    def create_starting_mobject(self) -> Mobject:
        """Nothing: every frame is set anew."""
        return Mobject()

    def interpolate_mobject(self, alpha: float) -> None:
        """Draws them in as far as the time that has gone says; another run time only makes it wait."""
        rig = self.rig
        rig.stirred = rig.moment.stirred = max(self._stirred - alpha * self.run_time / STIRS, 0.0)
        self.arrows.show(rig.moment)


def rigs_among(mobjects: Iterable[Mobject]) -> Iterator[Rig]:
    """The rigs among these mobjects, and among what they hold."""
    for mobject in mobjects:
        if isinstance(mobject, Rig):
            yield mobject
        else:
            yield from rigs_among(mobject.submobjects)


def with_arrows(mobjects: Iterable[Mobject]) -> Iterator[Rig]:
    """Those of them whose arrows are drawn."""
    for rig in rigs_among(mobjects):
        if rig.stirred and rig.moment.second > 0.0 and any(isinstance(part, NetPushes) for part in rig.submobjects):
            yield rig
