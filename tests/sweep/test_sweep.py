"""Sweeps: what their descriptions mean, the same runs however they are divided, and files that survive being killed."""

from __future__ import annotations

import io
import json
import shutil
import zipfile
from dataclasses import fields, replace

import numpy as np
import pytest
from scipy import stats

from reluviz import __version__
from reluviz.core import Experiment, train
from reluviz.errors import UserError
from reluviz.sweep.description import Sweep
from reluviz.sweep.execute import on_all_cores, run_sweep, train_part
from reluviz.sweep.judge import Outcomes
from reluviz.sweep.options import read_sweep
from reluviz.sweep.runs import blocks, experiment_of
from reluviz.sweep.store import COLUMNS, SweepResult, SweepStore, sweep_path
from reluviz.sweep.ways import SweepError

BASE = replace(Experiment.open("merging-neurons"), stop_below=None, iterations=200, samples_count=40)


def same(one: Outcomes, other: Outcomes) -> bool:
    return all(getattr(one, f.name).tobytes() == getattr(other, f.name).tobytes() for f in fields(Outcomes))


def all_blocks(sweep):
    """Every run's weights, biases, rate and seed, by its number."""
    found = {}
    for block in blocks(sweep, range(sweep.total)):
        for row, w, b, rate in zip(block.rows, block.weights, block.biases, block.learning_rates, strict=True):
            found[int(row)] = (w, b, rate, block.experiment.seed)
    return [found[run] for run in range(sweep.total)]


def test_each_run_is_what_the_single_run_gives():
    grid = ["neurons=3,5", "learning_rate=0.005,0.02", "data.seed=1,2"]
    sweep = read_sweep(BASE, 3, ["start.origins=random:0..3", "start.weights=random:-0.1..0.1"], grid, seed=9)
    assert sweep.shape == (2, 2, 2, 3) and sweep.total == 24 and sweep.neurons == 5
    outcomes = train_part(sweep, 0)
    for run in range(sweep.total):
        experiment = experiment_of(sweep, run)
        neurons, rate, seed, _ = np.unravel_index(run, sweep.shape)
        assert len(experiment.start) == (3, 5)[neurons]
        assert experiment.learning_rate == (0.005, 0.02)[rate] and experiment.seed == (1, 2)[seed]
        end, x = train(experiment).end, experiment.samples()
        error = np.sqrt(np.mean((experiment.target(x) - end(x)) ** 2))
        assert outcomes.error[run] == pytest.approx(error, rel=1e-12)
        assert (outcomes.groups[run, len(end) :] == 0).all()
    assert len(np.unique(outcomes.error)) == 24


def test_draws_are_uniform_and_the_same_at_each_point_of_the_grid():
    sweep = read_sweep(BASE, 4_000, ["start.origins=random:1..3"], ["learning_rate=0.01,0.02"])
    biases = np.array([b for _, b, _, _ in all_blocks(sweep)])
    assert np.array_equal(biases[:4_000], biases[4_000:])
    for neuron in range(4):
        assert stats.kstest(-biases[:4_000, neuron], stats.uniform(1.0, 2.0).cdf).pvalue > 1e-3
    assert abs(np.corrcoef(biases[:4_000].T) - np.eye(4)).max() < 0.06
    other = read_sweep(BASE, 4_000, ["start.origins=random:1..3"], seed=1)
    assert not np.array_equal(np.array([b for _, b, _, _ in all_blocks(other)]), biases[:4_000])


def test_more_runs_begin_with_the_same_ones():
    few = all_blocks(read_sweep(BASE, 10, ["start.origins=random:0..3"]))
    many = all_blocks(read_sweep(BASE, 500, ["start.origins=random:0..3"]))
    assert all(np.array_equal(a[1], b[1]) for a, b in zip(few, many, strict=False))


def test_ways_and_single_neurons():
    vary = ["start.origins.2=0.7", "start.origins=even:0..3", "start.weights.4=-0.5", "learning_rate=random:0.01..0.02"]
    ((w, b, rate, seed),) = all_blocks(read_sweep(BASE, 1, vary))
    assert (-b).tolist() == [0.0, 0.7, 2.0, 3.0]
    assert w.tolist() == [0.001, 0.04, 0.07, -0.5] and 0.01 <= rate < 0.02 and seed == BASE.seed
    axes = ["start.biases.1=0..-1:3", "start.biases.3=-2,-3"]
    biases = [b[[0, 2]].tolist() for _, b, _, _ in all_blocks(read_sweep(BASE, 1, [], axes))]
    assert biases == [[0.0, -2.0], [0.0, -3.0], [-0.5, -2.0], [-0.5, -3.0], [-1.0, -2.0], [-1.0, -3.0]]


