"""The story of any run, built from its analysis: the task, what happens, how it ends, what would help.

It comes out as a script's beats (beats.py), through the same fields and claims, so that nothing is said which the
run does not bear out. Beats: question, task; updates; stretch1, stretch2, ...; end, verdict and, where a better fit is
known, better; or diverged; help where the run did not come to fit.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from reluviz.analysis.training import steps_in_words
from reluviz.core import Experiment, Trajectory, train
from reluviz.core.measure import diverged, height
from reluviz.errors import UserError
from reluviz.story.names import film_name
from reluviz.story.programme import OF_YOUR_OWN
from reluviz.story.script import Script, Story, tell
from reluviz.story.unscripted.closing import closing
from reluviz.story.unscripted.draft import Telling, number, plural
from reluviz.story.unscripted.first_updates import first_updates
from reluviz.story.unscripted.stretches import stretches
from reluviz.story.vocabulary.facts import Facts

MOST_NEURONS, MOST_PIECES = 8, 12
_LEAST, _GREATEST = 1e-3, 1e5
"""What widths, slopes and heights can be drawn and said."""
_EFFORT = 20_000_000
"""Samples looked at, about, to see where a run comes to rest."""

_FLUNG = 8.0
"""A graph further from the target than this many times its height (or the start's error) has flown off."""


class FilmError(UserError):
    """An experiment that trains well but cannot be filmed; the message is one line."""


def check_can_be_filmed(experiment: Experiment, source: str) -> None:
    """Raises FilmError where `experiment` cannot be drawn or told, naming what would fit."""
    count, target = len(experiment.start), experiment.target
    if count > MOST_NEURONS:
        raise FilmError(f"{source}: start.weights: {count} neurons; expected at most {MOST_NEURONS} to draw")
    line = target.polyline(experiment.low, experiment.high)
    if len(line) - 1 > MOST_PIECES:
        raise FilmError(f"{source}: target: {len(line) - 1} pieces; expected at most {MOST_PIECES} to draw")
    if experiment.iterations < 1:
        raise FilmError(f"{source}: iterations: 0 makes no film; expected at least 1")
    if max(abs(experiment.low), abs(experiment.high)) > _GREATEST or experiment.high - experiment.low < _LEAST:
        raise FilmError(f"{source}: data: from low to high cannot be drawn; expected 0.001 to 100,000 of width")
    if height(target, experiment.low, experiment.high) < _LEAST or float(np.abs(line[:, 1]).max()) > _GREATEST:
        raise FilmError(f"{source}: target: its height cannot be drawn; expected one from 0.001 to 100,000")
    start = experiment.start.polyline(experiment.low, experiment.high)[:, 1]
    if float(np.abs(start).max()) > _GREATEST or float(np.abs(experiment.start.biases).max()) > _GREATEST:
        raise FilmError(f"{source}: start: cannot be drawn; expected numbers of at most 100,000")


def filmed(trajectory: Trajectory) -> Trajectory:
    """The part of a run that is shown: all of it, or of one that diverged what comes before its graph flies off."""
    if not diverged(trajectory):
        return trajectory
    near = _stays_near(trajectory)
    return trajectory.until(min(int(np.flatnonzero(near)[-1]) + 1, len(near) - 1))


def _stays_near(trajectory: Trajectory) -> NDArray[np.bool_]:
    """For each record, whether the graph has not flown off; true of the first. Shape (K + 1,)."""
    run = trajectory.experiment
    x = np.linspace(run.low, run.high, 17)
    wanted = run.target(x)
    far = _FLUNG * max(height(run.target, run.low, run.high), float(np.abs(wanted - trajectory.start(x)).max()))
    away = np.zeros(len(trajectory.iterations))
    with np.errstate(over="ignore", invalid="ignore"):
        for point, value in zip(x, wanted, strict=True):
            active = np.maximum(point + trajectory.biases, 0.0)
            graph = (trajectory.weights * active).sum(axis=1) + trajectory.output_biases
            away = np.fmax(away, np.abs(np.nan_to_num(graph, nan=np.inf) - value))
    return away <= far


def tell_run(trajectory: Trajectory) -> Story:
    """The story of `trajectory`, about one to two minutes long. Raises FilmError for what cannot be filmed."""
    check_can_be_filmed(trajectory.experiment, trajectory.name)
    run = filmed(trajectory)
    if run.last < 1:
        raise FilmError(f"{run.name}: learning_rate: the very first update diverges; expected a smaller one")
    rest = rest_of(run)
    runs = {"run": Facts(run)} if rest is None else {"run": Facts(run), "rest": Facts(rest)}
    described = [beat.description() for beat in beats_of(*runs.values())]
    source = f"an experiment {OF_YOUR_OWN}: {steps_in_words(run.experiment)}"
    return tell(Script(film_name(run.name), run.experiment.title, source, described), runs)


def rest_of(run: Trajectory) -> Trajectory | None:
    """How `run` goes on from its end without noise, by the mean of all samples; None where that diverges."""
    if diverged(run.whole or run):
        return None
    experiment = run.experiment
    updates = min(max(_EFFORT // experiment.samples_count, 1_000), 20_000)
    rest = train(replace(
        experiment, name=f"{experiment.name}-rest", start=run.end, batch_size=experiment.samples_count,
        iterations=updates, stop_below=None,
    ))  # fmt: skip
    return None if diverged(rest) else rest


def beats_of(facts: Facts, rest: Facts | None = None) -> list[Telling]:
    """The beats that tell a run, each with its claims, as a script would have them. rest: how it goes on, `rest_of`."""
    updates = first_updates(facts)
    assert updates.span is not None
    return [_question(facts), _task(facts), updates, *stretches(facts, updates.span[1]), *closing(facts, rest)]


def _question(facts: Facts) -> Telling:
    """Said over the opening card."""
    count, beat = facts.neurons, Telling("question")
    beat.head(f"What becomes of {{run.neurons:words}} {plural(count, 'neuron')}?", f"run.neurons == {count}")
    beat.say(f"Can {{run.neurons:words}} {plural(count, 'neuron')} learn this target?", f"run.neurons == {count}")
    return beat


def _task(facts: Facts) -> Telling:
    run = facts.trajectory
    count, pieces = facts.neurons, facts.target_pieces
    beat = Telling("task")
    beat.head(f"{{run.neurons:words}} {plural(count, 'neuron')}, one target", f"run.neurons == {count}")
    low, high = number("run.low", facts.low, 4), number("run.high", facts.high, 4)
    beat.say(
        f"The [target] target has {{run.target_pieces:words}} straight {plural(pieces, 'piece')}, from "
        f"{low} to {high}.",
        f"run.target_pieces == {pieces} and run.low < run.high",
    )
    origins = run.start.origins
    first, last = int(origins.argmin()) + 1, int(origins.argmax()) + 1
    if count == 1:
        beat.say(
            "Our network has one [neurons] neuron. It begins with a weight of "
            f"{number('run.w(1, 0)', facts.w(1, 0))}, and acts right of "
            f"{number('run.origin(1, 0)', facts.origin(1, 0))}.",
            "run.neurons == 1",
        )
    else:
        beat.say(
            f"Our network has {{run.neurons:words}} [neurons] neurons. Their origins begin between "
            f"{number(f'run.origin({first}, 0)', facts.origin(first, 0))} and "
            f"{number(f'run.origin({last}, 0)', facts.origin(last, 0))}.",
            *(f"run.origin({first}, 0) <= run.origin({i}, 0) <= run.origin({last}, 0)" for i in range(1, count + 1)),
        )
    error = number("run.rms(0)", facts.rms(0))
    if facts.smallest_gap(0) >= 0:
        beat.say("At [line] first, the line is nowhere too high.", "run.smallest_gap(0) >= 0")
    elif facts.largest_gap(0) <= 0:
        beat.say("At [line] first, the line is nowhere too low.", "run.largest_gap(0) <= 0")
    else:
        where = "low" if facts.mean_gap(0) > 0 else "high"
        beat.say(
            f"At [line] first, the line is on average too {where}.",
            "run.smallest_gap(0) < 0 < run.largest_gap(0)",
            f"run.mean_gap(0) {'>' if where == 'low' else '<='} 0",
        )
    beat.say(f"The typical error is {error}.")
    return beat
