"""The picture of the films: one run on a plane as wide as the frame, and its wake below.

    view = NetworkView(self.theme, run)         # plane, target, line, error, discs, samples, wake, counter
    self.add(view.still, view.rig)
    self.play(view.slow(4, seconds=6))          # four updates one by one
    self.replay(view.rig)
    self.play(view.zoom_to((-0.5, 1.5)))        # the ranges change: text, discs and strokes keep their size
    self.play(view.dim(2, 3))
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from manim import LEFT, Text, VGroup

from reluviz.core import Trajectory
from reluviz.core.network import Array
from reluviz.stage.looks import Look, Range
from reluviz.stage.parts.charts.charts import chart_records, padded_range
from reluviz.stage.parts.counter import Counter
from reluviz.stage.parts.gestures.held_updates import HeldUpdate
from reluviz.stage.parts.gestures.look import LookAt, PointAt, Strengthen
from reluviz.stage.parts.moment import Moment
from reluviz.stage.parts.network.ghost import Ghost
from reluviz.stage.parts.network.graph import ErrorArea, NetworkCurve, TargetCurve
from reluviz.stage.parts.network.marks import NeuronMarks
from reluviz.stage.parts.network.net_pushes import NetPushes
from reluviz.stage.parts.network.output_bias import OutputBiasMark
from reluviz.stage.parts.network.slow import SlowMotion, SlowUpdates
from reluviz.stage.parts.network.slow_steps import SlowSteps
from reluviz.stage.parts.network.strip import SampleStrip
from reluviz.stage.parts.network.wake import IterationLines, Wake, steepest_slope
from reluviz.stage.parts.replay import Replay, Rig
from reluviz.stage.plane import Plane
from reluviz.stage.typesetting import words
from reluviz.theme import LABEL, SAFE_X, SMALL, Theme

COUNTER_Y = 2.92

_TOP, _BOTTOM, _FOOT = 2.42, -1.15, -3.2
"""The frame's y of the plane's upper and lower edge, and of the wake's foot, above the numbers of x."""

_CAPTION_Y, _BELOW_CAPTION = 2.45, 1.98
"""Of a pair: the names, below the counter's row, and the planes' upper edges."""

_COLUMN = 1.42
"""The room left of a plane for the numbers of its y axis and of the wake's iterations."""

_GAP = 0.3
"""Between the two planes of a pair, besides the right one's column."""


def full(x_range: Range, y_range: Range, bottom: float = _BOTTOM) -> Look:
    """A look as wide as the frame. bottom: the frame's y of the plane's lower edge; few wakes need less room below."""
    return _between(-SAFE_X + _COLUMN, SAFE_X, _TOP, x_range, y_range, bottom)


def half(side: int, x_range: Range, y_range: Range) -> Look:
    """A look in the left (-1) or right (+1) half of the frame: one of a pair."""
    middle = _GAP / 2
    left, right = (-SAFE_X, -middle) if side < 0 else (middle, SAFE_X)
    return _between(left + _COLUMN, right, _BELOW_CAPTION, x_range, y_range)


def _between(left: float, right: float, top: float, x_range: Range, y_range: Range, bottom: float = _BOTTOM) -> Look:
    centre = ((left + right) / 2, (top + bottom) / 2)
    return Look(x_range, y_range, centre, right - left, top - bottom, bottom - _FOOT)


def caption_of(theme: Theme, text: str, look: Look) -> Text:
    """A name above the plane of one of a pair, no wider than that: a long one is smaller, a longer one breaks off."""
    left = look.centre[0] - look.width / 2
    name = words(text, theme.ink, LABEL, strong=True)
    if name.width > look.width:
        name = words(text, theme.ink, SMALL, strong=True)
    while name.width > look.width:
        text = text[: min(len(text) - 1, int(len(text) * look.width / name.width))].rstrip(" ,.…")
        name = words(f"{text}…", theme.ink, SMALL, strong=True)
    return name.move_to((left, _CAPTION_Y, 0.0), aligned_edge=LEFT)


