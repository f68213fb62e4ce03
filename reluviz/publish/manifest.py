"""manifest.json: what is in the kit and what was run. Its form: manifest.schema.json and docs/lecture-kit.md."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

from reluviz import __version__
from reluviz.outside import OutsideError, read_json
from reluviz.publish.film import Film, PublishError
from reluviz.publish.imprint import Imprint
from reluviz.publish.questions import guesses_of

FORM = 3
"""The version of its form. It grows when a reader of the old form would be misled: in 3, clips may be missing."""

MANIFEST = "manifest.json"
"""Its name in the kit."""


def manifest(films: Sequence[Film], imprint: Imprint, posters: Mapping[str, float], folder: Path) -> dict[str, Any]:
    """What `folder` holds: all its files with size and SHA-256, and the films with their chapters and runs.

    posters: film name -> the second that its poster shows.
    """
    return {
        "form": FORM,
        "made_by": f"reluviz {__version__}",
        "title": imprint.title,
        "author": imprint.author,
        "course": imprint.course,
        "films": [_film(film, posters[film.name], folder) for film in films],
        "files": [_file(path, folder) for path in sorted(p for p in folder.rglob("*") if p.is_file())],
    }


def files_of_earlier(kit: Path) -> dict[str, str]:
    """The files, path -> SHA-256, that the manifest of an earlier kit lists; {} where `kit` is missing or empty.

    Raises PublishError where the folder is something else, so that no other manifest says what may go.
    """
    if kit.exists() and not kit.is_dir():
        raise PublishError(f"{kit}: a file; expected a folder for the kit")
    if not os.path.lexists(kit / MANIFEST):
        if kit.exists() and any(kit.iterdir()):
            raise PublishError(f"{kit}: neither empty nor a lecture kit; expected another folder")
        return {}
    try:
        told = read_json(kit / MANIFEST, _what_is_read(), "a lecture kit's manifest")
    except OutsideError as mistake:
        raise PublishError(f"{mistake}; expected another folder") from mistake
    return {entry["path"]: entry["sha256"] for entry in told["files"]}


def _what_is_read() -> dict[str, Any]:
    """Of a manifest of any form so far: its files."""
    schema: dict[str, Any] = json.loads((files("reluviz.publish") / "manifest.schema.json").read_text(encoding="utf-8"))
    form = {"type": "integer", "minimum": 1, "maximum": FORM}
    told = {"form": form, **{key: schema["properties"][key] for key in ("made_by", "files")}}
    return {"type": "object", "required": list(told), "properties": told, "$defs": schema["$defs"]}


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
