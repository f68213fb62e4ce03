"""What every file that reluviz makes says of its origin, where the file's format has a place for it."""

from __future__ import annotations

import reluviz


def made_by() -> str:
    """The program and its version: "reluviz 0.2.0"."""
    return f"reluviz {reluviz.__version__}"
