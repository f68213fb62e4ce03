"""Where a film can be taken over: which run stands at which iteration at each frame, with a link to the lab for it."""

from __future__ import annotations

from typing import Any

import numpy as np

from reluviz.core import Experiment
from reluviz.core.table import ExperimentError
from reluviz.core.training.one import train
from reluviz.lab.link import write_link


def takeovers(contents: dict[str, Any]) -> list[dict[str, Any]]:
    """A film's segments (contents.schema.json), for its page.

    Each has the second of its first frame, the iteration that its first run shows at each frame (as the film counts it;
    held after the last) and a link that lacks iteration and second alone; further runs of the segment are kept ghosts
    in it. Segments of runs that the lab cannot show are left out.
    """
    rate = contents["frame_rate"]
    found = []
    for segment in contents["segments"]:
        try:
            first, *others = (_experiment(name, contents["runs"][name]) for name in segment["runs"])
            link = write_link(first, kept=others[:3], film=contents["name"], before=before(first, contents["runs"]))
        except ExperimentError:
            continue
        seconds, shown = segment["second"], segment["iterations"][segment["runs"][0]]
        frames = segment["start"] + np.arange(round((segment["end"] - segment["start"]) * rate) + 1) / rate
        counted = np.floor(np.interp(frames, seconds, shown) + 1e-6).astype(int)
        found.append({"start": segment["start"], "iterations": counted.tolist(), "link": link})
    return found


def before(experiment: Experiment, runs: dict[str, Any]) -> int:
    """How many updates of another of a film's runs came before this one's start, to the bit; 0 where none did.

    A film counts on from there: a run that goes on from another by all samples, say, after 20,000 by single ones.
    """
    start = experiment.start
    for name, run in runs.items():
        other = _experiment(name, run)
        if len(other.start) != len(start) or np.array_equal(other.start.weights, start.weights):
            continue
        states = train(other)
        found = (states.weights == start.weights).all(axis=1) & (states.biases == start.biases).all(axis=1)
        if found.any():
            return int(states.iterations[found.argmax()])
    return 0


def _experiment(name: str, run: dict[str, Any]) -> Experiment:
    return Experiment.from_dict(run["description"], name=name, source=f"run {name}")
