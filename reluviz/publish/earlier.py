"""The kit that a folder holds already: what it is made of, and what in its folder is not its own."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

from reluviz.outside import OutsideError, read_json
from reluviz.publish.film import Film, PublishError, stills_of
from reluviz.publish.imprint import Extras, Imprint
from reluviz.publish.manifest import FORM, MANIFEST, digest_of


@dataclass(frozen=True)
class Earlier:
    """What the manifest in a folder says. files: path -> SHA-256. made_of: the digest of all that went in, or ""."""

    files: Mapping[str, str]
    made_of: str = ""


def earlier_kit(kit: Path) -> Earlier:
    """The kit in a folder, empty where the folder is missing or empty.

    Raises PublishError where the folder is something else, so that no other manifest says what may go.
    """
    if kit.exists() and not kit.is_dir():
        raise PublishError(f"{kit}: a file; expected a folder for the kit")
    if not os.path.lexists(kit / MANIFEST):
        if kit.exists() and any(kit.iterdir()):
            raise PublishError(f"{kit}: neither empty nor a lecture kit; expected another folder")
        return Earlier({})
    try:
        told = read_json(kit / MANIFEST, _what_is_read(), "a lecture kit's manifest")
    except OutsideError as mistake:
        raise PublishError(f"{mistake}; expected another folder") from mistake
    return Earlier({entry["path"]: entry["sha256"] for entry in told["files"]}, str(told.get("made_of", "")))


def ingredients(films: Sequence[Film], figures: Path, imprint: Imprint, extras: Extras) -> str:
    """SHA-256 over all that a kit is made of: films, stills, what was asked for, and reluviz itself, file by file.

    Raises PublishError for a file that cannot be read.
    """
    beside = [film.mp4.with_suffix(ending) for film in films for ending in (".json", ".srt")]  # its digest is there
    stills = [still for film in films for run in film.runs.values() for still in stills_of(run["experiment"], figures)]
    with as_file(files("reluviz")) as source:
        own = sorted(path for path in source.rglob("*") if "__pycache__" not in path.parts)
        try:
            used = [(path.name, digest_of(path)) for path in (*own, *beside, *stills) if path.is_file()]
        except OSError as error:
            raise PublishError(f"{error.filename}: cannot be read ({error.strerror})") from error
    return hashlib.sha256(json.dumps([used, asdict(imprint), asdict(extras)]).encode("utf-8")).hexdigest()


def is_whole(kit: Path, earlier: Earlier) -> bool:
    """Whether every file that the manifest lists is there as it lists it."""
    try:
        return all(digest_of(kit / name) == digest for name, digest in earlier.files.items())
    except OSError:  # missing, or no file any more
        return False


def _what_is_read() -> dict[str, Any]:
    """Of a manifest of any form so far: its files."""
    schema: dict[str, Any] = json.loads((files("reluviz.publish") / "manifest.schema.json").read_text(encoding="utf-8"))
    form = {"type": "integer", "minimum": 1, "maximum": FORM}
    told = {"form": form, **{key: schema["properties"][key] for key in ("made_by", "files")}}
    return {"type": "object", "required": list(told), "properties": told, "$defs": schema["$defs"]}


def keep_what_is_not_ours(kit: Path, ours: Mapping[str, str], building: Path) -> None:
    """Gives `building` all that lies in `kit` and no earlier kit wrote: other files, and ours that were changed since.

    ours: path -> SHA-256, as the earlier manifest has it. A file of the new kit goes before one of the same name.
    """
    for path in _entries(kit):
        name, place = path.relative_to(kit).as_posix(), building / path.relative_to(kit)
        if os.path.lexists(place) or name == MANIFEST:
            continue
        if name in ours and path.is_file() and not path.is_symlink() and digest_of(path) == ours[name]:
            continue
        if path.is_dir() and not path.is_symlink():
            if not any(one.startswith(f"{name}/") for one in ours):
                place.mkdir(parents=True)
            continue
        place.parent.mkdir(parents=True, exist_ok=True)
        try:
            os.link(path, place, follow_symlinks=False)
        except OSError:  # a file system without
            shutil.copy2(path, place, follow_symlinks=False)


def _entries(folder: Path) -> Iterator[Path]:
    """All that lies in `folder`, at any depth, the deepest last; no link is followed."""
    if folder.is_dir():
        for path in sorted(folder.iterdir()):
            yield path
            if path.is_dir() and not path.is_symlink():
                yield from _entries(path)
