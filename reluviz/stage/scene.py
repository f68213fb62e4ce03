"""ExplainerScene: a narrated film of runs that are replayed, and the small gestures that films share."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from manim import (
    UP,
    Animation,
    FadeOut,
    Group,
    Mobject,
    Rectangle,
    VGroup,
    config,
    smooth,
    squish_rate_func,
)

from reluviz.stage import manim_adapter
from reluviz.stage.narrated import NarratedScene
from reluviz.stage.network_view import NetworkView
from reluviz.stage.parts.gestures.glances import Glances
from reluviz.stage.parts.gestures.opening_card import OpeningCard
from reluviz.stage.parts.gestures.settle import Settle, rigs_among, with_arrows
from reluviz.stage.parts.replay import STIRS, Replay, Rewind, Rig
from reluviz.stage.record import replays
from reluviz.story.pacing import Pace

_SHORTEST_REPLAY = 2.0
"""Seconds; where words leave less, the film goes on after them."""

_CARD_LEAVES = 0.5
"""Seconds in which the opening card goes."""


class ExplainerScene(NarratedScene):
    """A narrated film whose rigs are replayed while the words last."""

    # --- time -------------------------------------------------------------------------------------------

    def play(self, *animations: Any, **kwargs: Any) -> None:
        """Plays; a part that fades out leaves its rig, and the arrows of runs that none of it moves are drawn in."""
        for one in animations:
            if isinstance(one, FadeOut):
                self._leave_rigs(one.mobject, *one.mobject.submobjects)
        moved = {rig for one in replays(animations) for rig in one.rigs}
        held = [rig for rig in with_arrows(self.mobjects) if rig not in moved]
        super().play(*animations, *map(Settle, held), **kwargs)

    def _leave_rigs(self, *parts: Mobject) -> None:
        """What fades is no longer set for every moment: the two would be at odds over its points."""
        if not isinstance(parts[0], Rig):
            for rig in list(rigs_among(self.mobjects)):
                rig.remove(*(part for part in parts if part in rig.submobjects))

    def wait_until_second(self, second: float) -> None:
        """Holds the picture until this second of the film, without arrows unless it is for a moment only."""
        if second - self.renderer.time > 2 * STIRS and any(with_arrows(self.mobjects)):
            self.play()
        super().wait_until_second(second)

    # --- runs -------------------------------------------------------------------------------------------

    def replay(
        self,
        *rigs: Rig,
        until: str | None = None,
        seconds: float | None = None,
        span: tuple[float, float] | None = None,
    ) -> None:
        """Replays the beat's stretch of iterations (or `span`) while its narration lasts.

        It goes on from where the first rig stands in the stretch, else from the stretch's start. At each of the
        beat's stops it stands at that iteration when the mark is said; two stops at one iteration hold it there.
        until: a mark; the replay ends with it, at its stop's iteration, or at the stretch's end if it is no stop.
        Several rigs stand at the same iteration at every moment, at the pace that the one with more motion needs.
        """
        first, last = span if span is not None else (self._beat.first, self._beat.last)
        here = rigs[0].iteration if first <= rigs[0].iteration < last else first
        for mark, iteration in self._beat.stops.items():
            if self.record.has_reached(self._beat, mark):
                continue
            if iteration > here:
                self._replay(rigs, here, iteration, self.until(mark))
                here = iteration
            else:
                self.at(mark)
            if mark == until:
                return
        left = self.seconds_left if seconds is None else seconds
        self._replay(rigs, here, last, max(left, _SHORTEST_REPLAY) if until is None else self.until(until))

    def rewind(self, *rigs: Rig, until: str | None = None, to: float = 0.0) -> None:
        """Takes rigs back, for all to see, to second `to` of what has been replayed of them, until [mark] is said
        or while the narration lasts."""
        self.play(Rewind(rigs, max(self.seconds_left, _SHORTEST_REPLAY) if until is None else self.until(until), to))

    def _replay(self, rigs: tuple[Rig, ...], first: float, last: float, seconds: float) -> None:
        clock = Pace([rig.trajectory for rig in rigs], first, last, manim_adapter.whole_frames(seconds))
        self.play(Replay(rigs, [clock] * len(rigs)))

    def open_on(self, *views: NetworkView) -> None:
        """The film's first picture, under its opening card while the question is asked; samples flash meanwhile."""
        self.open_over(*(part for view in views for part in (view.still, view.rig)), glances=map(Glances.on, views))

    def open_over(self, *picture: Mobject, glances: Iterable[Glances] = ()) -> None:
        """As `open_on`, over a picture that is no view of a run, with what is looked at on it."""
        card, looks = OpeningCard(self.theme, self.story), VGroup(*glances)
        self.add(*picture, looks, card)
        seconds = manim_adapter.whole_frames(self.seconds_left + 0.4 + _CARD_LEAVES)
        leaving = FadeOut(card, rate_func=squish_rate_func(smooth, 1.0 - _CARD_LEAVES / seconds, 1.0))
        self.play(leaving, *(look.pass_by(seconds) for look in looks), run_time=seconds)
        self.remove(looks)

    # --- small gestures ---------------------------------------------------------------------------------

    def play_below(self, *animations: Any) -> None:
        """Plays what passes the headline's place so that it goes below the headline and strikes no words."""
        plate = Rectangle(width=config.frame_width, height=1.1, stroke_width=0).to_edge(UP, buff=0.0)
        plate.set_fill(self.theme.background, opacity=1.0)
        on_top = plate if self.headline is None else Group(plate, self.headline)
        self.play(*animations, Animation(on_top))
        self.remove(plate)
