"""Slow motion of steps that are more than the push of one sample: batches, momentum, Adam.

The samples of a batch flash together, and what they push adds up; what steps before have left is a hollow arrow that
lingers; Adam's pushes grow or shrink to like length. The step that is made is in ink.
"""

from __future__ import annotations

import numpy as np
from manim import VMobject, smooth

from reluviz.core import Trajectory
from reluviz.core.network import Array
from reluviz.stage.parts.moment import Moment
from reluviz.stage.parts.network.arrows import LANE, arrow
from reluviz.stage.parts.network.net_pushes import push_of_state
from reluviz.stage.parts.network.slow import (
    LANDED,
    MEASURED,
    MOVED,
    PULLED,
    SlowMotion,
    plate,
    samples_of,
    update_shown,
)
from reluviz.stage.parts.network.strip import MOST
from reluviz.stage.plane import Plane, segments

_LONGEST = 0.9
"""Frame units of an update's longest arrow."""

_NOTHING = np.zeros((0, 3))


class SlowSteps(SlowMotion):
    """What an update shows in slow motion, and nothing at any other speed; see the module."""

    def __init__(self, plane: Plane, run: Trajectory) -> None:
        super().__init__(plane, run)
        ink = plane.theme.ink
        self.memory = VMobject(fill_color=plane.theme.background, fill_opacity=0.8, stroke_color=ink, stroke_width=2.5)
        self.step = VMobject(fill_color=ink, fill_opacity=1, stroke_width=0)
        self.add(self.memory, self.step)
        if run.experiment.batch_size > 1:
            for bar in self.bars:
                bar.set_stroke(width=max(3.0, 10.0 / run.experiment.batch_size))

    def show(self, moment: Moment) -> None:
        """Sets all of it for this moment."""
        shown = update_shown(moment)
        if shown is None or shown[0] >= len(self.run.inputs):
            for part in self.submobjects:
                part.points = _NOTHING
            self.text.put()
            return
        update, part = shown
        x, delta = samples_of(self.run, update)
        some = np.unique(np.linspace(0, len(x) - 1, min(len(x), MOST)).round().astype(int))
        self._show_samples(x[some], delta[some], self.run.network_at(update)(x[some]), part)
        self._show_arrows(pushes_and_memory(self.run, update, x, delta), update, part)

    def _show_samples(self, x: Array, delta: Array, value: Array, part: float) -> None:
        plane = self.plane
        left, right = plane.x_range
        inside = (left <= x) & (x <= right)
        x, delta, value = x[inside], delta[inside], value[inside]
        leaving = 1.0 - _eased(part, MOVED, 1.0)
        feet = plane.on_floor(x)
        flash = 1.0 + 1.5 * np.sin(np.pi * min(part / LANDED, 1.0))
        dot = self._dot * ((0.11 if len(x) < 20 else 0.06) * flash * leaving + 1e-3)
        self.sample.points = (dot + feet[:, None]).reshape(-1, 3)
        grown = value + _eased(part, LANDED, MEASURED) * delta
        ends = [plane.at(x, np.clip(y, *plane.y_range)) for y in (value, grown)]
        gone = leaving <= 0.1 or not len(x)
        self.guide.points = _NOTHING if gone or len(x) > 1 else segments(feet, ends[0])
        for mine, sign in zip(self.bars, (1, -1), strict=True):
            here = sign * delta > 0
            mine.points = _NOTHING if gone else segments(ends[0][here], ends[1][here])
        self.text.put()
        self.plates.points = _NOTHING
        if len(x) == 1 and part > LANDED and not gone:
            middle = (ends[0][0] + ends[1][0]) / 2
            middle[1] = max(middle[1], feet[0, 1] + LANE + 0.75)
            self.text.put(label := self._delta(middle, float(delta[0])))
            self.plates.points = plate(label[1])

    def _show_arrows(self, pushes: Array, update: int, part: float) -> None:
        """pushes: by samples too low, by those too high, and what is left of the steps before; (3, n)."""
        step = self.run.biases[update] - self.run.biases[update + 1]
        gain = _LONGEST / max(float(np.abs((*pushes, step)).max()), 1e-12)
        leaving = 1.0 - _eased(part, MOVED, 1.0)
        grown, stepping = _eased(part, MEASURED, PULLED), _eased(part, PULLED - 0.06, PULLED + 0.06)
        if self.run.experiment.optimizer.name == "adam":
            gain = _LONGEST / max(float(np.abs(step).max()), 1e-12)
            own = _LONGEST / gain / np.maximum(np.abs(pushes[:2]).sum(axis=0), 1e-30)
            alike = own.min() + stepping * (own - own.min())  # at first as the gradients are, then of like length
            pushes = pushes * alike
        kinds = (
            (self.memory, pushes[2], leaving, 0.06),
            (self.pulls[0], pushes[0], grown * leaving, 0.07),
            (self.pulls[1], pushes[1], grown * leaving, 0.07),
            (self.step, step, stepping * leaving, 0.03),
        )
        origins = -self.run.biases[update]
        low, high = self.plane.x_range
        there = np.flatnonzero((low <= origins) & (origins <= high) & (self.strength > 0.99))
        for mobject, ways, part_grown, half in kinds:
            lane = LANE + (0.24 if mobject is self.memory else 0.0)
            starts = self.plane.on_floor(origins[there]) + (0.0, lane, 0.0)
            shapes = [arrow(start, part_grown * float(gain * way), half)
                      for start, way in zip(starts, ways[there], strict=True)]  # fmt: skip
            mobject.points = np.concatenate([_NOTHING, *shapes])


def pushes_and_memory(run: Trajectory, update: int, x: Array, delta: Array) -> Array:
    """What moves each origin at an update by samples `x` with these deltas: those too low, those too high, and with
    momentum what is left of the steps before, the recorded step less today's push; (3, n)."""
    pushes = push_of_state(run.weights[update], run.biases[update], delta, x, run.experiment.learning_rate)
    memory = np.zeros(run.neurons)
    if run.experiment.optimizer.name in ("momentum", "nesterov"):
        memory = run.biases[update] - run.biases[update + 1] - pushes.sum(axis=0)
    return np.vstack((pushes, memory))


def _eased(part: float, first: float, last: float) -> float:
    return float(smooth(np.clip((part - first) / (last - first), 0.0, 1.0)))
