"""Beyond the article's example 4: is the network with its two merged neurons really stuck?

manim -pql scenes/local_optimum.py LocalOptimum
"""

from itertools import pairwise

import numpy as np
from manim import *

from reluviz.analysis.crossroads import crossroads
from reluviz.stage.moment import Moment
from reluviz.stage.scene import ExplainerScene
from reluviz.stage.terrain import Valley, Yardsticks, sign_test
from reluviz.stage.turning import Morph
from reluviz.stage.workbench import CHART_LEFT, CHART_WIDTH, Workbench


class LocalOptimum(ExplainerScene):
    """The end at rest, the valley it lies in, its walls, and the level way that leads out of it."""

    script = "local-optimum"

    def construct(self):
        self.run = self.story.trajectory("run")
        self.optimum = self.story.facts["run"].analysis.optimum
        self.roads = crossroads(self.run, self.optimum)
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
        bench, theme, best = self.bench, self.theme, self.optimum.yardsticks
        rows = (
            ("end of training", self.optimum.rms_end, theme.ink),
            ("at rest", self.optimum.rms_polished, theme.accent),
            (f"best with {self.run.neurons - 1} neurons", best.fewer.rms, theme.target),
            (f"best with {self.run.neurons} neurons", best.same.rms, theme.target),
        )
        bars = Yardsticks(theme, rows, (CHART_LEFT, 2.2), CHART_WIDTH - 1.0)
        self.reveal(bars[0])
        self.at_part(0.25)
        rest = Moment(self.run.last, self.optimum.polished.weights, self.optimum.polished.biases, 0.0)
        parts = (bench.error, bench.network, bench.marks)
        self.play(FadeOut(bench.counter), run_time=0.4)
        self.play(Morph(parts, Moment.of(self.run, self.run.last), rest, run_time=3.0))
        self.reveal(bars[1])
        self.at_part(0.65)
        self.reveal(bars[2])
        self.at_part(0.88)
        self.reveal(bars[3])

    def unfold_the_map(self):
        self.clear_stage()
        experiment = self.run.experiment
        self.valley = valley = Valley(self.theme, self.roads, self.run.target, experiment.low, experiment.high)
        valley.show(self.here())
        self.reveal(valley.still_graph, *valley.graph_parts)
        self.at_part(0.15)
        self.reveal(valley.still_map, valley.scale)
        self.at_part(0.85)
        self.reveal(valley.walker, valley.reading)
        self.add(valley.moving)

    def trade_slope(self):
        roads, total = self.roads, self.roads.crossing[self.roads.keeps]
        turns = (roads.weight, 0.95 * total, 0.1 * total, roads.weight)
        leg = self.seconds_left / 3
        for ends in pairwise(turns):
            self.play(self.valley.walk(roads.states(ends, roads.origin), leg))

    def try_the_walls(self):
        roads = self.roads
        leg = 0.17 * self.seconds_left
        for way in (0.35, -0.35):
            there = roads.states(roads.weight, roads.origin + way * np.sin(np.linspace(0.0, np.pi, 41)))
            self.play(self.valley.walk(there, leg))
        self.at_part(0.4)
        test = sign_test(self.theme, self.optimum.splits[0], self.valley.column)
        self.reveal(test)
        self.test = test

    def walk_to_the_crossroads(self):
        roads = self.roads
        self.dismiss(self.test)
        self.at_part(0.2)
        self.play(self.valley.walk(roads.states((roads.weight, 0.0), roads.origin), 3.0))
        self.at_part(0.55)
        self.play(self.valley.walk(roads.states(0.0, (roads.origin, 0.5 * roads.exit)), self.seconds_left))

    def walk_out(self):
        roads, valley = self.roads, self.valley
        self.play(valley.walk(roads.states(0.0, (0.5 * roads.exit, roads.exit)), 2.0))
        self.at_part(0.4)
        self.play(valley.map.areas.animate.set_fill(opacity=0.12), run_time=0.6)
        self.add(valley.moving)
        self.play(valley.walk(roads.descent(120), max(self.seconds_left, 4.0)))

    def look_back(self):
        valley = self.valley
        self.play(valley.map.areas.animate.set_fill(opacity=1.0), FadeOut(valley.moving), run_time=0.6)
        valley.show(self.here())
        self.reveal(valley.moving)
        self.play(Create(valley.route()), run_time=3.0)

    def here(self):
        return self.roads.states(self.roads.weight, self.roads.origin)[0]
