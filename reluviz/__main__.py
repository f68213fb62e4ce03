"""python -m reluviz: the command reluviz, where no folder of commands is on the path."""

from __future__ import annotations

from reluviz.cli import main

if __name__ == "__main__":
    main(prog_name="reluviz")
