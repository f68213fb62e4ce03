"""How the story of any run ends: its state, the verdict, and what would have helped; or where it diverged."""

from __future__ import annotations

from math import isfinite

from reluviz.core.measure import FITS, height
from reluviz.story.unscripted.draft import Telling, capital, neurons, number, plural
from reluviz.story.vocabulary.facts import Facts

_GAIN = 0.5
"""A remedy helps where the typical error ends below this part of the run's own."""


def closing(facts: Facts) -> list[Telling]:
    """The last beats: end and verdict, or diverged; and help, unless the run fits or nothing could be tried."""
    if facts.diverged:
        beats = [_diverged(facts)]
    else:
        beats = [_end(facts), _verdict(facts)]
        if facts.verdict == "global optimum":
            return beats
    return [*beats, _help(facts)] if facts.remedies else beats


def _diverged(facts: Facts) -> Telling:
    beat = Telling("diverged", "The steps are too large")
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
    beat = Telling("end", "After {run.end} " + plural(facts.end, "update"))
    error = number("run.rms()", facts.rms())
    beat.say(f"Training ends with a typical error of {error}.", "run.rms() >= 0")  # fmt: skip
    for merge in facts.analysis.merging.merges[:2]:
        which = sorted(i + 1 for i in merge.neurons)
        a, b = which[0], which[1]
        weight = number(f"run.merge_weight({a}, {b})", merge.weight)
        beat.say(
            f"{capital(neurons(which))} have merged: they act as one, of weight {weight}.",
            *(f"run.merged({a}, {i})" for i in which[1:]),
        )
    standing = facts.analysis.merging.standing
    words = {
        "dead": ("is dead: it lies right of all the data", "are dead: they lie right of all the data"),
        "active on all": (
            "lies left of all the data, and adds a straight line",
            "lie left of all the data, and add straight lines",
        ),
        "idle": ("adds next to nothing", "add next to nothing"),
    }
    for state, (one, many) in words.items():
        which = [i + 1 for i, stands in enumerate(standing) if stands == state]
        if which:
            claims = [f"run.standing({i}) == '{state}'" for i in which]
            beat.say(f"{capital(neurons(which))} {one if len(which) == 1 else many}.", *claims)
    return beat


def _verdict(facts: Facts) -> Telling:
    verdict = facts.verdict
    beat = Telling("verdict", _VERDICTS[verdict])
    beat.claims.append(f"run.verdict == '{verdict}'")
    rest, best = number("run.rms_polished", facts.rms_polished), number("run.best_rms", facts.best_rms)
    if verdict == "global optimum":
        if facts.best_rms == 0:
            beat.say("These neurons can draw the target exactly, and this run is on its way there.",
                     "run.best_rms == 0")  # fmt: skip
        else:
            beat.say(f"So few neurons cannot draw the target exactly. But no better error than {best} is known, "
                     "and this run leads there.", "run.best_rms > 0")  # fmt: skip
        fits = facts.analysis.optimum.fits_from
        if fits and facts.rms() < FITS * height(facts.trajectory.target, facts.low, facts.high):
            beat.say("From iteration {run.fits_from} on, but for the noise, the typical error stays below two percent "
                     "of the target's height.", "run.fits_from > 0")  # fmt: skip
        return beat
    own = facts.trajectory.experiment
    whole = own.batch_size == own.samples_count
    beat.say("Let it go on to rest." if whole else "Take away the noise of single samples, and let it come to rest.")
    if verdict == "strict local optimum":
        beat.say(f"It stops in a local optimum, at an error of {rest}. Every way out leads uphill.")
    elif verdict == "degenerate valley":
        ways = facts.flat_directions
        beat.say(
            f"It stops in a local optimum, at an error of {rest}. No way leads down, and "
            f"{{run.flat_directions:words}} {plural(ways, 'direction')} {'costs' if ways == 1 else 'cost'} nothing: it "
            "is the floor of a valley.",
            "run.flat_directions > 0",
        )
    elif verdict == "saddle":
        beat.say(f"It stops at a saddle, at an error of {rest}: a way down exists, but training has not found it.")
    else:
        beat.say(f"It does not: the way still leads down, slowly, with an error of {rest} so far.")
    if facts.best_rms < 0.9 * facts.rms_polished:
        beat.say(f"As many neurons could do better: fits with an error of {best} are known.",
                 "run.best_rms < run.rms_polished * 0.9")  # fmt: skip
    if facts.neurons > 1 and abs(facts.rms_polished - facts.best_rms_fewer) < 0.01 * facts.best_rms_fewer:
        beat.say("It is as good as one neuron fewer could be.",
                 "abs(run.rms_polished - run.best_rms_fewer) < run.best_rms_fewer * 0.01")  # fmt: skip
    return beat


_VERDICTS = {
    "global optimum": "No better fit is known",
    "strict local optimum": "A local optimum",
    "degenerate valley": "A local optimum, a valley floor",
    "saddle": "A saddle",
    "still moving": "Not at rest yet",
}


def _help(facts: Facts) -> Telling:
    beat = Telling("help", "What would help?")
    own = facts.rms()
    beat.say(
        "What would help? These were trained, too." if len(facts.remedies) > 1 else "What would help?",
        "run.verdict != 'global optimum'" if not facts.diverged else "run.diverged",
    )
    rate = number("run.remedy_rate", facts.remedy_rate, 3)
    names = {
        "spread": "the starting origins spread over the data",
        "neuron": "one more neuron",
        "step": f"a learning rate of {rate}",
        "plain": "plain steps",
        "single": "an update for each sample",
    }
    for remedy in facts.remedies:
        error = f"run.remedy_rms('{remedy.kind}')"
        if not isfinite(remedy.rms):
            beat.say(f"With {names[remedy.kind]}, the run diverges.", f"run.remedy_diverges('{remedy.kind}')")
            continue
        sentence = f"With {names[remedy.kind]}, the error ends at {number(error, remedy.rms)}"
        if not facts.diverged and remedy.rms < _GAIN * own:
            beat.say(f"{sentence}: that helps.", f"{error} < run.rms() / 2")
        elif not facts.diverged and remedy.rms > 1.1 * own:
            beat.say(f"{sentence}: that is worse.", f"{error} > run.rms() * 1.1")
        else:
            beat.say(f"{sentence}.", f"{error} >= 0")
    return beat
