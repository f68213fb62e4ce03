"""Pacing. Oracles: finite differences of the map itself, and motion measured on the drawn path, not the pace's own."""

import json
import time
from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from reluviz.core import Experiment, Trajectory, train
from reluviz.story.pacing import Pace, motion


@cache
def run(name: str) -> Trajectory:
    return train(Experiment.from_library(name))


@cache
def long_run() -> Trajectory:
    description = json.loads(Experiment.from_library("merging-neurons").to_json())
    description.pop("stop_below", None)
    description["iterations"] = 2_000_000
    return train(Experiment.from_dict(description, name="long", source="a test"))


CASES = [
    ("one-neuron", 0, 800, 20.0),
    ("one-neuron", 0, 4, 12.0),
    ("one-neuron", 3, 4, 1.0),
    ("one-neuron", 316, 800, 9.5),
    ("two-neurons", 40, 3600, 25.0),
    ("merging-neurons", 0, 20000, 30.0),
    ("merging-neurons", 15000, 20000, 8.0),
    ("five-spread-neurons", 0, 12400, 0.3),
]


@pytest.fixture(params=CASES, ids=lambda case: f"{case[0]}-{case[1]}-{case[2]}")
def pace(request) -> Pace:
    name, first, last, seconds = request.param
    return Pace(run(name), first, last, seconds)


def test_it_is_exact_at_both_ends_and_stays_there(pace):
    assert pace.iteration(0.0) == pace.first and pace.iteration(pace.seconds) == pace.last
    assert pace.iteration(-1.0) == pace.first and pace.iteration(pace.seconds + 1) == pace.last


def test_it_strictly_increases(pace):
    seconds = np.linspace(0, pace.seconds, 5001)
    assert (np.diff(pace.iteration(seconds)) > 0).all()


def test_arrays_and_numbers_agree(pace):
    seconds = np.linspace(0, pace.seconds, 7)
    assert pace.iteration(seconds).tolist() == [pace.iteration(float(second)) for second in seconds]


def rates(pace, seconds):
    """Iterations per second of film at `seconds`, by differences across a thousandth of a thousandth of the film."""
    step = 1e-6 * pace.seconds
    before, after = (np.clip(seconds + way * step, 0.0, pace.seconds) for way in (-1, 1))
    return (pace.iteration(after) - pace.iteration(before)) / (after - before)


def test_the_rate_is_continuous(pace):
    """Once differentiable: between samples a three-thousandth of the film apart the rate cannot jump."""
    found = rates(pace, np.linspace(0.001, 0.999, 3001) * pace.seconds)
    assert np.abs(np.diff(found)).max() < 0.06 * found.max()


def test_it_eases_in_and_out(pace):
    near, early, late, end = rates(pace, np.array([5e-4, 0.1, 0.9, 1 - 5e-4]) * pace.seconds)
    assert near < 0.1 * early + 1e-9 and end < 0.1 * late


