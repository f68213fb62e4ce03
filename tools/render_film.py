"""Renders the film of one scene for `make`: python -m tools.render_film scenes/one_neuron.py media/videos l|m|h|k

Theme and voice are those of RELUVIZ_THEME and RELUVIZ_VOICE. The film that was there stays until the new one is whole.
"""

from __future__ import annotations

import sys
from pathlib import Path

from reluviz.cli.console import in_one_line
from reluviz.stage.render import render
from reluviz.story.names import film_name

if __name__ == "__main__":
    scene, output, quality = sys.argv[1:]
    try:
        with in_one_line():
            render(Path(scene), film_name(Path(scene).stem), Path(output), quality=quality)
    except KeyboardInterrupt:
        sys.exit(130)
