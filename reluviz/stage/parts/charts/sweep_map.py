"""The still map of a sweep: each cell a point of a grid of two axes, coloured by how its runs ended."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, Square, VGroup, VMobject
from numpy.typing import NDArray

from reluviz.core.network import Array
from reluviz.files import scratch
from reluviz.stage.parts.charts.outcome_map import OutcomeMap
from reluviz.stage.stills import save, texts_apart
from reluviz.stage.typesetting import lines, words
from reluviz.sweep.description import Sweep
from reluviz.sweep.judge import Outcome
from reluviz.sweep.keys import spoken
from reluviz.sweep.store import SweepResult
from reluviz.sweep.ways import Number, SweepError
from reluviz.theme import BODY, HEADLINE, HEADLINE_Y, SAFE_X, SMALL, Theme

_CENTRE, _SIZE, _LEGEND_X = (-2.2, -0.05), 5.3, 1.9
_PITCH, _TALLEST = 1.1, 5.9


def check_can_be_drawn(sweep: Sweep, path: Path) -> None:
    """Raises SweepError unless the grid has two axes, each of evenly spaced numbers, and the file can be a PNG.

    Nobody wants to hear of it after a million runs.
    """
    if path.suffix.lower() != ".png":
        raise SweepError(f"--map {path}: expected a name that ends in .png")
    if len(sweep.grid) != 2:
        raise SweepError(f"--map: a grid of {len(sweep.grid)} axes; expected two, such as --grid learning_rate=0..1:50")
    for key in sweep.grid:
        steps = np.diff(_values(sweep, key))
        if not len(steps) or not (steps > 0).all() or np.ptp(steps) > 1e-6 * steps[0]:
            raise SweepError(f"--map: {key} has no evenly spaced, rising numbers; expected such as {key}=0..3:100")
    with scratch(path.parent):  # can be written
        pass


def draw_map(result: SweepResult, path: Path, theme: Theme) -> None:
    """Writes the map of a sweep that can be drawn as PNG.

    The first axis runs to the right, the second up. A cell of several runs has the colour of the most frequent
    outcome among them. The experiment's own start is marked where it lies on the map.
    """
    with texts_apart(path.parent):
        save(_map(result, theme), path, theme)


def _map(result: SweepResult, theme: Theme) -> VGroup:
    sweep = result.sweep
    x_key, y_key = sweep.grid
    xs, ys = (_values(sweep, key).tolist() for key in (x_key, y_key))
    cells = OutcomeMap(
        theme, xs, ys, most_frequent(result.outcomes.outcome.reshape(sweep.shape)),
        centre=_CENTRE, size=_SIZE, names=(spoken(x_key), spoken(y_key)),
    )  # fmt: skip
    title = words(sweep.experiment.title, theme.ink, HEADLINE, strong=True).move_to(UP * HEADLINE_Y)
    picture = VGroup(title.align_to(LEFT * SAFE_X, LEFT), cells.plane, cells.names, cells)
    own_x, own_y = (_own_value(sweep, key) for key in (x_key, y_key))
    ring = None
    if xs[0] <= own_x <= xs[-1] and ys[0] <= own_y <= ys[-1]:
        ring = cells.pin(own_x, own_y)
        picture.add(ring)
    return picture.add(_legend(theme, result, ring.copy() if ring else None))


def most_frequent(outcomes: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The most frequent outcome along the last axis; of equals the one that comes first in Outcome."""
    return np.argmax([(outcomes == kind).sum(axis=-1) for kind in Outcome], axis=0).astype(np.uint8)


def _values(sweep: Sweep, key: str) -> Array:
    return np.array([way.value if isinstance(way, Number) else np.nan for way in sweep.grid[key]])


def _own_value(sweep: Sweep, key: str) -> float:
    """What the experiment itself has for `key`; nan where that is not a single number."""
    kind, _, neuron = key.removeprefix("start.").partition(".")
    own = sweep.experiment
    if kind in ("weights", "biases", "origins") and neuron:
        return float(getattr(own.start, kind)[int(neuron) - 1])
    return {
        "learning_rate": own.learning_rate, "neurons": len(own.start), "batch_size": own.batch_size,
        "data.noise": own.noise, "data.seed": own.seed,
    }.get(key, np.nan)  # fmt: skip


def _legend(theme: Theme, result: SweepResult, ring: VMobject | None) -> VGroup:
    """The outcomes that occur, with their shares of all runs; what the ring means; what a cell of many runs shows."""
    rows: list[tuple[VMobject, str, str]] = []
    for kind in Outcome:
        share = float((result.outcomes.outcome == kind).mean())
        if share:
            swatch = Square(0.3, fill_color=theme.outcomes[kind], fill_opacity=1.0, stroke_width=0)
            rows.append((swatch, kind.words, "below 1 %" if share < 0.01 else f"{100 * share:.0f} %"))
    if ring is not None:
        rows.append((ring, "the experiment’s own", ""))
    legend = VGroup()
    for k, (mark, name, below) in enumerate(rows):
        mark.move_to(k * _PITCH * DOWN)
        beside = 0.4 * RIGHT + mark.get_center()
        text = words(name, theme.ink, BODY).next_to(beside, RIGHT, buff=0.0)
        legend.add(mark, text)
        if below:
            legend.add(words(below, theme.muted, BODY).next_to(beside + 0.48 * DOWN, RIGHT, buff=0.0))
    if result.sweep.runs > 1:
        note = lines(f"A cell shows the most frequent\noutcome of its {result.sweep.runs:,} runs.", theme.muted, SMALL)
        legend.add(note.next_to(legend, DOWN, buff=0.35).align_to(legend, LEFT))
    if legend.height > _TALLEST:  # every outcome occurs, and more to tell
        legend.scale(_TALLEST / legend.height)
    return legend.move_to((_LEGEND_X, _CENTRE[1], 0), aligned_edge=LEFT)