class NetworkView:
    """One run: `still` (the plane: add first) and `rig` (all that moves with the run: add last).

    Parts by name: plane; wake, lines (of iterations), error, target, strip, network, marks, slow_motion; and where
    asked for, pushes, output_bias, counter.
    look: of the plane, else `full` with the run's own ranges. groups: neurons (from 0) that become one, for the wake.
    steepest: the scale of the wake's widths, where two runs compare. pushes: whether discs have their net pushes.
    counter: where its right end is, or None. said: as `Counter` has it. last: what it counts to where the run goes on.
    caption: as `caption_of` places it. ticks: whether the axes have numbers and the plane a grid.
    """

    def __init__(
        self,
        theme: Theme,
        run: Trajectory,
        *,
        look: Look | None = None,
        groups: Sequence[Sequence[int]] = (),
        steepest: float | None = None,
        pushes: bool = True,
        counter: tuple[float, float] | None = (SAFE_X, COUNTER_Y),
        said: tuple[float, str] | None = None,
        caption: str = "",
        ticks: bool = True,
        last: int = 0,
        at: float = 0.0,
    ) -> None:
        self.theme, self.run = theme, run
        low, high = run.experiment.low, run.experiment.high
        self.look = look or full(*graph_ranges(run))
        box: dict[str, Any] = {
            "centre": self.look.centre, "width": self.look.width, "height": self.look.height, "below": self.look.below,
        }  # fmt: skip
        if not ticks:
            box |= {"x_ticks": (), "y_ticks": (), "grid": False}
        self.plane = Plane(theme, self.look.x_range, self.look.y_range, **box)
        self.plane.look_at(self.look)
        self.wake = Wake(self.plane, run, groups=groups, steepest=steepest)
        self.lines = IterationLines(self.plane)
        self.error = ErrorArea(self.plane, run.target, low, high)
        self.target = TargetCurve(self.plane, run.target, low, high)
        self.strip = SampleStrip(self.plane, run)
        self.network = NetworkCurve(self.plane)
        self.marks = NeuronMarks(self.plane, run.neurons)
        self.pushes = NetPushes(self.plane, run) if pushes else None
        self.slow_motion = (SlowMotion if run.experiment.takes_plain_steps else SlowSteps)(self.plane, run)
        self.output_bias = OutputBiasMark(self.plane) if run.experiment.train_output_bias else None
        self.counter = Counter(theme, counter, max(run.last, last), said) if counter else None
        # One list for all of it: a neuron is dim as a whole.
        self.wake.strength = self.slow_motion.strength = self.marks.strength
        if self.pushes:
            self.pushes.strength = self.marks.strength
        self.still = VGroup(self.plane)
        if caption:
            self.still.add(caption_of(theme, caption, self.look))
        parts = (
            self.lines, self.wake, self.error, self.target, self.strip, self.network, self.output_bias, self.marks,
            self.pushes, self.slow_motion, self.counter,
        )  # fmt: skip
        self.rig = Rig(run, *(part for part in parts if part is not None), at=at)

    @property
    def strength(self) -> Array:
        """How strongly each neuron is shown; (n,)."""
        return self.marks.strength

    def go_on(self, run: Trajectory) -> None:
        """From now on shows `run`, which starts where the present run stands; the wake and the count go on."""
        left = self.rig.moment
        self.wake.go_on(run, left)
        self.lines.go_on(left)
        for part in (self.pushes, self.counter):
            if isinstance(part, NetPushes):
                part.go_on(run)
            elif part is not None:
                part.offset += round(left.iteration)
        self.run = self.rig.trajectory = self.slow_motion.run = run
        self.rig.jump(0.0)

    def zoom_to(self, x_range: Range | None = None, y_range: Range | None = None, run_time: float = 1.5) -> LookAt:
        """The plane's ranges become these (None: those it was made with)."""
        now = self.plane.look
        ranges = (x_range or self.look.x_range, y_range or self.look.y_range)
        return LookAt(self, replace(now, x_range=ranges[0], y_range=ranges[1]), run_time)

    def look_back(self, run_time: float = 2.0) -> LookAt:
        """The wake is drawn together until it shows the whole film, from the start on."""
        seconds = max(self.rig.moment.second + self.wake.earlier, self.plane.look.seconds)
        return LookAt(self, replace(self.plane.look, seconds=seconds), run_time)

    def go_to(self, look: Look, run_time: float = 1.5) -> LookAt:
        """The plane goes elsewhere, with these ranges: into a half of the frame, or a corner."""
        self.look = look
        return LookAt(self, look, run_time)

    def dim(self, *neurons: int, strength: float = 0.3, run_time: float = 0.6) -> Strengthen:
        """These neurons (from 0) step back; others are shown fully."""
        return Strengthen(self, {i: strength if i in neurons else 1.0 for i in range(self.run.neurons)}, run_time)

    def point_at(self, *neurons: int, run_time: float = 1.5) -> PointAt:
        """The discs of these neurons (from 0) swell one after another."""
        return PointAt(self, neurons, run_time)

    def ghost(self, at: float = 0.0) -> Ghost:
        """The state at iteration `at`, faint, for later ones to be seen against."""
        return Ghost(self.plane, Moment.of(self.run, at))

    def ghost_of(self, run: Trajectory) -> Ghost:
        """The start of `run`, as `ghost`, where the film has gone on with another since."""
        return Ghost(self.plane, Moment.of(run, 0.0))

    def slow(self, count: int, seconds: float, *beside: NetworkView) -> Replay:
        """The next `count` updates one by one in `seconds`, the first slowest; also of the runs shown beside."""
        piece = SlowUpdates.quickening(round(self.rig.iteration), count, seconds)
        rigs = [self.rig, *(view.rig for view in beside)]
        return Replay(rigs, [piece] * len(rigs))

    def held_update(self, measured: float, moving: float, seconds: float) -> Replay:
        """The next update in `seconds`: its delta is there by second `measured`, the neurons move from `moving` on."""
        piece = HeldUpdate.waiting(round(self.rig.iteration), measured, moving, seconds)
        return Replay([self.rig], [piece])


