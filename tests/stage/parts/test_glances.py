"""The samples that flash under the opening card: where they are, and how far the line is from the target there."""

import numpy as np
import pytest

from reluviz.stage.network_view import NetworkView
from reluviz.stage.parts.gestures.glances import Glances
from reluviz.theme import DARK
from tests.analysis.runs import article


def test_a_bar_reaches_from_the_line_to_the_target_at_the_run_s_first_sample_and_leaves_no_trace():
    run = article("merging-neurons")
    view = NetworkView(DARK, run)
    looks, x = Glances.on(view), float(run.inputs[0])
    looks.show(0.5, 3.0)  # the first one's bar has grown, and has not left
    low, high = (side.points for side in looks.bars)
    bar = (low if float(run.residuals[0]) > 0 else high)[[0, 3]]
    wanted = view.plane.at(x, (float(run.start(x)), float(run.target(x))))
    np.testing.assert_allclose(bar, wanted, atol=0.12)
    looks.show(3.0, 3.0)
    assert not len(looks.get_all_points())


@pytest.mark.parametrize("second", [0.3, 1.4, 2.2])
def test_without_a_line_bars_rise_from_the_axis(second):
    run = article("merging-neurons")
    view = NetworkView(DARK, run)
    view.rig.remove(view.network)
    looks = Glances.on(view)
    looks.show(second, 3.0)
    ends = np.concatenate([side.points for side in looks.bars])
    assert len(ends) and ends[:, 1].min() >= view.plane.at(0.0, view.plane.floor)[1] - 1e-9
