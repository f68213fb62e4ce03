"""Reads arrays from an .npz file that came from outside: nothing is unpacked that the file does not hold.

`numpy.savez` stores without compression, so what is read can never be larger than the file on disk; sizes are
compared before anything is read.
"""

from __future__ import annotations

import math
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.lib import format as npy
from numpy.typing import NDArray


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
        return {name: _read(archive, members[f"{name}.npy"], name) for name in names}


def _read(archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str) -> NDArray[Any]:
    if member.compress_type != zipfile.ZIP_STORED or member.compress_size != member.file_size:
        raise ValueError(f"{name} is compressed")
    with archive.open(member) as file:
        version = npy.read_magic(file)
        header = {(1, 0): npy.read_array_header_1_0, (2, 0): npy.read_array_header_2_0}.get(version)
        if header is None:
            raise ValueError(f"{name} is of an unknown version")
        shape, _, dtype = header(file)
        if dtype.hasobject or file.tell() + math.prod(shape) * dtype.itemsize != member.file_size:
            raise ValueError(f"{name} has not the size that it says")
    with archive.open(member) as file:
        return np.asarray(npy.read_array(file, allow_pickle=False))
