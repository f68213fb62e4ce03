"""The chart that compares runs: heights are the runs' errors, names stand apart, the moment alone decides."""

from __future__ import annotations

import numpy as np
import pytest

from reluviz.stage.parts.charts.error_chart import ErrorChart, dashed, spaced, typical_errors
from reluviz.story.vocabulary.facts import Facts
from reluviz.theme import DARK
from tests.analysis.runs import article

BOX = {"centre": (0.0, 0.0), "width": 8.0, "height": 4.0}


@pytest.fixture(scope="module")
def chart():
    runs = [(name, article(name)) for name in ("merging-neurons", "five-spread-neurons")]
    return ErrorChart(DARK, runs, **BOX, first=100)


def test_the_typical_error_is_the_root_mean_square_of_nearby_states():
    run = article("five-spread-neurons")
    table, facts = typical_errors(run, 100), Facts(run)
    assert (table[0, 0], table[-1, 0]) == pytest.approx((100, run.last))
    assert table[-1, 1] == pytest.approx(facts.rms(), rel=1e-12), "no state lies beyond the end"
    by_hand = [facts.rms(t) ** 2 for t in (90, 93, 97, 100, 103, 107, 110)]
    assert table[0, 1] == pytest.approx(np.sqrt(np.mean(by_hand)), rel=1e-12)
    assert np.all(np.diff(table[:, 0]) > 0)


@pytest.mark.parametrize(
    ("heights", "placed"),
    [
        ([3.0, 1.0, -1.0], [3.0, 1.0, -1.0]),
        ([0.0, 0.0], [-0.5, 0.5]),
        ([0.0, -0.1], [0.45, -0.55]),
        ([5.0, 0.2, 0.0, 0.1], [5.0, 1.1, -0.9, 0.1]),
        ([0.0, 0.0, 0.9], [-0.7, 0.3, 1.3]),
    ],
)
def test_names_move_no_further_than_they_must(heights, placed):
    assert spaced(np.array(heights), 1.0) == pytest.approx(placed)


def test_names_keep_their_order_and_a_distance():
    heights = np.array([1.0, -2.0, -1.9, -1.95])
    placed = spaced(heights, 0.85)
    assert np.argsort(placed).tolist() == np.argsort(heights).tolist()
    assert np.diff(np.sort(placed)).min() >= 0.85 - 1e-9


def test_each_run_ends_at_its_last_error_on_the_logarithmic_axis(chart):
    chart.draw(20_000)
    for line, name in zip(chart._lines, ("merging-neurons", "five-spread-neurons"), strict=True):
        facts = Facts(article(name))
        wanted = chart.plane.at(facts.end, np.log10(facts.rms() / 1e-9))
        assert line.points[-1] == pytest.approx(wanted, abs=0.15 if name != "merging-neurons" else 1e-9)
        assert chart.height(facts.rms()) == pytest.approx(np.log10(facts.rms()) + 9)


def test_only_a_run_that_has_stopped_tells_its_count_and_nothing_is_kept(chart):
    close, both = 0, 1
    shown = []
    for iteration in (12_399, 12_401, 20_000):
        chart.draw(iteration)
        shown.append((len(chart._ends.points) > 0, chart._counts[both][0].get_fill_opacity()))
    assert shown == [(False, 0.0), (True, 1.0), (True, 1.0)]
    assert chart._counts[close][0].get_fill_opacity() == 0.0, "its recording ends, its training does not"
    chart.draw(3_000)
    alone = chart._lines[0].points.copy()
    chart.draw(20_000)
    chart.draw(3_000)
    assert np.array_equal(chart._lines[0].points, alone)


def test_dashes_lie_on_the_path_and_leave_gaps_as_long_as_they_are():
    path = np.array([(0.0, 0.0, 0.0), (1.0, 0.0, 0.0), (1.0, 1.0, 0.0)])
    dashes = dashed(path, 0.5)
    ends = np.column_stack((dashes[0::4], dashes[3::4]))
    np.testing.assert_allclose(ends, [(0, 0, 0, 0.5, 0, 0), (1, 0, 0, 1, 0.5, 0)], atol=1e-12)
