"""Pictures of very many runs: dots where the neurons are, a dot a run in bars and on the map, cells of outcomes."""

from dataclasses import replace

import numpy as np
import pytest

from reluviz.core import Experiment, train
from reluviz.stage.films.starting_points import Crowd, Unfold
from reluviz.stage.parts.charts.outcome_map import OutcomeMap, laid_down, legend, near_the_first
from reluviz.stage.parts.charts.success_chart import Marker, SuccessChart, percent
from reluviz.stage.parts.moment import Moment
from reluviz.stage.plane import Plane
from reluviz.sweep.options import read_sweep
from reluviz.sweep.paths import even_looks, record_paths
from reluviz.theme import DARK
from tests.scenes.layout import problems

EXPERIMENT = replace(Experiment.open("merging-neurons"), stop_below=None, iterations=2_000)
OUTCOMES = np.array([0, 1, 1, 2, 0], np.uint8)
DISTINCT = np.array([4, 3, 3, 4, 4])


@pytest.fixture(scope="module")
def paths():
    return record_paths(read_sweep(EXPERIMENT, 5, ["start.origins=random:0..3"]), even_looks(EXPERIMENT, 50))


@pytest.fixture
def crowd(paths):
    made = Crowd(Plane(DARK, (0, 4), (0, 3), centre=(0, 0), width=5, height=4), EXPERIMENT, paths, OUTCOMES, DISTINCT)
    made.plane.look_at(made.look)
    made.place()
    return made


def centres(dots):
    """Where the dabs of a crowd's mobject are, (k, 2)."""
    return dots.points[0::4, :2]


def test_a_crowd_is_looked_at_after_whole_epochs_once_the_first_is_over():
    looks = even_looks(EXPERIMENT, 400)
    assert looks[0] == 0 and looks[-1] == EXPERIMENT.iterations and (np.diff(looks) > 0).all()
    assert (looks[looks > EXPERIMENT.samples_count] % EXPERIMENT.samples_count == 0).all()
    assert (looks < EXPERIMENT.samples_count).sum() > 50


@pytest.mark.parametrize("part", [0.0, 0.37, 1.0])
def test_every_neuron_is_a_dot_where_it_is(paths, crowd, part):
    crowd.train(run_time=1.0).interpolate_mobject(part)
    iteration = 10 * np.expm1(part * np.log1p(EXPERIMENT.iterations / 10))
    weights, biases = paths.at(iteration)
    for rank, dots in enumerate(crowd.by_neuron):
        neuron = np.argsort(-paths.biases[0], axis=1)[:, rank]  # the one that starts as the rank-th from the left
        expected = crowd.plane.at(-biases[range(5), neuron], weights[range(5), neuron])
        assert np.allclose(centres(dots), expected[:, :2], atol=1e-9)
        assert str(dots.get_stroke_color()).lower() == DARK.neuron(rank)
    assert crowd.counter.number.shown == f"{round(iteration):,}"


def test_outcomes_colour_the_ends_and_what_fits_is_on_top(crowd):
    crowd.by_outcome.put(crowd.places(crowd.last))
    assert [str(dots.get_stroke_color()).lower() for dots in crowd.by_outcome] == list(DARK.outcomes[::-1])
    assert [len(centres(dots)) for dots in crowd.by_outcome] == [0, 0, 4, 8, 8]


def test_rings_are_the_target_s_neurons_also_aside(crowd):
    for look in (crowd.look, crowd.aside):
        crowd.go_to(look, crowd.by_outcome, crowd.last, run_time=1.0).interpolate_mobject(1.0)
        for ring, x, weight in zip(crowd.rings, (0, 1, 2, 3), (2, -1, -2, -1), strict=True):
            assert np.allclose(ring.get_center(), crowd.plane.at(x, weight))
        assert problems([crowd.plane, crowd.names, crowd.counter]) == []
    assert crowd.plane.right_edge < crowd.one_bar()[..., 0].min()


def test_dots_fly_from_places_to_places_run_by_run(crowd):
    start, end = crowd.places(0.0), crowd.one_bar()
    fly = crowd.by_neuron.fly(start, end, run_time=1.0, lag=0.5)
    for part, places in ((0.0, start), (1.0, end)):
        fly.interpolate_mobject(part)
        for rank, dots in enumerate(crowd.by_neuron):
            assert np.allclose(centres(dots), places[crowd.ranks == rank][:, :2])
    fly.interpolate_mobject(0.5)
    arrived = np.isclose(centres(crowd.by_neuron[0]), end[crowd.ranks == 0][:, :2]).all(axis=1)
    assert arrived.any() and not arrived.all()


def test_a_run_is_one_dot_in_a_bar_and_the_bars_part_by_what_is_left(crowd):
    one, two = crowd.one_bar(), crowd.two_bars()
    for places in (one, two):
        assert (places == places[:, :1]).all() and len(np.unique(places[:, 0], axis=0)) == 5
    assert [place[0] for place in one[[0, 4, 1, 2, 3], 0]] == sorted(place[0] for place in one[:, 0])  # by outcome
    few = DISTINCT < 4
    assert two[few][..., 0].min() > two[~few][..., 0].max()
    only = crowd.so_far(one, 0)
    assert (only[[0, 4]] == one[[0, 4]]).all() and (only[1:4] == crowd.places(crowd.last)[1:4]).all()


def test_labels_of_bars_count_their_runs(crowd):
    texts = [crowd.part_label("best fit", 0), crowd.part_label("fail", 1, 2, 3, 4)]
    assert [text[0].original_text for text in texts] == ["40%", "60%"]
    assert [crowd.bar_label(k, "so").submobjects[0].original_text for k in (0, 1)] == ["2 of 3 fit", "0 of 2 fit"]
    assert (
        problems(texts[:1]) == [] and problems([crowd.bar_label(0, "4 different"), crowd.bar_label(1, "fewer")]) == []
    )


