"""Pages from the templates beside this module, every value escaped."""

from __future__ import annotations

import re
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from reluviz.made_by import made_by


def filled(template: str, **values: Any) -> str:
    """The template of that name with `values` and `made_by` in it; no line ends in blanks."""
    templates = Environment(
        loader=PackageLoader("reluviz.publish"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    templates.policies["json.dumps_kwargs"] = {"separators": (",", ":")}
    text = templates.get_template(template).render(made_by=made_by(), **values)
    return re.sub(r"[ \t]+$", "", text, flags=re.MULTILINE) + "\n"
