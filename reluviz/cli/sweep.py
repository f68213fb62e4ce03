"""The command for many runs at once: sweep. It imports what it needs when it runs."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from reluviz.cli.console import theme_option

if TYPE_CHECKING:
    from reluviz.sweep.description import Sweep
    from reluviz.sweep.tally import Tally
    from reluviz.theme import Theme


@click.command()
@click.argument("name", metavar="NAME|FILE.toml")
@click.option("--runs", type=int, required=True, help="Runs at each point of the grid, each from its own draws.")
@click.option("--vary", multiple=True, metavar="KEY=WAY", help="What all runs have in place of the experiment's own.")
@click.option("--grid", multiple=True, metavar="KEY=WAY,…", help="An axis: the runs are made for each of its values.")
@click.option("--seed", type=int, default=0, show_default=True, help="Of the draws.")
@click.option("--output", type=click.Path(file_okay=False, path_type=Path), default=Path("media/sweeps"),
              show_default=True, help="The folder for the results.")  # fmt: skip
@click.option("--map", "picture", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE.png",
              help="Draw the outcomes over a grid of two axes of numbers.")  # fmt: skip
@theme_option
@click.option("--cluster", metavar="ADDRESS", help="Train on this Dask cluster, such as tcp://host:8786.")
@click.option("--json", "as_json", is_flag=True, help="The summary as JSON, with all digits.")
def sweep(
    name: str, runs: int, vary: tuple[str, ...], grid: tuple[str, ...], seed: int, output: Path, picture: Path | None,
    theme: Theme, cluster: str | None, as_json: bool,
) -> None:  # fmt: skip
    """Train very many runs of an experiment and count how they end.

    \b
    KEY   learning_rate, batch_size, optimizer.name (and .momentum, .beta1, .beta2), neurons,
          order, data.seed, data.noise, start.weights, start.biases or start.origins; the
          last three also of one neuron alone: start.origins.2
    WAY   a number; a name (order=shuffle); random:LOW..HIGH, uniform, anew for each run and neuron;
          even:LOW..HIGH, from the first neuron to the last; in --grid also
          LOW..HIGH:COUNT, so many numbers

    Stopped at any moment, the same command goes on where it was. The results are one .npz file with the whole
    description inside (docs/sweeps.md).

    \b
    Examples:
      reluviz sweep merging-neurons --runs 1000 --vary start.origins=random:0..3
      reluviz sweep mine.toml --runs 500 --vary start.biases=random:-3..0 --grid learning_rate=0.01,0.02,0.03
      reluviz sweep merging-neurons --runs 200 --grid start.origins=random:0..1,random:0..2,random:0..3
      reluviz sweep merging-neurons --runs 1 --map map.png \\
          --grid start.origins.2=0..3:128 --grid start.origins.3=0..3:128
    """
    from reluviz.core import Experiment
    from reluviz.sweep.execute import run_sweep
    from reluviz.sweep.options import read_sweep
    from reluviz.sweep.store import sweep_path
    from reluviz.sweep.tally import as_dict, tallies

    wanted = read_sweep(Experiment.open(name), runs, vary, grid, seed)
    if picture is not None:
        from reluviz.stage.parts.charts.sweep_map import check_can_be_drawn

        check_can_be_drawn(wanted, picture)
    train = None
    if cluster is not None:
        from reluviz.sweep.cluster import on_cluster

        train = on_cluster(cluster)
    path = sweep_path(wanted, output)
    with _progress(wanted) as progress:
        result = run_sweep(wanted, output, train, progress)
    if as_json:
        summary = {"file": str(path)} | as_dict(result)
        click.echo(json.dumps(summary, indent=2, ensure_ascii=False, allow_nan=False))
    else:
        click.echo(f"{path}: {wanted.total:,} runs")
        _show(tallies(result))
    if picture is not None:
        from reluviz.stage.parts.charts.sweep_map import draw_map

        draw_map(result, picture, theme)
        click.echo(str(picture), err=as_json)


def _show(rows: tuple[Tally, ...]) -> None:
    """The summary as a table: a column for each setting, each outcome that occurs, and what else there is to know."""
    from rich.console import Console
    from rich.table import Table

    keys = list(dict.fromkeys(key for row in rows for key in row.settings))
    kinds = [kind for kind in rows[0].outcomes if rows[0].outcomes[kind]]
    table = Table(*keys, box=None, pad_edge=False)
    for title in ("runs", *(kind.words for kind in kinds), "merged", "fits from", "median error"):
        table.add_column(title, justify="right")
    for row in rows:
        shares = [_percent(row.outcomes[kind], row.runs) for kind in kinds]
        since = "–" if row.fits_from is None else f"{row.fits_from:,.0f}"
        error = f"{row.error:.4f}" if isfinite(row.error) else "beyond float64"
        numbers = (f"{row.runs:,}", *shares, _percent(row.merged, row.runs), since, error)
        table.add_row(*(_short(row.settings.get(key, "all")) for key in keys), *numbers)
    console = Console(highlight=False)
    # A narrow pipe must not break rows; a terminal may.
    if not console.is_terminal:
        console.width = 200
    console.print(table)


def _short(setting: str) -> str:
    """A number in six digits, all that a table needs; anything else as it is."""
    try:
        return f"{float(setting):.6g}"
    except ValueError:
        return setting


def _percent(count: int, of: int) -> str:
    """Never 0 % or 100 % of what occurs, or does not, once."""
    if count in (0, of):
        return "0 %" if not count else "100 %"
    return f"{min(max(100.0 * count / of, 0.1), 99.9):.1f} %"


@contextmanager
def _progress(sweep: Sweep) -> Iterator[Callable[[int], None]]:
    """A bar on stderr if somebody is looking; says where a stopped sweep stands."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, ProgressColumn, Task, TextColumn, TimeRemainingColumn
    from rich.text import Text

    class Rate(ProgressColumn):
        """Runs a second, of those trained now."""

        def render(self, task: Task) -> Text:
            return Text(f"{task.speed:,.0f} runs/s" if task.speed else "")

    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.completed:,.0f} of {task.total:,.0f}"),
               Rate(), TimeRemainingColumn())  # fmt: skip
    done = 0
    try:
        with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
            task: Any = None

            def show(count: int) -> None:
                nonlocal done, task
                done = count
                if task is None:  # the first is what was there before: it counts for no rate
                    task = bar.add_task(f"training {sweep.experiment.name}", total=sweep.total, completed=count)
                bar.update(task, completed=count)

            yield show
    except KeyboardInterrupt:
        click.echo(f"stopped; the same command goes on where it was: {done:,} of {sweep.total:,} runs done", err=True)
        sys.exit(130)
