"""The words beside a film: captions and chapters as WebVTT, and a transcript to print."""

from __future__ import annotations

import html
from dataclasses import dataclass, replace
from operator import lt

import srt

from reluviz.made_by import made_by
from reluviz.publish.film import Beat, Film, PublishError

_LARGEST = 10_000_000
_YOUTUBE_SECONDS, _YOUTUBE_CHAPTERS = 10, 3


@dataclass(frozen=True)
class Caption:
    """What is shown from second `start` to `end` of the film; a line feed parts its two lines."""

    start: float
    end: float
    text: str


def captions_of(film: Film) -> tuple[Caption, ...]:
    """The film's captions, none of them beyond its end; () where there is no file of them.

    Raises PublishError where they are not the words of its contents, in order.
    """
    said = [word for beat in film.beats for word in beat.narration.split()]
    if not film.srt.exists():
        return ()
    try:
        with film.srt.open("rb") as file:
            text = file.read(_LARGEST).decode("utf-8")
        told = list(srt.parse(text))
    except OSError as error:
        raise PublishError(f"{film.srt}: cannot be read ({error.strerror}); render the film anew") from error
    except (ValueError, OverflowError, srt.SRTParseError) as error:
        raise PublishError(f"{film.srt}: no captions in SRT; render the film anew") from error
    cues = [Caption(cue.start.total_seconds(), cue.end.total_seconds(), cue.content) for cue in told]
    starts, ends = [cue.start for cue in cues], [cue.end for cue in cues]
    in_order = starts == sorted(starts) and ends == sorted(ends) and all(map(lt, starts, ends))
    if not in_order or [word for cue in cues for word in cue.text.split()] != said:
        raise PublishError(f"{film.srt}: not the captions of {film.name}.json; render the film anew")
    return tuple(replace(cue, end=min(cue.end, film.duration)) for cue in cues if cue.start < film.duration)


def captions_vtt(film: Film) -> str:
    """Its captions as WebVTT."""
    return _vtt(captions_of(film))


def chapters_vtt(film: Film) -> str:
    """Its chapters as WebVTT: a cue a beat, its headline as the text."""
    return _vtt(tuple(Caption(beat.start, min(beat.end, film.duration), beat.headline) for beat in film.beats))


def transcript(film: Film) -> str:
    """All that is said, with the chapters' headlines and times, as plain text."""
    parts = [film.title, f"{film.sentence}\n{credit(film)} Length: {clock(film.duration)}."]
    for beat in film.beats:
        parts.append(f"[{clock(beat.start)}] {beat.headline}" + (f"\n{beat.narration}" if beat.narration else ""))
    return "\n\n".join([*parts, f"Made by {made_by()}."]) + "\n"


def youtube_description(film: Film) -> str:
    """What to paste below the film on YouTube: its sentence, and its chapters where YouTube's rules allow any.

    A first chapter at 0:00, at least three of them, each at least ten seconds long; no angle brackets. Chapters that
    would be shorter go with the one before.
    https://support.google.com/youtube/answer/9884579
    """
    kept: list[Beat] = []
    for beat in film.beats:
        ends = int(film.duration) - int(beat.start)
        if not kept or (int(beat.start) - int(kept[-1].start) >= _YOUTUBE_SECONDS <= ends):
            kept.append(beat)
    chapters = [f"{clock(beat.start)} {beat.headline}" for beat in kept] if len(kept) >= _YOUTUBE_CHAPTERS else []
    text = "\n\n".join(filter(None, (film.sentence, "\n".join(chapters))))
    return text.replace("<", "‹").replace(">", "›")


def credit(film: Film) -> str:
    """What it follows, as a sentence."""
    return f"From the article: {film.source}." if film.in_series else f"About {film.source}."


def clock(seconds: float) -> str:
    """Whole seconds as minutes and seconds: 104.1 -> "1:44"."""
    whole = int(seconds + 1e-6)
    return f"{whole // 60}:{whole % 60:02d}"


def _vtt(cues: tuple[Caption, ...]) -> str:
    blocks = [f"{_stamp(cue.start)} --> {_stamp(cue.end)}\n{html.escape(cue.text, quote=False)}" for cue in cues]
    return "\n\n".join(["WEBVTT", f"NOTE made by {made_by()}", *blocks]) + "\n"


def _stamp(seconds: float) -> str:
    milliseconds = round(seconds * 1000)
    minutes, rest = divmod(milliseconds, 60_000)
    return f"{minutes // 60:02d}:{minutes % 60:02d}:{rest // 1000:02d}.{rest % 1000:03d}"
