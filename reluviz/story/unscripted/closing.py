"""How the story of any run ends: its state, the verdict, and what would have helped; or where it diverged."""

from __future__ import annotations

from math import isfinite

from reluviz.core.measure import FITS
from reluviz.story.template import number_text
from reluviz.story.unscripted.draft import Telling, capital, marked, neurons, number, plural
from reluviz.story.unscripted.stretches import LONGEST
from reluviz.story.vocabulary.facts import Facts

_GAIN = 0.5
"""A remedy helps where the typical error ends below this part of the run's own."""

MET = 0.01
"""Neurons have met where their origins are closer than this part of the data's range."""

_BETTER, _EQUAL = 0.9, 0.01
"""A fit is better with an error below this part, and as good within that one."""

_VERDICTS = {
    "strict local optimum": "A local optimum",
    "degenerate valley": "A local optimum, a valley floor",
    "saddle": "A saddle",
    "still moving": "Not at rest yet",
}
_STANDS = {
    "dead": ("is dead: it lies right of all the data", "are dead: they lie right of all the data"),
    "active on all": (
        "lies left of all the data, and adds a straight line",
        "lie left of all the data, and add straight lines",
    ),
    "idle": ("adds next to nothing", "add next to nothing"),
}


def closing(facts: Facts, rest: Facts | None) -> list[Telling]:
    """The last beats: end and verdict, or diverged; and help, unless the run fits or nothing could be tried.

    rest: how the run goes on without noise, `rest` in expressions.
    """
    if facts.diverged:
        beats = [_diverged(facts)]
    else:
        beats = [_end(facts), _verdict(facts, rest)]
        if facts.verdict == "global optimum" and facts.fits:
            return beats
    return [*beats, _help(facts)] if facts.remedies else beats


def _diverged(facts: Facts) -> Telling:
    beat = Telling("diverged")
    beat.head("The steps are too large", "run.diverged")
    beat.say(
        "Here the run flies apart. Every update overshoots, so the error grows, and the next update is larger still.",
        "run.diverged",
    )
    if facts.trajectory.overflowed_at is not None:
        count = plural(facts.overflowed_at, "update")
        beat.say(f"After {{run.overflowed_at}} {count}, the numbers are larger than a computer can hold.",
                 "run.overflowed_at >= run.end")  # fmt: skip
    return beat


def _end(facts: Facts) -> Telling:
    beat, standing = Telling("end"), facts.analysis.merging.standing
    beat.head("After {run.end} " + plural(facts.end, "update"), f"run.end == {facts.end}")
    beat.say(f"Training ends with a typical error of {number('run.rms()', facts.rms())}.", "run.rms() >= 0")
    for merge in facts.analysis.merging.merges[:2]:
        _say_merged(beat, facts, sorted(i + 1 for i in merge.neurons), merge.weight)
    for state, (one, many) in _STANDS.items():
        which = [i + 1 for i, stands in enumerate(standing) if stands == state]
        claims = [f"run.standing({i}) == '{state}'" for i in which]
        if which and beat.words < LONGEST / 2:
            sentence = f"{capital(neurons(which))} {one if len(which) == 1 else many}."
            beat.say(marked(sentence, "_".join((state.split()[0], *map(str, which))), 0.4), *claims)
        if state == "dead" and len(which) == facts.neurons:
            beat.head("The neuron is dead" if facts.neurons == 1 else "Every neuron is dead", *claims)
            beat.say("No sample reaches any neuron, so nothing is learned any more.", *claims)
    return beat


def _say_they_meet(beat: Telling, facts: Facts, rest: Facts) -> None:
    """Of merged neurons that the run ends with apart, those that meet once the noise is gone."""
    for merge in facts.analysis.merging.merges[:1]:
        a, *others = sorted(i + 1 for i in merge.neurons)
        bound = MET * (facts.high - facts.low)
        if max(abs(facts.distance(a, i)) for i in others) >= bound > max(abs(rest.distance(a, i)) for i in others):
            mark = "_".join(("met", str(a), *map(str, others)))
            beat.say(f"{capital(neurons([a, *others]))} [{mark}] meet.",
                     *(f"abs(rest.distance({a}, {i})) < (rest.high - rest.low) * {MET}" for i in others))  # fmt: skip


