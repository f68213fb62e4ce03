"""The table of attacks that were withstood, benchmarks/attacks.md."""

from __future__ import annotations

import platform
from collections.abc import Mapping

from reluviz import __version__

HEAD = """# Attacks

Made by `make test-attacks`, which writes this table when every attack was withstood: nothing lost, nothing mixed,
nothing wrong taken for right, and one line for each mistake. What that means in full, and which test holds it:
[docs/promises.md](../docs/promises.md). reluviz {version}, Python {python}, {system}.

| attack | on | withstood |
|---|---|---|
"""


def table(held: Mapping[tuple[str, str], int]) -> str:
    """The table in Markdown, a row for each kind and thing attacked, a sum for each kind."""
    text = HEAD.format(version=__version__, python=platform.python_version(), system=platform.system())
    for kind in sorted({kind for kind, _ in held}):
        rows = sorted((what, count) for (other, what), count in held.items() if other == kind)
        text += "".join(f"| {kind} | {what} | {count:,} |\n" for what, count in rows)
        text += f"| **{kind}** | | **{sum(count for _, count in rows):,}** |\n"
    return text
