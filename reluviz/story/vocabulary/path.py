"""The words of scripts for how a weight, a bias or an origin goes along a run: its extremes, its crossings."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from reluviz.analysis.smoothing import since
from reluviz.core.network import Array
from reluviz.story.expressions import NoEvent
from reluviz.story.vocabulary.words import Group, word


class Path(Group):
    """How a quantity goes."""

    @word
    def lowest(self, neuron: int, quantity: str, first: int = 0, last: int | None = None) -> float:
        """The smallest value that a quantity has in the stretch."""
        return float(self._stretch(neuron, quantity, first, last)[1].min())

    @word
    def highest(self, neuron: int, quantity: str, first: int = 0, last: int | None = None) -> float:
        """The largest value that a quantity has in the stretch."""
        return float(self._stretch(neuron, quantity, first, last)[1].max())

    @word
    def highest_at(self, neuron: int, quantity: str, first: int = 0, last: int | None = None) -> int:
        """The iteration at which a quantity has its largest value in the stretch."""
        times, values = self._stretch(neuron, quantity, first, last)
        return int(times[values.argmax()])

    @word
    def travel(self, first: int, last: int | None = None) -> float:
        """How far the origins move in the stretch, from its start to its end, all together."""
        ends = self.trajectory.biases[[self.record(first), self.record(last)]]
        return float(np.abs(ends[1] - ends[0]).sum())

    @word
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

    @word
    def leads(self, neuron: int, other: int, quantity: str) -> int:
        """The iteration from which the quantity of `neuron` stays above that of `other` to the end."""
        ahead = since(self.trajectory.iterations, self.values(neuron, quantity) > self.values(other, quantity))
        if ahead is None:
            raise NoEvent(f"the {quantity} of neuron {neuron} does not end above that of neuron {other}")
        return ahead

    # How it is found.

    def _stretch(self, neuron: int, quantity: str, first: int, last: int | None) -> tuple[NDArray[np.int64], Array]:
        part = slice(self.record(first), self.record(last) + 1)
        if part.start >= part.stop:
            raise ValueError(f"the stretch {first:,} to {last:,} runs backwards")
        return self.trajectory.iterations[part], self.values(neuron, quantity)[part]
