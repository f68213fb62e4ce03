"""A sweep over a real cluster on this machine: a scheduler and two workers, each a process, one of which is killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from dataclasses import replace

import pytest

from reluviz.core import Experiment
from reluviz.sweep import cluster
from reluviz.sweep.cluster import on_cluster, train_described
from reluviz.sweep.execute import run_sweep
from reluviz.sweep.options import read_sweep
from reluviz.sweep.store import SweepStore
from reluviz.sweep.ways import SweepError

EXPERIMENT = replace(Experiment.open("merging-neurons"), stop_below=None, iterations=20_000)
SWEEP = read_sweep(EXPERIMENT, 4_000, ["start.origins=random:0..3"])


@pytest.fixture
def processes(tmp_path):
    """A client, its two workers' processes, and how to start more; all on loopback, none left behind."""
    file, running = tmp_path / "scheduler.json", []

    def start(module: str, *arguments: str, **environment: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", f"distributed.cli.{module}", *arguments, "--no-dashboard"]
        whole = os.environ | environment
        running.append(subprocess.Popen(command, cwd=tmp_path, env=whole, stderr=subprocess.DEVNULL))
        return running[-1]

    def start_worker(name: str, **environment: str) -> subprocess.Popen[bytes]:
        return start("dask_worker", *worker, "--name", name, **environment)

    start("dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--scheduler-file", str(file))
    worker = ("--scheduler-file", str(file), "--no-nanny", "--nthreads", "1", "--local-directory", str(tmp_path))
    deadline = time.monotonic() + 30
    while not file.exists():
        assert time.monotonic() < deadline
        time.sleep(0.05)
    workers = [start_worker(str(k)) for k in range(2)]
    from distributed import Client

    with Client(scheduler_file=str(file), set_as_default=False) as client:
        client.wait_for_workers(2, timeout=30)
        yield client, workers, start_worker
    for process in running:
        process.kill()
        process.wait()


def test_a_killed_worker_changes_no_bit(processes, tmp_path):
    client, workers, _ = processes
    address = client.scheduler.address
    parts = []

    def kills_one(sweep, missing):
        for index, outcomes in on_cluster(address)(sweep, missing):
            parts.append(index)
            if len(parts) == 4:
                workers[0].send_signal(signal.SIGSTOP)  # so that it cannot be done with its parts before it dies
                names = {str(info["name"]): worker for worker, info in client.scheduler_info()["workers"].items()}
                deadline = time.monotonic() + 10
                while not client.processing()[names["0"]]:
                    assert time.monotonic() < deadline
                    time.sleep(0.01)
                workers[0].kill()
                assert workers[0].wait() == -signal.SIGKILL
            yield index, outcomes

    run_sweep(SWEEP, tmp_path / "cluster", kills_one)
    assert len(client.scheduler_info()["workers"]) == 1
    assert sorted(parts) == list(range(SWEEP.parts)) and SWEEP.parts > 20
    run_sweep(SWEEP, tmp_path / "here")
    there, here = (SweepStore(SWEEP, tmp_path / name, print).path.read_bytes() for name in ("cluster", "here"))
    assert there == here


def test_workers_without_this_reluviz_are_refused(processes, tmp_path, monkeypatch):
    client, _, start_worker = processes
    train = on_cluster(client.scheduler.address)
    with monkeypatch.context() as patch:
        patch.setattr(cluster, "__version__", "9.9")
        with pytest.raises(SweepError, match=r"the worker tcp:.* has reluviz [\d.]+; install reluviz 9.9 there"):
            run_sweep(SWEEP, tmp_path, train)
    (tmp_path / "without").mkdir()
    (tmp_path / "without" / "reluviz.py").write_text("raise ModuleNotFoundError('none here')")
    start_worker("without", PYTHONPATH=str(tmp_path / "without"))
    client.wait_for_workers(3, timeout=30)
    with pytest.raises(SweepError, match=r"the worker tcp:.* has no reluviz that works \(none here\); install"):
        run_sweep(SWEEP, tmp_path, train)
    assert len(client.scheduler_info()["workers"]) == 3  # none brought down by the question
    assert SweepStore(SWEEP, tmp_path, print).missing() == list(range(SWEEP.parts))


def test_no_scheduler_is_told_in_one_line(tmp_path, monkeypatch):
    monkeypatch.setattr(cluster, "PATIENCE", 0.5)
    for address in ("tcp://127.0.0.1:1", "nonsense://x", "nonsense"):
        with pytest.raises(SweepError, match="no Dask scheduler answers") as caught:
            run_sweep(SWEEP, tmp_path, on_cluster(address))
        assert "\n" not in str(caught.value)


def test_a_late_worker_of_another_version_is_refused():
    with pytest.raises(SweepError, match="a worker has reluviz .*; expected 9.9"):
        train_described(SWEEP.to_dict(), 0, "9.9")


def test_without_dask_the_cure_is_told(monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(SweepError, match=r"pip install 'reluviz\[cluster\]'"):
        on_cluster("tcp://127.0.0.1:1")
