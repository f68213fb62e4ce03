"""Where a run changes its character: its events, and the phases between those that matter.

A phase begins where the residuals turn an origin round by an amount that counts for that neuron, and the last
one where the origins settle. A turn that comes from a weight passing through zero is no new phase: the graph
goes on rising or falling as before (the article's first phase of example 2 holds such a turn).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from reluviz.analysis.events import (
    Crossing,
    Passage,
    Reversal,
    SignChange,
    crossings,
    passages,
    reversals,
    sign_changes,
    speed_of_graph,
)
from reluviz.analysis.smoothing import Smoothed, since, smooth
from reluviz.core import Trajectory

PHASE_TURN = 0.05
"""A turn opens a phase if its prominence is this fraction of the range that the origin covers in the run."""

SETTLED = 0.1
"""Settled: every origin within this fraction of its own range of its end."""

SLOW = 0.01
"""Slow: the graph moves at less than this fraction of its greatest speed."""

_TOGETHER = 1.25
"""Turns within this factor of time open one phase together."""

_STILL = 0.01
"""A net motion below this fraction of the domain is none."""

Event = Reversal | SignChange | Passage | Crossing


@dataclass(frozen=True)
class Phase:
    """A stretch of a run, first <= iteration <= last; numbered from 1.

    directions: the net way of each origin, "left", "right" or "still". opened_by: what began it, in words.
    """

    number: int
    first: int
    last: int
    opened_by: str
    directions: tuple[str, ...]


@dataclass(frozen=True)
class Phases:
    """A run's events, each kind in order of iteration, and its phases.

    settling: from here on every origin stays within a tenth of its own range of its end.
    slow_from: from here on the graph moves at less than a hundredth of its greatest speed.
    """

    reversals: tuple[Reversal, ...]
    sign_changes: tuple[SignChange, ...]
    passages: tuple[Passage, ...]
    crossings: tuple[Crossing, ...]
    settling: int
    slow_from: int
    phases: tuple[Phase, ...]

    @property
    def events(self) -> tuple[Event, ...]:
        """All of them, in order of iteration."""
        every: list[Event] = [*self.reversals, *self.sign_changes, *self.passages, *self.crossings]
        return tuple(sorted(every, key=lambda event: event.iteration))


def phases(trajectory: Trajectory) -> Phases:
    """Finds the events and phases of a run. A run without updates has neither."""
    path = smooth(trajectory)
    turned = reversals(trajectory, path) if trajectory.last else ()
    settling = _settling(path)
    return Phases(
        reversals=turned,
        sign_changes=sign_changes(trajectory),
        passages=passages(trajectory, path),
        crossings=crossings(trajectory, path),
        settling=settling,
        slow_from=_slow_from(trajectory, path),
        phases=_phases(trajectory, path, turned, settling),
    )


def _settling(path: Smoothed) -> int:
    allowed = SETTLED * np.ptp(path.origins, axis=0)
    return since(path.iterations, (np.abs(path.origins - path.origins[-1]) <= allowed).all(axis=1)) or 0


def _slow_from(trajectory: Trajectory, path: Smoothed) -> int:
    if trajectory.last == 0:
        return 0
    speed = speed_of_graph(path, trajectory.experiment.samples())
    slow = since(path.iterations[:-1], speed <= SLOW * speed.max())
    return trajectory.last if slow is None else slow


def _phases(
    trajectory: Trajectory, path: Smoothed, turned: tuple[Reversal, ...], settling: int
) -> tuple[Phase, ...]:
    if trajectory.last == 0:
        return ()
    ranges = np.ptp(path.origins, axis=0)
    openings, opened = {0: "training begins"}, 0
    for turn in turned:
        matters = turn.prominence >= PHASE_TURN * ranges[turn.neuron]
        if turn.quantity != "origin" or turn.cause == "weight changed sign" or not matters:
            continue
        words = f"neuron {turn.neuron + 1} turns {turn.toward}"
        if 0 < turn.iteration < _TOGETHER * opened:
            openings[opened] += f", {words}"
        elif turn.iteration < settling:
            opened = turn.iteration
            openings[opened] = words
    if 0 < settling < trajectory.last:
        openings[settling] = "the origins settle"
    starts = sorted(openings)
    still = _STILL * (trajectory.experiment.high - trajectory.experiment.low)
    found = []
    for number, (first, last) in enumerate(zip(starts, [*starts[1:], trajectory.last], strict=True), start=1):
        a, b = np.searchsorted(path.iterations, (first, last))
        moves = path.origins[b] - path.origins[a]
        directions = tuple("still" if abs(m) < still else "right" if m > 0 else "left" for m in moves)
        found.append(Phase(number, first, last, openings[first], directions))
    return tuple(found)
