"""What the films on five neurons show is what their runs say."""

from __future__ import annotations

import numpy as np
import pytest

from reluviz.stage.films.five_neurons import Shadow
from reluviz.stage.films.five_spread_neurons import OneForTwo, Race, Ways, row
from reluviz.stage.network_view import NetworkView
from reluviz.stage.parts.moment import Moment
from reluviz.story.vocabulary.facts import Facts
from reluviz.theme import DARK, SAFE_X
from tests.analysis.runs import article

BOTH, FIVE = article("five-spread-neurons"), article("five-neurons")


def test_one_neuron_in_the_place_of_two_moves_the_line_by_what_the_words_say():
    view = NetworkView(DARK, BOTH)
    one = OneForTwo(view.plane, BOTH)
    bar, number = one.gap
    unit = view.plane.at(0.0, 1.0)[1] - view.plane.at(0.0, 0.0)[1]
    assert bar.get_length() == pytest.approx(unit * Facts(BOTH).merge_error(1, 2), rel=0.05)  # that of a mean state
    assert number.original_text == f"{Facts(BOTH).merge_error(1, 2):.2f}"
    place = view.plane.on_floor(Facts(BOTH).merge_origin(1, 2))
    np.testing.assert_allclose(one.disc.get_center(), place, atol=1e-6)


@pytest.mark.parametrize(("run", "only", "longest"), [(BOTH, None, 1), (FIVE, 4, 4)])
def test_arrows_go_from_start_to_end_and_the_longest_has_its_length(run, only, longest):
    view = NetworkView(DARK, run)
    ways = Ways(view.plane, run, only)
    ways.grow(1.0)
    arrow = ways.arrows[longest if only is None else 0].points[:, 0]
    ends = sorted(view.plane.on_floor((run.start.origins[longest], run.end.origins[longest]))[:, 0])
    assert (arrow.min(), arrow.max()) == pytest.approx(tuple(ends))
    assert ways[-1].original_text == f"{abs(run.end.origins[longest] - run.start.origins[longest]):.2f}"


def test_a_shadow_is_its_own_run():
    run = article("merging-neurons")
    shadow = Shadow(NetworkView(DARK, FIVE).plane, run, "four")
    shadow.show(Moment.of(run, 321))
    for disc, origin in zip(shadow.discs, run.network_at(321).origins, strict=True):
        inside = len(disc.points) > 0
        assert not inside or disc.get_center()[0] == pytest.approx(shadow.plane.on_floor(origin)[0])
    assert shadow.state.iteration == 321


def test_four_planes_stand_beside_each_other_in_the_safe_area():
    looks = [row(place, (0.0, 4.0), (0.0, 3.0)) for place in range(4)]
    edges = [look.centre[0] + side * look.width / 2 for look in looks for side in (-1, 1)]
    assert edges == sorted(edges) and (edges[0], edges[-1]) == pytest.approx((-SAFE_X, SAFE_X))


@pytest.mark.parametrize("epoch", [0, 1, 7, 31])
def test_bars_of_the_race_are_as_high_as_the_farthest_sample_is_off_and_end_with_the_count(epoch):
    race = Race(DARK, [BOTH, FIVE], [-3.0, 3.0])
    race.grown = 1.0
    race.show(Moment.of(FIVE, 400 * epoch))
    x = BOTH.experiment.samples()
    off = [max(np.abs(run.target(x) - run.network_at(400 * epoch)(x))) for run in (BOTH, FIVE)]
    per_decade = (race.still[0].points[:, 1].max() - race.still[1].get_center()[1]) / np.log10(3.0 / 0.1)
    heights = [bar.height for bar in race.bars]
    assert heights == pytest.approx([max(per_decade * np.log10(value / 0.1), 0.0) for value in off], abs=1e-6)
    assert [text for text, _ in race.counts.shown] == (["12,400"] if epoch == 31 else [])
