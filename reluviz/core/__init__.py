"""The science without pictures: networks, experiments, training and recorded trajectories."""

from reluviz.core.experiment import Experiment, example_names, library_names
from reluviz.core.network import ReluNetwork
from reluviz.core.store import load_or_train, load_stored, trajectory_path
from reluviz.core.table import ExperimentError
from reluviz.core.training.one import train
from reluviz.core.trajectory import Trajectory, TrajectoryError

__all__ = [
    "Experiment",
    "ExperimentError",
    "ReluNetwork",
    "Trajectory",
    "TrajectoryError",
    "example_names",
    "library_names",
    "load_or_train",
    "load_stored",
    "train",
    "trajectory_path",
]
