"""What brings the two leftmost neurons together (figures 6b, 6c).

The samples lie on the axis, coloured by the sign of their residual. Arrows below the axis add up, in the units
of the axis and from the actual updates, how far the samples of each place have moved each origin so far.
"""

from __future__ import annotations

import numpy as np
from manim import DOWN, RIGHT, UP, Circle, Line, Polygon, VGroup, VMobject

from reluviz.analysis.merging import Merge
from reluviz.analysis.pushes import drive
from reluviz.core import ReluNetwork, Trajectory
from reluviz.core.network import Array
from reluviz.stage.parts.moment import State
from reluviz.stage.parts.network.band import BetweenBand
from reluviz.stage.parts.network.graph import ErrorArea, NetworkCurve, target_curve
from reluviz.stage.parts.network.marks import ARM_LENGTH, DISC_RADIUS, NeuronMarks
from reluviz.stage.parts.network.rulebook import level_arrow
from reluviz.stage.parts.replay import Rig
from reluviz.stage.plane import Plane, Points, corners, round_ticks
from reluviz.stage.typesetting import figures, words
from reluviz.stage.views import Counter
from reluviz.theme import HEADLINE_Y, LABEL, Theme

_LANES = (1.0, 1.5, 2.0)
"""How far below the axis, in frame units, the three arrows lie: the discs need the room above."""
_STRETCHES = 300
_COUNTER = (0.45, HEADLINE_Y)
_BOX = {"centre": (0.3, -0.2), "width": 12.4, "height": 5.8}


class PairMarks(NeuronMarks):
    """Discs and arms of the first two neurons alone."""

    def __init__(self, plane: Plane) -> None:
        super().__init__(plane, 2, bends=False)

    def show(self, moment: State) -> None:
        super().show(State(moment.weights[:2], moment.biases[:2], moment.output_bias, moment.iteration))


class SampleDots(VGroup):
    """All samples on the axis, in two colours: where the network is too low, and where it is too high."""

    def __init__(self, plane: Plane, run: Trajectory, radius: float = 0.045) -> None:
        theme = plane.theme
        super().__init__(
            *(VMobject(fill_color=c, fill_opacity=0.9, stroke_width=0) for c in (theme.too_low, theme.too_high))
        )
        x = run.experiment.samples()
        self.x = np.sort(x[(x >= plane.x_range[0]) & (x <= plane.x_range[1])])
        self.wanted = run.target(self.x)
        self._dots = plane.at(self.x, 0.0)[:, None, :] + Circle(radius=radius).points

    def show(self, moment: State) -> None:
        too_low = self.wanted > moment.network(self.x)
        for part, here in zip(self.submobjects, (too_low, ~too_low), strict=True):
            part.points = self._dots[here].reshape(-1, 3)


class PushArrows(VGroup):
    """How far the samples of each place have pushed two origins since iteration `first`, added up.

    Upper arrow: the samples between the origins, on the left neuron. Middle: those right of both, on the left
    neuron, from the tip of the first, so that it ends at the disc. Lower: those right of both, on the right neuron.
    """

    def __init__(self, plane: Plane, run: Trajectory, first: int, last: int) -> None:
        theme = plane.theme
        colours = [theme.neuron(i) for i in (0, 0, 1)]
        self.threads = [VMobject(stroke_color=c, stroke_width=2, stroke_opacity=0.55) for c in colours]
        self.arrows = [VMobject(fill_color=c, fill_opacity=1, stroke_width=0) for c in colours]
        super().__init__(*self.threads, *self.arrows)
        self.plane = plane
        self.starts = -run.network_at(first).biases[:2]
        self._times, self._pushed = pushed_so_far(run, first, last)
        self.reach = max(self.starts[1], self.starts[0] + self._pushed[0].max())

    def show(self, moment: State) -> None:
        only, left, right = (np.interp(moment.iteration, self._times, path) for path in self._pushed)
        here = -moment.biases[:2]
        tip = self.starts[0] + only
        ways = ((self.starts[0], tip), (tip, tip + left), (self.starts[1], self.starts[1] + right))
        for arrow, (tail, head), depth in zip(self.arrows, ways, _LANES, strict=True):
            ends = self.plane.at((tail, head), 0.0) - (0.0, depth, 0.0)
            arrow.points = _lane_arrow(*ends)
        upper, middle, lower = _LANES
        for thread, x, top, bottom in zip(
            self.threads, (tip, here[0], here[1]), (upper, 0.0, 0.0), (middle, middle, lower), strict=True
        ):
            foot = self.plane.at(x, 0.0)
            thread.points = corners(np.array([foot - (0.0, top, 0.0), foot - (0.0, bottom, 0.0)]))


