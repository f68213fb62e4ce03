"""Is the picture well laid out? No text on text, nothing that matters outside the frame's safe area."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from manim import Mobject, Text, Typst, VMobject

from reluviz.stage.typesetting import Labels, Number
from reluviz.theme import SAFE_X, SAFE_Y

_TOLERANCE = 0.03
"""Boxes may share this much of the frame: glyph boxes are a little larger than their ink."""


@dataclass(frozen=True)
class Box:
    """A visible piece of text and where its ink is."""

    text: str
    left: float
    right: float
    bottom: float
    top: float

    def overlaps(self, other: Box) -> bool:
        """Whether the two share more than a sliver."""
        across = min(self.right, other.right) - max(self.left, other.left)
        along = min(self.top, other.top) - max(self.bottom, other.bottom)
        return across > _TOLERANCE and along > _TOLERANCE


def text_boxes(mobjects: Iterable[Mobject]) -> Iterator[Box]:
    """The boxes of all visible texts, formulas and numbers among these mobjects and what they hold."""
    for mobject in mobjects:
        if isinstance(mobject, Labels):
            for text, points in mobject.shown if _visible(mobject) else ():
                (left, bottom, _), (right, top, _) = points.min(axis=0), points.max(axis=0)
                yield Box(text, left, right, bottom, top)
        elif isinstance(mobject, (Text, Typst, Number)):
            inked = [part for part in mobject.family_members_with_points() if _visible(part)]
            if inked:
                points = np.concatenate([part.points for part in inked])
                low, high = points.min(axis=0), points.max(axis=0)
                yield Box(_words_of(mobject), low[0], high[0], low[1], high[1])
        else:
            yield from text_boxes(mobject.submobjects)


def problems(mobjects: Iterable[Mobject]) -> list[str]:
    """What is wrong with a picture made of these mobjects, one line each; empty where all is well."""
    mobjects = list(mobjects)
    boxes = list(text_boxes(mobjects))
    found = []
    for i, box in enumerate(boxes):
        if max(-box.left, box.right) > SAFE_X + _TOLERANCE or max(-box.bottom, box.top) > SAFE_Y + _TOLERANCE:
            found.append(f"{box.text!r} leaves the safe area")
        found += [f"{box.text!r} over {other.text!r}" for other in boxes[:i] if box.overlaps(other)]
    for mobject in mobjects:
        for part in mobject.family_members_with_points():
            reach = np.abs(part.points[:, :2]).max(axis=0)
            if _visible(part) and (reach[0] > 7.12 or reach[1] > 4.01):
                found.append(f"{type(part).__name__} leaves the frame, to ({reach[0]:.2f}, {reach[1]:.2f})")
    return found


def _visible(part: VMobject) -> bool:
    return part.get_fill_opacity() > 0.05 or (part.get_stroke_width() > 0 and part.get_stroke_opacity() > 0.05)


def _words_of(mobject: Mobject) -> str:
    if isinstance(mobject, Text):
        return str(mobject.original_text)
    if isinstance(mobject, Number):
        return mobject.shown
    return str(mobject.typst_code)
