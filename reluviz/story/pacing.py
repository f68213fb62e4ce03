"""Seconds of film to iterations of training, so that what moves on screen moves evenly.

Early updates move everything, late ones next to nothing. So the film's time follows the way that the visible
things go: each origin in units of the data's range, each weight and the graph in units of the target. A
little of it follows the logarithm of the iteration and the iteration itself, so that a stretch without
motion passes quickly, yet not at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import overload

import numpy as np
from numpy.typing import ArrayLike
from scipy.interpolate import PchipInterpolator
from scipy.ndimage import gaussian_filter1d

from reluviz.analysis.averages import PathMeans
from reluviz.core import Trajectory
from reluviz.core.measure import error_unit
from reluviz.core.network import Array

_WINDOW = 0.2
"""Half-width of the moving average, as a part of the iteration: single late samples are noise, not motion."""
_EYE = (4.0, 0.5, 0.5)
"""How much the ways of origins, weights and graph count. Origins are what the films are about, and the graph
jumps most just where they hardly move: tuned on the article's runs, so that origins in a chart over film time
keep an even slant."""
_KNOTS = 600
"""Places along the stretch at which its motion is looked at."""
_LOOKS = 10_000
"""Records, at most, that the moving averages are made of."""
_SHARES = (0.85, 0.1, 0.05)
"""How much of the film's time follows the motion, the logarithm of the iteration, and the iteration."""
_BLUR = 0.04
"""How far, as a part of the film, changes of speed are smeared out: speed is to change gently."""
_EASE = (0.08, 0.6)
"""The first and last part of the film, at most so many seconds, in which it picks up speed and slows down."""
_GRID = 33


class Pace:
    """Which iteration a film of `seconds` shows when, on its way from `first` to `last`.

    trajectory: a run, or several that are shown side by side; at each place what moves more counts.
    Smooth (once differentiable), strictly increasing, exact at both ends, a pure function of its arguments.
    Raises ValueError where first >= last, the stretch leaves the longest run, or seconds is not above 0.
    """

    def __init__(
        self, trajectory: Trajectory | Sequence[Trajectory], first: float, last: float, seconds: float
    ) -> None:
        runs = [trajectory] if isinstance(trajectory, Trajectory) else trajectory
        end = max(run.last for run in runs)
        if not 0 <= first < last <= end:
            raise ValueError(f"no stretch of the run: {first:,} to {last:,} of 0 to {end:,}")
        if not (seconds > 0 and np.isfinite(seconds)):
            raise ValueError(f"{seconds} seconds is no duration")
        self.first, self.last, self.seconds = float(first), float(last), float(seconds)
        knots = _log_spaced(self.first, self.last, _KNOTS)
        self._iteration = PchipInterpolator(_film_parts(knots, _largest_motion(runs, knots)), knots)
        self._slope = self._iteration.derivative()
        self._ease = min(_EASE[0], _EASE[1] / self.seconds)
        self._label_times, self._labels = self._steady_labels()

    @overload
    def iteration(self, second: float) -> float: ...
    @overload
    def iteration(self, second: Array) -> Array: ...
    def iteration(self, second: float | Array) -> float | Array:
        """The iteration shown at `second` (any shape), between two updates as a fraction; clipped to the ends."""
        return _like(second, np.clip(self._iteration(self._eased(second)), self.first, self.last))

    def label(self, second: float) -> str:
        """The rate as shown, "40": iterations per second, in steps that hold for a while and do not flicker."""
        found = int(np.searchsorted(self._label_times, second, side="right")) - 1
        return self._labels[max(found, 0)]

    def _eased(self, second: ArrayLike) -> Array:
        """The part of the way made at `second`: full speed but for a linear ramp at either end."""
        tau = np.clip(np.asarray(second, dtype=float) / self.seconds, 0.0, 1.0)
        near = np.minimum(tau, 1.0 - tau)
        ease = self._ease
        way = np.where(near < ease, near**2 / (2 * ease), near - ease / 2) / (1.0 - ease)
        return np.where(tau <= 0.5, way, 1.0 - way)

    def _steady_labels(self) -> tuple[Array, Sequence[str]]:
        """The times at which the label changes, and the labels.

        Cruising speed, without the ramps, in steps of 1, 2, 5. A step is taken once the speed is well into it
        (hysteresis) and the last change is a second ago.
        """
        times = np.arange(0.0, self.seconds + 0.05, 0.1)
        speeds = np.log10(np.maximum(self._slope(self._eased(times)) / (1.0 - self._ease) / self.seconds, 1e-3))
        changed, labels = [0.0], [_one_two_five(speeds[0])]
        for time, speed in zip(times, speeds, strict=True):
            far = abs(speed - np.log10(labels[-1])) > 0.2
            if far and _one_two_five(speed) != labels[-1] and time - changed[-1] >= 1.0:
                changed.append(float(time))
                labels.append(_one_two_five(speed))
        return np.array(changed), tuple(f"{value:,g}" for value in labels)