def pushed_so_far(run: Trajectory, first: int, last: int) -> tuple[Array, Array]:
    """Iterations (k,), and how far samples have moved the first two origins up to each; shape (3, k).

    Rows: samples between on the left neuron; samples right of both on the left neuron, and on the right one.
    """
    times = np.unique(np.geomspace(first + 1, last, _STRETCHES).round()).astype(float) - 1.0
    times = np.append(times[times < last], float(last))
    found = drive(run, 0, 1, times)
    lengths = np.diff(times)
    steps = np.stack((found.only_one[:, 0], found.both[:, 0], found.both[:, 1])) * lengths
    return times, np.concatenate((np.zeros((3, 1)), np.cumsum(steps, axis=1)), axis=1)


def _lane_arrow(tail: Points, tip: Points) -> Points:
    length = tip[0] - tail[0]
    if abs(length) < 0.04:
        return np.zeros((0, 3))
    way, long = np.sign(length), abs(length)
    neck = max(long - 0.24, 0.0)
    outline = [(0, 0.06), (neck, 0.06), (neck, 0.16), (long, 0), (neck, -0.16), (neck, -0.06), (0, -0.06), (0, 0.06)]
    return corners(np.array([tail + (way * along, across, 0.0) for along, across in outline]))


class PairView:
    """A run's graph over the whole frame, with the discs and arms of neurons 1 and 2 only.

    still: axes and target. rig: network, error, samples, the two neurons. What comes when it helps: band, the strip
    between the two; right, the strip right of both; push, an arrow below neuron 1.
    x_high: the right edge, the data's end where left out. below: the part of the box under the axis.
    """

    def __init__(self, theme: Theme, run: Trajectory, first: int, x_high: float | None, below: float) -> None:
        self.theme, self.run = theme, run
        low, end = run.experiment.low, run.experiment.high
        origins = -run.biases[run.record_at(first) :, :2]
        left, right = min(float(origins.min()), low), end if x_high is None else x_high
        room = 0.035 * (right - left)
        corners_x = [x for x in (*run.target.origins, right) if low <= x <= right]
        top = 1.06 * max(float(network(x)) for network in (run.end, run.target) for x in corners_x)
        self.plane = Plane(
            theme,
            (left - 2 * room, right + (room if x_high is None else 0.0)),
            (-top * below / (1.0 - below), top),
            **_BOX,  # type: ignore[arg-type]
            x_ticks=round_ticks((low, right), 5),
            y_ticks=[tick for tick in round_ticks((0.0, top), 3) if tick[0] >= 0],
        )
        self.target = target_curve(self.plane, run.target, low, right)
        self.error = ErrorArea(self.plane, run.target, low, right)
        self.samples = SampleDots(self.plane, run)
        self.marks = PairMarks(self.plane)
        self.band = BetweenBand(self.plane, low)
        self.still = VGroup(self.plane, self.target)
        self.right = BetweenBand(self.plane, low).cover(float(origins[0].max()), end)
        self.push = level_arrow(theme.neuron(0), RIGHT, 0.9)
        self.push.shift(self.plane.at(origins[0, 0], 0.0) + _LANES[0] * DOWN - self.push.get_left())
        network, counter = NetworkCurve(self.plane), Counter(theme, _COUNTER)
        self.rig = Rig(run, self.error, network, self.samples, self.marks, counter, at=first)


def lane_names(arrows: PushArrows) -> VGroup:
    """What each arrow adds up, right of all the arrows."""
    plane, x = arrows.plane, float(arrows.reach)
    names = VGroup()
    texts = ("by samples between", "by samples to the right", "by samples to the right")
    for depth, text, neuron in zip(_LANES, texts, (0, 0, 1), strict=True):
        label = words(text, plane.theme.neuron(neuron), LABEL)
        names.add(label.next_to(plane.at(x, 0.0) + depth * DOWN, RIGHT, buff=0.4))
    return names


