"""The network's exact geometry against quadrature and closed forms."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reluviz.core import ReluNetwork

FOUR_SLOPES = ReluNetwork(np.array([2.0, -1, -2, -1]), np.array([0.0, -1, -2, -3]))
numbers = st.floats(-5, 5, allow_nan=False).map(lambda x: round(x, 3))


def networks(most: int = 5) -> st.SearchStrategy[ReluNetwork]:
    neurons = st.lists(st.tuples(numbers, numbers), max_size=most)
    return st.builds(
        lambda pairs, c: ReluNetwork(np.array([p[0] for p in pairs]), np.array([p[1] for p in pairs]), c),
        neurons,
        numbers,
    )


def test_values_of_the_four_slopes() -> None:
    """Slopes 2, 1, -1, -2 from 0 up: the values at 0 ... 4 are 0, 2, 3, 2, 0 (figure 3b)."""
    assert FOUR_SLOPES([-1, 0, 1, 2, 3, 4]).tolist() == [0, 0, 2, 3, 2, 0]
    assert FOUR_SLOPES(np.array([[0.5], [1.5]])).tolist() == [[1.0], [2.5]]


def test_contributions_add_up() -> None:
    x = np.linspace(-1, 4, 41)
    parts = FOUR_SLOPES.contributions(x)
    assert parts.shape == (4, 41)
    np.testing.assert_allclose(parts.sum(axis=0), FOUR_SLOPES(x), atol=1e-14)
    assert not parts[2][x <= 2].any()


def test_neurons_that_share_an_origin_make_one_corner() -> None:
    roof = ReluNetwork(np.array([1.5, 0.5]), np.array([-1.0, -1.0])).polyline(0, 2)
    assert roof.tolist() == [[0, 0], [1, 0], [2, 2]]


@given(networks(), st.lists(st.floats(-3, 3), min_size=1, max_size=5))
def test_the_polyline_is_the_graph(network: ReluNetwork, xs: list[float]) -> None:
    corners = network.polyline(-3, 3)
    assert corners[0, 0] == -3 and corners[-1, 0] == 3 and (np.diff(corners[:, 0]) > 0).all()
    np.testing.assert_allclose(np.interp(xs, corners[:, 0], corners[:, 1]), network(xs), atol=1e-10)


@given(networks())
def test_slope_is_the_difference_quotient(network: ReluNetwork) -> None:
    for x in (-2.0, 0.0, 1.0):
        gaps = network.origins[network.origins > x] - x
        width = min(gaps.min() / 2, 0.5) if len(gaps) else 0.5
        assert network.slope(x) == pytest.approx(float(network(x + width) - network(x)) / width, abs=1e-6)


@given(st.lists(st.tuples(st.integers(-20, 20), numbers), min_size=2, max_size=8, unique_by=lambda p: p[0]))
def test_a_network_through_points(points: list[tuple[int, float]]) -> None:
    points.sort()
    network = ReluNetwork.through(points)
    x, y = np.array(points, dtype=float).T
    np.testing.assert_allclose(network(x), y, atol=1e-8)
    np.testing.assert_allclose(network((x[:-1] + x[1:]) / 2), (y[:-1] + y[1:]) / 2, atol=1e-8)
    assert network(x[0] - 3) == y[0]


@pytest.mark.parametrize(
    "points",
    [[], [[0, 1]], [[0, 1], [0, 2]], [[1, 0], [0, 1]], [[0, 0, 0], [1, 1, 1]], [[0, 0], [1e-300, 1e300]]],
)
def test_points_that_are_no_polyline(points: list[list[float]]) -> None:
    with pytest.raises(ValueError):
        ReluNetwork.through(points)


@pytest.mark.parametrize(
    ("weights", "biases", "output_bias"),
    [([1.0], [], 0.0), ([np.nan], [0.0], 0.0), ([1.0], [np.inf], 0.0), ([1.0], [1.0], np.nan), ([[1.0]], [[1.0]], 0.0)],
)
def test_numbers_that_are_no_network(weights: list, biases: list, output_bias: float) -> None:
    with pytest.raises(ValueError):
        ReluNetwork(np.array(weights), np.array(biases), output_bias)


def test_a_network_cannot_be_changed() -> None:
    weights = np.ones(1)
    network = ReluNetwork(weights, np.zeros(1))
    weights[0] = 7
    assert network.weights[0] == 1
    with pytest.raises(ValueError):
        network.weights[0] = 2
