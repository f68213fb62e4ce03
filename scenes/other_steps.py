"""Beyond the article: the start that merges under momentum and Adam; how often each succeeds, and why Adam merges.

manim -pql scenes/other_steps.py OtherSteps
"""

from manim import *

from reluviz.stage.films.other_steps import StepSizes, third, third_name
from reluviz.stage.network_view import NetworkView, full, graph_ranges, pair
from reluviz.stage.parts.gestures.look import Fuse
from reluviz.stage.parts.network.graph import CornerRings
from reluviz.stage.parts.network.slow import SlowUpdates
from reluviz.stage.parts.network.wake import steepest_slope
from reluviz.stage.parts.replay import Replay
from reluviz.stage.scene import ExplainerScene

BEST = {"plain": 0.035, "momentum": 0.006, "adam": 0.005}
NAMES = {"plain": "plain steps", "momentum": "momentum", "adam": "Adam"}
PLACES = {"plain": (0.017, 0.95), "momentum": (0.0012, 0.95), "adam": (0.0018, 0.27)}
"""Where the names of the curves stand: learning rate, share."""

STUCK_AT = (0.002, 0.003, 0.005, 0.01, 0.02, 0.03)
"""Step sizes at which most runs under Adam merge and get stuck."""

EMPTY = 3
"""The corner (from 0) that no neuron reaches under Adam."""

NEAR = {"x_range": (-0.6, 1.8), "y_range": (-0.3, 1.8)}


