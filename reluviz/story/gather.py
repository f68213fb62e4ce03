"""The sweeps that a script names, in tables beside [runs]:

    [sweeps.rate]
    experiment = "merging-neurons"                 # of which all runs are
    iterations = 60000                             # settings in place of its own: iterations, order, batch_size
    runs = 1000                                    # at each point of the grid
    vary = ["start.origins=random:0..3"]           # as `reluviz sweep` reads them
    grid = ["learning_rate=0.01,0.02,0.03"]

`stop_below` does not count: every run makes all its updates.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from reluviz.core import Experiment
from reluviz.core.keys import ORDERS
from reluviz.core.table import ExperimentError
from reluviz.story.template import ScriptError
from reluviz.sweep.description import Sweep
from reluviz.sweep.execute import run_sweep
from reluviz.sweep.options import read_sweep
from reluviz.sweep.store import DIRECTORY, SweepResult
from reluviz.sweep.ways import SweepError

FOLDER = DIRECTORY / "films"
"""Where the sweeps of films are kept: apart from those of your own, so that they can be made anew."""

_KEYS = ("experiment", "runs", "vary", "grid", "iterations", "order", "batch_size")

Sweeper = Callable[[Sweep], SweepResult]
"""Gives the results of a sweep; `of_films` is one."""


def of_films(sweep: Sweep) -> SweepResult:
    """The sweep's results from FOLDER, trained where needed."""
    return run_sweep(sweep, FOLDER)


def read_described(description: Any, where: str) -> Sweep:
    """The sweep that a script's table describes; `where` begins the messages. Raises ScriptError."""
    if not isinstance(description, Mapping) or not {"experiment", "runs"} <= set(description):
        raise ScriptError(f'{where}: expected a table with experiment = "merging-neurons", runs = 1000 and so on')
    for key, value in description.items():
        if key not in _KEYS:
            raise ScriptError(f"{where}: unknown key {key}; known are {', '.join(_KEYS)}")
        fits = {
            "experiment": isinstance(value, str),
            "runs": _whole(value),
            "iterations": _whole(value),
            "order": value in ORDERS,
            "batch_size": value == "all" or _whole(value),
        }.get(key, isinstance(value, list) and all(isinstance(text, str) for text in value))
        if not fits:
            raise ScriptError(f"{where}: {key} = {value!r} does not fit")
    try:
        settings = {key: description[key] for key in ("iterations", "order") if key in description}
        experiment = replace(Experiment.open(description["experiment"]), stop_below=None, **settings)
        if size := description.get("batch_size"):
            experiment = replace(experiment, batch_size=experiment.samples_count if size == "all" else size)
        return read_sweep(experiment, description["runs"], description.get("vary", ()), description.get("grid", ()))
    except (ExperimentError, SweepError) as mistake:
        raise ScriptError(f"{where}: {mistake}") from mistake


def _whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value > 0
