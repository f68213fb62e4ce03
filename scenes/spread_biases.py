"""Solution 1 of the article: start further apart (figures 7a, 7b, 7c).

manim -pql scenes/spread_biases.py SpreadBiases
"""

from manim import *

from reluviz.stage.films.spread_biases import ErrorSquare, Lever, SlopeNumber, enlarged_note, lead, new_disc
from reluviz.stage.network_view import full, pair
from reluviz.stage.parts.gestures.spotlight import Spotlight
from reluviz.stage.parts.gestures.starts import SlideFrom
from reluviz.stage.parts.network.gap import GapBracket
from reluviz.stage.parts.network.graph import CornerRings
from reluviz.stage.scene import ExplainerScene

BOTH, MIDDLE = 2.5, 1.5
"""Samples to which levers lead: where both lines are too low, and in the middle."""

FREE = 0.65
"""A place on the left axis where no disc stands in the end."""


class SpreadBiases(ExplainerScene):
    """The start that merges and a start further apart, side by side on one clock: where they part, and why."""

    script = "spread-biases"

    def construct(self):
        self.close, self.spread = self.story.trajectory("close"), self.story.trajectory("spread")
        names = ("close together", "further apart")
        self.left, self.right = self.views = pair(self.theme, self.close, self.spread, names, groups=[(0, 1)])
        self.half = self.left.look
        self.left.plane.look_at(full(self.half.x_range, self.half.y_range))
        self.left.rig.show(0.0)
        with self.beat("question", headline=False):
            self.open_on(self.left)
        with self.beat("starts"):
            self.slide_apart()
        with self.beat("lever"):
            self.watch_neuron_two()
        with self.beat("guess"):
            self.ask()
        with self.beat("part"):
            self.look_at_the_middle()
        with self.beat("corners"):
            self.go_their_ways()
        with self.beat("result"):
            self.look_back()

    def slide_apart(self):
        left, right = self.views
        self.play(left.point_at(0, 1, 2, 3, run_time=self.until("close")))
        gaps = [GapBracket(view.plane, 0, 3, decimals=1) for view in self.views]
        left.rig.include(gaps[0])
        self.play(FadeIn(gaps[0]), left.point_at(3))
        self.play_until("spread", left.go_to(self.half))
        there, right.plane.look = right.look, self.half
        self.add(right.still, right.rig)
        self.play(SlideFrom(right, self.close.start, there, run_time=3.0))
        right.rig.include(gaps[1])
        self.play(FadeIn(gaps[1]), right.point_at(3, run_time=2.5))
        self.gaps = gaps

    def watch_neuron_two(self):
        self.take_away(self.gaps)
        for view in self.views:
            view.rig.remove(view.pushes)  # it is turning that is looked at
            self.remove(view.pushes)
        self.play(*(view.dim(0, 2, 3) for view in self.views))
        self.play(self.left.slow(4, self.until("fast"), self.right))
        self.replay_both(until="lever")
        self.lead_to(BOTH)
        self.replay_both(until="slope")
        self.slopes = [SlopeNumber(view.plane, 1) for view in self.views]
        self.include(self.slopes)
        self.play(*(FadeIn(slope) for slope in self.slopes), run_time=0.4)
        self.replay_both()

    def ask(self):
        self.take_away(self.levers)
        self.light_up(3.0, 4.0)
        self.replay_both(until="right")
        self.ring = Spotlight(self.right.marks, 1)
        self.right.rig.include(self.ring)
        self.play(Create(self.ring), run_time=0.7)

    def look_at_the_middle(self):
        self.right.rig.remove(self.ring)
        self.light_up(1.0, 2.5)
        self.play(FadeOut(self.ring), run_time=0.5)
        self.replay_both(until="longer")
        self.lead_to(MIDDLE)
        self.replay_both(until="zero")
        self.take_away(self.levers)
        self.replay_both()

    def go_their_ways(self):
        self.light_up()
        self.take_away(self.slopes)
        self.include([view.pushes for view in self.views])
        self.play(*(view.dim() for view in self.views))
        self.gap = GapBracket(self.left.plane, 0, 1)
        self.left.rig.include(self.gap)
        self.play(FadeIn(self.gap), run_time=0.6)
        self.replay_both(until="right")
        self.play(self.right.point_at(1))
        self.replay_both(until="others")
        rings = CornerRings(self.right.plane, self.spread.target).held_by(0, 1, 2, 3)
        self.play(LaggedStart(*(Create(ring) for ring in rings), lag_ratio=0.5), run_time=2.0)

    def look_back(self):
        ghosts = [view.ghost() for view in self.views]
        for view, ghost in zip(self.views, ghosts, strict=True):
            view.rig.include(ghost, below=view.marks)
        self.left.rig.remove(self.gap)
        self.play(FadeOut(self.gap), *(FadeIn(ghost) for ghost in ghosts), run_time=0.6)
        self.play(*(view.look_back(run_time=4.0) for view in self.views))
        self.at("errors")
        squares = [ErrorSquare(view.plane, view.run, self.spread.last) for view in self.views]
        self.play(FadeIn(enlarged_note(self.theme)), GrowFromCenter(squares[1]), run_time=1.5)
        self.at("kept")
        self.play(GrowFromCenter(squares[0]), run_time=1.5)
        self.at("next")
        self.play(self.left.point_at(0, 1, 2, 3))
        self.at("more")
        self.play(FadeIn(new_disc(self.left.plane, 4, FREE), shift=DOWN), run_time=1.2)

    def replay_both(self, until=None):
        self.replay(*(view.rig for view in self.views), until=until)

    def lead_to(self, x):
        self.levers = [Lever(view.plane, view.run, 1, x) for view in self.views]
        self.include(self.levers)
        self.play(*(lead(view, lever) for view, lever in zip(self.views, self.levers, strict=True)))

    def light_up(self, *stretch):
        for view in self.views:
            view.strip.seen = stretch or None
            view.rig.show(view.rig.moment.second)

    def include(self, parts):
        for view, part in zip(self.views, parts, strict=True):
            view.rig.include(part)

    def take_away(self, parts):
        for view, part in zip(self.views, parts, strict=True):
            view.rig.remove(part)
        self.play(*(FadeOut(part) for part in parts), run_time=0.4)
