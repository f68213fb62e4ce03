"""The article's figures of a run as stills: start, end, biases, weights, the fit on its way, each neuron alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from manim import LEFT, UP, Camera, Mobject, VGroup, tempconfig
from PIL.PngImagePlugin import PngInfo

from reluviz.core import Trajectory
from reluviz.files import replacing, scratch
from reluviz.made_by import made_by
from reluviz.stage.network_view import graph_ranges
from reluviz.stage.parts.charts.charts import ParameterChart, parameter_plane
from reluviz.stage.parts.moment import Moment
from reluviz.stage.parts.network.graph import ErrorArea, NetworkCurve, NeuronCurves, TargetCurve
from reluviz.stage.parts.network.marks import NeuronMarks
from reluviz.stage.plane import Plane
from reluviz.stage.ticks import round_ticks
from reluviz.stage.typesetting import register_fonts, words
from reluviz.story.names import film_name
from reluviz.story.pacing import Pace
from reluviz.theme import HEADLINE, HEADLINE_Y, SAFE_X, Theme

PIXELS = (1920, 1080)

_BOX: dict[str, Any] = {"centre": (0.2, -0.3), "width": 12.6, "height": 5.6}
_STEPS = 9


def draw_figures(run: Trajectory, theme: Theme, folder: Path) -> Iterator[Path]:
    """Draws each figure into `folder`, NAME-start.png and so on, and gives its path; NAME is the run's as a film's.

    An untrained run (0 iterations) has only its end. Raises FileError.
    """
    kinds: dict[str, Callable[[Trajectory, Theme], VGroup]] = {"end": _end}
    if run.last > 0:
        kinds = {
            "start": _start,
            "end": _end,
            "biases": lambda r, t: _parameters(r, t, "bias"),
            "weights": lambda r, t: _parameters(r, t, "weight"),
            "fit": _fit,
            "neurons": _neurons,
        }
    for kind, draw in kinds.items():
        path = folder / f"{film_name(run.name)}-{kind}.png"
        with texts_apart(folder):
            save(draw(run, theme), path, theme)
        yield path


@contextmanager
def texts_apart(parent: Path) -> Iterator[None]:
    """Manim's texts in a folder of their own: where it is killed while it writes one, it takes the half for whole."""
    register_fonts()
    with scratch(parent) as folder, tempconfig({"media_dir": str(folder)}):
        yield


def save(picture: Mobject, path: Path, theme: Theme) -> None:
    """Draws a picture and writes it as PNG, whole or not at all. Raises FileError."""
    camera = Camera(
        pixel_width=PIXELS[0], pixel_height=PIXELS[1], background_color=theme.background, frame_rate=1
    )
    camera.capture_mobjects([picture])
    origin = PngInfo()
    origin.add_text("Software", made_by())
    with replacing(path) as file:
        camera.get_image().convert("RGB").save(file, format="PNG", optimize=True, pnginfo=origin)


def _titled(theme: Theme, title: str, *parts: Mobject) -> VGroup:
    head = words(title, theme.ink, HEADLINE, strong=True).move_to(UP * HEADLINE_Y)
    return VGroup(head.align_to(LEFT * SAFE_X, LEFT), *parts)


def _plane(run: Trajectory, theme: Theme) -> Plane:
    ticks = round_ticks((run.experiment.low, run.experiment.high), 5)
    return Plane(theme, *graph_ranges(run), **_BOX, x_ticks=ticks)


def _state(run: Trajectory, theme: Theme, at: int, title: str) -> VGroup:
    plane, moment = _plane(run, theme), Moment.of(run, at)
    low, high = run.experiment.low, run.experiment.high
    parts: list[Any] = [ErrorArea(plane, run.target, low, high), NetworkCurve(plane), NeuronMarks(plane, run.neurons)]
    for part in parts:
        part.show(moment)
    return _titled(theme, title, plane, TargetCurve(plane, run.target, low, high), *parts)


def _start(run: Trajectory, theme: Theme) -> VGroup:
    return _state(run, theme, 0, "Before training")


def _end(run: Trajectory, theme: Theme) -> VGroup:
    return _state(run, theme, run.last, f"After {run.last:,} iterations" if run.last else run.experiment.title)


def _parameters(run: Trajectory, theme: Theme, parameter: str) -> VGroup:
    plane, labels = parameter_plane(theme, run, parameter, **{**_BOX, "height": 5.0})
    chart = ParameterChart(plane, run, parameter)
    chart.show(Moment.of(run, run.last))
    title = {"bias": "Biases over iterations", "weight": "Weights over iterations"}[parameter]
    return _titled(theme, title, plane, labels, chart)


def _steps(run: Trajectory) -> list[float]:
    """Iterations evenly spread over what moves on screen."""
    return list(Pace(run, 0, run.last, 1.0).iteration(np.linspace(0.0, 1.0, _STEPS)))


def _fit(run: Trajectory, theme: Theme) -> VGroup:
    plane = _plane(run, theme)
    curves = []
    for k, iteration in enumerate(_steps(run)):
        curve = NetworkCurve(plane, width=3.0 + 2.5 * (k == _STEPS - 1))
        curve.show(Moment.of(run, iteration))
        curves.append(curve.set_stroke(opacity=0.15 + 0.85 * (k / (_STEPS - 1)) ** 2))
    target = TargetCurve(plane, run.target, run.experiment.low, run.experiment.high)
    return _titled(theme, "The fit on its way", plane, target, *curves)


def _neurons(run: Trajectory, theme: Theme) -> VGroup:
    end = Moment.of(run, run.last)
    reach = run.end.contributions(np.array([run.experiment.low, run.experiment.high]))
    x_range, y_range = graph_ranges(run)
    y_range = min(y_range[0], float(reach.min()) * 1.05), max(y_range[1], float(reach.max()) * 1.05)
    ticks = round_ticks((run.experiment.low, run.experiment.high), 5)
    plane = Plane(theme, x_range, y_range, **_BOX, x_ticks=ticks)
    marks = NeuronMarks(plane, run.neurons, arms=False)
    parts: list[Any] = [NeuronCurves(plane, run.neurons), NetworkCurve(plane), marks]
    for part in parts:
        part.show(end)
    return _titled(theme, "Each neuron alone, and their sum", plane, *parts)
