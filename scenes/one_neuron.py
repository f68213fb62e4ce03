"""Example 2 of the article: one neuron finds its place (figures 4a, 4b, 4c).

manim -pql scenes/one_neuron.py OneNeuron
"""

from manim import *

from reluviz.stage.comparison import StartAndEnd
from reluviz.stage.rulebook import RuleLights, RuleTable
from reluviz.stage.scene import ExplainerScene
from reluviz.stage.update import SampleOverlay, SlowUpdates
from reluviz.stage.workbench import Workbench


class OneNeuron(ExplainerScene):
    """The target, the untrained neuron, three phases of training, before and after."""

    script = "one-neuron"

    def construct(self):
        with self.beat("question"):
            self.show_the_task()
        with self.beat("first_updates") as beat:
            self.show_single_updates(beat)
        with self.beat("rise"):
            self.bring_in_rules_and_charts()
            self.replay(self.bench.rig)
        with self.beat("turn"):
            self.replay(self.bench.rig)
        with self.beat("approach"):
            self.replay(self.bench.rig)
        with self.beat("result"):
            self.clear_stage()
            self.show_before_and_after()

    def show_the_task(self):
        run = self.story.trajectory()
        self.bench = Workbench(self.theme, run, charts=("bias", "weight"))
        bench = self.bench
        self.reveal(bench.plane)
        self.play(Create(bench.target), run_time=1.5)
        self.tag = bench.label_at("target", 3.0, float(run.target(3.0)), self.theme.muted, LEFT)
        self.reveal(self.tag, run_time=0.4)
        self.at_part(0.45)
        self.play(Create(bench.network), FadeIn(bench.marks), run_time=1.2)
        self.at_part(0.8)
        self.play(FadeIn(bench.error), run_time=0.8)

    def show_single_updates(self, beat):
        bench = self.bench
        self.dismiss(self.tag, run_time=0.3)
        self.add(bench.still, bench.rig)
        overlay = SampleOverlay(bench.plane, self.story.trajectory(), gain=8.0)
        self.add(overlay)
        count = int(beat.last - beat.first)
        weights = [1.0 / (k + 1) for k in range(count)]
        left = self.seconds_left
        self.play(SlowUpdates(bench.rig, overlay, int(beat.first), [left * w / sum(weights) for w in weights]))
        self.remove(overlay)

    def bring_in_rules_and_charts(self):
        bench, run = self.bench, self.story.trajectory()
        table = RuleTable(self.theme, centre=(-3.55, 1.65))
        self.remove(bench.rig)
        self.add(bench.charts_still, table, bench.rig)
        bench.rig.include(RuleLights(table, run, 0, self.theme))
        self.play(FadeIn(bench.charts_still), FadeIn(table), run_time=0.6)

    def show_before_and_after(self):
        pair = StartAndEnd(self.theme, self.story.trajectory())
        self.reveal(pair.left.still, pair.left.rig)
        self.reveal(pair.right.still, pair.right.rig)
