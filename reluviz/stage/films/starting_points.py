"""Many runs at once: each neuron of each network a dot in the plane of origin and weight, each network one in a bar."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from manim import DOWN, LEFT, CapStyleType, Circle, VGroup, VMobject, linear
from numpy.typing import NDArray

from reluviz.core import Experiment
from reluviz.stage.looks import Look
from reluviz.stage.network_view import COUNTER_Y
from reluviz.stage.parts.charts.charts import log_iteration, padded_range
from reluviz.stage.parts.charts.outcome_map import OutcomeMap
from reluviz.stage.parts.charts.success_chart import percent
from reluviz.stage.parts.counter import Counter
from reluviz.stage.parts.gestures.look import Turn
from reluviz.stage.parts.moment import State
from reluviz.stage.parts.network.marks import DISC_RADIUS
from reluviz.stage.plane import Plane, Points
from reluviz.stage.typesetting import lines, words
from reluviz.sweep.paths import Paths
from reluviz.theme import LABEL, SAFE_X, SMALL

_WIDE = {"centre": (0.35, -0.1), "width": 12.4, "height": 5.5}
_ASIDE = {"centre": (-2.35, -0.1), "width": 7.7, "height": 5.5}

_DOT = 0.12
_RING = 0.2
_DAB = 1e-3

_COLUMNS, _PITCH = 10, 0.168
"""A bar is so many dots wide; their distance in frame units."""
_ONE, _TWO = (2.4, 2.5), (4.95, 2.5)
"""The upper left dots of the two bars."""


class Dots(VGroup):
    """Dots, (k, n) of them, one mobject a colour; `put(centres)` with frame points (k, n, 3) moves them.

    groups: (k, n), which of `colours` each dot has; later colours are drawn over earlier ones.
    """

    def __init__(self, groups: NDArray[np.int64], colours: Sequence[str]) -> None:
        self._members = [groups == k for k in range(len(colours))]
        # A dot is a dab with round ends, a single curve: a fifth of what a circle would cost to draw.
        round_dot = {"stroke_width": 100 * _DOT, "stroke_opacity": 0.85, "cap_style": CapStyleType.ROUND}
        super().__init__(*(VMobject(stroke_color=colour, **round_dot) for colour in colours))

    def put(self, centres: Points) -> Dots:
        """Sets every dot."""
        steps = np.array([0.0, 1 / 3, 2 / 3, 1.0])[:, None] * (_DAB, 0.0, 0.0)
        for dots, members in zip(self.submobjects, self._members, strict=True):
            dots.points = (centres[members][:, None, :] + steps).reshape(-1, 3)
        return self

    def fly(self, start: Points, end: Points, run_time: float, lag: float = 0.0) -> Turn:
        """From these places to those, straight; each run later than the one before, the last by `lag` of the time."""
        delays = np.linspace(0.0, lag, len(start))[np.argsort(np.argsort(end[:, 0, 1], kind="stable"))]

        def show(part: float) -> None:
            own = np.clip((part - delays) / (1.0 - lag), 0.0, 1.0)
            eased = own * own * (3.0 - 2.0 * own)
            self.put(start + eased[:, None, None] * (end - start))

        return Turn(self, show, run_time, rate_func=linear)


class Crowd:
    """All neurons of a sweep's runs in a plane of origin and weight, which is `plane` once it has the look `look`.

    near: the look at the starts alone, for their weights to be told apart.

    by_neuron: the dots in their neurons' colours, from left to right as they start; by_outcome: in those of how their
    runs ended. rings: where the target needs a neuron. names: of the axes. outcomes: (k,); distinct: how many
    different neurons were left, (k,).
    """

    def __init__(
        self, plane: Plane, experiment: Experiment, paths: Paths, outcomes: NDArray[np.uint8], distinct: NDArray[Any]
    ) -> None:
        theme = plane.theme
        self.plane, self.paths, self.outcomes, self.distinct = plane, paths, outcomes, distinct
        self.target = experiment.target
        low, high = experiment.low, experiment.high
        x_range = padded_range(np.concatenate((-paths.biases.ravel(), (low, high))), 0.05)
        low_w, high_w = padded_range(np.concatenate((paths.weights.ravel(), self.target.weights)), 0.05)
        y_range = (low_w, high_w + 0.1 * (high_w - low_w))  # room for a name above the highest dots
        self.look, self.aside = (Look(x_range, y_range, **box) for box in (_WIDE, _ASIDE))  # type: ignore[arg-type]
        self.near = replace(self.look, y_range=padded_range(np.append(paths.weights[0], 0.0), 0.3))
        n = paths.weights.shape[2]
        ranks = np.argsort(np.argsort(-paths.biases[0], axis=1), axis=1)
        self.by_neuron = Dots(ranks, [theme.neuron(i) for i in range(n)])
        # What fits is drawn last: all its dots lie in the rings, on one another.
        each = len(theme.outcomes) - 1 - np.repeat(outcomes[:, None], n, axis=1).astype(np.int64)
        self.by_outcome = Dots(each, theme.outcomes[::-1])
        self.ranks = ranks
        self.counter = Counter(theme, (SAFE_X, COUNTER_Y), last=int(paths.iterations[-1]))
        ring = Circle(radius=_RING, color=theme.accent, stroke_width=5)
        self.rings = VGroup(*(ring.copy() for _ in self.target.origins))
        self.names = VGroup(words("origin", theme.muted, SMALL), words("weight", theme.muted, SMALL))

    @property
    def last(self) -> float:
        """How many updates each run makes."""
        return float(self.paths.iterations[-1])

    def places(self, iteration: float) -> Points:
        """Where the dots are at this iteration, (k, n, 3); one outside the plane waits at its edge."""
        weights, biases = self.paths.at(iteration)
        return self.plane.at(np.clip(-biases, *self.plane.x_range), np.clip(weights, *self.plane.y_range))

    def place(self) -> None:
        """Puts rings and names where the plane is now."""
        plane, (across, up) = self.plane, self.names
        places = plane.at(self.target.origins, self.target.weights)
        for ring, place in zip(self.rings, places, strict=True):
            ring.move_to(place)
        up.move_to((plane.left_edge + 0.15 + up.width / 2, plane.top_edge - 0.2, 0.0))
        across.move_to((plane.left_edge + across.width / 2, plane.bottom_edge - 0.72, 0.0))

    def go_to(self, look: Look, dots: Dots, iteration: float, run_time: float) -> Turn:
        """The plane goes there, and all that stands in it goes along: the dots of this iteration."""
        plane, before = self.plane, self.plane.look

        def show(part: float) -> None:
            plane.travel(before, look, part)
            self.place()
            dots.put(self.places(iteration))

        return Turn(VGroup(plane, self.rings, self.names, dots), show, run_time)

    def train(self, run_time: float) -> Turn:
        """From the starts to the ends, along a logarithmic axis."""

        def show(part: float) -> None:
            iteration = min(10.0 * float(np.expm1(part * log_iteration(np.array(self.last)))), self.last)
            self.by_neuron.put(self.places(iteration))
            self.counter.show(State(np.zeros(0), np.zeros(0), 0.0, iteration))

        return Turn(VGroup(self.by_neuron, self.counter), show, run_time, rate_func=linear)

    def on_the_map(self, chart: OutcomeMap) -> Points:
        """Each run's dots, all in one, where its second and third neuron from the left start; (k, n, 3)."""
        starts = np.sort(-self.paths.biases[0], axis=1)
        return self._together(chart.plane.at(starts[:, 1], starts[:, 2]))

    def in_a_bar(self, bar: VMobject) -> Points:
        """Each run's dots, all in one, in rows that fill a bar, what fits below; (k, n, 3)."""
        order = np.argsort(self.outcomes, kind="stable")
        rows = -(-len(order) // _COLUMNS)
        row, column = np.divmod(np.arange(len(order)), _COLUMNS)
        left, low = bar.get_corner(DOWN + LEFT)[:2]
        places = np.zeros((len(order), 3))
        places[order, 0] = left + bar.width * (column + 0.5) / _COLUMNS
        places[order, 1] = low + bar.height * (row + 0.5) / rows
        return self._together(places)

    def _together(self, places: Points) -> Points:
        """Places of runs, (k, 3), as places of their dots."""
        return np.repeat(places[:, None], self.ranks.shape[1], axis=1)

    # --- bars -------------------------------------------------------------------------------------------

    def one_bar(self) -> Points:
        """Each run one place in a bar, those that ended alike together; (k, n, 3)."""
        return self._stacked(np.zeros(len(self.outcomes), bool))

    def so_far(self, places: Points, *outcomes: int) -> Points:
        """`places` for runs that ended so, and for all others where the plane has them at the end; (k, n, 3)."""
        return np.where(np.isin(self.outcomes, outcomes)[:, None, None], places, self.places(self.last))

    def two_bars(self) -> Points:
        """The same in two bars: those with as many different neurons as they began with, and those with fewer."""
        return self._stacked(self.distinct < self.ranks.shape[1])

    def _stacked(self, second: NDArray[np.bool_]) -> Points:
        places = np.zeros((len(self.outcomes), 3))
        for corner, members in ((_ONE, ~second), (_TWO, second)):
            order = np.flatnonzero(members)[np.argsort(self.outcomes[members], kind="stable")]
            row, column = np.divmod(np.arange(len(order)), _COLUMNS)
            places[order, 0], places[order, 1] = corner[0] + _PITCH * column, corner[1] - _PITCH * row
        return self._together(places)

    def part_label(self, name: str, *outcomes: int) -> VGroup:
        """The share of runs that ended so (neighbours in the one bar), beside their part of it."""
        theme = self.plane.theme
        here = np.isin(self.outcomes, outcomes)
        before = int((self.outcomes < min(outcomes)).sum())
        middle = _ONE[1] - _PITCH * (before + here.sum() / 2) / _COLUMNS
        left = _ONE[0] + _PITCH * _COLUMNS + 0.2
        share = words(percent(float(here.mean())), theme.ink, LABEL, strong=True).move_to((left, middle + 0.24, 0.0))
        below = lines(name, theme.ink, LABEL, 0.12)
        below.move_to((left + below.width / 2, middle - 0.1 - below.height / 2, 0.0))
        return VGroup(share.align_to(below.get_left(), (-1.0, 0.0, 0.0)), below)

    def bar_label(self, which: int, name: str) -> VGroup:
        """Below a bar (0 or 1): what its runs have in common, and how many of them fit."""
        theme = self.plane.theme
        members = (self.distinct < self.ranks.shape[1]) == bool(which)
        rows = -(-int(members.sum()) // _COLUMNS)
        corner = (_ONE, _TWO)[which]
        middle = corner[0] + _PITCH * (_COLUMNS - 1) / 2
        foot = corner[1] - _PITCH * rows - 0.3
        fit = f"{int((self.outcomes[members] == 0).sum())} of {int(members.sum())}"
        return VGroup(
            words(fit + " fit", theme.ink, SMALL, strong=True).move_to((middle, foot, 0.0)),
            words(name, theme.ink, SMALL).move_to((middle, foot - 0.48, 0.0)),
        )


class Unfold(Turn):
    """Takes a plane, whose graph is gone, to another look, and the discs of a state from its axis to their weights."""

    def __init__(self, plane: Plane, look: Look, state: State, run_time: float) -> None:
        theme = plane.theme
        circle: Points = Circle(radius=1.0).points
        self.discs = VGroup(
            *(VMobject(fill_color=theme.neuron(i), fill_opacity=1, stroke_width=0) for i in range(len(state.weights)))
        )
        self.places = np.zeros((len(state.weights), 3))

        def show(part: float) -> None:
            plane.travel(self._before, look, part)
            size = DISC_RADIUS + part * (1.4 * _DOT - DISC_RADIUS)
            self.places = plane.at(np.clip(-state.biases, *plane.x_range), part * state.weights)
            for disc, place in zip(self.discs, self.places, strict=True):
                disc.points = size * circle + place

        self._before, self.show = plane.look, show
        show(0.0)
        super().__init__(VGroup(plane, self.discs), show, run_time)
