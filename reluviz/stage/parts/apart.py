"""Things in a row that would lie on each other, moved apart no further than they need to be."""

from __future__ import annotations

import numpy as np
from scipy.optimize import isotonic_regression

from reluviz.core.network import Array


def apart(places: Array, gaps: Array, weights: Array | None = None) -> Array:
    """The nearest to increasing `places` (k,), in the (weighted) mean square, with neighbours `gaps` (k - 1,) apart."""
    offsets = np.concatenate(([0.0], np.cumsum(gaps)))
    return np.asarray(isotonic_regression(places - offsets, weights=weights).x + offsets)