def test_the_description_is_the_sweep():
    sweep = read_sweep(BASE, 7, ["start.origins=random:0..0.1"], ["learning_rate=0.01..0.03:5"], seed=3)
    again = Sweep.from_dict(json.loads(json.dumps(sweep.to_dict())), "test")
    assert again == sweep and again.digest == sweep.digest
    assert read_sweep(BASE, 8, ["start.origins=random:0..0.1"], ["learning_rate=0.01..0.03:5"], seed=3) != sweep


def test_any_division_into_parts_gives_the_same_bits(tmp_path, monkeypatch):
    sweep = read_sweep(BASE, 333, ["start.origins=random:0..4"], ["learning_rate=0.01,0.05,5"])
    assert sweep.parts > 3
    one = run_sweep(sweep, tmp_path / "one", lambda s, parts: on_all_cores(s, parts, 1))
    run_sweep(sweep, tmp_path / "three", lambda s, parts: on_all_cores(s, parts[::-1], 3))
    assert len(np.unique(one.outcomes.error)) > 500
    files = [sweep_path(sweep, tmp_path / name).read_bytes() for name in ("one", "three")]
    assert files[0] == files[1]
    monkeypatch.setattr("reluviz.sweep.description._SMALLEST_PART", 256)
    monkeypatch.setattr("reluviz.sweep.description._FEWEST_PARTS", 1)
    assert sweep.parts == 1
    assert same(train_part(sweep, 0), one.outcomes)


def test_a_sweep_that_is_stopped_goes_on_where_it_was(tmp_path):
    sweep = read_sweep(BASE, 1_000, ["start.origins=random:0..4"])
    whole = run_sweep(sweep, tmp_path / "whole")
    trained = []

    def stops_after_three(sweep, parts):
        for index, outcomes in on_all_cores(sweep, parts, 1):
            if len(trained) == 3:
                raise KeyboardInterrupt
            trained.append(index)
            yield index, outcomes

    with pytest.raises(KeyboardInterrupt):
        run_sweep(sweep, tmp_path, stops_after_three)
    store = SweepStore(sweep, tmp_path, print)
    assert not store.path.exists() and len(store.missing()) == sweep.parts - 3
    (store.parts / ".000007.npz.half").write_bytes(b"half")  # what a killed process may leave
    asked, counts = [], []

    def asks(sweep, parts):
        asked.extend(parts)
        return on_all_cores(sweep, parts)

    found = run_sweep(sweep, tmp_path, asks, counts.append)
    assert sorted(asked + trained) == list(range(sweep.parts))
    assert counts[0] == 3 * sweep.part_size and counts[-1] == sweep.total
    assert same(found.outcomes, whole.outcomes)
    assert store.path.read_bytes() == sweep_path(sweep, tmp_path / "whole").read_bytes()
    assert str(np.load(store.path)["made_by"]) == f"reluviz {__version__}"
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted([store.path.name, "whole"])
    asked.clear()
    assert same(run_sweep(sweep, tmp_path, asks).outcomes, whole.outcomes) and not asked


def test_the_file_speaks_for_itself(tmp_path):
    sweep = read_sweep(BASE, 5, ["start.origins=random:0..3"])
    run_sweep(sweep, tmp_path)
    path = sweep_path(sweep, tmp_path)
    with np.load(path, allow_pickle=False) as file:
        assert set(file.files) == {"description", "digest", "made_by", *COLUMNS}
        assert json.loads(str(file["description"])) == sweep.to_dict()
        assert all(len(file[name]) == 5 for name in COLUMNS)
    assert SweepResult.load(path).sweep == sweep


def test_a_block_for_each_value_that_its_runs_share():
    sweep = read_sweep(BASE, 2, [], ["learning_rate=0.01,0.02", "order=cycle,shuffle", "data.seed=1,2"])
    found = {(b.experiment.order, b.experiment.seed): b.rows.tolist() for b in blocks(sweep, range(sweep.total))}
    assert len(found) == 4 and sorted(sum(found.values(), [])) == list(range(16))
    assert found["shuffle", 1] == [4, 5, 12, 13] and experiment_of(sweep, 12).order == "shuffle"


def test_what_is_no_file_of_a_sweep_is_told_in_one_line(tmp_path):
    sweep = read_sweep(BASE, 5, ["start.origins=random:0..3"])
    run_sweep(sweep, tmp_path)
    path = sweep_path(sweep, tmp_path)
    path.write_bytes(path.read_bytes()[:-50])
    with pytest.raises(SweepError, match="holds no sweep, or is damaged"):
        SweepResult.load(path)
    with pytest.raises(SweepError, match="none.npz: cannot be read"):
        SweepResult.load(tmp_path / "none.npz")
    (tmp_path / "file").write_text("")
    with pytest.raises(UserError, match="cannot be written"):
        run_sweep(sweep, tmp_path / "file")


