"""What happens in any run, stretch by stretch: how the error goes, what moves furthest, the most telling events."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import numpy as np

from reluviz.story.beats import HEADLINE_CHARACTERS
from reluviz.story.unscripted.draft import RULES, Telling, number, plural
from reluviz.story.unscripted.sentences import Happening, happenings
from reluviz.story.vocabulary.facts import Facts

LONGEST = 32
"""Words that a beat says, if it can leave something out; spoken in less than 21 seconds, numbers and all."""

_STRETCHES = 4
_CHANGES, _FAR = 0.1, 0.02
_SMALL, _SLOWER = 0.1, 0.5
"""Errors change where by more than this part; origins move far where by more than this part of the data's range.
Errors are small below this part of the start's; origins slow down below this part of their mean speed before."""


def stretches(facts: Facts, begin: int) -> list[Telling]:
    """The beats stretch1, stretch2, ... of a run from iteration `begin` on, each with its span."""
    if begin >= facts.end:
        return []
    bounds = [begin, *(bound for bound in _bounds(facts) if bound > 3 * begin and bound < facts.end), facts.end]
    used: Counter[str] = Counter()
    beats: list[Telling] = []
    for k, span in enumerate(pairwise(bounds), start=1):
        beats.append(_stretch(facts, span, used, k))
    return beats


def happening_in(facts: Facts, first: int, last: int) -> list[Happening]:
    """The events of a stretch, its last iteration not counted unless the run ends there."""
    return [one for one in happenings(facts.analysis)
            if first <= one.iteration < last or one.iteration == last == facts.end]  # fmt: skip


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


def _stretch(facts: Facts, span: tuple[int, int], used: Counter[str], k: int) -> Telling:
    """The beat of a stretch: the error, what moves furthest, and the most telling events, as many as there are words
    for, each in its time: those at its very start come first, at the others the replay stands."""
    here = happening_in(facts, *span)
    for count, mover in ((2, True), (1, True), (1, False)):
        told = sorted(sorted(here, key=lambda one: -one.telling)[:count], key=lambda one: one.iteration)
        beat, said = Telling(f"stretch{k}", span), used.copy()
        _say_events(beat, [one for one in told if one.iteration == span[0]], said)
        _say_motion(beat, facts, k, said, mover)
        _say_events(beat, [one for one in told if one.iteration > span[0]], said)
        if told and len(told[0].headline) <= HEADLINE_CHARACTERS:
            beat.head(told[0].headline, *told[0].claims)
        say_how_many_more(beat, len(here), len(told))
        if beat.words <= LONGEST:
            break
    used.update(said - used)
    return beat


def _say_events(beat: Telling, told: list[Happening], used: Counter[str]) -> None:
    assert beat.span is not None
    for event in told:
        sentence = event.ways[used[event.kind] % len(event.ways)]
        used[event.kind] += 1
        if event.iteration == beat.span[0]:
            beat.say(sentence, *event.claims)
        else:
            beat.say_at(event.iteration, event.neurons, sentence, *event.claims)


def say_how_many_more(beat: Telling, happened: int, told: int) -> None:
    """Counts the events of the beat's span that are not told."""
    if rest := happened - told:
        count = f"{{run.events(span.first, span.last) - {told}:words}}"
        more = " more" if told else ""
        beat.say(f"{count}{more} {plural(rest, 'event')} {'is' if rest == 1 else 'are'} not told here.",
                 f"run.events(span.first, span.last) == {happened}")  # fmt: skip


def _say_motion(beat: Telling, facts: Facts, k: int, used: Counter[str], mover: bool) -> None:
    """Tells how the error goes and (mover) which origin goes furthest, with a headline for it."""
    assert beat.span is not None
    first, last = beat.span
    settles = _settles(facts, first, last)
    small = f"run.rms(span.last) < run.rms(0) * {_SMALL} and run.rms(span.last) < run.rms(span.first)"
    _say_error(beat, facts, k, settles)
    if mover:
        _say_mover(beat, facts, used)
    if settles and facts.rms(last) < min(_SMALL * facts.rms(0), facts.rms(first)):
        beat.head("Small errors, small steps", small, *settles)
    elif settles:
        beat.head("The origins settle", *settles)


