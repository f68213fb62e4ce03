"""The contents of a film, NAME.json beside NAME.mp4: written by its scene, read by whoever publishes it.

Its form is contents.schema.json; what a schema cannot say (that times are in order, that the film is the one that is
meant) is checked here as well.
"""

from __future__ import annotations

import hashlib
import json
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from reluviz.errors import UserError
from reluviz.files import write_whole
from reluviz.outside import OutsideError, read_json

SCHEMA = 2
"""The version of the form."""
_SLACK = 0.01
"""Seconds by which two times may miss one another for rounding."""


class ContentsError(UserError):
    """A file that is not the contents of a film, or of another film; the message is one line."""


def write_contents(path: Path, contents: dict[str, Any]) -> None:
    """Writes `contents` to `path`, whole or not at all. Raises FileError."""
    write_whole(path, json.dumps(contents, indent=1, ensure_ascii=False) + "\n")


def read_contents(path: Path) -> dict[str, Any]:
    """The contents at `path` (NAME.json), checked. Raises ContentsError for anything else."""
    try:
        told: dict[str, Any] = read_json(path, _schema(), "the contents of a film")
    except OutsideError as mistake:
        raise ContentsError(f"{mistake}; render the film anew") from mistake
    if disorder := _disorder(told):
        raise ContentsError(f"{path}: not the contents of a film ({disorder}); render the film anew")
    return told


def check_film(contents: dict[str, Any], mp4: Path) -> None:
    """Raises ContentsError where `mp4` is missing, or is not the film that `contents` tell of."""
    try:
        with mp4.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise ContentsError(f"{mp4}: no such film ({error.strerror}); render it anew") from error
    if digest != contents["film"]:
        raise ContentsError(f"{mp4}: not the film that {mp4.stem}.json tells of; render it anew")


def _disorder(told: dict[str, Any]) -> str:
    """What is wrong with the times and names in contents that keep the schema; nothing where all is well."""
    end = told["duration"]
    marks = [0.0]
    for beat in told["beats"]:
        marks += [beat["start"], beat["headline_at"], beat["end"]]
    if not _in_order([*marks, end]):
        return "beats: their times are not in order"
    if len({beat["name"] for beat in told["beats"]}) < len(told["beats"]):
        return "beats: two have one name"
    for kind in ("questions", "segments"):
        if not _in_order([0.0, *(one[key] for one in told[kind] for key in ("start", "end")), end]):
            return f"{kind}: their times are not in order"
    for segment in told["segments"]:
        if not set(segment["runs"]) == set(segment["iterations"]) <= set(told["runs"]):
            return "segments: a run that is not there"
        if any(len(shown) != len(segment["second"]) for shown in segment["iterations"].values()):
            return "segments: iterations and seconds are not as many"
        if not _in_order([segment["start"], *segment["second"], segment["end"]]):
            return "segments: their seconds are not in order"
    return ""


def _in_order(times: list[float]) -> bool:
    return all(b >= a - _SLACK for a, b in zip(times, times[1:], strict=False))


@cache
def _schema() -> dict[str, Any]:
    schema: dict[str, Any] = json.loads((files("reluviz.story") / "contents.schema.json").read_text(encoding="utf-8"))
    return schema
