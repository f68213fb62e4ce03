"""Where the results of a sweep are kept: a file for each part while it is trained, one for all when it is done.

A part's file has its name only when it is whole, and a part is trained only where its file is missing: a sweep that
is killed at any moment goes on where it was, and nothing is lost or counted twice.
"""

from __future__ import annotations

import json
import shutil
import zipfile
from dataclasses import dataclass, fields
from pathlib import Path
from typing import IO

import numpy as np

from reluviz.files import replacing
from reluviz.sweep.description import Sweep, SweepError
from reluviz.sweep.judge import Outcomes
from reluviz.sweep.options import sweep_from_dict

DIRECTORY = Path("media/sweeps")
"""Where sweeps are kept unless told otherwise, relative to the working directory."""

COLUMNS = tuple(field.name for field in fields(Outcomes))
"""The arrays in a file of results, those of Outcomes."""


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
            with np.load(path, allow_pickle=False) as file:
                description = json.loads(str(file["description"]))
                columns = {name: file[name] for name in COLUMNS}
        except FileNotFoundError as error:
            raise SweepError(f"{path}: no such file") from error
        except (OSError, ValueError, KeyError, zipfile.BadZipFile, EOFError) as error:
            raise SweepError(f"{path}: holds no sweep, or is damaged") from error
        sweep = sweep_from_dict(description, str(path))
        if any(len(column) != sweep.total for column in columns.values()):
            raise SweepError(f"{path}: holds no sweep, or is damaged")
        return cls(sweep, Outcomes(**columns))


class SweepStore:
    """The files of one sweep in `directory`. Raises FileError where they cannot be written."""

    def __init__(self, sweep: Sweep, directory: Path = DIRECTORY) -> None:
        self.sweep = sweep
        self.path = directory / f"{sweep.experiment.name}-{sweep.digest}.npz"
        self.parts = self.path.with_suffix(".parts")

    def missing(self) -> list[int]:
        """The parts that are still to be trained; none once the sweep's own file is there."""
        if self.path.exists():
            return []
        return [index for index in range(self.sweep.parts) if not self._part(index).exists()]

    def keep(self, index: int, outcomes: Outcomes) -> None:
        """Writes a part."""
        with replacing(self._part(index)) as file:
            np.savez(file, **{name: getattr(outcomes, name) for name in COLUMNS})

    def join(self) -> Path:
        """Makes the parts one file, column by column and part by part, and removes them; returns its path."""
        if not self.path.exists():
            with replacing(self.path) as file, zipfile.ZipFile(file, "w") as archive:
                with _member(archive, "description") as member:
                    np.lib.format.write_array(member, np.array(json.dumps(self.sweep.to_dict())))
                for name in COLUMNS:
                    with _member(archive, name) as member:
                        self._write_column(name, member)
        shutil.rmtree(self.parts, ignore_errors=True)
        return self.path

    def _part(self, index: int) -> Path:
        return self.parts / f"{index:06d}.npz"

    def _write_column(self, name: str, member: IO[bytes]) -> None:
        """An array of all runs in NumPy's format, without ever holding more than a part."""
        for index in range(self.sweep.parts):
            try:
                with np.load(self._part(index)) as part:
                    column = part[name]
            except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile) as error:
                self._part(index).unlink(missing_ok=True)
                raise SweepError(f"{self._part(index)}: was damaged, and is removed; run the sweep again") from error
            if index == 0:
                shape = (self.sweep.total, *column.shape[1:])
                header = {"descr": column.dtype.str, "fortran_order": False, "shape": shape}
                np.lib.format.write_array_header_1_0(member, header)
            member.write(column.tobytes())


def _member(archive: zipfile.ZipFile, name: str) -> IO[bytes]:
    """A file within the archive, without the time of day, so that equal sweeps make equal files."""
    info = zipfile.ZipInfo(f"{name}.npy")
    info.compress_type = zipfile.ZIP_DEFLATED
    return archive.open(info, "w", force_zip64=True)
