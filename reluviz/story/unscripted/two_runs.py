"""The story of two runs side by side: what differs, where they part and why, how each ends.

Beats: question, starts; alike and apart, or course where they cannot be compared neuron by neuron; alone, where one
goes on after the other has ended; errors and ends.
"""

from __future__ import annotations

from reluviz.analysis.comparing import compare
from reluviz.core import Trajectory
from reluviz.story.beats import HEADLINE_CHARACTERS
from reluviz.story.expressions import NoEvent
from reluviz.story.names import film_name
from reluviz.story.programme import OF_YOUR_OWN
from reluviz.story.script import Script, Story, tell
from reluviz.story.unscripted.differences import Sides, differences
from reluviz.story.unscripted.draft import Telling, capital, neurons, number, plural
from reluviz.story.unscripted.one_run import check_can_be_filmed, filmed
from reluviz.story.vocabulary.facts import Facts

_ENDS = {
    "global optimum": "comes to the best fit known",
    "strict local optimum": "leads to a local optimum",
    "degenerate valley": "leads to a local optimum",
    "saddle": "leads to a saddle",
    "still moving": "is not at rest yet",
}

_ALIKE = 0.02
"""An error stays where it is that changes by less than this part of it."""

_CLEARLY = 0.8
"""One error is clearly smaller than another where it is below this part of it."""


def tell_two(left: Trajectory, right: Trajectory) -> Story:
    """The story of two runs; `left` and `right` in its expressions. Raises FilmError for what cannot be filmed."""
    for run in (left, right):
        check_can_be_filmed(run.experiment, run.name)
    sides = {"left": Facts(filmed(left)), "right": Facts(filmed(right))}
    title = f"{left.experiment.title}, and {right.experiment.title}"
    longer = max(sides, key=lambda side: sides[side].end)
    described = [beat.description() | {"of": longer} for beat in beats_of_two(sides)]
    name = film_name(f"{left.name}-and-{right.name}")
    return tell(Script(name, title, f"two experiments {OF_YOUR_OWN}", described), sides)


def beats_of_two(sides: Sides) -> list[Telling]:
    """The beats, each with its claims; spans are those of the longer run."""
    ends = sorted(one.end for one in sides.values())
    parting = _parting(sides)
    if parting is None:
        course = [_together(sides, (0, ends[0]))]
    else:
        course = [_alike(sides, parting), _apart(sides, parting, ends[0])]
    if ends[0] < ends[1]:
        course.append(_alone(sides, ends))
    return [_question(), _starts(sides), *course, _errors(sides), _ends(sides)]


def _question() -> Telling:
    """Said over the opening card."""
    beat = Telling("question")
    beat.head("Where do they part?", "left.end > 0")
    beat.say("Two runs, side by side. Where do they part, and why?", "left.end > 0 and right.end > 0")
    return beat


def _starts(sides: Sides) -> Telling:
    beat, found = Telling("starts"), differences(sides)
    names = [one.name for one in found]
    listed = " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))
    if not found:
        beat.head("Twice the same experiment", "left.learning_rate == right.learning_rate")
        beat.say("Nothing that shows differs between these two.", "left.rms() == right.rms()")
        return beat
    headline = f"What differs: {listed}"
    claims = [claim for one in found for claim in one.claims]
    beat.head(headline if len(headline) <= HEADLINE_CHARACTERS else "Much differs from the start", *claims)
    for k, one in enumerate(found[:3]):
        sentence = one.sentence.replace("On the left", "On the [left] left", 1) if k == 0 else one.sentence
        sentence = sentence.replace("on the right", "on the [right] right", 1) if k == 0 else sentence
        beat.say(sentence, *one.claims)
    if len(found) == 1:
        beat.say("All else is the same.")
    elif len(found) > 3:
        beat.say("And more differs.")
    return beat


def _comparable(sides: Sides) -> bool:
    """Whether the two can be compared neuron by neuron."""
    left, right = (sides[side].trajectory for side in ("left", "right"))
    one, other = left.experiment, right.experiment
    same = one.target == other.target and (one.low, one.high) == (other.low, other.high)
    return same and left.neurons == right.neurons


