"""What a sweep found, in numbers: for all its runs, and for each setting of its grid."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from reluviz.sweep.judge import Outcome
from reluviz.sweep.store import SweepResult

MOST_ROWS = 40
"""A grid of more points is told axis by axis, and an axis of more values not at all."""


@dataclass(frozen=True)
class Tally:
    """What became of some of a sweep's runs.

    settings: their place in the grid, by key; empty for all runs. outcomes: how many ended how. fits_from: the median
    iteration from which those in the global optimum fit; None where none is. error: the median RMS error at the end.
    merged: how many ended with merged neurons. distinct: how many ended with so many different working neurons, and
    how many of those in the global optimum, by that number.
    """

    settings: dict[str, str]
    runs: int
    outcomes: dict[Outcome, int]
    fits_from: float | None
    error: float
    merged: int
    distinct: dict[int, tuple[int, int]]

    def share(self, outcome: Outcome) -> float:
        """The part of the runs that ended so, 0 to 1."""
        return self.outcomes[outcome] / self.runs

    def to_dict(self) -> dict[str, Any]:
        """For JSON."""
        return {
            "settings": self.settings,
            "runs": self.runs,
            "outcomes": {outcome.words: count for outcome, count in self.outcomes.items()},
            "fits_from": self.fits_from,
            "error": self.error if np.isfinite(self.error) else None,
            "merged": self.merged,
            "distinct": {str(n): {"runs": runs, "global optimum": good} for n, (runs, good) in self.distinct.items()},
        }


def tally(result: SweepResult, runs: NDArray[np.int64] | slice, settings: dict[str, str]) -> Tally:
    """Counts some of the runs, given by their numbers."""
    found = result.outcomes
    outcome, since, distinct = found.outcome[runs], found.fits_from[runs], found.distinct[runs]
    optimal = outcome == Outcome.GLOBAL_OPTIMUM
    return Tally(
        settings=settings,
        runs=len(outcome),
        outcomes={kind: int((outcome == kind).sum()) for kind in Outcome},
        fits_from=float(np.median(since[optimal])) if optimal.any() else None,
        error=float(np.median(found.error[runs])),
        merged=int((found.merged_from[runs] >= 0).any(axis=1).sum()),
        distinct={
            int(n): (int((distinct == n).sum()), int((optimal & (distinct == n)).sum())) for n in np.unique(distinct)
        },
    )


def tallies(result: SweepResult) -> tuple[Tally, ...]:
    """All runs, and then each point of the grid; or, where those are many, each value of each axis."""
    sweep = result.sweep
    found = [tally(result, slice(None), {})]
    points = prod(sweep.shape[:-1])
    if points == 1:
        return tuple(found)
    numbers = np.arange(sweep.total).reshape(sweep.shape)
    places = _points(result) if points <= MOST_ROWS else _axes(result)
    for place, settings in places:
        found.append(tally(result, numbers[place].ravel(), settings))
    return tuple(found)


def _points(result: SweepResult) -> Iterator[tuple[Any, dict[str, str]]]:
    sweep = result.sweep
    for point, place in zip(sweep.points, np.ndindex(*sweep.shape[:-1]), strict=True):
        yield place, {key: str(way) for key, way in point.items()}


def _axes(result: SweepResult) -> Iterator[tuple[Any, dict[str, str]]]:
    for axis, (key, ways) in enumerate(result.sweep.grid.items()):
        if len(ways) <= MOST_ROWS:
            for k, way in enumerate(ways):
                yield (slice(None),) * axis + (k,), {key: str(way)}


def as_dict(result: SweepResult) -> dict[str, Any]:
    """All that `reluviz sweep --json` says, but for the file."""
    return {
        "description": result.sweep.to_dict(),
        "runs": result.sweep.total,
        "points": prod(result.sweep.shape[:-1]),
        "tallies": [one.to_dict() for one in tallies(result)],
    }
