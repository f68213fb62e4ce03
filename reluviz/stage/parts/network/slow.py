"""Slow motion: one update after another, each from its sample to the motion it causes (equations 1 and 2)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from manim import Circle, VGroup, VMobject, smooth

from reluviz.analysis.rules import Rule, classify
from reluviz.core import Trajectory
from reluviz.core.network import Array
from reluviz.stage.parts.moment import Moment, State
from reluviz.stage.parts.network.arrows import LANE, arrow
from reluviz.stage.parts.network.strip import MOST
from reluviz.stage.plane import Plane, Points, corners, segments
from reluviz.stage.typesetting import Labels, figure_points, figures, outlines
from reluviz.theme import SMALL

# Parts of one update's time: the sample lands, its delta grows, rules and arrows show, the neurons move.
LANDED, MEASURED, PULLED, MOVED = 0.16, 0.36, 0.52, 0.9

_LONGEST, _NEAR = 0.9, 12
"""Frame units of the longest arrow among so many updates before and after. The longest of each other update goes with
the square root of its move, so that a small one is seen; those of one update are in proportion."""

_LOOKED_AT = 0.5
"""Seconds that an update takes at least where its sample, rules and arrows are shown."""

_ASTRAY = 0.65
"""How far, in frame units, a rule's name may stand from its disc."""

_NOTHING = np.zeros((0, 3))


@dataclass(frozen=True)
class SlowUpdates:
    """A piece of clock: the updates from iteration `first` on, the k-th in `lengths[k]` seconds.

    What an update shows is shown where it has half a second or more: others pass by.
    """

    first: int
    lengths: tuple[float, ...]

    @classmethod
    def quickening(cls, first: int, count: int, seconds: float) -> SlowUpdates:
        """`count` updates in `seconds`: the first slowly, each later one quicker."""
        shares = np.array([1.0 / (k + 1.5) for k in range(count)])
        return cls(first, tuple(seconds * shares / shares.sum()))

    @property
    def seconds(self) -> float:
        """How long all of them take."""
        return float(sum(self.lengths))

    def at(self, second: float) -> tuple[int, float]:
        """Which update is made at `second`, and which part (0 to 1) of its time has passed."""
        ends = np.cumsum(self.lengths)
        k = min(int(np.searchsorted(ends, second, side="right")), len(ends) - 1)
        part = 1.0 - (ends[k] - second) / self.lengths[k]
        return self.first + k, float(np.clip(part, 0.0, 1.0))

    def shown(self, second: float) -> tuple[int, float] | None:
        """`at`, where the update has time to be looked at."""
        update, part = self.at(second)
        return (update, part) if self.lengths[update - self.first] >= _LOOKED_AT else None

    def iteration(self, second: Array) -> Array:
        """The iterations shown at `second` (any shape): each update moves the neurons once its arrows are there."""
        ends = np.cumsum(self.lengths)
        k = np.minimum(np.searchsorted(ends, second, side="right"), len(ends) - 1)
        part = np.clip(1.0 - (ends[k] - second) / np.array(self.lengths)[k], 0.0, 1.0)
        return np.asarray(self.first + k + moved(part))

    def label(self, second: float) -> str:
        """No speed is shown."""
        return ""


def moved(part: Array) -> Array:
    """How far an update has moved the neurons at these parts (0 to 1) of its time."""
    way = np.clip((part - PULLED) / (MOVED - PULLED), 0.0, 1.0)
    return np.asarray(way * way * (3.0 - 2.0 * way))


def slow_piece(moment: State, ago: float = 0.0) -> tuple[SlowUpdates, float] | None:
    """The slow motion that is, or was `ago` seconds before, under way, or has just ended; and the seconds it has gone.

    None at any other speed.
    """
    if not isinstance(moment, Moment):
        return None
    begin, second = 0.0, moment.second - ago
    for piece in moment.timeline.pieces:
        end = begin + piece.seconds
        if begin <= second < end or second == end == moment.timeline.seconds:
            slow = getattr(piece, "piece", piece)  # of a rewound one, what it was cut from
            return (slow, second - begin) if isinstance(slow, SlowUpdates) else None
        begin = end
    return None


def update_shown(moment: State) -> tuple[int, float] | None:
    """The update that slow motion shows at this moment, and the part of its time."""
    slow = slow_piece(moment)
    return slow[0].shown(slow[1]) if slow else None


