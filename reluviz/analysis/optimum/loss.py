"""The mean squared residual as a function of the parameters, with its exact gradient and Hessian.

Two losses share one form, a weighted sum of squared residuals over nodes. Over the data the nodes are the
samples. For uniform x on [low, high] they are two Gauss points in each gap between neighbouring kinks: every
integrand there is a polynomial of degree two or three, which two points integrate exactly.
A state of n neurons is the vector v = (w_1 .. w_n, b_1 .. b_n), shape (2n,), and the output bias stays as it
is; or, where that is trained too, v = (w_1 .. w_n, b_1 .. b_n, c), shape (2n + 1,).
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from reluviz.core import ReluNetwork, Trajectory
from reluviz.core.network import Array

_GAUSS = 0.5 / np.sqrt(3.0)
_FEW = 64  # neurons of a target up to which its value is the sum over them


def parameters(network: ReluNetwork, with_output_bias: bool = False) -> Array:
    """The vector (weights, biases) of `network`, with its output bias at the end if that is asked for."""
    tail = [network.output_bias] if with_output_bias else []
    return np.concatenate((network.weights, network.biases, tail))


def network_of(vector: Array, output_bias: float = 0.0) -> ReluNetwork:
    """The network of a vector of parameters; `output_bias` counts where the vector has none."""
    n = len(vector) // 2
    return ReluNetwork(vector[:n], vector[n : 2 * n], float(vector[-1]) if len(vector) % 2 else output_bias)


class Loss(ABC):
    """sum_k p_k (ref(x_k) - NN(x_k))^2 over nodes x_k with shares p_k that sum to 1, at a vector of shape (m,)."""

    output_bias: float

    @abstractmethod
    def wanted(self, x: Array) -> Array:
        """ref(x) at the nodes, shape (k,)."""

    @abstractmethod
    def nodes(self, biases: Array) -> tuple[Array, Array]:
        """The nodes and their shares for neurons with `biases`; each of shape (k,)."""

    def curvature_of_moving(self, network: ReluNetwork) -> Array:
        """What the second derivative by each bias gains because its kink moves over the nodes; shape (n,)."""
        return np.zeros(len(network))

    def _parts(self, vector: Array) -> tuple[Array, Array, Array, Array, Array]:
        n = len(vector) // 2
        weights, biases = vector[:n], vector[n : 2 * n]
        x, shares = self.nodes(biases)
        distance = np.maximum(x + biases[:, None], 0.0)
        active = (distance > 0.0).astype(np.float64)
        output_bias = vector[-1] if len(vector) % 2 else self.output_bias
        residual = self.wanted(x) - output_bias - weights @ distance
        return shares, distance, active, residual, weights

    def value(self, vector: Array) -> float:
        """The mean squared residual."""
        shares, _, _, residual, _ = self._parts(vector)
        return float(shares @ residual**2)

    def gradient(self, vector: Array) -> Array:
        """Equations 1-3 of the article, averaged: -2 E[delta relu(x + b)], -2 w E[delta; active], -2 E[delta]."""
        return self.value_and_gradient(vector)[1]

    def value_and_gradient(self, vector: Array) -> tuple[float, Array]:
        """Both at once, for little more than the price of one."""
        shares, distance, active, residual, weights = self._parts(vector)
        weighted = shares * residual
        tail = [-2.0 * weighted.sum()] if len(vector) % 2 else []
        gradient = np.concatenate((-2.0 * distance @ weighted, -2.0 * weights * (active @ weighted), tail))
        return float(shares @ residual**2), gradient

    def hessian(self, vector: Array) -> Array:
        """(m, m): 2 E[J J'] - 2 E[delta (second derivatives of NN)], which is what `gradient` differentiates to."""
        shares, distance, active, residual, weights = self._parts(vector)
        n = len(weights)
        slopes = np.concatenate((distance, weights[:, None] * active, np.ones((len(vector) % 2, len(residual)))))
        matrix = 2.0 * (slopes * shares) @ slopes.T
        bend = -2.0 * active @ (shares * residual)
        i = np.arange(n)
        matrix[i, n + i] += bend
        matrix[n + i, i] += bend
        matrix[n + i, n + i] += self.curvature_of_moving(network_of(vector, self.output_bias))
        return matrix


@dataclass(frozen=True)
class DataLoss(Loss):
    """The mean squared residual over the samples a run was trained on, noise included; samples, targets: shape (k,).

    Its gradient jumps where an origin passes a sample, so the Hessian holds between samples only.
    """

    samples: Array
    targets: Array
    output_bias: float = 0.0

    @classmethod
    def of(cls, trajectory: Trajectory) -> DataLoss:
        """The loss that `trajectory` was trained on, with the output bias of its end."""
        run = trajectory.experiment
        return cls(run.samples(), run.targets(), trajectory.end.output_bias)

    def wanted(self, x: Array) -> Array:
        """What the network is to say at the samples."""
        return self.targets

    def nodes(self, biases: Array) -> tuple[Array, Array]:
        """The samples, each with the same share."""
        return self.samples, np.full(len(self.samples), 1.0 / len(self.samples))


@dataclass(frozen=True)
class UniformLoss(Loss):
    """The mean squared residual for x uniform on [low, high], exactly: the limit of ever more samples.

    Its gradient is continuous, and the Hessian exact wherever no origin lies on an end of the range.
    """

    target: ReluNetwork
    low: float
    high: float
    output_bias: float = 0.0

    @classmethod
    def of(cls, trajectory: Trajectory) -> UniformLoss:
        """The loss over the whole range of the data of `trajectory`, with the output bias of its end."""
        run = trajectory.experiment
        return cls(trajectory.target, run.low, run.high, trajectory.end.output_bias)

    def wanted(self, x: Array) -> Array:
        """The target at `x`, in the range."""
        if len(self.target) <= _FEW:
            return self.target(x)
        return np.asarray(np.interp(x, *self._corners))

    @cached_property
    def _corners(self) -> tuple[Array, Array]:
        """The target's graph by its corners: of thousands of pieces, through data of one's own, looked up quickly."""
        x, y = self.target.polyline(self.low, self.high).T
        return x, y

    def nodes(self, biases: Array) -> tuple[Array, Array]:
        """Two Gauss points for each gap between kinks, with half the gap's share each."""
        edges = np.concatenate((-biases, self._kinks))
        np.minimum(np.maximum(edges, self.low, out=edges), self.high, out=edges)
        edges.sort()  # in place, and np.diff and np.tile written out: a descent comes here ten thousand times
        middles, widths = (edges[1:] + edges[:-1]) / 2.0, edges[1:] - edges[:-1]
        reach, shares = _GAUSS * widths, widths / (2.0 * (self.high - self.low))
        return np.concatenate((middles - reach, middles + reach)), np.concatenate((shares, shares))

    @cached_property
    def _kinks(self) -> Array:
        """Where the target bends, and the ends of the range."""
        return np.concatenate((self.target.origins, (self.low, self.high)))

    def curvature_of_moving(self, network: ReluNetwork) -> Array:
        """-2 w delta(origin) / (high - low) for an origin in the range: a moving kink sweeps over residual."""
        origins = network.origins
        inside = (origins > self.low) & (origins < self.high)
        residual = self.target(origins[inside]) - network(origins[inside])
        curvature = np.zeros(len(origins))
        curvature[inside] = -2.0 * network.weights[inside] * residual / (self.high - self.low)
        return curvature
