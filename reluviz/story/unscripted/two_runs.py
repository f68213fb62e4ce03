"""The story of two runs side by side: how they start, how they go, how they end."""

from __future__ import annotations

from reluviz.core import Trajectory
from reluviz.story.names import film_name
from reluviz.story.script import Script, Story, tell
from reluviz.story.unscripted.draft import Telling, number, plural
from reluviz.story.unscripted.one_run import check_can_be_filmed, filmed
from reluviz.story.vocabulary.facts import Facts

_ENDS = {
    "global optimum": "comes to the best fit known",
    "strict local optimum": "leads to a local optimum",
    "degenerate valley": "leads to a local optimum",
    "saddle": "leads to a saddle",
    "still moving": "is not at rest yet",
}

_CLEARLY = 0.8
"""One error is clearly smaller than another where it is below this part of it."""


def tell_two(left: Trajectory, right: Trajectory) -> Story:
    """The story of two runs; `left` and `right` in its expressions. Raises FilmError for what cannot be filmed."""
    for run in (left, right):
        check_can_be_filmed(run.experiment, run.name)
    runs = {"left": filmed(left), "right": filmed(right)}
    facts = {side: Facts(run) for side, run in runs.items()}
    title = f"{left.experiment.title}, and {right.experiment.title}"
    told = [_starts(facts), _course(facts), _ends(facts)]
    described = [beat.description() for beat in told]
    longer = max(facts, key=lambda side: facts[side].end)
    described[1]["of"] = longer
    name = film_name(f"{left.name}-and-{right.name}")
    return tell(Script(name, title, "two experiments of your own", described), runs)


def _starts(facts: dict[str, Facts]) -> Telling:
    beat = Telling("starts")
    beat.head("Two runs, side by side", *(f"{side}.neurons == {one.neurons}" for side, one in facts.items()))
    for side, one in facts.items():
        count = f"{{{side}.neurons:words}} {plural(one.neurons, 'neuron')}"
        rate = number(f"{side}.learning_rate", one.learning_rate, 3)
        error = number(f"{side}.rms(0)", one.rms(0))
        where = "On the left" if side == "left" else "On the right"
        beat.say(f"{where}, {count}, with a learning rate of {rate}. The typical error is {error}.",
                 f"{side}.neurons == {one.neurons}")  # fmt: skip
    return beat


def _course(facts: dict[str, Facts]) -> Telling:
    last = max(one.end for one in facts.values())
    beat = Telling("course", (0, last))
    ends = {side: one.rms() for side, one in facts.items()}
    better, worse = sorted(ends, key=lambda side: ends[side])
    if ends[better] < _CLEARLY * ends[worse]:
        beat.head(f"The {better} one comes closer", f"{better}.rms() < {worse}.rms() * {_CLEARLY}")
    else:
        beat.head("Both come about as close", f"{better}.rms() >= {worse}.rms() * {_CLEARLY}")
    for side, one in facts.items():
        before, after = one.rms(0), one.rms()
        way = "falls" if after < before else "grows"
        beat.say(
            f"On the {side}, in {{{side}.end}} {plural(one.end, 'update')}, the typical error {way} to "
            f"{number(f'{side}.rms()', after)}.",
            f"{side}.rms() {'<' if after < before else '>='} {side}.rms(0)",
        )
    return beat


def _ends(facts: dict[str, Facts]) -> Telling:
    beat = Telling("ends")
    verdicts = {side: "diverged" if one.diverged else one.verdict for side, one in facts.items()}
    claims = [f"{side}.diverged" if found == "diverged" else f"{side}.verdict == '{found}'"
              for side, found in verdicts.items()]  # fmt: skip
    one_end = len(set(verdicts.values())) == 1
    beat.head("Two runs, one kind of end" if one_end else "Two runs, two ends", *claims)
    for side, one in facts.items():
        if one.diverged:
            beat.say(f"The run on the {side} flies apart: its steps are too large.", f"{side}.diverged")
            continue
        claim, end = f"{side}.verdict == '{one.verdict}'", _ENDS[one.verdict]
        if one.verdict == "global optimum" and not one.fits:
            claim, end = f"{claim} and not {side}.fits", "is on its way to the best fit known, and stops too early"
        beat.say(f"The run on the {side} {end}.", claim)
        if one.merges:
            beat.say(f"{{{side}.merges:words}} {plural(one.merges, 'group')} of its neurons "
                     f"{'has' if one.merges == 1 else 'have'} merged.", f"{side}.merges == {one.merges}")  # fmt: skip
    return beat
