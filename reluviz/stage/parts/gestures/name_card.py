"""The series' name, under what a run has learned."""

from __future__ import annotations

from manim import DOWN, VGroup

from reluviz.stage.typesetting import words
from reluviz.theme import BODY, TITLE, Theme

BOX = {"centre": (0.0, 1.2), "width": 6.4, "height": 3.9}
"""Where the plane goes that stands above it."""


class NameCard(VGroup):
    """reluviz, and what it is."""

    def __init__(self, theme: Theme) -> None:
        line = words("backpropagation, made visible", theme.muted, BODY)
        super().__init__(words("reluviz", theme.ink, TITLE, strong=True), line)
        self.arrange(DOWN, buff=0.3).move_to((0.0, -2.3, 0.0))
