"""Figures 1 and 2a of the article: four neurons learn a shape. Works without sound, too.

manim -pql scenes/teaser.py Teaser
"""

from manim import *

from reluviz.stage.parts.gestures.name_card import NameCard
from reluviz.stage.parts.network.trails import CornerTrails
from reluviz.stage.scene import ExplainerScene
from reluviz.stage.views import Workbench

WIDE = {"centre": (0.25, 0.05), "width": 12.6, "height": 5.3}


class Teaser(ExplainerScene):
    """The target and four idle neurons, the whole run with the ways of its corners, start and end, the name."""

    script = "teaser"

    def construct(self):
        self.run = self.story.trajectory("run")
        self.bench = Workbench(self.theme, self.run, charts=(), graph_box=WIDE)
        with self.beat("start"):
            self.show_the_task()
        with self.beat("learn"):
            self.replay(self.bench.rig)
        with self.beat("result"):
            self.clear_stage()
            self.show_start_and_end(self.run, run_time=0.6)
        with self.beat("name", headline=False):
            self.show_the_name()

    def show_the_task(self):
        bench = self.bench
        self.reveal(bench.plane, run_time=0.5)
        self.play(Create(bench.target), run_time=1.2)
        self.play(Create(bench.network), FadeIn(bench.marks), run_time=0.9)
        self.play(FadeIn(bench.error), FadeIn(bench.counter), run_time=0.5)
        bench.rig.add_to_back(CornerTrails(bench.plane, self.run))
        bench.rig.jump(0.0)
        self.add(bench.still, bench.rig)

    def show_the_name(self):
        self.clear_headline()
        self.clear_stage()
        card = NameCard(self.theme, self.run, "backpropagation, made visible")
        self.reveal(card)
