"""Renders a scene of scenes/ in this process, under a film's own name: what `reluviz explain` and `compare` do."""

from __future__ import annotations

import importlib.util
import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

from reluviz.errors import UserError

if TYPE_CHECKING:
    from reluviz.story.script import Beat, Story
    from reluviz.theme import Theme
    from reluviz.voice.speech import Voice

QUALITIES = {"l": (854, 480, 15), "m": (1280, 720, 30), "h": (1920, 1080, 60)}
"""Width, height and frames a second, as Manim's -q has them."""


class RenderError(UserError):
    """A film that cannot be written; the message is one line."""


def render(
    story: Story,
    scene: str,
    output: Path,
    *,
    quality: str,
    theme: Theme | None = None,
    voice: Voice | None = None,
    report: Callable[[str], None] = lambda line: None,
) -> Path:
    """The film that the scene file `scene` ("any_run") makes of `story`: OUTPUT/NAME.mp4, its captions and contents.

    theme, voice: those of the environment unless given. All is made in a folder beside it, moved when it is whole,
    and removed in any case. report: gets a line a beat.
    """
    import logging

    from manim import tempconfig

    logging.getLogger("av").setLevel(logging.ERROR)  # it warns of options that Manim gives it and it does not need
    film = _class_of(_scene(scene))
    names = [beat.name for beat in story.beats]

    def on_beat(beat: Beat) -> None:
        report(f"rendering {names.index(beat.name) + 1}/{len(names)}: {beat.headline}")

    width, height, rate = QUALITIES[quality]
    try:
        output.mkdir(parents=True, exist_ok=True)
        folder = Path(tempfile.mkdtemp(prefix=f".{story.name}-", dir=output))
    except OSError as error:
        raise RenderError(f"{output}: cannot be written ({error.strerror})") from error
    settings = {
        "media_dir": str(folder),
        "pixel_width": width,
        "pixel_height": height,
        "frame_rate": rate,
        "output_file": story.name,
        "disable_caching": True,
        "progress_bar": "none",
        "verbosity": "ERROR",
        "preview": False,
    }
    try:
        with tempconfig(settings):
            made = film(theme=theme, voice=voice, story=story, on_beat=on_beat)
            made.render()
            mp4 = Path(made.renderer.file_writer.movie_file_path)
        for suffix in (".srt", ".json", ".mp4"):
            if mp4.with_suffix(suffix).exists():
                os.replace(mp4.with_suffix(suffix), output / f"{story.name}{suffix}")
        return output / f"{story.name}.mp4"
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _scene(name: str) -> ModuleType:
    """The scene file of that name: beside the package where it is installed, in scenes/ of a checkout."""
    package = Path(__file__).parents[1]
    for folder in (package / "scenes", package.parent / "scenes"):
        path = folder / f"{name}.py"
        if path.is_file():
            spec = importlib.util.spec_from_file_location(name, path)
            assert spec is not None and spec.loader is not None
            module = importlib.util.module_from_spec(spec)
            spec.loader.exec_module(module)
            return module
    raise RenderError(f"scenes/{name}.py is missing: install reluviz whole")


def _class_of(module: ModuleType) -> type[Any]:
    return next(t for t in vars(module).values() if isinstance(t, type) and t.__module__ == module.__name__)
