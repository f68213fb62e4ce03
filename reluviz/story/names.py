"""What a film may be called: its files, its address in a page and its place in a manifest are all this one word."""

from __future__ import annotations

import hashlib
import re
import unicodedata

PATTERN = "^[a-z0-9]+(-[a-z0-9]+)*$"
"""The same stands in the schemas of a film's contents and of the kit's manifest."""
LONGEST = 60


def is_film_name(text: str) -> bool:
    """Whether a film may be called `text`."""
    return len(text) <= LONGEST and re.fullmatch(PATTERN, text) is not None and not text.endswith("\n")


def film_name(text: str) -> str:
    """The film name that is nearest to `text`, which it is itself where it fits: "My film #1" -> "my-film-1".

    A text without a letter or digit that can be written in ASCII is told apart by its digest: "film-1f0c9a7e".
    """
    plain = unicodedata.normalize("NFKD", text.casefold()).encode("ascii", "ignore").decode().lower()
    name = re.sub("[^a-z0-9]+", "-", plain).strip("-")[:LONGEST].rstrip("-")
    return name or "film-" + hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:8]
