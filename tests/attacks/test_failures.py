"""No space, a limit on the size of files, no place to write to: one line with path and cause, and the old stays."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from pathlib import Path

from tests.attacks.conftest import Ended, held, share
from tests.attacks.test_kills import all_pictures, kit_state, published, short, unfinished  # noqa: F401


def refused(ended: Ended, *causes: str) -> None:
    """One line, with one of the causes and a path, and exit code 2."""
    assert ended.status == 2, ended
    assert ended.stderr.count("\n") == 1 and ended.stderr.startswith("reluviz: "), ended.stderr
    assert any(cause in ended.stderr for cause in causes), ended.stderr


def fail(nursery, folder: Path, arguments: list[str], quick: int, whole: int, prepare: Callable[[], None],
         check: Callable[[], object]) -> None:  # fmt: skip
    """Lets one write of a command fail, each in its turn or some; then it works, or says so; the next one works."""
    prepare()
    calm = nursery.run(folder, *arguments)
    assert calm.status == 0, calm
    writes = list(range(1, calm.writes + 1))
    chosen = random.Random(arguments[0]).sample(writes, min(len(writes), share(quick, whole)))
    for number in chosen:
        prepare()
        ended = nursery.run(folder, *arguments, fail_at=number)
        if ended.status != 0:  # else what failed was the clearing away of something
            refused(ended, "No space left on device")
        check()
        assert nursery.run(folder, *arguments).status == 0
        check()
        assert unfinished(folder) == []
        held("failed writes", arguments[0])


def test_no_space_for_a_run(nursery, folder):
    short(folder, seed=1)
    fail(nursery, folder, ["train", "short.toml", "--output", "runs"], 4, 20,
         lambda: shutil.rmtree(folder / "runs", ignore_errors=True), lambda: None)  # fmt: skip


def test_no_space_for_a_sweep(nursery, folder):
    short(folder, seed=1, iterations=50)
    arguments = ["sweep", "short.toml", "--runs", "600", "--vary", "start.origins=random:0..2", "--output", "found"]
    fail(nursery, folder, arguments, 4, 30, lambda: shutil.rmtree(folder / "found", ignore_errors=True), lambda: None)


def test_no_space_for_a_kit(nursery, published):  # noqa: F811
    kit = published / "full"

    def prepare():
        shutil.rmtree(kit, ignore_errors=True)
        shutil.copytree(published / "kit-of-one", kit)
        (kit / "notes.txt").write_text("the lecturer's own")

    arguments = ["publish", "--videos", "videos", "--output", "full", "--figures", "none"]
    fail(nursery, published, arguments, 5, 60, prepare, lambda: kit_state(kit))


def test_no_space_for_figures(nursery, folder):
    short(folder, seed=1, iterations=0)
    fail(nursery, folder, ["figures", "short.toml", "--output", "stills"], 2, 20,
         lambda: shutil.rmtree(folder / "stills", ignore_errors=True), lambda: None)  # fmt: skip
    all_pictures(folder / "stills", 1)


def test_a_limit_on_the_size_of_files(nursery, published):  # noqa: F811
    folder = published
    short(folder, seed=3)
    for largest in (1_000, 1_500, 3_000) if share(0, 1) else (1_000,):  # the line itself goes into a file as well
        for arguments in (
            ["train", "short.toml", "--output", "limited"],
            ["sweep", "short.toml", "--runs", "400", "--output", "limited"],
            ["publish", "--videos", "videos", "--output", "limited/kit"],
            ["figures", "short.toml", "--output", "limited"],
            ["new", "limited/new.toml"],
        ):
            if largest == 3_000 and arguments[0] in ("new", "sweep"):
                continue  # may fit
            refused(nursery.run(folder, *arguments, largest=largest), "File too large")
            assert not [path for path in (folder / "limited").rglob("*") if path.is_file()], arguments
            held("failed writes", "limit on size")


def test_an_output_that_cannot_be_written(nursery, published):  # noqa: F811
    folder = published
    short(folder, seed=3)
    (folder / "taken").write_text("a file")
    for arguments in (
        ["train", "short.toml", "--output", "taken"],
        ["sweep", "short.toml", "--runs", "2", "--output", "taken/x"],
        ["publish", "--videos", "videos", "--output", "taken"],
        ["publish", "--videos", "videos", "--output", "taken/kit"],
        ["figures", "short.toml", "--output", "taken"],
        ["explain", "short.toml", "--output", "taken", "-q", "l"],
        ["new", "taken/new.toml"],
        ["train", "short.toml", "--output", "/proc/none"],
    ):
        refused(nursery.run(folder, *arguments), "File exists", "Not a directory", "a file", "No such file")
        held("failed writes", "path that is taken")
    assert (folder / "taken").read_text() == "a file"
