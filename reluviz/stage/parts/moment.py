"""One instant of a training run: all that a frame may depend on."""

from __future__ import annotations

from functools import cached_property

from reluviz.core import ReluNetwork, Trajectory
from reluviz.core.network import Array
from reluviz.story.timeline import Timeline


class State:
    """A network's parameters as parts draw them, of a run or made up. weights, biases: shape (n,).

    iteration: how many updates have led to it, between two updates a fraction.
    """

    rate = ""
    """How many iterations pass a second of film, as shown ("40"); nothing where it stands still."""

    stirred = 1.0
    """How far (0 to 1) the arrows of what moves it are drawn: where a film holds it they are drawn in."""

    def __init__(self, weights: Array, biases: Array, output_bias: float = 0.0, iteration: float = 0.0) -> None:
        self.weights, self.biases, self.output_bias = weights, biases, output_bias
        self.iteration = iteration

    @cached_property
    def network(self) -> ReluNetwork:
        """The network with these parameters."""
        return ReluNetwork(self.weights, self.biases, self.output_bias)


class Moment(State):
    """`trajectory` as the film shows it at `second` of its timeline: a pure function of these three.

    A part that needs the past asks for it: `moment.timeline.iteration(moment.second - depths)`.
    """

    def __init__(self, trajectory: Trajectory, timeline: Timeline, second: float) -> None:
        self.trajectory, self.timeline, self.second = trajectory, timeline, second
        iteration = min(timeline.iteration(second), float(trajectory.last))
        super().__init__(*trajectory.state_at(iteration), iteration)

    @classmethod
    def of(cls, trajectory: Trajectory, iteration: float) -> Moment:
        """`trajectory` at `iteration`, without a past; between two updates, on the straight line between them."""
        return cls(trajectory, Timeline.jumped(iteration), 0.0)

    @property
    def rate(self) -> str:  # type: ignore[override]
        """How many iterations pass a second of film just now, as shown; nothing once the run has ended."""
        if self.iteration >= self.trajectory.last:
            return ""
        return self.timeline.label(self.second)
