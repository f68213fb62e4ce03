"""Turning and sliding neurons by hand: pictures of states that no run has, such as a weight half turned."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from manim import VGroup

from reluviz.stage.parts.gestures.look import Turn
from reluviz.stage.parts.moment import State


class Morph(Turn):
    """Shows `parts` at the states between two moments that have the same number of neurons."""

    def __init__(self, parts: Sequence[Any], start: State, end: State, run_time: float = 1.5) -> None:
        def show(part: float) -> None:
            moment = between(start, end, part)
            for one in parts:
                one.show(moment)

        super().__init__(VGroup(*parts), show, run_time)


def between(start: State, end: State, part: float) -> State:
    """The state at `part` (0 to 1) of the straight way from `start` to `end`."""
    pairs = ((start.weights, end.weights), (start.biases, end.biases))
    weights, biases = (a + part * (b - a) for a, b in pairs)
    return State(weights, biases, start.output_bias + part * (end.output_bias - start.output_bias))


def one_neuron(weight: float, bias: float) -> State:
    """The state of a network that is this one neuron."""
    return State(np.array([weight]), np.array([bias]))
