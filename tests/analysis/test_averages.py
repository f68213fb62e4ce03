"""Means of a path over stretches, against the integral of its straight pieces."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reluviz.analysis.averages import PathMeans

TIMES = np.array([0.0, 1.0, 2.0, 5.0, 9.0])
PATH = np.array([[0.0, 1.0], [2.0, 1.0], [-1.0, 1.0], [4.0, 1.0], [4.0, 1.0]])


@given(st.floats(0, 9), st.floats(0, 9))
def test_the_mean_of_a_stretch(one, other):
    start, end = sorted((one, other))
    corners = np.unique([start, *TIMES[(start < TIMES) & (end > TIMES)], end])
    heights = np.interp(corners, TIMES, PATH[:, 0])
    mean = PathMeans(TIMES, PATH).over([start], [end])
    if end - start > 1e-3:
        area = (np.diff(corners) * (heights[1:] + heights[:-1]) / 2).sum()
        assert mean[0, 0] == pytest.approx(area / (end - start), abs=1e-9)
    else:
        assert mean[0, 0] == pytest.approx(heights[0], abs=1e-2)
    assert mean[0, 1] == pytest.approx(1.0)


def test_a_path_of_one_record_stays_there():
    assert PathMeans([0], [[3.0]]).over([0, 0], [0, 0]).tolist() == [[3.0], [3.0]]
