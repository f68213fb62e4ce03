"""index.html: one self-contained page with all films, that works from a file as from a server."""

from __future__ import annotations

import base64
import re
import tomllib
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from reluviz import __version__
from reluviz.publish.film import Film, stills_of
from reluviz.publish.texts import captions_of, captions_vtt, chapters_vtt, clock
from reluviz.theme import THEMES


def page(films: Sequence[Film], folder: Path) -> str:
    """The page for a kit in `folder` that already holds the films' own files.

    Captions are in the page as data: URIs, since a browser blocks tracks that lie beside a page opened as a file.
    """
    templates = Environment(
        loader=PackageLoader("reluviz.publish"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    text = templates.get_template("index.html").render(
        films=[_shown(film, folder) for film in films],
        snippets=_snippets(),
        palettes=THEMES,
        version=__version__,
    )
    return re.sub(r"[ \t]+$", "", text, flags=re.MULTILINE) + "\n"


def _shown(film: Film, folder: Path) -> dict[str, Any]:
    """What the page knows of a film."""
    captions = captions_of(film)
    stills = {
        still.relative_to(folder).as_posix(): still.stem.replace("-", " ")
        for run in film.runs.values()
        for still in stills_of(run["experiment"], folder / "stills")
    }
    chapters = [
        {
            "headline": beat.headline,
            "start": beat.start,
            "end": beat.end,
            "clock": clock(beat.start),
            "clip": film.clip_name(number),
            "cues": [
                {"start": cue.start, "end": cue.end, "text": cue.text}
                for cue in captions
                if beat.start <= cue.start < beat.end
            ],
        }
        for number, beat in enumerate(film.beats, start=1)
    ]
    return {
        "name": film.name,
        "title": film.title,
        "sentence": film.sentence,
        "source": film.source,
        "clock": clock(film.duration),
        "theme": film.theme,
        "captions": _data_uri(captions_vtt(film)) if captions else "",
        "chapterTrack": _data_uri(chapters_vtt(film)),
        "chapters": chapters,
        "stills": stills,
        "captioned": film.srt.is_file(),
        "takeovers": film.takeovers,
        "frameRate": film.frame_rate,
        "runs": [f"{one['experiment']} · {one['digest'][:12]}" for one in (*film.runs.values(), *film.sweeps.values())],
    }


def _snippets() -> list[dict[str, str]]:
    """How to use a film elsewhere; FILM and TITLE stand for its name and title."""
    text = (files("reluviz.publish") / "templates" / "snippets.toml").read_text(encoding="utf-8")
    snippets: list[dict[str, str]] = tomllib.loads(text)["snippet"]
    return snippets


def _data_uri(vtt: str) -> str:
    return "data:text/vtt;base64," + base64.b64encode(vtt.encode("utf-8")).decode("ascii")
