"""The kit as a whole: built beside its folder, which it replaces when it is whole."""

from __future__ import annotations

import json
import os
import shutil
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import av

from reluviz.files import clear_leftovers, replacing_folder
from reluviz.lab.page import page as lab_page
from reluviz.made_by import made_by
from reluviz.publish.cards import small, write_cards
from reluviz.publish.deck import write_deck
from reluviz.publish.downloads import of_film
from reluviz.publish.earlier import earlier_kit, ingredients, is_whole, keep_what_is_not_ours
from reluviz.publish.film import Film, PublishError, stills_of
from reluviz.publish.imprint import Extras, Imprint
from reluviz.publish.manifest import MANIFEST, manifest
from reluviz.publish.page import page
from reluviz.publish.questions import sheet_html, sheet_text
from reluviz.publish.texts import captions_vtt, chapters_vtt, transcript
from reluviz.publish.video import copy_film, cut_clip, jpeg, picture_at, posters


def publish(
    films: Sequence[Film],
    figures: Path,
    output: Path,
    imprint: Imprint,
    extras: Extras,
    say: Callable[[str], None] = lambda line: None,
) -> Path:
    """Makes the lecture kit of `films` in the folder `output`; returns its page.

    figures: where the runs' stills lie; those of the films' runs come along. say: gets a line for each film.
    At every instant the folder is the earlier kit or the new one. Files that the earlier kit had and this one has not
    go, extras that are not asked for again among them; files of others stay. A kit made of the same stays as it
    is. Raises PublishError, FileError.
    """
    earlier, made_of = earlier_kit(output), ingredients(films, figures, imprint, extras)
    if earlier.made_of == made_of and is_whole(output, earlier):
        clear_leftovers(output.resolve().parent)
        os.utime(output / MANIFEST)  # newer than the films again, as `make` looks at it
        say(f"{output}: nothing has changed")
        return output / "index.html"
    shown = {}
    with replacing_folder(output) as building:
        for film in films:
            shown[film.name] = _lay_out(film, figures, building, extras)
            say(f"{output / film.name}.mp4: {film.title}, {len(film.beats)} chapters")
        write_cards(films, [one.small for one in shown.values()], building)
        if extras.decks:
            pictures = {name: one.chapters for name, one in shown.items()}
            for film in films:
                named = imprint if len(films) == 1 else replace(imprint, title=film.title)
                write_deck([film], named, pictures, building / f"{film.name}.pptx")
            if len(films) > 1:
                write_deck(films, imprint, pictures, building / "lecture.pptx")
        if extras.zips:
            for film in films:
                _write_zip(film, building)
        asked = {name: one.questions for name, one in shown.items()}
        _write(building / "questions.html", sheet_html(films, imprint, asked))
        _write(building / "questions.txt", sheet_text(films, imprint))
        _write(building / "lab.html", lab_page())
        _write(building / "index.html", page(films, imprint, building))
        told = manifest(films, imprint, made_of, {name: one.poster_at for name, one in shown.items()}, building)
        _write(building / MANIFEST, json.dumps(told, indent=1, ensure_ascii=False) + "\n")
        keep_what_is_not_ours(output, earlier.files, building)
    return output / "index.html"


@dataclass(frozen=True)
class _Shown:
    """What stands for a film: a picture as JPEG for each chapter and each question, the chapters' small (Pillow's), and
    the second of its poster."""

    chapters: Sequence[bytes]
    small: Sequence[Any]
    questions: Sequence[bytes]
    poster_at: float


def _lay_out(film: Film, figures: Path, folder: Path, extras: Extras) -> _Shown:
    """Writes all files of a film but card, deck and ZIP."""
    try:
        copy_film(film, folder / f"{film.name}.mp4")
        if extras.silent_copies:
            copy_film(film, folder / f"{film.name}-silent.mp4", sound=False)
        early = posters(film)
        chapters = [jpeg(poster.picture) for poster in early]
        questions = [jpeg(picture_at(film, (one["start"] + one["end"]) / 2), 640) for one in film.questions]
        if extras.clip_files:
            (folder / "clips").mkdir(exist_ok=True)
            for number, picture in enumerate(chapters, start=1):
                clip = folder / film.clip_name(number)
                cut_clip(film, number, clip)
                clip.with_suffix(".jpg").write_bytes(picture)
    except av.FFmpegError as error:
        if isinstance(error, OSError):  # of the disk, not of the film
            raise
        raise PublishError(f"{error.filename or film.mp4}: {error.strerror}; render the film anew") from error
    (folder / f"{film.name}.jpg").write_bytes(chapters[0])
    for ending, text in ((".vtt", captions_vtt), (".chapters.vtt", chapters_vtt), (".txt", transcript)):
        _write(folder / f"{film.name}{ending}", text(film))
    if film.srt.is_file():
        shutil.copyfile(film.srt, folder / f"{film.name}.srt")
    for run in film.runs.values():
        for still in stills_of(run["experiment"], figures):
            (folder / "stills").mkdir(exist_ok=True)
            shutil.copyfile(still, folder / "stills" / still.name)
    return _Shown(chapters, [small(poster.picture) for poster in early], questions, early[0].second)


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")


def _write_zip(film: Film, folder: Path) -> None:
    """All that the kit has of a film, in NAME.zip; equal films make equal ones, whatever the time of day."""
    files = of_film(film, folder)
    with zipfile.ZipFile(folder / f"{film.name}.zip", "w") as archive:
        archive.comment = f"made by {made_by()}".encode()
        for one in files:
            info = zipfile.ZipInfo(f"{film.name}/{one.path}")
            info.external_attr = 0o644 << 16
            with (folder / one.path).open("rb") as source, archive.open(info, "w", force_zip64=True) as target:
                shutil.copyfileobj(source, target, 1 << 20)