def _settles(facts: Facts, first: int, last: int) -> list[str]:
    """The claims that every origin stays close to its end, slower than before and ever slower; none where one fails.

    The last of any run stays close to the end, be the origins as fast as ever.
    """
    middle = (first + last) // 2
    before, after = facts.travel(0, first), facts.travel(first, last)
    if not (
        first == facts.settles > 0
        and after * first < _SLOWER * before * (last - first)
        and facts.travel(middle, last) < facts.travel(first, middle)
    ):
        return []
    return [
        "run.settles == span.first",
        f"run.travel(span.first, span.last) * span.first < run.travel(0, span.first) * span.length * {_SLOWER}",
        f"run.travel({middle}, span.last) < run.travel(span.first, {middle})",
    ]


def _say_error(beat: Telling, facts: Facts, k: int, settles: list[str]) -> None:
    assert beat.span is not None
    first, last = beat.span
    before, after = facts.rms(first), facts.rms(last)
    old, new = number("run.rms(span.first)", before), number("run.rms(span.last)", after)
    length = "{span.length:words} " + plural(last - first, "update")
    if settles:
        opening = f"Now every origin stays close to its end. In {length},"
        beat.claims += settles
    else:
        opening = (f"Then, in {length},", f"Over the next {length},")[k % 2]
    if before - after > _CHANGES * before:
        way, told = "falls", f"the typical error falls from {old} to {new}."
        claim = f"run.rms(span.first) - run.rms(span.last) > run.rms(span.first) * {_CHANGES}"
    elif after - before > _CHANGES * before:
        way, told = "grows", f"the typical error grows, from {old} to {new}."
        claim = f"run.rms(span.last) - run.rms(span.first) > run.rms(span.first) * {_CHANGES}"
    else:
        way, told = "hardly changes", f"the typical error hardly changes: it ends at {new}."
        claim = f"abs(run.rms(span.last) - run.rms(span.first)) <= run.rms(span.first) * {_CHANGES}"
    beat.head(f"The error {way}", claim)
    beat.say(f"{opening} {told}", claim)


def _say_mover(beat: Telling, facts: Facts, used: Counter[str]) -> None:
    """Tells which origin goes furthest, and by which rule."""
    assert beat.span is not None
    first, last = beat.span
    moves = [facts.origin(i, last) - facts.origin(i, first) for i in range(1, facts.neurons + 1)]
    ways = [f"abs(run.origin({i}, span.last) - run.origin({i}, span.first))" for i in range(1, facts.neurons + 1)]
    n = int(np.abs(moves).argmax()) + 1
    move = moves[n - 1]
    if abs(move) < _FAR * (facts.high - facts.low):
        still = [f"{way} < (run.high - run.low) * {_FAR}" for way in ways]
        one = facts.neurons == 1
        beat.say("On the whole, its origin hardly moves." if one else "On the whole, no origin moves far.", *still)
        beat.head("The line moves, the origins hardly do", *still)
        return
    way = "right" if move > 0 else "left"
    claims = [f"run.origin({n}, span.last) {'>' if move > 0 else '<'} run.origin({n}, span.first)"]
    claims += [f"{ways[n - 1]} >= {other}" for other in ways if other != ways[n - 1]]
    beat.head(f"Neuron {{{n}}} moves {way}", *claims)
    far = number(ways[n - 1], abs(move))
    goes = "Its origin moves" if facts.neurons == 1 else f"Neuron {{{n}}} moves furthest,"
    sentence = f"{goes} by {far} to the {way}"
    single = facts.trajectory.experiment.takes_plain_steps  # the rules are about single samples
    if single and facts.trajectory.is_dense and facts.analysis.rules.codes[first:last, n - 1].any():
        rule = facts.leading_rule(n, first, last)
        claims.append(f"run.leading_rule({n}, span.first, span.last) == {rule}")
        sentence += f", mostly by rule {{run.leading_rule({n}, span.first, span.last)}}"
        used[f"rule {rule}"] += 1
        if used[f"rule {rule}"] == 1:
            sentence += f": {RULES[rule]}"
    beat.say(f"{sentence}.", *claims)
