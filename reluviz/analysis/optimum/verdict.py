"""Where a run has come to rest: which optimum, how good, since when, and what leads out of it.

The end of a run hovers above its limit, since single samples keep pushing it. It is polished first: steepest
descent without noise for x uniform on the data's range (a loss that is smooth, where that over the samples has
a corner wherever an origin meets a sample), and then the limit is judged.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import numpy as np

from reluviz.analysis.merging import Merging
from reluviz.analysis.optimum.descent import Fit, best_fit, polish, settle
from reluviz.analysis.optimum.landscape import Rest, SplitTest, Verdict, split_test, survey
from reluviz.analysis.optimum.loss import DataLoss, UniformLoss, network_of, parameters
from reluviz.analysis.smoothing import since, smooth
from reluviz.core import ReluNetwork, Trajectory
from reluviz.core.measure import FITS, error_unit, rms, rms_to_target
from reluviz.core.network import Array

_LOOKS = 10
_TRIALS = 32


@dataclass(frozen=True)
class Yardsticks:
    """The best fits found with as many neurons as the run has, and with one fewer."""

    same: Fit
    fewer: Fit


@dataclass(frozen=True)
class Exit:
    """A level way out of a valley: one neuron of a merged pair gives the other all its weight, which changes
    nothing; at weight zero its origin is free to go anywhere; from `origin` descent then ends at `rms`."""

    neuron: int
    origin: float
    rms: float


@dataclass(frozen=True, eq=False)
class Optimum:
    """The verdict on a run's end, and the numbers behind it. RMS errors are in units of the graph.

    rest: the surroundings of the polished end. polished: that state. moved: how far polishing moved a weight
    or bias at most. rms_end: over the data, without its noise. rms_polished_on_data: polished for the data, with it;
    rms_polished: for x uniform on the range, polished. yardsticks: the best fits known, also for uniform x.
    splits: the sign test of each merged pair at the polished end. exit: None where there is none.
    fits_from: from here on the smoothed path's RMS error over the data is below 2 % of the target's height.
    reaches_basin: the first iteration looked at (0 and the last times 1/512, 1/256, ... 1) from which, as from
    all later ones, descent without noise ends in the global optimum; None where the run's end does not.
    """

    rest: Rest
    polished: ReluNetwork
    moved: float
    rms_end: float
    rms_polished: float
    rms_polished_on_data: float
    yardsticks: Yardsticks
    splits: tuple[SplitTest, ...]
    exit: Exit | None
    fits_from: int | None
    reaches_basin: int | None

    @property
    def verdict(self) -> Verdict:
        """What the run's end comes to rest in."""
        return self.rest.verdict

    @property
    def sentence(self) -> str:
        """The verdict in one line of plain English."""
        error = f"RMS error {self.rms_end:.4f} at the end, {self.rms_polished:.4f} once polished"
        if self.verdict is Verdict.GLOBAL_OPTIMUM:
            return f"In the basin of the global optimum ({error})."
        if self.verdict is Verdict.STILL_MOVING:
            return f"Not at rest: descent goes on ({error})."
        if self.verdict is Verdict.SADDLE:
            return f"At a saddle: there is a way down that training has not found ({error})."
        best = f"the best fit known has {self.yardsticks.same.rms:.4f}"
        if self.verdict is Verdict.STRICT_LOCAL_OPTIMUM:
            return f"A strict local optimum: every way leads up ({error}; {best})."
        level = len(self.rest.flat)
        ways = f"{level} direction{'s' * (level > 1)} that cost{'s' * (level == 1)} nothing"
        return f"A local optimum that is no point but a valley floor: no way leads down, {ways} ({error}; {best})."


def optimum(trajectory: Trajectory, merging: Merging) -> Optimum:
    """Judges the end of `trajectory`, whose merges are known. Raises ValueError for a run that overflowed."""
    if trajectory.overflowed_at is not None:
        raise ValueError(f"{trajectory.name} overflowed: it came to rest nowhere")
    loss = UniformLoss.of(trajectory)
    with_c = trajectory.experiment.train_output_bias
    end = parameters(trajectory.end, with_c)
    vector = polish(loss, end)
    yardsticks = _yardsticks(loss, trajectory, merging, with_c)
    rest = survey(loss, vector, yardsticks.same.rms)
    data = DataLoss.of(trajectory)
    pairs = [p for m in merging.merges for p in combinations(m.neurons, 2) if vector[p[0]] * vector[p[1]] > 0]
    is_global = rest.verdict is Verdict.GLOBAL_OPTIMUM
    return Optimum(
        rest=rest,
        polished=network_of(vector, loss.output_bias),
        moved=float(np.abs(vector - end).max()),
        rms_end=rms_to_target(trajectory, trajectory.last),
        rms_polished=float(np.sqrt(loss.value(vector))),
        rms_polished_on_data=float(np.sqrt(data.value(settle(data, end)))),
        yardsticks=yardsticks,
        splits=tuple(split_test(loss, vector, *pair) for pair in pairs),
        exit=None if is_global or not pairs else _exit(loss, vector, pairs[0]),
        fits_from=_fits_from(trajectory, FITS * error_unit(loss.target, loss.low, loss.high)),
        reaches_basin=_reaches_basin(loss, trajectory, yardsticks.same.rms) if is_global else None,
    )


def _yardsticks(loss: UniformLoss, trajectory: Trajectory, merging: Merging, with_c: bool) -> Yardsticks:
    guesses = (parameters(merging.reduced, with_c),) if len(merging.reduced) == trajectory.neurons - 1 else ()
    return Yardsticks(
        same=best_fit(loss, trajectory.neurons, with_c, (parameters(trajectory.end, with_c),)),
        fewer=best_fit(loss, trajectory.neurons - 1, with_c, guesses),
    )


def _fits_from(trajectory: Trajectory, bound: float) -> int | None:
    """Along the smoothed path: single samples carry the error across any bound again and again."""
    path = smooth(trajectory)
    x = trajectory.experiment.samples()
    errors = rms(trajectory.target(x) - path.graphs(x))
    return since(path.iterations, errors < bound)


def _reaches_basin(loss: UniformLoss, trajectory: Trajectory, best_rms: float) -> int | None:
    """Walks back from the end, halving, as long as noise-free descent still ends in the global optimum."""
    enough = best_rms + 1e-3 * error_unit(loss.target, loss.low, loss.high)
    looks = sorted({0, *(trajectory.last >> k for k in range(_LOOKS))}, reverse=True)
    found = None
    for at in looks:
        vector = parameters(trajectory.network_at(at), trajectory.experiment.train_output_bias)
        if np.sqrt(loss.value(polish(loss, vector))) > enough:
            break
        found = at
    return found


def _exit(loss: UniformLoss, vector: Array, pair: tuple[int, int]) -> Exit:
    """Frees the right neuron of a merged pair, and sets it where the loss falls fastest with its weight."""
    n = len(vector) // 2
    keeps, freed = pair
    level = vector.copy()
    weight = level[keeps] + level[freed]
    level[n + keeps] = (level[keeps] * level[n + keeps] + level[freed] * level[n + freed]) / weight
    level[keeps], level[freed] = weight, 0.0
    slopes = []
    origins = np.linspace(loss.low, loss.high, _TRIALS + 2)[1:-1]
    for origin in origins:
        level[n + freed] = -origin
        slopes.append(loss.gradient(level)[freed])
    best = int(np.abs(slopes).argmax())
    level[n + freed] = -origins[best]
    end = polish(loss, level)
    return Exit(freed, float(origins[best]), float(np.sqrt(loss.value(end))))
