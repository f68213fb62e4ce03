"""A rendered film as it lies in media/videos: NAME.mp4 with its captions (.srt) and its contents (.json)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from reluviz.errors import UserError
from reluviz.lab.takeover import takeovers
from reluviz.story.contents import check_film, read_contents
from reluviz.story.names import film_name, is_film_name
from reluviz.story.programme import OF_YOUR_OWN, programme


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
    rendered, by which version. runs, sweeps: name in the script -> {"experiment", "digest"} of what was trained.
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
    sweeps: Mapping[str, Mapping[str, str]]
    takeovers: Sequence[Mapping[str, Any]]
    """Where the lab can take over, as reluviz.lab.takeover tells it."""
    questions: Sequence[Mapping[str, Any]]
    """What its audience is asked, as contents.schema.json has it."""

    @property
    def name(self) -> str:
        """The file's name without its ending; every file of the kit that belongs to the film starts with it."""
        return self.mp4.stem

    @property
    def srt(self) -> Path:
        """Its captions. A film without narration has none."""
        return self.mp4.with_suffix(".srt")

    @property
    def in_series(self) -> bool:
        """Whether it is a film of the series, which follows the article."""
        return self.name in programme() and OF_YOUR_OWN not in self.source

    @cached_property
    def sentence(self) -> str:
        """What it shows, in one sentence: from the programme, else the first one that is said."""
        if self.in_series:
            return programme()[self.name].sentence
        said = next((beat.narration for beat in self.beats if beat.narration), self.title)
        return re.split(r"(?<=[.!?])\s", said, maxsplit=1)[0]

    def clip_name(self, number: int) -> str:
        """The file of a chapter, numbered from 1, in the kit: "clips/one-neuron-03-rise.mp4"."""
        return f"clips/{self.name}-{number:02d}-{self.beats[number - 1].name.replace('_', '-')}.mp4"

    @classmethod
    def open(cls, contents: Path) -> Film:
        """The film whose contents `contents` (NAME.json) tells, a chapter starting where its own headline stands.

        Raises ContentsError for what is no contents of a film or not that of the film beside it, PublishError for a
        file that is not named as a film may be.
        """
        if not is_film_name(contents.stem):
            raise PublishError(f"{contents}: no name for a film; expected such as {film_name(contents.stem)}.json")
        told, mp4 = read_contents(contents), contents.with_suffix(".mp4")
        check_film(told, mp4)
        starts = [beat["headline_at"] for beat in told["beats"]]
        beats = tuple(
            Beat(beat["name"], beat["headline"], start, end, beat["narration"])
            for beat, start, end in zip(told["beats"], starts, [*starts[1:], told["duration"]], strict=True)
        )
        runs, sweeps = (
            {name: {key: one[key] for key in ("experiment", "digest")} for name, one in told[kind].items()}
            for kind in ("runs", "sweeps")
        )
        keys = ("title", "source", "version", "theme", "voice", "frame_rate", "duration", "questions")
        places = takeovers(told)
        return cls(mp4=mp4, beats=beats, runs=runs, sweeps=sweeps, takeovers=places, **{key: told[key] for key in keys})


def find_films(folders: Sequence[Path], wanted: Sequence[str] = ()) -> tuple[Film, ...]:
    """The films `wanted`, in their order: names of films in the first of `folders` that has them, or paths of MP4s.

    Without, all films of the first folder, in the programme's order, others after them by name. Raises PublishError
    where there are none, one is not there, or two have one name.
    """
    if wanted:
        films = [Film.open(_contents_of(one, folders)) for one in wanted]
        if twice := [film.name for film in films if sum(film.name == other.name for other in films) > 1]:
            raise PublishError(f"{twice[0]}: two films of this name; expected another for one of them")
        return tuple(films)
    order, folder = list(programme()), folders[0]
    films = [Film.open(path) for path in folder.glob("*.json")]
    if not films:
        raise PublishError(f"{folder}: no films here; `make` renders them")

    def place(film: Film) -> tuple[int, str]:
        return (order.index(film.name) if film.name in order else len(order), film.name)

    return tuple(sorted(films, key=place))


def _contents_of(film: str, folders: Sequence[Path]) -> Path:
    if film.endswith(".mp4"):
        return Path(film).with_suffix(".json")
    for folder in folders:
        if is_film_name(film) and (folder / f"{film}.json").is_file():
            return folder / f"{film}.json"
    raise PublishError(f"{film}: no such film in {' or '.join(map(str, folders))}; expected a name or a path of an MP4")


def stills_of(experiment: str, folder: Path) -> list[Path]:
    """The pictures in `folder` that `reluviz figures` draws of the experiment's run: NAME-end.png and so on."""
    named = re.compile(re.escape(film_name(experiment)) + "-[a-z]+[.]png")
    return sorted(path for path in folder.glob("*.png") if named.fullmatch(path.name) and path.is_file())
