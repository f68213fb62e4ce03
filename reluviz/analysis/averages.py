"""Means of a recorded path over any stretches of iterations, at the same cost however long the run is."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from reluviz.core.network import Array


class PathMeans:
    """Means of a path that runs straight between its records.

    times: (k,), increasing. values: (k, ...), the path there. The integral up to each record is summed once, here.
    """

    def __init__(self, times: ArrayLike, values: ArrayLike) -> None:
        self.times, values = np.asarray(times, dtype=np.float64), np.asarray(values, dtype=np.float64)
        self._shape = values.shape[1:]
        self._values = values.reshape(len(values), -1)
        areas = (self._values[1:] + self._values[:-1]) / 2 * np.diff(self.times)[:, None]
        self._integral = np.concatenate((np.zeros((1, self._values.shape[1])), np.cumsum(areas, axis=0)))

    def over(self, starts: ArrayLike, ends: ArrayLike) -> Array:
        """The mean from each start to its end, both (m,) and within the path; where they are one, the value there."""
        starts, ends = np.asarray(starts, dtype=np.float64), np.asarray(ends, dtype=np.float64)
        here, before = self._at(starts)
        _, after = self._at(ends)
        lengths = (ends - starts)[:, None]
        # A sum of millions has no digits left for a stretch much shorter than an update: there the path is straight.
        short = lengths < 1e-3
        means = np.where(short, here, (after - before) / np.where(short, 1.0, lengths))
        return means.reshape(len(starts), *self._shape)

    def _at(self, where: Array) -> tuple[Array, Array]:
        """The path's value and its integral at each of `where` (m,)."""
        if len(self.times) == 1:
            return np.repeat(self._values, len(where), axis=0), np.zeros((len(where), self._values.shape[1]))
        k = np.clip(np.searchsorted(self.times, where, side="right") - 1, 0, len(self.times) - 2)
        since = (where - self.times[k])[:, None]
        slopes = (self._values[k + 1] - self._values[k]) / (self.times[k + 1] - self.times[k])[:, None]
        value = self._values[k] + since * slopes
        return value, self._integral[k] + since * (self._values[k] + value) / 2
