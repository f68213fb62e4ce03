"""ExplainerScene: beats that keep narration, captions, headline and picture together."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from manim import DOWN, LEFT, UP, Create, FadeIn, FadeOut, Group, Mobject, Scene, config, smooth, squish_rate_func

from reluviz import __version__
from reluviz.core import Trajectory
from reluviz.errors import UserError
from reluviz.stage import manim_adapter
from reluviz.stage.parts.replay import Replay, Rewind, Rig
from reluviz.stage.typesetting import register_fonts, words
from reluviz.stage.views import StartAndEnd, Workbench
from reluviz.story.pacing import Pace
from reluviz.story.script import Beat, Story, tell
from reluviz.theme import HEADLINE, HEADLINE_Y, SAFE_X, Theme, theme_named
from reluviz.voice.captions import cues
from reluviz.voice.speech import Voice, voice

_VOICE_FOLDER = Path("media/voice")
"""Narrations once spoken, for all films and whatever folder each is rendered in."""

_BREATH = 0.35
"""Seconds of quiet before and after a beat's narration."""


def encoder_options(frame_rate: float) -> dict[str, str]:
    """x264 settings for teaching films: flat colours, thin lines, quick seeking, colours as rendered.

    A keyframe at least every two seconds. Manim converts with the matrix of BT.601 and leaves that untagged,
    which browsers would read as BT.709: so say what it is. Preset and crf: see benchmarks/results.md.
    """
    return {
        "preset": "veryfast",
        "crf": "19",
        "g": str(max(1, round(2 * frame_rate))),
        "x264-params": "colorprim=bt709:transfer=bt709:colormatrix=smpte170m",
    }