def pair(
    theme: Theme,
    left: Trajectory,
    right: Trajectory,
    captions: tuple[str, str],
    counters: bool = False,
    **options: Any,
) -> tuple[NetworkView, NetworkView]:
    """Two runs side by side, comparable: one pair of ranges, one scale of widths; the counter is the right one's.

    counters: each has its own, without a speed, for runs that end at different iterations.
    """
    ranges = graph_ranges(left, right)
    common = {"steepest": steepest_slope(left, right), **options}
    place = (-_GAP / 2, COUNTER_Y) if counters else None
    if counters:
        common["said"] = (-1.0, "")
    one = NetworkView(theme, left, look=half(-1, *ranges), caption=captions[0], counter=place, **common)
    return one, NetworkView(theme, right, look=half(1, *ranges), caption=captions[1], **common)


def graph_ranges(*trajectories: Trajectory) -> tuple[Range, Range]:
    """(x range, y range) that hold the target, the network and the neurons' origins in all these runs.

    Some room is kept left of the data, where origins go, but never more than half the data's width. Where the graphs
    keep above zero, just a little room is left below it; else the plane's foot is the rail that discs stand on.
    """
    lows, highs, values = [], [], [np.zeros(1)]
    for run in trajectories:
        low, high = run.experiment.low, run.experiment.high
        width = high - low
        records = chart_records(run)
        origins = -run.biases[records]
        lows.append(max(min(origins.min() - 0.06 * width, low - 0.08 * width), low - 0.5 * width))
        highs.append(min(max(origins.max() + 0.06 * width, high + 0.06 * width), high + 0.25 * width))
        for network in (run.target, run.start, run.end):
            values.append(network.polyline(low, high)[:, 1])
        values.append(np.quantile(_graph_values(run, records), (0.02, 0.98)))
    # A single sample may fling the graph out for an instant: that is cut off at the edge, not given all the room.
    bottom, top = padded_range(np.concatenate(values), pad=0.06)
    return (min(lows), max(highs)), (min(bottom, -0.1 * top), max(top, -0.1 * bottom))


def _graph_values(run: Trajectory, records: Any) -> Array:
    low, high = run.experiment.low, run.experiment.high
    at = np.linspace(low, high, 9)
    weights, biases = run.weights[records], run.biases[records]
    active = np.maximum(at[None, None, :] + biases[:, :, None], 0.0)
    return ((weights[:, :, None] * active).sum(axis=1) + run.output_biases[records][:, None]).ravel()

