"""From one start to another: discs drop onto the axis, or slide to where they start this time."""

from __future__ import annotations

from typing import Any

import numpy as np
from manim import VGroup, linear, smooth

from reluviz.core import ReluNetwork
from reluviz.stage.looks import Look
from reluviz.stage.parts.gestures.look import Turn
from reluviz.stage.parts.moment import State

_DROP = 1.3
"""Frame units."""


class SlideFrom(Turn):
    """The discs of a view that has not been replayed yet slide from another start to its own, and the line with them.

    Nothing of it is a run's, so the wake does not know of it. look: where the plane goes first, with the discs where
    they were.
    """

    def __init__(self, view: Any, start: ReluNetwork, look: Look | None = None, run_time: float = 1.5) -> None:
        before, after = (np.array((network.weights, network.biases)) for network in (start, view.run.start))
        left = view.plane.look

        def show(part: float) -> None:
            slid = part
            if look is not None:
                slid = max(2 * part - 1.0, 0.0)
                view.plane.travel(left, look, float(smooth(min(2 * part, 1.0))))
            view.rig.show(view.rig.moment.second)
            state = State(*(before + float(smooth(slid)) * (after - before)))
            for shown in (view.error, view.strip, view.network, view.marks):
                shown.show(state)

        super().__init__(VGroup(view.still, view.rig), show, run_time, linear)


class Drop(Turn):
    """The disc of a neuron (from 0) that was not shown drops onto the axis."""

    def __init__(self, view: Any, neuron: int, run_time: float = 1.0) -> None:
        def show(part: float) -> None:
            view.strength[neuron] = part
            view.rig.show(view.rig.moment.second)
            for shown in view.marks.of_neuron(neuron):
                shown.shift((0.0, (1.0 - part) * _DROP, 0.0))

        super().__init__(view.rig, show, run_time)
