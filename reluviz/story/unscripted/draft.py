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


@dataclass
class Telling:
    """A beat in the making: a headline, sentences, and the claims they rest on, added together."""

    name: str
    span: tuple[int, int] | None = None
    headline: str = ""
    sentences: list[str] = field(default_factory=list)
    claims: list[str] = field(default_factory=list)

    def head(self, headline: str, claim: str, *claims: str) -> None:
        """Sets the headline, and what must be true for it."""
        self.headline = headline
        self.claims += (claim, *claims)

    def say(self, sentence: str, *claims: str) -> None:
        """Adds a sentence (a template) and what must be true for it."""
        self.sentences.append(sentence)
        self.claims += claims

    @property
    def words(self) -> int:
        """How many words are said, a field counting as one."""
        return len(re.sub(r"\{[^{}]*\}", "x", " ".join(self.sentences)).split())

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
        return described


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
