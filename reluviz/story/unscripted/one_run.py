"""The story of any run, built from its analysis: the task, what happens, how it ends, what would help.

It comes out as a script's beats (beats.py), through the same fields and claims, so that nothing is said which the
run does not bear out. Beats: task; stretch1, stretch2, ...; end and verdict, or diverged; help where
the run ended badly.
"""

from __future__ import annotations

from collections import Counter

import numpy as np
from numpy.typing import NDArray

from reluviz.core import Experiment, Trajectory
from reluviz.core.measure import diverged, height
from reluviz.errors import UserError
from reluviz.story.beats import HEADLINE_CHARACTERS
from reluviz.story.names import film_name
from reluviz.story.script import Script, Story, tell
from reluviz.story.unscripted.closing import closing
from reluviz.story.unscripted.draft import RULES, Telling, neurons, number, plural
from reluviz.story.unscripted.sentences import Happening, happenings
from reluviz.story.vocabulary.facts import Facts

MOST_NEURONS, MOST_PIECES = 8, 12
_LEAST, _GREATEST = 1e-3, 1e5
"""What widths, slopes and heights can be drawn and said."""
_STRETCHES, _TOLD = 4, 2
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
    far = _FLUNG * max(float(np.ptp(wanted)), float(np.abs(wanted - trajectory.start(x)).max()))
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
    facts = Facts(run)
    told = [_task(facts), *_stretches(facts), *closing(facts)]
    described = [beat.description() for beat in told]
    return tell(Script(film_name(run.name), run.experiment.title, "your own experiment", described), {"run": run})


def _task(facts: Facts) -> Telling:
    run = facts.trajectory
    count, pieces = facts.neurons, facts.target_pieces
    beat = Telling("task", f"{{run.neurons:words}} {plural(count, 'neuron')}, one target")
    low, high = number("run.low", facts.low, 4), number("run.high", facts.high, 4)
    beat.say(
        f"The pale line is the target, {{run.target_pieces:words}} straight {plural(pieces, 'piece')} from "
        f"{low} to {high}.",
        f"run.target_pieces == {pieces} and run.low < run.high",
    )
    origins = run.start.origins
    first, last = int(origins.argmin()) + 1, int(origins.argmax()) + 1
    if count == 1:
        beat.say(
            f"Our network has one neuron. It begins with a weight of {number('run.w(1, 0)', facts.w(1, 0))}, and acts "
            f"right of {number('run.origin(1, 0)', facts.origin(1, 0))}.",
            "run.neurons == 1",
        )
    else:
        beat.say(
            f"Our network has {{run.neurons:words}} neurons. Their origins begin between "
            f"{number(f'run.origin({first}, 0)', facts.origin(first, 0))} and "
            f"{number(f'run.origin({last}, 0)', facts.origin(last, 0))}.",
            *(f"run.origin({first}, 0) <= run.origin({i}, 0) <= run.origin({last}, 0)" for i in range(1, count + 1)),
        )
    error = number("run.rms(0)", facts.rms(0))
    if facts.smallest_gap(0) >= 0:
        beat.say(f"At first, the graph is nowhere too high. The typical error is {error}.", "run.smallest_gap(0) >= 0")
    elif facts.largest_gap(0) <= 0:
        beat.say(f"At first, the graph is nowhere too low. The typical error is {error}.", "run.largest_gap(0) <= 0")
    else:
        where = "low" if facts.mean_gap(0) > 0 else "high"
        beat.say(
            f"At first, the graph is on average too {where}. The typical error is {error}.",
            "run.smallest_gap(0) < 0 < run.largest_gap(0)",
            f"run.mean_gap(0) {'>' if where == 'low' else '<='} 0",
        )
    return beat


def _bounds(facts: Facts) -> list[int]:
    """Where the run is parted: at its phases, and where it becomes slow; at most four stretches."""
    found = facts.analysis.phases
    cuts = {phase.first for phase in found.phases} | {facts.end}
    if len(cuts) == 2 and 0 < found.slow_from < facts.end:
        cuts.add(found.slow_from)
    bounds = sorted(cuts)
    while len(bounds) - 1 > _STRETCHES:  # the two neighbours that make the shortest stretch, in log time, become one
        spans = [np.log1p(b) - np.log1p(a) for a, b in zip(bounds[:-2], bounds[2:], strict=True)]
        del bounds[int(np.argmin(spans)) + 1]
    return bounds


def _stretches(facts: Facts) -> list[Telling]:
    bounds = _bounds(facts)
    events = happenings(facts.analysis)
    used: Counter[str] = Counter()
    beats = []
    for k, (first, last) in enumerate(zip(bounds[:-1], bounds[1:], strict=True)):
        end = last == facts.end
        here = [e for e in events if first <= e.iteration < last or (end and e.iteration == last)]
        beats.append(_stretch(facts, k, (first, last), here, used))
    return beats


