"""How a run was trained, in words, and which analyses hold for that.

Paths and places are read the same way however steps are made: phases and events, merges, the place of rest, where two
runs part. What reads a step as the push of one sample, the four rules and `pushes`, holds for the article's steps only.
"""

from __future__ import annotations

from reluviz.core import Experiment


class NotForThisTraining(ValueError):
    """An analysis that does not hold for how a run was trained; the message is a sentence."""


def needs_plain_steps(experiment: Experiment, what: str) -> None:
    """Raises NotForThisTraining, saying that `what` (in the plural) read plain steps, unless they are what is made."""
    if not experiment.takes_plain_steps:
        raise NotForThisTraining(
            f"{what} speak of plain steps, each for one sample; this run takes {steps_in_words(experiment)}."
        )


def steps_in_words(experiment: Experiment) -> str:
    """The steps that training takes: "plain steps for single samples", "Adam's steps for batches of 10 samples"."""
    optimizer = experiment.optimizer
    steps = {
        "sgd": "plain steps",
        "momentum": f"steps with a momentum of {optimizer.momentum:g}",
        "nesterov": f"steps with Nesterov's momentum of {optimizer.momentum:g}",
        "adam": "Adam's steps",
    }[optimizer.name]
    if experiment.batch_size == 1:
        return f"{steps} for single samples"
    if experiment.batch_size == experiment.samples_count:
        return f"{steps} for all samples together"
    return f"{steps} for batches of {experiment.batch_size:,} samples"
