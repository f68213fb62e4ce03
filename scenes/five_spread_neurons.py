"""Solution 3 of the article: both remedies together, and all four runs compared (figures 9a, 9b, 9c).

manim -pql scenes/five_spread_neurons.py FiveSpreadNeurons
"""

from manim import *

from reluviz.stage.films.five_spread_neurons import OneForTwo, Race, Ways, crowd, row, row_name
from reluviz.stage.network_view import COUNTER_Y, NetworkView, full, graph_ranges
from reluviz.stage.parts.gestures.look import Turn
from reluviz.stage.parts.gestures.starts import SlideFrom
from reluviz.stage.parts.network.gap import GapBracket
from reluviz.stage.parts.network.graph import CornerRings
from reluviz.stage.parts.network.wake import steepest_slope
from reluviz.stage.parts.replay import Rewind
from reluviz.stage.scene import ExplainerScene
from reluviz.theme import SAFE_X

PAIR = {"x_range": (-1.0, 0.75), "y_range": (-0.12, 1.06)}
CLOSE = {"x_range": (-0.2, 0.2), "y_range": (-0.03, 0.25)}
CORNER = (SAFE_X, COUNTER_Y)
NAMES = ("close", "spread", "one to spare", "both")


class FiveSpreadNeurons(ExplainerScene):
    """Five neurons that start spread out; then a race of the close start and its three remedies on one clock."""

    script = "five-spread-neurons"

    def construct(self):
        self.runs = [self.story.trajectory(name) for name in ("close", "spread", "five", "both")]
        self.both, self.five = self.runs[3], self.runs[2]
        self.ranges = graph_ranges(*self.runs)
        self.shared = {"groups": [(0, 1)], "steepest": steepest_slope(*self.runs)}
        self.view = NetworkView(self.theme, self.both, look=full(*self.ranges), **self.shared)
        self.slide = SlideFrom(self.view, self.five.start, run_time=2.5)
        self.slide.show(0.0)
        with self.beat("question", headline=False):
            self.open_on(self.view)
        with self.beat("start"):
            self.slide_apart()
        with self.beat("rush"):
            self.play(self.view.slow(3, self.until("rush")))
            self.replay(self.view.rig)
        with self.beat("close_in"):
            self.close_in()
        with self.beat("ghost"):
            self.measure_the_ways()
        with self.beat("guess"):
            self.line_up_all_four()
        with self.beat("together"):
            self.replay(*self.rigs)
        with self.beat("apart"):
            self.race()
        with self.beat("result"):
            self.shrink_to_dots()

    def slide_apart(self):
        self.play_until("both", self.slide)
        self.at("discs")
        self.play(self.view.point_at(0, 1, 2, 3, 4, run_time=self.seconds_left))

    def close_in(self):
        view = self.view
        self.play(view.zoom_to(**PAIR), view.dim(2, 3, 4))
        bracket = GapBracket(view.plane, 0, 1)
        view.rig.include(bracket)
        self.replay(view.rig, until="one")
        view.rig.remove(bracket)
        self.play(view.zoom_to(**CLOSE), FadeOut(bracket))
        one = OneForTwo(view.plane, self.both)
        self.play(Create(one.line), Create(one.disc), run_time=1.0)
        self.play(GrowFromCenter(one.gap), run_time=1.5)
        self.at("rings")
        self.play(FadeOut(one, run_time=0.4), view.zoom_to(), view.dim())
        rings = CornerRings(view.plane, self.both.target).held_by(0, 2, 3, 4)
        self.play(LaggedStart(*(Create(ring) for ring in rings), lag_ratio=0.6), run_time=3.0)
        self.play(FadeOut(rings), view.look_back(run_time=self.seconds_left))

    def measure_the_ways(self):
        view = self.view
        start, ways = view.ghost(), Ways(view.plane, self.both)
        view.rig.include(start, below=view.marks)
        self.play(FadeIn(start), run_time=0.6)
        self.play_until("five", Turn(ways, ways.grow))
        far = Ways(view.plane, self.five, only=4, lane=0.75)
        self.play(Turn(far, far.grow, self.seconds_left))
        self.told = (start, ways, far)

    def line_up_all_four(self):
        looks = [row(place, *self.ranges) for place in range(4)]
        view = self.view
        view.rig.remove(view.counter, view.slow_motion, view.pushes, self.told[0])
        self.remove(view.pushes)
        self.play(
            FadeOut(*self.told, view.counter, run_time=0.5),
            Rewind([view.rig], 2.0),
            view.go_to(looks[3], run_time=2.0),
        )
        options = {"pushes": False, **self.shared}
        self.views = [
            NetworkView(self.theme, run, look=look, counter=counter, **options)
            for run, look, counter in zip(self.runs[:3], looks[:3], (CORNER, None, None), strict=True)
        ]
        self.names = [row_name(self.theme, name, look) for name, look in zip(NAMES, looks, strict=True)]
        self.play(FadeIn(*(view.still for view in self.views), *(view.target for view in self.views)), run_time=0.5)
        for mark, view, name in zip(("close", "spread", "spare"), self.views, self.names, strict=False):
            self.at(mark)
            self.play(FadeIn(view.rig, name), run_time=0.5)
        self.at("both")
        self.play(FadeIn(self.names[3]), self.view.point_at(0, 1, 2, 3, 4, run_time=1.0))
        self.at("bars")
        self.bars = Race(self.theme, self.runs, [look.centre[0] for look in looks])
        self.play(FadeIn(self.bars.still), Turn(self.bars, self.grow_the_bars, 2.0))
        self.at("first")
        waiting = (Indicate(name, 1.2, self.theme.accent) for name in self.names)
        self.play(LaggedStart(*waiting, lag_ratio=0.6), run_time=2.8)
        self.views.append(self.view)
        self.rigs = [view.rig for view in self.views]
        self.rigs[0].include(self.bars)

    def grow_the_bars(self, part):
        self.bars.grown = part
        self.bars.show(self.views[0].rig.moment)

    def race(self):
        for mark, place in (("stuck", 0), ("both", 3), ("spread", 1), ("spare", 2)):
            self.replay(*self.rigs, until=mark)
            self.play(Indicate(self.names[place], 1.2, self.theme.accent), run_time=0.8)

    def shrink_to_dots(self):
        self.play(Indicate(self.names[3], 1.2, self.theme.accent), self.view.point_at(0, 1, 2, 3, 4))
        self.at("next")
        dots = crowd(self.theme, [view.plane.look.centre for view in self.views])
        away = [FadeOut(view.still, view.rig, name) for view, name in zip(self.views, self.names, strict=True)]
        self.play(
            *(*away, FadeOut(self.bars.still), FadeIn(dots[0], scale=4.0)),
            LaggedStart(*(FadeIn(dot, scale=3.0) for dot in dots[1]), lag_ratio=0.05, run_time=self.until("rule")),
        )
        self.play(Indicate(dots[0][0], 2.5, self.theme.accent), run_time=1.5)
