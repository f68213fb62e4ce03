"""manifest.json: what is in the kit and what was run. Its form: manifest.schema.json and docs/lecture-kit.md."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from reluviz import __version__
from reluviz.publish.film import Film

FORM = 1
"""The version of the manifest's form. It grows when a reader of the old form would be misled."""


def manifest(films: Sequence[Film], posters: Mapping[str, float], folder: Path) -> dict[str, Any]:
    """What `folder` holds: all its files with size and SHA-256, and the films with their chapters and runs.

    posters: film name -> the second that its poster shows.
    """
    return {
        "form": FORM,
        "made_by": f"reluviz {__version__}",
        "films": [_film(film, posters[film.name]) for film in films],
        "files": [_file(path, folder) for path in sorted(p for p in folder.rglob("*") if p.is_file())],
    }


def listed_files(told: Any) -> Iterable[str]:
    """The paths that a manifest lists; none where it is no manifest of this form."""
    if not isinstance(told, dict) or told.get("form") != FORM:
        return []
    return [entry["path"] for entry in told["files"]]


def _film(film: Film, poster: float) -> dict[str, Any]:
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
                "clip": film.clip_name(number),
            }
            for number, beat in enumerate(film.beats, start=1)
        ],
        "runs": [{"name": name, **run} for name, run in film.runs.items()],
    }


def _file(path: Path, folder: Path) -> dict[str, Any]:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return {"path": path.relative_to(folder).as_posix(), "size": path.stat().st_size, "sha256": digest}
