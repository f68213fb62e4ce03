"""Renders a scene of scenes/ in this process, under a film's own name: for make, `reluviz explain` and `compare`."""

from __future__ import annotations

import importlib.util
import logging
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reluviz.errors import UserError
from reluviz.files import move_in, scratch
from reluviz.installed import folder
from reluviz.story.contents import read_contents, write_contents
from reluviz.story.names import film_name, is_film_name
from reluviz.story.programme import programme

if TYPE_CHECKING:
    from reluviz.stage.scene import ExplainerScene
    from reluviz.story.script import Beat, Story
    from reluviz.theme import Theme
    from reluviz.voice.speech import Voice

QUALITIES = {"l": (854, 480, 15), "m": (1280, 720, 30), "h": (1920, 1080, 60), "k": (3840, 2160, 60)}
"""Width, height and frames a second, as Manim's -q has them."""
UNSCRIPTED = {"any-run", "any-two"}
"""Scenes of experiments of one's own; `reluviz explain` and `reluviz compare` render them."""


class RenderError(UserError):
    """A film that cannot be made; the message is one line."""


def render(
    scene: Path,
    name: str,
    output: Path,
    *,
    quality: str,
    theme: Theme | None = None,
    voice: Voice | None = None,
    story: Story | None = None,
    on_beat: Callable[[Beat], None] = lambda beat: None,
    made_from: str = "",
) -> Path:
    """The film of a scene file: OUTPUT/NAME.mp4, its captions and contents; what was there stays until it is whole.

    theme, voice, story: what the scene is to use in place of what its `setup` takes from the environment. on_beat:
    called as each beat begins. made_from: a digest that the contents keep. Raises RenderError, FileError, and whatever
    the scene cannot be told by.
    """
    from manim import tempconfig

    from reluviz.stage.manim_adapter import film_file

    logging.getLogger("av").setLevel(logging.ERROR)  # it warns of options that Manim gives it and it does not need
    film = scene_class(scene)
    width, height, rate = QUALITIES[quality]
    with scratch(output) as building:
        settings = {
            "media_dir": str(building),
            "pixel_width": width,
            "pixel_height": height,
            "frame_rate": rate,
            "output_file": name,
            "disable_caching": True,  # it does not see changes in imported modules
            "progress_bar": "none",
            "verbosity": "WARNING",
            "preview": False,
        }
        with tempconfig(settings):
            made = film(theme=theme, voice=voice, story=story, on_beat=on_beat)
            made.render()
            mp4 = film_file(made)
        assert mp4 is not None, "a film, not a picture"
        if made_from:
            told = mp4.with_suffix(".json")
            write_contents(told, read_contents(told) | {"made_from": made_from})
        # The contents tell the film's digest, so where a kill leaves old and new files side by side, it is noticed.
        for ending in (".srt", ".json", ".mp4"):
            if mp4.with_suffix(ending).exists():
                move_in(mp4.with_suffix(ending), output / f"{name}{ending}")
    return output / f"{name}.mp4"


def scene_file(name: str) -> Path:
    """The scene file of a film of the series, by the film's name; or of one of your own, by the file's.

    Raises RenderError where there is none.
    """
    if name.endswith(".py"):
        if not Path(name).is_file():
            raise RenderError(f"{name}: no such file")
        return Path(name)
    path = folder("scenes") / f"{name.replace('-', '_')}.py"
    if not is_film_name(name) or not path.is_file():
        raise RenderError(f"no film is called {name!r}; there are {', '.join(series())}")
    return path


def series() -> tuple[str, ...]:
    """The names of the films that have a scene, in the order of the programme; what it does not have comes last."""
    names = {film_name(path.stem) for path in folder("scenes").glob("*.py")} - UNSCRIPTED
    order = list(programme())
    return tuple(sorted(names, key=lambda name: (order.index(name) if name in order else len(order), name)))


def scene_class(path: Path) -> type[ExplainerScene]:
    """The one scene class of a scene file."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    if spec is None or spec.loader is None or not path.is_file():
        raise RenderError(f"{path}: no such scene")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    found: list[Any] = [
        thing for thing in vars(module).values() if isinstance(thing, type) and thing.__module__ == module.__name__
    ]
    if len(found) != 1:
        raise RenderError(f"{path}: {len(found)} classes; expected the film's scene, and no other")
    scene: type[ExplainerScene] = found[0]
    return scene
