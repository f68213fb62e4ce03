"""Solution 2 of the article: one neuron to spare (figures 8a, 8b, 8c).

manim -pql scenes/five_neurons.py FiveNeurons
"""

from manim import *

from reluviz.stage.comparison import Panel, StartAndEnd
from reluviz.stage.scene import ExplainerScene
from reluviz.stage.workbench import Workbench, graph_ranges


class FiveNeurons(ExplainerScene):
    """Five neurons for four corners: two merge, and the other three take what is left."""

    script = "five-neurons"

    def construct(self):
        self.five, self.four = self.story.trajectory("five"), self.story.trajectory("four")
        self.bench = Workbench(self.theme, self.five)
        with self.beat("start"):
            self.show_the_task()
        with self.beat("scatter"):
            self.bring_in_charts(self.bench)
            self.replay(self.bench.rig)
        with self.beat("merge"):
            self.replay(self.bench.rig)
        with self.beat("spare"):
            self.replay(self.bench.rig)
        with self.beat("beside"):
            self.clear_stage()
            self.show_both_merges()
        with self.beat("result"):
            self.clear_stage()
            self.show_before_and_after()

    def show_the_task(self):
        bench = self.bench
        self.reveal(bench.plane)
        self.play(Create(bench.target), run_time=1.5)
        self.at_part(0.4)
        self.play(Create(bench.network), FadeIn(bench.marks), run_time=1.2)
        self.play(FadeIn(bench.error), FadeIn(bench.counter), run_time=0.8)
        self.add(bench.still, bench.rig)

    def show_both_merges(self):
        ranges = graph_ranges(self.four, self.five)
        left = Panel(self.theme, self.four, -1, "four neurons", ranges=ranges, at=self.four.last)
        right = Panel(self.theme, self.five, +1, "five neurons", ranges=ranges, at=self.five.last)
        self.reveal(left.still, left.rig)
        self.at_part(0.4)
        self.reveal(right.still, right.rig)

    def show_before_and_after(self):
        pair = StartAndEnd(self.theme, self.five)
        self.reveal(pair.left.still, pair.left.rig)
        self.reveal(pair.right.still, pair.right.rig)
