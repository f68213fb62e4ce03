"""Where a run is held, the arrows of what moves it are drawn in: nothing moves that they would explain."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from manim import Animation, Mobject, VGroup, linear

from reluviz.stage.parts.network.net_pushes import NetPushes
from reluviz.stage.parts.replay import STIRS, Rig


class Settle(Animation):
    """Draws the net pushes of rigs in, within STIRS seconds. The next replay draws them out again."""

    def __init__(self, rigs: Sequence[Rig]) -> None:
        self.rigs = rigs
        super().__init__(VGroup(*(arrows_of(rig) for rig in rigs)), run_time=STIRS, rate_func=linear)

    def begin(self) -> None:
        """Starts from how they are drawn."""
        self._stirred = [rig.stirred for rig in self.rigs]
        super().begin()

    def create_starting_mobject(self) -> Mobject:
        """Nothing: every frame is set anew."""
        return Mobject()

    def interpolate_mobject(self, alpha: float) -> None:
        """Draws them in as far as the time that has gone says; another run time only makes it wait."""
        for rig, stirred in zip(self.rigs, self._stirred, strict=True):
            rig.stirred = rig.moment.stirred = max(stirred - alpha * self.run_time / STIRS, 0.0)
            arrows_of(rig).show(rig.moment)


def arrows_of(rig: Rig) -> NetPushes:
    """The rig's net pushes. Raises StopIteration where it has none."""
    return next(part for part in rig.submobjects if isinstance(part, NetPushes))


def with_arrows(mobjects: Iterable[Mobject]) -> Iterator[Rig]:
    """The rigs among these mobjects, and among what they hold, whose arrows are drawn."""
    for mobject in mobjects:
        if not isinstance(mobject, Rig):
            yield from with_arrows(mobject.submobjects)
            continue
        has_some = any(isinstance(part, NetPushes) for part in mobject.submobjects)
        if has_some and mobject.stirred and mobject.moment.second > 0.0:
            yield mobject
