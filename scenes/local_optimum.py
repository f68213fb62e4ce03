"""Beyond the article's example 4: is the network with its two merged neurons really stuck?

manim -pql scenes/local_optimum.py LocalOptimum
"""

from manim import *

from reluviz.stage.films.local_optimum import Valley
from reluviz.stage.parts.charts.bars import Yardsticks, at_rest, sign_test
from reluviz.stage.parts.gestures.turning import Morph
from reluviz.stage.parts.moment import Moment
from reluviz.stage.scene import ExplainerScene
from reluviz.stage.views import Workbench


class LocalOptimum(ExplainerScene):
    """The end at rest, the valley it lies in, its walls, and the level way that leads out of it."""

    script = "local-optimum"

    def construct(self):
        self.run = self.story.trajectory("run")
        self.optimum = self.story.facts["run"].analysis.optimum
        with self.beat("question"):
            self.show_the_end()
        with self.beat("rest"):
            self.let_it_come_to_rest()
        with self.beat("map"):
            self.unfold_the_map()
        with self.beat("trade"):
            self.trade_slope()
        with self.beat("walls"):
            self.try_the_walls()
        with self.beat("crossing"):
            self.walk_to_the_crossroads()
        with self.beat("way_out"):
            self.walk_out()
        with self.beat("lesson"):
            self.look_back()

    def show_the_end(self):
        self.bench = bench = Workbench(self.theme, self.run, at=self.run.last)
        self.reveal(bench.still, bench.rig)
        self.add(bench.still, bench.rig)

    def let_it_come_to_rest(self):
        bench, bars = self.bench, Yardsticks(self.theme, self.optimum)
        self.reveal(bars[0])
        self.at_part(0.25)
        parts = (bench.error, bench.network, bench.marks)
        self.play(FadeOut(bench.counter), run_time=0.4)
        self.play(Morph(parts, Moment.of(self.run, self.run.last), at_rest(self.optimum), run_time=3.0))
        self.reveal(bars[1])
        self.at_part(0.65)
        self.reveal(bars[2])
        self.at_part(0.88)
        self.reveal(bars[3])

    def unfold_the_map(self):
        self.clear_stage()
        self.valley = valley = Valley(self.theme, self.run, self.optimum)
        self.reveal(valley.still_graph, *valley.graph_parts)
        self.at_part(0.15)
        self.reveal(valley.still_map, valley.scale)
        self.at_part(0.85)
        self.reveal(valley.walker, valley.reading)
        self.add(valley.moving)

    def trade_slope(self):
        valley, leg = self.valley, self.seconds_left / 3
        for start, end in ((valley.share, 0.95), (0.95, 0.1), (0.1, valley.share)):
            self.play(valley.trade(start, end, leg))

    def try_the_walls(self):
        leg = 0.17 * self.seconds_left
        for way in (0.35, -0.35):
            self.play(self.valley.nudge(way, leg))
        self.at_part(0.4)
        self.test = sign_test(self.theme, self.optimum.splits[0], self.valley.column)
        self.reveal(self.test)

    def walk_to_the_crossroads(self):
        self.dismiss(self.test)
        self.at_part(0.2)
        self.play(self.valley.trade(self.valley.share, 0.0, 3.0))
        self.at_part(0.55)
        self.play(self.valley.slide(0.0, 0.5, self.seconds_left))

    def walk_out(self):
        valley = self.valley
        self.play(valley.slide(0.5, 1.0, 2.0))
        self.at_part(0.4)
        self.play(valley.map.areas.animate.set_fill(opacity=0.12), run_time=0.6)
        self.add(valley.moving)
        self.play(valley.fall(max(self.seconds_left, 4.0)))

    def look_back(self):
        valley = self.valley
        self.play(valley.map.areas.animate.set_fill(opacity=1.0), FadeOut(valley.moving), run_time=0.6)
        valley.show(valley.rest)
        self.reveal(valley.moving)
        self.play(Create(valley.route()), run_time=3.0)
