"""What differs between two experiments, each difference as a name, a sentence and its claims."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from reluviz.core import Experiment
from reluviz.story.unscripted.draft import number, plural
from reluviz.story.vocabulary.facts import Facts

Sides = dict[str, Facts]


@dataclass(frozen=True)
class Difference:
    """name: as a headline lists it. sentence: a template. claims: what it rests on."""

    name: str
    sentence: str
    claims: tuple[str, ...]


def differences(sides: Sides) -> list[Difference]:
    """All that differs between the experiments of the runs "left" and "right", the most telling first."""
    one, other = (sides[side].trajectory.experiment for side in ("left", "right"))
    return [*_steps(sides), *_network(sides, one, other), *_data(sides, one, other)]


def _steps(sides: Sides) -> Iterator[Difference]:
    left, right = sides["left"], sides["right"]
    words = {"sgd": "plain steps", "momentum": "momentum", "nesterov": "Nesterov's momentum", "adam": "Adam"}
    if left.optimizer != right.optimizer:
        yield Difference(
            "the optimiser",
            f"On the left {words[left.optimizer]}, on the right {words[right.optimizer]}.",
            tuple(f"{side}.optimizer == '{one.optimizer}'" for side, one in sides.items()),
        )
    elif left.optimizer in ("momentum", "nesterov") and left.momentum != right.momentum:
        yield _numbers("the momentum", "a momentum of", "momentum", sides)
    if left.learning_rate != right.learning_rate:
        yield _numbers("the learning rate", "a learning rate of", "learning_rate", sides)
    if left.batch_size != right.batch_size:
        told = [f"{{{side}.batch_size}} {plural(one.batch_size, 'sample')}" for side, one in sides.items()]
        yield Difference(
            "the batch", f"On the left {told[0]} for each update, on the right {told[1]}.",
            ("left.batch_size != right.batch_size",),
        )  # fmt: skip


def _network(sides: Sides, one: Experiment, other: Experiment) -> Iterator[Difference]:
    left, right = sides["left"], sides["right"]
    if left.neurons != right.neurons:
        told = [f"{{{side}.neurons:words}} {plural(run.neurons, 'neuron')}" for side, run in sides.items()]
        yield Difference(
            "the number of neurons", f"On the left {told[0]}, on the right {told[1]}.",
            ("left.neurons != right.neurons",),
        )  # fmt: skip
    elif one.start != other.start:
        told, claims = [], []
        for side, run in sides.items():
            origins = run.trajectory.start.origins
            low, high = int(origins.argmin()) + 1, int(origins.argmax()) + 1
            place = number(f"{side}.origin({low}, 0)", run.origin(low, 0))
            if low != high:
                place = f"{place} to {number(f'{side}.origin({high}, 0)', run.origin(high, 0))}"
            told.append(place)
            claims += [f"{side}.origin({low}, 0) <= {side}.origin({i}, 0) <= {side}.origin({high}, 0)"
                       for i in range(1, run.neurons + 1)]  # fmt: skip
        yield Difference("the start", f"On the left origins begin from {told[0]}, on the right from {told[1]}.",
                         tuple(claims))  # fmt: skip
    if left.trains_output_bias != right.trains_output_bias:
        side = "left" if left.trains_output_bias else "right"
        yield Difference(
            "the output bias", f"Only on the {side} the output bias is trained.",
            ("left.trains_output_bias != right.trains_output_bias", f"{side}.trains_output_bias"),
        )  # fmt: skip


def _data(sides: Sides, one: Experiment, other: Experiment) -> Iterator[Difference]:
    if one.target != other.target:
        counts = tuple(f"{side}.target_pieces == {run.target_pieces}" for side, run in sides.items())
        yield Difference("the target", "The targets differ.", counts)
    if one.noise != other.noise:
        yield _numbers("the noise", "a noise of", "noise", sides)
    elif one.samples().tolist() != other.samples().tolist():
        counts = tuple(f"{side}.samples == {run.samples}" for side, run in sides.items())
        yield Difference("the samples", "The samples differ.", counts)
    if one.order != other.order and one.batch_size < one.samples_count:
        yield Difference("the samples' order", "The order of the samples differs.",
                         tuple(f"{side}.end == {run.end}" for side, run in sides.items()))  # fmt: skip


def _numbers(name: str, what: str, word: str, sides: Sides) -> Difference:
    told = [number(f"{side}.{word}", getattr(run, word), 3) for side, run in sides.items()]
    return Difference(name, f"On the left {what} {told[0]}, on the right {told[1]}.", (f"left.{word} != right.{word}",))
