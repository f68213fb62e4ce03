"""A recorded training run: the state before every update, and the sample and residual that caused it."""

from __future__ import annotations

import hashlib
import io
import json
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from reluviz.core.experiment import Experiment, example_names, library_names
from reluviz.core.network import Array, ReluNetwork
from reluviz.core.npz import read_arrays
from reluviz.core.table import shown
from reluviz.errors import UserError
from reluviz.files import write_whole
from reluviz.made_by import made_by
from reluviz.outside import in_short

SCHEMA_VERSION = 2
DENSE_UP_TO = 200_000
"""Runs up to this long keep every update; longer ones keep the first half of it, then every k-th."""

_ARRAYS = ("iterations", "weights", "biases", "output_biases", "inputs", "residuals")
_KINDS = {name: "<i8" if name == "iterations" else "<f8" for name in _ARRAYS}


class TrajectoryError(UserError):
    """A trajectory file that cannot be used; the message is one line that names the file and the cure."""


def recorded_iterations(iterations: int) -> NDArray[np.int64]:
    """Which states of a run of `iterations` updates are kept: all, or all at first and then every k-th.

    The first 100,000 are where a run changes most; what is kept never exceeds DENSE_UP_TO + 1 states.
    """
    if iterations <= DENSE_UP_TO:
        return np.arange(iterations + 1)
    dense = DENSE_UP_TO // 2
    stride = -(-(iterations - dense) // dense)
    return np.concatenate((np.arange(dense), np.arange(dense, iterations, stride), [iterations]))


@dataclass(frozen=True, eq=False)
class Trajectory:
    """K recorded updates of n neurons and the state after the last of them.

    iterations: (K + 1,), increasing from 0; record k is the state after iterations[k] updates.
    weights, biases: (K + 1, n). output_biases: (K + 1,).
    inputs, residuals: (K,): the sample x and delta = ref(x) - NN(x) of the update made from record k.
    overflowed_at: the number of finite updates made, where the next one left the range of float64; else None.
    whole: of the first part of a run, all of it; else None.
    A run of at most DENSE_UP_TO updates is dense: iterations[k] == k.
    Raises ValueError for shapes that do not fit or numbers that are not finite.
    """

    experiment: Experiment
    iterations: NDArray[np.int64]
    weights: Array
    biases: Array
    output_biases: Array
    inputs: Array
    residuals: Array
    overflowed_at: int | None = None
    whole: Trajectory | None = None

    def __post_init__(self) -> None:
        records, n = len(self.iterations), len(self.experiment.start)
        expected = {
            "iterations": (records,),
            "weights": (records, n),
            "biases": (records, n),
            "output_biases": (records,),
            "inputs": (records - 1,),
            "residuals": (records - 1,),
        }
        for name, shape in expected.items():
            array = getattr(self, name)
            if array.shape != shape:
                raise ValueError(f"{name} has shape {array.shape} where {shape} is expected")
            if not np.isfinite(array).all():
                raise ValueError(f"{name} holds numbers that are not finite")
            array.flags.writeable = False
        if self.iterations[0] != 0 or not (np.diff(self.iterations) > 0).all():
            raise ValueError("iterations must increase from 0")

    @property
    def name(self) -> str:
        """The experiment's name."""
        return self.experiment.name

    @property
    def neurons(self) -> int:
        """How many neurons were trained."""
        return int(self.weights.shape[1])

    @property
    def last(self) -> int:
        """The number of updates made; of a thinned run that diverged, that of its last recorded state."""
        return int(self.iterations[-1])

    @property
    def is_dense(self) -> bool:
        """Whether every update was kept."""
        return len(self.iterations) == self.last + 1

    @property
    def target(self) -> ReluNetwork:
        """The reference function as a network."""
        return self.experiment.target

    def record_at(self, iteration: float) -> int:
        """The index of the last record at or before `iteration` (clipped to the run)."""
        found = int(np.searchsorted(self.iterations, iteration, side="right")) - 1
        return min(max(found, 0), len(self.iterations) - 1)

    def network_at(self, iteration: int) -> ReluNetwork:
        """The network after `iteration` updates (the nearest earlier record in a thinned run)."""
        k = self.record_at(iteration)
        return ReluNetwork(self.weights[k], self.biases[k], float(self.output_biases[k]))

    def state_at(self, iteration: float) -> tuple[Array, Array, float]:
        """(weights, biases, output bias) at a fractional iteration: straight lines between records.

        Costs the same wherever it is asked and however long the run is, so that drawing a frame does too.
        """
        k = self.record_at(iteration)
        if k == len(self.iterations) - 1:
            return self.weights[k], self.biases[k], float(self.output_biases[k])
        part = (iteration - self.iterations[k]) / (self.iterations[k + 1] - self.iterations[k])
        part = max(part, 0.0)
        weights = self.weights[k] + part * (self.weights[k + 1] - self.weights[k])
        biases = self.biases[k] + part * (self.biases[k + 1] - self.biases[k])
        output_bias = self.output_biases[k] + part * (self.output_biases[k + 1] - self.output_biases[k])
        return weights, biases, float(output_bias)

    @property
    def start(self) -> ReluNetwork:
        """The network before training."""
        return self.network_at(0)

    @property
    def end(self) -> ReluNetwork:
        """The network after the last (finite) update."""
        return self.network_at(self.last)

    def until(self, record: int) -> Trajectory:
        """The part of the run that ends with that record."""
        parts = {name: getattr(self, name)[: record + 1].copy() for name in _ARRAYS[:4]}
        parts |= {name: getattr(self, name)[:record].copy() for name in _ARRAYS[4:]}
        return replace(self, **parts, whole=self.whole or self)

    def digest(self) -> str:
        """SHA-256 over schema, experiment and every array: the same run has the same digest anywhere.

        A part of a run has the digest of the whole, which its experiment leads to.
        """
        if self.whole is not None:
            return self.whole.digest()
        arrays = {name: np.ascontiguousarray(getattr(self, name), _KINDS[name]) for name in _ARRAYS}
        shapes = {name: array.shape for name, array in arrays.items()}
        told = [SCHEMA_VERSION, self.name, self.experiment.to_json(), self.overflowed_at, shapes]
        digest = hashlib.sha256(json.dumps(told).encode())
        for array in arrays.values():
            digest.update(array.tobytes())
        return digest.hexdigest()

    def save(self, path: Path) -> None:
        """Writes the run to `path` (.npz, no pickle) in one step: a reader never sees half a file.

        Raises FileError where the file cannot be written.
        """
        header = {
            "schema": SCHEMA_VERSION,
            "name": self.name,
            "experiment": self.experiment.to_dict(),
            "overflowed_at": self.overflowed_at,
            "digest": self.digest(),
            "made_by": made_by(),
        }
        buffer = io.BytesIO()
        arrays = {name: getattr(self, name) for name in _ARRAYS}
        np.savez(buffer, header=np.array(json.dumps(header)), **arrays)
        write_whole(path, buffer.getvalue())

    @classmethod
    def load(cls, path: Path) -> Trajectory:
        """Reads and verifies a run: schema, shapes, finiteness, digest.

        Raises TrajectoryError for a file that is damaged, unreadable or of another schema, FileNotFoundError
        where there is none.
        """
        command = path.stem if path.stem in (*library_names(), *example_names()) else f"{path.stem}.toml"
        cure = f"make it anew with: reluviz train {command}"
        try:
            arrays = read_arrays(path, ("header", *_ARRAYS))
            header = json.loads(str(arrays.pop("header")))
            if (schema := header["schema"]) != SCHEMA_VERSION:
                found = f"schema {shown(schema)}, where this version reads {SCHEMA_VERSION}"
                raise TrajectoryError(f"{path}: {found}; {cure}")
            for name, array in arrays.items():
                if array.dtype != _KINDS[name]:
                    raise ValueError(f"{name} holds numbers of another kind")
            name, overflowed_at = header["name"], header["overflowed_at"]
            if not isinstance(name, str) or not (overflowed_at is None or type(overflowed_at) is int):
                raise ValueError("its header does not fit")
            experiment = Experiment.from_dict(header["experiment"], name=name, source=str(path))
            trajectory = cls(experiment=experiment, overflowed_at=overflowed_at, **arrays)  # type: ignore[arg-type]
            if trajectory.digest() != header["digest"]:
                raise ValueError("its contents do not match its digest")
        except (FileNotFoundError, TrajectoryError):
            raise
        except PermissionError as error:
            raise TrajectoryError(f"{path}: cannot be read ({error.strerror})") from error
        except Exception as error:  # a damaged archive fails in many ways: zipfile, zlib, NumPy, JSON, digest
            reason = in_short(str(error)) or type(error).__name__
            raise TrajectoryError(f"{path}: damaged trajectory ({reason}); {cure}") from error
        return trajectory
