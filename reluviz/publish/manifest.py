"""manifest.json: what is in the kit and what was run. Its form: manifest.schema.json and docs/lecture-kit.md."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from reluviz.made_by import made_by
from reluviz.publish.film import Film
from reluviz.publish.imprint import Imprint
from reluviz.publish.questions import guesses_of

FORM = 3
"""The version of its form. It grows when a reader of the old form would be misled: in 3, clips may be missing."""

MANIFEST = "manifest.json"
"""Its name in the kit."""


def manifest(
    films: Sequence[Film], imprint: Imprint, made_of: str, posters: Mapping[str, float], folder: Path
) -> dict[str, Any]:
    """What `folder` holds: all its files with size and SHA-256, and the films with their chapters and runs.

    made_of: the digest of all that went in. posters: film name -> the second that its poster shows.
    """
    return {
        "form": FORM,
        "made_by": made_by(),
        "made_of": made_of,
        "title": imprint.title,
        "author": imprint.author,
        "course": imprint.course,
        "films": [_film(film, posters[film.name], folder) for film in films],
        "files": [_file(path, folder) for path in sorted(p for p in folder.rglob("*") if p.is_file())],
    }


def digest_of(path: Path) -> str:
    """SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _film(film: Film, poster: float, folder: Path) -> dict[str, Any]:
    return {
        "name": film.name,
        "title": film.title,
        "sentence": film.sentence,
        "source": film.source,
        "duration": round(film.duration, 6),
        "frame_rate": film.frame_rate,
        "poster_at": round(poster, 6),
        "theme": film.theme,
        "voice": film.voice,
        "version": film.version,
        "chapters": [
            {
                "name": beat.name,
                "headline": beat.headline,
                "start": round(beat.start, 6),
                "end": round(beat.end, 6),
                **({"clip": film.clip_name(number)} if (folder / film.clip_name(number)).is_file() else {}),
            }
            for number, beat in enumerate(film.beats, start=1)
        ],
        "questions": [
            {"start": round(one.start, 6), "text": one.question, "answer": one.answer} for one in guesses_of(film)
        ],
        "runs": _trained(film.runs),
        "sweeps": _trained(film.sweeps),
    }


def _trained(described: Mapping[str, Mapping[str, Any]]) -> list[dict[str, str]]:
    return [{"name": name, "experiment": one["experiment"], "digest": one["digest"]} for name, one in described.items()]


def _file(path: Path, folder: Path) -> dict[str, Any]:
    return {"path": path.relative_to(folder).as_posix(), "size": path.stat().st_size, "sha256": digest_of(path)}
