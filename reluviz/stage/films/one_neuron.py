"""What only the film on one neuron shows: its first sample, updates of either sign, a second neuron that splits off."""

from __future__ import annotations

import numpy as np

from reluviz.core import Trajectory
from reluviz.stage.network_view import NetworkView
from reluviz.stage.parts.gestures.look import Turn
from reluviz.stage.parts.gestures.square import DeltaSquare
from reluviz.stage.parts.moment import State
from reluviz.stage.parts.network.marks import NeuronMarks
from reluviz.stage.parts.network.slow import SlowUpdates

_PASSING = 0.1
"""Seconds of an update that passes by."""

_APART = 0.5
"""How far apart the two origins are at last."""


def first_sample(view: NetworkView) -> DeltaSquare:
    """The sample of the first update, to be shown by `measured`; part of the view's rig."""
    x = float(view.run.inputs[0])
    sample = DeltaSquare(view.plane, x, float(view.run.target(x)))
    view.rig.include(sample)
    return sample


def measured(view: NetworkView, sample: DeltaSquare, run_time: float = 1.6) -> Turn:
    """The sample appears, and then its delta."""

    def show(part: float) -> None:
        sample.seen, sample.grown = min(2.0 * part, 1.0), max(2.0 * part - 1.0, 0.0)
        sample.show(view.rig.moment)

    return Turn(view.rig, show, run_time)


def up_to(run: Trajectory, first: int, sign: int, seconds: float) -> SlowUpdates:
    """The updates from `first` up to one that is too low (sign 1) or too high (-1), this one slowly."""
    last = first
    while run.residuals[last] * sign <= 0:
        last += 1
    passing = (_PASSING,) * (last - first)
    return SlowUpdates(first, (*passing, seconds - sum(passing)))


def parting(view: NetworkView, run_time: float = 1.8) -> Turn:
    """The one neuron becomes two of half its slope, which slide apart: no run, but the next film's task."""
    network = view.rig.moment.network
    marks = NeuronMarks(view.plane, 2)
    weights, biases = np.repeat(network.weights / 2, 2), np.repeat(network.biases, 2)
    view.rig.remove(view.marks)
    view.rig.add(marks)

    def show(part: float) -> None:
        state = State(weights, biases + 0.5 * _APART * part * np.array([1.0, -1.0]))
        marks.show(state)
        view.network.show(state)

    return Turn(view.rig, show, run_time)
