"""What a film of two runs shows besides them: their errors as bars on one scale, and which neurons have met."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import isfinite

import numpy as np
from manim import LEFT, RIGHT, VGroup, VMobject

from reluviz.analysis.merging import merging
from reluviz.core import Trajectory
from reluviz.core.measure import rms_error
from reluviz.stage.looks import Look
from reluviz.stage.network_view import NetworkView
from reluviz.stage.parts.charts.bars import short
from reluviz.stage.typesetting import words
from reluviz.story.unscripted.closing import MET
from reluviz.theme import SMALL, Theme

_ROOM = 0.95
"""Frame units that the wakes leave to the bars."""

_ROWS, _LEFT, _NUMBER = (-2.98, -3.48), 1.3, 1.2
"""The frame's y of an error before and after training; how far left of a plane its names begin; room for a number."""


def with_room_below(look: Look) -> Look:
    """A look of one of a pair, with a shorter wake."""
    return replace(look, below=look.below - _ROOM)


def error_bars(theme: Theme, views: Sequence[NetworkView]) -> list[VGroup]:
    """For each run, below its wake, the typical error at first and at last: two rows of (name, bar, number)."""
    errors = [[rms_error(view.run, at) for at in (0, view.run.last)] for view in views]
    most = max((error for pair in errors for error in pair if isfinite(error)), default=0.0)
    sides = []
    for view, pair in zip(views, errors, strict=True):
        left, widest = view.look.centre[0] - view.look.width / 2, view.look.width - _NUMBER
        rows = VGroup()
        for name, error, y, colour in zip(("at first", "at last"), pair, _ROWS, (theme.target, theme.ink), strict=True):
            bar = VMobject(fill_color=colour, fill_opacity=1, stroke_width=0)
            wide = max(error / most * widest, 0.04) if isfinite(error) and most else 0.04
            bar.set_points_as_corners([(left + x, y + up, 0.0) for x, up in _outline(wide)])
            label = words(name, theme.muted, SMALL).move_to((left - _LEFT, y, 0.0), aligned_edge=LEFT)
            number = words(short(error) if isfinite(error) else "diverges", theme.ink, SMALL, strong=True)
            rows.add(VGroup(label, bar, number.next_to(bar, RIGHT, buff=0.15)))
        sides.append(rows)
    return sides


def _outline(wide: float) -> np.ndarray:
    return np.array([(0, -1), (wide, -1), (wide, 1), (0, 1), (0, -1)]) * (1.0, 0.13)


def groups_of(run: Trajectory) -> list[tuple[int, ...]]:
    """Neurons (from 0) that end as one."""
    return [merge.neurons for merge in merging(run).merges]


def that_met(run: Trajectory) -> list[tuple[int, ...]]:
    """Those of them whose origins are so near in the end that they may be shown as one."""
    origins, room = run.end.origins, MET * (run.experiment.high - run.experiment.low)
    return [group for group in groups_of(run) if np.ptp(origins[list(group)]) < room]
