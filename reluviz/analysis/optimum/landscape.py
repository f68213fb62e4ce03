"""What kind of place a state of rest is: an optimum, a valley floor, or a saddle."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from reluviz.analysis.optimum.loss import UniformLoss, network_of
from reluviz.core.measure import error_unit
from reluviz.core.network import Array

FLAT = 1e-4
"""A curvature below this fraction of the largest is none. On the article's target the curvatures of true bends
are above 3e-4 of the largest, and those of level directions, at a polished state, below 2e-5."""

AT_REST = 1e-5
"""The largest derivative at rest, as a fraction of the target's height."""

GLOBAL = 1e-4
"""An RMS error within this fraction of the target's height of the best fit's is that of the global optimum."""

_PROBES = 400
_RADII = (0.003, 0.01, 0.03)


class Verdict(StrEnum):
    """What a run's end comes to rest in, once the noise of single samples is taken away."""

    GLOBAL_OPTIMUM = "global optimum"
    STRICT_LOCAL_OPTIMUM = "strict local optimum"
    DEGENERATE_VALLEY = "degenerate valley"
    SADDLE = "saddle"
    STILL_MOVING = "still moving"


@dataclass(frozen=True, eq=False)
class Rest:
    """The surroundings of a state, shape (m,), in a loss.

    gradient: the largest derivative. eigenvalues: of the Hessian, (m,), rising. flat: (k, m), orthonormal
    directions that cost nothing (to second order). escape: (m,), a unit direction that leads down, or None.
    lowest_nearby: the smallest change of the loss that seeded probes of all kinds found within a distance of
    0.03, above zero where every way leads up; it sees one-sided descents, which a Hessian cannot.
    """

    verdict: Verdict
    gradient: float
    eigenvalues: Array
    flat: Array
    escape: Array | None
    lowest_nearby: float


def survey(loss: UniformLoss, vector: Array, best_rms: float) -> Rest:
    """Names the kind of place that `vector`, shape (m,), is; best_rms: the RMS error of the best fit known."""
    here = loss.value(vector)
    gradient = float(np.abs(loss.gradient(vector)).max(initial=0.0))
    eigenvalues, vectors = np.linalg.eigh(loss.hessian(vector))
    level = FLAT * max(float(eigenvalues[-1]), 0.0)
    flat = vectors[:, np.abs(eigenvalues) <= level].T
    escape = vectors[:, 0] if eigenvalues[0] < -level else None
    lowest, way = _probe(loss, vector, here, vectors)
    scale = error_unit(loss.target, loss.low, loss.high)
    if escape is None and lowest < -AT_REST * scale**2:
        escape = way
    if np.sqrt(here) <= best_rms + GLOBAL * scale:
        verdict, escape = Verdict.GLOBAL_OPTIMUM, None
    elif gradient > AT_REST * scale:
        verdict = Verdict.STILL_MOVING
    elif escape is not None:
        verdict = Verdict.SADDLE
    else:
        verdict = Verdict.DEGENERATE_VALLEY if len(flat) else Verdict.STRICT_LOCAL_OPTIMUM
    return Rest(verdict, gradient, eigenvalues, flat, escape, lowest)


def _probe(loss: UniformLoss, vector: Array, here: float, vectors: Array) -> tuple[float, Array]:
    """The smallest change of the loss near `vector`, and its direction; along eigenvectors, axes, and at random."""
    random = np.random.RandomState(0).normal(size=(_PROBES, len(vector)))
    random /= np.linalg.norm(random, axis=1, keepdims=True)
    ways = np.concatenate((vectors.T, -vectors.T, np.eye(len(vector)), -np.eye(len(vector)), random))
    changes = np.array([[loss.value(vector + r * way) - here for r in _RADII] for way in ways])
    lowest = int(changes.min(axis=1).argmin())
    return float(changes.min()), ways[lowest]


@dataclass(frozen=True)
class SplitTest:
    """What happens to a merged pair of one sign whose neurons are pulled apart about their common origin.

    weight: of the pair. residual: the target less the graph at the origin (at the edge of the range where the
    origin lies outside). curvature: of the loss along the split, from the Hessian.
    outcome: "stable" where weight * residual < 0 (splitting costs), "escape" where it is > 0 (splitting pays);
    "free" where the origin lies outside the range, so that splitting changes nothing.
    Compare Fukumizu and Amari (2000), who show that merged units are lines of critical points.
    """

    neurons: tuple[int, int]
    origin: float
    weight: float
    residual: float
    curvature: float
    outcome: str


def split_test(loss: UniformLoss, vector: Array, first: int, second: int) -> SplitTest:
    """Tests the pair (from 0) at the state `vector`, with both neurons put at their weighted mean origin."""
    n = len(vector) // 2
    w1, w2 = float(vector[first]), float(vector[second])
    bias = float((w1 * vector[n + first] + w2 * vector[n + second]) / (w1 + w2))
    merged = vector.copy()
    merged[n + first] = merged[n + second] = bias
    split = np.zeros(len(vector))
    split[n + first], split[n + second] = w2, -w1
    split /= np.linalg.norm(split)
    x = np.clip(-bias, loss.low, loss.high)
    residual = float(loss.target(x) - network_of(vector, loss.output_bias)(x))
    curvature = float(split @ loss.hessian(merged) @ split)
    outcome = "stable" if (w1 + w2) * residual < 0 else "escape"
    if not loss.low < -bias < loss.high:
        outcome = "free"
    return SplitTest((first, second), -bias, w1 + w2, residual, curvature, outcome)
