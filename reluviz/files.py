"""Files and folders that are replaced whole or not at all: the only place that writes what is to stay.

What is being made lies beside its place under a name that begins with ".reluviz-", locked by the process that makes
it. The lock ends with the process, however it ends; so whoever next writes into that folder knows what nobody owns
any more, and clears it away.
"""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from reluviz.errors import UserError

if sys.platform != "win32":
    import fcntl

_UNFINISHED = ".reluviz-"


class FileError(UserError):
    """A file or folder that cannot be written; the message is one line that names it and the cause."""


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """A file to write that takes the place of `path` when the block ends well, on disk and whole, or never.

    Folders above it are made. Its permissions are those of any new file (the umask). Raises FileError.
    """
    with _in_one_line(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished, handle = _owned(path.parent, folder=False)
        try:
            with os.fdopen(handle, "wb") as file:
                yield file
                file.flush()
                os.fsync(handle)
                os.replace(unfinished, path)
        except BaseException:
            unfinished.unlink(missing_ok=True)
            raise
        _sync(path.parent)


def write_whole(path: Path, contents: bytes | str) -> None:
    """Writes `contents` (a text as UTF-8) to `path`, whole or not at all. Raises FileError."""
    with replacing(path) as file:
        file.write(contents.encode("utf-8") if isinstance(contents, str) else contents)


def move_in(made: Path, path: Path) -> None:
    """Gives a finished file of a scratch folder its place, on disk and at once. Raises FileError."""
    with _in_one_line(path):
        _sync(made)
        os.replace(made, path)
        _sync(path.parent)


@contextmanager
def scratch(parent: Path) -> Iterator[Path]:
    """An empty folder in `parent` that is removed when the block ends, well or not. Raises FileError."""
    with _in_one_line(parent), _scratch(parent) as folder:
        yield folder


@contextmanager
def replacing_folder(folder: Path) -> Iterator[Path]:
    """An empty folder to fill that takes the place of `folder`, and of all in it, when the block ends well, or never.

    At every instant `folder` is the old one or the new one. Where a system cannot exchange two folders there is a
    moment without any; a process killed in it leaves the old one as `.NAME.earlier`, which the next one puts back.
    Raises FileError, also where `folder` is a file or a mount point.
    """
    with _in_one_line(folder):
        place = folder.resolve()
        earlier = place.with_name(f".{place.name}.earlier")
        if earlier.exists() and not place.exists():
            earlier.rename(place)
        if place.exists() and not place.is_dir():
            raise NotADirectoryError(20, "Not a directory", str(folder))
        with _scratch(place.parent) as building:
            yield building
            for path in building.rglob("*"):
                if path.is_file() or path.is_dir():
                    _sync(path)
            if not _moved(building, place) and not _exchange(building, place):
                place.rename(earlier)
                building.rename(place)
                shutil.rmtree(earlier, ignore_errors=True)
            _sync(place.parent)


def clear_leftovers(folder: Path) -> None:
    """Removes what processes that are gone have left unfinished in `folder`; what one is still making stays."""
    if sys.platform == "win32":
        return
    for path in folder.glob(f"{_UNFINISHED}*"):
        with suppress(OSError):  # another process was quicker, or it is not ours
            handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(path) if path.is_dir() else path.unlink()
            finally:
                os.close(handle)


@contextmanager
def _scratch(parent: Path) -> Iterator[Path]:
    parent.mkdir(parents=True, exist_ok=True)
    folder, handle = _owned(parent, folder=True)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        os.close(handle)


def _owned(parent: Path, *, folder: bool) -> tuple[Path, int]:
    """A new file or folder in `parent`, and an open handle that holds its lock."""
    clear_leftovers(parent)
    while True:
        path = parent / f"{_UNFINISHED}{os.urandom(8).hex()}"
        try:
            if folder:
                path.mkdir()
            handle = os.open(path, os.O_RDONLY if folder else os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o666)
        except FileNotFoundError:
            if not parent.is_dir():
                raise
            continue  # cleared away by another process before it could be opened
        if sys.platform != "win32":
            with suppress(OSError):  # a file system without locks: nothing is cleared there either
                fcntl.flock(handle, fcntl.LOCK_EX)
        if path.exists():  # else cleared away before it was locked
            return path, handle
        os.close(handle)


def _moved(folder: Path, place: Path) -> bool:
    """Gives a folder its place; False where another stands there, perhaps only since a moment."""
    try:
        folder.rename(place)
    except OSError as error:
        if error.errno not in (errno.EEXIST, errno.ENOTEMPTY):
            raise
        return False
    return True


def _exchange(one: Path, other: Path) -> bool:
    """Exchanges two folders in one step; False where the system or the file system cannot."""
    if sys.platform == "win32":
        return False
    system = ctypes.CDLL(None)
    names = os.fsencode(one), os.fsencode(other)
    if hasattr(system, "renameat2"):  # Linux
        here, exchange = -100, 2
        return system.renameat2(here, names[0], here, names[1], exchange) == 0
    if hasattr(system, "renamex_np"):  # macOS
        swap = 2
        return system.renamex_np(*names, swap) == 0
    return False


def _sync(path: Path) -> None:
    """Waits until a file's contents, or a folder's names, are on disk."""
    with suppress(OSError):  # not every system lets a folder be opened, nor every file system be waited for
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


@contextmanager
def _in_one_line(path: Path) -> Iterator[None]:
    """Makes a failure of the system a line: about `path`, or about another file that the failure names."""
    try:
        yield
    except BrokenPipeError:  # of what is printed meanwhile
        raise
    except OSError as error:
        cause = error.strerror or str(error)
        named = os.fsdecode(error.filename) if isinstance(error.filename, (str, bytes)) else ""
        if named and _UNFINISHED not in named and Path(named) not in (path, *path.parents):
            raise FileError(f"{named}: {cause}") from error
        raise FileError(f"{path}: cannot be written ({cause})") from error
