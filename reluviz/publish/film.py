"""A rendered film as it lies in media/videos: NAME.mp4 with its captions (.srt) and its contents (.json)."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from reluviz.errors import UserError
from reluviz.story.programme import programme


class PublishError(UserError):
    """A film that cannot be published, or a folder without one; the message is one line."""


@dataclass(frozen=True)
class Beat:
    """A chapter of a film. start and end: seconds from the film's start. narration: what is said, as captioned."""

    name: str
    headline: str
    start: float
    end: float
    narration: str


@dataclass(frozen=True)
class Film:
    """A rendered film and what it says of itself.

    mp4: as Manim wrote it; its captions lie beside it. source: where in the article. theme, voice: how it was
    rendered, by which version. runs: name in the script -> {"experiment", "digest"} of the recorded run.
    """

    mp4: Path
    title: str
    source: str
    version: str
    theme: str
    voice: str
    frame_rate: float
    duration: float
    beats: tuple[Beat, ...]
    runs: Mapping[str, Mapping[str, str]]

    @property
    def name(self) -> str:
        """The file's name without its ending; every file of the kit that belongs to the film starts with it."""
        return self.mp4.stem

    @property
    def srt(self) -> Path:
        """Its captions. A film without narration has none."""
        return self.mp4.with_suffix(".srt")

    @cached_property
    def sentence(self) -> str:
        """What it shows, in one sentence: from the programme, else the first one that is said."""
        known = programme().get(self.name)
        said = next((beat.narration for beat in self.beats if beat.narration), self.title)
        return known.sentence if known else re.split(r"(?<=[.!?])\s", said, maxsplit=1)[0]

    def clip_name(self, number: int) -> str:
        """The file of a chapter, numbered from 1, in the kit: "clips/one-neuron-03-rise.mp4"."""
        return f"clips/{self.name}-{number:02d}-{self.beats[number - 1].name.replace('_', '-')}.mp4"

    @classmethod
    def open(cls, contents: Path) -> Film:
        """The film whose contents `contents` (NAME.json) tells. Raises PublishError where a part is missing."""
        try:
            told = json.loads(contents.read_text(encoding="utf-8"))
            beats = tuple(Beat(**{key: beat[key] for key in Beat.__annotations__}) for beat in told["beats"])
            keys = ("title", "source", "version", "theme", "voice", "frame_rate", "duration", "runs")
            film = cls(mp4=contents.with_suffix(".mp4"), beats=beats, **{key: told[key] for key in keys})
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise PublishError(f"{contents}: not the contents of a film ({error}); render it anew") from error
        if not film.mp4.is_file():
            raise PublishError(f"{film.mp4}: no such film; render it anew")
        if not film.beats:
            raise PublishError(f"{contents}: a film without beats; render it anew")
        return film


def find_films(folder: Path) -> tuple[Film, ...]:
    """The films in `folder`, in the programme's order, others after them by name. Raises PublishError for none."""
    order = list(programme())
    films = [Film.open(path) for path in folder.glob("*.json")]
    if not films:
        raise PublishError(f"{folder}: no films here; `make` renders them")

    def place(film: Film) -> tuple[int, str]:
        return (order.index(film.name) if film.name in order else len(order), film.name)

    return tuple(sorted(films, key=place))
