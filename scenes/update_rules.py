"""Backpropagation, from the error to the four rules (equations 1 to 3, rules 1 to 4 of the article).

manim -pql scenes/update_rules.py UpdateRules
"""

from dataclasses import replace

from manim import *

from reluviz.stage.films.update_rules import sample_view as pictures
from reluviz.stage.films.update_rules.board import rule_pictures
from reluviz.stage.films.update_rules.formulas import UpdateFormula, symbols_in_picture
from reluviz.stage.films.update_rules.sample_view import (
    PushAsked,
    SampleDots,
    SampleView,
    SecondNeuron,
    lifted,
    slid,
    turned,
    weight_that_meets,
)
from reluviz.stage.network_view import NetworkView, full
from reluviz.stage.parts.moment import Moment
from reluviz.stage.parts.replay import Replay, Rewind
from reluviz.stage.scene import ExplainerScene
from reluviz.stage.typesetting import words
from reluviz.story.pacing import Glide
from reluviz.theme import LABEL

SLIDE = 1.5


class UpdateRules(ExplainerScene):
    """The error as a square, the turn and the slide that shrink it, their formulas, and the four rules."""

    script = "update-rules"

    def construct(self):
        self.one, self.two = self.story.trajectory("one"), self.story.trajectory("two")
        self.rules = rule_pictures(self.theme, self.story)
        with self.beat("question", headline=False):
            self.open_on_the_target()
        with self.beat("task"):
            self.meet_the_sample()
        with self.beat("error"):
            self.open_the_square()
        with self.beat("turn"):
            self.turn_the_arm()
        with self.beat("slide"):
            self.slide_it_left()
        with self.beat("flip"):
            self.flip_the_sign()
        with self.beat("sink"):
            self.slide_it_again()
        with self.beat("update") as beat:
            self.make_one_update(beat)
        with self.beat("asleep") as beat:
            self.leave_one_asleep(beat)
        with self.beat("formulas") as beat:
            self.name_the_parts(beat)
        for rule in self.rules:
            with self.beat(f"rule_{rule}"):
                self.show_rule(rule)
        with self.beat("end"):
            self.see_all_four()

    # --- one sample -------------------------------------------------------------------------------------

    def open_on_the_target(self):
        self.view = view = SampleView(self.theme, self.one, self.story["task"].first, pictures.OPENING)
        view.rig.remove(view.square, view.network, view.marks)
        self.open_on(view)
        self.play(view.pose(view.state, 0.8, pictures.RISING))

    def meet_the_sample(self):
        view = self.view
        dots = SampleDots(view.plane, self.one, 60)
        self.at("samples")
        falls = (FadeIn(dot, shift=0.8 * DOWN) for dot in dots)
        self.play_until("line", LaggedStart(*falls, lag_ratio=0.05))
        for part in (view.network, view.marks):
            part.show(view.state)
        self.play(Create(view.network), FadeIn(view.marks), run_time=1.5)
        self.at("sample")
        view.rig.add(view.square)
        self.play(FadeOut(dots), view.grow("seen"))
        self.remove(view.network, view.marks)  # only now: the disc stands over the dots
        view.rig.add(view.network, view.marks)
        self.at("delta")
        self.play(view.grow("grown", 2.4))

    def open_the_square(self):
        view, state = self.view, self.view.state
        self.at("square")
        self.play(view.grow("opened", 2.8))
        self.at("shrink")
        missing = view.square.wanted - float(state.network(view.square.x))
        self.play(view.pose(lifted(state, missing), 1.6))
        self.play_until("turning", view.pose(state))
        self.play_until("sliding", view.nudge(turned(state, 0.8)))
        self.play(view.nudge(slid(state, -0.7), 1.0))

    def turn_the_arm(self):
        view, state = self.view, self.view.state
        x, wanted = view.square.x, view.square.wanted
        view.compare((x, 1.2)).grown[:] = 0.0
        self.at("arm")
        self.play_until("far", view.pose(turned(state, weight_that_meets(state, x, wanted))))
        self.play_until("near", view.rise(0))
        self.play(view.rise(1))

    def slide_it_left(self):
        view, start = self.view, self.view.change.before
        self.start_again(start)
        self.at("left")
        self.push(start, -SLIDE, self.until("steep"))
        self.start_again(turned(start, 0.9))
        self.push(view.state, -SLIDE, 2.0)

    def flip_the_sign(self):
        view, start = self.view, self.one_at("flip")
        self.at("flip")
        fallen = turned(start, -start.weights[0])
        self.play(view.forget(), view.pose(fallen, self.until("push"), pictures.FALLING))
        self.hand = hand = PushAsked(view.plane, view.state, -SLIDE)
        self.play(FadeIn(hand, shift=0.3 * LEFT))

    def slide_it_again(self):
        view, fallen = self.view, self.view.state
        self.at("sink")
        self.remove(self.hand)
        self.push(fallen, -SLIDE, 2.0)
        self.at("right")
        self.play(view.pose(slid(fallen, SLIDE), 3.0))

    def make_one_update(self, beat):
        view = self.view
        self.at("rising")
        self.play(view.forget(), view.pose(self.one_at("update"), 1.5, pictures.RISING))
        start = view.state
        self.at("way")
        x, wanted = view.square.x, view.square.wanted
        self.play_until("back", view.pose(turned(start, weight_that_meets(start, x, wanted))))
        self.play_until("step", view.pose(start))
        view.compare((x,))
        self.step(beat)
        self.play(view.forget())

    # --- a second neuron, and formulas ------------------------------------------------------------------

    def leave_one_asleep(self, beat):
        one = self.view
        self.view = two = SampleView(self.theme, self.two, beat.first, pictures.RISING)
        self.remove(one.still, one.rig)
        self.add(two.still, two.rig)
        self.at("two")
        self.play(SecondNeuron(two, one.rig.moment, self.one, pictures.WIDE))
        self.at("sample")
        self.play(two.grow("seen"))
        self.play(two.grow("grown", 0.6))
        self.play(two.grow("opened", 0.6))
        self.at("asleep")
        note = words("asleep", self.theme.neuron(1), LABEL, strong=True)
        note.move_to(two.plane.on_floor(two.state.network.origins[1]) + 0.6 * DOWN)
        self.play(two.dim(1), FadeIn(note))
        self.at("step")
        two.compare()
        self.step(beat)
        self.play(FadeOut(note), two.forget(), two.close())

    def return_to_one(self):
        two, look = self.view, pictures.ABOVE_FORMULAS
        self.view = view = SampleView(self.theme, self.one, self.story["formulas"].first, look)
        self.play(SecondNeuron(two, view.state, self.one, look, back=True))
        self.remove(two.still, two.rig)
        self.add(view.still, view.rig)

    def name_the_parts(self, beat):
        self.return_to_one()
        view = self.view
        view.square.names = ("", "")
        symbols = symbols_in_picture(view.plane, self.one, beat.first)
        self.at("turn")
        self.play(view.open(run_time=0.6), Create(symbols["bracket"]), FadeIn(symbols["delta"], symbols["lever"]))
        formulas = [UpdateFormula(self.theme, which) for which in ("turn", "slide")]
        self.play(formulas[0].arrive(symbols))
        self.at("slide")
        self.play(FadeIn(symbols["weight"]), run_time=0.6)
        self.play(formulas[1].arrive(symbols))
        self.at("other")
        self.play(FadeOut(*symbols.values()), run_time=0.4)  # they do not move with the disc
        self.play(view.nudge(slid(view.state, -0.5)))
        self.at("flat")
        view.compare()
        self.step(beat)
        self.play(FadeOut(*formulas), view.forget(), view.close())

    # --- the four rules ---------------------------------------------------------------------------------

    def show_rule(self, rule):
        picture = self.rules[rule]
        if rule > 1:
            self.move_on(self.rules[rule - 1], picture)
        else:
            self.play(self.view.pose(picture.state, 1.5, picture.look))
            self.remove(self.view.still, self.view.rig)
            self.add(picture.still, picture.rig)
        self.play(picture.open(1.0))
        self.at("step")
        picture.compare(gain=0.0)
        self.play(picture.named(), picture.slow(1, max(self.seconds_left, 2.0)))

    def move_on(self, old, new):
        self.add(*new.wait_beside(old.rule))
        self.play_below(old.unnamed(), old.go_to(old.beside(new.rule), 1.2), new.go_to(new.large(), 1.2))
        self.remove(old.still, old.rig)

    def see_all_four(self):
        pictures = self.rules.values()
        self.zoom_out()
        names = [picture.named() for picture in pictures]
        self.play(Rewind([picture.rig for picture in pictures], self.until("all")), *names)
        seconds = self.until("first")
        steps = [Glide(picture.rig.iteration, picture.rig.iteration + 1, seconds) for picture in pictures]
        self.play(Replay([picture.rig for picture in pictures], steps))
        self.grow_into_the_next()

    def zoom_out(self):
        last = self.rules[4]
        for picture in self.rules.values():
            if picture is not last:
                self.add(*picture.wait_beside(last.rule))
            picture.show_the_way()
            picture.rig.remove(picture.slow_motion)  # small pictures have no room for its words
        self.play_below(last.unnamed(), *(picture.go_to(picture.in_cell(), 1.2) for picture in self.rules.values()))

    def grow_into_the_next(self):
        second, (x, y) = self.rules[2], pictures.ONE_NEURON
        view = NetworkView(self.theme, self.one, look=replace(second.in_cell(), x_range=x, y_range=y), counter=None)
        others = [part for rule in (1, 3, 4) for part in (self.rules[rule].still, self.rules[rule].rig)]
        self.play(FadeOut(*others), second.unnamed(), run_time=0.4)
        self.play(FadeOut(second.still, second.rig), FadeIn(view.still, view.rig), run_time=0.6)
        self.play(view.go_to(full(x, y, bottom=-1.75), 1.6))

    # --- gestures ---------------------------------------------------------------------------------------

    def step(self, beat):
        self.play(Replay([self.view.rig], [Glide(beat.first, beat.last, max(self.seconds_left, 1.5))]))
        self.view.state = self.view.rig.moment

    def one_at(self, beat):
        return Moment.of(self.one, self.story[beat].first)

    def push(self, state, by, seconds):
        self.view.compare((0.8, 2.1, self.view.square.x))
        self.play(self.view.pose(slid(state, by), seconds))

    def start_again(self, state):
        self.play(self.view.forget(), self.view.pose(state, 0.9))