def _stretch(facts: Facts, k: int, span: tuple[int, int], here: list[Happening], used: Counter[str]) -> Telling:
    beat = Telling(f"stretch{k + 1}", "The graph moves", span)
    _say_error(beat, facts, k)
    mover = _say_mover(beat, facts, used)
    best = sorted(here, key=lambda event: -event.telling)[:_TOLD]
    for event in sorted(best, key=lambda event: event.iteration):
        beat.say(event.ways[used[event.kind] % len(event.ways)], *event.claims)
        used[event.kind] += 1
    if rest := len(here) - len(best):
        left = "" if rest == 1 else f"{{run.events(span.first, span.last) - {len(best)}:words}} more events happen."
        beat.say(left or "One more event happens.", f"run.events(span.first, span.last) == {len(here)}")
    beat.headline = _headline(facts, span, best, mover)
    return beat


def _headline(facts: Facts, span: tuple[int, int], told: list[Happening], mover: str) -> str:
    if told and len(told[0].headline) <= HEADLINE_CHARACTERS:
        return told[0].headline
    if span[0] == facts.settles and span[0] > 0:
        small = facts.rms(span[1]) < 0.1 * facts.rms(0) and facts.rms(span[1]) < facts.rms(span[0])
        return "Small errors, small steps" if small else "The origins settle"
    return mover or "The graph moves, the origins stay"


def _say_error(beat: Telling, facts: Facts, k: int) -> None:
    assert beat.span is not None
    first, last = beat.span
    before, after = facts.rms(first), facts.rms(last)
    old, new = number("run.rms(span.first)", before), number("run.rms(span.last)", after)
    length = "{span.length:words} " + plural(last - first, "update")
    settled = first == facts.settles and first > 0
    if settled:
        opening = f"Now every origin stays close to its end. In {length},"
        beat.claims.append("run.settles == span.first")
    else:
        opening = f"In the first {length}," if k == 0 else (f"Over the next {length},", f"Then, in {length},")[k % 2]
    if after < 0.9 * before:
        beat.say(f"{opening} the typical error falls from {old} to {new}.",
                 "run.rms(span.last) < run.rms(span.first) * 0.9")  # fmt: skip
    elif after > 1.1 * before:
        beat.say(f"{opening} the typical error grows, from {old} to {new}.",
                 "run.rms(span.last) > run.rms(span.first) * 1.1")  # fmt: skip
    else:
        beat.say(f"{opening} the typical error hardly changes: it ends at {new}.",
                 "abs(run.rms(span.last) - run.rms(span.first)) <= run.rms(span.first) * 0.11")  # fmt: skip


def _say_mover(beat: Telling, facts: Facts, used: Counter[str]) -> str:
    """Tells which origin goes furthest, and by which rule; returns a headline for it, or nothing."""
    assert beat.span is not None
    first, last = beat.span
    width = facts.high - facts.low
    moves = [facts.origin(i, last) - facts.origin(i, first) for i in range(1, facts.neurons + 1)]
    n = int(np.abs(moves).argmax()) + 1
    move = moves[n - 1]
    if abs(move) < 0.02 * width:
        beat.say(
            "On the whole, no origin moves far." if facts.neurons > 1 else "On the whole, its origin hardly moves.",
            *(f"abs(run.origin({i}, span.last) - run.origin({i}, span.first)) < (run.high - run.low) * {0.02}"
              for i in range(1, facts.neurons + 1)),
        )  # fmt: skip
        return ""
    way = "right" if move > 0 else "left"
    far = number(f"abs(run.origin({n}, span.last) - run.origin({n}, span.first))", abs(move))
    claims = [f"run.origin({n}, span.last) {'>' if move > 0 else '<'} run.origin({n}, span.first)"]
    claims += [
        f"abs(run.origin({n}, span.last) - run.origin({n}, span.first)) >= "
        f"abs(run.origin({i}, span.last) - run.origin({i}, span.first))"
        for i in range(1, facts.neurons + 1)
        if i != n
    ]
    sentence = f"The furthest goes neuron {{{n}}}, by {far} to the {way}"
    if facts.neurons == 1:
        sentence = f"Its origin moves by {far} to the {way}"
    single = facts.trajectory.experiment.takes_plain_steps  # the rules are about single samples
    if single and facts.trajectory.is_dense and facts.analysis.rules.codes[first:last, n - 1].any():
        rule = facts.leading_rule(n, first, last)
        claims.append(f"run.leading_rule({n}, span.first, span.last) == {rule}")
        sentence += f", mostly by rule {{run.leading_rule({n}, span.first, span.last)}}"
        used[f"rule {rule}"] += 1
        if used[f"rule {rule}"] == 1:
            sentence += f": {RULES[rule]}"
    beat.say(sentence + ".", *claims)
    return f"{neurons((n,)).capitalize()} moves {way}"
