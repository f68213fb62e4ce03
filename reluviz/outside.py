"""Reads JSON that may come from outside, damaged or hostile: size first, then form. It is right, or one line says why.

What lies in a folder for long is from outside, even where reluviz wrote it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NoReturn

from reluviz.errors import UserError

LARGEST = 20_000_000
"""Bytes; the contents of a film of ten minutes have a tenth of it."""


class OutsideError(UserError):
    """A file that cannot be read as what it should be; the message is one line."""


def read_json(path: Path, schema: Mapping[str, Any]) -> Any:
    """What the JSON file `path` holds, which fits `schema`. Raises OutsideError, FileNotFoundError for no file."""
    import jsonschema

    try:
        with path.open("rb") as file:
            text = file.read(LARGEST + 1)
        if len(text) > LARGEST:
            raise ValueError(f"larger than {LARGEST:,} bytes")
        told = json.loads(text, parse_constant=_no_number)
        mistake = jsonschema.exceptions.best_match(jsonschema.Draft202012Validator(schema).iter_errors(told))
    except FileNotFoundError:
        raise
    except OSError as error:
        raise OutsideError(f"{path}: cannot be read ({error.strerror})") from error
    except (ValueError, RecursionError) as error:  # no UTF-8, no JSON, numbers of endless digits, endless nesting
        raise OutsideError(f"{path}: no JSON that can be read ({_short(str(error))})") from error
    if mistake is not None:
        raise OutsideError(f"{path}: {mistake.json_path}: {_short(mistake.message)}")
    return told


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number in JSON")


def _short(text: str) -> str:
    """The first line, of at most 120 characters."""
    line = (text.splitlines() or [""])[0]
    return line if len(line) <= 120 else f"{line[:117]}..."
