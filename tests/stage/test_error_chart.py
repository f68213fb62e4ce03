"""The error chart's points are the runs' errors."""

import numpy as np
import pytest

from reluviz.core import load_or_train
from reluviz.stage.error_chart import ErrorChart, _apart, typical_errors
from reluviz.stage.theme import DARK


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    return load_or_train("one-neuron", tmp_path_factory.mktemp("runs"))


def test_errors_end_at_the_run_s_own_last_error(run):
    table = typical_errors(run, 100)
    x = run.experiment.samples()
    end = np.sqrt(np.mean((run.target(x) - run.end(x)) ** 2))
    assert table[0, 0] == pytest.approx(100) and table[-1, 0] == pytest.approx(run.last)
    assert table[-1, 1] == pytest.approx(end)
    assert (np.diff(table[:, 0]) > 0).all()


def test_labels_keep_their_order_and_a_distance():
    heights = [1.0, -2.0, -1.9, -1.95]
    placed = _apart(heights, 0.85)
    assert np.argsort(placed).tolist() == np.argsort(heights).tolist()
    assert np.diff(np.sort(placed)).min() >= 0.85 - 1e-9


def test_each_run_has_its_line_in_its_colour(run):
    chart = ErrorChart(DARK, [("one", DARK.ink, run), ("same", DARK.accent, run)])
    lines = [chart.entry(k)[0] for k in range(2)]
    assert [line.get_stroke_color().to_hex().lower() for line in lines] == [DARK.ink, DARK.accent]
    np.testing.assert_allclose(lines[0].points, lines[1].points)
