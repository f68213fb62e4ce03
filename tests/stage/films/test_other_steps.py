"""Three planes side by side; success over a logarithmic axis of step sizes."""

import numpy as np
import pytest

from reluviz.stage.films.other_steps import StepSizes, third, third_name
from reluviz.theme import DARK, SAFE_X


def test_three_planes_fill_the_width_side_by_side():
    looks = [third(place, (-1.0, 4.0), (-0.5, 3.0)) for place in range(3)]
    edges = [x for look in looks for x in (look.centre[0] - look.width / 2, look.centre[0] + look.width / 2)]
    assert edges == sorted(edges)
    assert (edges[0], edges[-1]) == pytest.approx((-SAFE_X, SAFE_X))
    names = [third_name(DARK, "momentum", looks[1], row) for row in (0, 1)]
    assert all(name.get_left()[0] == pytest.approx(edges[2]) for name in names)
    assert names[0].get_bottom()[1] > names[1].get_center()[1] > looks[1].centre[1] + looks[1].height / 2


def test_a_tenth_of_a_step_size_is_as_far_anywhere_on_the_axis():
    chart = StepSizes(DARK)
    at = np.array([chart.point(rate)[0] for rate in (0.0005, 0.005, 0.05)])
    assert at[1] - at[0] == pytest.approx(at[2] - at[1]) and at[0] < at[1]
    assert "logarithmic" in chart.name.text
    curve = chart.curve_over({0.005: 0.2, 0.05: 0.8}, (0.05,))
    assert curve.at(np.log10(0.05)) == pytest.approx(chart.plane.at(np.log10(0.05), 0.8))
    assert [figure.text for figure in curve.figures] == ["80%"]
