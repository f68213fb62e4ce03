"""Samples of one's own: pairs of numbers x, y, in a description or in a CSV file."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from itertools import islice
from pathlib import Path

import numpy as np

from reluviz.core.network import ReluNetwork
from reluviz.core.table import LARGEST, Table, shown

MOST_POINTS = 10_000
_MOST_BYTES = 2_000_000
_MOST_LINES_NAMED = 5

Points = tuple[tuple[float, float], ...]


def read_csv(table: Table, key: str, path: Path) -> list[tuple[float, float]]:
    """The two columns x, y of a file: commas, semicolons or tabs between them, a header or not.

    Bad lines are noted as mistakes of `key`, by their numbers.
    """
    expected = "a CSV file with two columns x, y"
    try:
        if not path.is_file():
            table.wrong(key, f"{path}: no such file", expected)
            return []
        if path.stat().st_size > _MOST_BYTES:
            table.wrong(key, f"{path}: more than {_MOST_BYTES:,} bytes", f"at most {MOST_POINTS:,} lines x, y")
            return []
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except UnicodeDecodeError:
        table.wrong(key, f"{path}: not a text file in UTF-8", expected)
        return []
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        table.wrong(key, f"{path}: cannot be read ({getattr(error, 'strerror', None) or error})", expected)
        return []
    found = [(number, _pair(line)) for number, line in enumerate(lines, start=1) if line.strip()]
    if found and isinstance(found[0][1], str):
        found = found[1:]  # the header
    for number, problem in islice(((n, pair) for n, pair in found if isinstance(pair, str)), _MOST_LINES_NAMED):
        table.note(key, f"{path}, line {number}: {problem}", "two numbers x, y")
    return [pair for _, pair in found if not isinstance(pair, str)]


def _pair(line: str) -> tuple[float, float] | str:
    """The two numbers of a line, or what is wrong with it."""
    cells = [cell.strip().strip('"') for cell in re.split(r"[,;\t]", line)]
    if len(cells) != 2:
        return f"{len(cells)} column{'s' * (len(cells) > 1)}, not two"
    numbers = []
    for cell in cells:
        try:
            numbers.append(float(cell))
        except ValueError:
            return f"{shown(cell)} is no number"
        if not math.isfinite(numbers[-1]) or abs(numbers[-1]) > LARGEST:
            return f"{shown(cell)} is not between {-LARGEST:g} and {LARGEST:g}"
    return numbers[0], numbers[1]


def check_points(table: Table, key: str, points: Sequence[tuple[float, float]]) -> None:
    """Notes what is wrong with samples as a whole: too few, too many, or all at one place."""
    if not table.fits(key):
        return
    if not 2 <= len(points) <= MOST_POINTS:
        table.wrong(key, f"{len(points):,} points", f"2 to {MOST_POINTS:,}")
    elif len({x for x, _ in points}) < 2:
        table.wrong(key, "all points at one x", "at least two different x")


def polyline(points: Sequence[tuple[float, float]]) -> ReluNetwork:
    """The target through samples: from x to x, through the mean of y where several have the same x.

    Raises ValueError where that is beyond float64.
    """
    x, index = np.unique([x for x, _ in points], return_inverse=True)
    y = np.bincount(index, [y for _, y in points]) / np.bincount(index)
    return ReluNetwork.through(np.column_stack((x, y)).tolist())
