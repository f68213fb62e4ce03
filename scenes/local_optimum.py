"""Beyond the article's example 4: is the network with its two merged neurons really stuck?

manim -pql scenes/local_optimum.py LocalOptimum
"""

from manim import *

from reluviz.stage.films.local_optimum.valley import Valley, state_of
from reluviz.stage.films.local_optimum.yardsticks import Bowl, Yardsticks
from reluviz.stage.parts.gestures.glances import Glances
from reluviz.stage.scene import ExplainerScene
from reluviz.stage.typesetting import words
from reluviz.theme import HEADLINE


class LocalOptimum(ExplainerScene):
    """The merged network at rest, the valley it lies in, its walls, and the level way that leads out of it."""

    script = "local-optimum"

    def construct(self):
        self.run = self.story.trajectory("run")
        self.optimum = self.story.facts["run"].analysis.optimum
        self.valley = Valley(self.theme, self.run, self.optimum)
        with self.beat("question", headline=False):
            self.open_on_the_run_at_rest()
        with self.beat("at_rest"):
            self.compare_with_the_best()
        with self.beat("map"):
            self.unfold_the_map()
        with self.beat("trade"):
            self.trade_slope()
        with self.beat("walls"):
            self.try_the_walls()
        with self.beat("guess"):
            self.ask()
        with self.beat("crossing"):
            self.walk_along_both_floors()
        with self.beat("way_out"):
            self.roll_down()
        with self.beat("lesson"):
            self.look_back()

    def open_on_the_run_at_rest(self):
        valley = self.valley
        line = state_of(valley.rest).network
        looks = Glances(valley.plane, self.run.experiment.samples()[:20], self.run.target, line)
        self.open_over(valley.still, valley.rig, glances=[looks])

    def compare_with_the_best(self):
        valley, theme = self.valley, self.theme
        fewer = self.run.neurons - 1
        names = ("here", f"best known with {fewer}", f"best known with {fewer + 1}")
        self.bars = bars = Yardsticks(theme, self.optimum, names)
        self.play_until("bars", Indicate(valley.rings[-1], 1.5, theme.accent))
        for bar, mark in zip(bars, ("three", "four", "article"), strict=True):
            name, length, number = bar
            self.play_until(mark, FadeIn(name), GrowFromEdge(length, LEFT), FadeIn(number, shift=0.2 * RIGHT))
        self.bowl = Bowl(theme, 1)
        self.play(FadeIn(self.bowl), run_time=0.5)
        self.play(self.bowl.rock(self.seconds_left))

    def unfold_the_map(self):
        valley = self.valley
        across, up = valley.map_names
        valley.rig.remove(valley.rings)
        shrinking = valley.look_at(valley.low_look, self.until("across"))
        self.play(FadeOut(self.bars, self.bowl, valley.rings), shrinking)
        valley.map.areas.set_fill(opacity=0)
        self.play(FadeIn(valley.map.plane, across), FadeIn(valley.ball, shift=DOWN, rate_func=rush_into), run_time=0.6)
        valley.rig.add(valley.route, valley.ball)
        self.add(valley.map.areas, valley.rig)
        self.play(valley.pull(0.0, 2.0, 0.0, seconds=self.until("up")))
        self.play(FadeIn(up), valley.trade(valley.share, 0.9, 0.0, valley.share, seconds=self.until("errors")))
        colours = LaggedStart(*(area.animate.set_fill(opacity=1) for area in valley.map.areas), lag_ratio=0.5)
        here = Animation(valley.ball)  # stays over the colours
        self.play_until("here", colours, FadeIn(valley.scale, valley.pointer, valley.number), here)
        valley.rig.add(valley.pointer, valley.number)
        self.add(valley.rig)  # over the map
        self.play(Circumscribe(valley.ball, Circle, fade_out=True, color=self.theme.accent))

    def trade_slope(self):
        share = self.valley.share
        self.play(self.valley.trade(share, 0.95, 0.1, share, seconds=self.seconds_left))

    def try_the_walls(self):
        self.at("right")
        self.play(self.valley.pull(0.0, 0.45, 0.0, seconds=self.until("left")))
        self.play(self.valley.pull(0.0, -0.45, 0.0, seconds=self.seconds_left))

    def ask(self):
        valley = self.valley
        self.play(valley.pull(0.0, 0.12, -0.12, 0.0, seconds=self.until("level")))
        self.play(valley.trade(valley.share, 0.42, 0.16, valley.share, seconds=self.until("out")))
        mark = words("?", self.theme.accent, HEADLINE, strong=True).next_to(valley.ball, RIGHT, buff=0.25)
        self.question = VGroup(BackgroundRectangle(mark, color=self.theme.background, fill_opacity=0.9, buff=0.1), mark)
        self.play(FadeIn(self.question, scale=2.0), run_time=0.5)

    def walk_along_both_floors(self):
        valley, there = self.valley, self.valley.roads
        self.play(FadeOut(self.question), run_time=0.4)
        self.at("all")
        self.play(valley.trade(valley.share, 0.0, seconds=self.until("free")), valley.draw(0, self.until("free")))
        self.play(valley.slide(there.origin, 3.7, 1.2, there.exit, seconds=self.until("second")))
        self.play(valley.draw(1, self.seconds_left))

    def roll_down(self):
        valley, profile = self.valley, self.valley.profile
        tilt = valley.tilt()
        self.at("stop")
        self.play_until("leave", *(GrowFromPoint(part, part.get_start()) for part in tilt[:2]), FadeIn(tilt[2:]))
        valley.rig.remove(valley.pointer, valley.route)
        self.play(FadeOut(tilt, valley.scale, valley.pointer), run_time=0.4)
        flat, seconds = VGroup(valley.map, valley.map_names), self.until("profile")
        self.add(flat, valley.route, valley.rig)  # ball and number over the map that folds
        self.play(
            valley.unfold(seconds),
            flat.animate(run_time=seconds).stretch(0.02, 1).set_opacity(0.0),
            ReplacementTransform(valley.route, profile.level, run_time=seconds),
            FadeIn(profile.axes, run_time=seconds, rate_func=squish_rate_func(smooth, 0.6, 1.0)),
        )
        self.remove(flat)
        self.add(profile.level, valley.rig)
        self.play_until("roll", Create(profile.down))
        valley.bring_the_rings()
        self.play(valley.roll(valley.level, float(valley.lengths[-1]), self.seconds_left, rush_into))
        served = zip(valley.rings, (0, 2, 3, 1), strict=True)
        filled = (ring.animate.set_stroke(self.theme.neuron(i)) for ring, i in served)
        self.play(*filled, run_time=0.5)

    def look_back(self):
        valley, profile = self.valley, self.valley.profile
        valley.rig.remove(valley.rings)
        self.play(FadeOut(valley.rings, run_time=0.5), valley.roll(float(valley.lengths[-1]), 0.0, self.until("level")))
        valley.rig.remove(valley.number)
        pulls = profile.pulls(18)
        self.play(FadeOut(valley.number), run_time=0.4)
        self.play_until("next", LaggedStart(*(FadeIn(pull) for pull in pulls), lag_ratio=0.3))
        valley.take_the_ball_away()
        close, apart = self.run.start, self.story.trajectory("next").start
        gone = FadeOut(pulls, profile, valley.ball, run_time=0.8)
        self.play(gone, valley.look_at(valley.wide, self.until("apart")), valley.become(close, self.until("apart")))
        self.play(valley.become(apart, self.seconds_left))
