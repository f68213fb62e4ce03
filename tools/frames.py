"""Single frames of films, drawn from the films' own code: what README's stills and the documents' pictures are made by.

A scene is constructed without drawing anything, and then once more up to the frame that is wanted, which is drawn.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from manim import CairoRenderer, tempconfig
from PIL import Image

from reluviz.stage.narrated import NarratedScene

_RATE = 10


class Undrawn(CairoRenderer):
    """Counts frames and draws none, but for the one at `second`, with which it ends."""

    def __init__(self, second: float | None = None) -> None:
        super().__init__()
        self.second = second
        self.plays: list[tuple[float, float]] = []

    def play(self, scene: Any, *args: Any, **kwargs: Any) -> None:
        """Plays, and notes from when to when."""
        self.playing, before = scene, self.time
        super().play(scene, *args, **kwargs)
        self.plays.append((before, self.time))

    def update_frame(self, *args: Any, **kwargs: Any) -> None:
        """Draws nothing."""

    def save_static_frame_data(self, *args: Any, **kwargs: Any) -> None:
        """Draws nothing."""

    def add_frame(self, frame: Any, num_frames: int = 1) -> None:
        """Ends with the frame that is wanted."""
        self.time += num_frames / self.camera.frame_rate
        if self.second is not None and self.time > self.second:
            self.camera.reset()
            self.camera.capture_mobjects(self.playing.mobjects)
            raise Drawn(self.camera.get_image().convert("RGB"))


class Drawn(Exception):
    """The frame is there."""


def draw(
    made: Callable[..., NarratedScene], when: Callable[[NarratedScene], float], height: int = 720
) -> Image.Image:
    """The frame of a scene at a second of the film, which is to be found from the finished scene.

    made: makes the scene, given Manim's own options.
    """
    settings = {"pixel_width": height * 16 // 9, "pixel_height": height, "frame_rate": _RATE, "dry_run": True,
                "progress_bar": "none", "verbosity": "ERROR", "disable_caching": True}  # fmt: skip
    with tempconfig(settings):
        whole = made(renderer=Undrawn())
        whole.render()
        try:
            made(renderer=Undrawn(when(whole))).render()
        except Drawn as drawn:
            image: Image.Image = drawn.args[0]
            return image
    raise ValueError("the film ends before that second")


def save(image: Image.Image, path: Path, width: int, quality: int = 80) -> int:
    """Writes a picture as WebP of that width; returns its bytes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    small = image.resize((width, width * image.height // image.width), Image.Resampling.LANCZOS)
    small.save(path, quality=quality, method=6)
    return path.stat().st_size