class SlopeStack(VGroup):
    """The graphs of neurons 1 and 2, one on top of the other: two wedges that make one line, with their slopes.

    lower, upper: the wedges with their labels; total: the line they make, with its slope.
    """

    def __init__(self, plane: Plane, network: ReluNetwork) -> None:
        theme = plane.theme
        low, high = plane.x_range
        one, both = (ReluNetwork(network.weights[:n], network.biases[:n]) for n in (1, 2))
        paths = [np.array([(low, 0.0), (high, 0.0)]), one.polyline(low, high), both.polyline(low, high)]
        x = high - (high - low) * np.array((0.26, 0.06))
        heights = (0.5 * one(x), 0.5 * (one(x) + both(x)))
        wedges = []
        for i in range(2):
            outline = np.concatenate((paths[i], paths[i + 1][::-1]))
            wedge = Polygon(*plane.at(outline[:, 0], outline[:, 1]), stroke_width=0)
            wedge.set_fill(theme.neuron(i), opacity=0.35)
            name = words(f"slope {figures(network.weights[i])}", theme.ink, LABEL)
            wedges.append(VGroup(wedge, _along(name, plane.at(x, heights[i]), 0.0)))
        line = plane.curve(paths[2], theme.ink, width=6)
        name = words(f"slope {figures(float(network.weights[:2].sum()))}", theme.ink, LABEL, strong=True)
        self.lower, self.upper = wedges
        x -= 0.2 * (high - low)
        self.total = VGroup(line, _along(name, plane.at(x, both(x)), 0.5))
        super().__init__(self.lower, self.upper, self.total)


class OneForTwo(VGroup):
    """The one neuron in the place of a merged pair, in the accent: disc, arm and slope, and the graph it leads to."""

    def __init__(self, plane: Plane, reduced: ReluNetwork, merge: Merge) -> None:
        accent = plane.theme.accent
        foot = plane.at(merge.origin, 0.0)
        self.disc = Circle(radius=DISC_RADIUS, fill_color=accent, fill_opacity=1, stroke_width=0).move_to(foot)
        self.arm = Line(foot, foot + plane.direction(merge.weight, ARM_LENGTH), color=accent, stroke_width=7)
        self.curve = plane.curve(reduced.polyline(*plane.x_range), accent, width=4)
        self.slope = words(f"slope {figures(merge.weight)}", accent, LABEL, strong=True).next_to(self.disc, DOWN)
        self.apart = words(f"at most {figures(merge.error, 3)} apart", accent, LABEL)
        self.apart.next_to(plane.at(plane.x_range[1], plane.y_range[1]), DOWN, buff=0.1)
        self.apart.align_to(plane.at(plane.x_range[1], 0.0), RIGHT)
        super().__init__(self.arm, self.disc, self.curve, self.slope, self.apart)


def parts_of(marks: NeuronMarks, neurons: tuple[int, ...]) -> VGroup:
    """All that marks these neurons: stem, arm, bend, disc and number."""
    kinds = (marks.stems, marks.arms, marks.bends, marks.discs, marks.figures)
    return VGroup(*(kind[i] for kind in kinds for i in neurons))


def slope_labels(plane: Plane, graph: ReluNetwork, low: float, high: float, colour: str, offset: float) -> VGroup:
    """The slope of each stretch of a graph on [low, high], written beside it, `offset` frame units above or below."""
    path = graph.polyline(low, high)
    labels = VGroup()
    for start, end in zip(path[:-1], path[1:], strict=True):
        if end[0] - start[0] > 0.05 * (high - low):
            slope = (end[1] - start[1]) / (end[0] - start[0])
            whole = abs(slope - round(slope)) < 1e-9
            name = words(figures(slope, 0 if whole else 2), colour, LABEL, strong=True)
            middle = plane.at(*((start + end) / 2))
            along = plane.direction(slope, 1.0)
            reach = 0.5 * name.width * abs(along[1]) + 0.5 * name.height * along[0]  # of the word, across the line
            across = np.array((-along[1], along[0], 0.0))
            labels.add(name.move_to(middle + (offset + np.sign(offset) * reach) * across))
    return labels


def _along(name: VMobject, ends: Points, above: float) -> VMobject:
    """A word turned to lie along the line between two points, `above` it."""
    way = ends[1] - ends[0]
    angle = float(np.arctan2(way[1], way[0]))
    name.move_to(ends.mean(axis=0) + above * UP).rotate(angle)
    return name
