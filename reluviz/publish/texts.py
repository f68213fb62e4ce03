"""The words beside a film: captions and chapters as WebVTT, and a transcript to print."""

from __future__ import annotations

import html
from dataclasses import dataclass

import srt

from reluviz.publish.film import Film, PublishError


@dataclass(frozen=True)
class Caption:
    """What is shown from second `start` to `end` of the film; a line feed parts its two lines."""

    start: float
    end: float
    text: str


def captions_of(film: Film) -> tuple[Caption, ...]:
    """The film's captions, none of them beyond its end; () for a film without narration."""
    if not film.srt.is_file() or not film.srt.stat().st_size:
        return ()
    try:
        told = list(srt.parse(film.srt.read_text(encoding="utf-8")))
    except (ValueError, srt.SRTParseError) as error:
        raise PublishError(f"{film.srt}: no captions in SRT; render the film anew") from error
    cues = (
        Caption(cue.start.total_seconds(), min(cue.end.total_seconds(), film.duration), cue.content) for cue in told
    )
    return tuple(cue for cue in cues if cue.start < cue.end)


def captions_vtt(film: Film) -> str:
    """Its captions as WebVTT."""
    return _vtt(captions_of(film))


def chapters_vtt(film: Film) -> str:
    """Its chapters as WebVTT: a cue a beat, its headline as the text."""
    return _vtt(tuple(Caption(beat.start, min(beat.end, film.duration), beat.headline) for beat in film.beats))


def transcript(film: Film) -> str:
    """All that is said, with the chapters' headlines and times, as plain text."""
    parts = [film.title, f"{film.sentence}\nFrom the article: {film.source}. Length: {clock(film.duration)}."]
    for beat in film.beats:
        parts.append(f"[{clock(beat.start)}] {beat.headline}" + (f"\n{beat.narration}" if beat.narration else ""))
    return "\n\n".join(parts) + "\n"


def clock(seconds: float) -> str:
    """Whole seconds as minutes and seconds: 104.1 -> "1:44"."""
    whole = int(seconds + 1e-6)
    return f"{whole // 60}:{whole % 60:02d}"


def _vtt(cues: tuple[Caption, ...]) -> str:
    blocks = [f"{_stamp(cue.start)} --> {_stamp(cue.end)}\n{html.escape(cue.text, quote=False)}" for cue in cues]
    return "\n\n".join(["WEBVTT", *blocks]) + "\n"


def _stamp(seconds: float) -> str:
    milliseconds = round(seconds * 1000)
    minutes, rest = divmod(milliseconds, 60_000)
    return f"{minutes // 60:02d}:{minutes % 60:02d}:{rest // 1000:02d}.{rest % 1000:03d}"
