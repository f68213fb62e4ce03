"""Files and folders are replaced whole or not at all, and nothing that is unfinished stays."""

from __future__ import annotations

import errno
import os
import resource
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from reluviz import files
from reluviz.files import FileError, clear_leftovers, replacing, replacing_folder, scratch, write_whole


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_file_is_replaced_whole_with_the_permissions_of_a_new_one(tmp_path):
    path = tmp_path / "new" / "here.txt"
    before = os.umask(0o027)
    try:
        write_whole(path, "größer")
        write_whole(path, b"smaller")
    finally:
        os.umask(before)
    assert path.read_bytes() == b"smaller" and path.stat().st_mode & 0o777 == 0o640
    assert names(path.parent) == ["here.txt"]


@pytest.mark.parametrize("failure", [ValueError, KeyboardInterrupt, OSError])
def test_a_failure_leaves_the_old_file_and_nothing_else(failure, tmp_path):
    path = tmp_path / "kept.txt"
    path.write_text("old")
    with pytest.raises(FileError if failure is OSError else failure), replacing(path) as file:
        file.write(b"half of the n")
        raise failure
    assert path.read_text() == "old" and names(tmp_path) == ["kept.txt"]


def test_every_failure_of_the_system_is_a_line_that_names_path_and_cause(tmp_path):
    (tmp_path / "file").write_text("")
    (tmp_path / "folder").mkdir()
    in_the_way = "Not a directory|File exists"
    long = "n" * 300
    causes = {"file/x": in_the_way, "file/x/y": in_the_way, "folder": "Is a directory", long: "File name too long"}
    for name, cause in causes.items():
        with pytest.raises(FileError, match=rf"{name}: cannot be written \(({cause})\)"):
            write_whole(tmp_path / name, "x")
    with pytest.raises(FileError, match=r"file: cannot be written \(Not a dir"), replacing_folder(tmp_path / "file"):
        pass
    with pytest.raises(FileError, match="missing.mp4: No such file"), replacing(tmp_path / "copy") as file:
        file.write((tmp_path / "missing.mp4").read_bytes())
    assert names(tmp_path) == ["file", "folder"]


def test_a_file_that_grows_too_large_is_a_line_and_leaves_the_old_one(tmp_path):
    path = tmp_path / "kept.bin"
    path.write_bytes(b"old")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, before[1]))
    try:
        with pytest.raises(FileError, match=rf"kept.bin: cannot be written \({os.strerror(errno.EFBIG)}\)"):
            write_whole(path, b"x" * 20_000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert path.read_bytes() == b"old" and names(tmp_path) == ["kept.bin"]


def fill(folder: Path, name: str) -> None:
    (folder / "deep").mkdir()
    for path in (folder / "all", folder / "deep" / name):
        path.write_text(name)


@pytest.mark.parametrize("exchanged", [True, False], ids=["in one step", "where that is not possible"])
def test_a_folder_is_replaced_whole(exchanged, tmp_path, monkeypatch):
    if not exchanged:
        monkeypatch.setattr(files, "_exchange", lambda one, other: False)
    folder = tmp_path / "kit"
    for name in ("first", "second"):
        with replacing_folder(folder) as building:
            fill(building, name)
            assert not (folder / "deep" / name).exists()
        assert (folder / "all").read_text() == name and names(folder / "deep") == [name]
    with pytest.raises(ZeroDivisionError), replacing_folder(folder) as building:
        fill(building, "third")
        raise ZeroDivisionError
    assert (folder / "all").read_text() == "second" and names(tmp_path) == ["kit"]


def test_two_who_make_a_folder_at_once_both_end_well(tmp_path, monkeypatch):
    """The other's takes the place at the last moment: just before this one's is put there."""
    folder, rename = tmp_path / "kit", Path.rename

    def the_other_is_quicker(building, place):
        monkeypatch.setattr(Path, "rename", rename)
        folder.mkdir()
        fill(folder, "the other's")
        return rename(building, place)

    monkeypatch.setattr(Path, "rename", the_other_is_quicker)
    with replacing_folder(folder) as building:
        fill(building, "this one's")
    assert (folder / "all").read_text() == "this one's" and names(tmp_path) == ["kit"]


def test_a_folder_is_there_at_every_instant(tmp_path):
    """A reader that looks all the time while a folder is replaced again and again never sees none, nor a mixture."""
    folder = tmp_path / "kit"
    with replacing_folder(folder) as building:
        fill(building, "0")
    code = (
        "import sys; from pathlib import Path; from reluviz.files import replacing_folder\n"
        "for number in range(100):\n"
        "    with replacing_folder(Path(sys.argv[1])) as new: (new / 'all').write_text(str(number))\n"
    )
    writer = subprocess.Popen([sys.executable, "-c", code, str(folder)])
    looks = 0
    while writer.poll() is None:
        assert (folder / "all").read_text().isdigit()
        looks += 1
    assert writer.returncode == 0 and looks > 100


def test_a_link_to_a_folder_stays_a_link(tmp_path):
    (tmp_path / "disk").mkdir()
    (tmp_path / "kit").symlink_to("disk")
    with replacing_folder(tmp_path / "kit") as building:
        fill(building, "new")
    assert (tmp_path / "kit").is_symlink() and (tmp_path / "disk" / "all").read_text() == "new"


def test_killed_between_two_renames_the_old_folder_comes_back(tmp_path):
    (tmp_path / ".kit.earlier").mkdir()
    (tmp_path / ".kit.earlier" / "all").write_text("old")
    with pytest.raises(ZeroDivisionError), replacing_folder(tmp_path / "kit"):
        raise ZeroDivisionError
    assert names(tmp_path) == ["kit"] and (tmp_path / "kit" / "all").read_text() == "old"


def test_what_a_killed_process_left_goes_and_what_a_living_one_makes_stays(tmp_path):
    code = (
        "import sys, time; from pathlib import Path; from reluviz.files import replacing, scratch\n"
        "with replacing(Path(sys.argv[1]) / 'a') as file, scratch(Path(sys.argv[1])) as folder:\n"
        "    (folder / 'inside').write_text('x'); file.write(b'x'); print('ready', flush=True); time.sleep(60)\n"
    )
    living, killed = (
        subprocess.Popen([sys.executable, "-c", code, str(tmp_path)], stdout=subprocess.PIPE, text=True) for _ in "12"
    )
    try:
        for process in (living, killed):
            assert process.stdout.readline() == "ready\n"
        clear_leftovers(tmp_path)
        assert len(names(tmp_path)) == 4, "all are owned"
        killed.send_signal(signal.SIGKILL)
        killed.wait()
        assert len(names(tmp_path)) == 4
        (tmp_path / ".reluviz-link").symlink_to(tmp_path.parent)
        write_whole(tmp_path / "b", "by a later command")
        assert len(names(tmp_path)) == 4 and tmp_path.parent.is_dir()
        assert {".reluviz-link", "b"} < set(names(tmp_path))
    finally:
        for process in (living, killed):
            process.kill()
            process.communicate()
    with scratch(tmp_path) as folder:
        assert names(tmp_path) == sorted([".reluviz-link", "b", folder.name])
