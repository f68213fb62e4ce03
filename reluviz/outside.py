"""Reads JSON that may come from outside, damaged or hostile: size first, then form. It is right, or one line says why.

What lies in a folder for long is from outside, even where reluviz wrote it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from math import isfinite
from pathlib import Path
from typing import Any, NoReturn

from reluviz.errors import UserError

LARGEST = 50_000_000
"""Bytes; the contents of a film have some tens of thousands."""

_NO_SIGN = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


class OutsideError(UserError):
    """A file that is not what it should be; the message is one line that says what that is."""


def in_short(text: str) -> str:
    """In one line, of at most 160 characters."""
    line = " ".join(text.split())
    return line if len(line) <= 160 else f"{line[:157]}..."


def read_json(path: Path, schema: Mapping[str, Any], what: str) -> Any:
    """What the JSON file `path` holds, which fits `schema`. what: "the contents of a film", for OutsideError."""
    import jsonschema  # here, since it takes a tenth of a second

    try:
        with path.open("rb") as file:
            text = file.read(LARGEST + 1)
        if len(text) > LARGEST:
            raise ValueError(f"larger than {LARGEST:,} bytes")
        told = json.loads(text, parse_constant=_no_number)
        _check_parts(told)
        mistake = jsonschema.exceptions.best_match(jsonschema.Draft202012Validator(schema).iter_errors(told))
    except OSError as error:
        raise OutsideError(f"{path}: cannot be read ({error.strerror})") from error
    except (ValueError, RecursionError) as error:  # no UTF-8, no JSON, numbers of endless digits, endless nesting
        raise OutsideError(f"{path}: not {what} ({in_short(str(error))})") from error
    if mistake is not None:
        where = f"{mistake.json_path.removeprefix('$.')}: " if mistake.path else ""
        raise OutsideError(f"{path}: not {what} ({in_short(where + mistake.message)})")
    return told


def _check_parts(told: Any) -> None:
    """Raises ValueError for signs that neither UTF-8 nor XML can hold, and for numbers beyond float64."""
    if isinstance(told, str) and (found := _NO_SIGN.search(told)):
        raise ValueError(f"{found[0]!r} is no sign of a text")
    if isinstance(told, float) and not isfinite(told):
        raise ValueError("a number beyond float64")
    for part in (*told, *told.values()) if isinstance(told, dict) else told if isinstance(told, list) else ():
        _check_parts(part)


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number in JSON")
