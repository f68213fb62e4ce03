"""What reluviz needs of Manim beyond its public names, and the repairs of its clock: the only place for either."""

from __future__ import annotations

import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np
from manim import Camera, MathTypst, Scene, Text, VMobject, config

_A_TEXT_TAKES = 2.0
"""Seconds, and many times what it takes."""


class QuickCamera(Camera):
    """Manim's camera, which hands the same paths to Cairo in less time: many ticks and streams are many short ones."""

    def set_cairo_context_path(self, ctx: Any, vmobject: VMobject) -> QuickCamera:
        """Sets the path of the Cairo context; a subpath that ends where it began is closed."""
        ctx.new_path()
        points = vmobject.points
        curves = points[: len(points) // 4 * 4, :2].reshape(-1, 8)
        if not len(curves) or not np.isfinite(points).all():
            return self
        begins, ends = curves[:, :2], curves[:, 6:]
        breaks = np.flatnonzero(~_same(ends[:-1], begins[1:])) + 1
        firsts = np.concatenate(([0], breaks))
        lasts = np.concatenate((breaks, [len(curves)]))
        closed = _same(begins[firsts], ends[lasts - 1]).tolist()
        starts, rest = begins[firsts].tolist(), curves[:, 2:].tolist()
        for start, first, last, shut in zip(starts, firsts.tolist(), lasts.tolist(), closed, strict=True):
            ctx.move_to(*start)
            for curve in rest[first:last]:
                ctx.curve_to(*curve)
            if shut:
                ctx.close_path()
        return self


def _same(one: Any, other: Any) -> Any:
    """Which points (k, 2) are the same to Manim, as np.isclose would say, in a fifth of its time; (k,)."""
    return (np.abs(one - other) <= 1e-6 + 1e-5 * np.abs(other)).all(axis=1)


def use_encoder(options: dict[str, str]) -> None:
    """Sets x264's options; what the user's manim.cfg says of them comes first."""
    config.video_encoder_options = options | dict(config.video_encoder_options)


def clear_half_written_texts() -> None:
    """Removes the pictures of words that a killed process left half in Manim's cache: Manim takes each for whole."""
    for folder in (Path(config.get_dir("text_dir")), Path(config.get_dir("tex_dir"))):
        for picture in folder.glob("*.svg"):
            with suppress(OSError):  # gone meanwhile
                being_written = time.time() - picture.stat().st_mtime < _A_TEXT_TAKES
                if not being_written and not picture.read_bytes().rstrip().endswith(b"</svg>"):
                    picture.unlink()


def play_in_time(scene: Scene, *animations: Any, **options: Any) -> None:
    """Plays, and keeps the clock right where Manim's cache loses it.

    A segment served from the cache leaves the renderer skipping (so later sound is dropped) and advances
    time by the nominal duration; what counts is the number of frames written, which is the same each time.
    """
    renderer = scene.renderer
    before = renderer.time
    Scene.play(scene, *animations, **options)
    if scene.is_current_animation_frozen_frame():
        frames = int(scene.duration / (1 / config.frame_rate))
    else:
        frames = len(np.arange(0, scene.duration, 1 / config.frame_rate))
    renderer.time = before + frames / config.frame_rate
    renderer.skip_animations = renderer._original_skipping_status


def hold(scene: Scene, second: float) -> None:
    """Holds the picture until this second of the film, to the nearest frame. Manim floors: hence the sliver more."""
    frames = round((second - scene.renderer.time) * config.frame_rate)
    if frames > 0:
        scene.wait((frames + 1e-4) / config.frame_rate, frozen_frame=True)


def without_sources(text: Text | MathTypst) -> Any:
    """`text` without the SVG paths that its glyphs were made of: nobody asks for them again, and whatever copies a
    text, as each fade does, would copy them too, which takes eight times as long."""
    for part in text.get_family():
        if hasattr(part, "path_obj"):
            part.path_obj = None
    return text


def whole_frames(seconds: float) -> float:
    """`seconds` as a run time that gives the nearest whole number of frames, at least one."""
    return (max(round(seconds * config.frame_rate), 1) - 1e-4) / float(config.frame_rate)


def film_file(scene: Scene) -> Path | None:
    """The film that the scene has been rendered to, or None where it was a picture."""
    writer = scene.renderer.file_writer
    return Path(writer.movie_file_path) if writer.output_spec.is_video else None
