"""Targets by name, fitted to the range of the data: abs, tent, staircase, sine. All are polylines."""

from __future__ import annotations

import numpy as np

from reluviz.core.network import ReluNetwork

_SINE_PIECES = 12

_SHAPES: dict[str, tuple[tuple[float, float], ...]] = {
    # points (part of the range, height)
    "abs": ((0.0, 1.0), (0.5, 0.0), (1.0, 1.0)),
    "tent": ((0.0, 0.0), (0.5, 1.0), (1.0, 0.0)),
    "staircase": ((0.0, 0.0), (0.2, 0.0), (0.3, 1.0), (0.5, 1.0), (0.6, 2.0), (0.8, 2.0), (0.9, 3.0), (1.0, 3.0)),
    "sine": tuple((k / _SINE_PIECES, float(np.sin(2 * np.pi * k / _SINE_PIECES))) for k in range(_SINE_PIECES + 1)),
}
SHAPES = tuple(_SHAPES)
"""The names there are."""


def shape(name: str, low: float, high: float) -> ReluNetwork:
    """The target of that name on [low, high], as a network. Heights in quarters of the range, so that slopes are alike.

    abs: a valley with its bottom in the middle. tent: a peak there. staircase: three steep steps. sine: one period in
    twelve straight pieces. Raises KeyError for another name.
    """
    width = high - low
    return ReluNetwork.through([(low + part * width, height * width / 4) for part, height in _SHAPES[name]])
