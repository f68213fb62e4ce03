"""Example 4 of the article: two neurons become one (figures 6a, 6b, 6c).

manim -pql scenes/merging_neurons.py MergingNeurons
"""

from manim import *

from reluviz.stage.films.merging_neurons import (
    OneForTwo,
    PairView,
    PushArrows,
    SlopeStack,
    lane_names,
    parts_of,
    slope_labels,
)
from reluviz.stage.scene import ExplainerScene
from reluviz.stage.views import Workbench

WIDE = {"centre": (0.2, -0.2), "width": 10.5, "height": 5.8}


class MergingNeurons(ExplainerScene):
    """Four neurons, two of which slide together; who pushes them; the one neuron they make; what is left."""

    script = "merging-neurons"

    def construct(self):
        self.run = self.story.trajectory("run")
        self.bench = Workbench(self.theme, self.run)
        with self.beat("task"):
            self.show_the_task()
        with self.beat("rise"):
            self.bring_in_charts(self.bench)
            self.replay(self.bench.rig)
        with self.beat("meet"):
            self.replay(self.bench.rig)
        with self.beat("stay"):
            self.replay(self.bench.rig)
        with self.beat("between") as beat:
            self.look_at_the_samples(beat)
        with self.beat("push") as beat:
            self.add_up_the_pushes(beat)
        with self.beat("add"):
            self.stack_the_slopes()
        with self.beat("replace"):
            self.put_one_in_their_place()
        with self.beat("fit"):
            self.compare_the_slopes()
        with self.beat("result"):
            self.clear_stage()
            self.show_start_and_end(self.run)

    def show_the_task(self):
        bench = self.bench
        self.reveal(bench.plane)
        slopes = slope_labels(bench.plane, self.run.target, bench.low, bench.high, self.theme.muted, 0.25)
        self.play(Create(bench.target), FadeIn(slopes), run_time=1.5)
        self.at_part(0.5)
        self.play(Create(bench.network), FadeIn(bench.marks), run_time=1.2)
        self.play(FadeIn(bench.error, bench.counter), FadeOut(slopes), run_time=0.8)
        self.add(bench.still, bench.rig)

    def look_at_the_samples(self, beat):
        self.clear_stage()
        self.view = view = PairView(self.theme, self.run, beat.first, None, below=0.42)
        self.reveal(view.still, view.rig)
        self.at_part(0.5)
        self.remove(view.rig)
        self.add(view.rig.include(view.band))
        self.play(FadeIn(view.band), run_time=0.6)
        self.at_part(0.86)
        self.reveal(view.push, shift=0.3 * LEFT)

    def add_up_the_pushes(self, beat):
        view = self.view
        arrows = PushArrows(view.plane, self.run, beat.first, beat.last)
        self.play(FadeOut(view.push, view.band), FadeIn(view.right), run_time=0.6)
        self.at_part(0.34)
        names = lane_names(arrows)
        self.play(FadeOut(view.right), FadeIn(names), run_time=0.5)
        self.remove(view.rig)
        self.add(names, view.rig.include(arrows))
        self.replay(view.rig)

    def stack_the_slopes(self):
        self.clear_stage()
        view = PairView(self.theme, self.run, self.story["push"].first, self.run.target.origins[1], below=0.16)
        self.reveal(view.still, view.rig, run_time=0.5)
        self.add(view.still, view.rig)
        self.replay(view.rig, seconds=2.5, span=(self.story["push"].first, self.run.last))
        self.dismiss(view.target, view.error, view.samples)
        stack = SlopeStack(view.plane, self.run.end)
        for part in (stack.lower, stack.upper, stack.total):
            self.reveal(part, run_time=0.7)

    def put_one_in_their_place(self):
        self.clear_stage()
        merging = self.story.facts["run"].analysis.merging
        merge = merging.merged(0, 1)
        self.bench = bench = Workbench(self.theme, self.run, graph_box=WIDE, at=self.run.last)
        bench.rig.remove(bench.counter)
        self.reveal(bench.still, bench.rig)
        self.one = OneForTwo(bench.plane, merging.reduced, merge)
        self.play(FadeOut(parts_of(bench.marks, merge.neurons)), FadeIn(self.one.disc, self.one.arm, self.one.slope))
        self.play(Create(self.one.curve), FadeIn(self.one.apart), run_time=1.5)

    def compare_the_slopes(self):
        bench, theme = self.bench, self.theme
        reduced = self.story.facts["run"].analysis.merging.reduced
        self.play(FadeOut(self.one.curve, self.one.apart), run_time=0.4)
        self.reveal(slope_labels(bench.plane, reduced, bench.low, bench.high, theme.ink, -0.2))
        self.at_part(0.5)
        self.reveal(slope_labels(bench.plane, self.run.target, bench.low, bench.high, theme.muted, 0.2))
