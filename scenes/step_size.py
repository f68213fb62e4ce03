"""Beyond the article: larger steps set a merging start free; why, and how large is too large.

manim -pql scenes/step_size.py StepSize
"""

from dataclasses import replace

from manim import *

from reluviz.stage.films.step_size import MeltingMaps, SlopeReadout, lingering
from reluviz.stage.network_view import NetworkView, full, graph_ranges, half, pair
from reluviz.stage.parts.charts.success_chart import WIDE, Marker, SuccessChart
from reluviz.stage.parts.gestures.spotlight import Spotlight
from reluviz.stage.parts.gestures.turning import Morph
from reluviz.stage.parts.moment import State
from reluviz.stage.parts.network.graph import CornerRings
from reluviz.stage.parts.network.slow import SlowUpdates
from reluviz.stage.parts.replay import Replay
from reluviz.stage.scene import ExplainerScene
from reluviz.stage.typesetting import words
from reluviz.theme import LABEL

NARROW = {"centre": (-2.85, -0.15), "width": 5.7, "height": 4.9}
MAP = {"centre": (4.1, 0.0), "size": 4.4}
TREMBLING = {"x_range": (0.35, 1.0), "y_range": (-0.004, 0.042)}
SMALL, LARGE, TOP, BEYOND = 0.01, 0.03, 0.035, 0.045
KEY = 0.0385
"""The learning rate at which the names of the bars begin, right of them."""
THROWN = (59_540, 59_600)
"""Iterations of the run at BEYOND in which the line is thrown off, and comes back."""


