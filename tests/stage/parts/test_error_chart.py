"""The chart that compares runs: heights are the runs' errors, names stand apart, the moment alone decides."""

from __future__ import annotations

import numpy as np
import pytest

from reluviz.stage.parts.charts.error_chart import ErrorChart, spaced, typical_errors
from reluviz.story.vocabulary.facts import Facts
from reluviz.theme import DARK
from tests.analysis.runs import article


@pytest.fixture(scope="module")
def chart():
    runs = [(name, DARK.ink, article(name)) for name in ("merging-neurons", "five-spread-neurons")]
    return ErrorChart(DARK, runs)


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
    assert spaced(heights, 1.0) == pytest.approx(placed)


def test_names_keep_their_order_and_a_distance():
    heights = [1.0, -2.0, -1.9, -1.95]
    placed = spaced(heights, 0.85)
    assert np.argsort(placed).tolist() == np.argsort(heights).tolist()
    assert np.diff(np.sort(placed)).min() >= 0.85 - 1e-9


def test_each_run_has_its_line_in_its_colour():
    run = article("one-neuron")
    chart = ErrorChart(DARK, [("one", DARK.ink, run), ("same", DARK.accent, run)])
    chart.show(run.last)
    assert [line.get_stroke_color().to_hex().lower() for line in chart._lines] == [DARK.ink, DARK.accent]
    np.testing.assert_allclose(chart._lines[0].points, chart._lines[1].points)


def test_each_run_ends_at_its_last_error_on_the_logarithmic_axis(chart):
    chart.show(20_000)
    for line, name in zip(chart._lines, ("merging-neurons", "five-spread-neurons"), strict=True):
        facts = Facts(article(name))
        tenfold = chart.plane.at(100, 1.0)[1] - chart.plane.at(100, 0.0)[1]
        one = chart.plane.at(facts.end, 9.0)  # nine decades above 1e-9
        assert line.points[-1] == pytest.approx(one + [0.0, tenfold * np.log10(facts.rms()), 0.0], abs=1e-9)


def test_a_run_that_stopped_stays_and_only_then_tells_its_count(chart):
    both = 1
    shown = []
    for iteration in (12_399, 12_401, 20_000):
        chart.show(iteration)
        shown.append((chart._lines[both].points[-1].copy(), chart._counts[both][0].get_fill_opacity()))
    assert [opacity for _, opacity in shown] == [0.0, 1.0, 1.0]
    assert np.allclose(shown[1][0], shown[2][0])
    chart.show(3_000)
    alone = chart._lines[0].points.copy()
    chart.show(20_000)
    chart.show(3_000)
    assert np.array_equal(chart._lines[0].points, alone), "nothing is kept from the moment before"
