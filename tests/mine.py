"""The small experiment of one's own that tests write: one neuron learns y = x."""

from __future__ import annotations

import json
import re

MINE = """title = "Mine"
learning_rate = 0.02
iterations = 40
[target]
points = [[0, 0], [1, 1]]
[start]
weights = [0.5]
biases = [0]
[data]
low = 0
high = 1
samples = 20
seed = 1
"""


def mine(**values: object) -> str:
    """MINE with other values: of title, learning_rate, iterations, points, weights, biases or a key of [data]."""
    text = MINE
    for key, value in values.items():
        text, found = re.subn(rf"(?m)^{key} = .*$", f"{key} = {json.dumps(value)}", text)
        assert found == 1, key
    return text
