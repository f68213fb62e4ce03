"""The same replay with matplotlib's FuncAnimation, every frame drawn into memory; prints the CPU seconds."""

from __future__ import annotations

import sys
import time

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt
import numpy as np
from matplotlib.animation import AbstractMovieWriter, FuncAnimation

from reluviz.core import load_or_train
from reluviz.story.pacing import Pace
from reluviz.theme import DARK


class IntoMemory(AbstractMovieWriter):
    """Takes each frame's pixels and drops them: what drawing costs, without an encoder."""

    def setup(self, fig, outfile, dpi=None):
        self.fig, self.frames = fig, 0

    def grab_frame(self, **kwargs):
        self.fig.canvas.draw()
        self.frames += len(self.fig.canvas.buffer_rgba()) > 0

    def finish(self):
        pass

    @classmethod
    def isAvailable(cls):
        return True


def main(seconds: float, width: int, height: int, fps: int) -> None:
    run = load_or_train("merging-neurons")
    pace = Pace(run, 0, run.last, seconds)
    figure = plt.figure(figsize=(width / 100, height / 100), dpi=100, facecolor=DARK.background)
    graph, bias, weight = figure.add_subplot(121), figure.add_subplot(222), figure.add_subplot(224)
    x = np.linspace(0, 4, 200)
    graph.plot(x, run.target(x), lw=9, alpha=0.5)
    (curve,) = graph.plot([], [], "w")
    dots = graph.scatter(np.zeros(4), np.zeros(4), c=DARK.neurons[:4], s=200)
    trails = [c.plot([], [], color=DARK.neuron(i))[0] for c in (bias, weight) for i in range(4)]
    for chart, table in ((bias, run.biases), (weight, run.weights)):
        chart.set(xlim=(1, run.last), ylim=(table.min(), table.max()), xscale="log")
    graph.set(xlim=(-1, 4.2), ylim=(-1, 4))
    count = figure.text(0.05, 0.02, "", color="w")

    def draw(frame: int) -> None:
        now = pace.iteration(frame / fps)
        line = run.network_at(round(now)).polyline(-1, 4.2)
        curve.set_data(line[:, 0], line[:, 1])
        dots.set_offsets(np.column_stack((-run.biases[round(now)], np.zeros(4))))
        at = np.unique(np.geomspace(1, max(now, 2), 400).astype(int))
        for k, trail in enumerate(trails):
            trail.set_data(at, (run.biases, run.weights)[k // 4][at, k % 4])
        count.set_text(f"iteration {round(now):,}")

    movie = FuncAnimation(figure, draw, frames=round(seconds * fps), blit=False)
    begin = time.process_time()
    movie.save("unused", writer=IntoMemory(fps=fps), dpi=100)
    print(f"main-thread-seconds {time.process_time() - begin:.3f}")


if __name__ == "__main__":
    main(float(sys.argv[1]), *map(int, sys.argv[2:5]))
