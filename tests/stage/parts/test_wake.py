"""Wake, strip and pushes against states averaged by brute force."""

import numpy as np
import pytest
from manim import VGroup

from reluviz.analysis.averages import PathMeans
from reluviz.stage.network_view import NetworkView
from reluviz.stage.parts.gestures.settle import Settle, with_arrows
from reluviz.stage.parts.network.net_pushes import NetPushes, push_of_state
from reluviz.stage.parts.network.slow import SlowUpdates
from reluviz.stage.parts.network.wake import heights, passages, side_by_side
from reluviz.stage.parts.replay import Replay
from reluviz.stage.parts.window import WIDE, WINDOW, lately, stretch
from reluviz.story.pacing import Pace
from reluviz.theme import DARK
from tests.analysis.runs import article


@pytest.fixture(scope="module")
def view():
    run = article("merging-neurons")
    view = NetworkView(DARK, run, groups=[(0, 1)])
    view.rig.extend(SlowUpdates.quickening(0, 4, 4.0))
    view.rig.extend(Pace(run, 4, run.last, 20.0))
    return view


def averaged(view, second, depth):
    """Origins and weights, the mean of many states shown around `depth` seconds before `second`."""
    (first,), (last,) = stretch(view.rig.timeline, second, np.array([depth]), 400)
    states = [view.run.state_at(at) for at in np.linspace(first, last, 4001)]
    return -np.mean([s[1] for s in states], axis=0), np.mean([s[0] for s in states], axis=0)


@pytest.mark.parametrize("second", [3.0, 9.0, 16.0, 24.0])
def test_the_wake_is_the_averaged_past(view, second):
    view.rig.show(second)
    depths, origins, weights = view.wake.streams(view.rig.moment)
    assert depths[0] == 0 and depths[-1] == pytest.approx(min(second, 6.0))
    for k in np.linspace(0, len(depths) - 1, 7).astype(int):
        x, w = averaged(view, second, depths[k])
        np.testing.assert_allclose(origins[k], x, atol=2e-3)
        np.testing.assert_allclose(weights[k], w, atol=4e-3)
    np.testing.assert_allclose(origins[0], -view.rig.moment.biases, err_msg="it leaves from where the disc is")


@pytest.mark.parametrize("second", [9.0, 16.0, 23.0])
def test_the_window_is_a_quarter_second_or_an_epoch_and_nothing_at_the_disc(view, second):
    timeline = view.rig.timeline
    depths = np.array([0.0, 0.05, 2.0, 4.0])
    first, last = stretch(timeline, second, depths, 400)
    assert first[0] == last[0] == timeline.iteration(second)
    assert last[1] <= timeline.iteration(second) and first[1] >= timeline.iteration(second - 0.1) - 1e-9
    for k in (2, 3):
        narrow, wide = (
            timeline.iteration(second - depths[k] + w / 2) - timeline.iteration(second - depths[k] - w / 2)
            for w in (WINDOW, WIDE)
        )
        wanted = narrow if wide < 0.75 * 400 else max(narrow, 400) if wide >= 400 else None
        assert wanted is None or last[k] - first[k] == pytest.approx(wanted, rel=0.15)
    begin, end = lately(timeline, second, 400)
    assert end == timeline.iteration(second) and begin <= timeline.iteration(second - WINDOW)


def test_a_stream_is_as_wide_as_its_slope_is_steep_and_hollow_where_it_falls(view):
    view.rig.show(16.0)
    depths, origins, weights = view.wake.streams(view.rig.moment)
    y = heights(view.plane, depths)
    for i, (filled, hollow) in enumerate(zip(view.wake.filled, view.wake.hollow, strict=True)):
        part = filled if weights[-1, i] > 0 else hollow
        assert not len((hollow if weights[-1, i] > 0 else filled).points)
        there = part.points[np.abs(part.points[:, 1] - y[90]) < 1e-6]
        assert np.ptp(there[:, 0]) == pytest.approx(abs(weights[90, i]) * view.wake.width_of_one, abs=1e-6)
        assert there[:, 0].mean() == pytest.approx(view.plane.at(origins[90, i], 0.0)[0], abs=1e-6)


def test_iteration_lines_lie_where_the_film_passed_them(view):
    view.rig.show(9.0)
    timeline = view.rig.timeline
    found = passages(view.rig.moment, 6.0)
    assert found and [value for value, _ in found] == sorted((value for value, _ in found), reverse=True)
    for value, depth in found:
        assert timeline.iteration(9.0 - depth) == pytest.approx(value, rel=0.01)
    assert all(timeline.iteration(9.0) >= value > timeline.iteration(9.0 - 6.0) for value, _ in found)


