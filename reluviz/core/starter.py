"""An experiment as a TOML file with comments: something to start from, for who has never written one."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from textwrap import wrap
from typing import Any

from reluviz.core import keys
from reluviz.core.experiment import Experiment
from reluviz.core.table import ExperimentError
from reluviz.files import write_whole

_OPTIMIZER = "How steps follow from gradients."
_TARGET = (
    "What the network is to learn. Given as a network itself: a weight is by how much the slope changes at -bias. Or, "
    "in place of weights and biases, by points: points = [[0, 0], [1, 2], [4, 0]]. Or by a name: "
    'shape = "abs", "tent", "staircase" or "sine", fitted to the range of the data.'
)
_START = (
    "The network before training: one weight and one bias for each neuron, one to eight of them. A neuron begins to "
    "act at -bias, its origin. Or drawn: random = { neurons = 4, origins = [0, 4], weights = [0, 0.1], seed = 3 }."
)
_DATA = (
    "The data: so many random samples from low to high, drawn by a seed; noise is the standard deviation of what is "
    'added to the target\'s values there. Or samples of your own: points = [[x, y], ...], or file = "mine.csv".'
)


def commented_toml(experiment: Experiment) -> str:
    """The description of `experiment` with a comment for each key; reading it gives this very experiment."""
    described = experiment.to_dict()
    lines = ["# An experiment for reluviz. Change what you like, then: reluviz explain THIS-FILE.toml"]
    lines += [f"title = {_toml(experiment.title)}", "", *_commented(keys.TRAINING, described)]
    lines += ["", *_comment(_OPTIMIZER), "[optimizer]"]
    lines += _commented([key for key in keys.OPTIMIZER if key.name in described["optimizer"]], described["optimizer"])
    for table, comment in (("target", _TARGET), ("start", _START), ("data", _DATA)):
        lines += ["", *_comment(comment), f"[{table}]"]
        lines += [f"{key} = {_toml(value)}" for key, value in described[table].items()]
    return "\n".join(lines) + "\n"


def _commented(some: Sequence[keys.Key], values: Mapping[str, Any]) -> list[str]:
    """For each key its comment and its value; one that may be left out, and is, as a comment."""
    lines = []
    for key in some:
        lines += _comment(key.comment)
        lines.append(f"{key.name} = {_toml(values[key.name])}" if key.name in values else f"# {key.name} = 0.1")
    return lines


def _comment(text: str) -> list[str]:
    return wrap(text, 118, initial_indent="# ", subsequent_indent="# ")


def _toml(value: Any) -> str:
    """A value as TOML writes it: text, numbers, truth, and lists of such."""
    if isinstance(value, float):
        return repr(value)
    if isinstance(value, list):
        return f"[{', '.join(map(_toml, value))}]"
    return json.dumps(value, ensure_ascii=False)


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
