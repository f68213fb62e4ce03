"""What the teaser shows alone: slow motion that begins where something moves."""

from __future__ import annotations

from reluviz.stage.parts.network.slow import SlowUpdates

_BY = 0.3
"""Seconds of an update that only passes by."""


def passing_by_the_first(count: int, seconds: float) -> SlowUpdates:
    """The first update, whose sample wakes nobody, in passing, and `count` more one by one; `seconds` in all."""
    return SlowUpdates(0, (_BY, *SlowUpdates.quickening(1, count, seconds - _BY).lengths))
