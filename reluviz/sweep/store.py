"""Where the results of a sweep are kept: a file for each part while it is trained, one for all when it is done.

A file has its name only when it is whole, and holds a digest of the sweep's description and of all its numbers: what
is damaged, another sweep's, or another part's is noticed and made anew. A sweep that is killed at any moment goes on
where it was, and several that make the same one at once end with the same file.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, fields
from pathlib import Path
from typing import IO

import numpy as np

from reluviz.files import FileError, replacing
from reluviz.made_by import made_by
from reluviz.sweep.archive import Pattern, new_member, open_columns, open_text, read_columns, write_columns
from reluviz.sweep.description import Sweep
from reluviz.sweep.judge import Outcomes
from reluviz.sweep.ways import SweepError

DIRECTORY = Path("media/sweeps")
"""Where sweeps are kept unless told otherwise, relative to the working directory."""

COLUMNS = tuple(field.name for field in fields(Outcomes))
"""The arrays in a file of results, those of Outcomes."""

def sweep_path(sweep: Sweep, directory: Path = DIRECTORY) -> Path:
    """The file that holds the results of `sweep`."""
    return directory / f"{sweep.experiment.name}-{sweep.digest}.npz"


@dataclass(frozen=True, eq=False)
class SweepResult:
    """A sweep and the outcomes of all its runs, in order; shapes as in Outcomes with k = sweep.total.

    `outcomes.error.reshape(sweep.shape)` has an axis for each of the grid and one for the runs at a point.
    """

    sweep: Sweep
    outcomes: Outcomes

    @classmethod
    def load(cls, path: Path) -> SweepResult:
        """Reads a sweep's file. Raises SweepError where it is missing, damaged or something else."""
        try:
            sweep = Sweep.from_dict(json.loads(open_text(path, "description")), str(path))
            columns = open_columns(path, sweep.text, _patterns(sweep.total, sweep.neurons))
            return cls(sweep, Outcomes(**columns))
        except (FileNotFoundError, PermissionError, IsADirectoryError) as error:
            raise SweepError(f"{path}: cannot be read ({error.strerror})") from error
        except SweepError:
            raise
        except Exception as error:  # whatever zipfile, NumPy and JSON make of a file that is damaged
            raise SweepError(f"{path}: holds no sweep, or is damaged") from error


class SweepStore:
    """The files of one sweep in `directory`. Raises FileError where they cannot be written.

    report: told, in a line, of each file that does not hold what its name says.
    """

    def __init__(self, sweep: Sweep, directory: Path, report: Callable[[str], None]) -> None:
        self.sweep, self._report = sweep, report
        self.path = sweep_path(sweep, directory)
        self.parts = self.path.with_suffix(".parts")

    def result(self) -> SweepResult | None:
        """What the sweep's own file holds; None where there is none that does. Parts beside it are removed."""
        found = self._found(self.path, self.sweep.text, self.sweep.total)
        if found is None:
            return None
        shutil.rmtree(self.parts, ignore_errors=True)
        return SweepResult(self.sweep, found)

    def missing(self) -> list[int]:
        """The parts that are still to be trained."""
        return [index for index in range(self.sweep.parts) if self._part(index) is None]

    def keep(self, index: int, outcomes: Outcomes) -> None:
        """Writes a part."""
        columns = {name: getattr(outcomes, name) for name in COLUMNS}
        try:
            write_columns(self._path(index), self._label(index), columns)
        except FileError:
            if not self.path.exists():  # else another process has made the whole of it, and removes the parts
                raise

    def join(self) -> SweepResult | None:
        """Makes the parts one file, column by column and part by part, and removes them; returns what it holds.

        None where a part is gone or damaged, and no other process has made the file meanwhile.
        """
        digest = hashlib.sha256(self.sweep.text.encode())
        try:
            with replacing(self.path) as file, zipfile.ZipFile(file, "w") as archive:
                with new_member(archive, "description") as member:
                    np.lib.format.write_array(member, np.array(self.sweep.text))
                for name in COLUMNS:
                    with new_member(archive, name) as member:
                        self._write_column(name, member, digest.update)
                with new_member(archive, "digest") as member:
                    np.lib.format.write_array(member, np.array(digest.hexdigest()))
                with new_member(archive, "made_by") as member:
                    np.lib.format.write_array(member, np.array(made_by()))
        except _PartGone:
            if not self.path.exists():
                return None
        return self.result()

    def _write_column(self, name: str, member: IO[bytes], note: Callable[[bytes], None]) -> None:
        """An array of all runs in NumPy's format, without ever holding more than a part."""
        for index in range(self.sweep.parts):
            part = self._part(index)
            if part is None:
                raise _PartGone
            column = getattr(part, name)
            if index == 0:
                shape = (self.sweep.total, *column.shape[1:])
                header = {"descr": column.dtype.str, "fortran_order": False, "shape": shape}
                np.lib.format.write_array_header_1_0(member, header)
            data = column.tobytes()
            member.write(data)
            note(data)

    def _part(self, index: int) -> Outcomes | None:
        return self._found(self._path(index), self._label(index), len(self.sweep.part(index)))

    def _path(self, index: int) -> Path:
        return self.parts / f"{index:06d}.npz"

    def _label(self, index: int) -> str:
        return f"{self.sweep.text} part {index}"

    def _found(self, path: Path, label: str, runs: int) -> Outcomes | None:
        """What a file holds; None where it is not there, or, which is reported, does not hold what it should."""
        columns = read_columns(path, label, _patterns(runs, self.sweep.neurons), self._report)
        return None if columns is None else Outcomes(**columns)


class _PartGone(Exception):
    """A part is missing or damaged, perhaps because another process has just joined the same sweep's parts."""


def _patterns(runs: int, neurons: int) -> dict[str, Pattern]:
    empty = Outcomes.unknown(0, neurons)
    return {name: ((runs, *getattr(empty, name).shape[1:]), getattr(empty, name).dtype) for name in COLUMNS}
