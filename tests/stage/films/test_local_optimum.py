"""The map's colours, the ball, the way out and the bars of LocalOptimum, against errors summed up by brute force."""

import numpy as np
import pytest

from reluviz.analysis.run import analyse
from reluviz.stage.films.local_optimum.error_map import LEVELS, ErrorScale
from reluviz.stage.films.local_optimum.valley import Valley, swing
from reluviz.stage.films.local_optimum.yardsticks import Yardsticks
from reluviz.stage.typesetting import figures
from reluviz.theme import DARK
from tests.analysis.runs import article

X = np.linspace(0.0, 4.0, 20_001)


@pytest.fixture(scope="module")
def run():
    return article("merging-neurons")


@pytest.fixture(scope="module")
def optimum(run):
    return analyse(run).optimum


@pytest.fixture
def valley(run, optimum):
    return Valley(DARK, run, optimum)


def graph(vector):
    n = len(vector) // 2
    return sum(w * np.maximum(X + b, 0.0) for w, b in zip(vector[:n], vector[n:], strict=True))


def error(run, vector):
    return float(np.sqrt(np.mean((run.target(X) - graph(vector)) ** 2)))


def inside(area, point):
    """Whether a point of the frame lies in a polygon: how often a ray to the right crosses its edges."""
    starts, ends = area.points[0::4], area.points[3::4]
    above = (starts[:, 1] > point[1]) != (ends[:, 1] > point[1])
    with np.errstate(divide="ignore", invalid="ignore"):
        x = starts[:, 0] + (point[1] - starts[:, 1]) / (ends[:, 1] - starts[:, 1]) * (ends[:, 0] - starts[:, 0])
    return bool((above & (x > point[0])).sum() % 2)


def test_each_place_of_the_map_has_the_colour_of_its_error(run, valley):
    plane, random = valley.map.plane, np.random.RandomState(1)
    for _ in range(60):
        origin, weight = (random.uniform(*span) for span in (plane.x_range, plane.y_range))
        here = error(run, valley.roads.states(weight, origin)[0])
        within = [inside(area, plane.at(origin, weight)) for area in valley.map.areas[1:]]
        wanted = [here <= level for level in reversed(LEVELS)]
        if min(abs(here - level) for level in LEVELS) > 2e-3:
            assert within == wanted, (origin, weight, here)


def test_the_scale_has_each_level_where_its_colour_begins():
    scale = ErrorScale(DARK, (4.0, -1.0), 0.3, 2.4)
    edges = [swatch.get_bottom()[1] for swatch in scale[1 : len(LEVELS) + 1]]
    assert [scale.height_of(level) for level in LEVELS] == pytest.approx(edges)
    assert scale.height_of(50.0) == pytest.approx(scale[len(LEVELS)].get_top()[1])


def test_the_ball_is_above_the_disc_and_its_number_is_the_error(run, valley):
    for weight, origin in ((0.3, 0.2), (0.0, 2.5), (1.2, 1.0)):
        valley.plane.look_at(valley.low_look)
        vector = valley.roads.states(weight, origin)[0]
        valley.show(vector)
        assert valley.ball.get_center()[0] == pytest.approx(valley.plane.at(origin, 0.0)[0])
        assert valley.ball.get_center()[1] == pytest.approx(valley.map.plane.at(0.0, weight)[1])
        assert valley.number.shown == figures(error(run, vector), 3)


def test_the_first_two_thirds_of_the_way_out_leave_the_line_as_it_is_and_then_it_falls_to_zero(run, valley):
    before = graph(valley.rest)
    level = valley.lengths <= valley.level
    assert valley.way[0] == pytest.approx(valley.rest)
    assert max(np.abs(graph(state) - before).max() for state in valley.way[level][::40]) < 1e-9
    errors = [error(run, state) for state in valley.way[::30]]
    assert errors == pytest.approx(valley.profile.errors[::30].tolist(), abs=1e-5)
    down = valley.profile.errors[~level]
    assert (np.diff(down) < 1e-9).all() and down[-1] < 1e-3


def test_the_ball_lies_on_the_profile_and_the_network_below_is_the_one_there(valley):
    valley.unfolded = 1.0
    for part in (0.1, 0.6, 0.9):
        gone = part * valley.lengths[-1]
        valley.roll(0.0, float(gone), 1.0).interpolate_mobject(1.0)
        ground = valley.profile.on(gone)
        assert 0.1 < np.linalg.norm(valley.ball.get_center() - ground) < 0.25
        here = float(valley.roads.rms(valley.vector[None])[0])
        assert here == pytest.approx(np.interp(gone, valley.lengths, valley.profile.errors), abs=1e-4)


def test_only_where_the_ground_falls_something_pulls(valley):
    pulls = valley.profile.pulls(20)
    for pull, place in zip(pulls, np.linspace(0.02, 0.96, 20) * valley.lengths[-1], strict=True):
        if abs(place - valley.level) > 0.02 * valley.lengths[-1]:  # not at the bend itself
            assert (len(pull.points) == 4 * 7) == (place > valley.level)


def test_bars_are_as_long_as_errors_are_large(optimum):
    bars = Yardsticks(DARK, optimum, ("here", "three", "four"))
    errors = (optimum.rms_polished, optimum.yardsticks.fewer.rms, optimum.yardsticks.same.rms)
    lengths = [bar[1].width for bar in bars]
    assert lengths[1] / lengths[0] == pytest.approx(errors[1] / errors[0])
    assert errors[2] == 0.0 and lengths[2] < 0.06
    assert [bar[2].original_text for bar in bars] == ["0.09", "0.09", "0.00"]


def test_a_swing_rests_at_each_of_its_places():
    way = swing(0.0, 2.0, -1.0)
    assert (way[0], way[40], way[41], way[-1]) == (0.0, 2.0, 2.0, -1.0)
    assert np.abs(np.diff(way)).max() < 0.2
