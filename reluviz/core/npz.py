"""Reads arrays from an .npz file that came from outside: nothing is unpacked that is not wanted.

A header is looked at before any memory is taken for its array. `numpy.savez` stores without compression, so what
`read_arrays` reads can never be larger than the file on disk.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Sequence
from math import prod
from pathlib import Path
from typing import Any

import numpy as np
from numpy.lib import format as npy
from numpy.typing import NDArray

Fits = Callable[[tuple[int, ...], np.dtype[Any]], bool]
"""Whether an array may have this shape and type."""


def read_arrays(path: Path, names: Sequence[str]) -> dict[str, NDArray[Any]]:
    """The arrays of a file that `numpy.savez` wrote with these names and no others.

    Raises FileNotFoundError, and in many ways where the file is damaged or forged: ValueError and what zipfile raises.
    """
    if path.exists() and not path.is_file():
        raise ValueError("not a file")
    with zipfile.ZipFile(path) as archive:
        members = {member.filename: member for member in archive.infolist()}
        if len(members) != len(archive.infolist()) or members.keys() != {f"{name}.npy" for name in names}:
            missing = [name for name in names if f"{name}.npy" not in members]
            raise ValueError(f"{missing[0]} is missing" if missing else "it holds more than it should")
        for name, member in members.items():
            if member.compress_type != zipfile.ZIP_STORED or member.compress_size != member.file_size:
                raise ValueError(f"{name.removesuffix('.npy')} is compressed")
        return {name: read_array(archive, name) for name in names}


def read_array(archive: zipfile.ZipFile, name: str, fits: Fits = lambda shape, kind: True) -> NDArray[Any]:
    """The array of that name, which `fits`. Raises ValueError for anything else."""
    with archive.open(f"{name}.npy") as member:
        npy.read_magic(member)
        shape, is_fortran, kind = npy.read_array_header_1_0(member)
        if kind.hasobject or not fits(shape, kind):
            raise ValueError(f"{name} has another shape or type")
        size = prod(shape) * kind.itemsize
        data = member.read(size + 1)
        if len(data) != size:
            raise ValueError(f"{name} has not the size that it says")
        return np.frombuffer(data, kind).reshape(shape, order="F" if is_fortran else "C")
