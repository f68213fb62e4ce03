"""What a voice gives back: a sound file, and when each sentence and each word of the caption text is said."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

_ABBREVIATIONS = ("e.g.", "i.e.", "vs.", "cf.", "dr.")
_BEFORE_NUMBERS = ("fig.", "eq.", "no.")
_SENTENCE_END = re.compile(
    "(?<=[.!?…])"
    + "".join(rf"(?<!\b{re.escape(one)})" for one in _ABBREVIATIONS)
    + "".join(rf"(?!(?<=\b{re.escape(one)})\s+\d)" for one in _BEFORE_NUMBERS)
    + r"[”\")]*\s+",
    re.IGNORECASE,
)


class Timed(NamedTuple):
    """A sentence or a word of the caption text and when it is said, seconds from the utterance's start."""

    start: float
    end: float
    text: str


@dataclass(frozen=True)
class Utterance:
    """A narration as spoken.

    wav: 16-bit mono, or None from the silent voice. seconds: how long it lasts, the sound file exactly.
    sentences, words: in order; the words joined by blanks are the sentences joined by blanks.
    """

    wav: Path | None
    seconds: float
    sentences: tuple[Timed, ...]
    words: tuple[Timed, ...]


def sentences_of(caption_text: str) -> tuple[str, ...]:
    """The sentences of `caption_text`, white space made single blanks. A sentence may begin in lower case ("w₁ …")."""
    text = " ".join(caption_text.split())
    cuts = [end.end() for end in _SENTENCE_END.finditer(text)]
    return tuple(text[a:b].strip() for a, b in zip([0, *cuts], [*cuts, len(text)], strict=True) if a < b)
