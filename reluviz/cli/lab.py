"""The command for the live page: lab. It imports what it needs when it runs."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.argument("name", metavar="[NAME|FILE.toml|LINK]", default="merging-neurons")
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), default=Path("media/lab/lab.html"),
              show_default=True, help="The page: one file, which works alone.")  # fmt: skip
def lab(name: str, output: Path) -> None:
    """Open the lab: the network itself in a page, to be dragged, played and trained on.

    \b
    Examples:
      reluviz lab
      reluviz lab mine.toml
    """
    import webbrowser

    from reluviz.lab.link import open_experiment, read_iteration, read_kept, write_link
    from reluviz.lab.page import write_page

    experiment = open_experiment(name)
    write_page(output, write_link(experiment, read_kept(name), iteration=read_iteration(name)))
    click.echo(str(output))
    webbrowser.open(output.resolve().as_uri())
