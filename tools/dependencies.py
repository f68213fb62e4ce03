"""Writes what training, sweeps, figures and the lecture kit rest on, as variables of a makefile, for `make`:
python -m tools.dependencies FRAGMENT

Films are asked about by `reluviz render` itself.
"""

from __future__ import annotations

import sys
from pathlib import Path

from reluviz.files import write_whole
from reluviz.stage.made_from import modules_of

PARTS = {
    "TRAINING": "reluviz/core/store.py",
    "SWEEPING": "reluviz/sweep/execute.py",
    "DRAWING": "reluviz/stage/stills.py",
    "PUBLISHING": "reluviz/publish/kit.py",
}


def fragment() -> str:
    """The variables, read from the working directory, a checkout of reluviz."""
    here = Path.cwd()
    lines = ["# Made by tools/dependencies.py."]
    for name, module in PARTS.items():
        found = sorted(str(path.relative_to(here)) for path in {here / module, *modules_of(here / module)})
        lines.append(f"{name} := {' '.join(found)}")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    write_whole(Path(sys.argv[1]), fragment())
