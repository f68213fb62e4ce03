"""Where a state would come to rest without the noise of single samples, and how well a network can fit at all."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.integrate import LSODA
from scipy.optimize import minimize

from reluviz.analysis.optimum.loss import Loss, UniformLoss, network_of
from reluviz.core import ReluNetwork
from reluviz.core.network import Array

_FLOW_TIME = 2000.0
"""How long the flow is followed: 200,000 iterations at the article's learning rate 0.01."""

_FLOW_STEPS = 1500
_STARTS = 16


@dataclass(frozen=True)
class Fit:
    """A network fitted to the target, and its root mean squared residual for x uniform on the range."""

    network: ReluNetwork
    rms: float


def flow(loss: Loss, vector: Array) -> list[Array]:
    """The states that steepest descent in continuous time, dv/dt = -gradient, passes: training without noise.

    Unlike a line search it cannot leap over a ridge, so that it tells whose basin a state lies in.
    """
    solver = LSODA(lambda _, v: -loss.gradient(v), 0.0, vector, _FLOW_TIME, rtol=1e-4, atol=1e-6)
    path = [vector]
    for _ in range(_FLOW_STEPS):
        if solver.status != "running":
            break
        solver.step()
        path.append(solver.y.copy())
    return path


def descent_path(loss: Loss, vector: Array) -> Array:
    """The states that `polish` passes on its way down, from `vector` (m,) to rest; shape (k, m)."""
    path = flow(loss, vector)
    return np.array([*path, settle(loss, path[-1])])


def settle(loss: Loss, vector: Array) -> Array:
    """The last stretch of a descent, by BFGS, which is quick once the flow has come to the bottom."""
    if not len(vector):
        return vector
    result = minimize(loss.value_and_gradient, vector, jac=True, method="BFGS", options={"gtol": 1e-9, "maxiter": 200})
    return result.x if result.fun <= loss.value(vector) else vector


def polish(loss: Loss, vector: Array) -> Array:
    """The state of rest below `vector`: the flow, then the last stretch; shape (m,) as given."""
    return settle(loss, flow(loss, vector)[-1])


def best_fit(loss: UniformLoss, neurons: int, with_output_bias: bool, guesses: tuple[Array, ...] = ()) -> Fit:
    """The best fit found with `neurons` neurons: exactly zero where the target has no more neurons.

    Otherwise the best of `guesses` and seeded random starts with the best weights for their origins. A lower
    bound this is not; but all later claims need only that no better fit was found.
    """
    target = loss.target
    if len(target) <= neurons and (with_output_bias or target.output_bias == loss.output_bias):
        spare = np.zeros(neurons - len(target))
        network = ReluNetwork(
            np.concatenate((target.weights, spare)), np.concatenate((target.biases, spare)), target.output_bias
        )
        return Fit(network, 0.0)
    random = np.random.RandomState(0)
    starts = [*guesses]
    for _ in range(_STARTS):
        biases = -np.sort(random.uniform(loss.low, loss.high, neurons))
        x, shares = loss.nodes(biases)
        graphs = np.maximum(x + biases[:, None], 0.0)
        if with_output_bias:
            graphs = np.vstack((graphs, np.ones(len(x))))
        wanted = target(x) - (0.0 if with_output_bias else loss.output_bias)
        scale = np.sqrt(shares)
        weights = np.linalg.lstsq((graphs * scale).T, wanted * scale, rcond=1e-9)[0]
        starts.append(np.concatenate((weights[:neurons], biases, weights[neurons:])))
    fits = [settle(loss, start) for start in starts]
    best = min(fits, key=loss.value)
    return Fit(network_of(best, loss.output_bias), float(np.sqrt(loss.value(best))))