class SlowMotion(VGroup):
    """What an update shows in slow motion, and nothing at any other speed.

    The sample flashes on the axis, its delta is a bar between line and target; each active neuron gets the number
    of its rule, and an arrow, enlarged, for the way its origin goes.
    """

    def __init__(self, plane: Plane, run: Trajectory) -> None:
        theme = plane.theme
        self.plane, self.run = plane, run
        self.strength = np.ones(run.neurons)
        self.with_words = True
        """Whether delta and rules are named: not in a film that comes before they are."""
        self._dot: Points = Circle(radius=1.0).points
        self.guide = VMobject(stroke_color=theme.accent, stroke_width=2.5)
        self.sample = VMobject(fill_color=theme.accent, fill_opacity=1, stroke_width=0)
        self.bars = [VMobject(stroke_color=c, stroke_width=10) for c in (theme.too_low, theme.too_high)]
        self.pulls = [VMobject(fill_color=c, fill_opacity=1, stroke_width=0) for c in (theme.too_low, theme.too_high)]
        self.plates = VMobject(fill_color=theme.background, fill_opacity=0.75, stroke_width=0)
        self.text = Labels(theme.ink)
        super().__init__(self.guide, *self.bars, self.sample, *self.pulls, self.plates, self.text)

    def show(self, moment: Moment) -> None:
        """Sets all of it for this moment."""
        shown = update_shown(moment)
        if shown is None or shown[0] >= len(self.run.inputs):
            for part in self.submobjects:
                part.points = _NOTHING
            self.text.put()
            return
        update, passed = shown
        x, delta = samples_of(self.run, update)
        some = np.unique(np.linspace(0, len(x) - 1, min(len(x), MOST)).round().astype(int))
        texts = self._show_samples(x[some], delta[some], self.run.network_at(update)(x[some]), passed)
        texts += self._show_pushes(update, passed, x, delta)
        if not self.with_words:
            texts = []
        self.text.put(*texts)
        self.plates.points = np.concatenate([_NOTHING, *(plate(points) for _, points in texts)])

    def _show_samples(self, x: Array, delta: Array, value: Array, passed: float) -> list[tuple[str, Points]]:
        """Each sample on the axis, its delta as a bar; a single one's also in figures, which are returned."""
        plane = self.plane
        left, right = plane.x_range
        inside = (left <= x) & (x <= right)
        x, delta, value = x[inside], delta[inside], value[inside]
        leaving = 1.0 - eased(passed, MOVED, 1.0)
        feet = plane.on_floor(x)
        flash = 1.0 + 1.5 * np.sin(np.pi * min(passed / LANDED, 1.0))
        dot = self._dot * ((0.11 if len(x) < 20 else 0.06) * flash * leaving + 1e-3)
        self.sample.points = (dot + feet[:, None]).reshape(-1, 3)
        grown = value + eased(passed, LANDED, MEASURED) * delta
        starts, ends = (plane.at(x, np.clip(y, *plane.y_range)) for y in (value, grown))
        seen = leaving > 0.1
        self.guide.points = segments(feet, starts) if seen and len(x) == 1 else _NOTHING
        for bar, sign in zip(self.bars, (1, -1), strict=True):
            here = seen & (sign * delta > 0)
            bar.points = segments(starts[here], ends[here])
        if len(x) != 1 or passed <= LANDED or not seen:
            return []
        middle = (starts[0] + ends[0]) / 2
        middle[1] = max(middle[1], feet[0, 1] + LANE + 0.75)  # clear of the rules' names
        return [self._delta(middle, float(delta[0]))]

    def _show_pushes(self, update: int, passed: float, x: Array, delta: Array) -> list[tuple[str, Points]]:
        """An arrow at each neuron that the sample moves, and the names of the rules, which are returned."""
        leaving = 1.0 - eased(passed, MOVED, 1.0)
        pulls = self._pulls(update, eased(passed, MEASURED, PULLED) * leaving)
        for mine, sign in zip(self.pulls, (1, -1), strict=True):
            mine.points = pulls if sign * delta[0] > 0 else _NOTHING
        return self._rules(update, float(x[0]), float(delta[0])) if passed > MEASURED and leaving > 0.1 else []

    def _delta(self, middle: Points, delta: float) -> tuple[str, Points]:
        sign, width, _ = outlines("δ", SMALL)
        number = ("+" if delta > 0 else "") + figures(delta)
        side = 1.0 if middle[0] + 1.7 < self.plane.right_edge else -1.0
        left = middle + (0.2 if side > 0 else -1.45, -0.1, 0.0)
        # A plain δ and its value: the glyph + is in the figures' font.
        value = figure_points(number, SMALL, True, left + (width + 0.12, 0.0, 0.0))
        return f"δ {number}", np.concatenate((sign + left + (width / 2, 0.11, 0.0), value))

    def _pulls(self, update: int, grown: float) -> Points:
        run = self.run
        moves = run.biases[update] - run.biases[update + 1]
        near = run.biases[max(update - _NEAR, 0) : update + _NEAR]
        most = max(float(np.abs(np.diff(near, axis=0)).max()), 1e-12)
        gain = _LONGEST / max(float(np.abs(moves).max()) * most, 1e-24) ** 0.5
        shapes = [_NOTHING]
        for bias, move in zip(run.biases[update], moves * (self.strength > 0.99), strict=True):
            if move and self.plane.x_range[0] <= -bias <= self.plane.x_range[1]:
                start = self.plane.on_floor(-bias) + (0.0, LANE, 0.0)
                shapes.append(arrow(start, grown * float(np.sign(move) * max(gain * abs(move), 0.12)), 0.06))
        return np.concatenate(shapes)

    def _rules(self, update: int, x: float, delta: float) -> list[tuple[str, Points]]:
        run = self.run
        codes = classify(run.weights[update], run.biases[update], x, delta)
        low, high = self.plane.x_range
        origins = -run.biases[update]
        there = (codes >= Rule.RULE_1) & (codes <= Rule.RULE_4) & (low <= origins) & (origins <= high)
        there &= self.strength > 0.99
        feet = self.plane.on_floor(origins[there])
        names = [f"rule {code}" for code in codes[there]]
        # Left of the bar above the sample, and of each other; where that drives them from their discs, bare numbers.
        free, middles = float(self.plane.on_floor(x)[0]) - 0.15, {}
        for k in np.argsort(-feet[:, 0]):
            width = outlines(names[k], SMALL, True)[1]
            middles[int(k)] = min(float(feet[k, 0]), free - width / 2)
            free = middles[int(k)] - width / 2 - 0.22
        if any(abs(middle - feet[k, 0]) > _ASTRAY for k, middle in middles.items()):
            names = [name.removeprefix("rule ") for name in names]
            middles = {k: float(foot[0]) - 0.2 for k, foot in enumerate(feet)}
        up = float(self.plane.on_floor(0.0)[1]) + LANE + 0.34
        return [(name, outlines(name, SMALL, True)[0] + (middles[k], up, 0.0)) for k, name in enumerate(names)]


