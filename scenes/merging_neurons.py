"""Example 4 of the article: two neurons become one (figures 6a, 6b, 6c).

manim -pql scenes/merging_neurons.py MergingNeurons
"""

from manim import *

from reluviz.stage.films.merging_neurons import WeightLabels
from reluviz.stage.network_view import NetworkView
from reluviz.stage.parts.gestures.held_updates import nudges
from reluviz.stage.parts.gestures.look import Fuse
from reluviz.stage.parts.gestures.spotlight import Spotlight
from reluviz.stage.parts.network.band import BetweenBand
from reluviz.stage.parts.network.gap import GapBracket
from reluviz.stage.parts.network.graph import CornerRings
from reluviz.stage.parts.network.slopes import SlopeStack, slope_labels
from reluviz.stage.parts.replay import Replay
from reluviz.stage.scene import ExplainerScene

PAIR = {"x_range": (-1.0, 0.75), "y_range": (-0.12, 1.06)}
CLOSE = {"x_range": (-0.3, 0.3), "y_range": (-0.04, 0.36)}
NEARER = 2.0
"""So many times longer are the arrows after the zoom to the pair, as all else there: disc two's are small."""


class MergingNeurons(ExplainerScene):
    """Four neurons, two of which close in and fuse: who brings them together, and what is left."""

    script = "merging-neurons"

    def construct(self):
        self.run, self.rest = self.story.trajectory("run"), self.story.trajectory("rest")
        self.view = NetworkView(self.theme, self.run, groups=[(0, 1)])
        with self.beat("question", headline=False):
            self.open_on(self.view)
        with self.beat("task"):
            self.show_the_task()
        with self.beat("updates"):
            self.make_the_first_updates()
        with self.beat("rise"):
            self.replay(self.view.rig)
        with self.beat("between") as beat:
            self.zoom_to_the_pair()
            self.let_samples_nudge(beat)
        with self.beat("predict"):
            self.ask_for_neuron_two()
        with self.beat("close"):
            self.close_the_gap()
        with self.beat("rest"):
            self.let_it_come_to_rest()
        with self.beat("add"):
            self.stack_the_slopes()
        with self.beat("corners"):
            self.ring_the_corners()
        with self.beat("answer"):
            self.look_back()

    def show_the_task(self):
        view = self.view
        slopes = slope_labels(view.plane, self.run.target, self.theme.ink, 0.24)
        self.play(LaggedStart(*(FadeIn(label, scale=0.6) for label in slopes), lag_ratio=0.4), run_time=2.0)
        self.at("neurons")
        self.play(view.point_at(0, 1, 2, 3, run_time=1.8))
        self.at("small")
        weights = WeightLabels(view.plane, self.run.start)
        self.play(FadeOut(slopes), LaggedStart(*(FadeIn(label) for label in weights), lag_ratio=0.4), run_time=1.2)
        self.at("left")
        low, high = self.run.experiment.low, self.run.experiment.high
        band = BetweenBand(view.plane, 0.0).cover(low, (low + high) / 2)
        for part in (view.marks, weights):
            part.set_z_index(1)  # over the band's edge
        self.play(FadeIn(band), run_time=0.6)
        self.play(FadeOut(band, weights), run_time=0.6)
        view.marks.set_z_index(0)

    def make_the_first_updates(self):
        self.play(self.view.slow(3, seconds=self.until("fourth")))
        self.play(self.view.slow(1, seconds=self.seconds_left))

    def zoom_to_the_pair(self):
        view = self.view
        self.bracket = GapBracket(view.plane, 0, 1)
        self.play_until("apart", view.zoom_to(**PAIR), view.dim(2, 3))
        view.rig.include(self.bracket)
        self.play(FadeIn(self.bracket), run_time=0.6)

    def let_samples_nudge(self, beat):
        view = self.view
        self.at("samples")
        view.strip.between = (0, 1)
        view.rig.show(view.rig.moment.second)
        self.play(Replay([view.rig], [nudges(self.run, beat.first, 4, self.seconds_left)]))

    def ask_for_neuron_two(self):
        view = self.view
        self.ring = Spotlight(view.marks, 1)
        self.at("two")
        view.rig.include(self.ring)
        self.play(Create(self.ring), run_time=0.7)

    def close_the_gap(self):
        view = self.view
        view.rig.remove(self.ring)
        self.remove(self.ring)
        view.strip.between = None
        view.pushes.strong /= NEARER**2
        self.replay(view.rig, until="end")

    def let_it_come_to_rest(self):
        view = self.view
        self.bracket.decimals = 3
        view.pushes.strong *= NEARER**2
        self.play(view.zoom_to(**CLOSE, run_time=2.0))
        view.counter.said = (view.rig.iteration, "without noise")
        view.go_on(self.rest)
        self.replay(view.rig, until="met")
        view.rig.remove(self.bracket, view.pushes)  # they cancel now; what is looked at is one disc
        self.play(Fuse(view, (0, 1)), FadeOut(self.bracket, view.pushes))

    def stack_the_slopes(self):
        self.stack = stack = SlopeStack(self.view.plane, self.rest.end, 0.15)
        self.play(self.view.point_at(0, 1, run_time=1.6))
        self.at("one")
        self.play(GrowFromPoint(stack.lower, stack.lower[0].get_start()), run_time=0.8)
        self.at("two")
        self.play(GrowFromPoint(stack.upper, stack.upper[0].get_start()), run_time=0.5)
        self.at("sum")
        self.play(Create(stack.total[0]), FadeIn(stack.total[1]), run_time=1.0)

    def ring_the_corners(self):
        view = self.view
        self.play(FadeOut(self.stack), run_time=0.3)
        self.play_until("corners", view.zoom_to(), view.dim())
        self.rings = rings = CornerRings(view.plane, self.run.target)
        self.at("corners")
        self.play(LaggedStart(*(Create(ring) for ring in rings), lag_ratio=0.5), run_time=1.2)
        self.at("three")
        served = zip(rings[:-1], (0, 2, 3), strict=True)
        self.play(LaggedStart(*(r.animate.set_stroke(self.theme.neuron(i)) for r, i in served), lag_ratio=0.5))
        self.at("empty")
        self.play(Indicate(rings[-1], 1.5, self.theme.accent), run_time=1.6)

    def look_back(self):
        view = self.view
        ghost = view.ghost_of(self.run)
        view.rig.include(ghost, below=view.marks)
        self.play(FadeOut(self.rings[:-1]), FadeIn(ghost), run_time=0.6)
        self.play(view.look_back(run_time=2.5))
        self.at("out")
        self.play(Indicate(self.rings[-1], 1.3, self.theme.accent), run_time=1.5)
