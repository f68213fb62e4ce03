"""Slow motion of steps that are more than the push of one sample: batches, momentum, Adam.

The samples of a batch flash together, and what they push adds up; what steps before have left is a hollow arrow that
lingers; Adam's pushes grow or shrink to like length. The step that is made is in ink.
"""

from __future__ import annotations

import numpy as np
from manim import VMobject

from reluviz.core import Trajectory
from reluviz.core.network import Array
from reluviz.stage.parts.network.arrows import LANE, arrow
from reluviz.stage.parts.network.net_pushes import push_of_state
from reluviz.stage.parts.network.slow import MEASURED, MOVED, PULLED, SlowMotion, eased
from reluviz.stage.plane import Plane, Points

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

    def _show_pushes(self, update: int, passed: float, x: Array, delta: Array) -> list[tuple[str, Points]]:
        """By samples too low, by those too high, and what is left of the steps before, each an arrow a neuron."""
        pushes = pushes_and_memory(self.run, update, x, delta)
        step = self.run.biases[update] - self.run.biases[update + 1]
        gain = _LONGEST / max(float(np.abs((*pushes, step)).max()), 1e-12)
        leaving = 1.0 - eased(passed, MOVED, 1.0)
        grown, stepping = eased(passed, MEASURED, PULLED), eased(passed, PULLED - 0.06, PULLED + 0.06)
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
        return []


def pushes_and_memory(run: Trajectory, update: int, x: Array, delta: Array) -> Array:
    """What moves each origin at an update by samples `x` with these deltas: those too low, those too high, and with
    momentum what is left of the steps before, the recorded step less today's push; (3, n)."""
    pushes = push_of_state(run.weights[update], run.biases[update], delta, x, run.experiment.learning_rate)
    memory = np.zeros(run.neurons)
    if run.experiment.optimizer.name in ("momentum", "nesterov"):
        memory = run.biases[update] - run.biases[update + 1] - pushes.sum(axis=0)
    return np.vstack((pushes, memory))
