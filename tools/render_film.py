"""Renders the film of one scene for `make`: python -m tools.render_film scenes/one_neuron.py media/videos l|m|h|k

Theme and voice are those of RELUVIZ_THEME and RELUVIZ_VOICE. The film that was there stays until the new one is whole.
"""

from __future__ import annotations

import sys
from pathlib import Path

from reluviz.errors import UserError
from reluviz.stage.render import render
from reluviz.story.names import film_name


def main() -> int:
    """Renders; answers a mistake with one line."""
    scene, output, quality = sys.argv[1:]
    try:
        render(Path(scene), film_name(Path(scene).stem), Path(output), quality=quality)
    except UserError as mistake:
        print(f"{scene}: {mistake}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
