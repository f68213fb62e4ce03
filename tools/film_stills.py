"""Draws docs/pictures/films/NAME.webp, a telling moment of each film: python -m tools.film_stills [NAME ...]

From the films' own code, without rendering them whole. README shows them.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from reluviz.stage.render import scene_class, scene_file, series
from reluviz.theme import DARK
from reluviz.voice.speech import SilentVoice
from tools.frames import draw, save

PICTURES = Path(__file__).parents[1] / "docs" / "pictures" / "films"
MOMENTS = {
    "teaser": ("learn", 0.7),
    "four-slopes": ("slopes", 0.6),
    "update-rules": ("slide", 0.8),
    "one-neuron": ("turn", 0.5),
    "two-neurons": ("sign", 0.7),
    "merging-neurons": ("close", 0.7),
    "local-optimum": ("walls", 0.6),
    "spread-biases": ("corners", 0.6),
    "five-neurons": ("spare", 0.8),
    "five-spread-neurons": ("together", 0.8),
    "starting-points": ("map", 0.9),
    "step-size": ("free", 0.7),
    "other-steps": ("race", 0.7),
    "conclusion": ("spread", 0.7),
}
"""Of each film, a beat and the part of it (0 to 1) that has passed."""


def still(name: str, height: int = 720) -> Any:
    """That moment of a film."""
    film, (beat, part) = scene_class(scene_file(name)), MOMENTS[name]

    def when(scene: Any) -> float:
        number = [one.name for one in scene.record.beats].index(beat)
        first, last = [*scene.record.starts, scene.renderer.time][number : number + 2]
        return float(first + part * (last - first))

    return draw(lambda **kwargs: film(theme=DARK, voice=SilentVoice(), **kwargs), when, height)


def main(names: list[str]) -> None:
    """Draws those films' pictures, or all."""
    for name in names or series():
        print(f"{name}: {save(still(name), PICTURES / f'{name}.webp', 480) / 1000:.0f} kB", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
