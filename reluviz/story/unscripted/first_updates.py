"""The first updates of any run, one by one: what an update is here, be it of one sample or of a batch, with memory or
without."""

from __future__ import annotations

import numpy as np

from reluviz.analysis.rules import classify
from reluviz.story.unscripted.draft import Telling, number, plural
from reluviz.story.unscripted.stretches import happening_in, say_how_many_more
from reluviz.story.vocabulary.facts import Facts

SHOWN = 3
"""Updates that are shown one by one, of a run that makes as many."""


def first_updates(facts: Facts) -> Telling:
    """The beat "updates": the first one waits for the words, those after it go by more quickly."""
    beat = Telling("updates", (0, min(SHOWN, facts.end)))
    if facts.batch_size == 1:
        _one_sample(beat, facts)
    else:
        _batch(beat, facts)
    _memory(beat, facts)
    say_how_many_more(beat, len(happening_in(facts, *beat.span or (0, 0))), 0)
    return beat


def _one_sample(beat: Telling, facts: Facts) -> None:
    x, delta = number("run.sample(0)", facts.sample(0)), facts.delta(0)
    beat.head("One sample, one update", "run.batch_size == 1")
    how_far = number("abs(run.delta(0))", abs(delta))
    if delta == 0:
        beat.say(f"The first sample lies at {x}. [delta] There the line meets its value.", "run.delta(0) == 0")
    else:
        side = "above" if delta > 0 else "below"
        beat.say(f"The first sample lies at {x}. Its value is {how_far} {side} the line: that is [delta] delta.",
                 f"run.delta(0) {'>' if delta > 0 else '<'} 0")  # fmt: skip
    awake, count = facts.awake(0), facts.neurons
    still = [f"run.origin({i}, 1) == run.origin({i}, 0)" for i in range(1, count + 1)]
    if awake and all(facts.origin(i, 1) == facts.origin(i, 0) for i in range(1, count + 1)):
        turning = [f"run.w({i}, 1) != run.w({i}, 0)" for i in range(1, count + 1) if facts.w(i, 1) != facts.w(i, 0)]
        beat.say("[move] Slopes turn, but no origin moves yet." if turning else "[move] So nothing moves.", *still,
                 *turning)  # fmt: skip
    elif awake == 0:
        beat.say("Every neuron is asleep there: [move] nothing moves.", "run.awake(0) == 0")
    elif awake == count:
        beat.claims += _moving(facts)
        all_of = {1: "The neuron is awake there", 2: "Both neurons are awake there"}
        beat.say(f"{all_of.get(count, 'All neurons are awake there')}: [move] the arrows, enlarged, show where "
                 f"{'its origin goes' if count == 1 else 'origins go'}.", f"run.awake(0) == {count}")  # fmt: skip
    else:
        beat.claims += _moving(facts)
        beat.say(f"{{run.awake(0):words}} of {{run.neurons:words}} {plural(count, 'neuron')} "
                 f"{'is' if awake == 1 else 'are'} awake there: [move] the arrows, enlarged, show where "
                 f"{'its origin goes' if awake == 1 else 'their origins go'}.", f"run.awake(0) == {awake}")  # fmt: skip


def _batch(beat: Telling, facts: Facts) -> None:
    run = facts.trajectory
    beat.head("Many samples, one update", "run.batch_size > 1")
    beat.say("Each update follows {run.batch_size} samples at once, [delta] each with its delta.", "run.batch_size > 1")
    steps = np.abs(run.biases[1] - run.biases[0])
    n = int(steps.argmax()) + 1
    x, i = run.experiment.samples()[run.experiment.batch(0)], n - 1
    delta = run.experiment.targets()[run.experiment.batch(0)] - run.start(x)
    codes = classify(run.start.weights[i], run.start.biases[i], x, delta)
    votes = [rule for rule in (1, 2, 3, 4) if (codes == rule).any()]
    if not steps.any() or not votes:
        beat.say("What they push adds up: [move] so the neurons move, by arrows drawn enlarged.")
        return
    told = [f"{{run.votes({n}, {rule}, 0)}} push by rule {{{rule}}}" for rule in votes]
    beat.say(f"Of the first ones, at neuron {{{n}}}, {' and '.join(told)}. [move] The sum decides. Arrows are "
             "enlarged.", *_moving(facts), *(f"run.votes({n}, {rule}, 0) > 0" for rule in votes))  # fmt: skip


def _moving(facts: Facts) -> list[str]:
    """The claims that the first update moves the origins that it moves."""
    return [f"run.origin({i}, 1) {'>' if facts.origin(i, 1) > facts.origin(i, 0) else '<'} run.origin({i}, 0)"
            for i in range(1, facts.neurons + 1) if facts.origin(i, 1) != facts.origin(i, 0)]  # fmt: skip


def _memory(beat: Telling, facts: Facts) -> None:
    """What the optimiser makes of the pushes, said while the next updates pass."""
    name = facts.optimizer
    if name == "sgd":
        if facts.end > 1:
            beat.say("[next] Then comes the next." if facts.batch_size == 1 else "[next] Then come the next ones.")
        return
    beat.claims.append(f"run.optimizer == '{name}'")
    if name == "adam":
        beat.say("[next] Adam makes all pushes of like length, large or small.")
    else:
        beat.say("[next] With momentum a push lingers: the hollow arrow is what steps before have left.")
