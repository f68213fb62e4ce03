"""The words of scripts for how a weight, a bias or an origin goes along a run: its extremes, its crossings."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from reluviz.core import Trajectory
from reluviz.core.network import Array
from reluviz.story.expressions import NoEvent


class Course:
    """How a quantity goes. Neurons from 1; see facts.py for the rest of the vocabulary."""

    trajectory: Trajectory

    def lowest(self, neuron: int, quantity: str, first: int = 0, last: int | None = None) -> float:
        """The smallest value that a quantity has in the stretch."""
        return float(self._stretch(neuron, quantity, first, last)[1].min())

    def highest(self, neuron: int, quantity: str, first: int = 0, last: int | None = None) -> float:
        """The largest value that a quantity has in the stretch."""
        return float(self._stretch(neuron, quantity, first, last)[1].max())

    def lowest_at(self, neuron: int, quantity: str, first: int = 0, last: int | None = None) -> int:
        """The iteration of `lowest`."""
        times, values = self._stretch(neuron, quantity, first, last)
        return int(times[values.argmin()])

    def highest_at(self, neuron: int, quantity: str, first: int = 0, last: int | None = None) -> int:
        """The iteration of `highest`."""
        times, values = self._stretch(neuron, quantity, first, last)
        return int(times[values.argmax()])

    def crosses(self, neuron: int, quantity: str, level: float, after: int = 0) -> int:
        """The first iteration from `after` on that finds the quantity at or across a level."""
        times, values = self._stretch(neuron, quantity, after, None)
        sides = np.sign(values - level)
        away = np.flatnonzero(sides)
        if len(away):
            crossed = np.flatnonzero(sides[away[0] :] != sides[away[0]])
            if len(crossed):
                return int(times[away[0] + crossed[0]])
        raise NoEvent(f"the {quantity} of neuron {neuron} never crosses {level:g} after iteration {after:,}")

    def for_good(self, neuron: int, quantity: str, level: float) -> int:
        """The iteration from which the quantity stays on one side of a level to the end."""
        times, values = self._stretch(neuron, quantity, 0, None)
        return int(times[_last_run(np.sign(values - level))])

    def leads(self, neuron: int, other: int, quantity: str) -> int:
        """The iteration from which the quantity of `neuron` stays above that of `other` to the end."""
        ahead = self._values(neuron, quantity) > self._values(other, quantity)
        if not ahead[-1]:
            raise NoEvent(f"the {quantity} of neuron {neuron} does not end above that of neuron {other}")
        return int(self.trajectory.iterations[_last_run(ahead)])

    # How it is found.

    def _values(self, neuron: int, quantity: str) -> Array:
        column = self._index(neuron)
        if quantity == "weight":
            return self.trajectory.weights[:, column]
        if quantity == "bias":
            return self.trajectory.biases[:, column]
        if quantity == "origin":
            return -self.trajectory.biases[:, column]
        raise ValueError(f'"{quantity}" is no quantity: "weight", "bias" and "origin" are')

    def _stretch(self, neuron: int, quantity: str, first: int, last: int | None) -> tuple[NDArray[np.int64], Array]:
        part = slice(self._record(first), self._record(last) + 1)
        if part.start >= part.stop:
            raise ValueError(f"the stretch {first:,} to {last:,} runs backwards")
        return self.trajectory.iterations[part], self._values(neuron, quantity)[part]

    def _time(self, at: int | None) -> int:
        if at is None:
            return self.trajectory.last
        if not isinstance(at, (int, np.integer)) or isinstance(at, bool):
            raise ValueError(f"{at!r} is no iteration: a whole number is")
        if not 0 <= at <= self.trajectory.last:
            raise ValueError(f"iteration {at:,} lies outside the run, 0 to {self.trajectory.last:,}")
        return int(at)

    def _record(self, at: int | None) -> int:
        return self.trajectory.record_at(self._time(at))

    def _index(self, neuron: int, count: int | None = None) -> int:
        count = self.trajectory.neurons if count is None else count
        if not isinstance(neuron, int) or isinstance(neuron, bool) or not 1 <= neuron <= count:
            raise ValueError(f"there is no neuron {neuron!r}: they are numbered from 1 to {count}")
        return neuron - 1


def _last_run(values: NDArray[Any]) -> int:
    """The index at which the last stretch of equal values starts."""
    changes = np.flatnonzero(values[1:] != values[:-1])
    return int(changes[-1]) + 1 if len(changes) else 0
