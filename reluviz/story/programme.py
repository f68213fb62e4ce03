"""The series: its films in the order of a lecture, each with its question and its sentence (programme.toml)."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

OF_YOUR_OWN = "of your own"
"""In the source of a film that is told of experiments, not after the article, whatever its name."""


@dataclass(frozen=True)
class Entry:
    """A film of the series.

    number, count: its place from 1, and how many films there are. question: what it answers, on its opening card.
    sentence: what it shows.
    """

    name: str
    number: int
    count: int
    question: str
    sentence: str

    @property
    def place(self) -> str:
        """Its place in the series in words: "6 of 14"."""
        return f"{self.number} of {self.count}"


@dataclass(frozen=True)
class Article:
    """What the films follow: its title, and where it was published."""

    title: str
    where: str


@cache
def programme() -> dict[str, Entry]:
    """The films of the series in their order, by name."""
    films = _read()["film"]
    entries = (Entry(number=number, count=len(films), **film) for number, film in enumerate(films, start=1))
    return {entry.name: entry for entry in entries}


@cache
def article() -> Article:
    """The article whose examples and figures the scripts name as their source."""
    return Article(**_read()["article"])


def _read() -> dict[str, Any]:
    return tomllib.loads((files("reluviz.story") / "programme.toml").read_text(encoding="utf-8"))