def _say_merged(beat: Telling, facts: Facts, which: list[int], weight: float) -> None:
    """Tells whether merged neurons have met, or are still on their way to each other."""
    a, b = which[0], which[1]
    slope = number(f"run.merge_weight({a}, {b})", weight)
    claims = [f"run.merged({a}, {i})" for i in which[1:]]
    gaps = [f"abs(run.distance({a}, {i}))" for i in which[1:]]
    widest = max((abs(facts.distance(a, i)), gap) for i, gap in zip(which[1:], gaps, strict=True))
    if widest[0] < MET * (facts.high - facts.low):
        mark = "_".join(("met", *map(str, which)))
        beat.say(f"{capital(neurons(which))} have met: [{mark}] one bend, of slope {slope}.",
                 *claims, *(f"{gap} < (run.high - run.low) * {MET}" for gap in gaps))  # fmt: skip
    else:
        mark = "_".join(("near", *map(str, which)))
        beat.say(f"{capital(neurons(which))} [{mark}] act nearly as one, of slope {slope}; they are "
                 f"{number(widest[1], widest[0])} apart.", *claims)  # fmt: skip


def _verdict(facts: Facts, rest_run: Facts | None) -> Telling:
    beat, verdict = Telling("verdict"), facts.verdict
    claim = f"run.verdict == '{verdict}'"
    if verdict == "global optimum":
        _best(beat, facts, claim)
        return beat
    beat.head(_VERDICTS[verdict], claim)
    rest, best = number("run.rms_polished", facts.rms_polished), number("run.best_rms", facts.best_rms)
    noise = _noise(facts)
    before = f"Take away {noise}:" if noise else "Let it go on:"
    if verdict == "strict local optimum":
        beat.say(f"{before} [rest] it stops in a local optimum, at an error of {rest}. Every way out leads uphill.")
    elif verdict == "degenerate valley":
        ways = facts.flat_directions
        beat.say(
            f"{before} [rest] it stops in a local optimum, at an error of {rest}. No way leads down, and "
            f"{{run.flat_directions:words}} {plural(ways, 'direction')} {'costs' if ways == 1 else 'cost'} nothing.",
            "run.flat_directions > 0",
        )
    elif verdict == "saddle":
        beat.say(f"{before} [rest] it stops at a saddle, at an error of {rest}. A way down exists, but training has "
                 "not found it.")  # fmt: skip
    else:
        beat.say(f"{before} [rest] the way still leads down, slowly, with an error of {rest} so far.")
    if rest_run:
        _say_they_meet(beat, facts, rest_run)
    if facts.best_rms < _BETTER * facts.rms_polished:
        beat.say(f"As many neurons could do better: [best] an error of {best} is known.",
                 f"run.best_rms < run.rms_polished * {_BETTER}")  # fmt: skip
    if facts.neurons > 1 and abs(facts.rms_polished - facts.best_rms_fewer) < _EQUAL * facts.best_rms_fewer:
        beat.say("One neuron fewer could do as well.",
                 f"abs(run.rms_polished - run.best_rms_fewer) < run.best_rms_fewer * {_EQUAL}")  # fmt: skip
    return beat


def _best(beat: Telling, facts: Facts, claim: str) -> None:
    """The verdict on a run that leads to the best fit known: whether it got there."""
    best = number("run.best_rms", facts.best_rms)
    if facts.best_rms == 0:
        beat.say("These neurons can draw the target [best] exactly.", "run.best_rms == 0")
    else:
        beat.say(f"So few neurons cannot draw the target exactly. [best] No better error than {best} is known.",
                 "run.best_rms > 0")  # fmt: skip
    if not facts.fits:
        _not_there(beat, facts, claim)
        return
    beat.head("No better fit is known", claim, "run.fits")
    beat.say("And this run [close] has come close to that.", "run.fits")
    if facts.analysis.optimum.fits_from:
        part = number_text(round(100 * FITS), "words")
        noise = _noise(facts)
        apart = f", apart from {noise}" if noise else ""
        beat.say(f"From iteration {{run.fits_from}} on, the typical error stays below {part} percent of the target's "
                 f"height{apart}.", "run.fits_from > 0")  # fmt: skip


