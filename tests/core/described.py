"""A good description, and others that differ from it in one place."""

import copy
from typing import Any

from reluviz.core import Experiment

GOOD: dict[str, Any] = {
    "title": "Mine",
    "learning_rate": 0.01,
    "iterations": 100,
    "target": {"weights": [2, -1.5], "biases": [0, -1]},
    "start": {"weights": [0.1], "biases": [0.0]},
    "data": {"low": 0, "high": 4, "samples": 10, "seed": 7},
}
REMOVED = object()
DRAWN = {"neurons": 3, "origins": [0, 4], "weights": [0, 0.1], "seed": 3}


def changed(path: str, value: Any) -> dict[str, Any]:
    description = copy.deepcopy(GOOD)
    *tables, key = path.split(".")
    table = description
    for name in tables:
        table = table[name]
    if value is REMOVED:
        del table[key]
    else:
        table[key] = value
    return description


def read(description: dict[str, Any]) -> Experiment:
    return Experiment.from_dict(description, name="mine", source="mine.toml")
