"""What happens in a run as sentences with claims, and how telling each event is.

Where a stretch holds more than can be told, the most telling events are: merges and deaths, then turns, most of all
those that the error brings about, then sign changes, crossings and the turns of weights.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from reluviz.analysis import Analysis
from reluviz.analysis.events import Reversal
from reluviz.story.unscripted.draft import capital, neurons, number
from reluviz.story.vocabulary.events import goes_with_a_turn


@dataclass(frozen=True)
class Happening:
    """One event: when, of which neurons (from 1), how telling (about 1 to 15), its kind, a headline, the ways to say
    it, what it claims."""

    iteration: int
    neurons: tuple[int, ...]
    telling: float
    kind: str
    headline: str
    ways: tuple[str, ...]
    claims: tuple[str, ...]


def happenings(analysis: Analysis) -> tuple[Happening, ...]:
    """All that can be told of a run, in order of iteration."""
    found = [
        *_turns(analysis),
        *_sign_changes(analysis),
        *_passages(analysis),
        *_crossings(analysis),
        *_merges(analysis),
    ]
    return tuple(sorted(found, key=lambda one: one.iteration))


def _turns(analysis: Analysis) -> Iterator[Happening]:
    experiment = analysis.trajectory.experiment
    for turn in analysis.phases.reversals:
        n, t = turn.neuron + 1, turn.iteration
        time = f"{{run.reverses({n}, '{turn.toward}', {t}, '{turn.quantity}')}}"
        turned = f"run.reverses({n}, '{turn.toward}', {t}, '{turn.quantity}') == {t}"
        if turn.quantity == "weight":
            again = "grows again" if turn.toward == "up" else "falls again"
            ways: tuple[str, ...] = (
                f"From iteration {time} on, the slope that neuron {{{n}}} adds {again}.",
                f"The weight of neuron {{{n}}} turns {turn.toward} at iteration {time}.",
            )
            yield Happening(t, (n,), 2.0, "weight turn", f"Weight {{{n}}} turns {turn.toward}", ways, (turned,))
            continue
        because = f"run.reversal_cause({n}, '{turn.toward}', {t}) == '{turn.cause}'"
        way = min(turn.prominence / (experiment.high - experiment.low), 1.0)
        where = number(f"run.origin({n}, {t})", float(-analysis.trajectory.network_at(t).biases[turn.neuron]))
        cause = f"turn, {turn.cause}"
        headline = f"Neuron {{{n}}} turns {turn.toward}"
        ways = _ways_of_turn(turn, n, time, where)
        yield Happening(t, (n,), 5.0 + 8.0 * way, cause, headline, ways, (turned, because))


def _ways_of_turn(turn: Reversal, n: int, time: str, where: str) -> tuple[str, ...]:
    when, back = f"At iteration {time}, near {where},", f"neuron {{{n}}} turns {turn.toward}"
    if turn.cause == "weight changed sign":
        return (
            f"{when} {back}: its weight has changed sign.",
            f"{capital(back)} at iteration {time}, as its weight passes through zero.",
        )
    if turn.cause == "residual changed sign":
        return (
            f"{when} {back}: the mean error right of it has changed sign.",
            f"{capital(back)} at iteration {time}, since the samples right of it now pull the other way.",
            f"{when} {back}, and again the error right of it has changed sign.",
        )
    if turn.cause == "both":
        return (f"{when} {back}: its weight and the error right of it both change sign there.",)
    return (f"{when} {back}.", f"{capital(back)} at iteration {time}.")


def _sign_changes(analysis: Analysis) -> Iterator[Happening]:
    for change in analysis.phases.sign_changes:
        n, t = change.neuron + 1, change.iteration
        if goes_with_a_turn(change, analysis.phases):
            continue  # told with the turn that it causes
        sign, compared = ("positive", "> 0") if change.sign > 0 else ("negative", "< 0")
        ways = (
            f"The weight of neuron {{{n}}} becomes {sign} at iteration {{run.changes_sign({n}, {t})}}.",
            f"At iteration {{run.changes_sign({n}, {t})}}, neuron {{{n}}} gets a {sign} weight.",
        )
        claims = (f"run.changes_sign({n}, {t}) == {t}", f"run.w({n}, {t}) {compared}")
        yield Happening(t, (n,), 4.0, "sign", f"Weight {{{n}}} becomes {sign}", ways, claims)


def _passages(analysis: Analysis) -> Iterator[Happening]:
    standing = analysis.merging.standing
    for passage in analysis.phases.passages:
        n, t, edge = passage.neuron + 1, passage.iteration, passage.edge
        side = "left" if edge == "low" else "right"
        word = "enters" if passage.inward else "leaves"
        time = f"{{run.{word}({n}, '{edge}', {t})}}"
        claims: tuple[str, ...] = (f"run.{word}({n}, '{edge}', {t}) == {t}",)
        last = t == max(p.iteration for p in analysis.phases.passages if p.neuron == passage.neuron)
        telling = 4.0
        ways: tuple[str, ...]
        if passage.inward:
            ways = (
                f"At iteration {time}, neuron {{{n}}} comes in from the {side}: now it bends the line among the data.",
                f"Neuron {{{n}}} enters the data from the {side} at iteration {time}.",
            )
        elif edge == "low":
            ways = (
                f"At iteration {time}, neuron {{{n}}} leaves the data on the left: from there it acts on every "
                "sample.",
                f"Neuron {{{n}}} goes out on the left at iteration {time}, and its bend is out of sight.",
            )
        elif last and standing[passage.neuron] == "dead":
            telling = 10.0
            ways = (f"At iteration {time}, neuron {{{n}}} leaves the data on the right. No sample reaches it.",)
            claims = (*claims, f"run.standing({n}) == 'dead'")
        else:
            ways = (f"At iteration {time}, neuron {{{n}}} leaves the data on the right.",)
        yield Happening(t, (n,), telling, f"{word} {edge}", f"Neuron {{{n}}} {word} the data", ways, claims)


def _crossings(analysis: Analysis) -> Iterator[Happening]:
    for crossing in analysis.phases.crossings:
        a, b, t = crossing.left + 1, crossing.right + 1, crossing.iteration
        time = f"{{run.overtakes({a}, {b}, {t})}}"
        ways = (
            f"{capital(neurons((a, b)))} change places at iteration {time}.",
            f"At iteration {time}, neuron {{{a}}} comes to lie left of neuron {{{b}}}.",
        )
        claims = (f"run.overtakes({a}, {b}, {t}) == {t}",)
        yield Happening(t, (a, b), 3.0, "crossing", f"{capital(neurons((a, b)))} change places", ways, claims)


def _merges(analysis: Analysis) -> Iterator[Happening]:
    for merge in analysis.merging.merges:
        which = sorted(i + 1 for i in merge.neurons)
        a, b, t = which[0], which[1], merge.iteration
        together = neurons(which)
        ways = (
            f"From iteration {{run.merge({a}, {b})}} on, {together} stay together, and act nearly as one.",
            f"{capital(together)} stay together from iteration {{run.merge({a}, {b})}} on.",
        )
        claims = tuple(f"run.merge({a}, {i}) == {t} and run.w({a}) * run.w({i}) > 0" for i in which[1:])
        yield Happening(t, tuple(which), 12.0, "merge", f"{capital(together)} stay together", ways, claims)
