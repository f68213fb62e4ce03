"""Two processes at once on the same files: both end well, with the same result, and no false word is said."""

from __future__ import annotations

import pytest

from tests.attacks.conftest import held, share
from tests.attacks.test_kills import kit_state, published, short, unfinished  # noqa: F401


@pytest.mark.parametrize("number", range(share(1, 8)))
def test_one_sweep_twice(number, nursery, folder):
    short(folder, seed=number, iterations=200)
    command = ["sweep", "short.toml", "--runs", "1500", "--vary", "start.origins=random:0..2", "--output", "found"]
    one, other = nursery.run_both(folder, command, command)
    assert (one.status, other.status) == (0, 0), (one, other)
    assert one.stdout == other.stdout and one.stderr == other.stderr == "", "nothing is said of damage"
    assert [path.suffix for path in (folder / "found").iterdir()] == [".npz"]
    held("two at once", "sweep")


@pytest.mark.parametrize("number", range(share(1, 8)))
def test_one_run_twice(number, nursery, folder):
    short(folder, seed=number)
    for ended in nursery.run_both(folder, *[["train", "short.toml", "--output", "runs"]] * 2):
        assert ended.status == 0 and ended.stdout.startswith("runs/short.npz: ") and ended.stderr == ""
    assert [path.name for path in (folder / "runs").iterdir()] == ["short.npz"]
    held("two at once", "train")


@pytest.mark.parametrize("number", range(share(1, 8)))
def test_one_kit_twice(number, nursery, published):  # noqa: F811
    """Of the same films or of others: the kit is one of the two, whole."""
    commands = (
        ["publish", "--videos", name, "--output", "twice", "--figures", "none"]
        for name in ("videos", "one" if number % 2 else "videos")
    )
    for ended in nursery.run_both(published, *commands):
        assert ended.status == 0 and ended.stderr == "", ended
    (published / "twice" / "notes.txt").write_text("the lecturer's own")
    assert kit_state(published / "twice") in ("one", "two")
    assert unfinished(published) == []
    held("two at once", "publish")