class StepSize(ExplainerScene):
    """Two planes at two step sizes shrink to points of an axis; on it grows a curve, up to the cliff and down it."""

    script = "step-size"

    def construct(self):
        self.swept, self.own = self.story.sweeps, self.story.sweeps["own"]
        runs = [self.own.run(rate).trajectory for rate in self.own.values[0]]
        self.left, self.right = pair(self.theme, *runs, [f"learning rate {rate:g}" for rate in self.own.values[0]])
        for view in (self.left, self.right):  # room for the captions
            view.look = replace(view.look, y_range=(view.look.y_range[0], 1.1 * view.look.y_range[1]))
            view.plane.look_at(view.look)
        self.left.plane.look_at(full(self.left.look.x_range, self.left.look.y_range))
        for view in (self.left, self.right):
            view.rig.show(0.0)
        with self.beat("question", headline=False):
            self.open_on(self.left)
        with self.beat("guess"):
            self.double_the_step()
        with self.beat("free"):
            self.set_neuron_two_free()
        with self.beat("noise"):
            self.take_the_kicks_away()
            self.count_with_and_without()
        with self.beat("curve"):
            self.grow_the_curve()
        with self.beat("larger"):
            self.play(self.marker.go(TOP, run_time=self.until("hold") + 1.0))
        with self.beat("cliff"):
            self.fall_off()
        with self.beat("result"):
            self.go_back_to_the_top()

    def double_the_step(self):
        left, right = self.left, self.right
        self.at("once")
        self.play(Replay([left.rig], [SlowUpdates.quickening(0, 2, self.until("twice"))]))
        self.rewind(left.rig, until="half")
        self.play(left.go_to(left.look), FadeIn(right.still, right.rig, shift=0.5 * RIGHT), run_time=1.5)
        rigs = [left.rig, right.rig]
        self.play(Replay(rigs, [SlowUpdates.quickening(0, 1, self.until("will"))] * 2))

    def set_neuron_two_free(self):
        left, right = self.left, self.right
        rigs = [left.rig, right.rig]
        self.rings = [Spotlight(view.marks, 1) for view in (left, right)]
        for view, ring in zip((left, right), self.rings, strict=True):
            view.rig.include(ring)
        self.at("kick")
        self.play(Replay(rigs, [SlowUpdates.quickening(1, 3, self.until("run"))] * 2))
        self.replay(*rigs, until="tremble")
        right.marks.with_bends = False
        self.play(right.zoom_to(**TREMBLING), right.dim(0, 2, 3, run_time=1.5))
        readout = SlopeReadout(right.plane, 1)
        right.rig.include(readout)
        self.replay(*rigs, until="free")
        self.replay(*rigs, until="zoom")
        right.rig.remove(readout)
        right.marks.with_bends = True
        self.play(right.zoom_to(), right.dim(run_time=1.5), FadeOut(readout, run_time=0.3))
        self.replay(*rigs, until="left")
        corners = [
            CornerRings(view.plane, view.run.target).held_by(*neurons)
            for view, neurons in ((left, (0, 2, 3)), (right, (0, 1, 2, 3)))
        ]
        left.rig.include(corners[0])
        right.rig.include(corners[1])
        self.corners = corners
        self.play(*(Create(rings[k]) for rings in corners for k in range(4)), run_time=1.0)

    def take_the_kicks_away(self):
        views = (self.left, self.right)
        for view, rings, ring in zip(views, self.corners, self.rings, strict=True):
            view.rig.remove(rings, ring)
        self.play(FadeOut(*self.corners, *self.rings), run_time=0.3)
        self.rewind(*(view.rig for view in views), until="calm")
        runs = [self.story.trajectory(name) for name in ("calm", "calm_twice")]
        self.right.counter.said = (0, "without kicks")
        for view, run in zip(views, runs, strict=True):
            view.go_on(run)
        self.replay(*(view.rig for view in views), span=(0, runs[0].last), until="both")
        rings = VGroup(*(CornerRings(view.plane, run.target)[-1] for view, run in zip(views, runs, strict=True)))
        self.play(Create(rings), run_time=0.8)
        self.empty = rings

    def count_with_and_without(self):
        batch, kicks, rate = (self.swept[name].successes() for name in ("batch", "kicks", "rate"))
        self.chart = chart = SuccessChart(
            self.theme, list(rate), "learning rate", ticks=[x for x in rate if round(1000 * x) % 10 == 0]
        )
        self.at("bars")
        away = [
            FadeOut(view.still, view.rig, ring, scale=0.05, target_position=chart.plane.on_floor(x))
            for view, ring, x in zip((self.left, self.right), self.empty, self.own.values[0], strict=True)
        ]
        self.play(*away, FadeIn(chart.still), run_time=1.2)
        names = [
            words(text, colour, LABEL, strong=True).move_to(chart.plane.at(KEY, share), aligned_edge=LEFT)
            for text, colour, share in (
                ("without kicks", self.theme.muted, 0.875), ("with kicks", self.theme.outcomes[0], 0.625)
            )
        ]  # fmt: skip
        shift = 0.0028
        still = {x: chart.bar(x - shift, batch[x], colour=self.theme.muted) for x in (SMALL, LARGE)}
        moved = {x: chart.bar(x + shift, kicks[x]) for x in (SMALL, LARGE)}
        self.play_until("small", still[SMALL].grow(run_time=1.0), FadeIn(names[0]))
        self.play_until("large", still[LARGE].grow(run_time=1.0))
        self.at("kicked")
        self.play_until("to", moved[SMALL].grow(run_time=1.0), FadeIn(names[1]))
        self.play(moved[LARGE].grow(run_time=2.0))
        self.bars = VGroup(*still.values(), *moved.values(), *names)

    def grow_the_curve(self):
        rate, maps = self.swept["rate"].successes(), self.swept["maps"]
        self.curve = curve = self.chart.curve(rate, labels=(SMALL, 0.02, TOP, BEYOND))
        self.add(curve)
        self.play(FadeOut(self.bars, run_time=1.0), curve.grow(SMALL, run_time=1.0))
        self.play_until("map", curve.grow(TOP, run_time=1.0))
        rates, xs, ys = maps.values
        tables = {one: maps.outcomes_at(one)[:, :, 0] for one in rates}
        self.maps = melting = MeltingMaps(self.theme, xs, ys, tables, ("start of neuron 2", "start of neuron 3"), **MAP)
        self.marker = marker = Marker(curve, self.theme.accent)
        marker.show(SMALL)
        come = FadeIn(melting.still, melting.maps[0], melting.captions[0], run_time=1.4)
        come.rate_func = squish_rate_func(smooth, 0.5, 1.0)
        self.play(self.chart.go_to(NARROW, curve, marker, run_time=1.4), come)
        self.at("melt")
        self.add(melting)
        self.play(melting.go(marker, LARGE, run_time=self.seconds_left))

    def fall_off(self):
        curve, chart = self.curve, self.chart
        shaken = self.swept["shaken"].run(BEYOND)
        run = shaken.trajectory
        self.play(FadeOut(self.maps, self.maps.still, run_time=0.5), chart.go_to(WIDE, curve, self.marker, 1.0))
        self.at("cliff")
        self.play(curve.grow(BEYOND, run_time=1.6, also=self.marker))
        self.play(curve.grow(max(curve.x), run_time=0.6))
        view = NetworkView(self.theme, run, at=THROWN[0])
        self.at("first")
        self.chart_parts = VGroup(chart.still, curve, self.marker)
        point = curve.at(BEYOND)
        self.play(
            FadeOut(self.chart_parts), FadeIn(view.still, view.rig, scale=0.1, target_position=point), run_time=1.0
        )
        self.add(view.still, view.rig)
        self.replay(view.rig, span=THROWN, until="calm")
        found = shaken.analysis.optimum.polished
        parts = (view.error, view.strip, view.network, view.marks)
        here, rest = view.rig.moment, State(found.weights, found.biases, found.output_bias)
        self.play(Morph(parts, here, rest))
        self.at("again")
        self.play(Morph(parts, rest, here, run_time=0.5))
        self.replay(view.rig, span=(THROWN[1], run.last))
        self.view = view

    def go_back_to_the_top(self):
        run = self.right.run
        view, curve = self.view, self.curve
        self.chart.go_to(NARROW, curve, self.marker, 1.0).show(1.0)
        free = NetworkView(self.theme, self.own.run(0.02).trajectory, look=half(1, *graph_ranges(run)), counter=None)
        gone = FadeOut(view.still, view.rig, scale=0.1, target_position=curve.at(BEYOND))
        self.play(gone, FadeIn(self.chart_parts), run_time=1.0)
        self.play(self.marker.go(TOP, run_time=1.2), FadeIn(free.still, free.rig))
        self.add(free.still, free.rig)
        self.replay(free.rig, span=(0, self.own.iterations), until="next")
        arrows = lingering(free.plane, float(free.run.end.origins[1]))
        self.play(
            LaggedStart(*(FadeIn(one, shift=0.3 * RIGHT) for one in arrows), lag_ratio=0.6, run_time=self.seconds_left)
        )
