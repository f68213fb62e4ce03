"""docs/findings.md says what the analysis finds now, and its prose is true."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np

from reluviz.analysis import analyse
from reluviz.analysis.optimum.descent import polish
from reluviz.analysis.optimum.loss import UniformLoss, parameters
from reluviz.core import train
from tests.analysis.runs import article
from tools.findings import text

DOCUMENT = Path(__file__).parents[2] / "docs" / "findings.md"


def test_the_document_is_up_to_date():
    assert DOCUMENT.read_text(encoding="utf-8") == text(), (
        "docs/findings.md is stale: make it anew with python -m tools.findings"
    )


def test_what_decides_is_the_start():
    """Noise-free descent from the start ends where the run does, in example 4 and in its three solutions."""
    for name in ("merging-neurons", "spread-biases", "five-neurons", "five-spread-neurons"):
        run = article(name)
        loss = UniformLoss.of(run)
        ends = [np.sqrt(loss.value(polish(loss, parameters(state)))) for state in (run.start, run.end)]
        assert abs(ends[0] - ends[1]) < 1e-4


def test_a_larger_learning_rate_leads_past_the_trap():
    """From example 4's start: the noise of single samples, which larger steps make larger, helps it past."""
    for seed in (1952, 1, 2, 3):
        run = train(replace(article("merging-neurons").experiment, learning_rate=0.03, seed=seed))
        loss = UniformLoss.of(run)
        assert loss.value(polish(loss, parameters(run.end))) < 1e-12


def test_no_negative_curvature_at_the_end_of_example_4():
    rest = analyse(article("merging-neurons")).optimum.rest
    assert rest.eigenvalues[0] > -1e-6 * rest.eigenvalues[-1] and rest.lowest_nearby >= 0


def test_the_slips_are_true():
    """Those that are about numbers: weights at first (example 3), overshoot, and solution 2's last residuals."""
    two = article("two-neurons")
    assert two.weights[0, 1] > two.weights[0, 0]
    assert two.biases[:, 1].min() < -2.1 and two.end.biases[1] > -2.05
    five = article("five-neurons")
    x = five.experiment.samples()
    assert five.last == 20_000 and np.abs(five.target(x) - five.end(x)).max() > 0.1
