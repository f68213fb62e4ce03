"""The count of iterations, and how fast they pass."""

from __future__ import annotations

import numpy as np
from manim import VGroup

from reluviz.stage.parts.moment import State
from reluviz.stage.typesetting import Labels, Number, figures, outlines
from reluviz.theme import SMALL, Theme


class Counter(VGroup):
    """"iteration 20,000", and left of it, while the film runs, "50 updates a second". Its right end is at `corner`.

    digits: how many the largest count has. said: words in place of the speed from an iteration on, such as
    (20000, "without noise").
    """

    def __init__(
        self, theme: Theme, corner: tuple[float, float], last: int = 99_999, said: tuple[float, str] | None = None
    ) -> None:
        self.right = np.array([*corner, 0.0])
        self.offset = 0
        """Added to the run's iterations, where it goes on from another."""
        self.said = said
        self.number = Number(theme.ink, SMALL, strong=True)
        room = figures_width(last)
        self._name, width, _ = outlines("iteration", SMALL)
        self._place = self.right - (room + 0.16 + width / 2, 0.0, 0.0)
        self._left = self._place - (width / 2 + 0.4, 0.0, 0.0)
        self.name, self.speed = Labels(theme.muted), Labels(theme.muted)
        self.name.put(("iteration", self._name + self._place))
        self._foot = float(self._name[:, 1].min())  # of the letters: none of "iteration" has a descender
        self._number_foot = self.right + (-room, self._foot, 0.0)
        super().__init__(self.name, self.number, self.speed)

    def show(self, moment: State) -> None:
        """Sets the count; at rest no speed is shown."""
        iteration = moment.iteration + self.offset
        self.number.put(figures(np.floor(iteration + 1e-6), 0), self._number_foot)
        text = f"{moment.rate} update{'' if moment.rate == '1' else 's'} a second" if moment.rate else ""
        if self.said is not None and iteration > self.said[0]:
            text = self.said[1]
        self.speed.put()
        if text:
            glyphs, width, height = outlines(text, SMALL)
            # Its p hangs below the line: sit on the line that "iteration" sits on.
            drop = _descent(text)
            self.speed.put((text, glyphs + self._left + (-width / 2, self._foot + height / 2 - drop, 0.0)))


def figures_width(count: int) -> float:
    """The width of a count in the counter's figures."""
    probe = Number("#ffffff", SMALL, strong=True).put(figures(count, 0))
    return float(probe.width) + 0.05


def _descent(text: str) -> float:
    """How far letters of `text` hang below the line they sit on."""
    if not set(text) & set("gjpqy,"):
        return 0.0
    with_tail, without = outlines("pi", SMALL)[2], outlines("i", SMALL)[2]
    return with_tail - without
