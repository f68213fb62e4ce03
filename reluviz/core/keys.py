"""The keys of an experiment's training and of its optimiser, each spelled here alone.

Reading, writing and the commented file to start from are driven by these tables.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from reluviz.core.optimizer import OPTIMIZERS
from reluviz.core.table import Table, shown

ORDERS = ("cycle", "shuffle")
MOST_ITERATIONS = 10**9
MOST_SAMPLES = 10**7
SEEDS = 2**32 - 1


@dataclass(frozen=True)
class Key:
    """One key. name: in its table, and of the field of Experiment (or Optimizer). read: checks its value in a table."""

    name: str
    read: Callable[[Table, str], Any]
    comment: str


def _batch_size(table: Table, key: str) -> Any:
    """A whole number, or "all"; whether there are so many samples is seen when the data are known."""
    if table.values.get(key) == "all":
        table.allow(key)
        return "all"
    if isinstance(table.values.get(key), str):
        table.allow(key)
        table.wrong(key, f"{shown(table.values[key])} does not fit", 'a whole number from 1, or "all"')
        return 1
    return table.integer(key, 1, MOST_SAMPLES, 1)


def _order(table: Table, key: str) -> str:
    if table.values.get(key) == "full-batch":
        table.allow(key)
        table.wrong(key, "'full-batch' is now a batch of its own size", 'batch_size = "all" in place of it')
        return "cycle"
    return table.choice(key, ORDERS, "cycle")


TRAINING = (
    Key("learning_rate", lambda table, key: table.number(key, above=0.0),
        "How large the steps are: plain steps move weights and biases by 2 * learning_rate * residual * gradient."),
    Key("iterations", lambda table, key: table.integer(key, 0, MOST_ITERATIONS), "How many updates are made at most."),
    Key("stop_below", lambda table, key: table.number(key, above=0.0, default=None),
        "An epoch that ends with every |residual| below this is the last; leave it out to make all iterations."),
    Key("order", _order,
        '"cycle": the data in the order drawn, again and again. "shuffle": in a new order each epoch.'),
    Key("batch_size", _batch_size,
        'How many samples an update follows, by their mean gradient: 1, 2, ... or "all" of them.'),
    Key("train_output_bias", lambda table, key: table.flag(key, False),
        "Whether the output bias (it lifts the whole graph) is trained as well."),
)  # fmt: skip

OPTIMIZER = (
    Key("name", lambda table, key: table.choice(key, OPTIMIZERS, "sgd"),
        '"sgd": plain steps. "momentum" and "nesterov": steps with memory. "adam": steps of like length for all.'),
    Key("momentum", lambda table, key: table.number(key, default=0.9, at_least=0.0, below=1.0),
        "Which part of the last step is kept."),
    Key("beta1", lambda table, key: table.number(key, default=0.9, at_least=0.0, below=1.0),
        "Which part of the mean of past gradients is kept."),
    Key("beta2", lambda table, key: table.number(key, default=0.999, at_least=0.0, below=1.0),
        "Which part of the mean of their squares is kept."),
    Key("epsilon", lambda table, key: table.number(key, default=1e-8, above=0.0),
        "Added to the root of that mean, so that nothing is divided by 0."),
)  # fmt: skip

_MOVED = "it has another place"
WISHES: dict[str, tuple[str, str]] = {
    # key: (why it cannot be had, what comes nearest)
    **dict.fromkeys(("activation", "activations"), (
        "every neuron is relu(x + b), whose bends can be seen",
        'a target that straight pieces come close to, such as shape = "sine"')),
    **dict.fromkeys(("layers", "layer", "hidden", "hidden_layers", "depth"), (
        "a network has one hidden layer here", "more neurons in it: more weights and biases in [start]")),
    **dict.fromkeys(("inputs", "input", "input_size", "features", "dimensions", "outputs"), (
        "a network has one input x and one output here, so that all of it can be drawn",
        "pairs [x, y] as points of [data]")),
    "input_weights": ("input weights are 1, as in the article", "a weight for the slope, a bias for the place"),
    **dict.fromkeys(("neurons", "width", "units"), (
        "neurons are counted in [start]", "as many weights and biases there, or random = { neurons = ... }")),
    **dict.fromkeys(("loss", "error"), ("the error is the squared residual, as in the article", "no such key")),
    **dict.fromkeys(("epochs", "epoch"), ("runs are counted in updates", "iterations, samples / batch_size an epoch")),
    **dict.fromkeys(("lr", "step_size", "rate"), ("it has another name", "learning_rate")),
    **dict.fromkeys(("weight_decay", "dropout", "regularization", "l1", "l2"), (
        "steps follow the error alone", "fewer neurons in [start], or a larger batch_size")),
    **dict.fromkeys(("schedule", "scheduler", "decay", "warmup"), (
        "the step size stays the same for all of a run", "a smaller learning_rate, or [optimizer]")),
    **dict.fromkeys(("momentum", "beta1", "beta2", "betas", "epsilon"), (_MOVED, "[optimizer] with name and the rest")),
    **dict.fromkeys(("seed", "samples", "noise", "points", "file"), (_MOVED, "[data]")),
}  # fmt: skip
"""Keys at the top of a description that somebody may well try."""
