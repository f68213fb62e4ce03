"""What a film's rig draws, against the run's own records: the line, the origins, the samples and the count.

Wake and pushes, which are means, have their oracle in tests/stage/parts/test_wake.py.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from reluviz.stage.parts.counter import Counter
from reluviz.stage.parts.network.graph import NetworkCurve
from reluviz.stage.parts.network.marks import NeuronMarks
from reluviz.stage.parts.network.strip import SampleStrip
from reluviz.stage.parts.replay import Rig


def disagreements(rig: Rig) -> Iterator[str]:
    """What of this rig's picture is not the run's, one line each."""
    checks = {NetworkCurve: _line, NeuronMarks: _origins, SampleStrip: _strip, Counter: _count}
    for part in rig.submobjects:
        if type(part) in checks and not checks[type(part)](rig, part):
            yield f"{type(part).__name__} at iteration {rig.iteration:.2f} of {rig.trajectory.experiment.name}"


def _state(rig: Rig) -> tuple[np.ndarray, np.ndarray, float]:
    """Weights, biases and output bias between the two records around the rig's iteration."""
    run = rig.trajectory
    after = min(int(np.searchsorted(run.iterations, rig.iteration)), len(run.iterations) - 1)
    before = max(after - 1, 0)
    span = run.iterations[after] - run.iterations[before]
    part = min((rig.iteration - run.iterations[before]) / span, 1.0) if span else 0.0
    recorded = (run.weights, run.biases, run.output_biases)
    return tuple((1 - part) * values[before] + part * values[after] for values in recorded)


def _value(rig: Rig, x: np.ndarray) -> np.ndarray:
    weights, biases, output_bias = _state(rig)
    return np.maximum(np.asarray(x)[:, None] + biases, 0.0) @ weights + output_bias


def _line(rig: Rig, curve: NetworkCurve) -> bool:
    plane = curve.plane
    points = np.concatenate((curve.points[0::4], curve.points[3::4]))
    x = plane.x_range[0] + (points[:, 0] - plane.left_edge) / plane.box_width * np.ptp(plane.x_range)
    y = plane.y_range[0] + (points[:, 1] - plane.bottom_edge) / plane.box_height * np.ptp(plane.y_range)
    return bool(np.allclose(y, _value(rig, x), atol=1e-6))


def _origins(rig: Rig, marks: NeuronMarks) -> bool:
    """Each stem, drawn for those in the plane, stands at its origin; neurons that were fused stand at their mean."""
    fused = {i for group in marks.fused for i in group}
    feet = {i: stem.points[0, 0] for i, stem in enumerate(marks.stems) if len(stem.points) and i not in fused}
    origins = marks.plane.at(-_state(rig)[1], 0.0)[:, 0]
    return all(abs(foot - origins[i]) < 1e-6 for i, foot in feet.items())


def _strip(rig: Rig, strip: SampleStrip) -> bool:
    """Each tick stands at a sample, and its colour says on which side of the line the target lies there."""
    x = np.sort(rig.trajectory.experiment.samples())
    places, delta = strip.plane.at(x, 0.0)[:, 0], rig.trajectory.target(x) - _value(rig, x)
    for part, sign in zip(strip.submobjects, (1, -1), strict=True):
        for at in part.points[0::4, 0]:
            nearest = np.argmin(np.abs(places - at))
            if abs(places[nearest] - at) > 1e-6 or sign * delta[nearest] < -1e-9:
                return False
    return True


def _count(rig: Rig, counter: Counter) -> bool:
    return counter.number.shown.replace(",", "") == str(int(rig.iteration + 1e-6) + counter.offset)
