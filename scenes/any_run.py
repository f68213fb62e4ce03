"""Any experiment explained: the film of your own run, built from its analysis.

RELUVIZ_EXPERIMENT=mine.toml manim -pql scenes/any_run.py AnyRun
"""

from manim import *

from reluviz.core import Experiment, load_or_train
from reluviz.stage.network_view import NetworkView, half
from reluviz.stage.parts.charts.bars import ErrorBars, remedy_rows, verdict_rows
from reluviz.stage.parts.gestures.glances import Glances
from reluviz.stage.parts.gestures.look import Fuse
from reluviz.stage.scene import ExplainerScene
from reluviz.story.unscripted.draft import neurons_named
from reluviz.story.unscripted.one_run import check_can_be_filmed, tell_run

ENOUGH = 3.0
"""Seconds of words for which a picture would stand still too long."""


class AnyRun(ExplainerScene):
    """The task, the first updates, what happens, how it ends, what would help; merging-neurons where none is named."""

    def tell(self, environment):
        name = environment.get("RELUVIZ_EXPERIMENT") or "merging-neurons"
        experiment = Experiment.open(name)
        check_can_be_filmed(experiment, name)
        return tell_run(load_or_train(experiment))

    def construct(self):
        self.run, self.facts = self.story.trajectory("run"), self.story.facts["run"]
        groups = [merge.neurons for merge in self.facts.analysis.merging.merges]
        last = sum(facts.end for facts in self.story.facts.values())
        self.view, self.bars = NetworkView(self.theme, self.run, groups=groups, last=last), None
        chapters = {
            "question": self.ask,
            "task": self.show_the_task,
            "updates": self.make_the_first_updates,
            "end": self.look_back,
            "diverged": self.look_back,
            "verdict": self.show_the_verdict,
            "help": self.show_what_was_tried,
        }
        for beat in self.story.beats:
            with self.beat(beat.name, headline=beat.name != "question"):
                chapters.get(beat.name, self.replay_the_stretch)(beat)

    def ask(self, beat):
        self.open_on(self.view)

    def show_the_task(self, beat):
        view = self.view
        self.at("target")
        self.play_until("neurons", self.flash(view.target))
        self.play(view.point_at(*range(self.run.neurons), run_time=self.until("line")))
        looks = Glances.on(view)
        self.play(self.flash(view.network), looks.pass_by(self.seconds_left))
        self.remove(looks)

    def flash(self, line):
        return ShowPassingFlash(line.copy().set_stroke(self.theme.accent), time_width=0.5)

    def make_the_first_updates(self, beat):
        view, more = self.view, "next" in beat.said.marks
        measured, moving = self.until("delta"), self.until("move")
        self.play(view.held_update(measured, moving, self.until("next") if more else self.seconds_left))
        if beat.last > 1:
            self.play(view.slow(beat.last - 1, seconds=self.seconds_left))

    def replay_the_stretch(self, beat):
        view = self.view
        for mark in beat.stops:
            self.replay(view.rig, until=mark)
            self.play(view.point_at(*neurons_named(mark), run_time=0.8))
        if view.rig.iteration < beat.last:
            self.replay(view.rig)

    def look_back(self, beat):
        view = self.view
        ghost = view.ghost()
        view.rig.include(ghost, below=view.marks)
        marks = list(beat.said.marks)
        first = next(iter(marks), None)
        seconds = self.until(first) if first else self.seconds_left
        self.play(FadeIn(ghost), view.look_back(run_time=seconds))
        for mark in marks:
            self.at(mark)
            which = neurons_named(mark)
            self.play(Fuse(view, which) if mark.startswith("met") else view.point_at(*which))

    def show_the_verdict(self, beat):
        rows = verdict_rows(self.theme, self.facts)
        self.set_bars(rows)
        for mark in beat.said.marks:
            self.at(mark)
            if mark == "rest":
                self.play(self.bars.grow(1))
                self.let_it_come_to_rest(beat)
            elif mark == "best":
                self.play(self.bars.grow(2))
            elif mark == "close":
                self.play(self.flash(self.view.network), run_time=2.5)
            else:
                self.play(Fuse(self.view, neurons_named(mark)))
        if self.seconds_left > ENOUGH:  # what is said last is of the whole course
            self.play(self.view.look_back(run_time=self.seconds_left))

    def let_it_come_to_rest(self, beat):
        """The run goes on by the mean of all samples, until the words go on to what is known beside it."""
        view, marks = self.view, list(beat.said.marks)
        if "rest" not in self.story.facts:
            return
        rest, later = self.story.trajectory("rest"), next(iter(marks[marks.index("rest") + 1 :]), None)
        view.counter.said = (view.rig.iteration, "without noise")
        view.go_on(rest)
        self.replay(view.rig, span=(0, rest.last), seconds=self.until(later) if later else None)

    def show_what_was_tried(self, beat):
        names, rows = remedy_rows(self.theme, self.facts)
        self.set_bars(rows)
        for mark in beat.said.marks:
            self.at(mark)
            self.play(self.bars.grow(1 + names.index(mark)))

    def set_bars(self, rows):
        """The plane steps aside for bars, of which the first is there at once."""
        view, old, self.bars = self.view, self.bars, ErrorBars(self.theme, rows)
        aside = half(-1, view.look.x_range, view.look.y_range)
        self.play(FadeOut(old) if old else view.go_to(aside), self.bars.grow(0), run_time=0.9)
