"""Does a frame cost more where the run is longer? Twenty thousand iterations against two million, turn and turn about.

Prints milliseconds of the main thread a frame for each, and their ratio: the least of several rounds.
"""

from __future__ import annotations

import time

import numpy as np
from manim import Camera
from replay_scenes import long_run

from reluviz.core import load_or_train
from reluviz.stage.network_view import NetworkView
from reluviz.stage.typesetting import register_fonts
from reluviz.story.pacing import Pace
from reluviz.theme import DARK

ROUNDS, FRAMES, SECONDS = 8, 40, 8.0


def main() -> None:
    register_fonts()
    camera = Camera(pixel_width=1920, pixel_height=1080, frame_rate=60)
    shows = []
    for run in (load_or_train("merging-neurons"), long_run()):
        view = NetworkView(DARK, run, groups=[(0, 1)])
        view.rig.extend(Pace(run, 0, run.last, SECONDS))
        shows.append(view.rig)
    spent = np.full((ROUNDS, 2), np.inf)
    for k in range(ROUNDS):
        for which, rig in enumerate(shows):
            begin = time.thread_time()
            for second in np.linspace(0.0, SECONDS, FRAMES):
                rig.show(float(second))
                camera.reset()
                camera.capture_mobjects([rig])
            spent[k, which] = time.thread_time() - begin
    short, long = 1000 * spent.min(axis=0) / FRAMES
    print(f"{short:.2f} {long:.2f} {long / short:.3f}")


if __name__ == "__main__":
    main()
