"""From a parsed description to the fields of an experiment: all mistakes at once, a line each.

Files and random starts become numbers here, so that what is kept, compared and sent on knows numbers only.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from reluviz.core import keys
from reluviz.core.network import ReluNetwork
from reluviz.core.optimizer import SETTINGS, Optimizer
from reluviz.core.own_data import Points, check_points, polyline, read_csv
from reluviz.core.table import LARGEST, Table
from reluviz.core.targets import SHAPES, shape

MOST_DRAWN = 64
"""Neurons of a random start at most, as in a sweep."""

_NETWORK = ("weights", "biases", "output_bias")
_NOTHING = ReluNetwork(np.zeros(1), np.zeros(1))  # stands for what cannot be read, until all mistakes are told
_NARROWEST = 1e-9  # of a range, as part of the larger of its ends: samples need room for different numbers


def read_fields(description: Mapping[str, Any], name: str, source: str, folder: Path | None) -> dict[str, Any]:
    """The fields of Experiment, by name. folder: where files named in it are; None: none may be.

    Raises ExperimentError with a line for each mistake.
    """
    root = Table(description, source, "", keys.WISHES)
    fields: dict[str, Any] = {"name": name, "title": root.text("title", name)}
    fields |= {key.name: key.read(root, key.name) for key in keys.TRAINING}
    fields["optimizer"] = _optimizer(root.table("optimizer", optional=True))
    target, start = root.table("target", optional=True), root.table("start", _NETWORK)
    data = root.table("data", ("low", "high", "samples", "seed"))
    fields |= _data(data, folder)
    fields["start"] = _start(start)
    fields["target"] = _target(root, target, data, fields)
    fields["batch_size"] = _batch_size(root, data, fields)
    root.finish()
    return fields


def _optimizer(table: Table) -> Optimizer:
    found = {key.name: key.read(table, key.name) for key in keys.OPTIMIZER}
    fitting = SETTINGS[found["name"]]
    for key in table.values:
        if key in found and key != "name" and key not in fitting:
            expected = f"nothing but {', '.join(('name', *fitting))}"
            table.wrong(key, f'given beside name = "{found["name"]}"', expected)
    return Optimizer(found["name"], **{key: found[key] for key in fitting})


def _data(table: Table, folder: Path | None) -> dict[str, Any]:
    """low, high, samples_count, seed, noise, points."""
    noise = table.number("noise", default=0.0, at_least=0.0)
    if "points" not in table and "file" not in table:
        low, high = table.number("low"), table.number("high")
        count, seed = table.integer("samples", 1, keys.MOST_SAMPLES), table.integer("seed", 0, keys.SEEDS)
        table.allow("points", "file")
        _check_range(table, low, high)
        return {"low": low, "high": high, "samples_count": count, "seed": seed, "noise": noise, "points": None}
    points = _points(table, folder)
    table.allow("low", "high", "samples", "seed")
    if "samples" in table:
        table.wrong("samples", "given beside points of your own", "no such key: there are as many as points")
    low, high = min((x for x, _ in points), default=0.0), max((x for x, _ in points), default=1.0)
    given = [table.number(key, default=own) for key, own in (("low", low), ("high", high))]
    if table.fits("points", "file", "low", "high") and not given[0] <= low < high <= given[1]:
        outside = "low" if given[0] > low else "high"
        table.wrong(outside, f"{given[outside == 'high']:g} leaves points out", "a range that holds all points")
    _check_range(table, *given)
    seed = table.integer("seed", 0, keys.SEEDS, 0)
    return {"low": given[0], "high": given[1], "samples_count": len(points), "seed": seed, "noise": noise,
            "points": points}  # fmt: skip


def _check_range(table: Table, low: float, high: float) -> None:
    if not table.fits("low", "high", "points", "file"):
        return
    if not high > low:
        table.wrong("high", f"{high:g} is not above low", f"a number above {low:g}")
    elif high - low < _NARROWEST * max(abs(low), abs(high), _NARROWEST):
        table.wrong("high", f"{high!r} is too close to low", f"a number clearly above {low!r}")


def _points(table: Table, folder: Path | None) -> Points:
    if "points" in table and "file" in table:
        table.allow("points", "file")
        table.wrong("file", "given beside points", "either points or a file")
        return ()
    if "points" in table:
        table.allow("file")
        points = table.points("points", "a list of points [x, y]")
        check_points(table, "points", points)
        return tuple(points)
    table.allow("points")
    file = table.text("file")
    if not table.fits("file"):
        return ()
    if folder is None:
        table.wrong("file", "a description without a folder names no files", "points")
        return ()
    points = read_csv(table, "file", folder / file)
    check_points(table, "file", points)
    return tuple(points)


def _network(table: Table) -> ReluNetwork:
    weights, biases = table.numbers("weights"), table.numbers("biases")
    output_bias = table.number("output_bias", default=0.0)
    if table.fits("weights", "biases") and len(weights) != len(biases):
        table.wrong("biases", f"{len(biases)} numbers for {len(weights)} weights", "one bias for each weight")
    if not table.fits(*_NETWORK):
        return _NOTHING
    return ReluNetwork(np.array(weights), np.array(biases), output_bias)


def _start(table: Table) -> ReluNetwork:
    table.allow(*_NETWORK, "random")
    if "random" not in table:
        return _network(table)
    beside = [key for key in ("weights", "biases") if key in table]
    if beside:
        table.wrong(beside[0], "given beside random", "either random or weights and biases")
    output_bias = table.number("output_bias", default=0.0)
    random = table.table("random")
    n = random.integer("neurons", 1, MOST_DRAWN)
    origins, weights = random.range("origins"), random.range("weights")
    stream = np.random.RandomState(random.integer("seed", 0, keys.SEEDS))
    drawn = stream.uniform(*weights, n), stream.uniform(*origins, n)
    return ReluNetwork(drawn[0], -drawn[1] + 0.0, output_bias)


def _target(root: Table, table: Table, data: Table, fields: Mapping[str, Any]) -> ReluNetwork:
    table.allow(*_NETWORK, "points", "shape")
    range_known = data.fits("low", "high", "points", "file")
    own: Points | None = fields["points"]
    if "target" not in root:
        if own is None:
            root.wrong("target", "missing", f"a table [target] with {', '.join((*_NETWORK, 'points', 'shape'))}")
            return _NOTHING
        key = "file" if "file" in data else "points"
        return _through(data, key, own) if range_known else _NOTHING
    if not table.values:
        if root.fits("target"):
            table.wrong("weights", "missing", "weights and biases, or points = [[x, y], ...]")
        return _NOTHING
    way = "shape" if "shape" in table else "points" if "points" in table else ""
    beside = [key for key in (*_NETWORK, "points") if key in table and way not in ("", key)]
    if beside:
        whole = "a shape or the target's own numbers" if way == "shape" else "points or weights and biases"
        table.wrong(beside[0], f"given beside {way}", f"either {whole}")
    if way == "shape":
        name = table.choice("shape", SHAPES)
        return shape(name, fields["low"], fields["high"]) if range_known else _NOTHING
    if way == "points":
        return _through(table, way, tuple(table.points(way, "a list of points [x, y] with increasing x")), sort=False)
    return _network(table)


def _through(table: Table, key: str, points: Points, sort: bool = True) -> ReluNetwork:
    """The polyline as a network, or a mistake of `key`."""
    if not table.fits(key):
        return _NOTHING
    try:
        network = polyline(points) if sort else ReluNetwork.through(points)
    except ValueError as error:
        table.wrong(key, str(error), "a list of points [x, y] with increasing x")
        return _NOTHING
    if np.abs(network.weights).max() > LARGEST:
        table.wrong(key, "too steep", f"slopes up to {LARGEST:g}")
    return network


def _batch_size(root: Table, data: Table, fields: Mapping[str, Any]) -> int:
    wanted, count = fields["batch_size"], fields["samples_count"]
    if wanted == "all":
        return int(count)
    if wanted > count and root.fits("batch_size", "data") and data.fits("samples", "points", "file"):
        root.wrong("batch_size", f"{wanted:,} of {count:,} samples", f'a whole number from 1 to {count:,}, or "all"')
    return int(wanted)
