"""Beyond the article: its example 4 from ninety thousand starts, and what decides which of them succeed.

manim -pql scenes/starting_points.py StartingPoints
"""

from manim import *

from reluviz.stage.films.starting_points import COLUMN, CrowdView, key
from reluviz.stage.parts.charts.outcome_map import OutcomeMap
from reluviz.stage.parts.charts.success_chart import Gains, OutcomeBars, SuccessChart, percent
from reluviz.stage.parts.gestures.look import Turn
from reluviz.stage.parts.gestures.spotlight import Spotlight
from reluviz.stage.scene import ExplainerScene
from reluviz.stage.typesetting import words
from reluviz.stage.views import Panel, Workbench, graph_ranges
from reluviz.sweep.judge import Outcome
from reluviz.theme import BODY, LABEL

WIDE = {"centre": (0.25, 0.05), "width": 12.6, "height": 5.3}
STUCK = (Outcome.GLOBAL_OPTIMUM, Outcome.MERGED_AND_STUCK, Outcome.STUCK_OTHERWISE, Outcome.STILL_MOVING)


class StartingPoints(ExplainerScene):
    """Many runs as dots, as a map and as curves: apart, some to spare, large steps; and why steps matter."""

    script = "starting-points"

    def construct(self):
        self.swept, self.run = self.story.sweeps, self.story.trajectory("run")
        with self.beat("question"):
            self.replay_the_article()
        with self.beat("crowd"):
            self.place_the_crowd()
        with self.beat("train"):
            self.train_the_crowd()
        with self.beat("ends"):
            self.colour_by_outcome()
        with self.beat("distinct"):
            self.count_different_neurons()
        with self.beat("map"):
            self.fill_the_map()
        with self.beat("regions"):
            self.mark_the_article()
        with self.beat("spread"):
            self.widen_the_starts()
        with self.beat("spare"):
            self.add_spare_neurons()
        with self.beat("rates"):
            self.enlarge_the_steps()
        with self.beat("maps"):
            self.lay_maps_side_by_side()
        with self.beat("free"):
            self.replay_at_two_rates()
        with self.beat("noise"):
            self.take_the_noise_away()
        with self.beat("advice"):
            self.sum_up()

    def replay_the_article(self):
        bench = Workbench(self.theme, self.run, charts=(), graph_box=WIDE)
        self.reveal(bench.still, bench.rig)
        self.replay(bench.rig)

    def place_the_crowd(self):
        self.clear_stage()
        crowd = self.swept["crowd"]
        experiment = crowd.result.sweep.experiment
        self.view = view = CrowdView(self.theme, experiment, crowd.paths, crowd.outcomes_at())
        self.reveal(view.plane, view.names)
        self.reveal(view.moving)
        self.at_part(0.75)
        self.play(LaggedStart(*(GrowFromCenter(ring) for ring in view.rings), lag_ratio=0.3))
        self.remove(view.moving)
        self.add(view.still, view.moving)

    def train_the_crowd(self):
        view = self.view
        self.play(Turn(view.moving, view.show, run_time=max(self.seconds_left, 9.0), rate_func=linear))

    def colour_by_outcome(self):
        view, crowd = self.view, self.swept["crowd"]
        self.play(FadeOut(view.by_neuron), FadeIn(view.by_outcome), run_time=1.2)
        rows = [(self.theme.outcomes[one], percent(crowd.share(one.words)), one.words) for one in STUCK]
        self.key = key(self.theme, rows, (COLUMN, 2.2))
        for part, row in zip((0.1, 0.55, 0.85, 0.95), self.key, strict=True):
            self.at_part(part)
            self.reveal(row, run_time=0.5)

    def count_different_neurons(self):
        crowd = self.swept["crowd"]
        self.dismiss(self.key)
        bars = OutcomeBars(self.theme, crowd.by_distinct(self.run.neurons), (COLUMN, 1.9), 4.2)
        for part, row in zip((0.3, 0.7), bars, strict=True):
            self.at_part(part)
            self.reveal(row)

    def map_at(self, rate, centre, size, names=("", "")):
        maps = self.swept["maps"]
        _, xs, ys = maps.values
        return OutcomeMap(self.theme, xs, ys, maps.outcomes_at(rate)[:, :, 0], centre=centre, size=size, names=names)

    def fill_the_map(self):
        self.clear_stage()
        names = ("start of neuron 2", "start of neuron 3")
        self.map = chart = self.map_at(self.run.experiment.learning_rate, (-2.4, 0.0), 5.1, names)
        maps = self.swept["maps"]
        rate = self.run.experiment.learning_rate
        rows = [(self.theme.outcomes[one], percent(maps.share(one.words, rate)), one.words) for one in STUCK]
        self.key = key(self.theme, rows, (1.9, 2.2))
        self.reveal(chart.plane, chart.names)
        chart.show(0.0)
        self.add(chart)
        self.play(Turn(chart, chart.show, run_time=max(self.seconds_left, 4.0), rate_func=linear))

    def mark_the_article(self):
        start, chart = self.run.start.origins, self.map
        self.reveal(self.key)
        self.at_part(0.45)
        pin = chart.pin(start[1], start[2], "the article's start", UP)
        self.play(FadeIn(pin, scale=1.5))
        self.at_part(0.75)
        moved = chart.pin(0.7, start[2])
        self.play(TransformFromCopy(pin[:2], moved), run_time=1.5)

    def widen_the_starts(self):
        spread = self.swept["spread"]
        self.draw(spread.successes(), "origins start between 0 and …", hold=0.7)

    def add_spare_neurons(self):
        spare = self.swept["spare"]
        chart = self.draw(spare.successes(), "neurons", hold=0.55)
        merged = {x: spare.fit_merged(x) / spare.runs for x in spare.values[0]}
        curve = chart.curve(merged, self.theme.accent, labels=())
        tag = chart.tag("of these, with merged neurons", (6.3, merged[5]), self.theme.accent)
        self.play(FadeIn(curve), FadeIn(tag))

    def enlarge_the_steps(self):
        shares = self.swept["rate"].successes()
        labelled = [rate for rate in shares if shares[rate] or rate == max(shares)]
        self.draw(shares, "learning rate", hold=0.9, labels=labelled)

    def draw(self, shares, name, hold=1.0, labels=None):
        """A chart of its own, its curve drawn while the voice speaks."""
        self.clear_stage()
        chart = SuccessChart(self.theme, list(shares), name)
        curve = chart.curve(shares, labels=labels)
        curve.show(0.0)
        self.reveal(chart.still)
        self.add(chart.still, curve)
        self.play(Turn(curve, curve.show, run_time=max(hold * self.seconds_left, 3.0)))
        return chart

    def lay_maps_side_by_side(self):
        self.clear_stage()
        maps = self.swept["maps"]
        for k, rate in enumerate(maps.values[0]):
            chart = self.map_at(rate, (-4.4 + 4.55 * k, 0.35), 3.9)
            name = words(f"learning rate {rate:g}", self.theme.ink, LABEL)
            share = words(percent(maps.success(rate)), self.theme.outcomes[0], BODY, strong=True)
            labels = VGroup(name, share).arrange(DOWN, buff=0.18).next_to(chart.plane, DOWN, buff=0.25)
            self.reveal(chart.plane, chart, labels, run_time=0.7)

    def replay_at_two_rates(self):
        self.clear_stage()
        own = self.swept["own"]
        runs = {rate: own.run(rate).trajectory for rate in own.values[0]}
        ranges = graph_ranges(*runs.values())
        panels = [
            Panel(self.theme, run, side, f"learning rate {rate:g}", ranges=ranges)
            for side, (rate, run) in zip((-1, 1), runs.items(), strict=True)
        ]
        self.reveal(*(panel.still for panel in panels), *(panel.rig for panel in panels))
        self.add(*(panel.still for panel in panels), *(panel.rig for panel in panels))
        rings = [Spotlight(panel.marks, 1) for panel in panels]
        for panel, ring in zip(panels, rings, strict=True):
            panel.rig.include(ring)
        self.play(*(FadeIn(ring, scale=2) for ring in rings), run_time=0.6)
        self.replay(*(panel.rig for panel in panels), span=(0, own.iterations))

    def take_the_noise_away(self):
        self.clear_stage()
        full = self.swept["batch"]
        shares, batch = self.swept["rate"].successes(), full.successes()
        chart = SuccessChart(self.theme, list(shares), "learning rate")
        self.reveal(chart.still, chart.curve(shares, labels=()))
        self.at_part(0.5)
        flat = chart.curve(batch, self.theme.accent, labels=())
        text = f"mean of all samples, {full.runs} starts: {percent(batch[0.01])} and {percent(batch[0.03])}"
        tag = chart.tag(text, (0.02, batch[0.01]), self.theme.accent)
        flat.show(0.0)
        self.add(flat)
        self.play(Turn(flat, flat.show, run_time=2.0), FadeIn(tag))

    def sum_up(self):
        self.clear_stage()
        spread, spare, rate = (self.swept[name].successes() for name in ("spread", "spare", "rate"))
        rows = (
            ("Spread the origins", "0 to {:g} → 0 to {:g}", spread, (1.5, 3.5)),
            ("Keep some to spare", "{:g} → {:g} neurons", spare, (4, 6)),
            ("Take large steps", "learning rate {:g} → {:g}", rate, (0.01, 0.035)),
        )
        gains = Gains(self.theme, [(name, how.format(a, b), of[a], of[b]) for name, how, of, (a, b) in rows])
        self.reveal(gains.axis, run_time=0.4)
        for part, (texts, shaft, dots, figures) in zip((0.0, 0.25, 0.5), gains, strict=True):
            self.at_part(part)
            self.play(FadeIn(texts, dots[0], figures[0]), run_time=0.3)
            self.play(Create(shaft), run_time=0.6)
            self.play(FadeIn(dots[1], figures[1]), run_time=0.3)
        self.wait_until_second(self.renderer.time + self.seconds_left + 1.0)
