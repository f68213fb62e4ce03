"""One instant of a training run: all that a frame may depend on."""

from __future__ import annotations

from dataclasses import dataclass

from reluviz.core import ReluNetwork, Trajectory
from reluviz.core.network import Array


@dataclass(frozen=True)
class Moment:
    """The state of a run at a (fractional) iteration. weights, biases: shape (n,).

    rate: how fast the film runs just now, as shown ("×40"), empty where it stands still.
    """

    iteration: float
    weights: Array
    biases: Array
    output_bias: float
    rate: str = ""

    @classmethod
    def of(cls, trajectory: Trajectory, iteration: float, rate: str = "") -> Moment:
        """The state of `trajectory` at `iteration`; between two updates, on the straight line between them."""
        weights, biases, output_bias = trajectory.state_at(iteration)
        return cls(iteration, weights, biases, output_bias, rate)

    @property
    def network(self) -> ReluNetwork:
        """The network at this instant."""
        return ReluNetwork(self.weights, self.biases, self.output_bias)
