"""What runs are measured by, against plain sums and cases by hand."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reluviz.core import Experiment, ReluNetwork, train
from reluviz.core.measure import FITS, diverged, error_unit, grown, height, rms, rms_error
from reluviz.core.summary import outcome

ONE = Experiment.from_library("one-neuron")


@given(st.lists(st.floats(-1e6, 1e6), min_size=1))
def test_rms_is_the_root_of_the_mean_square(values):
    assert rms(values) ** 2 * len(values) == pytest.approx(sum(v * v for v in values))


def test_rms_error_is_taken_over_the_samples():
    run = train(replace(ONE, iterations=20, stop_below=None))
    total = sum((2 * max(x - 1, 0) - float(run.network_at(7)(x))) ** 2 for x in run.experiment.samples().tolist())
    assert rms_error(run, 7) == pytest.approx((total / 400) ** 0.5, rel=1e-12)


def test_height_sees_what_lies_between_the_ends():
    roof = ReluNetwork.through([[0, 0], [1, 3], [2, -1]])
    assert height(roof, 0, 2) == error_unit(roof, 0, 2) == 4 and height(roof, 0, 1) == 3
    level = ReluNetwork(np.array([1.0]), np.array([-5.0]), 2.0)
    assert (height(level, 0, 2), error_unit(level, 0, 2)) == (0, 1)


def test_ten_times_the_start_s_error_and_not_less_has_diverged():
    ends = [0.0, 9.9, 10.0, 10.1, np.inf, np.nan]
    assert grown(np.ones(6), ends).tolist() == [False, False, False, True, True, True]
    assert bool(grown(np.inf, np.inf)) and 0 < FITS < 0.1


@pytest.mark.parametrize(
    ("rate", "iterations", "ended", "apart"),
    [
        (0.01, 800, "out of iterations", False),
        (1.2, 4, "out of iterations, every neuron dead", False),  # 4.3 times the start's error
        (1.2, 8, "diverged, every neuron dead", True),  # 17 times, and every number finite
        (3.0, 800, "overflowed", True),
    ],
)
def test_one_run_has_one_name(rate, iterations, ended, apart):
    run = train(replace(ONE, learning_rate=rate, iterations=iterations, stop_below=None, train_output_bias=True))
    assert outcome(run) == ended and diverged(run) is apart


def test_a_run_whose_neurons_all_died_says_so():
    experiment = Experiment.open("merging-neurons")
    right = ReluNetwork(np.array([0.1, 0.1]), np.array([-4.5, -5.0]))
    assert outcome(train(replace(experiment, start=right))) == "out of iterations, every neuron dead"
    one_alive = ReluNetwork(np.array([0.1, 0.1]), np.array([-1.0, -5.0]))
    assert outcome(train(replace(experiment, start=one_alive))) == "out of iterations"
