"""How much of a film stands still, and where its stage is empty: ten pictures a second, grey and small."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import av
import numpy as np
import pytest

from reluviz.stage.parts.counter import Counter
from reluviz.stage.parts.network.wake import IterationLines

_RATE, _WIDTH, _HEIGHT = 10, 320, 180
_MOVES = 6
"""Of 255: a picture in which no pixel differs by more from the one before stands still."""
_SEEN, _LEAST = 24, 0.002
"""A stage is empty where fewer pixels than this part differ from the background by more than so much of 255."""
_HEADLINE = 0.14
"""The part of the frame above the stage."""


@contextmanager
def without_what_only_counts():
    """Films rendered within have a counter that stands and no iteration lines: neither passes for motion."""
    with pytest.MonkeyPatch.context() as patch:
        for part in (Counter, IterationLines):
            patch.setattr(part, "show", lambda self, moment: None)
        yield


@dataclass(frozen=True)
class Liveliness:
    """still: the part of a film's pictures that equal the one before, questions not counted.

    still_stretches, empty_stretches: (start, length) in seconds, questions not counted among the still.
    """

    still: float
    still_stretches: tuple[tuple[float, float], ...]
    empty_stretches: tuple[tuple[float, float], ...]


def liveliness(mp4: Path, questions: Iterable[dict] = ()) -> Liveliness:
    """Measures a film; questions: as its contents have them."""
    asked = [(one["start"], one["end"]) for one in questions]
    times, still, empty, before, due = [], [], [], None, 0.0
    with av.open(str(mp4)) as container:
        for frame in container.decode(video=0):
            if frame.time < due - 1e-6:
                continue
            due = frame.time + 1 / _RATE - 1e-3
            grey = frame.reformat(width=_WIDTH, height=_HEIGHT, format="gray").to_ndarray().astype(np.int16)
            stage = grey[int(_HEADLINE * _HEIGHT) :]
            empty.append((np.abs(stage - np.median(grey)) > _SEEN).mean() < _LEAST)
            in_question = any(start <= frame.time <= end for start, end in asked)
            still.append(before is not None and not in_question and np.abs(grey - before).max() <= _MOVES)
            times.append(frame.time)
            before = grey
    return Liveliness(float(np.mean(still)), _stretches(still, times), _stretches(empty, times))


def _stretches(flags: list[bool], times: list[float]) -> tuple[tuple[float, float], ...]:
    edges = np.flatnonzero(np.diff([0, *map(int, flags), 0]))
    ends = [*times, times[-1] + 1 / _RATE]
    return tuple((ends[a], ends[b] - ends[a]) for a, b in edges.reshape(-1, 2))
