"""The files of a kit as they are offered: only those that are there, each with a name for people and its size."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from reluviz.publish.film import Film, stills_of


@dataclass(frozen=True)
class Download:
    """A file of the kit. path: within it, with forward slashes. size: in bytes."""

    path: str
    label: str
    size: int


def of_film(film: Film, folder: Path) -> list[Download]:
    """The files in a kit's folder that belong to a film, its clips and its runs' stills last."""
    name = film.name
    named = [
        (f"{name}.mp4", "Film"),
        (f"{name}-silent.mp4", "Film without sound"),
        (f"{name}.pptx", "Slides"),
        (f"{name}.zip", "All its files in one"),
        (f"{name}.vtt", "Captions (VTT)"),
        (f"{name}.srt", "Captions (SRT)"),
        (f"{name}.txt", "Transcript"),
        (f"{name}.jpg", "Poster"),
        *((film.clip_name(number), f"Chapter {number}") for number in range(1, len(film.beats) + 1)),
    ]
    stills = {
        still: f"Still: {still.stem.replace('-', ' ')}"
        for run in film.runs.values()
        for still in stills_of(run["experiment"], folder / "stills")
    }
    named += [(still.relative_to(folder).as_posix(), label) for still, label in stills.items()]
    return list(_there(named, folder))


def of_kit(folder: Path) -> list[Download]:
    """The files in a kit's folder that belong to all films."""
    named = [
        ("questions.html", "The films' questions, to print"),
        ("questions.txt", "The same as text"),
        ("lecture.pptx", "All films as slides"),
    ]
    return list(_there(named, folder))


def _there(named: Iterable[tuple[str, str]], folder: Path) -> Iterator[Download]:
    for path, label in named:
        if (folder / path).is_file():
            yield Download(path, label, (folder / path).stat().st_size)
