"""What differs between two experiments, each difference as a name, a sentence and its claims."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from reluviz.core import Experiment
from reluviz.story.unscripted.draft import number, plural
from reluviz.story.vocabulary.facts import Facts

Sides = dict[str, Facts]

_ORDERS = {"cycle": "in one order, again and again", "shuffle": "in a new order each time"}


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
            first, last = (number(f"{side}.origin({i}, 0)", run.origin(i, 0)) for i in (low, high))
            told.append(f"between {first} and {last}" if low != high else f"at {first}")
            claims += [f"{side}.origin({low}, 0) <= {side}.origin({i}, 0) <= {side}.origin({high}, 0)"
                       for i in range(1, run.neurons + 1)]  # fmt: skip
        yield Difference("the start", f"On the left origins start {told[0]}, on the right {told[1]}.",
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
        told = [f"{{{side}.target_pieces:words}} {plural(run.target_pieces, 'piece')}" for side, run in sides.items()]
        yield Difference("the target", f"On the left a target of {told[0]}, on the right one of {told[1]}.", counts)
    if one.noise != other.noise:
        yield _numbers("the noise", "a noise of", "noise", sides)
    elif one.samples().tolist() != other.samples().tolist():
        counts = tuple(f"{side}.samples == {run.samples}" for side, run in sides.items())
        told = [f"{{{side}.samples}}" for side in sides]
        yield Difference("the samples", f"On the left {told[0]} samples, on the right {told[1]} others.", counts)
    if one.order != other.order and one.batch_size < one.samples_count:
        told = [_ORDERS[run.order] for run in sides.values()]
        yield Difference("the samples' order", f"On the left samples come {told[0]}, on the right {told[1]}.",
                         tuple(f"{side}.order == '{run.order}'" for side, run in sides.items()))  # fmt: skip


def _numbers(name: str, what: str, word: str, sides: Sides) -> Difference:
    told = [number(f"{side}.{word}", getattr(run, word), 3) for side, run in sides.items()]
    return Difference(name, f"On the left {what} {told[0]}, on the right {told[1]}.", (f"left.{word} != right.{word}",))
