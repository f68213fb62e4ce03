"""Writes docs/findings.md: what the analysis says of each of the article's runs, beside what the article says.

    python -m tools.findings [docs/findings.md]

The words are in findings.md.jinja, every number of ours is computed; a test makes the text anew and compares it.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from jinja2 import Environment, StrictUndefined

from reluviz.analysis.comparing import compare
from reluviz.analysis.optimum.descent import polish
from reluviz.analysis.optimum.loss import UniformLoss, parameters
from reluviz.analysis.phases import Event
from reluviz.analysis.printout import number, sentence
from reluviz.analysis.pushes import drive
from reluviz.analysis.rules import Rule
from reluviz.analysis.run import Analysis, analyse
from reluviz.core import Experiment, train
from reluviz.core.measure import rms_error
from reluviz.files import write_whole
from tools.article import ARTICLE

LONG_RUN = 1_000_000
SOLUTIONS = ("merging-neurons", "spread-biases", "five-neurons", "five-spread-neurons")


def text() -> str:
    """The whole document, in Markdown."""
    runs = {name: analyse(train(Experiment.from_library(name))) for name in ARTICLE}
    words = Environment(undefined=StrictUndefined, trim_blocks=True, keep_trailing_newline=True)
    words.filters |= {
        "number": number, "numbers": _numbers, "count": "{:,.0f}".format, "events": _events, "sentence": sentence,
        "together": _joined, "since": _since,
    }  # fmt: skip
    template = words.from_string(Path(__file__).with_name("findings.md.jinja").read_text(encoding="utf-8"))
    first = runs["one-neuron"]
    return template.render(
        article=ARTICLE,
        runs=runs,
        solutions=SOLUTIONS,
        early=first.rules.counts(0, 0, 4)[Rule.RULE_2],
        at_turn=first.trajectory.network_at(316),
        parting=compare(runs["merging-neurons"].trajectory, runs["spread-biases"].trajectory),
        **_example_4(runs["merging-neurons"]),
    )


def _example_4(analysis: Analysis) -> dict[str, Any]:
    run, trap = analysis.trajectory, analysis.optimum
    vary = partial(replace, run.experiment)
    longer = train(vary(iterations=LONG_RUN))
    assert trap.exit is not None
    pushes = drive(run, 0, 1, [400, 2000, 5000, 10_000])
    speeds = np.stack((pushes.only_one, pushes.pushes[:, :, 1, 0], pushes.pushes[:, :, 1, 1], pushes.total), axis=-1)
    return {
        "trap": trap,
        "keeps": next(i for i in trap.splits[0].neurons if i != trap.exit.neuron) + 1,
        "long_run": LONG_RUN,
        "long_rms": rms_error(longer, longer.last),
        "long_rest": _rest(longer.experiment),
        "faster": [(rate, _rest(vary(learning_rate=rate))) for rate in (0.01, 0.02, 0.03)],
        "from_start": _rest(vary(iterations=0)),
        "approach": [
            (pushes.edges[k], pushes.edges[k + 1], i + 1, (1e4 * speeds[k, i]).tolist())
            for k, i in np.ndindex(*speeds.shape[:2])
        ],
    }


def _rest(experiment: Experiment) -> float:
    """The error at which a run of `experiment` comes to rest once it is polished."""
    run = train(experiment)
    loss = UniformLoss.of(run)
    return float(np.sqrt(loss.value(polish(loss, parameters(run.end)))))


def _events(analysis: Analysis) -> list[Event]:
    found = analysis.phases
    turns = [turn for turn in found.reversals if turn.quantity == "origin"]
    return sorted([*turns, *found.sign_changes], key=lambda event: event.iteration)


def _numbers(values: Iterable[float]) -> str:
    return ", ".join(number(value) for value in values)


def _joined(neurons: Iterable[int]) -> str:
    return " and ".join(str(i + 1) for i in neurons)


def _since(iteration: int | None) -> str:
    return "never" if iteration is None else f"iteration {iteration:,}"


if __name__ == "__main__":
    write_whole(Path(sys.argv[1] if len(sys.argv) > 1 else "docs/findings.md"), text())
