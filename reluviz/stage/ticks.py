"""Round numbers along an axis."""

from __future__ import annotations

import math
from collections.abc import Sequence

from reluviz.stage.typesetting import figures

Ticks = Sequence[tuple[float, str]]
"""Places and their labels."""


def nice_step(span: float, most: int = 6) -> float:
    """The smallest step of 1, 2 or 5 times a power of ten that divides `span` into at most `most` parts."""
    power = 10.0 ** math.floor(math.log10(span / most))
    return next(power * factor for factor in (1, 2, 5, 10) if span / (power * factor) <= most + 1e-9)


def round_ticks(span: tuple[float, float], most: int) -> list[tuple[float, str]]:
    """At most about `most` round numbers in `span`, each with its label."""
    step = nice_step(span[1] - span[0], most)
    decimals = max(0, -math.floor(math.log10(step) + 1e-9))
    first = math.ceil(span[0] / step - 1e-9)
    last = math.floor(span[1] / step + 1e-9)
    return [(k * step, figures(k * step, decimals)) for k in range(first, last + 1)]
