"""Damaged files, of every byte class, cut, swapped and put in the place of others: noticed, said in one line, and made
anew where reluviz can; never used."""

from __future__ import annotations

import io
import json
import random
import shutil
import tracemalloc
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from reluviz.core import Experiment, Trajectory, TrajectoryError, load_or_train
from reluviz.errors import UserError
from reluviz.publish.earlier import earlier_kit
from reluviz.publish.film import Film
from reluviz.publish.texts import captions_of
from reluviz.story.contents import read_contents
from reluviz.sweep.execute import run_sweep
from reluviz.sweep.options import read_sweep
from reluviz.sweep.store import SweepResult, SweepStore
from tests.attacks.conftest import held, share
from tests.attacks.test_kills import short

CLASSES = [b"\0", b"\xff", b"\n", b'"', b"{", b"9", b"-", b"a", b" ", b"\x80", b"\\", b"]"]


def damages(data: bytes, what: str, quick: int, whole: int) -> Iterator[bytes]:
    """So many damaged copies of `data`, none of them equal to it."""
    chance, count = random.Random(what), share(quick, whole)
    fixed = [b"", bytes(len(data)), data[: len(data) // 2], data[1:], data + b"\0", data * 2, b"[" * 10**5, b"\xff\xfe"]
    while count:
        damaged = fixed.pop() if fixed else bytes(_damaged(bytearray(data), chance))
        if damaged != data:
            count -= 1
            yield damaged


def _damaged(data: bytearray, chance: random.Random) -> bytearray:
    at = chance.randrange(len(data))
    length = min(chance.choice([1, 1, 1, 2, 16, 512, 4096]), len(data) - at)
    other = chance.randrange(len(data) - length + 1)
    way = chance.randrange(8)
    if way == 0:
        data[at] ^= 1 << chance.randrange(8)
    elif way == 1:
        data[at : at + length] = (chance.choice(CLASSES) * length)[:length]
    elif way == 2:
        del data[at:]
    elif way == 3:
        del data[at : at + length]
    elif way == 4:
        data[at:at] = chance.randbytes(length)
    elif way == 5:
        data[at : at + length] = data[other : other + length]
    elif way == 6:
        data[at : at + length] = bytes(length)
    else:
        data[at : at + length] = chance.randbytes(length)
    return data


def one_line(error: UserError, path: Path) -> None:
    assert str(path) in str(error) and "\n" not in str(error) and len(str(error)) < 1000, error


def test_trajectories(tmp_path):
    short(tmp_path, seed=1, iterations=60)
    experiment = Experiment.open(str(tmp_path / "short.toml"))
    run = load_or_train(experiment, tmp_path)
    path = tmp_path / "short.npz"
    whole = path.read_bytes()
    for damaged in damages(whole, "trajectories", 80, 300):
        path.write_bytes(damaged)
        try:
            read = Trajectory.load(path)
        except TrajectoryError as error:
            one_line(error, path)
        else:  # bytes between the numbers, which nobody reads
            assert read.digest() == run.digest() and read.name == run.name
        assert load_or_train(experiment, tmp_path).digest() == run.digest()
        held("damages", "trajectory")


@pytest.fixture
def swept(tmp_path):
    """A small sweep of two parts, its folder, and what it found."""
    short(tmp_path, seed=1, iterations=20)
    sweep = read_sweep(Experiment.open(str(tmp_path / "short.toml")), 300, ["start.origins=random:0..2"])
    found = run_sweep(sweep, tmp_path / "found").outcomes
    (path,) = (tmp_path / "found").iterdir()
    return sweep, path, found


def same(one, other) -> bool:
    return all(np.array_equal(column, getattr(other, key), equal_nan=True) for key, column in vars(one).items())


def test_sweeps(swept):
    sweep, path, found = swept
    whole = path.read_bytes()
    for damaged in damages(whole, "sweeps", 25, 150):
        path.write_bytes(damaged)
        said: list[str] = []
        assert same(run_sweep(sweep, path.parent, report=said.append).outcomes, found)
        assert all("\n" not in line and str(path) in line for line in said)
        assert said == [] or path.read_bytes() == whole
        held("damages", "sweep")


def test_parts_of_sweeps(swept):
    sweep, path, found = swept
    store = SweepStore(sweep, path.parent, print)
    assert sweep.parts > 1
    for index in range(sweep.parts):
        part = sweep.part(index)
        store.keep(index, type(found)(**{key: column[part.start : part.stop] for key, column in vars(found).items()}))
    parts = {file: file.read_bytes() for file in store.parts.iterdir()}
    first, second = sorted(parts)[:2]
    swapped = [{first: parts[second]}, {first: parts[second], second: parts[first]}]
    damaged = [{first: data} for data in damages(parts[first], "parts", 20, 100)]
    for some in (*swapped, *damaged):
        path.unlink()
        store.parts.mkdir(exist_ok=True)
        for file, data in (parts | some).items():
            file.write_bytes(data)
        assert same(run_sweep(sweep, path.parent, report=lambda line: None).outcomes, found)
        assert not store.parts.exists()
        held("damages", "sweep's part")


@pytest.mark.parametrize("kind", ["unfolds", "claims"])
def test_a_small_file_that_unfolds_is_refused_within_100_mb(kind, tmp_path, swept):
    """Compressed zeros, and a header that claims an array of a terabyte, in runs and sweeps."""
    sweep, sweep_path, found = swept
    short(tmp_path, seed=1, iterations=60)
    experiment = Experiment.open(str(tmp_path / "short.toml"))
    load_or_train(experiment, tmp_path)
    for path, read in (
        (tmp_path / "short.npz", lambda: Trajectory.load(tmp_path / "short.npz")),
        (sweep_path, lambda: SweepResult.load(sweep_path)),
    ):
        with zipfile.ZipFile(path) as archive:
            members = {name: archive.read(name) for name in archive.namelist()}
        name = next(name for name, data in members.items() if b"'<f8'" in data[:200])
        header = io.BytesIO()
        shape = (16_000_000 if kind == "unfolds" else 10**11,)
        np.lib.format.write_array_header_1_0(header, {"descr": "<f8", "fortran_order": False, "shape": shape})
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for other, data in members.items():
                with archive.open(other, "w", force_zip64=True) as member:
                    member.write(header.getvalue() if other == name else data)
                    for _ in range(32 if other == name and kind == "unfolds" else 0):
                        member.write(bytes(4_000_000))
        assert path.stat().st_size < 4_000_000
        tracemalloc.start()
        with pytest.raises(UserError):
            read()
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert peak < 100_000_000
        held("damages", "file that unfolds")


def test_files_of_others_under_ones_name(tmp_path):
    """Another sweep's results, and another run's, are noticed although they are whole."""
    short(tmp_path, seed=1, iterations=20)
    experiment = Experiment.open(str(tmp_path / "short.toml"))
    sweeps = [read_sweep(experiment, 100, ["start.origins=random:0..2"], seed=seed) for seed in (0, 1)]
    found = [run_sweep(sweep, tmp_path / "found").outcomes for sweep in sweeps]
    stores = [SweepStore(sweep, tmp_path / "found", print) for sweep in sweeps]
    shutil.copyfile(stores[0].path, stores[1].path)
    said: list[str] = []
    assert same(run_sweep(sweeps[1], tmp_path / "found", report=said.append).outcomes, found[1]) and len(said) == 1
    held("damages", "another's file", 1)


class Speaker:
    """A voice whose engine takes no time."""

    def __init__(self, monkeypatch):
        from tests.attacks import nursery

        monkeypatch.setattr("builtins.print", lambda *words: setattr(self, "said", words[0]))
        for name in ("_say", "_provenance"):
            monkeypatch.setattr(f"reluviz.voice.speech.{name}", None)  # restored in the end
        self._speak = nursery.speak

    def speak(self, text):
        self._speak(text)
        return self.said


def test_voice(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    voice, text = Speaker(monkeypatch), "The slope grows, and the origin moves."
    first, _ = voice.speak(text), voice.speak("Another sentence altogether.")
    wholes = {path: path.read_bytes() for path in Path("voice").iterdir() if first.wav.stem == path.stem}
    for path, whole in wholes.items():
        for damaged in damages(whole, path.suffix, 25, 75):
            path.write_bytes(damaged)
            assert voice.speak(text) == first
            assert {one: one.read_bytes() for one in wholes} == wholes
            held("damages", f"voice's {path.suffix}")
    for path in wholes:  # a whole narration, but another's
        other = next(p for p in Path("voice").iterdir() if p.suffix == path.suffix and p not in wholes)
        shutil.copyfile(other, path)
    assert voice.speak(text) == first and {one: one.read_bytes() for one in wholes} == wholes


@pytest.fixture
def film(videos, tmp_path) -> Path:
    """A film's contents, in a folder of films to be spoiled."""
    shutil.copytree(videos, tmp_path / "videos")
    return tmp_path / "videos" / "one-neuron.json"


def refused_or(what: str, path: Path, read: Callable[[], object], whole: object, quick: int, count: int) -> None:
    """Damages `path`: it is refused in one line that names it, or reads as before."""
    before, refused = path.read_bytes(), 0
    for damaged in damages(before, what, quick, count):
        path.write_bytes(damaged)
        try:
            found = read()
        except UserError as error:
            one_line(error, path.with_suffix(""))
            refused += 1
        else:
            assert found == whole
        held("damages", what)
    path.write_bytes(before)
    assert refused > share(quick, count) // 2


def test_films(film):
    refused_or("film (mp4)", film.with_suffix(".mp4"), lambda: Film.open(film), Film.open(film), 30, 100)


def test_captions(film):
    """Their words are those of the contents, so only times could be others: no line feed, no digit of a number."""
    opened = Film.open(film)
    words = [cue.text.split() for cue in captions_of(opened)]
    read = lambda: [cue.text.split() for cue in captions_of(opened)]  # noqa: E731
    refused_or("captions (srt)", film.with_suffix(".srt"), read, words, 40, 100)


def test_contents(film):
    """Damaged contents are refused, or still keep their form: then they publish without a failure."""
    before = film.read_bytes()
    for damaged in damages(before, "contents", 80, 200):
        film.write_bytes(damaged)
        try:
            read_contents(film)
            Film.open(film)
        except UserError as error:
            one_line(error, film.with_suffix(""))
        held("damages", "contents (json)")


def test_manifests(tmp_path):
    """What a damaged manifest says of the files is not believed, or is about files that are not there."""
    entries = [{"path": f"film-{k}.mp4", "size": k, "sha256": f"{k:064x}"} for k in range(5)]
    told = {"form": 2, "made_by": "reluviz 0.1.0", "films": [], "files": entries}
    path = tmp_path / "manifest.json"
    for damaged in damages(json.dumps(told).encode(), "manifest", 60, 150):
        path.write_bytes(damaged)
        try:
            listed = earlier_kit(tmp_path).files
        except UserError as error:
            one_line(error, path)
        else:
            assert all(".." not in name and len(digest) == 64 for name, digest in listed.items())
        held("damages", "kit's manifest")
