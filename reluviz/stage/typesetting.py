"""Words, formulas and moving numbers, all without LaTeX."""

from __future__ import annotations

from functools import cache
from importlib.resources import as_file, files
from typing import Any

import manimpango
import numpy as np
from manim import BOLD, DOWN, LEFT, NORMAL, ORIGIN, MathTypst, Text, VGroup, VMobject

from reluviz.stage.manim_adapter import clear_half_written_texts, without_sources
from reluviz.theme import BODY, FONT

_DIGITS = "0123456789−.,×/+%"
_PREAMBLE = '#let relu = math.op("relu")\n#let NN = math.upright("NN")\n#let ref = math.upright("ref")'


@cache
def register_fonts() -> None:
    """Makes the bundled font known to Pango, so that films look the same on every machine.

    Once a process; and what a killed one left half in Manim's cache of texts goes.
    """
    for style in ("Regular", "SemiBold"):
        with as_file(files("reluviz.stage") / "fonts" / f"Inter-{style}.otf") as path:
            manimpango.register_font(str(path))
    clear_half_written_texts()


def words(text: str, colour: str, size: float = BODY, strong: bool = False) -> Text:
    """A line of text in the films' font."""
    register_fonts()
    return without_sources(Text(text, font=FONT, font_size=size, color=colour, weight=BOLD if strong else NORMAL))


@cache
def outlines(text: str, size: float, strong: bool = False) -> tuple[np.ndarray, float, float]:
    """All glyphs of a line of text as one mobject's points around its middle, and its width and height."""
    line = words(text, "#ffffff", size, strong)
    points = np.concatenate([part.points for part in line.family_members_with_points()])
    return points - line.get_center(), float(line.width), float(line.height)


def lines(text: str, colour: str, size: float = BODY, gap: float = 0.18) -> VGroup:
    """Several lines, flush left."""
    rows = [words(line, colour, size) for line in text.split("\n")]
    return VGroup(*rows).arrange(DOWN, buff=gap, aligned_edge=LEFT)


def formula(source: str, colour: str, size: float = 44, **kwargs: Any) -> MathTypst:
    """A formula in Typst's math notation; {{ part : name }} makes a part that `.select("name")` finds.

    Costs about a tenth of a second to build: never on every frame.
    """
    return without_sources(MathTypst(source, font_size=size, color=colour, typst_preamble=_PREAMBLE, **kwargs))


@cache
def _glyphs(size: float, strong: bool) -> tuple[dict[str, np.ndarray], float]:
    """The outline of each figure relative to the middle of its cell on the baseline, and the cell's width."""
    row = words(_DIGITS, "#ffffff", size, strong)
    baseline = row[0].get_bottom()[1]
    width = 1.08 * max(row[i].width for i in range(10))
    outlines = {}
    for character, glyph in zip(_DIGITS, row, strict=True):
        middle = np.array([glyph.get_center()[0], baseline, 0.0])
        outlines[character] = glyph.points - middle
    return outlines, width


def figure_points(
    text: str, size: float, strong: bool, anchor: np.ndarray, align: str = "left"
) -> np.ndarray:
    """The points of `text` (figures, − . , × / + % and spaces), its baseline starting (align="left"), ending ("right")
    or centred ("middle") at `anchor`. Figures have equal widths, so that a number does not jitter."""
    glyphs, cell = _glyphs(size, strong)
    widths = [cell * (0.5 if c in ".," else 0.6 if c == " " else 1.0) for c in text]
    x = {"left": 0.0, "right": -1.0, "middle": -0.5}[align] * sum(widths)
    points = [np.zeros((0, 3))]
    for character, width in zip(text, widths, strict=True):
        if character in glyphs:
            points.append(glyphs[character] + anchor + (x + width / 2, 0.0, 0.0))
        x += width
    return np.concatenate(points)


class Number(VMobject):
    """A number whose figures are swapped in place: setting it costs next to nothing, so it may change every frame."""

    def __init__(self, colour: str, size: float = BODY, strong: bool = False, align: str = "left") -> None:
        super().__init__(fill_color=colour, fill_opacity=1.0, stroke_width=0)
        self._size, self._strong, self._align = size, strong, align
        self.anchor = np.array(ORIGIN, dtype=float)
        self.shown = ""

    def put(self, text: str, anchor: np.ndarray | None = None) -> Number:
        """Shows `text` at `anchor`, as `figure_points` does."""
        if anchor is not None:
            self.anchor = np.asarray(anchor, dtype=float)
        self.shown = text
        self.points = figure_points(text, self._size, self._strong, self.anchor, self._align)
        return self


class Labels(VMobject):
    """Several texts in one mobject, each a text and its points: a frame costs by the mobject."""

    def __init__(self, colour: str) -> None:
        super().__init__(fill_color=colour, fill_opacity=1.0, stroke_width=0)
        self.shown: list[tuple[str, np.ndarray]] = []

    def put(self, *texts: tuple[str, np.ndarray]) -> None:
        """Shows these texts, each where its points are."""
        self.shown = list(texts)
        self.points = np.concatenate([np.zeros((0, 3)), *(points for _, points in texts)])


def figures(value: float, decimals: int = 2) -> str:
    """A number as it is shown: a real minus sign, no −0, thousands in groups."""
    text = f"{value:,.{decimals}f}"
    if float(text.replace(",", "")) == 0:
        text = text.removeprefix("-")
    return text.replace("-", "−")
