"""Two experiments side by side: what `reluviz compare` renders.

RELUVIZ_EXPERIMENT=a.toml RELUVIZ_OTHER=b.toml manim -pql scenes/any_two.py AnyTwo
"""

from manim import *

from reluviz.core import load_or_train
from reluviz.stage.scene import ExplainerScene
from reluviz.stage.views import Counter, Panel, graph_ranges
from reluviz.story.unscripted.two_runs import tell_two


class AnyTwo(ExplainerScene):
    """Two runs on equal axes, their course at one pace, their ends; two of the article's where none are named."""

    def tell(self, environment):
        first = environment.get("RELUVIZ_EXPERIMENT") or "merging-neurons"
        other = environment.get("RELUVIZ_OTHER") or "spread-biases"
        return tell_two(load_or_train(first), load_or_train(other))

    def construct(self):
        with self.beat("starts"):
            self.show_both_starts()
        with self.beat("course"):
            self.replay(*self.longer_first)
        with self.beat("ends"):
            self.at_part(1.0)

    def show_both_starts(self):
        runs = [self.story.trajectory(side) for side in ("left", "right")]
        ranges = graph_ranges(*runs)
        panels = [
            Panel(self.theme, run, side, run.name[:30], ranges=ranges) for run, side in zip(runs, (-1, 1), strict=True)
        ]
        rigs = [panel.rig for panel in panels]
        self.longer_first = sorted(rigs, key=lambda rig: -rig.trajectory.last)
        for panel, part in zip(panels, (0.1, 0.5), strict=True):
            self.reveal(panel.still, panel.rig)
            self.at_part(part)
        counter = Counter(self.theme, (1.9, -3.5))
        self.add(*(panel.still for panel in panels), *rigs)
        self.longer_first[0].include(counter)
