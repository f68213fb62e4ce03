"""The opening card: what the film asks, its place in the series, and its source, over the first picture."""

from __future__ import annotations

from manim import DOWN, LEFT, UP, Rectangle, VGroup, config

from reluviz.stage.typesetting import words
from reluviz.story.programme import article, programme
from reluviz.story.script import Story
from reluviz.theme import HEADLINE, LABEL, SAFE_X, SMALL, Theme

_TOP = -1.3
_TOPS = (-1.52, -2.15, -2.65, -3.06, -3.47)
"""The frame's y of the plate's upper edge, and of the letters' in each line."""


class OpeningCard(VGroup):
    """It lies where the wake will be, below the axis. A film that is not in the series has no question and no place."""

    def __init__(self, theme: Theme, story: Story) -> None:
        entry = programme().get(story.name)
        lines = [words(entry.question if entry else story.title, theme.ink, HEADLINE, strong=True)]
        if entry:
            lines.append(words(f"Film {entry.place}: {story.title}", theme.ink, LABEL))
            lines.append(words(article().title, theme.muted, SMALL))
            lines.append(words(f"Article in {article().where}", theme.muted, SMALL))
        lines.append(words(story.source, theme.muted, SMALL))
        for line in lines:
            line.scale_to_fit_width(min(line.width, 2 * SAFE_X))
        for line, top in zip(lines, _TOPS, strict=False):
            line.align_to((-SAFE_X, top, 0.0), LEFT).align_to((0.0, top, 0.0), UP)  # all begin with a tall letter
        plate = Rectangle(width=config.frame_width, height=_TOP + config.frame_height / 2, stroke_width=0)
        plate.set_fill(theme.background, opacity=1.0).to_edge(DOWN, buff=0.0)
        super().__init__(plate, *lines)
