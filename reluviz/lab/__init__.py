"""The live page: the network itself, to be dragged and trained on, with the very same bits as Python.

`web/` holds plain ES modules; this package joins them into one text, gives them colours, presets and a state, and reads
the links that the page makes. `Lab` is the same page as a widget for notebooks; it needs the extra "jupyter".
"""

from __future__ import annotations

from typing import Any


def __getattr__(name: str) -> Any:
    """`Lab`, fetched when asked for: nothing else here needs anywidget."""
    if name != "Lab":
        raise AttributeError(name)
    try:
        from reluviz.lab.widget import Lab
    except ModuleNotFoundError as error:
        raise ImportError('the widget needs anywidget: pip install "reluviz[jupyter]"') from error
    return Lab
