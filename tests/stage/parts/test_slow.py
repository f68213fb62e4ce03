"""Slow motion shows the update that the run makes: its sample, delta, rules, and who sleeps."""

import numpy as np
import pytest

from reluviz.stage.network_view import NetworkView
from reluviz.stage.parts.network.gap import GapBracket
from reluviz.stage.parts.network.slow import SlowUpdates, update_shown
from reluviz.story.pacing import Pace
from reluviz.theme import DARK
from tests.analysis.runs import article

FIRST = 300


@pytest.fixture(scope="module")
def view():
    run = article("merging-neurons")
    view = NetworkView(DARK, run, at=FIRST)
    view.rig.extend(SlowUpdates(FIRST, (2.0,) * 12))
    view.rig.extend(Pace(run, FIRST + 12, 2000, 5.0))
    return view


def rule_of(delta, weight):
    """The article's four rules."""
    return {(True, True): 1, (True, False): 2, (False, True): 3, (False, False): 4}[delta > 0, weight > 0]


@pytest.mark.parametrize("k", range(12))
def test_an_update_shows_its_sample_its_delta_and_its_rules(view, k):
    run, update = view.run, FIRST + k
    view.rig.show(2.0 * k + 1.4)  # rules and arrows are there, the motion has begun
    x, delta = run.inputs[update], run.residuals[update]
    np.testing.assert_allclose(view.slow_motion.sample.get_center(), view.plane.at(x, 0.0), atol=1e-6)
    texts = [text for text, _ in view.slow_motion.text.shown]
    assert float(texts[0].split()[1].replace("−", "-")) == pytest.approx(delta, abs=0.005)
    awake = x + run.biases[update] > 0
    said = sorted(text.removeprefix("rule ") for text in texts[1:])
    assert said == sorted(str(rule_of(delta, w)) for w in run.weights[update][awake])
    too_low, too_high = (bool(len(bar.points)) for bar in view.slow_motion.bars)
    assert (too_low, too_high) == (delta > 0, delta < 0)
    dim = np.array([arm.get_stroke_opacity() for arm in view.marks.arms]) < 0.5
    np.testing.assert_array_equal(dim, ~awake)


def test_its_arrows_point_where_the_origins_go(view):
    view.rig.show(1.4)
    run = view.run
    arrows = np.concatenate([pull.points for pull in view.slow_motion.pulls])
    for origin, move in zip(-run.biases[FIRST], run.biases[FIRST] - run.biases[FIRST + 1], strict=True):
        here = view.plane.at(origin, 0.0)[0]
        near = arrows[np.abs(arrows[:, 0] - here) < 1e-6]
        assert bool(len(near)) == (move != 0)
        if move:
            tip = here + np.sign(move) * 0.05
            assert (np.sign(arrows[:, 0] - here) == np.sign(move))[np.abs(arrows[:, 0] - tip) < 0.2].any()


def test_each_update_ends_where_the_run_is_and_at_any_other_speed_nothing_is_shown(view):
    assert view.rig.timeline.iteration(np.arange(13) * 2.0) == pytest.approx(FIRST + np.arange(13))
    view.rig.show(26.0)
    assert update_shown(view.rig.moment) is None
    assert not len(view.slow_motion.get_all_points()) and view.slow_motion.text.shown == []
    assert len(view.pushes.get_all_points())


def test_updates_that_pass_by_show_nothing():
    slow = SlowUpdates(10, (0.1, 2.0, 0.1))
    assert slow.shown(0.05) is None and slow.shown(2.15) is None
    assert slow.shown(1.1) == (11, pytest.approx(0.5))


@pytest.mark.parametrize("iteration", [0, 364, 5000, 20_000])
def test_the_bracket_tells_the_gap_of_the_run(view, iteration):
    bracket = GapBracket(view.plane, 0, 1)
    view.rig.jump(iteration)
    bracket.show(view.rig.moment)
    gap = abs(float(np.diff(view.run.biases[iteration, :2])[0]))
    assert float(bracket.text.shown[0][0].split()[0]) == pytest.approx(gap, abs=0.005)
