"""Backpropagation, from the error to the four rules (equations 1 to 3, rules 1 to 4 of the article).

manim -pql scenes/update_rules.py UpdateRules
"""

from manim import *

from reluviz.stage.films.update_rules import Derivation, RuleBoard, RuleSummary, SamplePicture, StepRow, activity_labels
from reluviz.stage.parts.gestures.look import Turn
from reluviz.stage.parts.gestures.single_update import OriginArrows, ResidualBar
from reluviz.stage.parts.replay import Rig
from reluviz.stage.scene import ExplainerScene
from reluviz.stage.views import Workbench


class UpdateRules(ExplainerScene):
    """Error, derivatives, updates; the four rules, each by a real update; what a step's size depends on."""

    script = "update-rules"

    def construct(self):
        with self.beat("task") as beat:
            self.show_the_task(beat)
        with self.beat("error"):
            self.define_the_error()
        with self.beat("derivatives"):
            self.show_what_changes_it()
        with self.beat("updates") as beat:
            self.make_one_update(beat)
        with self.beat("inactive") as beat:
            self.leave_an_inactive_neuron(beat)
        self.board = RuleBoard(self.theme, self.story)
        for rule in (1, 2, 3, 4):
            with self.beat(f"rule_{rule}", headline=rule == 1):
                self.show_rule(rule)
        self.row = StepRow(self.theme, self.story)
        for name in ("small", "large", "light"):
            with self.beat(name, headline=name == "small"):
                self.compare_step(name)
        with self.beat("table"):
            self.sum_up()

    def show_the_task(self, beat):
        run = self.story.trajectory("one")
        self.bench = Workbench(self.theme, run, charts=(), at=beat.first)
        self.picture = picture = SamplePicture(self.bench.plane, run, beat.first)
        self.reveal(self.bench.plane)
        self.play(LaggedStart(*(FadeIn(dot, scale=0.5) for dot in picture.samples), lag_ratio=0.05), run_time=2.0)
        self.at("line")
        self.play(Create(self.bench.network), FadeIn(self.bench.marks))
        self.at("sample")
        self.reveal(picture.chosen)
        self.at("delta")
        self.play(GrowFromEdge(picture.residual[0], DOWN), FadeIn(picture.delta))

    def define_the_error(self):
        self.sums = sums = Derivation(self.theme, 1.75)
        self.reveal(sums["residual"], self.picture.target_name, self.picture.network_name)
        self.play(sums.point_out("residual", "target"), Indicate(self.picture.target_name, color=self.theme.accent))
        self.play(sums.point_out("residual", "network"), Indicate(self.picture.network_name, color=self.theme.accent))
        self.at("square")
        self.reveal(sums["error"])

    def show_what_changes_it(self):
        picture, sums = self.picture, self.sums
        self.dismiss(picture.target_name, picture.network_name, run_time=0.4)
        self.reveal(sums["by_weight"])
        self.play(sums.point_out("by_weight", "delta"), Indicate(picture.delta, color=self.theme.accent))
        self.at("lever")
        self.reveal(picture.lever)
        self.at("bias")
        self.reveal(sums["by_bias"])
        self.at("delta")
        self.play(sums.point_out("by_bias", "delta"), Indicate(picture.delta, color=self.theme.accent))
        self.play(FadeIn(picture.weight), sums.point_out("by_bias", "w"))

    def make_one_update(self, beat):
        self.reveal(self.sums["weight"], self.sums["bias"], self.sums["output"])
        self.at("step")
        self.dismiss(self.picture.lever, self.picture.weight)
        self.remove(self.bench.network, self.bench.marks, self.picture.residual[0])
        self.rig = self.one_sample_rig(beat)
        self.add(self.picture.before, self.rig)
        self.play(FadeIn(self.bench.counter), run_time=0.3)
        self.glide(self.rig, until="end")

    def one_sample_rig(self, beat):
        bench, run = self.bench, self.story.trajectory(beat.run)
        x = float(run.inputs[beat.first])
        bar = ResidualBar(bench.plane, x, float(run.target(x)))
        arrows = OriginArrows(bench.plane, run.biases[beat.first])
        return Rig(run, bench.network, bench.marks, bar, arrows, bench.counter, at=beat.first)

    def leave_an_inactive_neuron(self, beat):
        picture = self.picture
        left = (self.bench.plane, self.rig, picture.before, picture.samples, picture.chosen, picture.delta)
        left += (self.sums["output"],)
        self.play(FadeOut(Group(*left)), run_time=0.5)
        self.bench = Workbench(self.theme, self.story.trajectory("two"), charts=(), at=beat.first)
        self.picture = SamplePicture(self.bench.plane, self.bench.run, beat.first)
        self.rig = self.one_sample_rig(beat)
        self.reveal(self.bench.still, self.rig, self.sums["active"])
        self.at("sample")
        self.reveal(self.picture.chosen)
        self.at("sides")
        self.reveal(activity_labels(self.bench.plane, self.bench.run, beat.first))
        self.add(self.picture.before, self.rig)
        self.at("step")
        self.glide(self.rig, until="end")

    def show_rule(self, rule):
        if rule == 1:
            self.clear_stage()
            self.reveal(self.board.heads)
        cell = self.board.cells[rule]
        self.reveal(cell.still, run_time=0.6)
        self.play(FadeIn(cell.sample), FadeIn(cell.moving), run_time=0.5)
        self.at("turn")
        self.play_until("named", Turn(cell.moving, cell.show))
        self.reveal(self.board.names[rule])

    def compare_step(self, name):
        if name == "small":
            self.clear_stage()
            self.reveal(self.row.heads)
        cell = self.row.cells[name]
        self.reveal(cell.still, cell.sample, cell.moving, run_time=0.6)
        self.play(FadeIn(self.row.sums[name]), run_time=0.5)
        self.at("turn")
        self.play_until("end", Turn(cell.moving, cell.show))

    def sum_up(self):
        self.clear_stage()
        self.reveal(RuleSummary(self.theme))
