"""A one-hidden-layer ReLU network on the line: NN(x) = sum_i w_i * relu(x + b_i) + c.

Its graph is piecewise linear, so everything here is exact: neuron i does nothing left of its origin -b_i
and adds w_i to the slope right of it (the article's example 1, figures 3a and 3b).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class ReluNetwork:
    """NN(x) = sum_i weights[i] * relu(x + biases[i]) + output_bias, with input weights fixed at 1.

    weights, biases: shape (n,), n >= 0, finite. Raises ValueError for unequal lengths or non-finite numbers.
    """

    weights: Array
    biases: Array
    output_bias: float = 0.0

    def __post_init__(self) -> None:
        weights = np.array(self.weights, dtype=np.float64)
        biases = np.array(self.biases, dtype=np.float64)
        if weights.ndim != 1 or weights.shape != biases.shape:
            raise ValueError(f"weights and biases need equal lengths, not shapes {weights.shape} and {biases.shape}")
        if not (np.isfinite(weights).all() and np.isfinite(biases).all() and np.isfinite(self.output_bias)):
            raise ValueError("weights, biases and output bias must be finite")
        weights.flags.writeable = biases.flags.writeable = False
        object.__setattr__(self, "weights", weights)
        object.__setattr__(self, "biases", biases)
        object.__setattr__(self, "output_bias", float(self.output_bias))

    @classmethod
    def through(cls, points: Sequence[Sequence[float]]) -> ReluNetwork:
        """The network whose graph joins `points` (x increasing) by straight lines, level left of the first.

        One neuron a point but the last, which only fixes the last slope; its value at x0 is the output bias.
        Raises ValueError where there are fewer than two points or x does not increase.
        """
        table = np.array(points, dtype=np.float64)
        if table.ndim != 2 or table.shape[0] < 2 or table.shape[1] != 2:
            raise ValueError("a polyline needs at least two points [x, y]")
        widths = np.diff(table[:, 0])
        if not (widths > 0).all():
            raise ValueError("the points of a polyline need increasing x")
        with np.errstate(over="ignore"):  # a slope beyond float64 is refused below, as not finite
            slopes = np.diff(table[:, 1]) / widths
        return cls(np.diff(slopes, prepend=0.0), -table[:-1, 0], float(table[0, 1]))

    def to_dict(self) -> dict[str, Any]:
        """As a description has it."""
        return {
            "weights": self.weights.tolist(), "biases": self.biases.tolist(), "output_bias": self.output_bias,
        }  # fmt: skip

    def __len__(self) -> int:
        return len(self.weights)

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, ReluNetwork)
            and np.array_equal(self.weights, other.weights)
            and np.array_equal(self.biases, other.biases)
            and self.output_bias == other.output_bias
        )

    def __hash__(self) -> int:
        return hash((*self.weights.tolist(), *self.biases.tolist(), self.output_bias))

    def __call__(self, x: ArrayLike) -> Array:
        """The network's value at `x` (any shape).

        Summed neuron by neuron, as the training kernel does, so that both give the same bits.
        """
        x = np.asarray(x, dtype=np.float64)
        total = np.full(x.shape, self.output_bias)
        for weight, bias in zip(self.weights, self.biases, strict=True):
            total += weight * np.maximum(x + bias, 0.0)
        return total

    def contributions(self, x: ArrayLike) -> Array:
        """Each neuron's own graph w_i * relu(x + b_i); shape (n, *x.shape)."""
        x = np.asarray(x, dtype=np.float64)
        column = (slice(None),) + (None,) * x.ndim
        return self.weights[column] * np.maximum(x[None, ...] + self.biases[column], 0.0)

    @property
    def origins(self) -> Array:
        """Where each neuron starts to act: -b_i; shape (n,)."""
        return -self.biases

    def slope(self, x: float) -> float:
        """The slope just right of `x`."""
        return float(self.weights[self.origins <= x].sum())

    def polyline(self, low: float, high: float) -> Array:
        """The graph on [low, high] by its corners alone, shape (k, 2): both ends and every kink between."""
        inside = self.origins[(self.origins > low) & (self.origins < high)]
        x = np.concatenate(([low], np.unique(inside), [high]))
        return np.column_stack((x, self(x)))
