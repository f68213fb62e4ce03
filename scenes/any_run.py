"""Any experiment explained: the film of your own run, built from its analysis.

RELUVIZ_EXPERIMENT=mine.toml manim -pql scenes/any_run.py AnyRun
"""

from manim import *

from reluviz.core import Experiment, load_or_train
from reluviz.stage.parts.charts.bars import ErrorBars
from reluviz.stage.scene import ExplainerScene
from reluviz.stage.views import Workbench, roomy_box
from reluviz.story.unscripted.one_run import check_can_be_filmed, tell_run

REMEDIES = {
    "longer": "ten times the updates",
    "spread": "origins spread",
    "neuron": "one more neuron",
    "step": "learning rate {rate:g}",
    "plain": "plain steps",
    "single": "single samples",
}


class AnyRun(ExplainerScene):
    """The task, what happens, how it ends, what would help; merging-neurons where no experiment is named."""

    def tell(self, environment):
        name = environment.get("RELUVIZ_EXPERIMENT") or "merging-neurons"
        experiment = Experiment.open(name)
        check_can_be_filmed(experiment, name)
        return tell_run(load_or_train(experiment))

    def construct(self):
        self.run, self.facts = self.story.trajectory("run"), self.story.facts["run"]
        self.bench = Workbench(self.theme, self.run, graph_box=roomy_box(self.run))
        chapters = {"task": self.show_the_task, "verdict": self.show_verdict, "help": self.show_remedies}
        for beat in self.story.beats:
            with self.beat(beat.name):
                if beat.name == "stretch1":
                    self.bring_in_what_moves()
                if beat.first < beat.last:
                    self.replay(self.bench.rig)
                elif beat.name in chapters:
                    chapters[beat.name]()

    def show_the_task(self):
        bench = self.bench
        self.reveal(bench.plane)
        self.play(Create(bench.target), run_time=1.2)
        self.at_part(0.4)
        self.play(FadeIn(bench.marks), Create(bench.network), run_time=1.0)
        self.at_part(0.7)
        self.play(FadeIn(bench.error), run_time=0.8)

    def bring_in_what_moves(self):
        bench = self.bench
        self.remove(bench.network, bench.marks, bench.error)
        self.add(bench.still, bench.rig)
        self.bring_in_charts(bench)

    def take_charts_away(self):
        bench = self.bench
        bench.rig.remove(*bench.charts)
        self.dismiss(bench.charts_still, *bench.charts)

    def show_verdict(self):
        theme, optimum = self.theme, self.facts.analysis.optimum
        self.take_charts_away()
        self.bars = ErrorBars(
            theme,
            (
                ("end of training", optimum.rms_end, theme.ink),
                ("at rest, without noise", optimum.rms_polished, theme.accent),
                ("best fit known", optimum.yardsticks.same.rms, theme.target),
            ),
        )
        self.reveal(self.bars)

    def show_remedies(self):
        theme, facts = self.theme, self.facts
        if facts.diverged:
            self.take_charts_away()
            rows = [("this run", float("inf"), theme.ink)]
        else:
            self.dismiss(self.bars)
            rows = [("this run", facts.rms(), theme.ink)]
        for remedy in facts.remedies:
            name = REMEDIES[remedy.kind].format(rate=remedy.experiment.learning_rate)
            rows.append((name, remedy.rms, theme.accent))
        self.reveal(ErrorBars(theme, rows))
