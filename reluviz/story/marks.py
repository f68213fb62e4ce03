"""Marks in a narration: `"Too low: [grow] the slope grows, and [left] the origin moves left. [pause] Why?"`

A mark is a word in brackets between two words. It is neither said nor captioned; the word after it gives its second,
so that a scene can say `self.at("left")` and holds no times of its own. `[pause]` is three seconds of silence.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from reluviz.story.expressions import ExpressionError, Expressions
from reluviz.story.template import fill

PAUSE = "pause"
_MARK = re.compile(r"(?:(?<=\s)|^)\[([a-z][a-z0-9_]*)\](?=\s|$)")
_ENDS_A_SENTENCE = re.compile(r"[.!?:…][”\")]*$")


@dataclass(frozen=True)
class Said:
    """A beat's words, its marks taken out.

    parts: caption texts, parted by the pauses. marks: name -> the part it is in, and how many of that part's words
    come before it. The words are those of the captions, whatever is said for them.
    """

    parts: tuple[str, ...]
    marks: Mapping[str, tuple[int, int]]

    @property
    def text(self) -> str:
        """All of it as captioned."""
        return " ".join(part for part in self.parts if part)


def read_narration(template: str, expressions: Expressions) -> Said:
    """`template` with its marks taken out and then its fields filled.

    Raises ExpressionError for a bracket that is no mark, a mark that is there twice and a pause within a sentence, and
    as `fill` does.
    """
    pieces = _MARK.split(" ".join(template.split()))  # text, mark, text, mark, ..., text
    texts = [text.strip() for text in pieces[0::2]]
    parts: list[list[str]] = [[fill(texts[0], expressions)]]
    marks: dict[str, tuple[int, int]] = {}
    for number, (mark, text) in enumerate(zip(pieces[1::2], texts[1:], strict=True), start=1):
        before = " ".join(filter(None, texts[:number]))
        if mark == PAUSE:
            if before and not _ENDS_A_SENTENCE.search(before):
                raise ExpressionError(f"[pause] stands within a sentence: …{before[-30:]}")
            parts.append([])
        elif mark in marks:
            raise ExpressionError(f"[{mark}] is there twice")
        else:
            marks[mark] = (len(parts) - 1, sum(len(one.split()) for one in parts[-1]))
        parts[-1].append(fill(text, expressions, before))
    return Said(tuple(" ".join(filter(None, part)) for part in parts), marks)
