"""The science without pictures: networks, experiments, training and recorded trajectories."""

from reluviz.core.experiment import Experiment, ExperimentError
from reluviz.core.network import Kink, ReluNetwork
from reluviz.core.training import train
from reluviz.core.trajectory import Trajectory, TrajectoryError

__all__ = ["Experiment", "ExperimentError", "Kink", "ReluNetwork", "Trajectory", "TrajectoryError", "train"]
