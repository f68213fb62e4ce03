"""Every number of the article against what our runs give (tests/data/article.toml)."""

import tomllib
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from reluviz.core import Experiment, Trajectory, library_names, train

NUMBERS = tomllib.loads((Path(__file__).parent.parent / "data" / "article.toml").read_text(encoding="utf-8"))["number"]


@cache
def run(name: str) -> Trajectory:
    return train(Experiment.open(name))


def measured(row: dict) -> np.ndarray:
    t = run(row["experiment"])
    i = row.get("neuron", 1) - 1
    quantities = {
        "iterations": lambda: t.last,
        "data": lambda: [len(t.experiment.samples()), t.experiment.low, t.experiment.high],
        "target weights": lambda: t.target.weights,
        "target origins": lambda: t.target.origins,
        "target slopes": lambda: [t.target.slope(x) for x in (0.5, 1.5, 2.5, 3.5)],
        "start weights": lambda: t.start.weights,
        "start biases": lambda: t.start.biases,
        "end weights": lambda: t.end.weights,
        "end biases": lambda: t.end.biases,
        "end origins": lambda: t.end.origins,
        "highest bias": lambda: t.biases[:, i].max(),
        "lowest bias": lambda: t.biases[:, i].min(),
        "first iteration with weight above": lambda: np.flatnonzero(t.weights[:, i] > row["level"])[0],
        "first iteration with weight 1 above weight 2": lambda: np.flatnonzero(t.weights[:, 0] > t.weights[:, 1])[0],
        "origin after": lambda: t.network_at(row["iteration"]).origins[i],
        "sum of end weights 1 and 2": lambda: t.end.weights[:2].sum(),
    }
    return np.asarray(quantities[row["quantity"]](), dtype=float)


@pytest.mark.parametrize("row", NUMBERS, ids=lambda row: row["where"])
def test_number(row: dict) -> None:
    ours, theirs = measured(row), np.asarray(row["article"])
    assert ours.shape == theirs.shape
    agrees = bool(np.abs(ours - theirs).max() <= row.get("tolerance", 0.0))
    assert agrees == row.get("reproduces", True), f"the article says {theirs}, the run gives {ours}"
    assert row.get("reproduces", True) or row["reason"]


def test_every_experiment_is_held_against_the_article() -> None:
    assert {row["experiment"] for row in NUMBERS} == set(library_names())


def test_tolerances_are_tight() -> None:
    """No tolerance is more than twice what is needed, but that a hundredth is always allowed."""
    for row in NUMBERS:
        if row.get("reproduces", True) and "tolerance" in row:
            off = np.abs(measured(row) - np.asarray(row["article"])).max()
            assert row["tolerance"] <= max(2.0 * off, 0.01), row["where"]


def test_which_runs_converge() -> None:
    """The article: example 4 does not converge in 20,000 iterations, solutions 1 and 3 do."""
    largest = {}
    for name in ("merging-neurons", "spread-biases", "five-spread-neurons", "one-neuron", "two-neurons", "teaser"):
        t = run(name)
        x = t.experiment.samples()
        largest[name] = np.abs(t.target(x) - t.end(x)).max()
    assert largest.pop("merging-neurons") > 0.3
    assert max(largest.values()) < 0.1
