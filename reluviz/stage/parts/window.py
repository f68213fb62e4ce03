"""Over which updates a picture of fast motion averages: single samples are noise, not motion."""

from __future__ import annotations

import numpy as np

from reluviz.core import Trajectory
from reluviz.core.network import Array
from reluviz.story.timeline import Timeline

WINDOW, WIDE = 0.3, 1.0
"""Seconds of film over which what is drawn is averaged: single samples are noise, not motion. An epoch that passes in
less than the wider window is averaged as a whole: else the data's order, which comes again, would ripple the edges."""


def stretch(timeline: Timeline, second: float, depths: Array, epoch: float) -> tuple[Array, Array]:
    """The iterations, first and last (k,), that the picture at `depths` (k,) seconds before `second` averages.

    A window of WINDOW around each, or of an epoch (in updates) where that passes in WIDE; yet no wider than reaches up
    to the present: so a stream leaves from where its disc is.
    """

    def ends(seconds: float) -> tuple[Array, Array]:
        half = np.minimum(depths, seconds / 2)
        first, last = (np.clip(second - depths + side * half, 0.0, second) for side in (-1, 1))
        return timeline.iteration(first), timeline.iteration(last)

    (first, last), (far, near) = ends(WINDOW), ends(WIDE)
    wanted = np.clip(epoch, last - first, np.maximum(near - far, last - first))
    fits = np.clip((near - far) / epoch * 4.0 - 3.0, 0.0, 1.0)
    more = fits * (wanted - (last - first)) / 2
    return np.maximum(first - more, far), np.minimum(last + more, near)


def lately(timeline: Timeline, second: float, epoch: float) -> tuple[float, float]:
    """The iterations, first and last, of the last WINDOW seconds of film, or of an epoch that passes in WIDE."""
    far, first, last = timeline.iteration(np.maximum(second - np.array([WIDE, WINDOW, 0.0]), 0.0))
    return float(min(first, last - epoch) if last - far >= epoch else first), float(last)


def epoch_of(run: Trajectory) -> float:
    """How many updates take every sample once."""
    return max(run.experiment.samples_count / run.experiment.batch_size, 1.0)
