"""Solution 2 of the article: one neuron to spare (figures 8a, 8b, 8c).

manim -pql scenes/five_neurons.py FiveNeurons
"""

from manim import *

from reluviz.stage.scene import ExplainerScene
from reluviz.stage.views import Panel, Workbench, graph_ranges


class FiveNeurons(ExplainerScene):
    """Five neurons for four corners: two merge, and the other three take what is left."""

    script = "five-neurons"

    def construct(self):
        self.five, self.four = self.story.trajectory("five"), self.story.trajectory("four")
        self.bench = Workbench(self.theme, self.five)
        with self.beat("start"):
            self.present(self.bench)
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
            self.show_start_and_end(self.five)

    def show_both_merges(self):
        ranges = graph_ranges(self.four, self.five)
        left = Panel(self.theme, self.four, -1, "four neurons", ranges=ranges, at=self.four.last)
        right = Panel(self.theme, self.five, +1, "five neurons", ranges=ranges, at=self.five.last)
        self.reveal(left.still, left.rig)
        self.at_part(0.4)
        self.reveal(right.still, right.rig)
