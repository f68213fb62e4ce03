"""What the film on merging shows alone: the weights at the start."""

from __future__ import annotations

from manim import BackgroundRectangle, VGroup

from reluviz.core import ReluNetwork
from reluviz.stage.plane import Plane
from reluviz.stage.typesetting import figures, words
from reluviz.theme import SMALL


class WeightLabels(VGroup):
    """The weight of each neuron of a state, above its disc, on a plate that keeps the error's area off."""

    def __init__(self, plane: Plane, network: ReluNetwork) -> None:
        super().__init__()
        for i, (weight, origin) in enumerate(zip(network.weights, network.origins, strict=True)):
            label = words(figures(weight), plane.theme.neuron(i), SMALL, strong=True)
            label.move_to(plane.on_floor(origin) + (0.0, 0.62, 0.0))
            plate = BackgroundRectangle(label, color=plane.theme.background, fill_opacity=0.85, buff=0.07)
            self.add(VGroup(plate, label))
