"""Films for players: remuxed by PyAV, never encoded anew, so that every frame is the one that was rendered."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from io import BytesIO
from pathlib import Path
from typing import Any

import av

from reluviz.made_by import made_by
from reluviz.publish.film import Beat, Film, PublishError

_COMPLETE = 0.3
"""Seconds from a chapter's start until its first picture is there."""


def copy_film(film: Film, target: Path, *, sound: bool = True) -> None:
    """Writes the whole film to `target`, ready to stream: index first, title and chapters in it.

    sound: without it the copy has the same frames and no sound stream, for those who speak themselves.
    """
    _remux(film, target, 0.0, math.inf, _tags(film, film.title), film.beats, sound)


def cut_clip(film: Film, number: int, target: Path) -> None:
    """Writes chapter `number` (from 1) with its sound to `target`.

    Picture is cut at frames, sound at packets of 1024 samples (21 ms at 48 kHz), each beginning at its first
    packet. Raises PublishError where the chapter does not start at a keyframe, as each of Manim's animations does.
    """
    beat = film.beats[number - 1]
    end = math.inf if number == len(film.beats) else beat.end
    _remux(film, target, beat.start, end, _tags(film, f"{film.title}: {beat.headline}"), (), True)


@dataclass(frozen=True)
class Poster:
    """A frame that stands for a chapter before it is played: its second in the film, and the picture (Pillow's)."""

    second: float
    picture: Any


def posters(film: Film) -> tuple[Poster, ...]:
    """For each chapter an early frame: it tells what comes and not how it ends; the film's first has its opening card.

    It is the first keyframe, which is where an animation starts and what it shows stands complete, but for those
    before a first picture is all there, which count only for want of others. Raises PublishError for a chapter
    without a keyframe.
    """
    found: dict[int, Poster] = {}
    with av.open(str(film.mp4)) as container:
        stream = container.streams.video[0]
        stream.codec_context.skip_frame = "NONKEY"
        for frame in container.decode(stream):
            second = float(frame.pts * frame.time_base)
            chapter = _chapter_at(film, second)
            complete = film.beats[chapter].start + _COMPLETE
            if chapter not in found or found[chapter].second < complete <= second:
                found[chapter] = Poster(second, frame.to_image())
    if len(found) < len(film.beats):
        raise PublishError(f"{film.mp4}: a chapter without a keyframe; render it anew")
    return tuple(found[chapter] for chapter in sorted(found))


def picture_at(film: Film, second: float) -> Any:
    """The frame in sight at a second of the film, as a Pillow image; the last one past its end."""
    with av.open(str(film.mp4)) as container:
        stream = container.streams.video[0]
        container.seek(round(second / stream.time_base), stream=stream)
        shown = None
        for frame in container.decode(stream):
            if shown is not None and float(frame.pts * frame.time_base) > second:
                break
            shown = frame
        if shown is None:
            raise PublishError(f"{film.mp4}: no picture at {second:.2f} s; render it anew")
        return shown.to_image()


def jpeg(picture: Any, width: int | None = None) -> bytes:
    """A Pillow image as JPEG, as wide as it is or `width` pixels."""
    if width is not None and width < picture.width:
        picture = picture.resize((width, round(picture.height * width / picture.width)))
    file = BytesIO()
    picture.save(file, "JPEG", quality=90, comment=f"made by {made_by()}")
    return file.getvalue()


def _chapter_at(film: Film, second: float) -> int:
    half_frame = 0.5 / film.frame_rate
    return max(i for i, beat in enumerate(film.beats) if i == 0 or beat.start - half_frame <= second)


def _tags(film: Film, title: str) -> dict[str, str]:
    runs = "; ".join(f"{run['experiment']} {run['digest']}" for run in film.runs.values())
    return {"title": title, "comment": f"made by reluviz {film.version} from the recorded runs: {runs}"}


def _remux(
    film: Film,
    target: Path,
    start: float,
    end: float,
    tags: Mapping[str, str],
    chapters: tuple[Beat, ...],
    sound: bool,
) -> None:
    half_frame = 0.5 / film.frame_rate
    with (
        av.open(str(film.mp4)) as original,
        av.open(str(target), "w", format="mp4", options={"movflags": "+faststart"}) as copy,
    ):
        streams = [*original.streams.video[:1], *(original.streams.audio[:1] if sound else ())]
        copies = {stream.index: copy.add_stream_from_template(stream) for stream in streams}
        copy.metadata.update(tags)
        if chapters:
            copy.set_chapters([_chapter(number, beat) for number, beat in enumerate(chapters)])
        offsets: dict[int, int] = {}
        for packet in original.demux(streams):
            if packet.dts is None:  # the empty packet at the end of a stream
                continue
            index, second = packet.stream.index, float(packet.pts * packet.time_base)
            length = float((packet.duration or 0) * packet.time_base)
            if packet.stream.type == "video":
                if not start - half_frame <= second < end - half_frame:
                    continue
                if index not in offsets and not (packet.is_keyframe and second < start + half_frame):
                    raise PublishError(f"{film.mp4}: no keyframe at {start:.2f} s, where a chapter starts")
            elif not start <= max(second, 0.0) < end - 0.5 * length:
                continue
            offset = offsets.setdefault(index, packet.pts if start > 0.0 else 0)
            packet.pts -= offset
            packet.dts -= offset
            packet.stream = copies[index]
            copy.mux(packet)


def _chapter(number: int, beat: Beat) -> dict[str, Any]:
    milliseconds = Fraction(1, 1000)
    start, end = round(beat.start * 1000), round(beat.end * 1000)
    return {"id": number, "start": start, "end": end, "time_base": milliseconds, "metadata": {"title": beat.headline}}
