"""A tiny film, rendered for real, with a beeping voice and without: what the kit is tried on."""

from __future__ import annotations

import shutil
from pathlib import Path

from manim import RIGHT, Dot, FadeIn, smooth

from reluviz.stage.scene import ExplainerScene
from reluviz.voice.speech import SilentVoice
from tests.scenes.beeps import Beeps
from tests.scenes.conftest import render

FPS = 10
BEATS = ("first_look", "move", "end")


class Kink(ExplainerScene):
    """Three beats, one of them with a movement of five seconds: longer than a keyframe may be away."""

    script = str(Path(__file__).parent / "kink.toml")

    def construct(self):
        dot = Dot(color=self.theme.accent, radius=0.4)
        with self.beat("first_look"):
            self.play(FadeIn(dot), run_time=0.8)
        with self.beat("move"):
            self.play(dot.animate.shift(5 * RIGHT), run_time=5, rate_func=smooth)
        with self.beat("end"):
            self.wait(0.4)


def render_films(folder: Path, videos: Path) -> None:
    """Fills `videos` as media/videos is: the films one-neuron (with sound) and my-own (without)."""
    for name, voice in (("one-neuron", Beeps(folder / "voice")), ("my-own", SilentVoice())):
        made = render(Kink, folder / name, voice=voice, width=320, height=180, fps=FPS)
        for ending in (".mp4", ".srt", ".json"):
            shutil.copyfile(made.mp4.with_suffix(ending), videos / f"{name}{ending}")
