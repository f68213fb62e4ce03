"""Level arrows above the discs: which way origins are pushed."""

from __future__ import annotations

import numpy as np

from reluviz.stage.plane import Points, corners

LANE = 0.52
"""How far above the axis, in frame units, the arrows of a disc lie."""


def arrow(start: Points, way: float, half: float = 0.045) -> Points:
    """A level arrow's outline, `way` frame units long to the right (negative: left); nothing where it is too short."""
    length = abs(way)
    if length < 0.1:
        return np.zeros((0, 3))
    head, wide = min(0.2, 0.6 * length), max(2.6 * half, 0.1)
    wide *= min(1.0, head / 0.2)
    half = min(half, 0.7 * wide)
    outline = [
        (0.0, half), (length - head, half), (length - head, wide), (length, 0.0),
        (length - head, -wide), (length - head, -half), (0.0, -half), (0.0, half),
    ]  # fmt: skip
    side = 1.0 if way > 0 else -1.0
    return corners(np.array([start + (side * along, across, 0.0) for along, across in outline]))
