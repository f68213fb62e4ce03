"""Renders films, tiny and for real, and builds them without drawing."""

from __future__ import annotations

import importlib.util
import inspect
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from manim import CairoRenderer, tempconfig

from reluviz.stage.record import replays
from reluviz.stage.scene import ExplainerScene
from reluviz.theme import DARK
from reluviz.voice.speech import SilentVoice
from tests.story.test_scripts import story

SILENT = SilentVoice()
SCENES = Path(__file__).parents[2] / "scenes"


def film_classes():
    """Every film's class, by importing scenes/*.py."""
    found = []
    for path in sorted(SCENES.glob("*.py")):
        spec = importlib.util.spec_from_file_location(f"scenes_{path.stem}", path)
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        found += [
            thing
            for thing in vars(module).values()
            if inspect.isclass(thing) and issubclass(thing, ExplainerScene) and thing.__module__ == module.__name__
        ]
    return found


@dataclass(frozen=True)
class Rendered:
    """A finished film and the scene that made it."""

    mp4: Path
    srt: Path
    scene: ExplainerScene


def render(film, folder, *, voice=SILENT, caching=False, width=160, height=90, fps=5):
    """Renders a film for real, small; returns where it is."""
    settings = {
        "media_dir": str(folder),
        "pixel_width": width,
        "pixel_height": height,
        "frame_rate": fps,
        "disable_caching": not caching,
        "progress_bar": "none",
        "verbosity": "ERROR",
        "preview": False,
    }
    with tempconfig(settings):
        scene = film(voice=voice, theme=DARK)
        scene.render()
    mp4 = Path(scene.renderer.file_writer.movie_file_path)
    return Rendered(mp4, mp4.with_suffix(".srt"), scene)


@cache
def told(film):
    """The story of a film where the environment names nothing; told once for all tests."""
    script = getattr(film, "script", None)
    return story(script) if script else film.tell(None, {})


@contextmanager
def built(film, *, voice=SILENT, theme=DARK, story=None, on_beat_end=None, on_mid_replay=None):
    """Runs a film's construct() without drawing frames.

    Calls on_beat_end(scene, beat) as each beat ends, and on_mid_replay(scene, beat, rigs) in the middle of each
    replay, with the rigs that move.
    """

    class Checked(film):
        def play(self, *animations, **kwargs):
            self.replayed = [rig for one in replays(animations) for rig in one.rigs]
            super().play(*animations, **kwargs)

        def update_to_time(self, t):
            if on_mid_replay is not None and self.replayed and t >= self.duration / 2:
                super().update_to_time(self.duration / 2)  # of a film that is not drawn Manim asks for the end alone
                on_mid_replay(self, self._beat, self.replayed)
                self.replayed = []
            super().update_to_time(t)

        @contextmanager
        def beat(self, name, **kwargs):
            with super().beat(name, **kwargs) as beat:
                yield beat
            if on_beat_end is not None:
                on_beat_end(self, beat)

    Checked.__name__ = film.__name__
    settings = {
        "pixel_width": 854,  # Manim wraps texts that are wider than the picture
        "pixel_height": 480,
        "frame_rate": 30,
        "format": "png",
        "progress_bar": "none",
        "verbosity": "ERROR",
        "preview": False,
    }
    with pytest.MonkeyPatch.context() as patch, tempconfig(settings):
        for drawing in ("update_frame", "save_static_frame_data"):
            patch.setattr(CairoRenderer, drawing, lambda *args, **kwargs: None)
        scene = Checked(voice=voice, theme=theme, story=story or told(film))
        scene.render()
        yield scene
