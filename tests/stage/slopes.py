"""What is drawn, read back in the units of its plane."""

from __future__ import annotations

from reluviz.stage.plane import Plane, Points


def slope_of(plane: Plane, vector: Points) -> float:
    """The slope, in this plane's units, of a direction in the frame."""
    unit = plane.at(1.0, 1.0) - plane.at(0.0, 0.0)
    return float(vector[1] / unit[1] / (vector[0] / unit[0]))
