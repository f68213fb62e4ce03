"""Slow motion that keeps to the words: an update that waits for them, and updates of which only some are looked at."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from reluviz.core import Trajectory
from reluviz.core.network import Array
from reluviz.stage.parts.network.slow import MEASURED, MOVED, PULLED, SlowUpdates, moved

_PASSING = 0.03
"""Seconds of an update whose sample does not lie between the two origins."""


_GROWING = 0.7
"""Arrows, and what a film adds to them, grow in this part of the time between the words for delta and for motion."""


@dataclass(frozen=True)
class HeldUpdate(SlowUpdates):
    """One update that waits for words. stages: the seconds at which its sample and delta are there, at which rules and
    arrows are, at which the neurons start to move, at which they have moved, and at which all of it is gone."""

    stages: tuple[float, ...] = ()

    @classmethod
    def waiting(cls, first: int, measured: float, moving: float, seconds: float) -> HeldUpdate:
        """Update `first` in `seconds`: its delta is there by second `measured`, the neurons move from `moving` on."""
        moving = min(moving, 0.9 * seconds)
        measured = min(measured, moving)
        pulled = measured + _GROWING * (moving - measured)
        stages = (measured, pulled, moving, max(seconds - 0.4, moving), seconds)
        return cls(first, (seconds,), stages)

    def at(self, second: float) -> tuple[int, float]:
        """The update, and which part (0 to 1) of what it shows has passed at `second`."""
        return self.first, float(self._parts(np.array(second)))

    def iteration(self, second: Array) -> Array:
        """The iterations shown at `second` (any shape)."""
        return np.asarray(self.first + moved(self._parts(np.asarray(second, dtype=float))))

    def _parts(self, second: Array) -> Array:
        return np.asarray(np.interp(second, (0.0, *self.stages), (0.0, MEASURED, PULLED, PULLED, MOVED, 1.0)))


def nudges(run: Trajectory, first: int, count: int, seconds: float) -> SlowUpdates:
    """The updates from `first` up to the `count`-th whose sample lies between the first two origins, these slowly."""
    between: list[bool] = []
    while sum(between) < count:
        update = first + len(between)
        left, right = -run.biases[update, :2]
        between.append(bool(left < run.inputs[update] < right))
    each = (seconds - _PASSING * (len(between) - count)) / count
    return SlowUpdates(first, tuple(each if one else _PASSING for one in between))
