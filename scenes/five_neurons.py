"""Solution 2 of the article: one neuron to spare (figures 8a, 8b, 8c).

manim -pql scenes/five_neurons.py FiveNeurons
"""

from manim import *

from reluviz.stage.films.five_neurons import Shadow
from reluviz.stage.network_view import NetworkView, caption_of, full, graph_ranges, half
from reluviz.stage.parts.charts.error_chart import ErrorChart
from reluviz.stage.parts.gestures.look import Fuse
from reluviz.stage.parts.gestures.spotlight import Spotlight
from reluviz.stage.parts.gestures.starts import Drop
from reluviz.stage.parts.network.gap import GapBracket
from reluviz.stage.parts.network.graph import CornerRings
from reluviz.stage.parts.network.slopes import SlopeStack
from reluviz.stage.parts.network.wake import steepest_slope
from reluviz.stage.parts.replay import Rewind, Rig
from reluviz.stage.scene import ExplainerScene

PAIR = {"x_range": (-1.0, 0.75), "y_range": (-0.12, 1.06)}
CLOSE = {"x_range": (-0.3, 0.3), "y_range": (-0.04, 0.36)}
CHART = {"centre": (-4.1, -0.3), "width": 3.4, "height": 4.6, "first": 300}


class FiveNeurons(ExplainerScene):
    """Five neurons for four corners: two merge again, and the other three take what is left."""

    script = "five-neurons"

    def construct(self):
        self.five, self.four, self.spread = map(self.story.trajectory, ("five", "four", "spread"))
        self.ranges = graph_ranges(self.five, self.four)
        self.shared = {"groups": [(0, 1)], "steepest": steepest_slope(self.five, self.four)}
        self.view = NetworkView(self.theme, self.five, look=full(*self.ranges), **self.shared)
        self.view.strength[4] = 0.0
        self.view.rig.show(0.0)
        with self.beat("question", headline=False):
            self.open_on(self.view)
        with self.beat("start"):
            self.add_a_neuron()
        with self.beat("scatter"):
            self.climb_and_fall()
        with self.beat("guess"):
            self.recognise_it()
        with self.beat("close_in"):
            self.close_the_gap()
        with self.beat("spare"):
            self.fill_the_corners()
        with self.beat("beside"):
            self.compare_with_four()
        with self.beat("result"):
            self.chart_the_errors()

    def add_a_neuron(self):
        view = self.view
        self.play_until("fifth", view.point_at(0, 1, 2, 3))
        self.play(Drop(view, 4))
        self.play(view.point_at(4, run_time=1.0))
        self.at("rings")
        self.rings = CornerRings(view.plane, self.five.target)
        self.play(LaggedStart(*(Create(ring) for ring in self.rings), lag_ratio=0.5), run_time=1.6)

    def climb_and_fall(self):
        self.play(FadeOut(self.rings), run_time=0.4)
        self.play(self.view.slow(3, self.until("climb")))
        self.replay(self.view.rig)

    def recognise_it(self):
        view = self.view
        self.shadow = Rig(self.four, Shadow(view.plane, self.four, "faint: four neurons"), beside=view.rig)
        self.play(FadeIn(self.shadow), run_time=0.5)
        self.replay(self.shadow, span=(self.shadow.iteration, view.rig.iteration), until="one")
        self.spots = [Spotlight(view.marks, i) for i in range(2)]
        for mark, spot in zip(("one", "two"), self.spots, strict=True):
            self.at(mark)
            self.play(Create(spot), run_time=0.7)
            view.rig.include(spot)
        self.at("again")
        self.play(view.point_at(0, 1))

    def close_the_gap(self):
        view = self.view
        view.rig.remove(*self.spots)
        self.bracket = GapBracket(view.plane, 0, 1)
        self.play(FadeOut(self.shadow, *self.spots), view.zoom_to(**PAIR), view.dim(2, 3, 4))
        view.rig.include(self.bracket)
        self.replay(view.rig, until="one")
        self.play(view.zoom_to(**CLOSE, run_time=2.5))
        self.at("fuse")
        self.play(Fuse(view, (0, 1), run_time=1.5))
        view.rig.remove(self.bracket)
        self.play(FadeOut(self.bracket))

    def fill_the_corners(self):
        view = self.view
        stack = SlopeStack(view.plane, self.five.end, 0.15)
        self.at("sum")
        for wedge in (stack.lower, stack.upper):
            self.play(GrowFromPoint(wedge, wedge[0].get_start()), run_time=1.3)
        self.play(Create(stack.total[0]), FadeIn(stack.total[1]), run_time=1.6)
        self.at("rings")
        self.play(FadeOut(stack, run_time=0.4), view.zoom_to(), view.dim())
        view.rig.include(self.rings)
        self.play(FadeIn(self.rings), run_time=0.3)
        self.fill(self.rings, (0, 2, 3, 4))

    def compare_with_four(self):
        view = self.view
        right = half(1, *self.ranges)
        told_before = {"counter": None, "pushes": False, "caption": "four neurons", **self.shared}
        left = NetworkView(self.theme, self.four, look=half(-1, *self.ranges), **told_before)
        view.rig.remove(self.rings)
        view.marks.fused.clear()
        caption = caption_of(self.theme, "five neurons", right)
        # Only once the plane has gone from there.
        coming = FadeIn(caption, left.still, left.rig, rate_func=squish_rate_func(smooth, 0.7, 1.0))
        self.play(FadeOut(self.rings, run_time=0.4), view.go_to(right), Rewind([view.rig], 1.5), coming, run_time=1.5)
        self.replay(left.rig, view.rig, span=(0, self.four.last), until="missing")
        rings = CornerRings(left.plane, self.four.target)
        self.play(FadeIn(rings), run_time=0.3)
        self.fill(rings[:-1], (0, 2, 3), run_time=1.2)
        self.at("five")
        self.play(Fuse(view, (0, 1)))
        view.rig.include(self.rings)
        self.play_until("few", FadeIn(self.rings), view.point_at(2, 3, 4))
        self.play(Indicate(rings[-1], 1.4, self.theme.accent), run_time=1.4)
        self.aside = (left.still, left.rig, rings)

    def chart_the_errors(self):
        view = self.view
        self.runs = [("five", self.five), ("spread", self.spread), ("four", self.four)]
        chart = ErrorChart(self.theme, self.runs, **CHART)
        coming = FadeIn(chart.still, chart, rate_func=squish_rate_func(smooth, 0.5, 1.0))
        self.play(FadeOut(*self.aside, run_time=0.5), coming, run_time=1.0)
        self.play_until("error", chart.sweep())
        self.play_until("slow", view.look_back())
        self.play(Indicate(chart.names[1], 1.1, self.theme.accent))
        self.at("next")
        ghost = view.ghost_of(self.spread)
        view.rig.include(ghost, below=view.marks)
        self.play(FadeIn(ghost), run_time=1.0)

    def fill(self, rings, neurons, run_time=2.0):
        coloured = (ring.animate.set_stroke(self.theme.neuron(i)) for ring, i in zip(rings, neurons, strict=True))
        self.play(LaggedStart(*coloured, lag_ratio=0.5), run_time=run_time)
