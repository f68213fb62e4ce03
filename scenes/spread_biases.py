"""Solution 1 of the article: start further apart (figures 7a, 7b, 7c).

manim -pql scenes/spread_biases.py SpreadBiases
"""

from manim import *

from reluviz.stage.parts.gestures.spotlight import Spotlight
from reluviz.stage.scene import ExplainerScene
from reluviz.stage.views import Counter, Panel, Workbench, graph_ranges


class SpreadBiases(ExplainerScene):
    """The merging run and the spread run side by side, where they part and why, and the spread run's charts."""

    script = "spread-biases"

    def construct(self):
        self.close, self.spread = self.story.trajectory("close"), self.story.trajectory("spread")
        with self.beat("starts"):
            self.show_both_starts()
        with self.beat("alike"):
            self.point_at_neuron_two()
            self.replay(self.right.rig, self.left.rig)
        with self.beat("part"):
            self.replay(self.right.rig, self.left.rig)
        with self.beat("settle"):
            self.replay(self.right.rig, self.left.rig)
        with self.beat("charts"):
            self.show_the_charts()
        with self.beat("result"):
            self.clear_stage()
            self.show_start_and_end(self.spread)

    def show_both_starts(self):
        ranges = graph_ranges(self.spread, self.close)
        self.left = Panel(self.theme, self.close, -1, "close together", ranges=ranges)
        self.right = Panel(self.theme, self.spread, +1, "further apart", ranges=ranges)
        left, right = self.left, self.right
        counter = Counter(self.theme, (1.9, -3.5))
        self.reveal(left.still, right.still)
        self.at_part(0.4)
        self.reveal(left.rig)
        self.at_part(0.6)
        self.reveal(right.rig)
        self.add(left.still, right.still, left.rig, right.rig.include(counter))

    def point_at_neuron_two(self):
        rings = [Spotlight(panel.marks, 1) for panel in (self.left, self.right)]
        for panel, ring in zip((self.left, self.right), rings, strict=True):
            panel.rig.include(ring)
        self.play(*(FadeIn(ring, scale=2) for ring in rings), run_time=0.8)

    def show_the_charts(self):
        self.clear_stage()
        bench = Workbench(self.theme, self.spread)
        self.add(bench.still, bench.rig)
        self.bring_in_charts(bench)
        self.replay(bench.rig)
