"""What a kit is called and who gives it, and what it holds beyond the films: as the person who publishes it says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reluviz.publish.film import Film


@dataclass(frozen=True)
class Imprint:
    """The kit's title, whose it is and the course it is for; these two may be "". On page, decks and sheet."""

    title: str
    author: str = ""
    course: str = ""

    @property
    def line(self) -> str:
        """Course and author in one line, or ""."""
        return " · ".join(filter(None, (self.course, self.author)))


@dataclass(frozen=True)
class Extras:
    """What is made on demand alone, since it holds the films' bytes again."""

    silent_copies: bool = False
    clip_files: bool = False
    decks: bool = False
    zips: bool = False


def title_for(films: Sequence[Film]) -> str:
    """A kit's title where nobody gives one: that of the series, that of the only film, or a plain one."""
    if any(film.in_series for film in films):
        return "Backpropagation, seen"
    return films[0].title if len(films) == 1 else "Networks at training"
