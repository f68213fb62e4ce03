"""Typical errors as squares, for their sizes to be seen: a square's side is the error, on the plane's own scale."""

from __future__ import annotations

from manim import DOWN, LEFT, RIGHT, UP, Square, VGroup

from reluviz.stage.plane import Plane
from reluviz.stage.typesetting import figures, words
from reluviz.theme import LABEL, SMALL

_SMALLEST = 0.06
"""Frame units of the side of an error that is too small to be seen."""

_ROOMY = 1.4


class TypicalErrorSquare(VGroup):
    """A square whose side is the error; its number and a name stand inside where there is room, else beside it.

    corner: its lower left end, in frame units. Parts: square, number, caption.
    """

    def __init__(self, plane: Plane, error: float, name: str, corner: tuple[float, float], decimals: int = 2) -> None:
        theme = plane.theme
        side = max(error * float(plane.at(0.0, 1.0)[1] - plane.at(0.0, 0.0)[1]), _SMALLEST)
        self.square = Square(side, stroke_color=theme.ink, stroke_width=3).set_fill(theme.muted, opacity=0.35)
        self.square.move_to((*corner, 0.0), aligned_edge=DOWN + LEFT)
        self.number = words(figures(error, decimals), theme.ink, LABEL, strong=True)
        self.caption = words(name, theme.ink, SMALL)
        text = VGroup(self.number, self.caption).arrange(DOWN, buff=0.14)
        if side > max(_ROOMY, text.width + 0.2):
            text.move_to(self.square)
        else:
            text.arrange(DOWN, buff=0.14, aligned_edge=LEFT)
            text.next_to(self.square, RIGHT, buff=0.18).align_to(self.square, DOWN if side < text.height else UP)
        super().__init__(self.square, self.number, self.caption)
