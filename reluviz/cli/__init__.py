"""The command line. Each command imports what it needs when it runs, so that `reluviz --help` is quick."""

from __future__ import annotations

import click

from reluviz.cli.console import OneLineErrors
from reluviz.cli.films import compare, explain, new
from reluviz.cli.lab import lab
from reluviz.cli.lecture import publish, serve
from reluviz.cli.runs import figures, inspect, list_experiments, train
from reluviz.cli.scripts import new_film, words
from reluviz.cli.series import render, where
from reluviz.cli.sweep import sweep


@click.group(cls=OneLineErrors, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="reluviz")
def main() -> None:
    """Films that make backpropagation visible.

    Small ReLU networks are trained on the line, every update is recorded, and Manim turns the recorded run
    into a narrated film. Experiments are named (see `reluviz list`) or described in a TOML file.
    """


for command in (
    list_experiments, train, figures, inspect, new, explain, compare, words, new_film, render, where, sweep, lab,
    publish, serve,
):  # fmt: skip
    main.add_command(command)
