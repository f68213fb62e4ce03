"""The lights of the rule table, and the sample shown in slow motion, against the run's own numbers."""

import numpy as np
import pytest

from reluviz.stage.parts.gestures.update import SampleOverlay
from reluviz.stage.parts.moment import Moment
from reluviz.stage.parts.network.rulebook import RuleLights, RuleTable
from reluviz.stage.plane import Plane
from reluviz.theme import DARK
from tests.analysis.runs import article

RUN = article("one-neuron")


def shares_by_hand(run, neuron, first, last):
    """What each rule, told from the signs of delta and weight, has of the origin's path over these updates."""
    path = dict.fromkeys((1, 2, 3, 4), 0.0)
    for k in range(first, last):
        delta, weight = run.residuals[k], run.weights[k, neuron]
        rule = (1 if weight > 0 else 2) if delta > 0 else (3 if weight > 0 else 4)
        path[rule] += abs(run.biases[k + 1, neuron] - run.biases[k, neuron])
    return np.array(list(path.values())) / max(sum(path.values()), 1e-300)


@pytest.mark.parametrize("iteration", [3, 10, 100, 700])
def test_a_rule_s_light_is_its_share_of_the_way_just_made(iteration):
    lights = RuleLights(RuleTable(DARK, (0.0, 0.0)), RUN, 0, DARK)
    lights.show(Moment.of(RUN, iteration))
    first = int(np.ceil(iteration - max(3.0, 0.15 * iteration)))
    expected = shares_by_hand(RUN, 0, first, iteration)
    assert [light.get_fill_opacity() for light in lights] == pytest.approx(0.38 * expected)
    lit = [light.get_stroke_opacity() > 0 for light in lights]
    assert lit == (expected > 0.02).tolist() and any(lit)


@pytest.mark.parametrize("update", [0, 5, 40])
def test_the_sample_its_delta_and_the_move_are_those_of_the_update(update):
    plane = Plane(DARK, (-1.0, 5.0), (-4.0, 8.0), centre=(0.0, 0.0), width=6.0, height=4.0)
    overlay = SampleOverlay(plane, RUN, gain=8.0)
    overlay.show(update, 0.75)  # all of it is there
    x, delta = RUN.inputs[update], RUN.residuals[update]
    value = float(RUN.network_at(update)(x))
    assert overlay.sample.points.mean(axis=0) == pytest.approx(plane.at(x, 0.0), abs=0.05)
    ends = [overlay.bar.points[0], overlay.bar.points[-1]]
    np.testing.assert_allclose(ends, plane.at(x, np.clip([value, value + delta], -4.0, 8.0)), atol=1e-9)
    assert overlay.bar.get_stroke_color().to_hex().lower() == (DARK.too_low if delta > 0 else DARK.too_high).lower()
    assert float(overlay.value.shown.replace("−", "-")) == pytest.approx(delta, abs=0.005)
    move = RUN.biases[update, 0] - RUN.biases[update + 1, 0]
    (arrow,) = overlay.arrows
    if abs(8.0 * move) < 0.03:
        assert len(arrow.points) == 0
    else:
        tip = arrow.points[np.abs(arrow.points[:, 0] - plane.at(-RUN.biases[update, 0], 0.0)[0]).argmax()]
        assert np.sign(tip[0] - plane.at(-RUN.biases[update, 0], 0.0)[0]) == np.sign(move)
