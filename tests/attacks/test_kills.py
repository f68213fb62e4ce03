"""Killed at any moment, and just before each of its writes: old or new, never half; the next command ends well and
clears what was left."""

from __future__ import annotations

import hashlib
import json
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from reluviz.core import Trajectory
from tests.attacks.conftest import held, share
from tests.mine import mine


def short(folder: Path, seed: int, iterations: int = 400) -> None:
    (folder / "short.toml").write_text(mine(title="Short", iterations=iterations, seed=seed))


def unfinished(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.name.startswith(".reluviz-") or ".earlier" in path.name]


def attack(nursery, folder: Path, what: str, quick: int, whole: int, command: dict, prepare: Callable[[], None],
           check: Callable[[], None], after: Callable[[], None]) -> None:  # fmt: skip
    """Kills `command`, before each of its writes and at random moments; `prepare` goes before every attack, `check`
    looks at what a kill left, `after` at what the same command has made of it when it was left alone."""
    prepare()
    calm = nursery.run(folder, *command["arguments"], work=command.get("work", "reluviz"))
    assert calm.status == 0 and calm.writes > 1, calm.stderr
    chance, count = random.Random(what), share(quick, whole)
    aimed = list(range(1, calm.writes + 1))
    if len(aimed) > count // 2:
        aimed = sorted(chance.sample(aimed, count // 2))
    moments: list[dict] = [{"die_at": write} for write in aimed]
    moments += [{"after": chance.uniform(0.0, command["seconds"])} for _ in range(count - len(aimed))]
    for moment in moments:
        prepare()
        ended = nursery.run(folder, *command["arguments"], work=command.get("work", "reluviz"), **moment)
        assert ended.status == -9 or "after" in moment, (moment, ended)
        check()
        again = nursery.run(folder, *command["arguments"], work=command.get("work", "reluviz"))
        assert again.status == 0 and "Traceback" not in again.stderr, (moment, again)
        after()
        assert unfinished(folder) == [], (moment, unfinished(folder))
        held("kills", what)


def test_train(nursery, folder):
    path = folder / "runs" / "short.npz"
    short(folder, seed=1)
    assert nursery.run(folder, "train", "short.toml", "--output", "runs").status == 0
    old = path.read_bytes()
    short(folder, seed=2)

    def prepare():
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(old)

    attack(
        nursery, folder, "train", 6, 40, {"arguments": ["train", "short.toml", "--output", "runs"], "seconds": 0.05},
        prepare,
        check=lambda: held_seed(path, 1, 2),
        after=lambda: held_seed(path, 2),
    )  # fmt: skip


def held_seed(path: Path, *seeds: int) -> None:
    assert Trajectory.load(path).experiment.seed in seeds


def test_sweep(nursery, folder):
    short(folder, seed=1, iterations=200)
    arguments = ["sweep", "short.toml", "--runs", "1500", "--vary", "start.origins=random:0..2", "--output", "found"]
    shutil.rmtree(folder / "found", ignore_errors=True)
    assert nursery.run(folder, *arguments).status == 0
    (file,) = (folder / "found").iterdir()
    whole = file.read_bytes()

    def after():
        assert [path.name for path in (folder / "found").iterdir()] == [file.name]
        assert file.read_bytes() == whole

    attack(
        nursery, folder, "sweep", 5, 50, {"arguments": arguments, "seconds": 0.4},
        prepare=lambda: shutil.rmtree(folder / "found", ignore_errors=True),
        check=lambda: None if not file.exists() else after_is(file, whole),
        after=after,
    )  # fmt: skip


def after_is(file: Path, whole: bytes) -> None:
    assert file.read_bytes() == whole


def test_voice(nursery, folder):
    arguments = ["The slope grows, and the origin moves to the left."]
    said = nursery.run(folder, *arguments, work="speak").stdout

    def after():
        assert nursery.run(folder, *arguments, work="speak").stdout == said
        assert sorted(path.suffix for path in (folder / "voice").iterdir()) == [".json", ".wav"]

    attack(
        nursery, folder, "voice", 4, 20, {"arguments": arguments, "work": "speak", "seconds": 0.03},
        prepare=lambda: shutil.rmtree(folder / "voice", ignore_errors=True),
        check=lambda: None,
        after=after,
    )  # fmt: skip


def test_new(nursery, folder):
    path = folder / "mine.toml"

    def check():
        if path.exists():
            assert path.read_text().startswith("# An experiment for reluviz")
            path.unlink()

    attack(
        nursery, folder, "new", 2, 10, {"arguments": ["new", "mine.toml"], "seconds": 0.02},
        prepare=lambda: path.unlink(missing_ok=True), check=check, after=lambda: None,
    )  # fmt: skip


@pytest.fixture(scope="module")
def published(nursery, videos, tmp_path_factory):
    """A folder with films, and two kits of them: of one film, and of both."""
    folder = tmp_path_factory.mktemp("kits") / "here"
    shutil.copytree(videos, folder / "videos")
    shutil.copytree(videos, folder / "one", ignore=shutil.ignore_patterns("my-own*"))
    for name in ("one", "videos"):
        done = nursery.run(folder, "publish", "--videos", name, "--output", f"kit-of-{name}", "--figures", "none")
        assert done.status == 0, done.stderr
    return folder


def kit_state(kit: Path) -> str:
    """What holds: "one" or "two" films, every file as the manifest says and none beside but the lecturer's own."""
    told = json.loads((kit / "manifest.json").read_text())
    for entry in told["files"]:
        assert hashlib.sha256((kit / entry["path"]).read_bytes()).hexdigest() == entry["sha256"], entry["path"]
    there = {path.relative_to(kit).as_posix() for path in kit.rglob("*") if path.is_file()}
    assert there == {entry["path"] for entry in told["files"]} | {"manifest.json", "notes.txt"}
    assert (kit / "notes.txt").read_text() == "the lecturer's own"
    return {1: "one", 2: "two"}[len(told["films"])]


def test_publish(nursery, published):
    folder, kit = published, published / "kit"
    arguments = ["publish", "--videos", "videos", "--output", "kit", "--figures", "none"]

    def prepare():
        shutil.rmtree(kit, ignore_errors=True)
        shutil.copytree(folder / "kit-of-one", kit)
        (kit / "notes.txt").write_text("the lecturer's own")

    def after():
        assert kit_state(kit) == "two"

    attack(
        nursery, folder, "publish", 5, 60, {"arguments": arguments, "seconds": 0.6}, prepare,
        check=lambda: kit_state(kit), after=after,
    )  # fmt: skip


def test_figures(nursery, folder):
    """Killed while texts are drawn, the next one draws them all (a half-written text is never taken for whole)."""
    short(folder, seed=1, iterations=share(0, 400))  # untrained, there is one picture
    arguments = ["figures", "short.toml", "--output", "stills"]
    attack(
        nursery, folder, "figures", 2, 20, {"arguments": arguments, "seconds": share(1, 3)},
        prepare=lambda: shutil.rmtree(folder / "stills", ignore_errors=True),
        check=lambda: None,
        after=lambda: all_pictures(folder / "stills", share(1, 6)),
    )  # fmt: skip


def all_pictures(folder: Path, count: int) -> None:
    pictures = sorted(folder.iterdir())
    assert len(pictures) == count
    for picture in pictures:
        Image.open(picture).load()
