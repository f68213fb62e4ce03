"""Arrays in a file with a digest of what they are and of every number: what is damaged, or another's, is noticed."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import IO, Any

import numpy as np
from numpy.typing import NDArray

from reluviz.core.npz import read_array
from reluviz.files import replacing
from reluviz.made_by import made_by
from reluviz.sweep.ways import SweepError

Pattern = tuple[tuple[int, ...], np.dtype[Any]]
"""The shape and type that an array has to have."""

_LONGEST = 2**26  # bytes of a text that is read


def write_columns(path: Path, label: str, columns: Mapping[str, NDArray[Any]]) -> None:
    """Writes `columns` in NumPy's .npz format. label: what they are, part of the digest. Raises FileError."""
    arrays: dict[str, Any] = {**columns, "digest": np.array(digest(label, columns.values()))}
    arrays["made_by"] = np.array(made_by())
    with replacing(path) as file:
        np.savez(file, **arrays)


def read_columns(
    path: Path, label: str, patterns: Mapping[str, Pattern], report: Callable[[str], None]
) -> dict[str, NDArray[Any]] | None:
    """The columns of a file, if they are those of `label` and fit `patterns`.

    None where there is no file, or, which is reported in a line, one that holds something else or is damaged. Raises
    SweepError where it may not be read.
    """
    try:
        return open_columns(path, label, patterns)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except PermissionError as error:
        raise SweepError(f"{path}: cannot be read ({error.strerror})") from error
    except Exception:  # whatever zipfile and NumPy make of a file that is damaged
        report(f"{path}: damaged, or of another sweep; it is made anew")
        return None


def open_columns(path: Path, label: str, patterns: Mapping[str, Pattern]) -> dict[str, NDArray[Any]]:
    """The same, raising whatever zipfile and NumPy do, and ValueError for another digest."""
    with zipfile.ZipFile(path) as archive:
        columns = {
            name: read_array(archive, name, lambda *found, pattern=pattern: found == pattern)
            for name, pattern in patterns.items()
        }
        if str(read_array(archive, "digest", _is_text)) != digest(label, columns.values()):
            raise ValueError("another digest")
    return columns


def open_text(path: Path, name: str) -> str:
    """A text among the columns, unchecked; raises as `open_columns` does."""
    with zipfile.ZipFile(path) as archive:
        return str(read_array(archive, name, _is_text))


def _is_text(shape: tuple[int, ...], kind: np.dtype[Any]) -> bool:
    return shape == () and kind.kind == "U" and kind.itemsize <= _LONGEST


def digest(label: str, columns: Iterable[NDArray[Any]]) -> str:
    """The SHA-256 of a label and of all numbers, in hexadecimal digits."""
    found = hashlib.sha256(label.encode())
    for column in columns:
        found.update(column.tobytes())
    return found.hexdigest()


def new_member(archive: zipfile.ZipFile, name: str) -> IO[bytes]:
    """An array's place in an archive, without the time of day, so that equal arrays make equal files."""
    info = zipfile.ZipInfo(f"{name}.npy")
    info.compress_type = zipfile.ZIP_DEFLATED
    return archive.open(info, "w", force_zip64=True)
