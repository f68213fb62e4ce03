"""NarratedScene: beats that keep narration, captions, headline and picture together, and marks that time them."""

from __future__ import annotations

import hashlib
import inspect
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from manim import LEFT, UP, FadeIn, FadeOut, Mobject, Scene, config, smooth, squish_rate_func

from reluviz.errors import UserError
from reluviz.stage import manim_adapter
from reluviz.stage.record import Record
from reluviz.stage.typesetting import register_fonts, words
from reluviz.story.beats import Beat
from reluviz.story.contents import write_contents
from reluviz.story.gather import gather
from reluviz.story.script import Script, Story, read_script, tell
from reluviz.theme import HEADLINE, HEADLINE_Y, SAFE_X, Theme, theme_named
from reluviz.voice.narration import narrate
from reluviz.voice.speech import Voice, voice

_VOICE_FOLDER = Path("media/voice")
"""Narrations once spoken, for all films and whatever folder each is rendered in."""

_HEADLINE, _BEFORE, _AFTER = 0.5, 0.6, 0.15
"""Seconds in which a headline changes, and of quiet before and after a beat's narration: a chapter, which starts when
its headline stands, has all of its sound."""


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


class NarratedScene(Scene):
    """A film told by a story. Each `with self.beat(name):` is one section: its headline appears, its narration and
    captions start, the block plays its pictures, and the section ends when both have.

    Within a beat `self.at("word")` holds until the word after the mark [word] of its narration is said, and
    `self.play_until("word", ...)` plays so that the animations end there. record: what has been shown so far.
    """

    script: str
    """The script that is told where no story is given: NAME.toml beside the scene's file, else one that comes with
    reluviz; or a path."""

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
        super().__init__(*args, **{"camera_class": manim_adapter.QuickCamera} | kwargs)

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
        self.record = Record()
        self._start = self._end = 0.0

    def tell(self, environment: Mapping[str, str]) -> Story:
        """The film's story where none is given: told by its script, or by what the environment names."""
        script = self.read_script()
        return tell(script, *gather(script))

    @classmethod
    def read_script(cls) -> Script:
        """The script, as it is written. Raises ScriptError."""
        return read_script(cls.script, Path(inspect.getfile(cls.construct)).parent)

    def render(self, *args: Any, **kwargs: Any) -> bool:
        """Renders; leaves a film's contents (JSON) beside it and clears away the sound track that Manim leaves."""
        rerun = super().render(*args, **kwargs)
        if film := manim_adapter.film_file(self):
            film.with_suffix(".wav").unlink(missing_ok=True)
            with film.open("rb") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
            write_contents(film.with_suffix(".json"), self.contents() | {"film": digest})
        return rerun

    def contents(self) -> dict[str, Any]:
        """What the film holds (contents.schema.json), but for its file's digest."""
        frame_rate = float(config.frame_rate)
        made = {"theme": self.theme.name, "voice": self.voice.name, "frame_rate": frame_rate}
        return self.record.contents(self.story, self.renderer.time, frame_rate) | made

    # --- beats ------------------------------------------------------------------------------------------

    @contextmanager
    def beat(self, name: str, *, headline: bool = True) -> Iterator[Beat]:
        """One beat of the story: section, headline, narration and captions around the block's pictures."""
        self._beat = beat = self.story[name]
        self._on_beat(beat)
        self.next_section(name)
        self.record.begin(beat, self.renderer.time)
        self._narration = said = narrate(self.voice, beat.said.parts)
        self._start = self.renderer.time + _BEFORE
        self._end = self._start + said.seconds
        for second, utterance in said.utterances:
            if utterance.wav is not None:
                self.add_sound(str(utterance.wav), time_offset=_BEFORE + second)
        for cue in said.cues:
            self.add_subcaption(cue.text, duration=cue.end - cue.start, offset=_BEFORE + cue.start)
        if beat.question:
            self.record.ask(beat, *(self._start + second for second in said.silences[0]))
        if headline:
            self._show_headline(beat.headline)
        yield beat
        self.wait_until_second(self._end + _AFTER)

    def _show_headline(self, text: str) -> None:
        line = words(text, self.theme.ink, HEADLINE, strong=True)
        line.scale_to_fit_width(min(line.width, 2 * SAFE_X)).move_to(UP * HEADLINE_Y).align_to(LEFT * SAFE_X, LEFT)
        old, self.headline = self.headline, line
        if self.renderer.time == 0.0:
            self.add(line)  # a film starts with a picture
            return
        # One after the other: two lines of text must never be read at once.
        leaving = [FadeOut(old, rate_func=squish_rate_func(smooth, 0.0, 0.4))] if old is not None else []
        arriving = FadeIn(line, shift=0.15 * UP, rate_func=squish_rate_func(smooth, 0.4, 1.0))
        self.play(*leaving, arriving, run_time=_HEADLINE)
        self.record.headlines[-1] = self.renderer.time

    def clear_headline(self) -> None:
        """Takes the headline away (a picture that needs the whole frame)."""
        if self.headline is not None:
            self.play(FadeOut(self.headline), run_time=0.3)
            self.headline = None

    # --- time -------------------------------------------------------------------------------------------

    def play(self, *animations: Any, **kwargs: Any) -> None:
        """Plays; the clock stays that of the frames written."""
        before = self.renderer.time
        manim_adapter.play_in_time(self, *animations, **kwargs)
        self.record.played(animations, before, self.renderer.time)

    def wait_until_second(self, second: float) -> None:
        """Holds the picture until this second of the film, to the nearest frame."""
        manim_adapter.hold(self, second)

    def at(self, mark: str) -> None:
        """Holds until the word after [mark] is said."""
        self.wait_until_second(self._second(mark))
        self._reach(mark)

    def until(self, mark: str) -> float:
        """How many seconds an animation may take to end when the word after [mark] is said; at least a frame."""
        self._reach(mark)
        return manim_adapter.whole_frames(self._second(mark) - self.renderer.time)

    def play_until(self, mark: str, *animations: Any, **kwargs: Any) -> None:
        """Plays these animations so that they end when the word after [mark] is said."""
        self.play(*animations, run_time=self.until(mark), **kwargs)

    @property
    def seconds_left(self) -> float:
        """How long this beat's narration still lasts."""
        return max(self._end - self.renderer.time, 0.0)

    def _second(self, mark: str) -> float:
        """The second of the film at which the word after [mark] is said. Raises KeyError where there is none."""
        return self._start + self._narration.second(*self._beat.said.marks[mark])

    def _reach(self, mark: str) -> None:
        self.record.reach(self._beat, mark, self.renderer.time - self._second(mark))