def _not_there(beat: Telling, facts: Facts, claim: str) -> None:
    """Of a run on its way to the best fit, whether more updates are what it lacks: they were tried."""
    longer = [remedy.rms for remedy in facts.remedies if remedy.kind == "longer"]
    if longer and longer[0] >= _BETTER * facts.rms():
        no_closer = f"run.remedy_rms('longer') >= run.rms() * {_BETTER}"
        beat.head("More updates bring it no closer", claim, "not run.fits", no_closer)
        beat.say("Exact steps, as small as need be, would lead from here to that fit. Training does not get there. "
                 "{run.remedy_factor:words} times the updates hardly change its error.", no_closer)  # fmt: skip
        return
    helps = [f"run.remedy_rms('longer') < run.rms() * {_BETTER}"] if longer else []
    beat.head("On its way: stopped too early", claim, "not run.fits", *helps)
    beat.say("From here the way leads down to that fit, but training stops long before.", "not run.fits", *helps)


def _noise(facts: Facts) -> str:
    """What makes the run's updates differ from those by the mean of all samples, in words; nothing if they do not."""
    experiment = facts.trajectory.experiment
    if experiment.batch_size == experiment.samples_count:
        return ""
    return f"the noise of {'single samples' if experiment.batch_size == 1 else 'small batches'}"


def _help(facts: Facts) -> Telling:
    """What was tried: what helps, with its error; what does not, by name alone. The bars have all the numbers."""
    beat = Telling("help")
    badly = "run.diverged" if facts.diverged else "run.verdict != 'global optimum' or not run.fits"
    beat.head("What would help?", badly)
    own, names = facts.rms(), _names(facts)
    errors = {remedy.kind: remedy.rms for remedy in facts.remedies}
    helping = [kind for kind, error in errors.items() if isfinite(error) and (facts.diverged or error < _GAIN * own)]
    for k, kind in enumerate(helping):
        error = f"run.remedy_rms('{kind}')"
        end = f"the error ends at {number(error, errors[kind])}" if k == 0 else number(error, errors[kind])
        beat.say(f"With {names[kind]}, [{kind}] {end}.",
                 f"{error} < run.rms(0)" if facts.diverged and errors[kind] < facts.rms(0) else f"{error} >= 0"
                 if facts.diverged else f"{error} < run.rms() * {_GAIN}")  # fmt: skip
    if rest := [kind for kind in errors if kind not in helping]:
        told = [f"[{kind}] {names[kind]}" for kind in rest]
        listed = " and ".join(filter(None, (", ".join(told[:-1]), told[-1])))
        claims = [f"run.remedy_rms('{kind}') >= run.rms() * {_GAIN}" if isfinite(errors[kind])
                  else f"run.remedy_diverges('{kind}')" for kind in rest]  # fmt: skip
        much = any(errors[kind] < _BETTER * own for kind in rest)
        if not much:
            claims += [f"run.remedy_rms('{kind}') >= run.rms() * {_BETTER}" for kind in rest]
        beat.say(f"{'Little' if much else 'No'} gain came from {listed}.", *claims)
    return beat


def _names(facts: Facts) -> dict[str, str]:
    rate = number("run.remedy_rate", facts.remedy_rate, 3)
    return {
        "longer": "{run.remedy_factor:words} times as many updates",
        "spread": "the starting origins spread out",
        "neuron": "one more neuron",
        "step": f"a learning rate of {rate}",
        "plain": "plain steps",
        "single": "an update for each sample",
    }
