"""Is the picture well laid out? No text on text or struck through, none too small, nothing outside the safe area."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from manim import Mobject, Text, Typst, VMobject

from reluviz.stage.plane import Plane
from reluviz.stage.typesetting import Labels, Number
from reluviz.theme import SAFE_X, SAFE_Y, SMALL, SUBSCRIPT

_TOLERANCE = 0.03
"""Boxes may share this much of the frame: glyph boxes are a little larger than their ink."""


_RIM = 0.06
"""A line may come so near to a text's ink, in frame units, before it strikes it through."""


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


def struck_texts(mobjects: Iterable[Mobject]) -> Iterator[str]:
    """The visible texts that a line runs through, drawn before or after, unless a plate lies between the two.

    A plane's grid and axis lie beneath all, and its numbers have to be crossed by a graph that sinks below zero.
    """
    drawn = list(_in_order(mobjects))
    planes = [part for one in mobjects for part in one.get_family() if isinstance(part, Plane)]
    behind = {id(part) for plane in planes for part in plane.submobjects}
    unread = behind | {id(one) for one in drawn if one.get_fill_opacity() < 0.5}  # dimmed, as its disc is
    boxes = [[] if id(one) in unread else list(text_boxes([one])) for one in drawn]
    for k, (line, own) in enumerate(zip(drawn, boxes, strict=True)):
        if own or id(line) in behind or not isinstance(line, VMobject) or not _is_line(line):
            continue
        starts, ends = _pieces(line)
        for j, texts in enumerate(boxes):
            plates = [one for one in drawn[k + 1 : j] if _covers(one)] if texts else []
            for box in texts:
                if _run_through(starts, ends, box) and not any(_lies_under(box, plate) for plate in plates):
                    yield f"{box.text!r} struck through by {type(line).__name__} {line.get_stroke_color().to_hex()}"


def small_texts(mobjects: Iterable[Mobject]) -> Iterator[str]:
    """The visible texts that are smaller than ticks are, or than subscripts where they are nothing else."""
    for one in _in_order(mobjects):
        if isinstance(one, Text) and list(text_boxes([one])):
            least = SUBSCRIPT if set(one.original_text) <= set("₀₁₂₃₄₅₆₇₈₉") else SMALL
            if one.font_size < 0.97 * least:
                yield f"{one.original_text!r} has size {one.font_size:.1f}"


def problems(mobjects: Iterable[Mobject]) -> list[str]:
    """What is wrong with a picture made of these mobjects, one line each; empty where all is well."""
    mobjects = list(mobjects)
    boxes = list(text_boxes(mobjects))
    found = []
    for i, box in enumerate(boxes):
        if max(-box.left, box.right) > SAFE_X + _TOLERANCE or max(-box.bottom, box.top) > SAFE_Y + _TOLERANCE:
            found.append(f"{box.text!r} leaves the safe area")
        found += [f"{box.text!r} over {other.text!r}" for other in boxes[:i] if box.overlaps(other)]
    found += [*struck_texts(mobjects), *small_texts(mobjects)]
    for mobject in mobjects:
        for part in mobject.family_members_with_points():
            reach = np.abs(part.points[:, :2]).max(axis=0)
            if _visible(part) and (reach[0] > 7.12 or reach[1] > 4.01):
                found.append(f"{type(part).__name__} leaves the frame, to ({reach[0]:.2f}, {reach[1]:.2f})")
    return found


def _in_order(mobjects: Iterable[Mobject]) -> Iterator[Mobject]:
    """Texts as wholes, and all other parts that have points, in the order in which they are drawn."""
    for mobject in mobjects:
        if isinstance(mobject, (Text, Typst, Number, Labels)):
            yield mobject
        else:
            if mobject.has_points():
                yield mobject
            yield from _in_order(mobject.submobjects)


def _is_line(part: VMobject) -> bool:
    return part.get_stroke_width() > 0 and part.get_stroke_opacity() > 0.3


def _covers(part: Mobject) -> bool:
    return not isinstance(part, (Text, Typst, Number, Labels)) and part.get_fill_opacity() > 0.7


def _lies_under(box: Box, plate: VMobject) -> bool:
    """Whether one of the plate's pieces holds the text."""
    for piece in plate.get_subpaths():
        low, high = piece.min(axis=0), piece.max(axis=0)
        if low[0] <= box.left and box.right <= high[0] and low[1] <= box.bottom and box.top <= high[1]:
            return True
    return False


def _pieces(line: VMobject) -> tuple[np.ndarray, np.ndarray]:
    """Starts and ends of short straight pieces of a path, each (k, 2)."""
    curves = line.points[: len(line.points) // 4 * 4, :2].reshape(-1, 4, 2)
    t = np.linspace(0, 1, 5)[:, None, None]
    a, b, c, d = curves.transpose(1, 0, 2)
    path = (1 - t) ** 3 * a + 3 * (1 - t) ** 2 * t * b + 3 * (1 - t) * t**2 * c + t**3 * d
    return path[:-1].reshape(-1, 2), path[1:].reshape(-1, 2)


def _run_through(starts: np.ndarray, ends: np.ndarray, box: Box) -> bool:
    """Whether any piece enters the box, but for a rim around its ink."""
    rim = min(_RIM, 0.25 * (box.top - box.bottom), 0.25 * (box.right - box.left))
    low, high = np.array([box.left, box.bottom]) + rim, np.array([box.right, box.top]) - rim
    way = ends - starts
    with np.errstate(divide="ignore", invalid="ignore"):
        one, two = (low - starts) / way, (high - starts) / way
    enter, leave = np.minimum(one, two), np.maximum(one, two)
    still = way == 0.0
    inside = (low < starts) & (starts < high)
    enter = np.where(still, np.where(inside, -np.inf, np.inf), enter)
    leave = np.where(still, np.where(inside, np.inf, -np.inf), leave)
    return bool(np.any(np.maximum(enter.max(axis=1), 0.0) < np.minimum(leave.min(axis=1), 1.0)))


def _visible(part: VMobject) -> bool:
    return part.get_fill_opacity() > 0.05 or (part.get_stroke_width() > 0 and part.get_stroke_opacity() > 0.05)


def _words_of(mobject: Mobject) -> str:
    if isinstance(mobject, Text):
        return str(mobject.original_text)
    if isinstance(mobject, Number):
        return mobject.shown
    return str(mobject.typst_code)
