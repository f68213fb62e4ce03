"""Pictures of very many runs: dots where the neurons are, cells where the outcomes are, lengths that are the shares."""

from dataclasses import replace

import numpy as np
import pytest

from reluviz.core import Experiment
from reluviz.stage.films.starting_points import CrowdView, key
from reluviz.stage.parts.charts.outcome_map import OutcomeMap
from reluviz.stage.parts.charts.success_chart import Gains, OutcomeBars, SuccessChart, percent
from reluviz.sweep.options import read_sweep
from reluviz.sweep.paths import even_looks, record_paths
from reluviz.theme import DARK
from tests.scenes.layout import problems

EXPERIMENT = replace(Experiment.open("merging-neurons"), stop_below=None, iterations=2_000)


@pytest.fixture(scope="module")
def paths():
    return record_paths(read_sweep(EXPERIMENT, 5, ["start.origins=random:0..3"]), even_looks(EXPERIMENT, 50))


def centres(dots):
    """Where the dabs of a crowd's mobject are, (k, 2)."""
    return dots.points[0::4, :2]


def test_a_crowd_is_looked_at_after_whole_epochs_once_the_first_is_over():
    looks = even_looks(EXPERIMENT, 400)
    assert looks[0] == 0 and looks[-1] == EXPERIMENT.iterations and (np.diff(looks) > 0).all()
    assert (looks[looks > EXPERIMENT.samples_count] % EXPERIMENT.samples_count == 0).all()
    assert (looks < EXPERIMENT.samples_count).sum() > 50


@pytest.mark.parametrize("part", [0.0, 0.37, 1.0])
def test_every_neuron_is_a_dot_where_it_is(paths, part):
    view = CrowdView(DARK, EXPERIMENT, paths, np.array([0, 1, 1, 2, 0], np.uint8))
    view.show(part)
    iteration = 10 * np.expm1(part * np.log1p(EXPERIMENT.iterations / 10))
    weights, biases = paths.at(iteration)
    for rank, dots in enumerate(view.by_neuron):
        neuron = np.argsort(-paths.biases[0], axis=1)[:, rank]  # the one that starts as the rank-th from the left
        expected = view.plane.at(-biases[range(5), neuron], weights[range(5), neuron])
        assert np.allclose(centres(dots), expected[:, :2], atol=1e-9)
        assert str(dots.get_stroke_color()).lower() == DARK.neuron(rank)


def test_outcomes_colour_the_ends_and_what_fits_is_on_top(paths):
    outcomes = np.array([0, 1, 1, 2, 0], np.uint8)
    crowd = CrowdView(DARK, EXPERIMENT, paths, outcomes).by_outcome
    assert [str(dots.get_stroke_color()).lower() for dots in crowd] == list(DARK.outcomes[::-1])
    assert [len(centres(dots)) for dots in crowd] == [0, 0, 4, 8, 8]


def test_rings_are_the_target_s_neurons(paths):
    view = CrowdView(DARK, EXPERIMENT, paths, np.zeros(5, np.uint8))
    for ring, x, weight in zip(view.rings, (0, 1, 2, 3), (2, -1, -2, -1), strict=True):
        assert np.allclose(ring.get_center(), view.plane.at(x, weight))
    assert problems([view.still, view.counter]) == []


def boxes(cells):
    """The boxes of an outcome's cells: (left, right, bottom, top), each of shape (k,)."""
    turns = cells.points.reshape(-1, 16, 3)
    return turns[..., 0].min(1), turns[..., 0].max(1), turns[..., 1].min(1), turns[..., 1].max(1)


