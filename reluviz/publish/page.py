"""index.html: one self-contained page with all films, that works from a file as from a server."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import asdict
from importlib.resources import files
from pathlib import Path
from typing import Any

from reluviz.lab.bundle import join_modules
from reluviz.lab.page import FONT, font_faces
from reluviz.publish import downloads
from reluviz.publish.filled import filled
from reluviz.publish.film import Film
from reluviz.publish.imprint import Imprint
from reluviz.publish.questions import guesses_of
from reluviz.publish.texts import captions_of, clock, youtube_description
from reluviz.story.programme import article
from reluviz.theme import THEMES

WEB = files("reluviz.publish") / "web"
"""The page's modules: plain ES modules, joined as the lab's are."""


def page(films: Sequence[Film], imprint: Imprint, folder: Path) -> str:
    """The page for a kit in `folder` that already holds all other files but the manifest.

    Captions are in the page itself, since a browser blocks tracks that lie beside a page opened as a file.
    """
    return filled(
        "index.html",
        films=[_shown(film, folder) for film in films],
        imprint=imprint,
        article=article() if any(film.in_series for film in films) else None,
        files=downloads.of_kit(folder),
        snippets=_snippets(films[0], folder),
        palettes=THEMES,
        font=FONT,
        font_faces=font_faces(),
        source=join_modules(WEB, {"page.js": "mount"}, "reluvizPage"),
    )


def _shown(film: Film, folder: Path) -> dict[str, Any]:
    """What the page knows of a film."""
    captions = captions_of(film)
    chapters = [
        {
            "headline": beat.headline,
            "start": beat.start,
            "end": beat.end,
            "clock": clock(beat.start),
            "range": f"{film.name}.mp4#t={beat.start:.2f},{beat.end:.2f}",
            "cues": [
                {"start": cue.start, "end": cue.end, "text": cue.text}
                for cue in captions
                if beat.start <= cue.start < beat.end
            ],
        }
        for beat in film.beats
    ]
    return {
        "name": film.name,
        "title": film.title,
        "sentence": film.sentence,
        "clock": clock(film.duration),
        "theme": film.theme,
        "chapters": chapters,
        "files": [asdict(one) for one in downloads.of_film(film, folder)],
        "questions": [{"start": one.start, "text": one.question} for one in guesses_of(film)],
        "takeovers": film.takeovers,
        "frameRate": film.frame_rate,
        "description": youtube_description(film),
        "runs": [f"{one['experiment']} · {one['digest'][:12]}" for one in (*film.runs.values(), *film.sweeps.values())],
    }


def _snippets(film: Film, folder: Path) -> list[dict[str, str]]:
    """How to use a film elsewhere. A snippet's note tells of files on demand only where `folder` has them."""
    text = (files("reluviz.publish") / "templates" / "snippets.toml").read_text(encoding="utf-8")

    def there(file: str) -> bool:
        return (folder / file.replace("FILM", film.name)).is_file()

    return [
        {
            "name": one["name"],
            "language": one["language"],
            "note": " ".join([one["note"], *(note for file, note in one.get("notes", {}).items() if there(file))]),
            "code": one["code"],
        }
        for one in tomllib.loads(text)["snippet"]
    ]

