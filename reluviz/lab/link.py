"""Links to the lab: a whole experiment behind the "#" of an address, read and written by the page's own table.

A link is `KEY=VALUE&KEY=VALUE…` with the keys of the TOML: start.weights=0.001,0.04&data.points=0,1;2,3. What has its
default is left out. Beside the experiment it holds the iteration shown, kept runs and the film it was taken over from.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote, unquote

from reluviz.core import Experiment
from reluviz.core.table import ExperimentError
from reluviz.lab.bundle import WEB
from reluviz.story.names import film_name

PROPERTIES: list[dict[str, Any]] = json.loads((WEB / "science" / "properties.json").read_text(encoding="utf-8"))
"""The table that drives reading and writing, here as in web/science/state.js."""

_OF_EXPERIMENT = [row for row in PROPERTIES if not row.get("lab")]
_SOURCE = "the link"


def is_link(text: str) -> bool:
    """Whether `text` is a link to the lab, or the part of one behind the "#"."""
    return "learning_rate=" in text or (("://" in text or "#" in text) and not text.endswith(".toml"))


def open_experiment(name: str) -> Experiment:
    """The experiment of a link; else as Experiment.open. Raises ExperimentError."""
    return read_link(name) if is_link(name) else Experiment.open(name)


def read_link(link: str) -> Experiment:
    """The experiment of a link. Its name is made from its title. Raises ExperimentError, a line for each mistake."""
    given = _parts(link)
    if not any(row["key"] in given for row in _OF_EXPERIMENT):
        raise ExperimentError(f"{_SOURCE}: no experiment stands behind its #; expected one that the lab's page copied")
    description: dict[str, Any] = {}
    for row in _OF_EXPERIMENT:
        if row["key"] not in given:
            continue
        *tables, key = row["key"].split(".")
        into = description
        for table in tables:
            into = into.setdefault(table, {})
        into[key] = _value(row, given[row["key"]])
    title = description.get("title", "")
    return Experiment.from_dict(description, name=film_name(title), source=_SOURCE)


def read_iteration(link: str) -> int:
    """The iteration that a link shows."""
    text = _parts(link).get("iteration", "0")
    return int(text) if re.fullmatch(r"\d{1,12}", text) else 0


def read_kept(link: str) -> list[Experiment]:
    """The runs that a link keeps to compare with. Raises ExperimentError as read_link."""
    return [read_link(unquote(part)) for part in _parts(link).get("kept", "").split(";") if part]


def write_link(experiment: Experiment, kept: Sequence[Experiment] = (), **shown: Any) -> str:
    """What stands behind the "#" for an experiment.

    kept: runs to compare with, as ghosts. shown: further keys of the table: iteration, film, second.
    Raises ExperimentError for what the lab cannot show.
    """
    description = experiment.to_dict()
    check_fits(experiment)
    shown["kept"] = ";".join(quote(write_link(other), safe="") for other in kept) or None
    parts = []
    for row in PROPERTIES:
        value: Any = shown.get(row["key"]) if row.get("lab") else description
        for key in row["key"].split(".") if not row.get("lab") else ():
            value = value.get(key) if value is not None else None
        if value is not None and (value != row.get("default") or str(value) == "-0.0"):
            parts.append(f"{row['key']}={quote(_text(value), safe=',;')}")
    return "&".join(parts)


def check_fits(experiment: Experiment) -> None:
    """Raises ExperimentError where the lab would be too small for it, with the lab's own sentence."""
    sizes = {
        "iterations": (experiment.iterations, "most"),
        "data.samples": (experiment.samples_count, "most"),
        "start.weights": (len(experiment.start), "longest"),
    }
    work = experiment.iterations * experiment.batch_size
    for row in PROPERTIES:
        size, bound = (work, "work") if "work" in row else sizes.get(row["key"], (0, "most"))
        if size > row.get(bound, size):
            raise ExperimentError(f"{experiment.name}: {row['key']}: {size:,}; {row['limit']}")


def _parts(link: str) -> dict[str, str]:
    pairs = (part.partition("=") for part in link.rpartition("#")[2].split("&"))
    return {key: unquote(value) for key, _, value in pairs}


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if not isinstance(value, list):
        return str(value)
    return (";" if value and isinstance(value[0], list) else ",").join(_text(item) for item in value)


def _value(row: dict[str, Any], text: str) -> Any:
    """The value as TOML would have it; a text that does not fit stays one, for the reader of experiments to name."""
    kind = row["kind"]
    if kind == "flag":
        return {"true": True, "false": False}.get(text, text)
    if kind == "integer":
        return int(text) if re.fullmatch(r"\d{1,15}", text) else text
    if kind == "number":
        return _number(text)
    if kind == "numbers":
        return [_number(part) for part in text.split(",")]
    if kind == "points":
        return [[_number(part) for part in point.split(",")] for point in text.split(";")]
    return text


def _number(text: str) -> float | str:
    try:
        return float(text)
    except ValueError:
        return text
