"""What the film on merging shows alone: updates between the two origins, and the weights at the start."""

from __future__ import annotations

from manim import VGroup

from reluviz.core import ReluNetwork, Trajectory
from reluviz.stage.parts.network.slow import SlowUpdates
from reluviz.stage.plane import Plane
from reluviz.stage.typesetting import figures, words
from reluviz.theme import SMALL

_PASSING = 0.03
"""Seconds of an update whose sample does not lie between the two origins."""


def nudges(run: Trajectory, first: int, count: int, seconds: float) -> SlowUpdates:
    """The updates from `first` up to the `count`-th whose sample lies between the first two origins, these slowly."""
    between: list[bool] = []
    while sum(between) < count:
        update = first + len(between)
        left, right = -run.biases[update, :2]
        between.append(bool(left < run.inputs[update] < right))
    each = (seconds - _PASSING * (len(between) - count)) / count
    return SlowUpdates(first, tuple(each if one else _PASSING for one in between))


class WeightLabels(VGroup):
    """The weight of each neuron of a state, above its disc."""

    def __init__(self, plane: Plane, network: ReluNetwork) -> None:
        super().__init__()
        for i, (weight, origin) in enumerate(zip(network.weights, network.origins, strict=True)):
            label = words(figures(weight), plane.theme.neuron(i), SMALL, strong=True)
            self.add(label.move_to(plane.on_floor(origin) + (0.0, 0.62, 0.0)))
