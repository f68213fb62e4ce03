"""Numbers drawn at random for run k, whoever draws them and in whatever company.

A counter-based generator (Philox): the numbers of run k are those at place k of a stream, so that each part of the
runs can be drawn by itself.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from reluviz.core.network import Array
from reluviz.sweep.keys import MOST_NEURONS

STREAMS = ("weights", "biases", "learning_rate")
"""What is drawn, each from numbers of its own."""


def draws(seed: int, stream: str, places: NDArray[np.int64]) -> Array:
    """The numbers of each place, uniform on [0, 1), (k, MOST_NEURONS); a place that comes twice is drawn once."""
    wanted, back = np.unique(places, return_inverse=True)
    stretches = np.split(wanted, np.flatnonzero(np.diff(wanted) > 1) + 1)
    return np.concatenate([_stretch(seed, stream, int(one[0]), len(one)) for one in stretches])[back]


def _stretch(seed: int, stream: str, first: int, count: int) -> Array:
    """Those at `count` neighbouring places."""
    counter = [first * (MOST_NEURONS // 4), 0, 0, 0]  # four numbers to a count
    generator = np.random.Generator(np.random.Philox(key=[seed, STREAMS.index(stream)], counter=counter))
    return generator.random((count, MOST_NEURONS))