def test_runs_on_the_map_are_where_their_second_and_third_neuron_start(paths, crowd):
    chart = OutcomeMap(DARK, [0, 1, 2, 3], [0, 1, 2, 3], np.zeros((4, 4), np.uint8), centre=(-3, 0), size=4.0)
    starts = np.sort(-paths.biases[0], axis=1)
    assert np.allclose(crowd.on_the_map(chart)[:, 2], chart.plane.at(starts[:, 1], starts[:, 2]))


def test_dots_fill_a_bar_the_ones_that_fit_below(crowd):
    bar = SuccessChart(DARK, [1.0, 2.0], "how many").bar(1.0, 1.0).fill
    places = crowd.in_a_bar(bar)[:, 0]
    low, high = bar.get_corner((-1, -1, 0)), bar.get_corner((1, 1, 0))
    assert ((low[:2] < places[:, :2]) & (places[:, :2] < high[:2])).all()


def test_discs_of_a_run_become_dots_at_its_weights():
    run = train(replace(EXPERIMENT, iterations=50))
    plane = Plane(DARK, (-1, 4), (0, 3), centre=(0, 0), width=10, height=4, below=2.0)
    look = replace(plane.look, y_range=(-3.0, 3.0), below=0.0)
    unfold = Unfold(plane, look, Moment.of(run, 50), run_time=1.0)
    assert np.allclose([disc.get_center() for disc in unfold.discs], plane.on_floor(run.end.origins))
    unfold.interpolate_mobject(1.0)
    assert plane.look == look
    assert np.allclose([disc.get_center() for disc in unfold.discs], plane.at(run.end.origins, run.end.weights))
    assert np.allclose(unfold.places, plane.at(run.end.origins, run.end.weights))


def test_a_map_sinks_to_an_axis_where_its_values_are():
    chart = OutcomeMap(DARK, [0, 1, 2], [0, 1, 2], np.ones((3, 3), np.uint8), centre=(-3, 0), size=3.0)
    plane = SuccessChart(DARK, [0.0, 4.0], "how far").plane
    sink = laid_down(chart, plane, run_time=1.0)
    sink.interpolate_mobject(1.0)
    points = chart[1].points
    assert np.allclose(points[:, 1], plane.at(0, 0)[1])
    assert np.allclose((points[:, 0].min(), points[:, 0].max()), plane.at((-0.5, 2.5), 0)[:, 0], atol=0.02)


def test_a_frame_lies_around_both_edges_of_a_map():
    chart = OutcomeMap(DARK, [0, 1, 2], [0, 1, 2], np.ones((3, 3), np.uint8), centre=(-3, 0), size=3.0)
    frame = near_the_first(chart, 0.5)[1]
    corners = frame.get_vertices()
    for x, y in ((-0.5, 2.5), (0.5, 0.5), (2.5, 0.5)):
        assert np.isclose(corners, chart.plane.at(x, y)).all(axis=1).any()


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


def test_a_curve_grows_to_its_shares_and_a_marker_runs_along():
    shares = {1.0: 0.2, 2.0: 0.6, 4.0: 1.0}
    chart = SuccessChart(DARK, list(shares), "how many")
    curve, expected = chart.curve(shares), chart.plane.at(list(shares), list(shares.values()))
    assert np.allclose(curve.tip, expected[0])
    assert [figure.original_text for figure in curve.figures] == ["20%", "60%", "100%"]
    marker = Marker(curve, DARK.accent)
    curve.grow(1.5, run_time=1.0, also=marker).interpolate_mobject(1.0)
    assert np.allclose(curve.line.points[-1], (expected[0] + expected[1]) / 2)
    assert np.allclose(marker.get_center(), curve.tip)
    assert [figure.get_fill_opacity() for figure in curve.figures] == [1.0, 0.0, 0.0]
    curve.grow(4.0, run_time=1.0).interpolate_mobject(1.0)
    assert np.allclose(curve.line.points[-1], expected[2])
    marker.go(2.0, run_time=1.0).interpolate_mobject(1.0)
    assert np.allclose(marker.get_center(), expected[1])
    assert problems([chart.still, curve]) == []


def test_a_bar_is_as_high_as_its_share_and_hatched_up_to_a_part_of_it():
    chart = SuccessChart(DARK, [4.0, 5.0], "neurons", room=0.5)
    bar = chart.bar(5.0, 0.8, within=0.3)
    foot, top, within = (chart.plane.at(5.0, share)[1] for share in (0.0, 0.8, 0.3))
    assert np.allclose((bar.fill.points[:, 1].min(), bar.fill.points[:, 1].max()), (foot, top))
    hatched = bar.hatching.points
    assert foot <= hatched[:, 1].min() and foot < hatched[:, 1].max() <= within + 1e-9
    assert (
        hatched[:, 0].min() >= bar.fill.get_left()[0] - 1e-9 and hatched[:, 0].max() <= bar.fill.get_right()[0] + 1e-9
    )
    bar.show(0.5)
    assert np.isclose(bar.fill.points[:, 1].max(), (foot + top) / 2) and bar.figure.get_fill_opacity() == 0.0
    assert len(chart.bar(4.0, 0.8).hatching.points) == 0


def test_a_legend_has_the_outcomes_colours():
    rows = legend(DARK, [(0, "best fit"), (2, "stuck otherwise")], (0.6, 1.6))
    assert [str(row[0].get_fill_color()).lower() for row in rows] == [DARK.outcomes[0], DARK.outcomes[2]]
    assert problems([rows]) == []
