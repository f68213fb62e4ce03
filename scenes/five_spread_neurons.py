"""Solution 3 of the article: both remedies together, and all four runs compared (figures 9a, 9b, 9c).

manim -pql scenes/five_spread_neurons.py FiveSpreadNeurons
"""

from manim import *

from reluviz.stage.parts.charts.error_chart import ErrorChart
from reluviz.stage.scene import ExplainerScene
from reluviz.stage.views import Workbench


class FiveSpreadNeurons(ExplainerScene):
    """Five neurons that start spread out; before and after; the error of the plain start and its three remedies."""

    script = "five-spread-neurons"

    def construct(self):
        self.run = self.story.trajectory("both")
        self.bench = Workbench(self.theme, self.run)
        with self.beat("start"):
            self.present(self.bench)
        with self.beat("rush"):
            self.bring_in_charts(self.bench)
            self.replay(self.bench.rig)
        with self.beat("merge"):
            self.replay(self.bench.rig)
        with self.beat("settle"):
            self.replay(self.bench.rig)
        with self.beat("result"):
            self.clear_stage()
            self.show_start_and_end(self.run)
        with self.beat("together") as beat:
            self.clear_stage()
            self.set_all_runs_off(beat)
        with self.beat("apart") as beat:
            self.let_them_finish(beat)

    def set_all_runs_off(self, beat):
        theme, run = self.theme, self.story.trajectory
        runs = [
            ("four, close", theme.muted, run("close")),
            ("four, spread", theme.too_high, run("spread")),
            ("five, close", theme.ink, run("five")),
            ("five, spread", theme.accent, run("both")),
        ]
        self.chart = chart = ErrorChart(theme, runs)
        self.reveal(chart.still, chart.moving)
        self.add(chart.still, chart.moving)
        self.at_part(0.25)
        self.play(chart.sweep(beat.first, beat.last, 0.8 * self.seconds_left))
        self.merged = chart.note(0, beat.last, "two become one")
        self.reveal(self.merged)

    def let_them_finish(self, beat):
        self.add(self.chart.still, self.merged, self.chart.moving)
        self.play(self.chart.sweep(beat.first, beat.last, 0.75 * self.seconds_left))