class ExplainerScene(Scene):
    """A narrated film told by the script `script` (reluviz/story/scripts/NAME.toml).

    Each `with self.beat(name):` is one section: its headline appears, its narration and captions start, the
    block plays its pictures, and the section ends when both have.
    """

    script: str

    def __init__(
        self,
        *args: Any,
        theme: Theme | None = None,
        voice: Voice | None = None,
        story: Story | None = None,
        on_beat: Callable[[Beat], None] = lambda beat: None,
        **kwargs: Any,
    ) -> None:
        """theme, voice, story: as `setup` reads them from the environment where they are not given.

        on_beat: called as each beat begins. What is left goes to Manim.
        """
        manim_adapter.use_encoder(encoder_options(float(config.frame_rate)))
        self._given = (theme, voice, story)
        self._on_beat = on_beat
        super().__init__(*args, **kwargs)

    def setup(self) -> None:
        """Fills from the environment what was not given. A user's mistake ends in one line and exit code 2."""
        theme, told_by, story = self._given
        try:
            self.theme = theme or theme_named(os.environ.get("RELUVIZ_THEME") or "dark")
            self.voice = told_by or voice(os.environ.get("RELUVIZ_VOICE") or "hibari", _VOICE_FOLDER)
            self.story = story or self.tell(os.environ)
        except UserError as mistake:
            print(f"{type(self).__name__}: {mistake}", file=sys.stderr)
            raise SystemExit(2) from None
        register_fonts()
        self.camera.background_color = self.theme.background
        self.headline: Mobject | None = None
        self._beat_end = 0.0
        self._beat: Beat | None = None
        self._told: list[Beat] = []
        self._starts: list[float] = []

    def tell(self, environment: Mapping[str, str]) -> Story:
        """The film's story where none is given: told by its script, or by what the environment names."""
        return tell(self.script)

    def render(self, *args: Any, **kwargs: Any) -> bool:
        """Renders; leaves a film's contents (JSON) beside it and clears away the sound track that Manim leaves."""
        rerun = super().render(*args, **kwargs)
        if film := manim_adapter.film_file(self):
            film.with_suffix(".wav").unlink(missing_ok=True)
            film.with_suffix(".json").write_text(json.dumps(self.contents(), indent=1, ensure_ascii=False) + "\n")
        return rerun

    def contents(self) -> dict[str, Any]:
        """What the rendered film holds: its beats with their seconds, the runs and sweeps it shows, how it was made."""
        ends = [*self._starts[1:], self.renderer.time]
        return {
            "name": self.story.name,
            "title": self.story.title,
            "source": self.story.source,
            "version": __version__,
            "theme": self.theme.name,
            "voice": self.voice.name,
            "frame_rate": float(config.frame_rate),
            "duration": self.renderer.time,
            "beats": [
                {"name": b.name, "headline": b.headline, "start": start, "end": end, "narration": b.narration}
                for b, start, end in zip(self._told, self._starts, ends, strict=True)
            ],
            "runs": {
                name: {"experiment": facts.trajectory.name, "digest": facts.trajectory.digest()}
                for name, facts in self.story.facts.items()
            },
            "sweeps": {
                name: {"experiment": sweep.result.sweep.experiment.name, "digest": sweep.result.sweep.digest}
                for name, sweep in self.story.sweeps.items()
            },
        }

    # --- time -------------------------------------------------------------------------------------------

    def play(self, *animations: Any, **kwargs: Any) -> None:
        """Plays; the clock stays that of the frames written."""
        manim_adapter.play_in_time(self, *animations, **kwargs)

    def wait_until_second(self, second: float) -> None:
        """Holds the picture until this second of the film, to the nearest frame."""
        manim_adapter.hold(self, second)

    # --- beats ------------------------------------------------------------------------------------------

    @contextmanager
    def beat(self, name: str, *, headline: bool = True) -> Iterator[Beat]:
        """One beat of the story: section, headline, narration and captions around the block's pictures."""
        beat = self.story[name]
        self._on_beat(beat)
        self.next_section(name)
        self._beat = beat
        self._told.append(beat)
        self._starts.append(self.renderer.time)
        utterance = self.voice.speak(beat.narration)
        start = self.renderer.time + _BREATH
        if utterance.wav is not None:
            self.add_sound(str(utterance.wav), time_offset=_BREATH)
        for cue in cues(utterance):
            self.add_subcaption(cue.text, duration=cue.end - cue.start, offset=_BREATH + cue.start)
        self._beat_end = start + utterance.seconds
        if headline:
            self._show_headline(beat.headline)
        yield beat
        self.wait_until_second(self._beat_end + _BREATH)

    def _show_headline(self, text: str) -> None:
        line = words(text, self.theme.ink, HEADLINE, strong=True)
        line.scale_to_fit_width(min(line.width, 2 * SAFE_X)).move_to(UP * HEADLINE_Y).align_to(LEFT * SAFE_X, LEFT)
        old, self.headline = self.headline, line
        # One after the other: two lines of text must never be read at once.
        leaving = [FadeOut(old, rate_func=squish_rate_func(smooth, 0.0, 0.4))] if old is not None else []
        arriving = FadeIn(line, shift=0.15 * UP, rate_func=squish_rate_func(smooth, 0.4, 1.0))
        self.play(*leaving, arriving, run_time=0.5)

    def clear_headline(self) -> None:
        """Takes the headline away (a picture that needs the whole frame)."""
        if self.headline is not None:
            self.play(FadeOut(self.headline), run_time=0.3)
            self.headline = None

    @property
    def seconds_left(self) -> float:
        """How long this beat's narration still lasts."""
        return max(self._beat_end - self.renderer.time, 0.0)

    def at_part(self, part: float) -> None:
        """Holds until this part (0 to 1) of the beat's narration has been said."""
        assert self._beat is not None
        seconds = self.voice.speak(self._beat.narration).seconds
        self.wait_until_second(self._beat_end - (1.0 - part) * seconds)

    def replay(self, *rigs: Rig, seconds: float | None = None, span: tuple[float, float] | None = None) -> None:
        """Replays the beat's stretch of iterations (or `span`) in `seconds`, else while the narration lasts.

        Several rigs keep the pace of the first and stand at the same iteration at every moment.
        """
        assert self._beat is not None
        duration = max(self.seconds_left if seconds is None else seconds, 2.0)
        first, last = span if span is not None else (self._beat.first, self._beat.last)
        clock = Pace(rigs[0].trajectory, first, last, duration)
        self.play(Replay(rigs, [clock] * len(rigs)))

    def rewind(self, *rigs: Rig, seconds: float, to: float = 0.0) -> None:
        """Takes rigs back, for all to see, to second `to` of what has been replayed of them."""
        self.play(Rewind(rigs, seconds, to))

    # --- small gestures ---------------------------------------------------------------------------------

    def reveal(self, *mobjects: Mobject, run_time: float = 0.8, shift: Any = 0.1 * UP) -> None:
        """Fades things in together, gently."""
        self.play(*(FadeIn(m, shift=shift) for m in mobjects), run_time=run_time, rate_func=smooth)

    def dismiss(self, *mobjects: Mobject, run_time: float = 0.5) -> None:
        """Fades things out together."""
        self.play(*(FadeOut(m, shift=0.05 * DOWN) for m in mobjects), run_time=run_time)

    def present(self, bench: Workbench) -> None:
        """The task: the plane, then the target, then the network at its start; the bench can then be replayed."""
        self.reveal(bench.plane)
        self.play(Create(bench.target), run_time=1.5)
        self.at_part(0.4)
        self.play(Create(bench.network), FadeIn(bench.marks), run_time=1.2)
        self.play(FadeIn(bench.error), FadeIn(bench.counter), run_time=0.8)
        self.add(bench.still, bench.rig)

    def show_start_and_end(self, run: Trajectory, run_time: float = 0.8) -> None:
        """The network of `run` before training, and then, beside it, after."""
        pair = StartAndEnd(self.theme, run)
        for panel in (pair.left, pair.right):
            self.reveal(panel.still, panel.rig, run_time=run_time)

    def bring_in_charts(self, bench: Workbench, *also: Mobject) -> None:
        """Fades in a workbench's charts (and other still things); from here on they move with its rig."""
        self.remove(bench.rig)
        self.add(bench.charts_still, *also, bench.rig)
        bench.rig.include(*bench.charts)
        self.play(*(FadeIn(m) for m in (bench.charts_still, *also, *bench.charts)), run_time=0.6)

    def clear_stage(self) -> None:
        """Fades out all but the headline."""
        rest = [m for m in self.mobjects if m is not self.headline]
        if rest:
            self.play(FadeOut(Group(*rest)), run_time=0.5)

