"""What a script is about: its runs and its sweeps, read where they are stored, trained where they are not.

A run is named by its experiment, of which a file of one's own lies beside the script. Or it goes on from one named
before it, from its end or from iteration `at`, by other settings:

    [runs]
    run = "merging-neurons"
    rest = { after = "run", batch_size = "all", iterations = 40000 }
    calm = { after = "run", at = 0, batch_size = "all", iterations = 20000, learning_rate = 0.02 }

Tables [sweeps.NAME] stand beside [runs]:

    [sweeps.rate]
    experiment = "merging-neurons"                 # of which all runs are
    iterations = 60000                             # settings in place of its own: iterations, order, batch_size
    runs = 1000                                    # at each point of the grid
    vary = ["start.origins=random:0..3"]           # as `reluviz sweep` reads them
    grid = ["learning_rate=0.01,0.02,0.03"]
    looks = 400                                    # record the paths of all runs, at about so many moments
    whole = true                                   # record each run, for .run(...)

`stop_below` does not count: every run makes all its updates.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reluviz.core import Experiment, Trajectory, load_or_train
from reluviz.core.keys import ORDERS
from reluviz.core.table import ExperimentError
from reluviz.story.beats import known_keys
from reluviz.story.script import Script
from reluviz.story.template import ScriptError

if TYPE_CHECKING:
    from reluviz.story.vocabulary.sweeps import SweepFacts
    from reluviz.sweep.description import Sweep

FOLDER = Path("media/sweeps/films")
"""Where the sweeps of films are kept: apart from those of your own, so that they can be made anew."""


def gather(
    script: Script, run_of: Callable[[Experiment | str], Trajectory] = load_or_train, folder: Path = FOLDER
) -> tuple[dict[str, Trajectory], dict[str, SweepFacts]]:
    """The runs and the sweeps that `script` speaks of, by name, for `script.tell`.

    run_of: gives the run of an experiment, or of a name in the library or a path. folder: where sweeps are kept.
    Raises ScriptError for a run's or a sweep's table that does not fit.
    """
    sweeps = {name: _sweep(table, script, f"{script.name}, sweep {name}") for name, table in script.sweeps.items()}
    runs: dict[str, Trajectory] = {}
    for name, described in script.runs.items():
        runs[name] = run_of(_going_on(described, runs, script, name))
    return runs, {name: _swept(sweep, script.sweeps[name], folder) for name, sweep in sweeps.items()}


def _named(experiment: str, script: Script) -> str:
    """An experiment's name; of a file, its path from here."""
    return str(script.folder / experiment) if experiment.endswith(".toml") else experiment


def _going_on(described: Any, runs: Mapping[str, Trajectory], script: Script, name: str) -> Experiment | str:
    """The experiment that an entry of [runs] names, or describes as one that goes on from another run."""
    if isinstance(described, str):
        return _named(described, script)
    where = f"{script.name}, run {name}"
    known_keys(described, {"after", "at", "batch_size", "iterations", "learning_rate"}, where)
    after = described.get("after")
    if after not in runs:
        raise ScriptError(f"{where}: after = {after!r} is no run named before; {', '.join(runs) or 'none'} are")
    before = runs[after]
    settings = {key: described[key] for key in described if key not in ("after", "at")}
    changed = {**before.experiment.to_dict(), **settings}
    changed.pop("stop_below", None)
    at = described.get("at", before.last)
    if isinstance(at, bool) or not isinstance(at, int) or not 0 <= at <= before.last:
        raise ScriptError(f"{where}: at = {at!r} is no iteration of {after}, which has 0 to {before.last}")
    changed["start"] = before.network_at(at).to_dict()
    try:
        return Experiment.from_dict(changed, name=f"{before.name}-{name}", source=where)
    except ExperimentError as mistake:
        raise ScriptError(str(mistake)) from mistake


def _swept(sweep: Sweep, table: Mapping[str, Any], folder: Path) -> SweepFacts:
    from reluviz.story.vocabulary.sweeps import SweepFacts  # here, since SciPy takes a second
    from reluviz.sweep.execute import run_sweep
    from reluviz.sweep.paths import even_looks, load_or_record, load_or_train_run

    paths, whole = None, []
    if looks := table.get("looks"):
        paths = load_or_record(sweep, even_looks(sweep.experiment, looks), folder)
    if table.get("whole"):
        whole = [load_or_train_run(sweep, number, folder) for number in range(sweep.total)]
    return SweepFacts(run_sweep(sweep, folder), paths, tuple(whole))


def _sweep(table: Any, script: Script, where: str) -> Sweep:
    """The sweep that a table describes; `where` begins the messages. Raises ScriptError."""
    from reluviz.sweep.options import read_sweep
    from reluviz.sweep.ways import SweepError

    if not isinstance(table, Mapping) or not {"experiment", "runs"} <= set(table):
        raise ScriptError(f'{where}: expected a table with experiment = "merging-neurons", runs = 1000 and so on')
    for key, value in table.items():
        if key not in _FITS:
            raise ScriptError(f"{where}: unknown key {key}; known are {', '.join(_FITS)}")
        if not _FITS[key](value):
            raise ScriptError(f"{where}: {key} = {value!r} does not fit")
    try:
        settings = {key: table[key] for key in ("iterations", "order") if key in table}
        experiment = replace(Experiment.open(_named(table["experiment"], script)), stop_below=None, **settings)
        if size := table.get("batch_size"):
            experiment = replace(experiment, batch_size=experiment.samples_count if size == "all" else size)
        return read_sweep(experiment, table["runs"], table.get("vary", ()), table.get("grid", ()))
    except (ExperimentError, SweepError) as mistake:
        raise ScriptError(f"{where}: {mistake}") from mistake


def _count(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value > 0


def _texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(text, str) for text in value)


_FITS: Mapping[str, Callable[[Any], bool]] = {
    "experiment": lambda value: isinstance(value, str),
    "runs": _count,
    "vary": _texts,
    "grid": _texts,
    "iterations": _count,
    "order": lambda value: value in ORDERS,
    "batch_size": lambda value: value == "all" or _count(value),
    "looks": _count,
    "whole": lambda value: isinstance(value, bool),
}
