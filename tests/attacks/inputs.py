"""What bad inputs are made of, and the command that gets them: a result, or a line for each mistake."""

from __future__ import annotations

import copy
import json
import math
from collections.abc import Callable
from typing import Any

from click.testing import CliRunner, Result
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from reluviz.cli import main
from tests.attacks.conftest import held, share


def tries(what: str, quick: int, whole: int) -> Callable[[Any], Any]:
    """Hypothesis so often, the same cases every time; each that ends well is counted."""
    count = share(quick, whole)

    def decorate(test: Any) -> Any:
        held("inputs", what, count)  # the table is written only where no test has failed
        return settings(max_examples=count, deadline=None, derandomize=True, database=None,
                        suppress_health_check=list(HealthCheck))(test)  # fmt: skip

    return decorate


def run(*arguments: str) -> Result:
    """A command that does what it is told, or says in lines what is wrong."""
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code in (0, 2), (arguments, result.output, result.exception)
    lines = result.stderr.split("\n")
    assert lines.pop() == ""
    if result.exit_code == 2:
        assert lines and all(line.startswith("reluviz: ") and len(line) <= 1010 for line in lines), result.stderr
    assert "Traceback" not in result.output
    return result


EDGES = [
    0.0, -0.0, 1.0, -1.0, 0.1, 2.0, 3.5, 5e-324, 1e-300, -1e-9, 1e30, -1e30, 9.2e158, 1e60, 1e200, -1e200,
    1.7976931348623157e308,
    math.inf, -math.inf, math.nan, 1.0000000000000002, 2.0**53, 10**30, -3, 0, 1, 7, 10**5000,
]  # fmt: skip
NUMBER = st.sampled_from(EDGES) | st.floats() | st.integers(-5, 60)
ODD = st.sampled_from([True, False, "x", "", "all", "cycle", "shuffle", [], {}, [[]], "²", "a\nb", "\x00"]) | st.text(
    max_size=5
)
VALUE = st.one_of(NUMBER, ODD, st.lists(NUMBER, max_size=4), st.lists(st.lists(NUMBER, max_size=3), max_size=4))
GOOD: dict[str, Any] = {
    "title": "Mine", "learning_rate": 0.02, "iterations": 30,
    "target": {"points": [[0, 0], [1, 1], [2, 0.5]]}, "start": {"weights": [0.5, 0.1], "biases": [0.0, -1.0]},
    "data": {"low": 0.0, "high": 2.0, "samples": 12, "seed": 1},
}  # fmt: skip


def toml(value: Any) -> str:
    """A value as TOML writes it; some make a file that is none."""
    if isinstance(value, (bool, str)):
        return json.dumps(value)
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key} = {toml(one)}" for key, one in value.items()) + "}"
    if isinstance(value, list):
        return f"[{', '.join(map(toml, value))}]"
    if isinstance(value, int) and abs(value) > 10**4000:
        return "9" * 5000
    return repr(value)


def described(changes: list[tuple[str, Any]]) -> str:
    """The good experiment with keys changed, as TOML."""
    told = json.loads(json.dumps(GOOD))
    for key, value in changes:
        *tables, last = key.split(".")
        where = told
        for table in tables:
            where = where[table] if isinstance(where.get(table), dict) else where.setdefault(table, {})
            if not isinstance(where, dict):
                return f"{key} = {toml(value)}"
        where[last] = copy.deepcopy(value)  # the next change may lie inside it
    return "\n".join(f"{key} = {toml(value)}" for key, value in told.items())
