"""The kit as a whole: built beside its folder, moved in when whole."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

import av

from reluviz.publish.deck import write_decks
from reluviz.publish.film import Film, PublishError, find_films
from reluviz.publish.manifest import listed_files, manifest
from reluviz.publish.page import page
from reluviz.publish.texts import captions_vtt, chapters_vtt, transcript
from reluviz.publish.video import copy_film, cut_clip, telling_moments

MANIFEST = "manifest.json"


def publish(videos: Path, figures: Path, output: Path, say: Callable[[str], None] = lambda line: None) -> Path:
    """Makes the lecture kit of all films in `videos` in the folder `output`; returns its page.

    figures: where the runs' stills lie; those of the films' runs come along. say: gets a line for each film.
    Files of an earlier kit that are no longer part of it go; files of others stay. Raises PublishError.
    """
    films = find_films(videos)
    output.parent.mkdir(parents=True, exist_ok=True)
    building = Path(tempfile.mkdtemp(dir=output.parent, prefix=f".{output.name}-"))
    try:
        posters = {}
        for film in films:
            posters[film.name] = _lay_out(film, figures, building)
            say(f"{output / film.name}.mp4: {film.title}, {len(film.beats)} chapters")
        (building / "index.html").write_text(page(films, building), encoding="utf-8")
        write_decks(films, building)
        told = manifest(films, posters, building)
        (building / MANIFEST).write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        _move_in(building, output)
    except (OSError, av.FFmpegError) as error:
        raise PublishError(f"{error.filename or output}: {error.strerror or error}") from error
    finally:
        shutil.rmtree(building, ignore_errors=True)
    return output / "index.html"


def _lay_out(film: Film, figures: Path, folder: Path) -> float:
    """Writes all files of a film but the common ones; returns the second that its poster shows."""
    copy_film(film, folder / f"{film.name}.mp4")
    copy_film(film, folder / f"{film.name}-silent.mp4", sound=False)
    (folder / "clips").mkdir(exist_ok=True)
    moments = telling_moments(film)
    for number, moment in enumerate(moments, start=1):
        clip = folder / film.clip_name(number)
        cut_clip(film, number, clip)
        moment.picture.save(clip.with_suffix(".jpg"), quality=90)
    poster = max(moments, key=lambda moment: moment.worth)
    poster.picture.save(folder / f"{film.name}.jpg", quality=90)
    for ending, text in ((".vtt", captions_vtt), (".chapters.vtt", chapters_vtt), (".txt", transcript)):
        (folder / f"{film.name}{ending}").write_text(text(film), encoding="utf-8")
    if film.srt.is_file():
        shutil.copyfile(film.srt, folder / f"{film.name}.srt")
    for run in film.runs.values():
        for still in sorted(figures.glob(f"{run['experiment']}-*.png")):
            (folder / "stills").mkdir(exist_ok=True)
            shutil.copyfile(still, folder / "stills" / still.name)
    return poster.second


def _move_in(building: Path, output: Path) -> None:
    """Moves every file to its place, the manifest last, and takes away what only the earlier kit had."""
    try:
        earlier = set(listed_files(json.loads((output / MANIFEST).read_text(encoding="utf-8"))))
    except (OSError, ValueError):
        earlier = set()
    files = sorted(p.relative_to(building) for p in building.rglob("*") if p.is_file() and p.name != MANIFEST)
    for file in files:
        (output / file).parent.mkdir(parents=True, exist_ok=True)
        os.replace(building / file, output / file)
    os.replace(building / MANIFEST, output / MANIFEST)
    for gone in earlier - {file.as_posix() for file in files}:
        if (output / gone).resolve().is_relative_to(output.resolve()):
            (output / gone).unlink(missing_ok=True)