def _parting(sides: Sides) -> tuple[int, int] | None:
    """Which neuron's origins part first for good (from 1), and where; None where none do or they cannot be compared."""
    left, right = (sides[side].trajectory for side in ("left", "right"))
    if not _comparable(sides):
        return None
    found = compare(left, right).origins_part
    parted = [(at, i + 1) for i, at in enumerate(found) if at is not None]
    return min(parted)[::-1] if parted else None


def _alike(sides: Sides, parting: tuple[int, int]) -> Telling:
    n, at = parting
    beat = Telling("alike", (0, at))
    claim = f"left.origin_parts(right, {n}) == {at}"
    if at == 0:
        beat.head(f"Neuron {{{n}}} starts apart", claim)
        starts = [number(f"{side}.origin({n}, 0)", one.origin(n, 0)) for side, one in sides.items()]
        beat.say(f"[starts_{n}] Neuron {{{n}}} starts at {starts[0]} on the left, at {starts[1]} on the right.", claim)
    else:
        beat.head("At first they go nearly alike", claim)
        beat.say(f"Up to iteration {{left.origin_parts(right, {n})}}, the origins on both sides stay close.", claim)
    return beat


def _apart(sides: Sides, parting: tuple[int, int], until: int) -> Telling:
    n, at = parting
    beat, claim = Telling("apart", (at, until)), f"left.origin_parts(right, {n}) == {at}"
    ways = {side: one.moved(n, until) for side, one in sides.items()}
    beat.head(_two_ways(n, at, ways), claim)
    if at:
        since = f"{{left.origin_parts(right, {n})}}"
        beat.say(f"[apart_{n}] From iteration {since} on, neuron {{{n}}} goes its own way on either side.", claim)
    try:
        sign = sides["left"].sign_parts(sides["right"], n)
    except NoEvent:
        sign = None
    if sign is not None:
        signs = {side: "positive" if one.w(n, until) > 0 else "negative" for side, one in sides.items()}
        beat.say(
            f"From iteration {{left.sign_parts(right, {n})}} on, its weight is {signs['left']} on the left, "
            f"{signs['right']} on the right: the same samples push it opposite ways.",
            f"left.sign_parts(right, {n}) == {sign}",
            *(f"{side}.w({n}, {until}) {'>' if way == 'positive' else '<='} 0" for side, way in signs.items()),
        )
    elif rules := _leading_rules(sides, n, at, until):
        told = [f"rule {{{side}.leading_rule({n}, {at}, {until})}}" for side in sides]
        beat.say(f"It is {told[0]} that moves it most on the left, {told[1]} on the right.",
                 *(f"{side}.leading_rule({n}, {at}, {until}) == {rule}" for side, rule in rules.items()))  # fmt: skip
    told = []
    for side, far in ways.items():
        told.append(f"{number(f'abs({side}.moved({n}, {until}))', abs(far))} to the {'right' if far > 0 else 'left'}")
        beat.claims.append(f"{side}.moved({n}, {until}) {'>' if far > 0 else '<='} 0")
    beat.say(f"In all, it goes {told[0]} on the left side, {told[1]} on the right side.")
    return beat


def _two_ways(n: int, at: int, ways: dict[str, float]) -> str:
    """A headline for how far the neuron goes on either side; a field has the claims of `_apart` behind it."""
    if ways["left"] * ways["right"] < 0:
        return f"Neuron {{{n}}} goes two ways"
    return f"Neuron {{{n}}} goes further on the {max(ways, key=lambda side: abs(ways[side]))}" if at else (
        f"Neuron {{{n}}} stays apart"
    )


def _leading_rules(sides: Sides, n: int, first: int, last: int) -> dict[str, int]:
    """The rules that move the neuron most, where they differ; none where steps are not the article's."""
    if not all(one.trajectory.experiment.takes_plain_steps for one in sides.values()):
        return {}
    try:
        rules = {side: one.leading_rule(n, first, last) for side, one in sides.items()}
    except NoEvent:
        return {}
    return rules if len(set(rules.values())) > 1 else {}


