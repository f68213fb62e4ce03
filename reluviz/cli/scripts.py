"""The commands for films of one's own: words, new-film. Each imports what it needs when it runs."""

from __future__ import annotations

from pathlib import Path

import click

from reluviz.cli.console import stdout, training_progress


@click.command()
@click.argument("name", metavar="NAME|FILE.toml|LINK")
@click.argument("search", default="")
def words(name: str, search: str) -> None:
    """List the words of scripts, with what each is for a run; SEARCH finds those that have it in name or sense.

    \b
    Examples:
      reluviz words merging-neurons
      reluviz words mine.toml merge
    """
    from itertools import groupby

    from rich.table import Table
    from rich.text import Text

    from reluviz.core import load_or_train
    from reluviz.lab.link import open_experiment
    from reluviz.story.glossary import glossary

    experiment, console = open_experiment(name), stdout()
    with training_progress(experiment) as progress:
        run = load_or_train(experiment, progress=progress)
    if not console.is_terminal:
        console.width = 400  # a line a word
    for group, entries in groupby(glossary(run, search), lambda entry: entry.group):
        table = Table(box=None, pad_edge=False, show_header=False, title=group, title_justify="left")
        for entry in entries:
            worked = f"{entry.example} → {entry.value}" if entry.example else ""
            table.add_row(Text(entry.call), Text(worked, style="green"), Text(entry.sense))
        console.print(table)


@click.command("new-film")
@click.argument("file", metavar="FILE.py", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--like", default="one-neuron", show_default=True, metavar="NAME|FILE.toml",
              help="The experiment that it films.")  # fmt: skip
def new_film(file: Path, like: str) -> None:
    """Write a film to start from: a scene of three beats, and the script that tells them beside it.

    \b
    Examples:
      reluviz new-film my_film.py
      reluviz new-film my_film.py --like mine.toml
    """
    from reluviz.story.starter import write_new_film

    script, scene = write_new_film(file, like)
    click.echo(f"{file}, {script}: change what you like, then: reluviz render {file}, or manim -pql {file} {scene}")
