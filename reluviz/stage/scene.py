"""ExplainerScene: a narrated film of runs that are replayed, and the small gestures that films share."""

from __future__ import annotations

from typing import Any

from manim import UP, Animation, FadeIn, FadeOut, Group, Mobject, Rectangle, config, smooth

from reluviz.stage import manim_adapter
from reluviz.stage.narrated import NarratedScene
from reluviz.stage.network_view import NetworkView
from reluviz.stage.parts.gestures.opening_card import OpeningCard
from reluviz.stage.parts.replay import Replay, Rewind, Rig
from reluviz.story.pacing import Pace

_SHORTEST_REPLAY = 2.0
"""Seconds; where words leave less, the film goes on after them."""


class ExplainerScene(NarratedScene):
    """A narrated film whose rigs are replayed while the words last."""

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

    def open_on(self, view: NetworkView) -> None:
        """The film's first picture, under its opening card while the question is asked."""
        self.open_over(view.still, view.rig)

    def open_over(self, *picture: Mobject) -> None:
        """As `open_on`, over a picture that is no view of a run."""
        card = OpeningCard(self.theme, self.story)
        self.add(*picture, card)
        self.wait_until_second(self.renderer.time + self.seconds_left + 0.4)
        self.play(FadeOut(card), run_time=0.5)

    # --- small gestures ---------------------------------------------------------------------------------

    def play_below(self, *animations: Any) -> None:
        """Plays what passes the headline's place so that it goes below the headline and strikes no words."""
        plate = Rectangle(width=config.frame_width, height=1.1, stroke_width=0).to_edge(UP, buff=0.0)
        plate.set_fill(self.theme.background, opacity=1.0)
        on_top = plate if self.headline is None else Group(plate, self.headline)
        self.play(*animations, Animation(on_top))
        self.remove(plate)

    def reveal(self, *mobjects: Mobject, run_time: float = 0.8, shift: Any = 0.1 * UP) -> None:
        """Fades things in together, gently."""
        self.play(*(FadeIn(m, shift=shift) for m in mobjects), run_time=run_time, rate_func=smooth)
