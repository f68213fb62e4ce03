"""The analysis of a run as plain JSON values, and as lines and tables for people. Neurons count from 1 here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from reluviz.analysis.events import Passage, Reversal, SignChange
from reluviz.analysis.optimum.verdict import Optimum
from reluviz.analysis.phases import Event
from reluviz.analysis.rules import Rule
from reluviz.analysis.run import Analysis
from reluviz.analysis.training import NotForThisTraining


@dataclass(frozen=True)
class Table:
    """A small table: a title, the names of its columns, and rows of text. Without columns, rows are sentences."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def sentence(event: Event) -> str:
    """What happened, in a few plain words without the iteration."""
    if isinstance(event, Reversal):
        what = "" if event.quantity == "origin" else "'s weight"
        because = "" if event.cause == "unclear" else f" ({event.cause})"
        return f"neuron {event.neuron + 1}{what} turns {event.toward} at {number(event.value)}{because}"
    if isinstance(event, SignChange):
        return f"weight {event.neuron + 1} becomes {'positive' if event.sign > 0 else 'negative'}"
    if isinstance(event, Passage):
        way = "enters" if event.inward else "leaves"
        return f"neuron {event.neuron + 1} {way} the data's range at its {event.edge} end"
    return f"neuron {event.left + 1} is now left of neuron {event.right + 1}"


def number(value: float, digits: int = 2) -> str:
    """A number with so many decimals, a typographic minus, and no minus before a zero; a huge one as 5.8e+88."""
    text = f"{value:.{digits}f}" if abs(value) < 1e15 else f"{value:.{digits}e}"
    if float(text) == 0.0:
        text = text.lstrip("-")
    return text.replace("-", "−")


def as_dict(analysis: Analysis) -> dict[str, Any]:
    """All that the analysis says, as plain JSON values; of a run that overflowed, only that it did."""
    if analysis.trajectory.overflowed_at is not None:
        return {"overflowed": True}
    phases, merging = analysis.phases, analysis.merging
    return {
        "rules": [
            {rule.name.lower(): share for rule, share in analysis.rules.fractions(i).items()}
            for i in range(analysis.trajectory.neurons)
            if analysis.trajectory.last > 0 and analysis.trajectory.experiment.takes_plain_steps
        ],
        "phases": [
            asdict(phase) | {"directions": list(phase.directions)}
            for phase in phases.phases
        ],
        "settling": phases.settling,
        "slow_from": phases.slow_from,
        "events": [{"iteration": event.iteration, "what": sentence(event)} for event in phases.events],
        "standing": list(merging.standing),
        "merges": [
            asdict(merge) | {"neurons": [i + 1 for i in merge.neurons]}
            for merge in merging.merges
        ],
        "reduced": merging.reduced.to_dict() | {"error": merging.reduced_error},
        "optimum": _optimum(analysis.optimum),
    }


def as_tables(analysis: Analysis) -> Iterator[Table]:
    """The same for people, the most telling things only; empty tables are left out."""
    if analysis.trajectory.overflowed_at is not None:
        yield Table("Where it came to rest", (), (("Nowhere: the run overflowed.",),))
        return
    phases, merging = analysis.phases, analysis.merging
    merged = tuple(
        (" + ".join(str(i + 1) for i in one.neurons), f"{one.iteration:,}", number(one.weight), number(one.origin))
        for one in merging.merges
    )
    parts = tuple(
        (str(one.number), f"{one.first:,} … {one.last:,}", one.opened_by, ", ".join(one.directions))
        for one in phases.phases
    )
    happened = tuple((f"{event.iteration:,}", sentence(event)) for event in phases.events)
    tables = [
        Table("Where it came to rest", (), tuple((line,) for line in _rest(analysis))),
        Table("Merges", ("Neurons", "from iteration", "slope", "origin"), merged),
        Table("Phases", ("Phase", "iterations", "opened by", "origins move"), parts),
        Table("Events", ("Iteration", "what happens"), happened),
        _rules(analysis),
    ]
    yield from (table for table in tables if table.rows)


def _rest(analysis: Analysis) -> Iterator[str]:
    trajectory = analysis.trajectory
    optimum = analysis.optimum
    yield optimum.sentence
    if optimum.fits_from is not None:
        yield f"Fits to 2 % of the target's height from iteration {optimum.fits_from:,} on."
    count = trajectory.neurons
    yield (
        f"Best fit known with {count} neuron{'s' * (count > 1)}: {number(optimum.yardsticks.same.rms, 4)}; "
        f"with one fewer: {number(optimum.yardsticks.fewer.rms, 4)}."
    )
    if optimum.exit is not None:
        yield (
            f"A level way out: free neuron {optimum.exit.neuron + 1}, lead it to "
            f"{number(optimum.exit.origin)}; descent from there ends at RMS {number(optimum.exit.rms, 4)}."
        )


def _rules(analysis: Analysis) -> Table:
    trajectory = analysis.trajectory
    try:
        rows = tuple(_rules_row(analysis, i) for i in range(trajectory.neurons) if trajectory.last > 0)
    except NotForThisTraining as declined:
        return Table("Rules", (), ((str(declined),),))
    columns = ("Neuron", "inactive", "rule 1", "rule 2", "rule 3", "rule 4", "at the end")
    return Table("Rules, as shares of all updates", columns, rows)


def _rules_row(analysis: Analysis, neuron: int) -> tuple[str, ...]:
    shares = analysis.rules.fractions(neuron)
    rules = (Rule.INACTIVE, Rule.RULE_1, Rule.RULE_2, Rule.RULE_3, Rule.RULE_4)
    percentages = tuple(f"{100 * shares[rule]:.0f} %" for rule in rules)
    return (str(neuron + 1), *percentages, analysis.merging.standing[neuron])


def _optimum(optimum: Optimum) -> dict[str, Any]:
    exit_ = optimum.exit
    return {
        "verdict": str(optimum.verdict),
        "sentence": optimum.sentence,
        "rms_end": optimum.rms_end,
        "rms_polished": optimum.rms_polished,
        "rms_polished_on_data": optimum.rms_polished_on_data,
        "polished": optimum.polished.to_dict(),
        "moved_by_polishing": optimum.moved,
        "gradient": optimum.rest.gradient,
        "eigenvalues": optimum.rest.eigenvalues.tolist(),
        "flat_directions": optimum.rest.flat.tolist(),
        "escape": None if optimum.rest.escape is None else optimum.rest.escape.tolist(),
        "lowest_nearby": optimum.rest.lowest_nearby,
        "best_rms": optimum.yardsticks.same.rms,
        "best_rms_with_one_fewer": optimum.yardsticks.fewer.rms,
        "splits": [
            asdict(split) | {"neurons": [i + 1 for i in split.neurons]}
            for split in optimum.splits
        ],
        "exit": None if exit_ is None else asdict(exit_) | {"neuron": exit_.neuron + 1},
        "fits_from": optimum.fits_from,
        "reaches_basin": optimum.reaches_basin,
    }