def samples_of(run: Trajectory, update: int) -> tuple[Array, Array]:
    """The samples x (k,) of an update of the part of a run that keeps each, and their deltas before it."""
    if run.experiment.batch_size == 1:
        return run.inputs[update : update + 1], run.residuals[update : update + 1]
    among = run.experiment.batch(update)
    x = run.experiment.samples()[among]
    return x, run.experiment.targets()[among] - run.network_at(update)(x)


def plate(text: Points, room: float = 0.07) -> Points:
    """A rectangle behind a text, so that no line strikes it through."""
    (left, low, _), (right, high, _) = text.min(axis=0) - room, text.max(axis=0) + room
    return corners(np.array([(left, low, 0), (right, low, 0), (right, high, 0), (left, high, 0), (left, low, 0)]))


def eased(part: float, first: float, last: float) -> float:
    """How far (0 to 1) what lasts from `first` to `last` has come at `part`."""
    return float(smooth(np.clip((part - first) / (last - first), 0.0, 1.0)))


ASLEEP = 0.35
"""How strongly neurons that a sample does not reach are shown while it is looked at."""


def awake(moment: State) -> Array:
    """How strongly each neuron is shown, (n,): in slow motion those that the sample does not reach are dim."""
    shown = update_shown(moment)
    if shown is None or not isinstance(moment, Moment) or shown[0] >= len(moment.trajectory.inputs):
        return np.ones(len(moment.weights))
    update, part = shown
    run = moment.trajectory
    asleep = samples_of(run, update)[0].max() + run.biases[update] <= 0
    dim = (1.0 - ASLEEP) * eased(part, 0.0, LANDED) * (1.0 - eased(part, MOVED, 1.0))
    return np.where(asleep, 1.0 - dim, 1.0)

