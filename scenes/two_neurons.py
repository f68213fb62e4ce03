"""Example 3 of the article: two neurons, nearly alike, find different places (figures 5a, 5b, 5c, 5d).

manim -pql scenes/two_neurons.py TwoNeurons
"""

from manim import *

from reluviz.stage.films.two_neurons import Levers, Overshoot, Reasons, Slides, WaitingSample, way_to, with_room_left
from reluviz.stage.network_view import NetworkView
from reluviz.stage.parts.gestures.held_updates import nudges
from reluviz.stage.parts.gestures.turning import Morph
from reluviz.stage.parts.moment import Moment
from reluviz.stage.parts.network.gap import GapBracket
from reluviz.stage.parts.network.graph import CornerRings, NetworkCurve, NeuronCurves, TargetCurve
from reluviz.stage.parts.network.marks import NeuronMarks
from reluviz.stage.parts.network.slopes import slope_labels
from reluviz.stage.parts.network.wake import steepest_slope
from reluviz.stage.parts.replay import Replay
from reluviz.stage.scene import ExplainerScene

CLOSE = {"x_range": (-0.55, 1.35), "y_range": (-0.25, 2.4)}
SHORTER = 2.0
"""By how much the pushes are drawn shorter while the discs are close: else those of one run into the other's."""


class TwoNeurons(ExplainerScene):
    """One replay that pauses four times: lever, weight, sign and sleep part two neurons that start almost alike."""

    script = "two-neurons"

    def construct(self):
        self.run = self.story.trajectory("run")
        self.view = view = NetworkView(
            self.theme, self.run, look=with_room_left(self.run), steepest=steepest_slope(self.run) / 2
        )
        self.rings = CornerRings(view.plane, self.run.target)
        self.reasons = Reasons(view.plane, "lever", "weight", "sign", "sleep")
        view.rig.remove(view.slow_motion)  # its words over what is told of the update
        view.rig.include(Levers(view.plane, self.run, 0, 200), Slides(view.plane, self.run, 210), view.slow_motion)
        with self.beat("question", headline=False):
            self.open_on(view)
        with self.beat("task"):
            self.show_the_task()
        with self.beat("lever"):
            self.hold_one_update(0, "lever", "turn")
        with self.beat("ahead"):
            self.let_one_catch_up()
        with self.beat("weight"):
            self.hold_one_update(1, "weight", "slide")
        with self.beat("zero"):
            self.replay(view.rig)
        with self.beat("guess") as beat:
            self.ask(beat)
        with self.beat("sign"):
            self.part_by_sign()
        with self.beat("sleep"):
            self.move_only_one()
        with self.beat("home"):
            self.bring_both_home()
        with self.beat("result"):
            self.look_back()

    def show_the_task(self):
        view, rings = self.view, self.rings
        slopes = slope_labels(view.plane, self.run.target, self.theme.ink, 0.24)
        self.at("roof")
        self.play(LaggedStart(*(Create(ring) for ring in rings), lag_ratio=0.4), run_time=1.0)
        self.play(LaggedStart(*(FadeIn(label, scale=0.6) for label in slopes), lag_ratio=0.6), run_time=1.6)
        self.at("discs")
        bracket = GapBracket(view.plane, 0, 1)
        bracket.show(view.rig.moment)
        self.play(FadeOut(slopes), FadeIn(bracket), run_time=0.6)
        self.play(view.point_at(0, 1, run_time=self.until("apart")))
        wish = way_to(view.plane, self.run.start.origins[1], rings.corners[1][0])
        self.play(FadeOut(bracket, run_time=0.5), GrowFromEdge(wish, LEFT, run_time=self.until("four")))
        self.play(FadeOut(rings, wish), LaggedStart(*(FadeIn(place) for place in self.reasons.places), lag_ratio=0.5))
        self.play(view.zoom_to(**CLOSE))

    def hold_one_update(self, reason, measured, moving, until=None):
        seconds = self.until(until) if until else self.seconds_left
        update = self.view.held_update(self.until(measured), self.until(moving), seconds)
        self.play(update, FadeIn(self.reasons[reason]))

    def let_one_catch_up(self):
        view = self.view
        view.pushes.strong *= SHORTER**2
        self.play(view.zoom_to(run_time=1.2))
        self.replay(view.rig, until="ahead")
        rays = NeuronCurves(view.plane, self.run.neurons)
        rays.show(view.rig.moment)
        self.play_until("left", LaggedStart(*(Create(ray) for ray in rays[::-1]), lag_ratio=0.3))
        self.play(FadeOut(rays), run_time=0.4)
        self.replay(view.rig)

    def ask(self, beat):
        view = self.view
        view.rig.remove(view.pushes)
        self.waiting = waiting = WaitingSample(view.plane, self.run.network_at(beat.first), self.run.target, 2.0)
        self.play_until("delta", FadeOut(view.pushes), FadeIn(waiting.sample, scale=2.5))
        self.play_until("pull", GrowFromEdge(waiting.delta, DOWN))
        self.play_until("two", GrowFromEdge(waiting.push, RIGHT))
        self.play(FadeIn(waiting.question, scale=2.0), run_time=0.6)

    def part_by_sign(self):
        view = self.view
        view.pushes.strong /= SHORTER**2
        view.rig.include(view.pushes)
        self.play(FadeOut(self.waiting), FadeIn(self.reasons[2]), run_time=0.4)
        self.replay(view.rig, until="step")
        self.play(view.held_update(self.until("rules"), self.until("both"), self.until("run")))
        self.replay(view.rig)

    def move_only_one(self):
        view = self.view
        view.strip.between = (0, 1)
        self.hold_one_update(3, "asleep", "step", until="back")
        self.play(Replay([view.rig], [nudges(self.run, round(view.rig.iteration), 4, self.seconds_left)]))
        view.strip.between = None

    def bring_both_home(self):
        view, rings = self.view, self.rings
        self.play(LaggedStart(*(Create(ring) for ring in rings), lag_ratio=0.4), run_time=0.8)
        self.replay(view.rig, until="far")
        over = Overshoot(view.plane, rings.corners[1], float(view.rig.moment.network.origins[1]))
        self.play_until("back", Create(over[0]), FadeIn(over[1], rate_func=rush_from))
        self.play(FadeOut(over), run_time=0.3)
        self.replay(view.rig)
        self.play(*(ring.animate.set_stroke(self.theme.neuron(i)) for i, ring in enumerate(rings)), run_time=0.6)

    def look_back(self):
        view, others = self.view, self.story.trajectory("next")
        ghost = view.ghost()
        view.rig.include(ghost, below=view.marks)
        self.play_until("reasons", FadeIn(ghost), view.look_back())
        named = (Indicate(reason, 1.1, self.theme.accent) for reason in self.reasons)
        self.play_until("next", LaggedStart(*named, lag_ratio=0.5))
        first, last = Moment.of(others, 0.0), Moment.of(others, others.last)
        four = [NetworkCurve(view.plane), NeuronMarks(view.plane, others.neurons)]
        for part in four:
            part.show(first)
        wanted = TargetCurve(view.plane, others.target, others.experiment.low, others.experiment.high)
        gone = (self.rings, self.reasons, self.reasons.places, view.rig)
        self.play(FadeOut(*gone), FadeIn(wanted, four[0]), FadeIn(four[1], shift=LEFT), run_time=1.2)
        self.at("one")
        self.play(Morph(four, first, last, self.seconds_left))
