"""Solution 3 of the article: both remedies together, and all runs compared (figures 9a, 9b, 9c).

manim -pql scenes/five_spread_neurons.py FiveSpreadNeurons
"""

from manim import *

from reluviz.stage.comparison import StartAndEnd
from reluviz.stage.error_chart import ErrorChart
from reluviz.stage.scene import ExplainerScene
from reluviz.stage.workbench import Workbench


class FiveSpreadNeurons(ExplainerScene):
    """Five neurons that start spread out; before and after; the error of the plain start and its three remedies."""

    script = "five-spread-neurons"

    def construct(self):
        self.run = self.story.trajectory("both")
        self.bench = Workbench(self.theme, self.run)
        with self.beat("start"):
            self.show_the_task()
        with self.beat("rush"):
            self.bring_in_charts(self.bench)
            self.replay(self.bench.rig)
        with self.beat("settle"):
            self.replay(self.bench.rig)
        with self.beat("result"):
            self.clear_stage()
            self.show_before_and_after()
        with self.beat("compare"):
            self.clear_stage()
            self.compare_all_runs()

    def show_the_task(self):
        bench = self.bench
        self.reveal(bench.plane)
        self.play(Create(bench.target), run_time=1.5)
        self.at_part(0.4)
        self.play(Create(bench.network), FadeIn(bench.marks), run_time=1.2)
        self.play(FadeIn(bench.error), FadeIn(bench.counter), run_time=0.8)
        self.add(bench.still, bench.rig)

    def show_before_and_after(self):
        pair = StartAndEnd(self.theme, self.run)
        self.reveal(pair.left.still, pair.left.rig)
        self.reveal(pair.right.still, pair.right.rig)

    def compare_all_runs(self):
        theme, run = self.theme, self.story.trajectory
        chart = ErrorChart(
            theme,
            [
                ("close start", theme.muted, run("close")),
                ("spread start", theme.too_high, run("spread")),
                ("five neurons", theme.accent, run("five")),
                ("five, spread", theme.ink, run("both")),
            ],
        )
        self.reveal(chart.still)
        for k, part in enumerate((0.12, 0.5, 0.58, 0.72)):
            self.at_part(part)
            line, end, label = chart.entry(k)
            self.play(Create(line, rate_func=linear), run_time=1.4)
            self.play(FadeIn(end), FadeIn(label), run_time=0.4)
