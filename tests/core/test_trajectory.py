"""Recorded runs on disk: the identity, and everything that can be wrong with a file."""

import io
import json
import re
import tracemalloc
import zipfile
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reluviz import __version__
from reluviz.core import Experiment, ReluNetwork, Trajectory, TrajectoryError, load_or_train, load_stored, train
from reluviz.core.trajectory import SCHEMA_VERSION
from reluviz.files import FileError

ONE = Experiment.open("one-neuron")
SHORT = replace(ONE, name="short", iterations=50, stop_below=None)
ARRAYS = ("iterations", "weights", "biases", "output_biases", "inputs", "residuals")


def test_shapes_of_a_recorded_run() -> None:
    run = train(replace(SHORT, start=ReluNetwork(np.array([0.1, 0.2, 0.3]), np.zeros(3))))
    assert run.weights.shape == run.biases.shape == (51, 3)
    assert run.output_biases.shape == run.iterations.shape == (51,)
    assert run.inputs.shape == run.residuals.shape == (50,)
    assert (run.name, run.neurons, run.last, run.is_dense) == ("short", 3, 50, True)
    with pytest.raises(ValueError):
        run.weights[0, 0] = 1.0


finite = st.floats(allow_nan=False, allow_infinity=False)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_saving_and_loading_is_the_identity(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    """Any finite numbers at all, -0.0 and subnormals among them, come back with the same bits."""
    records, n = data.draw(st.integers(1, 6)), data.draw(st.integers(1, 3))

    def array(*shape: int) -> np.ndarray:
        size = int(np.prod(shape))
        return np.array(data.draw(st.lists(finite, min_size=size, max_size=size))).reshape(shape)

    steps = data.draw(st.lists(st.integers(1, 10**6), min_size=records - 1, max_size=records - 1))
    run = Trajectory(
        experiment=replace(SHORT, start=ReluNetwork(np.ones(n), np.zeros(n))),
        iterations=np.cumsum([0, *steps]),
        weights=array(records, n),
        biases=array(records, n),
        output_biases=array(records),
        inputs=array(records - 1),
        residuals=array(records - 1),
        overflowed_at=data.draw(st.none() | st.integers(0, 10**9)),
    )
    path = tmp_path_factory.mktemp("run") / "any.npz"
    run.save(path)
    again = Trajectory.load(path)
    for name in ARRAYS:
        assert getattr(again, name).tobytes() == getattr(run, name).tobytes()
    assert again.experiment == run.experiment and again.overflowed_at == run.overflowed_at
    assert again.digest() == run.digest()
    assert list(path.parent.iterdir()) == [path], "no temporary file stays"


def test_the_file_is_plain_numpy(tmp_path: Path) -> None:
    """Readable without reluviz: arrays by the documented names, the experiment as JSON, no pickle."""
    run = train(SHORT)
    run.save(tmp_path / "short.npz")
    with np.load(tmp_path / "short.npz", allow_pickle=False) as archive:
        assert set(archive) == {*ARRAYS, "header"}
        assert archive["weights"].shape == (51, 1) and archive["inputs"].shape == (50,)
        header = json.loads(str(archive["header"]))
    assert header["schema"] == SCHEMA_VERSION and header["digest"] == run.digest()
    assert header["made_by"] == f"reluviz {__version__}"
    assert header["experiment"]["data"] == {"low": 0.0, "high": 4.0, "noise": 0.0, "samples": 400, "seed": 1952}


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("saved") / "short.npz"
    train(SHORT).save(path)
    return path.read_bytes()


def refuse(path: Path) -> str:
    with pytest.raises(TrajectoryError) as caught:
        Trajectory.load(path)
    message = str(caught.value)
    assert message.startswith(f"{path}: ") and "\n" not in message
    return message


@settings(max_examples=80, deadline=None)
@given(cut=st.floats(0, 1, exclude_max=True))
def test_a_truncated_file_is_refused(tmp_path_factory: pytest.TempPathFactory, saved: bytes, cut: float) -> None:
    path = tmp_path_factory.mktemp("cut") / "one-neuron.npz"
    path.write_bytes(saved[: int(len(saved) * cut)])
    assert refuse(path).endswith("; make it anew with: reluviz train one-neuron")


@settings(max_examples=150, deadline=None)
@given(where=st.floats(0, 1, exclude_max=True), flip=st.integers(1, 255))
def test_a_damaged_byte_is_noticed(
    tmp_path_factory: pytest.TempPathFactory, saved: bytes, where: float, flip: int
) -> None:
    """Either one line of refusal, or the byte did not matter (a time stamp, padding) and all numbers are right."""
    path = tmp_path_factory.mktemp("flip") / "short.npz"
    damaged = bytearray(saved)
    damaged[int(len(saved) * where)] ^= flip
    path.write_bytes(damaged)
    try:
        run = Trajectory.load(path)
    except TrajectoryError as error:
        assert str(error).startswith(f"{path}: ") and "\n" not in str(error)
    else:
        assert run.digest() == train(SHORT).digest()


def rewritten(saved: bytes, path: Path, **members: np.ndarray | None) -> Path:
    path.write_bytes(saved)
    with np.load(path) as archive:
        contents = {name: archive[name] for name in archive}
    contents.update({name: value for name, value in members.items() if value is not None})
    for name, value in members.items():
        if value is None:
            del contents[name]
    np.savez(path, **contents)  # type: ignore[arg-type]
    return path


def header_with(saved: bytes, path: Path, **changes: object) -> Path:
    path.write_bytes(saved)
    with np.load(path) as archive:
        header = json.loads(str(archive["header"]))
    return rewritten(saved, path, header=np.array(json.dumps(header | changes)))


def test_what_a_load_checks(tmp_path: Path, saved: bytes) -> None:
    path = tmp_path / "one-neuron.npz"
    cure = "make it anew with: reluviz train one-neuron"
    assert refuse(header_with(saved, path, schema=0)) == (
        f"{path}: schema 0, where this version reads {SCHEMA_VERSION}; {cure}"
    )
    assert "do not match its digest" in refuse(header_with(saved, path, digest="0" * 64))
    assert "do not match its digest" in refuse(header_with(saved, path, overflowed_at=3))
    assert "missing" in refuse(header_with(saved, path, experiment={}))
    assert "damaged trajectory" in refuse(rewritten(saved, path, header=np.array("[1, 2]")))
    assert "damaged trajectory" in refuse(rewritten(saved, path, header=np.array("{")))
    assert "weights" in refuse(rewritten(saved, path, weights=None))
    assert "biases has shape (50, 1)" in refuse(rewritten(saved, path, biases=np.zeros((50, 1))))
    assert "residuals holds numbers that are not finite" in refuse(
        rewritten(saved, path, residuals=np.full(50, np.nan))
    )
    assert "iterations must increase from 0" in refuse(rewritten(saved, path, iterations=np.zeros(51, dtype=int)))
    assert "do not match its digest" in refuse(rewritten(saved, path, inputs=np.zeros(50)))
    pickled = np.array([{"a": 1}], dtype=object)
    assert "damaged trajectory" in refuse(rewritten(saved, path, weights=pickled))
    np.save(path.with_suffix(".npy"), np.zeros(3))
    path.with_suffix(".npy").replace(path)
    assert "damaged trajectory" in refuse(path)
    path.write_bytes(b"")
    assert "damaged trajectory" in refuse(path)
    with zipfile.ZipFile(path, "w"):
        pass
    assert "damaged trajectory" in refuse(path)
    with pytest.raises(FileNotFoundError):
        Trajectory.load(tmp_path / "none.npz")


def test_the_cure_for_an_experiment_of_ones_own(tmp_path: Path) -> None:
    (tmp_path / "mine.npz").write_bytes(b"x")
    assert refuse(tmp_path / "mine.npz").endswith("reluviz train mine.toml")


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(FileError, match=r"cannot be written \((Not a directory|File exists)\)"):
        train(SHORT).save(tmp_path / "file" / "short.npz")


def test_an_interrupted_save_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "short.npz"
    train(SHORT).save(path)
    before = path.read_bytes()

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("os.replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        train(replace(SHORT, seed=1)).save(path)
    assert path.read_bytes() == before and list(tmp_path.iterdir()) == [path]


def test_states_between_records() -> None:
    run = train(SHORT)
    weights, biases, output_bias = run.state_at(10.25)
    assert weights[0] == pytest.approx(0.75 * run.weights[10, 0] + 0.25 * run.weights[11, 0], rel=1e-14)
    assert biases[0] == pytest.approx(0.75 * run.biases[10, 0] + 0.25 * run.biases[11, 0], rel=1e-14)
    assert output_bias == 0.0
    assert run.state_at(-1)[0] == run.weights[0] and run.state_at(50)[0] == run.state_at(99)[0] == run.weights[50]
    assert (run.record_at(-3), run.record_at(0), run.record_at(7.9), run.record_at(999)) == (0, 0, 7, 50)
    assert run.network_at(0) == run.start == SHORT.start and run.network_at(50) == run.end
    thinned = train(replace(SHORT, iterations=600_000))
    k = 150_000
    middle = (thinned.iterations[k] + thinned.iterations[k + 1]) / 2
    assert thinned.state_at(middle)[0] == pytest.approx((thinned.weights[k] + thinned.weights[k + 1]) / 2, rel=1e-14)


def test_kept_runs(tmp_path: Path) -> None:
    """Trained when missing, read when it fits, made anew when damaged or from another experiment."""
    path = tmp_path / "short.npz"
    assert load_stored(SHORT, tmp_path) is None
    run = load_or_train(SHORT, tmp_path)
    assert path.exists() and run.last == 50

    stamp = path.stat().st_mtime_ns
    assert load_or_train(SHORT, tmp_path).digest() == run.digest() and path.stat().st_mtime_ns == stamp

    other = replace(SHORT, learning_rate=0.02)
    assert load_stored(other, tmp_path) is None
    assert load_or_train(other, tmp_path).experiment.learning_rate == 0.02
    assert Trajectory.load(path).experiment.same_run(other)

    path.write_bytes(path.read_bytes()[:1000])
    assert load_stored(other, tmp_path) is None
    assert load_or_train(other, tmp_path).last == 50 and Trajectory.load(path).last == 50


def test_kept_runs_by_name_and_file(tmp_path: Path) -> None:
    assert load_or_train("one-neuron", tmp_path).last == 800
    assert [path.name for path in tmp_path.iterdir()] == ["one-neuron.npz"]
    with pytest.raises(FileError, match=re.escape(f"{tmp_path}/one-neuron.npz/one-neuron.npz: cannot be")):
        load_or_train("one-neuron", tmp_path / "one-neuron.npz")


def test_archives_that_unfold_are_refused_unread(tmp_path: Path, saved: bytes) -> None:
    """Compressed to a thousandth, or a header that speaks of gigabytes: refused by what the file itself holds."""
    path = tmp_path / "one-neuron.npz"
    bomb = rewritten(saved, path)
    with np.load(bomb) as archive:
        contents = {name: archive[name] for name in archive}
    np.savez_compressed(path, **contents | {"weights": np.zeros((2_000_000, 8))})
    assert path.stat().st_size < 500_000
    tracemalloc.start()
    assert "is compressed" in refuse(path)
    huge = io.BytesIO()
    np.lib.format.write_array_header_1_0(huge, {"descr": "<f8", "fortran_order": False, "shape": (10**12, 3)})
    with zipfile.ZipFile(io.BytesIO(saved)) as old, zipfile.ZipFile(path, "w") as new:
        for member in old.namelist():
            new.writestr(member, huge.getvalue() if member == "weights.npy" else old.read(member))
    assert "weights has not the size that it says" in refuse(path)
    assert tracemalloc.get_traced_memory()[1] < 100e6
    tracemalloc.stop()


def test_the_digest_covers_all_that_is_read(tmp_path: Path, saved: bytes) -> None:
    path = tmp_path / "one-neuron.npz"
    assert "do not match its digest" in refuse(header_with(saved, path, name="other"))
    assert "header does not fit" in refuse(header_with(saved, path, name=["x"]))
    assert "header does not fit" in refuse(header_with(saved, path, overflowed_at=True))
    assert "schema [1, 2]" in refuse(header_with(saved, path, schema=[1, 2]))
    assert "more than it should" in refuse(rewritten(saved, path, more=np.zeros(3)))
    assert "of another kind" in refuse(rewritten(saved, path, inputs=np.zeros(50, np.float32)))
    assert "damaged trajectory" in refuse(rewritten(saved, path, header=np.array("[" * 100_000)))
    path.unlink()
    path.mkdir()
    assert "not a file" in refuse(path)
