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
from reluviz.core.keys import MOST_ITERATIONS, TRAINING
from reluviz.core.table import ExperimentError, Table, shown
from reluviz.story.script import Script
from reluviz.story.template import ScriptError

if TYPE_CHECKING:
    from reluviz.story.vocabulary.sweeps import SweepFacts
    from reluviz.sweep.description import Sweep

_SETTINGS = [key for key in TRAINING if key.name in ("iterations", "order", "batch_size")]

FOLDER = Path("media/sweeps/films")
"""Where the sweeps of films are kept: apart from those of your own, so that they can be made anew."""


def gather(
    script: Script, run_of: Callable[[Experiment | str], Trajectory] = load_or_train, folder: Path = FOLDER
) -> tuple[dict[str, Trajectory], dict[str, SweepFacts]]:
    """The runs and the sweeps that `script` speaks of, by name, for `script.tell`.

    run_of: gives the run of an experiment, or of a name in the library or a path. folder: where sweeps are kept.
    Raises ScriptError for a run's or a sweep's table that does not fit.
    """
    sweeps = {name: _described(script, name) for name in script.sweeps}
    runs: dict[str, Trajectory] = {}
    for name, described in script.runs.items():
        runs[name] = run_of(_going_on(described, runs, script, name))
    return runs, {name: _swept(*one, folder) for name, one in sweeps.items()}


def experiments_of(script: Script) -> list[str]:
    """The experiments that a script names, by name or path, sorted."""
    runs = [run for run in script.runs.values() if isinstance(run, str)]
    swept = [table["experiment"] for table in script.sweeps.values() if isinstance(table, Mapping)
             and isinstance(table.get("experiment"), str)]  # fmt: skip
    return sorted({_named(one, script) for one in (*runs, *swept)})


def _named(experiment: str, script: Script) -> str:
    """An experiment's name; of a file, its path from here."""
    return str(script.folder / experiment) if experiment.endswith(".toml") else experiment


def _going_on(described: Any, runs: Mapping[str, Trajectory], script: Script, name: str) -> Experiment | str:
    """The experiment that an entry of [runs] names, or describes as one that goes on from another run."""
    if isinstance(described, str):
        return _named(described, script)
    where = f"{script.name}, run {name}"
    tables = Table({name: described}, script.name, "runs.")
    table = tables.table(name, ("after",))
    table.allow("batch_size", "iterations", "learning_rate")  # which are read with the experiment
    after = table.text("after")
    before = runs.get(after)
    if before is None:
        table.wrong("after", f"{shown(after)} is no run named before", " or ".join(runs) or "one above it")
    at = 0 if before is None else table.integer("at", 0, before.last, before.last)
    tables.finish(ScriptError)
    assert before is not None  # else `finish` has told of it
    settings = {key: value for key, value in described.items() if key not in ("after", "at")}
    changed = {**before.experiment.to_dict(), **settings, "start": before.network_at(at).to_dict()}
    changed.pop("stop_below", None)
    try:
        return Experiment.from_dict(changed, name=f"{before.name}-{name}", source=where)
    except ExperimentError as mistake:
        raise ScriptError(str(mistake)) from mistake


def _described(script: Script, name: str) -> tuple[Sweep, int, bool]:
    """The sweep of that name, how many looks are recorded, and whether each run is. Raises ScriptError."""
    from reluviz.sweep.description import MOST_RUNS
    from reluviz.sweep.options import read_sweep
    from reluviz.sweep.ways import SweepError

    tables = Table({name: script.sweeps[name]}, script.name, "sweeps.")
    table = tables.table(name)
    named, runs = table.text("experiment"), table.integer("runs", 1, MOST_RUNS)
    vary, grid, whole = table.texts("vary"), table.texts("grid"), table.flag("whole", False)
    looks = table.integer("looks", 1, MOST_ITERATIONS) if "looks" in table else 0
    settings = {key.name: key.read(table, key.name) for key in _SETTINGS if key.name in table}
    table.allow("looks", *(key.name for key in _SETTINGS))
    tables.finish(ScriptError)
    try:
        experiment = replace(Experiment.open(_named(named, script)), **{**settings, "stop_below": None})
        if settings.get("batch_size") == "all":
            experiment = replace(experiment, batch_size=experiment.samples_count)
        return read_sweep(experiment, runs, vary, grid), looks, whole
    except (ExperimentError, SweepError) as mistake:
        raise ScriptError(f"{script.name}: sweeps.{name}: {mistake}") from mistake


def _swept(sweep: Sweep, looks: int, whole: bool, folder: Path) -> SweepFacts:
    from reluviz.story.vocabulary.sweeps import SweepFacts  # here, since SciPy takes a second
    from reluviz.sweep.execute import run_sweep
    from reluviz.sweep.paths import even_looks, load_or_record, load_or_train_run

    paths = load_or_record(sweep, even_looks(sweep.experiment, looks), folder) if looks else None
    runs = tuple(load_or_train_run(sweep, number, folder) for number in range(sweep.total)) if whole else ()
    return SweepFacts(run_sweep(sweep, folder), paths, runs)
