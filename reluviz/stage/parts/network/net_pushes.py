"""What moves the origins while the film runs fast: the pushes of both kinds of samples, and what remains of them."""

from __future__ import annotations

import numpy as np
from manim import VGroup, VMobject

from reluviz.analysis.rules import origin_steps
from reluviz.core import Trajectory
from reluviz.core.network import Array
from reluviz.stage.parts.moment import Moment
from reluviz.stage.parts.network.arrows import LANE, arrow
from reluviz.stage.parts.network.slow import slow_piece
from reluviz.stage.parts.network.strip import shown_samples
from reluviz.stage.parts.window import WINDOW, epoch_of, lately
from reluviz.stage.plane import Plane, Points

_LONGEST = 1.0
"""Frame units for a push as strong as the run's strong ones."""

_MOST = 1.6
"""Frame units at most."""

_STRONG = 0.9
"""Of all pushes along the run, evenly in log time, this part is at most so strong."""

_FEW = 8
"""Where only one update in more than so many was recorded, their mean says little: then the push is that of all
samples on the state shown."""


class NetPushes(VGroup):
    """At each disc an arrow for what the samples that are too low push its origin, one for those that are too high,
    and a dark one for their difference: the mean of one update, over about the last quarter second of film.

    So that one sees what cancels when it is small, too, the longer arrow of each disc goes with the square root of its
    push; the others of that disc are in proportion to it.

    In long runs, where not every update was kept, the pushes are those of all samples on the state shown. Momentum adds
    a push up over the updates it lingers for, Adam makes all of like length: so they are drawn, and the dark arrow is
    then the step that was made.
    """

    def __init__(self, plane: Plane, run: Trajectory) -> None:
        theme = plane.theme
        self.low = VMobject(fill_color=theme.too_low, fill_opacity=0.9, stroke_width=0)
        self.high = VMobject(fill_color=theme.too_high, fill_opacity=0.9, stroke_width=0)
        self.net = VMobject(fill_color=theme.ink, fill_opacity=1.0, stroke_width=0)
        super().__init__(self.low, self.high, self.net)
        self.plane = plane
        self.strength = np.ones(run.neurons)
        self.go_on(run)
        self.strong = max(run.experiment.learning_rate if self._alike else self._strong(), 1e-12)
        """The push that an arrow of one frame unit stands for."""

    def go_on(self, run: Trajectory) -> None:
        """From now on shows the pushes of this run."""
        self.run, self.x, self._summed = run, shown_samples(run), summed_pushes(run)

    def show(self, moment: Moment) -> None:
        """Sets the arrows of every disc that stands in the plane and is not dimmed. Slow motion has its own, and
        a mean of the few updates just after it says little; nor is there one where nothing was replayed."""
        if slow_piece(moment) or slow_piece(moment, WINDOW) or moment.second == 0.0:
            for part in self.submobjects:
                part.points = np.zeros((0, 3))
            return
        low, high = pushes = self._felt(self.mean(moment))
        net = pushes.sum(axis=0) if self.run.experiment.optimizer.name == "sgd" else self.step(moment)
        left, right = self.plane.x_range
        origins = -moment.biases
        shapes: tuple[list[Points], ...] = ([], [], [])
        for i in np.flatnonzero((left <= origins) & (origins <= right) & (self.strength > 0.99)):
            start = self.plane.on_floor(origins[i]) + (0.0, LANE, 0.0)
            longer = max(abs(low[i]), abs(high[i]), abs(net[i]), 1e-12)
            gain = moment.stirred * min(_LONGEST * (longer / self.strong) ** 0.5, _MOST) / longer
            for shape, push, half in zip(shapes, (low[i], high[i], net[i]), (0.07, 0.07, 0.03), strict=True):
                shape.append(arrow(start, gain * float(push), half))
        for part, shape in zip(self.submobjects, shapes, strict=True):
            part.points = np.concatenate([np.zeros((0, 3)), *shape])

    def step(self, moment: Moment) -> Array:
        """How far one update moves each origin, on average over the last quarter second; (n,)."""
        first, last = lately(moment.timeline, moment.second, epoch_of(self.run))
        last = min(last, float(self.run.last))
        if last <= first:
            return np.zeros(self.run.neurons)
        return np.asarray((self.run.state_at(first)[1] - self.run.state_at(last)[1]) / (last - first))

    def _felt(self, pushes: Array) -> Array:
        """Pushes (2, n) as the optimiser turns them into steps."""
        optimizer, rate = self.run.experiment.optimizer, self._rate
        if self._alike:
            return pushes * rate / np.maximum(np.abs(pushes).sum(axis=0), 1e-30)
        return pushes if optimizer.name == "sgd" else pushes / max(1.0 - optimizer.momentum, 1e-3)

    def mean(self, moment: Moment) -> Array:
        """What one update moves each origin, on average: by samples too low, and by those too high; (2, n)."""
        first, last = lately(moment.timeline, moment.second, epoch_of(self.run))
        records = self.run.iterations
        if first >= self.run.last:  # it has ended
            return np.zeros((2, self.run.neurons))
        begin, end = np.searchsorted(records, (first, last))
        begin, end = min(int(begin), len(records) - 2), min(int(end), len(records) - 1)
        begin = min(begin, end - 1) if end > 0 else 0
        end = max(end, begin + 1)
        of_all = self.run.experiment.batch_size > 1
        if of_all or records[end] - records[begin] > _FEW * (end - begin):
            return push_of_state(moment.weights, moment.biases, self._deltas(moment), self.x, self._rate)
        return np.asarray((self._summed[end] - self._summed[begin]) / (end - begin))

    @property
    def _alike(self) -> bool:
        return self.run.experiment.optimizer.name == "adam"

    @property
    def _rate(self) -> float:
        return self.run.experiment.learning_rate

    def _deltas(self, moment: Moment) -> Array:
        return self.run.target(self.x) - moment.network(self.x)

    def _strong(self) -> float:
        if len(self._summed) == 1:
            return 1.0
        ends = np.unique(np.geomspace(1, len(self._summed) - 1, 200).round().astype(int))
        begins = (ends * 0.8).astype(int)
        means = (self._summed[ends] - self._summed[begins]) / (ends - begins)[:, None, None]
        strong = float(np.quantile(np.abs(means).max(axis=(1, 2)), _STRONG))
        return float(self._felt(np.full((2, 1), strong))[0, 0])


def summed_pushes(run: Trajectory) -> Array:
    """The pushes of all recorded updates before each record, by samples too low and too high; (k + 1, 2, n)."""
    delta = run.residuals[:, None]
    steps = origin_steps(
        run.experiment.learning_rate, run.weights[:-1], run.biases[:-1], run.inputs[:, None], delta
    )
    both = np.stack((np.where(delta > 0, steps, 0.0), np.where(delta < 0, steps, 0.0)), axis=1)
    return np.concatenate((np.zeros((1, *both.shape[1:])), np.cumsum(both, axis=0)))


def push_of_state(weights: Array, biases: Array, deltas: Array, x: Array, rate: float) -> Array:
    """What one update by a sample of `x` (k,) with these deltas moves each origin, on average; (2, n), as `mean`."""
    steps = origin_steps(rate, weights, biases, x[:, None], deltas[:, None])
    return np.stack([np.where(sign * deltas[:, None] > 0, steps, 0.0).mean(axis=0) for sign in (1, -1)])
