"""My film: say here in a sentence what it shows.

manim -pql my_film.py MyFilm
"""

from manim import *

from reluviz.stage.network_view import NetworkView
from reluviz.stage.scene import ExplainerScene


class MyFilm(ExplainerScene):
    """Three beats, which the script my-film.toml beside this file tells."""

    script = "my-film"

    def construct(self):
        self.run = self.story.trajectory("run")
        self.view = NetworkView(self.theme, self.run)
        with self.beat("question", headline=False):
            self.open_on(self.view)
        with self.beat("learn"):
            self.learn()
        with self.beat("result"):
            self.look_back()

    def learn(self):
        self.at("slow")
        self.play(self.view.slow(4, self.until("faster")))
        self.replay(self.view.rig)

    def look_back(self):
        self.at("start")
        ghost = self.view.ghost()
        self.view.rig.include(ghost, below=self.view.marks)
        self.play(FadeIn(ghost))
        self.play_until("now", self.view.look_back())
        self.play(self.view.point_at(*range(self.run.neurons)))
