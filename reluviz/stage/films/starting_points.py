"""Many runs at once: every neuron of every network a dot in the plane of origin and weight."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from manim import DOWN, LEFT, RIGHT, CapStyleType, Circle, VGroup, VMobject
from numpy.typing import NDArray

from reluviz.core import Experiment
from reluviz.stage.parts.charts.charts import log_iteration, padded_range
from reluviz.stage.parts.moment import State
from reluviz.stage.plane import Plane, round_ticks
from reluviz.stage.typesetting import words
from reluviz.stage.views import Counter
from reluviz.sweep.paths import Paths
from reluviz.theme import LABEL, SMALL, Theme

BOX = {"centre": (-2.2, 0.1), "width": 7.9, "height": 5.3}
COLUMN = 2.3
"""Where the column right of a crowd or a map begins."""

_DOT = 0.12
_RING = 0.2
_DAB = 1e-3


class Crowd(VGroup):
    """The dots of all runs, one mobject a colour; `show(iteration)` moves them. Drawn over what stands still.

    groups: (k, n), which of `colours` each dot has. A dot outside the plane waits at its edge.
    """

    def __init__(
        self, plane: Plane, paths: Paths, groups: NDArray[np.int64], colours: Sequence[str], at: float = 0.0
    ) -> None:
        self.plane, self.paths = plane, paths
        self._members = [groups == k for k in range(len(colours))]
        # A dot is a dab with round ends, a single curve: a fifth of what a circle would cost to draw.
        round_dot = {"stroke_width": 100 * _DOT, "stroke_opacity": 0.85, "cap_style": CapStyleType.ROUND}
        super().__init__(*(VMobject(stroke_color=colour, **round_dot) for colour in colours))
        self.show(at)

    def show(self, iteration: float) -> None:
        """Sets every dot for this iteration."""
        weights, biases = self.paths.at(iteration)
        x, y = np.clip(-biases, *self.plane.x_range), np.clip(weights, *self.plane.y_range)
        centres = self.plane.at(x, y)
        steps = np.array([0.0, 1 / 3, 2 / 3, 1.0])[:, None] * (_DAB, 0.0, 0.0)
        for dots, members in zip(self.submobjects, self._members, strict=True):
            dots.points = (centres[members][:, None, :] + steps).reshape(-1, 3)


class CrowdView:
    """The plane of origins and weights, the rings where the target has its kinks, the crowd, and the count."""

    def __init__(self, theme: Theme, experiment: Experiment, paths: Paths, outcomes: NDArray[np.uint8]) -> None:
        self.paths = paths
        low, high, target = experiment.low, experiment.high, experiment.target
        x_range = padded_range(np.concatenate((-paths.biases.ravel(), (low, high))), 0.05)
        bottom, top = padded_range(np.concatenate((paths.weights.ravel(), target.weights)), 0.05)
        y_range = (bottom, top + 0.08 * (top - bottom))  # room for a name above the highest line
        ticks = {"x_ticks": round_ticks((low, high), 5), "y_ticks": round_ticks(y_range, 6)}
        self.plane = Plane(theme, x_range, y_range, **BOX, **ticks)  # type: ignore[arg-type]
        corner = self.plane.at(x_range[0], y_range[1])
        self.names = VGroup(
            words("weight", theme.muted, SMALL).next_to(corner, RIGHT + DOWN, buff=0.02),
            words("origin", theme.muted, SMALL).move_to(self.plane.at(x_range[0], y_range[0]) + (0.35, -0.32, 0)),
        )
        self.rings = VGroup(
            *(
                Circle(radius=_RING, color=theme.ink, stroke_width=4).move_to(self.plane.at(x, w))
                for x, w in zip(target.origins, target.weights, strict=True)
            )
        )
        self.counter = Counter(theme, (self.plane.right_edge, -3.55))
        n = paths.weights.shape[2]
        # In each run the neurons have their colours from left to right, as they start.
        ranks = np.argsort(np.argsort(-paths.biases[0], axis=1), axis=1)
        self.by_neuron = Crowd(self.plane, paths, ranks, [theme.neuron(i) for i in range(n)])
        # What fits is drawn last: all its dots lie in the rings, on one another.
        each = len(theme.outcomes) - 1 - np.repeat(outcomes[:, None], n, axis=1).astype(np.int64)
        self.by_outcome = Crowd(self.plane, paths, each, theme.outcomes[::-1], at=paths.iterations[-1])
        self.still = VGroup(self.plane, self.names, self.rings)
        self.moving = VGroup(self.by_neuron, self.counter)
        self.show(0.0)

    def show(self, part: float) -> None:
        """Moves the crowd to this part (0 to 1) of the training, along its logarithmic axis."""
        last = float(self.paths.iterations[-1])
        iteration = min(10.0 * float(np.expm1(part * log_iteration(np.array(last)))), last)
        self.by_neuron.show(iteration)
        nothing = np.zeros(0)
        self.counter.show(State(nothing, nothing, 0.0, iteration))


def key(theme: Theme, rows: Sequence[tuple[str, str, str]], corner: tuple[float, float]) -> VGroup:
    """What colours mean: rows of (colour, figures, words) below one another; corner: the first one's left end."""
    lines = VGroup()
    for k, (colour, figure, name) in enumerate(rows):
        here = np.array((corner[0], corner[1] - 0.62 * k, 0.0))
        dot = Circle(radius=0.11, fill_color=colour, fill_opacity=1, stroke_width=0).move_to(here + 0.11 * RIGHT)
        number = words(figure, theme.ink, LABEL, strong=True).move_to(here + 1.1 * RIGHT, aligned_edge=RIGHT)
        lines.add(VGroup(dot, number, words(name, theme.ink, LABEL).move_to(here + 1.3 * RIGHT, aligned_edge=LEFT)))
    return lines