def way_on_screen(trajectory: Trajectory, iterations: np.ndarray) -> np.ndarray:
    """Independent of pacing.py: how far origins and graph have gone, in parts of the range and the target's height,
    between means over one second of film."""
    x = np.linspace(trajectory.experiment.low, trajectory.experiment.high, 51)
    states = [trajectory.state_at(iteration) for iteration in iterations]
    weights, origins = np.array([s[0] for s in states]), -np.array([s[1] for s in states])
    graph = (weights[:, :, None] * np.maximum(x - origins[:, :, None], 0)).sum(axis=1)
    where = np.hstack((2 * origins / np.ptp(x), graph / np.ptp(trajectory.target(x)) / np.sqrt(51)))
    blocks = where.reshape(len(iterations) // 60, 60, -1).mean(axis=1)
    return np.sqrt((np.diff(blocks, axis=0) ** 2).sum(axis=1))


def unevenness(ways: np.ndarray) -> float:
    return float(ways.std() / ways.mean())


def test_motion_on_screen_is_even():
    """Unevenness in each run well below a linear clock's, and on the whole below a logarithmic one's."""
    found = []
    for name in ("one-neuron", "two-neurons", "merging-neurons", "spread-biases", "five-neurons"):
        trajectory, seconds = run(name), 25.0
        frames = int(seconds) * 60
        pace = Pace(trajectory, 0, trajectory.last, seconds)
        clocks = (
            pace.iteration(np.linspace(0, seconds, frames)),
            np.linspace(0, trajectory.last, frames),
            np.expm1(np.linspace(0, np.log1p(trajectory.last), frames)),
        )
        found.append([unevenness(way_on_screen(trajectory, iterations)) for iterations in clocks])
    paced, linear, logarithmic = np.array(found).T
    assert paced.max() < 0.75
    assert (paced < 0.5 * linear).all()
    assert paced.mean() < 0.9 * logarithmic.mean(), (paced, linear, logarithmic)


def test_the_first_updates_are_slow_motion_and_late_ones_hurry():
    pace = Pace(run("one-neuron"), 0, 800, 20.0)
    assert pace.iteration(2.0) < 4 < pace.iteration(6.0)
    early, late = rates(pace, np.array([3.0, 17.0]))
    assert early < 3 < 30 < late


def test_noise_of_single_samples_is_no_motion():
    """Late in a run the path jitters by single samples; smoothing must leave a small part of its raw length."""
    trajectory = run("merging-neurons")
    raw = np.abs(np.diff(trajectory.weights[15000:], axis=0)).sum()
    knots = np.linspace(15000, 20000, 400)
    net = np.abs(trajectory.weights[-1] - trajectory.weights[15000]).sum()
    assert raw > 50 * net  # the premise
    assert motion(trajectory, knots).sum() < 3 * net


def test_a_motionless_run_passes_at_an_even_rate_in_between():
    """A network that starts as its target never moves."""
    description = json.loads(Experiment.from_library("one-neuron").to_json())
    description["start"] = description["target"]
    description.pop("stop_below", None)
    description["iterations"] = 1000
    still = train(Experiment.from_dict(description, name="still", source="a test"))
    pace = Pace(still, 0, 1000, 10.0)
    assert (np.diff(pace.iteration(np.linspace(0, 10, 1001))) > 0).all()


def test_labels_are_round_near_the_rate_and_do_not_flicker(pace):
    seconds = np.arange(0, pace.seconds, 1 / 60)
    labels = [pace.label(second) for second in seconds]
    changes = [k for k in range(1, len(labels)) if labels[k] != labels[k - 1]]
    assert (np.diff([0, *changes]) >= 0.95 * 60).all()
    values = np.array([float(label.replace(",", "")) for label in labels])
    assert {f"{value:.0e}"[0] for value in values} <= set("125")
    cruising = (seconds > 1.0) & (seconds < pace.seconds - 1.0)
    if cruising.any():
        ratio = np.abs(np.log10(values[cruising] / rates(pace, seconds[cruising])))
        assert np.median(ratio) < 0.2 and ratio.max() < 0.6


def test_two_million_iterations_cost_a_few_milliseconds_more():
    def cost(trajectory: Trajectory) -> float:
        times = []
        for _ in range(5):
            start = time.process_time()
            Pace(trajectory, 0, trajectory.last, 60.0)
            times.append(time.process_time() - start)
        return min(times)

    assert cost(long_run()) < cost(run("merging-neurons")) + 0.02


def test_a_long_thinned_run_is_paced_like_the_others():
    pace = Pace(long_run(), 0, 2_000_000, 40.0)
    seconds = np.linspace(0, 40, 2001)
    assert (np.diff(pace.iteration(seconds)) > 0).all()
    late = Pace(long_run(), 1_500_000, 2_000_000, 5.0)
    assert late.iteration(5.0) == 2_000_000 and (np.diff(late.iteration(np.linspace(0, 5, 101))) > 0).all()


@pytest.mark.parametrize(
    ("first", "last", "seconds"),
    [(4, 4, 1.0), (5, 4, 1.0), (-1, 4, 1.0), (0, 801, 1.0), (0, 4, 0.0), (0, 4, -1.0), (0, 4, float("inf")),
     (0, float("nan"), 1.0)],
)  # fmt: skip
def test_nonsense_is_refused(first, last, seconds):
    with pytest.raises(ValueError):
        Pace(run("one-neuron"), first, last, seconds)


def test_the_same_arguments_give_the_same_pace():
    seconds = np.linspace(0, 20, 999)
    one, other = (Pace(run("one-neuron"), 0, 800, 20.0).iteration(seconds) for _ in range(2))
    assert one.tobytes() == other.tobytes()


def test_side_by_side_the_larger_motion_counts_and_what_is_over_stands():
    """With a run that does not move it is the pace of the other; with one that moves later, more time goes there."""
    moving = run("two-neurons")
    early = train(replace(moving.experiment, iterations=300, stop_below=None))
    assert early.last == 300
    alone, both = (Pace(runs, 0, moving.last, 20.0) for runs in (moving, [moving, early]))
    seconds = np.linspace(0, 20, 101)
    assert np.abs(np.log1p(both.iteration(seconds)) - np.log1p(alone.iteration(seconds))).max() < 0.5
    still = train(replace(moving.experiment, learning_rate=1e-12))
    np.testing.assert_allclose(Pace([still, moving], 0, 3000, 9.0).iteration(seconds / 3),
                               Pace(moving, 0, 3000, 9.0).iteration(seconds / 3))
