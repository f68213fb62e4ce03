"""The vocabulary of scripts for sweeps: how very many runs ended, as counts and shares; single ones of them as runs.

A point of the grid is named by its value on each axis; one that is random or even, by its upper end:
rate.success(0.02), rate.success('shuffle'). Left out, trailing axes mean all their values.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from math import isclose
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from reluviz.core import Trajectory
from reluviz.story.expressions import NoEvent
from reluviz.story.vocabulary.facts import Facts
from reluviz.story.vocabulary.words import fact_of, word, words_of
from reluviz.sweep.judge import Outcome
from reluviz.sweep.paths import Paths
from reluviz.sweep.store import SweepResult
from reluviz.sweep.ways import Spread, Way

Value = float | str


@dataclass(frozen=True, eq=False)
class SweepFacts:
    """All that a script may ask about a sweep. Outcomes are named in words, "merged and stuck", as `Outcome.words`.

    paths: of all runs, where they were recorded. whole: the runs recorded whole, all or none of them.

    Every word raises ValueError for a point that the grid does not have, and NoEvent for a share of no runs.
    """

    result: SweepResult
    paths: Paths | None = None
    whole: tuple[Trajectory, ...] = ()
    words: ClassVar[frozenset[str]] = frozenset()
    """Those that a script may use."""

    # What was done.

    runs = fact_of("How many runs there are at each point of the grid.", lambda own: own.result.sweep.runs)
    points = fact_of("How many points the grid has.", lambda own: len(own.result.sweep.points))
    total = fact_of("How many runs there are in all.", lambda own: own.result.sweep.total)
    iterations = fact_of("How many updates a run makes.", lambda own: own.result.sweep.experiment.iterations)
    seed = fact_of("The seed of the starts: sweeps of one seed draw the same ones.", lambda own: own.result.sweep.seed)

    # How it ended.

    @word
    def count(self, outcome: str, *point: Value) -> int:
        """How many runs at that point ended so."""
        return int((self.result.outcomes.outcome[self._at(point)] == _named(outcome)).sum())

    @word
    def share(self, outcome: str, *point: Value) -> float:
        """How many runs at that point ended so, as a part of all there, 0 to 1."""
        return self.count(outcome, *point) / self._among(int(self._at(point).sum()))

    @word
    def success(self, *point: Value) -> float:
        """The share of runs that reached the global optimum."""
        return self.share(Outcome.GLOBAL_OPTIMUM.words, *point)

    @word
    def outcome(self, *point: Value) -> str:
        """How the only run at that point ended."""
        (there,) = np.flatnonzero(self._at(point))
        return Outcome(self.result.outcomes.outcome[there]).words

    @word
    def success_between(self, axis: int, low: float, high: float, *point: Value) -> float:
        """The share of success where the value on that axis of the grid (from 1) is from low to high."""
        among = self._at(point) & self._between(axis, low, high)
        good = self.result.outcomes.outcome[among] == Outcome.GLOBAL_OPTIMUM
        return float(good.sum()) / self._among(int(among.sum()))

    # Which neurons are left.

    @word
    def with_fewer(self, neurons: int, *point: Value) -> int:
        """How many runs ended with fewer different working neurons, merged ones counting as one."""
        return int((self._at(point) & (self.result.outcomes.distinct < neurons)).sum())

    @word
    def fit_with_fewer(self, neurons: int, *point: Value) -> int:
        """How many runs with fewer different working neurons reached the global optimum."""
        return int((self._fits(point) & (self.result.outcomes.distinct < neurons)).sum())

    @word
    def fit(self, *point: Value) -> int:
        """How many runs reached the global optimum."""
        return int(self._fits(point).sum())

    @word
    def fit_merged(self, *point: Value) -> int:
        """How many runs that reached the global optimum had neurons that merged."""
        return int((self._fits(point) & (self.result.outcomes.merged_from >= 0).any(axis=1)).sum())

    @word
    def idle(self, outcome: str, *point: Value) -> int:
        """How many runs at that point ended so and with a neuron that does nothing over the data."""
        if "neurons" in self.result.sweep.grid:
            raise ValueError("runs of different sizes are not asked for idle neurons")
        there = self._at(point) & (self.result.outcomes.outcome == _named(outcome))
        return int((there & (self.result.outcomes.groups == 0).any(axis=1)).sum())

    # Single runs.

    @word
    def run(self, *point: Value) -> Facts:
        """The first run at that point, for the words of a run: own.run(0.02).rms()."""
        if not self._runs:
            raise ValueError("its runs are not recorded; whole = true in the sweep's table records them")
        return self._runs[int(np.flatnonzero(self._at(point))[0])]

    # For pictures.

    @property
    def values(self) -> tuple[tuple[Value, ...], ...]:
        """The values on each axis of the grid, as points are named."""
        return tuple(tuple(_value(way) for way in ways) for ways in self.result.sweep.grid.values())

    def outcomes_at(self, *point: Value) -> NDArray[np.uint8]:
        """The outcomes there, with an axis for each of the grid that is left and one for the runs."""
        return self.result.outcomes.outcome[self._at(point)].reshape(self.result.sweep.shape[len(point) :])

    def successes(self) -> dict[Value, float]:
        """The share of success at each value of a grid with one axis."""
        (values,) = self.values
        return {value: self.success(value) for value in values}

    # How it is found.

    @cached_property
    def _runs(self) -> list[Facts]:
        return [Facts(trajectory) for trajectory in self.whole]

    def _fits(self, point: tuple[Value, ...]) -> NDArray[np.bool_]:
        return self._at(point) & (self.result.outcomes.outcome == Outcome.GLOBAL_OPTIMUM)

    def _at(self, point: tuple[Value, ...]) -> NDArray[np.bool_]:
        """The runs there, of all (total,)."""
        chosen = np.zeros(self.result.sweep.shape, bool)
        if len(point) > len(self.values):
            raise ValueError(f"the grid has {len(self.values)} axes, and {len(point)} values are given")
        place = []
        for value, known in zip(point, self.values, strict=False):
            found = [k for k, other in enumerate(known) if _same(value, other)]
            if not found:
                raise ValueError(f"the grid has no {value} there; it has {known[0]} to {known[-1]}")
            place.append(found[0])
        chosen[tuple(place)] = True
        return chosen.ravel()

    def _between(self, axis: int, low: float, high: float) -> NDArray[np.bool_]:
        if not 1 <= axis <= len(self.values):
            raise ValueError(f"the grid has no axis {axis}, only 1 to {len(self.values)}")
        values = np.array(self.values[axis - 1], dtype=float)
        shape = [1] * len(self.result.sweep.shape)
        shape[axis - 1] = len(values)
        inside = ((values >= low - 1e-9) & (values <= high + 1e-9)).reshape(shape)
        return np.broadcast_to(inside, self.result.sweep.shape).ravel()

    @staticmethod
    def _among(count: int) -> int:
        if not count:
            raise NoEvent("there are no such runs")
        return count


def _named(outcome: str) -> Outcome:
    for one in Outcome:
        if one.words == outcome:
            return one
    raise ValueError(f'"{outcome}" is no outcome; there are {", ".join(one.words for one in Outcome)}')


def _same(one: Value, other: Value) -> bool:
    if isinstance(one, str) or isinstance(other, str):
        return one == other
    return isclose(one, other, rel_tol=1e-9, abs_tol=1e-9)


def _value(way: Way) -> Value:
    return way.high if isinstance(way, Spread) else way.value


SweepFacts.words = words_of(SweepFacts)
