"""Example 2 of the article: one neuron finds its place (figures 4a, 4b, 4c).

manim -pql scenes/one_neuron.py OneNeuron
"""

from manim import *

from reluviz.stage.parts.gestures.formulas import network_formula, target_formula, update_formulas
from reluviz.stage.parts.gestures.update import SampleOverlay, SlowUpdates
from reluviz.stage.parts.network.rulebook import RuleLights, RuleTable
from reluviz.stage.scene import ExplainerScene
from reluviz.stage.views import CHART_LEFT, Workbench


class OneNeuron(ExplainerScene):
    """The target, the untrained neuron, three phases of training, before and after."""

    script = "one-neuron"

    def construct(self):
        self.run = self.story.trajectory("run")
        self.bench = Workbench(self.theme, self.run)
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
            self.show_start_and_end(self.run)

    def show_the_task(self):
        bench, theme = self.bench, self.theme
        wanted = target_formula(theme, self.run.target).move_to((CHART_LEFT, 1.6, 0), aligned_edge=LEFT)
        given = network_formula(theme, self.run.start).move_to((CHART_LEFT, -0.4, 0), aligned_edge=LEFT)
        self.reveal(bench.plane)
        self.play(Create(bench.target), FadeIn(wanted), run_time=1.5)
        self.at("line")
        self.play(Create(bench.network), FadeIn(bench.marks), FadeIn(given), run_time=1.2)
        self.at("error")
        self.play(FadeIn(bench.error), run_time=0.8)
        self.notes = VGroup(wanted, given)

    def show_single_updates(self, beat):
        bench = self.bench
        rules = update_formulas(self.theme).move_to((CHART_LEFT, 0.6, 0), aligned_edge=LEFT)
        self.play(FadeOut(self.notes), FadeIn(rules), FadeIn(bench.counter), run_time=0.6)
        overlay = SampleOverlay(bench.plane, self.run, gain=8.0)
        self.add(bench.still, rules, bench.rig, overlay)
        self.play(SlowUpdates.over(bench.rig, overlay, beat, self.seconds_left))
        self.remove(overlay)
        self.dismiss(rules)

    def bring_in_rules_and_charts(self):
        table = RuleTable(self.theme, centre=(-3.7, 1.6), width=3.2, height=1.75)
        self.bench.rig.include(RuleLights(table, self.run, 0, self.theme))
        self.bring_in_charts(self.bench, table)
