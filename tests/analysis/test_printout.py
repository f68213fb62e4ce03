"""The whole analysis: as JSON, as tables, its cost; and two runs compared."""

from __future__ import annotations

import json
import time
from dataclasses import replace

import numpy as np
import pytest

from reluviz.analysis import analyse, compare
from reluviz.analysis.printout import as_dict, as_tables, number
from reluviz.analysis.smoothing import smooth
from reluviz.core import Experiment, ReluNetwork, train
from tests.analysis.runs import article, by_hand


@pytest.mark.parametrize("name", ["four-slopes", "one-neuron", "merging-neurons"])
def test_the_report_is_plain_json_with_neurons_from_1(name):
    report = as_dict(analyse(article(name)))
    assert json.loads(json.dumps(report, allow_nan=False)) == report
    if name == "merging-neurons":
        assert report["merges"][0]["neurons"] == [1, 2]
        assert report["optimum"]["verdict"] == "degenerate valley"
        assert report["optimum"]["exit"]["neuron"] == 2


def test_the_tables_tell_what_happened():
    tables = {table.title: table for table in as_tables(analyse(article("merging-neurons")))}
    assert [row[0] for row in tables["Merges"].rows] == ["1 + 2"]
    assert "valley" in tables["Where it came to rest"].rows[0][0]
    assert any("neuron 1 turns right" in row[1] for row in tables["Events"].rows)
    for table in tables.values():
        assert all(len(row) == len(table.columns or ("",)) for row in table.rows)


def test_odd_runs_are_reported_too():
    base = Experiment.from_library("two-neurons")
    dead = replace(base, start=ReluNetwork([1.0, 2.0], [-5.0, -6.0]))
    for odd in (dead, replace(base, iterations=0), replace(base, iterations=1)):
        assert as_dict(analyse(train(odd)))["phases"] is not None
    beyond = replace(article("two-neurons"), overflowed_at=3600)
    assert as_dict(analyse(beyond)) == {"overflowed": True}
    assert [table.rows for table in as_tables(analyse(beyond))] == [(("Nowhere: the run overflowed.",),)]


def test_numbers_have_a_typographic_minus_and_none_before_zero():
    assert number(-1.234) == "−1.23"
    assert number(-0.001) == "0.00"


def test_the_whole_analysis_is_quick():
    """Within 2 s of processor time for 20,000 iterations (about 0.7 s here)."""
    run = article("spread-biases")
    start = time.process_time()
    as_dict(analyse(run))
    assert time.process_time() - start < 2.0


def test_where_two_runs_part():
    """Example 4 and solution 1: neuron 2's weight falls below zero in one, and stays above in the other."""
    found = compare(article("merging-neurons"), article("spread-biases"))
    assert found.signs_part[0] is None and found.signs_part[1] == pytest.approx(126, abs=10)
    assert found.origins_part[1] == 0 and found.graphs_part is not None
    one, other = (smooth(article(name)) for name in ("merging-neurons", "spread-biases"))
    after, a, b = np.intersect1d(one.iterations, other.iterations, return_indices=True)
    x = article("merging-neurons").experiment.samples()
    apart = np.sqrt(((one.graphs(x)[a] - other.graphs(x)[b]) ** 2).mean(axis=1))
    first = int(np.flatnonzero(after == found.graphs_part)[0])
    assert (apart[first:] > 0.02 * 3.0).all() and apart[first - 1] <= 0.02 * 3.0


def test_a_run_does_not_part_from_itself():
    found = compare(article("two-neurons"), article("two-neurons"))
    assert found.graphs_part is None and found.signs_part == found.origins_part == (None, None)


def test_paths_made_by_hand_part_where_they_do():
    steps = np.arange(1001.0)[:, None]
    still = by_hand(np.ones_like(steps), np.ones_like(steps))
    leaves = by_hand(np.ones_like(steps), 1.0 + np.maximum(steps - 500, 0) / 500)
    # 5 % of the domain, 0.2, is reached at iteration 600.
    assert compare(still, leaves).origins_part[0] == pytest.approx(600, rel=0.05)
    with pytest.raises(ValueError, match="different targets"):
        compare(still, article("two-neurons"))
