"""Pictures of Conclusion and Teaser show what the run did: ways, and where neurons are."""

import numpy as np
import pytest

from reluviz.stage.films.conclusion import SmallMarks
from reluviz.stage.parts.moment import Moment
from reluviz.stage.parts.network.trails import CornerTrails
from reluviz.stage.plane import Plane
from reluviz.theme import DARK
from tests.analysis.runs import article as run


def middle(part):
    return (part.points.min(axis=0) + part.points.max(axis=0)) / 2


def test_a_trail_begins_at_the_start_and_ends_at_the_corner_of_the_moment():
    trajectory = run("teaser")
    plane = Plane(DARK, (-1.0, 5.0), (-1.0, 4.0), centre=(0.0, 0.0), width=12.0, height=5.0)
    trails = CornerTrails(plane, trajectory)
    moment = Moment.of(trajectory, 500.5)
    trails.show(moment)
    for trail, first, origin in zip(trails, trajectory.start.origins, -moment.biases, strict=True):
        assert trail.points[0] == pytest.approx(plane.at(first, float(trajectory.start(first))))
        assert trail.points[-1] == pytest.approx(plane.at(origin, float(moment.network(origin))))


def test_small_dots_stand_at_the_origins_and_never_overlap():
    trajectory = run("merging-neurons")
    plane = Plane(DARK, (-1.5, 4.5), (-1.0, 3.0), centre=(0.0, 0.0), width=4.0, height=2.0)
    marks = SmallMarks(plane, 4)
    marks.show(Moment.of(trajectory, trajectory.last))
    places = np.array([middle(dot) for dot in marks.dots])
    assert places[:, 0] == pytest.approx(plane.at(trajectory.end.origins, 0.0)[:, 0])
    apart = np.linalg.norm(places[:, None] - places[None], axis=2) + 9.0 * np.eye(4)
    assert apart.min() >= 0.2