SMALL = read_sweep(BASE, 300, ["start.origins=random:0..3"])
OTHER = read_sweep(BASE, 300, ["start.origins=random:0..3"], seed=1)


@pytest.fixture(scope="module")
def good(tmp_path_factory):
    """The files of two sweeps: whole, and in parts."""
    folder = tmp_path_factory.mktemp("good")
    for sweep in (SMALL, OTHER):
        store = SweepStore(sweep, folder, print)
        for index in range(sweep.parts):
            store.keep(index, train_part(sweep, index))
        copy = folder / f"{sweep.digest}.parts"
        shutil.copytree(store.parts, copy)
        store.join()
    return folder


def damages(data: bytes) -> list[bytes]:
    """Bits flipped all over the file, and ends cut off."""
    spots = np.random.default_rng(0).integers(0, len(data), 120).tolist()
    flipped = [data[:k] + bytes([data[k] ^ 1 << k % 8]) + data[k + 1 :] for k in spots]
    return [*flipped, *(data[:k] for k in spots[:20]), b"", b"no zip"]


def test_a_damaged_file_is_noticed_said_and_made_anew(good, tmp_path):
    path, lines = sweep_path(SMALL, tmp_path), []
    whole = sweep_path(SMALL, good).read_bytes()
    store = SweepStore(SMALL, tmp_path, lines.append)
    harmless = 0
    for k, data in enumerate(damages(whole)):
        path.write_bytes(data)
        lines.clear()
        found = store.result()
        if found is None:
            assert lines == [f"{path}: damaged, or of another sweep; it is made anew"]
        else:  # a bit that zip does not need, such as a date
            harmless += 1
            assert same(found.outcomes, SweepResult.load(sweep_path(SMALL, good)).outcomes) and not lines
        if k % 40 == 0 and found is None:
            run_sweep(SMALL, tmp_path, report=lines.append)
            assert path.read_bytes() == whole
    assert harmless < 60


def test_another_sweep_s_file_under_the_name_is_noticed(good, tmp_path):
    path, lines = sweep_path(SMALL, tmp_path), []
    path.write_bytes(sweep_path(OTHER, good).read_bytes())
    found = run_sweep(SMALL, tmp_path, report=lines.append)
    assert same(found.outcomes, SweepResult.load(sweep_path(SMALL, good)).outcomes)
    assert lines == [f"{path}: damaged, or of another sweep; it is made anew"]


@pytest.mark.parametrize("what", ["damaged", "another part", "another sweep's"])
def test_a_part_that_is_not_what_its_name_says_is_trained_anew_in_the_same_run(good, tmp_path, what):
    store = SweepStore(SMALL, tmp_path, print)
    shutil.copytree(good / f"{SMALL.digest}.parts", store.parts)
    part, lines, asked = store.parts / "000001.npz", [], []
    if what == "damaged":
        part.write_bytes(part.read_bytes()[:-9])
    else:
        folder, name = (SMALL, "000000.npz") if what == "another part" else (OTHER, "000001.npz")
        shutil.copy(good / f"{folder.digest}.parts" / name, part)

    def asks(sweep, parts):
        asked.extend(parts)
        return on_all_cores(sweep, parts)

    run_sweep(SMALL, tmp_path, asks, report=lines.append)
    assert asked == [1] and lines == [f"{part}: damaged, or of another sweep; it is made anew"]
    assert store.path.read_bytes() == sweep_path(SMALL, good).read_bytes()


def test_two_that_make_one_sweep_say_no_false_word(good, tmp_path):
    """One has just joined its parts when the other has trained its last, or is about to join them too."""
    lines = []

    def is_overtaken(sweep, parts):
        yield from on_all_cores(sweep, parts)
        run_sweep(SMALL, tmp_path, report=lines.append)

    found = run_sweep(SMALL, tmp_path, is_overtaken, report=lines.append)
    assert not lines and same(found.outcomes, SweepResult.load(sweep_path(SMALL, good)).outcomes)
    assert [p.name for p in tmp_path.iterdir()] == [sweep_path(SMALL, tmp_path).name]


def test_what_unfolds_to_gigabytes_is_refused_before(good, tmp_path):
    path = tmp_path / "bomb.npz"
    with zipfile.ZipFile(sweep_path(SMALL, good)) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "error.npy":
                head = io.BytesIO()
                np.lib.format.write_array_header_1_0(head, np.lib.format.header_data_from_array_1_0(np.empty(1)) |
                                                     {"shape": (10**12,)})  # fmt: skip
                data = head.getvalue()
            new.writestr(name, data)
    with pytest.raises(SweepError, match="holds no sweep, or is damaged"):
        SweepResult.load(path)