@pytest.mark.parametrize("part", [0.0, 0.5, 1.0])
def test_each_cell_of_a_map_has_its_outcome(part):
    outcomes = np.random.default_rng(3).integers(0, 5, (12, 9)).astype(np.uint8)
    xs, ys = np.linspace(0, 3, 12).tolist(), np.linspace(1, 2, 9).tolist()
    chart = OutcomeMap(DARK, xs, ys, outcomes, centre=(0, 0), size=5.0, names=("one", "other"))
    chart.show(part)
    for i, x in enumerate(xs):
        for j, y in enumerate(ys):
            at = chart.plane.at(x, y)
            found = []
            for kind, cells in enumerate(chart):
                left, right, bottom, top = boxes(cells)
                if ((left < at[0]) & (at[0] < right) & (bottom < at[1]) & (at[1] < top)).any():
                    found.append(kind)
            assert found == ([outcomes[i, j]] if i < part * 12 else [])
    assert problems([chart.plane, chart.names, chart]) == []


def test_a_map_joins_equal_neighbours_and_fills_its_axes():
    chart = OutcomeMap(DARK, [0, 1, 2], [0, 1], np.ones((3, 2), np.uint8), centre=(0, 0), size=3.0)
    left, right, bottom, top = boxes(chart[1])
    assert len(left) == 3
    assert np.allclose((left.min(), right.max(), bottom.min(), top.max()), (-1.5, 1.5, -1.5, 1.5), atol=0.01)


def test_a_pin_keeps_its_label_inside():
    chart = OutcomeMap(DARK, [0, 1, 2], [0, 1, 2], np.ones((3, 3), np.uint8), centre=(0, 0), size=3.0)
    pin = chart.pin(0, 1, "a long name for it")
    assert np.allclose(pin[0].get_center(), chart.plane.at(0, 1))
    assert pin[2].get_left()[0] > chart.plane.left_edge


@pytest.mark.parametrize(
    ("share", "text"),
    [(0.0, "0%"), (0.004, "0.4%"), (0.034, "3%"), (0.662, "66%"), (0.99, "99%"), (0.998, "99.8%"), (1.0, "100%")],
)
def test_percents_say_all_only_of_all(share, text):
    assert percent(share) == text


def test_a_curve_grows_to_its_shares():
    shares = {1.0: 0.2, 2.0: 0.6, 4.0: 1.0}
    chart = SuccessChart(DARK, list(shares), "how many")
    curve = chart.curve(shares)
    expected = chart.plane.at(list(shares), list(shares.values()))
    assert np.allclose(curve.line.points[[0, 4]], expected[:2]) and np.allclose(curve.line.points[-1], expected[2])
    assert [figure.original_text for figure in curve.figures] == ["20%", "60%", "100%"]
    curve.show(0.25)
    assert np.allclose(curve.line.points[-1], (expected[0] + expected[1]) / 2)
    assert [figure.get_fill_opacity() for figure in curve.figures] == [1.0, 0.0, 0.0]
    curve.show(1.0)
    assert problems([chart.still, curve]) == []


def test_bars_are_to_one_scale():
    rows = [("many", np.array([6, 2, 0, 0, 0]), "6 of 8 fit"), ("few", np.array([0, 2, 0, 0, 0]), "0 of 2 fit")]
    many, few = OutcomeBars(DARK, rows, (0.0, 1.0), 4.0)
    assert [bar.width for bar in many[1:-1]] == pytest.approx([3.0, 1.0])
    assert [bar.width for bar in few[1:-1]] == pytest.approx([1.0])
    assert problems([many, few]) == []


def test_gains_go_from_before_to_after():
    gains = Gains(DARK, [("Do", "this → that", 0.25, 0.75), ("And", "less → more", 0.5, 1.0)])
    grid = gains.axis[0::2]
    for (_, shaft, _, _), ends in zip(gains, ((1, 3), (2, 4)), strict=True):
        assert shaft.get_start()[0] == pytest.approx(grid[ends[0]].get_x())
        assert shaft.get_end()[0] == pytest.approx(grid[ends[1]].get_x())
    assert problems([gains.axis, gains]) == []


def test_a_key_fits_the_column():
    from reluviz.stage.films.starting_points import COLUMN

    assert problems([key(DARK, [(DARK.ink, "99.9%", "merged and stuck")], (COLUMN, 2.2))]) == []