def test_streams_that_touch_lie_side_by_side_around_their_mean():
    half = np.array([[0.3, 0.1]] * 3)
    x = np.array([[0.0, 1.0], [0.0, 0.4], [0.0, 0.0]])
    placed = side_by_side(x, half)
    np.testing.assert_allclose(placed[:2], x[:2], err_msg="touching is where it begins")
    np.testing.assert_allclose(placed[2], (-0.1, 0.3))
    three = side_by_side(np.array([[0.0, 0.0, 0.0], [0.0, 2.0, 2.05]]), np.full((2, 3), 0.1))
    np.testing.assert_allclose(three, [[-0.2, 0.0, 0.2], [0.0, 1.925, 2.125]])


@pytest.mark.parametrize("second", [9.0, 20.0])
def test_a_tick_for_each_sample_tells_its_delta(view, second):
    view.rig.show(second)
    moment, plane = view.rig.moment, view.plane
    x = np.sort(view.run.experiment.samples())
    delta = view.run.target(x) - moment.network(x)
    for part, here in zip(view.strip.submobjects, (delta > 0, delta < 0), strict=True):
        np.testing.assert_allclose(part.points[0::4, 0], plane.at(x[here], 0.0)[:, 0])
        tall = part.points[3::4, 1] - part.points[0::4, 1]
        assert (np.argsort(tall, kind="stable") == np.argsort(np.abs(delta[here]), kind="stable")).mean() > 0.9


@pytest.mark.parametrize("second", [5.0, 9.0, 16.0, 24.0])
def test_pushes_are_the_mean_of_the_last_updates(view, second):
    run, timeline = view.run, view.rig.timeline
    view.rig.show(second)
    first, last = lately(timeline, second, 400)
    made = [k for k in range(run.last) if first <= k < last] or [int(first)]
    pushes = np.zeros((2, run.neurons))
    for k in made:
        moved = run.biases[k] - run.biases[k + 1]
        pushes[0 if run.residuals[k] > 0 else 1] += moved / len(made)
    np.testing.assert_allclose(view.pushes.mean(view.rig.moment), pushes, atol=1e-9)


def test_pushes_are_drawn_in_where_a_run_is_held_and_out_as_it_goes_on():
    run = article("merging-neurons")
    view = NetworkView(DARK, run)
    first, then = Replay([view.rig], [Pace(run, 0, 300, 4.0)]), Replay([view.rig], [Pace(run, 300, 900, 4.0)])

    def seen(animation, alpha):
        animation.interpolate(alpha)
        return len(view.pushes.get_all_points())

    assert not list(with_arrows([VGroup(view.rig)]))  # nothing was replayed yet
    first.begin()
    assert seen(first, 1.0)
    assert list(with_arrows([VGroup(view.rig)])) == [view.rig]
    held = Settle(view.rig)
    held.begin()
    assert seen(held, 0.4) and not seen(held, 1.0)
    assert not list(with_arrows([view.rig]))
    then.begin()
    assert not seen(then, 0.0)
    assert seen(then, 0.2)


def test_the_push_of_a_state_is_the_mean_over_all_samples():
    run = article("merging-neurons")
    weights, biases, _ = run.state_at(300)
    x = run.experiment.samples()
    delta = run.target(x) - run.network_at(300)(x)
    by_hand = np.zeros((2, run.neurons))
    for one, d in zip(x, delta, strict=True):
        by_hand[0 if d > 0 else 1] += -2 * run.experiment.learning_rate * d * weights * (one + biases > 0) / len(x)
    np.testing.assert_allclose(push_of_state(weights, biases, delta, x, run.experiment.learning_rate), by_hand)


def test_means_of_a_path_are_those_of_its_straight_lines():
    times, values = np.array([0.0, 1.0, 3.0, 4.0]), np.array([0.0, 2.0, 2.0, -2.0])
    means = PathMeans(times, values)
    starts, ends = np.array([0.0, 0.5, 0.0, 2.0, 4.0]), np.array([1.0, 0.5, 4.0, 4.0, 4.0])
    np.testing.assert_allclose(means.over(starts, ends), [1.0, 1.0, 5 / 4, 1.0, -2.0])


def test_a_long_run_s_pushes_are_those_of_the_state_shown(view):
    run = view.run
    pushes = NetPushes(view.plane, run)
    assert pushes.strong > 0
    slow = SlowUpdates.quickening(0, 3, 3.0)
    assert slow.iteration(np.array([0.0, slow.seconds]))[1] == pytest.approx(3.0)
    assert (np.diff(slow.iteration(np.linspace(0, slow.seconds, 100))) >= 0).all()
