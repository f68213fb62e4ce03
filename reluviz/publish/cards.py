"""The pictures on the page's cards: of each film a moment that looks like no other film's.

Posters show how a film begins, and the films of a series begin alike.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from reluviz.made_by import made_by
from reluviz.publish.film import Film

_SIZE = (640, 360)
_COMPARED = (32, 18)
"""The pixels that two pictures are compared by: what is told apart at a glance."""
_ROUNDS = 10


def card_name(film: Film) -> str:
    """The file of a film's card in the kit."""
    return f"cards/{film.name}.jpg"


def small(picture: Any) -> Any:
    """A picture (Pillow's) at a card's size, no larger than it was."""
    copy = picture.copy()
    copy.thumbnail(_SIZE)
    return copy


def write_cards(films: Sequence[Film], pictures: Sequence[Sequence[Any]], folder: Path) -> None:
    """Writes each film's card. pictures: of each film one for each chapter, small."""
    (folder / "cards").mkdir()
    for film, card in zip(films, telling_apart(pictures), strict=True):
        card.save(folder / card_name(film), quality=85, comment=f"made by {made_by()}")


def telling_apart(pictures: Sequence[Sequence[Any]]) -> list[Any]:
    """One picture of each film, so that the most alike two of them differ as much as may be.

    First and last chapters, which films have in common, are taken for want of others alone. Each film in turn takes
    the picture that is furthest from the nearest of the others' present ones, until none changes.
    """
    between = [film[1:-1] or film for film in pictures]
    seen = [[np.asarray(one.convert("RGB").resize(_COMPARED), dtype=float) for one in film] for film in between]
    chosen = [len(film) // 2 for film in seen]
    for _ in range(_ROUNDS):
        before = list(chosen)
        for number, film in enumerate(seen):
            others = [seen[other][chosen[other]] for other in range(len(seen)) if other != number]
            apart = [min((float(np.abs(one - other).mean()) for other in others), default=0.0) for one in film]
            chosen[number] = apart.index(max(apart)) if others else chosen[number]
        if chosen == before:
            break
    return [film[one] for film, one in zip(between, chosen, strict=True)]
