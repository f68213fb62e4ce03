"""Slow motion: one sample, its residual, the pull on each active neuron, and the step it causes (equations 1, 2)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from manim import Circle, VGroup, VMobject, smooth

from reluviz.core import Trajectory
from reluviz.core.network import Array
from reluviz.stage.parts.network.marks import DISC_RADIUS
from reluviz.stage.parts.replay import Replay, Rig
from reluviz.stage.plane import Plane, Points, corners
from reluviz.stage.typesetting import Number, figures, formula
from reluviz.story.script import Beat
from reluviz.theme import LABEL

# Parts of one update's time: the sample lands, its residual grows, the pulls show, the neurons move.
_LANDED, _MEASURED, _PULLED, _MOVED = 0.18, 0.42, 0.6, 0.93


class SampleOverlay(VGroup):
    """A sample on the axis, the bar delta = ref(x) - NN(x) above it, and an arrow at each origin it moves.

    gain: frame units of arrow for one unit of an origin's move; equal for all updates, so that lengths compare.
    """

    def __init__(self, plane: Plane, run: Trajectory, gain: float) -> None:
        theme = plane.theme
        self.plane, self.run, self.gain = plane, run, gain
        self._dot = Circle(radius=0.1).points
        self.sample = VMobject(fill_color=theme.accent, fill_opacity=1, stroke_width=0)
        self.guide = VMobject(stroke_color=theme.accent, stroke_width=2, stroke_opacity=0.6)
        self.bar = VMobject(stroke_width=9)
        self.label = formula("delta = ", theme.ink, 34)
        self._label_points = [part.points - self.label.get_corner((-1.0, -1.0, 0)) for part in self.label]
        self.value = Number(theme.ink, LABEL, strong=True)
        self.arrows = [
            VMobject(stroke_width=0, fill_opacity=1, fill_color=theme.neuron(i)) for i in range(run.neurons)
        ]
        super().__init__(self.guide, self.bar, self.sample, *self.arrows, self.label, self.value)

    def show(self, update: int, part: float) -> None:
        """Sets everything for this update (the state before it has made `update` updates) at `part` of its time."""
        plane, theme, run = self.plane, self.plane.theme, self.run
        x, delta = float(run.inputs[update]), float(run.residuals[update])
        value = float(run.network_at(update)(x))
        wanted = value + delta
        grown = smooth(np.clip((part - _LANDED) / (_MEASURED - _LANDED), 0, 1))
        leaving = smooth(np.clip((part - _MOVED) / (1 - _MOVED), 0, 1))
        size = smooth(np.clip(part / _LANDED, 0, 1)) * (1 - leaving)
        foot = plane.at(x, 0.0)
        ends = plane.at(x, np.clip((value, value + grown * delta), *plane.y_range))
        self.sample.points = self._dot * max(size, 1e-3) + foot
        self.guide.points = corners(np.array([foot, ends[0]])) if size > 0.5 else np.zeros((0, 3))
        visible = grown > 0 and leaving < 0.5
        self.bar.points = corners(ends) if visible else np.zeros((0, 3))
        self.bar.set_stroke(theme.too_low if delta > 0 else theme.too_high)
        self._place_label(plane.at(x, np.clip((value + wanted) / 2, *plane.y_range)), delta, visible)
        pull = smooth(np.clip((part - _MEASURED) / (_PULLED - _MEASURED), 0, 1)) * (1 - leaving)
        moves = -(run.biases[update + 1] - run.biases[update])
        for arrow, bias, move in zip(self.arrows, run.biases[update], moves, strict=True):
            start = plane.at(-bias, 0.0)
            arrow.points = _arrow(start, pull * self.gain * move)

    def _place_label(self, middle: Points, delta: float, visible: bool) -> None:
        text = ("+" if delta > 0 else "") + figures(delta)
        left = middle + (0.25, -0.1, 0.0)
        if left[0] + 1.9 > self.plane.left_edge + self.plane.box_width:
            left = middle + (-2.0, -0.1, 0.0)
        for part, points in zip(self.label.submobjects, self._label_points, strict=True):
            part.points = points + left if visible else np.zeros((0, 3))
        self.value.put(text if visible else "", left + (0.72, 0.02, 0.0))


def _arrow(start: Points, length: float) -> Points:
    """A level arrow that starts beside a disc; nothing where it would be too short to see."""
    if abs(length) < 0.03:
        return np.zeros((0, 3))
    way = np.sign(length)
    root, half, head = DISC_RADIUS + 0.05, 0.045, 0.2
    shaft = root + max(abs(length) - head, 0.02)
    outline = [
        (root, half), (shaft, half), (shaft, 0.14), (shaft + head, 0.0),
        (shaft, -0.14), (shaft, -half), (root, -half), (root, half),
    ]  # fmt: skip
    return corners(np.array([start + (way * along, across, 0.0) for along, across in outline]))


class SlowUpdates(Replay):
    """Plays updates one after another, each with its sample: update `first + k` takes `seconds[k]`.

    Every frame is set from the run alone. The overlay should be in the scene, after the rig.
    """

    def __init__(self, rig: Rig, overlay: SampleOverlay, first: int, seconds: Sequence[float]) -> None:
        self.overlay = overlay
        self.updates = OneByOne(first, np.cumsum(seconds))
        super().__init__([rig], [self.updates], overlay)

    @classmethod
    def over(cls, rig: Rig, overlay: SampleOverlay, beat: Beat, seconds: float) -> SlowUpdates:
        """All updates of a beat in `seconds`: the first slowly, each later one a little quicker."""
        count = int(beat.last - beat.first)
        shares = np.array([1.0 / (k + 1.5) for k in range(count)])
        return cls(rig, overlay, int(beat.first), list(seconds * shares / shares.sum()))

    def interpolate_mobject(self, alpha: float) -> None:
        """Sets rig and overlay for this part of the whole time."""
        super().interpolate_mobject(alpha)
        update, part = self.updates.place(np.array([alpha * self.run_time]))
        self.overlay.show(int(update[0]), float(part[0]))


class OneByOne:
    """A piece of clock that makes updates one after another, each moving once its pulls are shown.

    ends: seconds from the piece's start at which the updates from `first` on are over.
    """

    def __init__(self, first: int, ends: Array) -> None:
        self.first, self.ends = first, ends
        self.seconds = float(ends[-1])

    def place(self, second: Array) -> tuple[Array, Array]:
        """The update under way at each second, and the part of its time (0 to 1) that has passed."""
        k = np.minimum(np.searchsorted(self.ends, second, side="right"), len(self.ends) - 1)
        begin = np.concatenate(([0.0], self.ends))[k]
        return self.first + k, np.minimum((second - begin) / (self.ends[k] - begin), 1.0)

    def iteration(self, second: Array) -> Array:
        """The iterations shown at `second`, shape (k,)."""
        update, part = self.place(second)
        moved = np.clip((part - _PULLED) / (_MOVED - _PULLED), 0, 1)
        return update + np.array([smooth(one) for one in moved])

    def label(self, second: float) -> str:
        """No speed is shown: each update is seen."""
        return ""
