"""Beyond the article: its example 4 from very many starts; where to start, and with how many neurons.

manim -pql scenes/starting_points.py StartingPoints
"""

from manim import *

from reluviz.stage.films.starting_points import Crowd, Unfold
from reluviz.stage.network_view import NetworkView, graph_ranges, half
from reluviz.stage.parts.charts.outcome_map import OutcomeMap, laid_down, legend, near_the_first
from reluviz.stage.parts.charts.success_chart import SuccessChart
from reluviz.stage.parts.gestures.look import Turn
from reluviz.stage.parts.gestures.turning import Morph
from reluviz.stage.parts.moment import Moment
from reluviz.stage.scene import ExplainerScene
from reluviz.stage.typesetting import words
from reluviz.sweep.judge import Outcome
from reluviz.theme import LABEL

MAP = {"centre": (-3.4, 0.1), "size": 4.9}
NAMES = ("start of neuron 2", "start of neuron 3")


class StartingPoints(ExplainerScene):
    """A crowd trains, falls into a bar, opens into a map; the map becomes a curve, a point of it the first of bars."""

    script = "starting-points"

    def construct(self):
        self.swept, self.run = self.story.sweeps, self.story.trajectory("run")
        self.view = NetworkView(self.theme, self.run, groups=[(0, 1)])
        with self.beat("question", headline=False):
            self.open_on(self.view)
        with self.beat("stuck"):
            self.turn_discs_into_dots()
        with self.beat("guess"):
            self.place_the_crowd()
        with self.beat("train"):
            self.train_the_crowd()
        with self.beat("ends"):
            self.let_dots_fall_into_bars()
        with self.beat("map"):
            self.open_the_map()
            self.move_the_article_s_start()
        with self.beat("spread"):
            self.lay_the_map_down()
        with self.beat("spare"):
            self.add_spare_neurons()
        with self.beat("result"):
            self.come_back_to_the_crowd()

    def turn_discs_into_dots(self):
        view, sweep = self.view, self.swept["crowd"]
        self.at("replay")
        self.replay(view.rig, until="dots")
        found = sweep.result.outcomes
        self.crowd = Crowd(view.plane, self.run.experiment, sweep.paths, found.outcome, found.distinct)
        self.rewind(view.rig, until="many")
        unfold = Unfold(view.plane, self.crowd.near, view.rig.moment, run_time=1.6)
        self.discs = unfold.discs
        view.rig.remove(view.marks)
        self.add(view.rig, view.marks)
        self.play(FadeOut(view.rig), FadeOut(view.marks), FadeIn(self.discs), run_time=0.6)
        self.play(unfold)
        self.places = unfold.places
        self.crowd.place()
        self.play(FadeIn(self.crowd.names), run_time=0.4)

    def place_the_crowd(self):
        crowd = self.crowd
        start = crowd.places(0.0)
        self.at("crowd")
        self.remove(self.discs)
        self.play_until("rings", crowd.by_neuron.fly(self.places[crowd.ranks], start, run_time=1.0, lag=0.8))
        self.play(crowd.go_to(crowd.look, crowd.by_neuron, 0.0, run_time=1.5))
        self.play_until("many", LaggedStart(*(Create(ring) for ring in crowd.rings), lag_ratio=0.4))

    def train_the_crowd(self):
        self.at("go")
        self.play(self.crowd.train(run_time=self.seconds_left))

    def let_dots_fall_into_bars(self):
        crowd, n, dots = self.crowd, self.run.neurons, self.crowd.by_outcome
        dots.put(crowd.places(crowd.last))
        self.play(FadeOut(crowd.by_neuron, crowd.counter), FadeIn(dots), run_time=0.6)
        self.play_until("fit", crowd.go_to(crowd.aside, dots, crowd.last, run_time=1.0))
        self.left = dots.copy().set_stroke(opacity=0.25)
        self.add(self.left, dots)
        ends, bar = crowd.places(crowd.last), crowd.one_bar()
        best = crowd.so_far(bar, Outcome.GLOBAL_OPTIMUM)
        fit = crowd.part_label("best fit", Outcome.GLOBAL_OPTIMUM)
        stuck = crowd.part_label("merged,\nstuck", Outcome.MERGED_AND_STUCK)
        self.play_until("stuck", dots.fly(ends, best, run_time=1.0, lag=0.7), FadeIn(fit))
        self.play_until("few", dots.fly(best, bar, run_time=1.0, lag=0.6), FadeIn(stuck))
        self.play_until(
            "four", dots.fly(bar, crowd.two_bars(), run_time=1.0, lag=0.4), FadeOut(fit, stuck, run_time=0.4)
        )
        self.labels = VGroup(crowd.bar_label(0, f"{n} different"), crowd.bar_label(1, "fewer"))
        self.play(FadeIn(self.labels[0]), run_time=0.8)
        self.at("fewer")
        self.play(FadeIn(self.labels[1]), run_time=0.8)

    def map_of(self, names=NAMES):
        maps = self.swept["maps"]
        _, xs, ys = maps.values
        outcomes = maps.outcomes_at(self.run.experiment.learning_rate)[:, :, 0]
        return OutcomeMap(self.theme, xs, ys, outcomes, **MAP, names=names)

    def open_the_map(self):
        crowd, self.map = self.crowd, self.map_of()
        plane, before, look = crowd.plane, crowd.plane.look, self.map.plane.look
        leaving = (self.labels, self.left, crowd.rings, crowd.names)
        go = Turn(plane, lambda part: plane.travel(before, look, part))
        self.play(
            go, FadeOut(*leaving, run_time=0.5), crowd.by_outcome.fly(crowd.two_bars(), crowd.on_the_map(self.map), 1.5)
        )
        names = {Outcome.GLOBAL_OPTIMUM: "best fit", Outcome.MERGED_AND_STUCK: "merged, stuck",
                 Outcome.STUCK_OTHERWISE: "stuck otherwise", Outcome.STILL_MOVING: "still moving"}  # fmt: skip
        self.legend = legend(self.theme, list(names.items()), (0.6, 1.6))
        self.play(FadeIn(self.map.names, self.legend), run_time=0.4)
        self.map.show(0.0)
        self.add(self.map, self.map.names)
        self.play_until("stuck", Turn(self.map, self.map.show, rate_func=linear))
        self.remove(plane, crowd.by_outcome)
        self.add(self.map.plane, self.map)
        self.frame = near_the_first(self.map, 0.5)
        self.play_until("article", Create(self.frame, lag_ratio=0))

    def move_the_article_s_start(self):
        chart, start, moved = self.map, self.run.start.origins, self.swept["moved"].run().trajectory
        pin = chart.pin(start[1], start[2])
        look = half(1, *graph_ranges(self.run, moved))
        small, other = (NetworkView(self.theme, run, look=look, groups=[(0, 1)]) for run in (self.run, moved))
        self.play(
            FadeOut(self.frame, self.legend), FadeIn(pin, scale=2.0), FadeIn(small.still, small.rig), run_time=0.6
        )
        self.replay(small.rig, span=(0, self.run.last), until="back")
        self.rewind(small.rig, until="move")
        slide = Morph((small.network, small.error, small.marks), Moment.of(self.run, 0), Moment.of(moved, 0))
        there = chart.plane.on_floor(moved.start.origins[1]) - chart.plane.on_floor(start[1])
        self.play(slide, pin.animate(rate_func=smooth).shift(there))
        self.remove(small.still, *small.rig)
        self.add(other.still, other.rig)
        self.at("run")
        self.replay(other.rig, span=(0, moved.last))
        self.beside = VGroup(pin, other.still, other.rig)

    def lay_the_map_down(self):
        spread, crowd = self.swept["spread"], self.swept["crowd"]
        shares = spread.successes()
        self.chart = chart = SuccessChart(self.theme, list(shares), "origins start between 0 and …")
        self.curve = curve = chart.curve(shares)
        come = FadeIn(chart.still, run_time=1.4, rate_func=squish_rate_func(smooth, 0.4, 1.0))
        gone = FadeOut(self.beside, self.map.names, self.map.plane, run_time=0.5)
        self.play(gone, laid_down(self.map, chart.plane, 1.4), come)
        self.remove(self.map)
        self.stretch = float(crowd.result.sweep.vary["start.origins"].high)
        self.add(curve)
        self.play_until("same", curve.grow(max(shares, key=shares.get), run_time=1.0))
        frame = chart.bar(self.stretch, 1.0, width=0.68)
        frame.fill.shift(0.78 * RIGHT)
        start, self.bar = self.crowd.on_the_map(self.map), self.crowd.in_a_bar(frame.fill)
        dots = self.crowd.by_outcome
        self.remove(curve)
        self.add(dots, curve)
        self.play_until("first", dots.fly(start, self.bar, run_time=1.0, lag=0.6))
        self.note = words(f"{crowd.runs} of them", self.theme.ink, LABEL, strong=True).next_to(
            frame.fill, RIGHT, buff=0.15
        )
        self.play(FadeIn(self.note.shift(0.8 * DOWN)), run_time=0.5)
        self.at("edge")
        self.play(curve.grow(max(shares), run_time=1.6))

    def add_spare_neurons(self):
        spare = self.swept["spare"]
        old, curve = self.chart, self.curve
        shares = spare.successes()
        self.bars_chart = chart = SuccessChart(self.theme, list(shares), "neurons", room=0.16)
        bars = {n: chart.bar(n, share, within=spare.fit_merged(n) / spare.runs) for n, share in shares.items()}
        first, dots = min(bars), self.crowd.by_outcome
        there = self.crowd.in_a_bar(chart.bar(first, 1.0).fill)
        self.play(FadeOut(curve, self.note, old.name, old.plane), FadeIn(chart.plane, chart.name), run_time=0.6)
        self.play_until("bars", dots.fly(self.bar, there, run_time=1.0, lag=0.3))
        self.play(bars[first].grow(run_time=1.2), FadeOut(dots))
        self.at("five")
        self.play(bars[first + 1].grow(run_time=1.2))
        self.at("all")
        self.play(LaggedStart(*(bars[n].grow(run_time=0.8) for n in list(bars)[2:]), lag_ratio=0.4))
        self.at("merged")
        hatched = VGroup(*(bar.hatching for bar in bars.values()))
        plate = words("hatched: some neurons merged", self.theme.ink, LABEL, strong=True)
        plate.move_to(chart.measure, aligned_edge=RIGHT).align_to(chart.plane.grid, RIGHT)
        self.play(Create(hatched), FadeIn(plate), run_time=1.2)
        self.bars = VGroup(*bars.values(), hatched, plate, chart.plane, chart.name, old.measure)
        self.there = there

    def come_back_to_the_crowd(self):
        crowd, dots = self.crowd, self.crowd.by_outcome
        bar, chart = crowd.one_bar(), self.map_of()
        self.at("third")
        dots.put(self.there)
        self.play(FadeOut(self.bars), FadeIn(dots), run_time=0.6)
        label = crowd.part_label("fail", *list(Outcome)[1:])
        self.play_until("spread", dots.fly(self.there, bar, run_time=1.0, lag=0.5), FadeIn(label))
        starts = crowd.on_the_map(chart)
        self.play_until(
            "next", dots.fly(bar, starts, run_time=1.0, lag=0.7), FadeIn(chart.plane, chart.names), FadeOut(label)
        )
        chart.show(0.0)
        self.add(chart)
        self.play(Turn(chart, chart.show, run_time=self.seconds_left, rate_func=linear))
