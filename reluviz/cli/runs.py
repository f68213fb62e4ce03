"""The commands for runs: list, train, figures, inspect. Each imports what it needs when it runs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from reluviz.cli.console import stdout, theme_option, training_progress

if TYPE_CHECKING:
    from reluviz.core import Experiment, Trajectory
    from reluviz.theme import Theme


_PIECES = 20  # of a target are shown; through data of one's own it may have thousands


@click.command("list")
def list_experiments() -> None:
    """List the article's experiments and the examples.

    \b
    Example:
      reluviz list
    """
    from rich.table import Table

    from reluviz.core import Experiment, example_names, library_names

    table = Table("Name", "Title", "Neurons", "Iterations", box=None, pad_edge=False)
    for name in (*library_names(), *example_names()):
        experiment = Experiment.from_library(name)
        table.add_row(name, experiment.title, str(len(experiment.start)), _limit(experiment))
    for column in table.columns:
        column.no_wrap = True
    stdout().print(table)


@click.command()
@click.argument("names", nargs=-1, metavar="[NAME|FILE.toml]...")
@click.option("--output", type=click.Path(file_okay=False, path_type=Path), default=Path("media/trajectories"),
              show_default=True, help="The folder for the recorded runs.")  # fmt: skip
def train(names: tuple[str, ...], output: Path) -> None:
    """Train experiments and record every update; without a name, all of the article's.

    A run already recorded from the same description is left alone.

    \b
    Examples:
      reluviz train
      reluviz train one-neuron two-neurons
      reluviz train mine.toml --output runs
    """
    from reluviz.core import Experiment, library_names, load_or_train, load_stored, trajectory_path
    from reluviz.core.summary import outcome, recording

    experiments = [Experiment.open(name) for name in names or library_names()]
    for experiment in experiments:
        trajectory = load_stored(experiment, output)
        verb = "up to date" if trajectory else "trained"
        if trajectory is None:
            with training_progress(experiment) as progress:
                trajectory = load_or_train(experiment, output, progress)
        facts = [f"{trajectory.last:,} iterations", outcome(trajectory)]
        if not trajectory.is_dense:
            facts.append(recording(trajectory))
        click.echo(f"{trajectory_path(experiment, output)}: {verb} ({'; '.join(facts)})")


@click.command()
@click.argument("names", nargs=-1, metavar="[NAME|FILE.toml]...")
@theme_option
@click.option("--output", type=click.Path(file_okay=False, path_type=Path), default=Path("media/figures"),
              show_default=True, help="The folder for the pictures.")  # fmt: skip
def figures(names: tuple[str, ...], theme: Theme, output: Path) -> None:
    """Draw the article's figures of runs as PNG: start, end, biases, weights, fit, neurons; without a name, all.

    \b
    Examples:
      reluviz figures
      reluviz figures merging-neurons --theme light --output slides
    """
    from reluviz.core import library_names, load_or_train
    from reluviz.stage.stills import draw_figures

    for name in names or library_names():
        for path in draw_figures(load_or_train(name), theme, output):
            click.echo(str(path))


@click.command()
@click.argument("name", metavar="NAME|FILE|LINK")
@click.option("--json", "as_json", is_flag=True, help="The same as JSON, with all digits.")
def inspect(name: str, as_json: bool) -> None:
    """Show what a run did and what it means: error, each neuron's way, phases, merges, and where it came to rest.

    NAME is one of the article's experiments; FILE an experiment (.toml) or a recorded run (.npz); LINK one from the
    lab.

    \b
    Examples:
      reluviz inspect merging-neurons
      reluviz inspect mine.toml --json
      reluviz inspect media/trajectories/one-neuron.npz
    """
    trajectory = _open_run(name)
    if as_json:
        click.echo(json.dumps(_facts(trajectory), indent=2, ensure_ascii=False, allow_nan=False))
    else:
        _show(trajectory)


def _facts(trajectory: Trajectory) -> dict[str, Any]:
    """All that `inspect --json` says."""
    from reluviz.analysis import analyse
    from reluviz.analysis.printout import as_dict as analysis_as_dict
    from reluviz.core.summary import as_dict

    return as_dict(trajectory) | {"analysis": analysis_as_dict(analyse(trajectory))}


def _show(trajectory: Trajectory) -> None:
    """Prints all that `inspect` says."""
    from rich.table import Table
    from rich.text import Text

    from reluviz.analysis import analyse
    from reluviz.analysis.printout import as_tables
    from reluviz.core.summary import as_dict

    facts, target, console = as_dict(trajectory), trajectory.target, stdout()
    console.print(Text(f"{facts['name']}: {facts['experiment']['title']}", style="bold"))
    console.print(f"{facts['iterations']:,} iterations, {facts['outcome']}; {facts['recording']}")
    console.print(f"Hash of all states: {facts['state_hash']}")
    if facts["overflowed_at"] is not None:
        console.print(f"overflowed at iteration {facts['overflowed_at']:,}: the next update left the range of float64")
    for key, title in (("rms_error", "RMS error over the data"), ("largest_residual", "Largest residual")):
        console.print(f"{title}: {_arrow(facts[key])}")
    if facts["experiment"]["train_output_bias"]:
        console.print(f"Output bias: {_arrow(facts['output_bias'])}")

    table = Table("Neuron", box=None, pad_edge=False, title="Where each neuron went", title_justify="left")
    for column in ("weight", "bias", "origin", "origin's way"):
        table.add_column(column, justify="right")
    for neuron in facts["neurons"]:
        ways = (_arrow(neuron[key]) for key in ("weight", "bias", "origin"))
        span = f"{_number(neuron['origin']['lowest'])} … {_number(neuron['origin']['highest'])}"
        table.add_row(str(neuron["neuron"]), *ways, span)
    console.print(table)

    table = Table("Slope change", box=None, pad_edge=False, title="The target", title_justify="left")
    table.add_column("at", justify="right")
    for weight, origin in zip(target.weights[:_PIECES], target.origins[:_PIECES] + 0.0, strict=True):
        table.add_row(_number(weight), _number(origin))
    if len(target) > _PIECES:
        table.add_row("…", f"({len(target):,} in all)")
    console.print(table)

    for found in as_tables(analyse(trajectory)):
        heads = found.columns or ("",) * len(found.rows[0])
        table = Table(*heads, box=None, pad_edge=False, title=found.title, title_justify="left",
                      show_header=bool(found.columns))  # fmt: skip
        for row in found.rows:
            table.add_row(*row)
        console.print(table)


def _open_run(name: str) -> Trajectory:
    from reluviz.core import Trajectory, TrajectoryError, load_or_train
    from reluviz.lab.link import open_experiment

    if not name.endswith(".npz"):
        return load_or_train(open_experiment(name))
    try:
        return Trajectory.load(Path(name))
    except FileNotFoundError as error:
        raise TrajectoryError(f"{name}: no such file") from error


def _limit(experiment: Experiment) -> str:
    if experiment.iterations == 0:
        return "none"
    if experiment.stop_below is None:
        return f"{experiment.iterations:,}"
    return f"up to {experiment.iterations:,}"


def _arrow(ends: dict[str, float | None]) -> str:
    return f"{_number(ends['start'])} → {_number(ends['end'])}"


def _number(value: float | None) -> str:
    return "beyond float64" if value is None else f"{value:.4g}".replace("-", "−")
