"""The timeline of a run in a film: the pieces of clock that it has been replayed in so far.

While the picture holds for words, the timeline stands still; a rewind shortens it; a jump starts a new one. So
what was on screen a while ago, such as the way an origin has come, can be asked of it at any second.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Protocol, overload

import numpy as np

from reluviz.core.network import Array

_SAME_PLACE = 1.0
"""Iterations that a piece may start away from the timeline's end: a beat may start with the update after the last's."""


class Piece(Protocol):
    """A stretch of clock; `reluviz.story.pacing.Pace` is one."""

    @property
    def seconds(self) -> float:
        """How long it lasts, above 0."""

    def iteration(self, second: Array) -> Array:
        """The iterations shown at `second` (any shape), from the piece's start to its end."""

    def label(self, second: float) -> str:
        """How many iterations pass a second there, as shown, such as "40"; or nothing."""


@dataclass(frozen=True)
class Timeline:
    """The pieces in order, each going on where the one before has ended. start: where it stands without a piece."""

    pieces: tuple[Piece, ...] = ()
    start: float = 0.0

    @property
    def seconds(self) -> float:
        """How long all of it lasts."""
        return float(self._ends[-1]) if self.pieces else 0.0

    @overload
    def iteration(self, second: float) -> float: ...
    @overload
    def iteration(self, second: Array) -> Array: ...
    def iteration(self, second: float | Array) -> float | Array:
        """The iteration shown at `second` (any shape) of the timeline, clipped to its ends."""
        at = np.clip(np.atleast_1d(np.asarray(second, dtype=float)), 0.0, self.seconds)
        shown = np.full(at.shape, float(self.start))
        if self.pieces:
            which = np.minimum(np.searchsorted(self._ends, at, side="right"), len(self.pieces) - 1)
            for k in np.unique(which):
                here = which == k
                shown[here] = self.pieces[k].iteration(at[here] - self._begin(k))
        return shown if isinstance(second, np.ndarray) else float(shown[0])

    def label(self, second: float) -> str:
        """How many iterations pass a second there, as shown; nothing where the film stands between two pieces."""
        for k, piece in enumerate(self.pieces):
            if self._begin(k) < second < self._ends[k]:
                return piece.label(second - self._begin(k))
        return ""

    def then(self, piece: Piece) -> Timeline:
        """This timeline with `piece` at its end; where the piece starts elsewhere, a new one, as after a jump."""
        first = float(piece.iteration(np.zeros(1))[0])
        if abs(first - self.iteration(self.seconds)) > _SAME_PLACE:
            return Timeline((piece,), first)
        return Timeline((*self.pieces, piece), self.start)

    def rewound(self, second: float) -> Timeline:
        """This timeline up to `second` (clipped), as though the rest had not been shown."""
        second = min(max(second, 0.0), self.seconds)
        kept = [piece for piece, end in zip(self.pieces, self._ends, strict=True) if end <= second]
        rest = second - (self._ends[len(kept) - 1] if kept else 0.0)
        if rest > 0:
            kept.append(_Beginning(self.pieces[len(kept)], float(rest)))
        return Timeline(tuple(kept), self.start)

    @staticmethod
    def jumped(iteration: float) -> Timeline:
        """A new timeline that stands at `iteration`."""
        return Timeline((), float(iteration))

    @cached_property
    def _ends(self) -> Array:
        return np.cumsum([piece.seconds for piece in self.pieces])

    def _begin(self, k: int) -> float:
        return float(self._ends[k - 1]) if k else 0.0


@dataclass(frozen=True)
class _Beginning:
    """The first `seconds` of a piece."""

    piece: Piece
    seconds: float

    def iteration(self, second: Array) -> Array:
        return self.piece.iteration(second)

    def label(self, second: float) -> str:
        return self.piece.label(second)
