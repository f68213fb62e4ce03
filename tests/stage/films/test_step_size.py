"""A slope in figures, maps that melt into one another, an arrow that others linger behind."""

import numpy as np
import pytest

from reluviz.stage.films.step_size import MeltingMaps, SlopeReadout, lingering
from reluviz.stage.parts.charts.success_chart import Marker, SuccessChart
from reluviz.stage.parts.moment import State
from reluviz.stage.plane import Plane
from reluviz.theme import DARK


@pytest.fixture(scope="module")
def plane():
    return Plane(DARK, (0, 4), (-0.5, 3), centre=(0, 0), width=5, height=4)


def test_a_slope_is_told_above_its_disc(plane):
    readout = SlopeReadout(plane, 1)
    readout.show(State(np.array([1.0, -0.046]), np.array([0.0, -2.0])))
    assert [text for text, _ in readout.shown] == ["slope −0.05"]
    assert readout.get_center()[0] == pytest.approx(plane.at(2.0, 0.0)[0], abs=0.4)


def test_maps_melt_as_a_marker_goes_along():
    tables = {0.01: np.ones((3, 3), np.uint8), 0.02: np.zeros((3, 3), np.uint8)}
    maps = MeltingMaps(DARK, [0, 1, 2], [0, 1, 2], tables, ("one", "other"), (3.0, 0.0), 3.0)
    assert [cells.submobjects[0].get_fill_opacity() for cells in maps.maps] == [1.0, 0.0]
    marker = Marker(SuccessChart(DARK, [0.01, 0.02], "rate").curve({0.01: 0.2, 0.02: 0.8}), DARK.accent)
    go = maps.go(marker, 0.02, run_time=1.0)
    go.interpolate_mobject(1.0)
    assert [cells.submobjects[0].get_fill_opacity() for cells in maps.maps] == [1.0, 1.0]
    assert [caption.get_fill_opacity() for caption in maps.captions] == [0.0, 1.0]
    assert np.allclose(marker.get_center(), marker.curve.at(0.02))


def test_a_chart_makes_room_and_its_curve_and_marker_go_along():
    shares = {0.01: 0.25, 0.02: 0.5, 0.03: 1.0}
    chart = SuccessChart(DARK, list(shares), "learning rate")
    curve = chart.curve(shares)
    curve.show(0.02)
    marker = Marker(curve, DARK.accent)
    narrow = {"centre": (-2.0, 0.0), "width": 4.0, "height": 3.0}
    chart.go_to(narrow, curve, marker, 1.0).show(1.0)
    apart = SuccessChart(DARK, list(shares), "learning rate", box=narrow)
    np.testing.assert_allclose(curve.tip, apart.plane.at(0.02, 0.5))
    np.testing.assert_allclose(marker.get_center(), curve.tip, atol=1e-6)
    np.testing.assert_allclose(chart.measure.get_center(), apart.measure.get_center())
    assert curve.line.get_right()[0] == curve.tip[0]


def test_arrows_linger_each_shorter_and_fainter(plane):
    arrows = lingering(plane, 1.0)
    widths, lights = [one.width for one in arrows], [one.get_fill_opacity() for one in arrows]
    assert widths == sorted(widths, reverse=True) and lights == sorted(lights, reverse=True)
    assert all(one.get_left()[0] == pytest.approx(plane.at(1.0, 0.0)[0]) for one in arrows)
