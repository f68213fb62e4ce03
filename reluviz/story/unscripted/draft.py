"""Small words for the stories that are built from an analysis: fields for numbers, lists of neurons, directions.

What is built is a script's text (beats.py), so every number is still a field, and every sentence and every headline
has its claims.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from math import floor, log10
from typing import Any

RULES = {
    1: "its weight is positive, and the graph is too low",
    2: "its weight is negative, and the graph is too low",
    3: "its weight is positive, and the graph is too high",
    4: "its weight is negative, and the graph is too high",
}
"""When each of the article's rules moves a neuron."""


_FIELD = r"\{[^{}]*\}"


@dataclass
class Telling:
    """A beat in the making: a headline, sentences, and the claims they rest on, added together."""

    name: str
    span: tuple[int, int] | None = None
    headline: str = ""
    sentences: list[str] = field(default_factory=list)
    claims: list[str] = field(default_factory=list)
    stops: dict[str, int] = field(default_factory=dict)

    def head(self, headline: str, claim: str, *claims: str) -> None:
        """Sets the headline, and what must be true for it."""
        self.headline = headline
        self.claims += (claim, *claims)

    def say(self, sentence: str, *claims: str) -> None:
        """Adds a sentence (a template) and what must be true for it."""
        self.sentences.append(sentence)
        self.claims += claims

    def say_at(self, iteration: int, which: Sequence[int], sentence: str, *claims: str) -> None:
        """Adds a sentence about neurons `which` (from 1), at whose event the replay stands before its last words."""
        mark = "_".join(("first", "second", "third")[len(self.stops)] if k == 0 else str(which[k - 1])
                        for k in range(len(which) + 1))  # fmt: skip
        self.stops[mark] = iteration
        self.say(marked(sentence, mark), *claims)

    @property
    def words(self) -> int:
        """How many words are said, a field counting as one, a mark as none."""
        return len(re.sub(r"\[\w+\]", "", re.sub(_FIELD, "x", " ".join(self.sentences))).split())

    def description(self) -> dict[str, Any]:
        """As a script would have it."""
        described: dict[str, Any] = {
            "name": self.name,
            "headline": self.headline,
            "narration": " ".join(self.sentences),
            "claims": list(dict.fromkeys(self.claims)),
        }
        if self.span is not None:
            described["span"] = [str(bound) for bound in self.span]
        if self.stops:
            described["stops"] = {mark: str(iteration) for mark, iteration in self.stops.items()}
        return described


def marked(sentence: str, mark: str, part: float = 0.65) -> str:
    """The sentence with [mark] after this part of its words: the film needs the ones before to get there."""
    words = re.findall(rf"(?:{_FIELD}|\S)+", sentence)
    place = max(round(part * len(words)), 1)
    return " ".join((*words[:place], f"[{mark}]", *words[place:]))


def neurons_named(mark: str) -> tuple[int, ...]:
    """The neurons (from 0) of a mark such as "first_1_2": neurons 1 and 2, as they are read."""
    return tuple(int(part) - 1 for part in mark.split("_")[1:])


def number(expression: str, value: float, digits: int = 2) -> str:
    """A field for `expression`, which is `value` now, with about so many digits and no more than it needs."""
    if abs(value) < 1e-9:
        decimals = 0
    else:
        decimals = min(max(digits - 1 - floor(log10(abs(value))), 0), 9)
        while decimals and round(value, decimals) == round(value, decimals - 1):
            decimals -= 1
    return f"{{{expression}:.{decimals}f}}"


def neurons(which: Sequence[int]) -> str:
    """Neurons (from 1) by name, as a template: "neurons {1}, {2} and {4}"."""
    if len(which) == 1:
        return f"neuron {{{which[0]}}}"
    return f"neurons {', '.join(f'{{{i}}}' for i in which[:-1])} and {{{which[-1]}}}"


def capital(sentence: str) -> str:
    """The sentence with a capital at its start."""
    return sentence[:1].upper() + sentence[1:]


def plural(count: int, word: str) -> str:
    """The word for that many."""
    return word if count == 1 else f"{word}s"