def _together(sides: Sides, span: tuple[int, int]) -> Telling:
    beat = Telling("course", span)
    counts = [f"{side}.end >= {span[1]}" for side in sides]
    if _comparable(sides):
        beat.head("They never part for good", "not left.parts(right)")
        beat.say("No origin stays far from where it is on the other side.", "not left.parts(right)")
    else:
        beat.head("Both at one pace", *counts)
        beat.say("At any moment, either side has made as many updates.", *counts)
    for side, one in sides.items():
        for which in (two for two in _merged(one)[:1] if one.merge(*two[:2]) <= span[1]):
            at = f"{side}.merge({which[0]}, {which[1]})"
            beat.say(f"On the {side}, {neurons(which)} become one, from iteration {{{at}}} on.", f"{at} <= {span[1]}")
    return beat


def _merged(one: Facts) -> list[list[int]]:
    """The groups of neurons (from 1) that a run ends with as one."""
    return [] if one.diverged else [[i + 1 for i in merge.neurons] for merge in one.analysis.merging.merges]


def _alone(sides: Sides, ends: list[int]) -> Telling:
    shorter, longer = sorted(sides, key=lambda side: sides[side].end)
    beat, claim = Telling("alone", (ends[0], ends[1])), f"{shorter}.end < {longer}.end"
    beat.head(f"The {shorter} one has ended", claim)
    updates = f"{{{shorter}.end}} {plural(ends[0], 'update')}"
    beat.say(f"On the {shorter}, training has ended after {updates}. On the {longer} it goes on.", claim)
    return beat


def _errors(facts: Sides) -> Telling:
    beat = Telling("errors")
    ends = {side: one.rms() for side, one in facts.items()}
    better, worse = sorted(ends, key=lambda side: ends[side])
    if ends[better] < _CLEARLY * ends[worse]:
        beat.head(f"The {better} one comes closer", f"{better}.rms() < {worse}.rms() * {_CLEARLY}")
    else:
        beat.head("Both come about as close", f"{better}.rms() >= {worse}.rms() * {_CLEARLY}")
    for side, one in facts.items():
        before, after = one.rms(0), one.rms()
        rms, first = f"{side}.rms()", f"{side}.rms(0)"
        if abs(after - before) < _ALIKE * before:
            course, claim = f"stays at about {number(rms, after)}", f"abs({rms} - {first}) < {first} * {_ALIKE}"
        else:
            way, sign = ("falls", "<") if after < before else ("grows", ">=")
            course, claim = f"{way} from {number(first, before)} to {number(rms, after)}", f"{rms} {sign} {first}"
        updates = f"{{{side}.end}} {plural(one.end, 'update')}"
        beat.say(f"On the {side}, in {updates}, [{side}] the typical error {course}.", claim)
    return beat


def _ends(facts: Sides) -> Telling:
    beat = Telling("ends")
    verdicts = {side: "diverged" if one.diverged else one.verdict for side, one in facts.items()}
    claims = [f"{side}.diverged" if found == "diverged" else f"{side}.verdict == '{found}'"
              for side, found in verdicts.items()]  # fmt: skip
    one_end = len(set(verdicts.values())) == 1
    beat.head("Two runs, one kind of end" if one_end else "Two runs, two ends", *claims)
    for side, one in facts.items():
        if one.diverged:
            beat.say(f"The run on the [{side}] {side} flies apart: its steps are too large.", f"{side}.diverged")
            continue
        claim, end = f"{side}.verdict == '{one.verdict}'", _ENDS[one.verdict]
        if one.verdict == "global optimum" and not one.fits:
            claim, end = f"{claim} and not {side}.fits", "is on its way to the best fit known, and stops too early"
        beat.say(f"The run on the [{side}] {side} {end}.", claim)
        if groups := _merged(one):
            told = " and ".join(neurons(which) for which in groups[:2])
            beat.say(f"{capital(told)} have merged{', and others' if len(groups) > 2 else ''}.",
                     f"{side}.merges == {len(groups)}",
                     *(f"{side}.merged({which[0]}, {which[1]})" for which in groups))  # fmt: skip
    return beat
