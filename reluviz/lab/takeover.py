"""Where a film can be taken over: which run stands at which iteration at each second, with a link to the lab for it."""

from __future__ import annotations

from typing import Any

from reluviz.core import Experiment
from reluviz.core.table import ExperimentError
from reluviz.lab.link import write_link


def takeovers(contents: dict[str, Any]) -> list[dict[str, Any]]:
    """A film's segments (contents.schema.json), for its page.

    Each has start, the seconds and iterations of its first run (straight between two, held before and after) and a
    link that lacks iteration and second alone; further runs of the segment are kept ghosts in it. Segments of runs
    that the lab cannot show are left out.
    """
    found = []
    for segment in contents["segments"]:
        try:
            first, *others = (_experiment(name, contents["runs"][name]) for name in segment["runs"])
            link = write_link(first, kept=others[:3], film=contents["name"])
        except ExperimentError:
            continue
        iterations = segment["iterations"][segment["runs"][0]]
        found.append(
            {
                "start": segment["start"],
                "second": segment["second"],
                "iteration": [min(shown, first.iterations) for shown in iterations],
                "link": link,
            }
        )
    return found


def _experiment(name: str, run: dict[str, Any]) -> Experiment:
    return Experiment.from_dict(run["description"], name=name, source=f"run {name}")
