"""The losses against quadrature, and their derivatives against finite differences."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.integrate import quad

from reluviz.analysis.optimum.loss import DataLoss, UniformLoss, network_of, parameters
from reluviz.core import ReluNetwork
from tests.analysis.runs import article

TARGET = ReluNetwork([2.0, -1.0, -2.0, -1.0], [0.0, -1.0, -2.0, -3.0], 0.3)
STATE = np.array([1.3, -0.7, 0.4, -0.313, -1.717, 0.2])  # three neurons, one left of the range
STEP = 1e-6


def losses():
    # Samples well away from the origins 0.313, 1.717 and -0.2, where the loss over data has corners.
    samples = np.array([0.05, 0.2, 0.5, 0.9, 1.4, 1.9, 2.2, 2.8, 3.3, 3.9])
    return [UniformLoss(TARGET, 0.0, 4.0, 0.1), DataLoss(samples, TARGET(samples), 0.1)]


def states():
    return [STATE, np.append(STATE, 0.25)]


def test_a_vector_holds_a_network():
    network = ReluNetwork([1.0, 2.0], [3.0, 4.0], 5.0)
    assert parameters(network).tolist() == [1, 2, 3, 4]
    assert parameters(network, with_output_bias=True).tolist() == [1, 2, 3, 4, 5]
    assert network_of(parameters(network), 5.0) == network
    assert network_of(parameters(network, with_output_bias=True)) == network


def test_uniform_loss_is_the_integral():
    loss = losses()[0]
    network = network_of(STATE, 0.1)
    kinks = sorted(x for x in (*network.origins, *TARGET.origins) if 0 < x < 4)
    integral, _ = quad(lambda x: float(TARGET(x) - network(x)) ** 2, 0.0, 4.0, points=kinks, epsabs=1e-12)
    assert loss.value(STATE) == pytest.approx(integral / 4.0, rel=1e-10)


def test_data_loss_is_the_mean_over_the_samples():
    run = article("merging-neurons")
    x = run.experiment.samples()
    mean = np.mean((run.target(x) - run.end(x)) ** 2)
    assert DataLoss.of(run).value(parameters(run.end)) == pytest.approx(mean, rel=1e-12)


@pytest.mark.parametrize("loss", losses(), ids=["uniform", "data"])
@pytest.mark.parametrize("state", states(), ids=["fixed output bias", "trained output bias"])
def test_gradient_is_the_difference_quotient(loss, state):
    ways = STEP * np.eye(len(state))
    quotients = [(loss.value(state + way) - loss.value(state - way)) / (2 * STEP) for way in ways]
    assert loss.gradient(state) == pytest.approx(np.array(quotients), abs=1e-7)


@pytest.mark.parametrize("loss", losses(), ids=["uniform", "data"])
@pytest.mark.parametrize("state", states(), ids=["fixed output bias", "trained output bias"])
def test_hessian_is_the_difference_quotient_of_the_gradient(loss, state):
    ways = STEP * np.eye(len(state))
    quotients = [(loss.gradient(state + way) - loss.gradient(state - way)) / (2 * STEP) for way in ways]
    assert loss.hessian(state) == pytest.approx(np.array(quotients), abs=1e-6)


def test_a_target_of_very_many_pieces_is_looked_up():
    """A thousand pieces through data of one's own: the same loss and gradient as from the sum over its neurons."""
    stream = np.random.RandomState(3)
    x = np.sort(stream.uniform(0.0, 4.0, 1000))
    many = ReluNetwork.through(np.column_stack((x, stream.uniform(0.0, 2.0, 1000))).tolist())
    loss = UniformLoss(many, 0.0, 4.0)
    at = np.sort(np.concatenate((x, stream.uniform(0.0, 4.0, 500))))
    np.testing.assert_allclose(loss.wanted(at), many(at), atol=1e-8)
