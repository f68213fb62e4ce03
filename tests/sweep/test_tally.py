"""The summary of a sweep, counted anew from its columns."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import product

import numpy as np

from reluviz.core import Experiment
from reluviz.sweep.execute import run_sweep
from reluviz.sweep.judge import Outcome
from reluviz.sweep.options import read_sweep
from reluviz.sweep.tally import as_dict, tallies

BASE = replace(Experiment.open("merging-neurons"), stop_below=None, iterations=12_000)
STARTS = ["start.origins=random:0..3"]


def test_each_point_of_the_grid_is_counted_by_itself(tmp_path):
    sweep = read_sweep(BASE, 50, STARTS, ["learning_rate=0.01,0.03", "start.weights=0.02,0.1,0.3"])
    result = run_sweep(sweep, tmp_path)
    rows = tallies(result)
    grid = product(("0.01", "0.03"), ("0.02", "0.1", "0.3"))
    settings = [{"learning_rate": rate, "start.weights": weight} for rate, weight in grid]
    assert [row.settings for row in rows] == [{}, *settings]
    found = result.outcomes
    for k, row in enumerate(rows[1:]):
        mine = range(50 * k, 50 * k + 50)
        for kind in Outcome:
            assert row.outcomes[kind] == sum(found.outcome[run] == kind for run in mine)
        since = [int(found.fits_from[run]) for run in mine if found.outcome[run] == Outcome.GLOBAL_OPTIMUM]
        assert row.fits_from == (np.median(since) if since else None)
        assert row.error == np.median([found.error[run] for run in mine])
        groups = [[g for g in found.groups[run].tolist() if g] for run in mine]
        assert row.merged == sum(len(set(g)) < len(g) for g in groups)
        assert {n: runs for n, (runs, _) in row.distinct.items()} == {
            n: count for n in range(5) if (count := sum(len(set(g)) == n for g in groups))
        }
        assert sum(good for _, good in row.distinct.values()) == row.outcomes[Outcome.GLOBAL_OPTIMUM]
    assert rows[0].runs == 300 == sum(row.runs for row in rows[1:])
    for kind in Outcome:
        assert rows[0].outcomes[kind] == sum(row.outcomes[kind] for row in rows[1:])
    assert len({row.share(Outcome.GLOBAL_OPTIMUM) for row in rows}) > 3


def test_a_large_grid_is_told_axis_by_axis(tmp_path):
    sweep = read_sweep(replace(BASE, iterations=400), 1, [], ["start.origins.2=0..3:50", "learning_rate=0.01,0.02"])
    result = run_sweep(sweep, tmp_path)
    rows = tallies(result)
    assert [row.settings for row in rows] == [{}, {"learning_rate": "0.01"}, {"learning_rate": "0.02"}]
    assert [row.runs for row in rows] == [100, 50, 50]
    assert rows[2].error == np.median(result.outcomes.error.reshape(50, 2)[:, 1])


def test_without_a_grid_there_is_one_row(tmp_path):
    result = run_sweep(read_sweep(replace(BASE, iterations=100), 3, STARTS), tmp_path)
    assert len(tallies(result)) == 1


def test_json_has_no_numbers_that_are_none(tmp_path):
    """Half of the runs overflow: their median error is no JSON number."""
    base = replace(BASE, iterations=3_000, train_output_bias=True)
    result = run_sweep(read_sweep(base, 4, STARTS, ["learning_rate=0.01,50"]), tmp_path)
    found = json.loads(json.dumps(as_dict(result), allow_nan=False))
    assert found["tallies"][2]["outcomes"]["diverged"] == 4 and found["tallies"][2]["error"] is None
    assert found["runs"] == 8 and found["points"] == 2 and found["description"] == result.sweep.to_dict()
