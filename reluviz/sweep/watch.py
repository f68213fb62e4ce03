"""The compiled part of watching many runs on their way; `outcomes` is the way in."""

from __future__ import annotations

from numba import njit


@njit(cache=True, nogil=True)
def note_merges(runs, weights, biases, low, high, close, iteration, since):  # type: ignore[no-untyped-def]
    """Notes for each run and pair (i < j, in the order of itertools.combinations) since when it has been merged.

    runs: (tiles, LANES), weights and biases: (tiles, n, LANES), as in `Abreast`. since: (k, pairs), -1 where a
    pair is apart. Merged as in `merging`: one sign, and origins, clipped to [low, high], at most `close` apart.
    """
    n = weights.shape[1]
    for tile in range(runs.shape[0]):
        for r in range(runs.shape[1]):
            run = runs[tile, r]
            if run < 0:
                continue
            pair = 0
            for i in range(n):
                for j in range(i + 1, n):
                    one = min(max(-biases[tile, i, r], low), high)
                    other = min(max(-biases[tile, j, r], low), high)
                    one_sign = weights[tile, i, r] * weights[tile, j, r] > 0.0
                    if not one_sign or not abs(one - other) <= close:
                        since[run, pair] = -1
                    elif since[run, pair] < 0:
                        since[run, pair] = iteration
                    pair += 1


@njit(cache=True, nogil=True)
def group_neurons(weights, biases, since, low, high, small, groups, merged_from):  # type: ignore[no-untyped-def]
    """Which neurons of each ended run are one, and since when; as `merging` groups them.

    weights, biases: (k, n). since: (k, pairs). small: the height up to which a neuron's graph is idle.
    Into groups, (k, n): 0 for a neuron that is idle or dead, and else the number, from 1, of the first neuron in
    its group. Into merged_from, (k, n): since when a neuron's group is together, that is
    since the last of its pairs merged; -1 for a neuron alone.
    """
    k, n = weights.shape
    for run in range(k):
        for i in range(n):
            origin = -biases[run, i]
            working = origin < high and abs(weights[run, i]) * (high - origin) > small
            groups[run, i] = i + 1 if working else 0
            merged_from[run, i] = -1
        pair = 0
        for i in range(n):
            for j in range(i + 1, n):
                one, other = groups[run, i], groups[run, j]
                if one > 0 and other > 0 and since[run, pair] >= 0 and one != other:
                    for m in range(n):  # the later group joins the earlier one
                        if groups[run, m] == max(one, other):
                            groups[run, m] = min(one, other)
                pair += 1
        pair = 0
        for i in range(n):
            for j in range(i + 1, n):
                if groups[run, i] > 0 and groups[run, i] == groups[run, j]:
                    for m in range(n):
                        if groups[run, m] == groups[run, i]:
                            merged_from[run, m] = max(merged_from[run, m], since[run, pair])
                pair += 1
