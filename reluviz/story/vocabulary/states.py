"""The words of scripts for the experiment, for single states of a run and for single updates."""

from __future__ import annotations

from functools import cached_property

from reluviz.analysis.rules import classify
from reluviz.core.measure import rms_to_target
from reluviz.core.network import Array
from reluviz.story.vocabulary.words import Group, fact, fact_of, word


class States(Group):
    """What is set up, and what is there at an iteration."""

    # The experiment.

    neurons = fact_of("How many neurons are trained.", lambda own: own.trajectory.neurons)
    target_neurons = fact_of("How many kinks the target has, its own neurons.", lambda own: len(own.trajectory.target))
    end = fact_of("The number of updates made in all.", lambda own: own.trajectory.last)
    samples = fact_of("How many numbers the data has.", lambda own: own.trajectory.experiment.samples_count)
    learning_rate = fact_of(
        "The step size: lr of the article's equations 1-3.", lambda own: own.trajectory.experiment.learning_rate
    )
    batch_size = fact_of("How many samples an update follows.", lambda own: own.trajectory.experiment.batch_size)
    optimizer = fact_of(
        'How steps follow from gradients: "sgd", "momentum", "nesterov" or "adam".',
        lambda own: own.trajectory.experiment.optimizer.name,
    )
    momentum = fact_of(
        "The part of the last step that momentum keeps.", lambda own: own.trajectory.experiment.optimizer.momentum
    )
    order = fact_of(
        'Whether samples come in one order, "cycle", or in a new one each epoch, "shuffle".',
        lambda own: own.trajectory.experiment.order,
    )
    noise = fact_of(
        "The standard deviation of what is added to the target's values at the samples.",
        lambda own: own.trajectory.experiment.noise,
    )
    trains_output_bias = fact_of(
        "Whether the output bias is trained.", lambda own: own.trajectory.experiment.train_output_bias
    )
    low = fact_of("The lower end of the data's range.", lambda own: own.trajectory.experiment.low)
    high = fact_of("The upper end of the data's range.", lambda own: own.trajectory.experiment.high)

    # The state at an iteration.

    @word
    def w(self, neuron: int, at: int | None = None) -> float:
        """The weight of a neuron: the slope it adds right of its origin."""
        return float(self.values(neuron, "weight")[self.record(at)])

    @word
    def b(self, neuron: int, at: int | None = None) -> float:
        """The bias of a neuron."""
        return float(self.values(neuron, "bias")[self.record(at)])

    @word
    def origin(self, neuron: int, at: int | None = None) -> float:
        """Where a neuron starts to act: minus its bias."""
        return -self.b(neuron, at)

    @word
    def value(self, x: float, at: int | None = None) -> float:
        """The network's value at x: NN(x)."""
        return float(self.trajectory.network_at(self.time(at))(x))

    @word
    def slope(self, x: float, at: int | None = None) -> float:
        """The slope of the network's graph just right of x."""
        return self.trajectory.network_at(self.time(at)).slope(x)

    @word
    def gap(self, x: float, at: int | None = None) -> float:
        """The residual at x: target minus network. Above 0 the network is too low."""
        return self.target(x) - self.value(x, at)

    @word
    def distance(self, left: int, right: int, at: int | None = None) -> float:
        """How far the origin of `right` lies right of that of `left`."""
        return self.origin(right, at) - self.origin(left, at)

    @word
    def rms(self, at: int | None = None) -> float:
        """The typical error: the root of the mean squared distance to the target over the data, without their noise."""
        return rms_to_target(self.trajectory, self.time(at))

    @word
    def largest_gap(self, at: int | None = None, low: float | None = None, high: float | None = None) -> float:
        """The largest residual, with its sign, over the data (between low and high)."""
        return float(self._gaps(at, low, high).max())

    @word
    def smallest_gap(self, at: int | None = None, low: float | None = None, high: float | None = None) -> float:
        """The smallest residual, with its sign, over the data: >= 0 where the network is nowhere too high."""
        return float(self._gaps(at, low, high).min())

    @word
    def mean_gap(self, at: int | None = None, low: float | None = None, high: float | None = None) -> float:
        """The mean residual over the data (between low and high)."""
        return float(self._gaps(at, low, high).mean())

    # The target.

    @word
    def target(self, x: float) -> float:
        """The target's value at x."""
        return float(self.trajectory.target(x))

    @fact
    def target_pieces(self) -> int:
        """How many straight pieces the target has on the data's range."""
        experiment = self.trajectory.experiment
        return len(self.trajectory.target.polyline(experiment.low, experiment.high)) - 1

    @word
    def target_slope(self, x: float) -> float:
        """The target's slope just right of x."""
        return self.trajectory.target.slope(x)

    @word
    def target_w(self, neuron: int) -> float:
        """The weight of the target's own neuron: by how much its slope changes at that kink."""
        return float(self.trajectory.target.weights[self.index(neuron, self.target_neurons)])

    @word
    def target_origin(self, neuron: int) -> float:
        """Where the target has that kink."""
        return float(self.trajectory.target.origins[self.index(neuron, self.target_neurons)])

    # Single updates.

    @word
    def sample(self, at: int) -> float:
        """The sample x of the update made from that iteration."""
        return float(self.trajectory.inputs[self._update(at)])

    @word
    def delta(self, at: int) -> float:
        """The residual of the update made from that iteration: target minus network at its sample."""
        return float(self.trajectory.residuals[self._update(at)])

    @word
    def awake(self, at: int) -> int:
        """How many neurons any sample of the update made from that iteration reaches."""
        x, _ = self._batch(at)
        return int((x.max() + self.trajectory.biases[self._update(at)] > 0).sum())

    @word
    def votes(self, neuron: int, rule: int, at: int) -> int:
        """How many samples of the batch of that iteration's update push the neuron by that rule of the article."""
        x, delta = self._batch(at)
        network, i = self.trajectory.network_at(self.time(at)), self.index(neuron)
        return int((classify(network.weights[i], network.biases[i], x, delta) == rule).sum())

    @word
    def active(self, neuron: int, at: int) -> bool:
        """Whether the sample of the update from that iteration lies right of the neuron's origin, so that it acts."""
        return self.sample(at) > self.origin(neuron, at)

    # How it is found.

    @cached_property
    def _data(self) -> tuple[Array, Array]:
        x = self.trajectory.experiment.samples()
        return x, self.trajectory.target(x)

    def _gaps(self, at: int | None, low: float | None = None, high: float | None = None) -> Array:
        x, y = self._data
        among = (x >= (self.low if low is None else low)) & (x <= (self.high if high is None else high))
        if not among.any():
            raise ValueError(f"no sample lies between {low} and {high}")
        return y[among] - self.trajectory.network_at(self.time(at))(x[among])

    def _batch(self, at: int) -> tuple[Array, Array]:
        """The samples of an update, and their deltas before it."""
        run, experiment = self.trajectory, self.trajectory.experiment
        self._update(at)
        among = experiment.batch(self.time(at))
        x = experiment.samples()[among]
        return x, experiment.targets()[among] - run.network_at(self.time(at))(x)

    def _update(self, at: int) -> int:
        if self.time(at) == self.end:
            raise ValueError(f"iteration {at:,} is the end: no update is made from it")
        return self.record(at)
