"""An experiment as a TOML file with comments: something to start from, for who has never written one."""

from __future__ import annotations

import json
from pathlib import Path

from reluviz.core.experiment import Experiment
from reluviz.core.table import ExperimentError
from reluviz.files import write_whole


def commented_toml(experiment: Experiment) -> str:
    """The description of `experiment` with a comment for each key; reading it gives this very experiment."""
    target, start = experiment.target, experiment.start
    stop = experiment.stop_below
    return f"""\
# An experiment for reluviz. Change what you like, then: reluviz explain THIS-FILE.toml
title = {_text(experiment.title)}

# How large the steps are: weights and biases move by 2 * learning_rate * residual * gradient.
learning_rate = {experiment.learning_rate!r}
# How many updates are made at most.
iterations = {experiment.iterations}
# An epoch that ends with every |residual| below this is the last; leave it out to make all iterations.
{"# stop_below = 0.1" if stop is None else f"stop_below = {stop!r}"}
# "cycle": the data in the order drawn, again and again. "shuffle": in a new order each epoch. "full-batch": each
# update follows the mean gradient over all data, so there is no noise of single samples.
order = {_text(experiment.order)}
# Whether the output bias (it lifts the whole graph) is trained as well.
train_output_bias = {str(experiment.train_output_bias).lower()}

# What the network is to learn. Given as a network itself: a weight is by how much the slope changes at -bias. Or, in
# place of weights and biases, by points: points = [[0, 0], [1, 2], [4, 0]]. Or by a name: shape = "abs", "tent",
# "staircase" or "sine", fitted to the range of the data.
[target]
weights = {target.weights.tolist()}
biases = {target.biases.tolist()}
output_bias = {target.output_bias!r}

# The network before training: one weight and one bias for each neuron, one to eight of them. A neuron begins to act
# at -bias, its origin.
[start]
weights = {start.weights.tolist()}
biases = {start.biases.tolist()}
output_bias = {start.output_bias!r}

# The data: so many random numbers from low to high. Another seed draws others.
[data]
low = {experiment.low!r}
high = {experiment.high!r}
samples = {experiment.samples_count}
seed = {experiment.seed}
"""


def write_new(path: Path, like: Experiment) -> None:
    """Writes a commented description of `like` to `path`, whole or not at all.

    Raises ExperimentError where there is such a file already or its name does not end in .toml, FileError where it
    cannot be written.
    """
    if path.suffix != ".toml":
        raise ExperimentError(f"{path}: expected a name that ends in .toml")
    if path.exists():
        raise ExperimentError(f"{path}: there is such a file already; expected a new name")
    write_whole(path, commented_toml(like))


def _text(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
