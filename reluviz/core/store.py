"""Where recorded runs are kept: one file an experiment, made on demand and made anew when it does not fit."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from reluviz.core.experiment import Experiment
from reluviz.core.training.one import train
from reluviz.core.trajectory import Trajectory, TrajectoryError

DIRECTORY = Path("media/trajectories")
"""Where runs are kept unless told otherwise, relative to the working directory."""


def trajectory_path(experiment: Experiment, directory: Path = DIRECTORY) -> Path:
    """The file that holds the run of `experiment`."""
    return directory / f"{experiment.name}.npz"


def load_stored(experiment: Experiment, directory: Path = DIRECTORY) -> Trajectory | None:
    """The run of exactly this experiment if `directory` holds it.

    None where there is no file, where it is damaged or of another schema, or where it was made from another
    experiment: a file here is only a copy of what the experiment determines, so each is a reason to train.
    """
    try:
        trajectory = Trajectory.load(trajectory_path(experiment, directory))
    except (FileNotFoundError, TrajectoryError):
        return None
    return trajectory if trajectory.experiment.same_run(experiment) else None


def load_or_train(
    experiment: Experiment | str,
    directory: Path = DIRECTORY,
    progress: Callable[[int], None] | None = None,
) -> Trajectory:
    """The run of `experiment` (or of the library's experiment, or TOML file, of that name).

    Read from `directory` where it is there and fits (see load_stored), otherwise trained and written there.
    progress: as in `train`. Raises ExperimentError for a name or description that does not fit,
    FileError where the directory cannot be written.
    """
    if isinstance(experiment, str):
        experiment = Experiment.open(experiment)
    trajectory = load_stored(experiment, directory)
    if trajectory is None:
        trajectory = train(experiment, progress)
        trajectory.save(trajectory_path(experiment, directory))
    return trajectory
