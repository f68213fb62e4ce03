"""Draws the pictures of docs/your-own-film.md by the code above each: python -m tools.block_pictures [NAME ...]

    <!-- picture: NAME PART -->         PART, 0 to 1: of the block's last animation, how far it has gone
    ```python
    ...                                 in a scene: self, view, run and other are there
    ```
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any

import manim

from reluviz.core import load_or_train
from reluviz.stage import network_view
from reluviz.stage.network_view import NetworkView
from reluviz.stage.scene import ExplainerScene
from reluviz.story.script import Script, Story, tell
from reluviz.theme import DARK
from reluviz.voice.speech import SilentVoice
from tools.frames import draw, save

PAGE = Path(__file__).parents[1] / "docs" / "your-own-film.md"
PICTURES = PAGE.parent / "pictures" / "blocks"
_BLOCK = re.compile(r"^<!-- picture: (\w+) ([\d.]+) -->\n```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)


class Block(ExplainerScene):
    """A scene that is one block of the page."""

    def __init__(self, code: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.code = code

    def construct(self) -> None:
        """Runs the block."""
        run, other = self.story.trajectory("run"), self.story.trajectory("other")
        view = NetworkView(self.theme, run)
        self.add(view.still, view.rig)
        with self.beat("block", headline=False):
            names = {**vars(manim), **vars(network_view), "self": self, "view": view, "run": run, "other": other}
            exec(compile(self.code, str(PAGE), "exec"), names)


def story() -> Story:
    """A beat without a word, of two runs."""
    runs = {"run": load_or_train("merging-neurons"), "other": load_or_train("five-neurons")}
    return tell(Script("blocks", "Blocks", "the documents", [{"name": "block", "headline": "A block"}]), runs)


def blocks() -> dict[str, tuple[float, str]]:
    """The blocks of the page that have a picture: part and code, by name."""
    return {name: (float(part), code) for name, part, code in _BLOCK.findall(PAGE.read_text(encoding="utf-8"))}


def picture(code: str, part: float, told: Story, height: int = 720) -> Any:
    """What the block shows when this part of its last animation has been played."""

    def when(scene: Any) -> float:
        first, last = scene.renderer.plays[-1]
        return float(first + part * (last - first) - 0.05)

    return draw(lambda **kwargs: Block(code, theme=DARK, voice=SilentVoice(), story=told, **kwargs), when, height)


def main(names: list[str]) -> None:
    """Draws those pictures, or all."""
    told, total = story(), 0
    for name, (part, code) in blocks().items():
        if not names or name in names:
            size = save(picture(code, part, told), PICTURES / f"{name}.webp", 640)
            total += size
            print(f"{name}: {size / 1000:.0f} kB", flush=True)
    print(f"{total / 1000:.0f} kB")


if __name__ == "__main__":
    main(sys.argv[1:])
