"""What larger steps do: a slope that trembles about zero, and one map of starts melting into another."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from manim import UP, VGroup, VMobject
from numpy.typing import NDArray

from reluviz.stage.parts.charts.outcome_map import OutcomeMap
from reluviz.stage.parts.charts.success_chart import Marker
from reluviz.stage.parts.gestures.look import Turn
from reluviz.stage.parts.moment import State
from reluviz.stage.parts.network.arrows import LANE, arrow
from reluviz.stage.plane import Plane
from reluviz.stage.typesetting import Labels, figure_points, figures, outlines, words
from reluviz.theme import LABEL, Theme


class SlopeReadout(Labels):
    """The slope of a neuron (from 0) in figures, above its disc: "slope 0.03"."""

    def __init__(self, plane: Plane, neuron: int) -> None:
        super().__init__(plane.theme.ink)
        self.plane, self.neuron = plane, neuron

    def show(self, moment: State) -> None:
        """Sets the number for this moment, where the disc is."""
        number = figures(float(moment.weights[self.neuron]))
        word, width, _ = outlines("slope", LABEL)
        middle = self.plane.on_floor(-moment.biases[self.neuron]) + (0.0, 1.1, 0.0)
        digits = figure_points(number, LABEL, True, middle + (0.15, -0.12, 0.0))
        self.put((f"slope {number}", np.concatenate((word + middle - (width / 2, 0.03, 0.0), digits))))


class MeltingMaps(VGroup):
    """Maps of the same starts at several step sizes, one shown over the other; `show(rate)` goes from one to the next.

    outcomes: for each learning rate those of the grid xs by ys.
    """

    def __init__(
        self, theme: Theme, xs: Any, ys: Any, outcomes: Mapping[float, NDArray[np.uint8]], names: tuple[str, str],
        centre: tuple[float, float], size: float,
    ) -> None:  # fmt: skip
        self.rates = list(outcomes)
        self.maps = [
            OutcomeMap(theme, xs, ys, table, centre=centre, size=size, names=names) for table in outcomes.values()
        ]
        self.still = VGroup(self.maps[0].plane, self.maps[0].names)
        self.captions = VGroup(
            *(words(f"learning rate {rate:g}", theme.ink, LABEL, strong=True) for rate in self.rates)
        )
        for caption in self.captions:
            caption.next_to(self.maps[0].plane, UP, buff=0.2)
        super().__init__(*self.maps, self.captions)
        self.show(self.rates[0])

    def show(self, rate: float) -> None:
        """Sets which map is seen, and between two of them how far the next one has come."""
        place = float(np.interp(rate, self.rates, np.arange(len(self.rates))))
        for k, (cells, caption) in enumerate(zip(self.maps, self.captions, strict=True)):
            cells.set_fill(opacity=float(np.clip(place - k + 1, 0.0, 1.0)))
            caption.set_fill(opacity=1.0 if round(place) == k else 0.0)

    def go(self, marker: Marker, rate: float, run_time: float) -> Turn:
        """On to another learning rate, a marker on a curve going along."""
        start = marker.x

        def show(part: float) -> None:
            now = start + part * (rate - start)
            marker.show(now)
            self.show(now)

        return Turn(VGroup(marker, self), show, run_time)


def lingering(plane: Plane, x: float, count: int = 4) -> VGroup:
    """An arrow above the disc at x, and shorter ones behind it that it leaves: steps that go on."""
    theme = plane.theme
    arrows = VGroup()
    for k in range(count):
        shape = VMobject(fill_color=theme.accent, fill_opacity=1.0 - 0.22 * k, stroke_width=0)
        shape.points = arrow(plane.on_floor(x) + (0.0, LANE + 0.3 * k, 0.0), 0.9 - 0.2 * k, 0.06)
        arrows.add(shape)
    return arrows