@dataclass(frozen=True)
class Glide:
    """A piece of clock that goes from `first` to `last` in one even swing: for a single update, or a few."""

    first: float
    last: float
    seconds: float

    def iteration(self, second: Array) -> Array:
        """The iterations shown at `second` (any shape)."""
        part = np.clip(np.asarray(second, dtype=float) / self.seconds, 0.0, 1.0)
        return np.asarray(self.first + (self.last - self.first) * part * part * (3.0 - 2.0 * part))

    def label(self, second: float) -> str:
        """No speed is shown: each update is seen."""
        return ""


def motion(trajectory: Trajectory, iterations: Array) -> Array:
    """How much moves on screen between neighbouring `iterations` (k,), as shape (k - 1,).

    The length of a step made of each origin's way in units of the data's range (where it shows: within that),
    each weight's in units of the target's largest slope, and the graph's root-mean-square way in units of the
    target's height. States are averaged over iterations t (1 ± 0.2), as far as the run has them.
    """
    experiment, target = trajectory.experiment, trajectory.target
    x = np.linspace(experiment.low, experiment.high, _GRID)
    height = error_unit(target, experiment.low, experiment.high)
    steepness = max(float(np.abs(np.diff(target(x)) / np.diff(x)).max()), 1e-12)
    weights, origins, offsets = _smoothed(trajectory, iterations)
    graph = np.repeat(offsets[:, None], _GRID, axis=1)
    for i in range(trajectory.neurons):
        graph += weights[:, i, None] * np.maximum(x - origins[:, i, None], 0.0)
    ways = (
        np.diff(np.clip(origins, experiment.low, experiment.high), axis=0) / (experiment.high - experiment.low),
        np.diff(weights, axis=0) / steepness,
        np.diff(graph, axis=0) / height / np.sqrt(_GRID),
    )
    return np.sqrt(sum(((weight * way) ** 2).sum(axis=1) for weight, way in zip(_EYE, ways, strict=True)))


def _largest_motion(runs: Sequence[Trajectory], knots: Array) -> Array:
    """The larger motion of several runs between neighbouring knots; a run that is over no longer moves."""
    return np.max([motion(run, np.minimum(knots, run.last)) for run in runs], axis=0)


def _smoothed(trajectory: Trajectory, at: Array) -> tuple[Array, Array, Array]:
    """Weights (k, n), origins (k, n) and output biases (k,), averaged around each iteration of `at`."""
    records = trajectory.iterations
    looked_at = _log_spaced(at[0] * (1 - _WINDOW), at[-1] * (1 + _WINDOW) + 1, _LOOKS)
    # Every record at first, later some hundreds a window: enough for a mean, however long the run is.
    part = np.unique(np.searchsorted(records, looked_at, side="right") - 1)
    times = records[part].astype(float)
    paths = np.column_stack((trajectory.weights[part], -trajectory.biases[part], trajectory.output_biases[part]))
    left, right = np.maximum(at * (1 - _WINDOW), times[0]), np.minimum(at * (1 + _WINDOW), times[-1])
    narrow = right - left < 1.0  # among the first updates each one is seen
    mean = PathMeans(times, paths).over(np.where(narrow, at, left), np.where(narrow, at, right))
    n = trajectory.neurons
    return mean[:, :n], mean[:, n : 2 * n], mean[:, 2 * n]


def _log_spaced(first: float, last: float, count: int) -> Array:
    """Iterations from first to last, evenly spaced in log(1 + t): early ones matter one by one."""
    spaced = np.expm1(np.linspace(np.log1p(first), np.log1p(last), count))
    spaced[0], spaced[-1] = first, last
    return spaced


def _film_parts(knots: Array, ways: Array) -> Array:
    """The part of the film, 0 to 1, that has passed at each knot, for the motion `ways` between them."""
    # Knots are even in log time, so blurring over them smears early updates over a few, late ones over many.
    moved = gaussian_filter1d(ways, _BLUR * len(ways), mode="reflect")
    shares = np.full(len(ways), _SHARES[1] / len(ways)) + _SHARES[2] * np.diff(knots) / (knots[-1] - knots[0])
    total = moved.sum()
    shares += _SHARES[0] * (moved / total if total > 0 else np.full(len(ways), 1.0 / len(ways)))
    parts = np.concatenate(([0.0], np.cumsum(shares)))
    return parts / parts[-1]


def _one_two_five(log_rate: float) -> float:
    """The nearest of 1, 2, 5, 10, 20, ... to 10 ** log_rate, in ratio."""
    steps = [m * 10.0**e for e in range(-3, 10) for m in (1, 2, 5)]
    return min(steps, key=lambda step: abs(np.log10(step) - log_rate))


def _like(asked: float | Array, answer: Array) -> float | Array:
    return answer if isinstance(asked, np.ndarray) else float(answer)