class OtherSteps(ExplainerScene):
    """Three planes on one clock become points of three curves; two of them come back, slowly, for the reason."""

    script = "other-steps"

    def construct(self):
        self.swept = self.story.sweeps
        self.runs = {name: self.swept[f"{name}_run"].run(rate).trajectory for name, rate in BEST.items()}
        self.ranges = graph_ranges(*self.runs.values())
        self.plain = NetworkView(self.theme, self.runs["plain"], look=full(*self.ranges), **self.shared)
        with self.beat("question", headline=False):
            self.open_on(self.plain)
        with self.beat("three"):
            self.line_up_three()
        with self.beat("guess"):
            self.at("which")
            self.play(*(view.point_at(0, 1, run_time=2.0) for view in self.views))
        with self.beat("race"):
            self.race()
        with self.beat("curve"):
            self.grow_three_curves()
        with self.beat("why"):
            self.slide_alike()
        with self.beat("outside"):
            self.leave_and_return()
        with self.beat("result"):
            self.start_steeper()

    @property
    def shared(self):
        return {"groups": [(0, 1)], "steepest": steepest_slope(*self.runs.values())}

    def line_up_three(self):
        looks = dict(zip(BEST, (third(place, *self.ranges) for place in range(3)), strict=True))
        names = {name: third_name(self.theme, NAMES[name], look) for name, look in looks.items()}
        self.at("plain")
        self.play(self.plain.slow(4, self.until("momentum")))
        self.plain.rig.remove(self.plain.counter, self.plain.pushes)
        away = FadeOut(self.plain.counter, self.plain.pushes, run_time=0.5)
        self.play(self.plain.go_to(looks["plain"]), away, FadeIn(names["plain"]))
        self.views = [self.plain]
        for name in ("momentum", "adam"):
            if name == "adam":
                self.play(Replay([self.views[1].rig], [SlowUpdates.quickening(0, 4, self.until("adam"))]))
            view = NetworkView(self.theme, self.runs[name], look=looks[name], pushes=False, counter=None, **self.shared)
            self.views.append(view)
            self.play(FadeIn(view.still, view.rig, names[name], shift=0.5 * RIGHT), run_time=1.0)
        self.play(Replay([self.views[2].rig], [SlowUpdates.quickening(0, 4, self.until("best"))]))
        rates = [third_name(self.theme, f"learning rate {BEST[name]:g}", look, 1) for name, look in looks.items()]
        self.play(LaggedStart(*(FadeIn(rate) for rate in rates), lag_ratio=0.5, run_time=self.seconds_left))
        self.names = VGroup(*names.values(), *rates)

    def race(self):
        self.at("go")
        self.replay(*(view.rig for view in self.views), until="ring")
        rings = [CornerRings(view.plane, view.run.target) for view in self.views]
        found = [rings[place][k].set_stroke(self.theme.neuron(k)) for place in (0, 1) for k in range(4)]
        fuse = Fuse(self.views[2], (0, 1))
        self.play_until("empty", LaggedStart(*(Create(ring) for ring in found), lag_ratio=0.3), fuse)
        self.play(Create(rings[2][EMPTY]), run_time=1.0)
        self.rings = VGroup(*found, rings[2][EMPTY])

    def grow_three_curves(self):
        self.chart = chart = StepSizes(self.theme)
        self.at("chart")
        self.play(FadeOut(self.rings, self.names), run_time=0.4)
        self.play(
            *(
                FadeOut(view.still, view.rig, scale=0.05, target_position=chart.point(rate))
                for view, rate in zip(self.views, BEST.values(), strict=True)
            ),
            FadeIn(chart.still),
            run_time=1.2,
        )
        self.curves, marks = VGroup(), ("momentum", "adam", "most")
        for name, mark in zip(BEST, marks, strict=True):
            curve = chart.curve_over(self.swept[name].successes(), (BEST[name],))
            label = chart.name_at(NAMES[name], *PLACES[name])
            self.add(curve)
            self.play(curve.grow(max(curve.x), run_time=self.until(mark)), FadeIn(label))
            self.curves.add(curve, label)
        merged = chart.stuck_over({rate: self.swept["adam"].share("merged and stuck", rate) for rate in STUCK_AT})
        label = chart.name_at("Adam: merged", 0.0037, 0.55).set_color(merged.line.get_color())
        self.add(merged)
        self.play(merged.grow(max(merged.x), run_time=self.seconds_left - 0.5), FadeIn(label))
        self.stuck = VGroup(merged, label)

    def slide_alike(self):
        runs = (self.runs["momentum"], self.runs["adam"])
        self.two = pair(self.theme, *runs, ("momentum", "Adam"), groups=[(0, 1)])
        self.at("again")
        away = FadeOut(self.chart.still, self.curves, self.stuck, run_time=0.4)
        self.play(away, *(FadeIn(view.still, view.rig, scale=0.3, run_time=0.9) for view in self.two))
        rigs = [view.rig for view in self.two]
        self.play(Replay(rigs, [SlowUpdates.quickening(0, 3, self.until("left"))] * 2))
        self.ghosts = [view.ghost() for view in self.two]
        for view, ghost in zip(self.two, self.ghosts, strict=True):
            view.rig.include(ghost, below=view.marks)
        self.play(*(view.zoom_to(**NEAR) for view in self.two))
        self.replay(*rigs, until="alike")
        self.play(self.two[1].point_at(0, 1, 2, 3, run_time=self.seconds_left))

    def leave_and_return(self):
        momentum, adam = self.two
        rigs = [view.rig for view in self.two]
        for rig, ghost in zip(rigs, self.ghosts, strict=True):
            rig.remove(ghost)
        away = FadeOut(*self.ghosts, run_time=0.3)
        self.play(away, *(move for view in self.two for move in (view.zoom_to(), view.dim(2, 3))))
        self.replay(*rigs, until="one")
        self.play_until("inside", Fuse(adam, (0, 1)))
        self.ring = CornerRings(momentum.plane, momentum.run.target)[1].set_stroke(self.theme.neuron(1))
        self.play(momentum.point_at(1), Create(self.ring), run_time=2.0)
        self.play(*(view.look_back(self.seconds_left) for view in self.two))

    def start_steeper(self):
        adam = self.curves[-1]
        away = (FadeOut(view.still, view.rig, scale=0.3, run_time=0.4) for view in self.two)
        self.play(FadeOut(self.ring, run_time=0.3), *away, FadeIn(self.chart.still, self.curves, run_time=0.9))
        curve = self.chart.curve_over(self.swept["steeper"].successes(), (BEST["adam"],))
        label = self.chart.name_at("steeper start", 0.02, 0.37)
        self.at("steeper")
        self.add(curve)
        self.play(curve.grow(max(curve.x), run_time=self.until("next")), FadeIn(label))
        self.play(Indicate(label, 1.1, self.theme.accent), Indicate(adam, 1.1, self.theme.accent), run_time=2.0)
