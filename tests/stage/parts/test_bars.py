"""Errors as bars: as long as they are large, beside numbers that stay in the frame."""

from reluviz.stage.parts.charts.bars import ErrorBars
from reluviz.theme import DARK
from tests.scenes.layout import problems


def test_bars_are_as_long_as_errors_are_large_whatever_their_numbers_need():
    for scale in (1.0, 1e-4, 1e4):
        rows = [
            ("one", 3.1 * scale, DARK.ink),
            ("another", 1.55 * scale, DARK.accent),
            ("lost", float("inf"), DARK.ink),
        ]
        bars = ErrorBars(DARK, rows)
        assert problems([bars]) == []
        (_, one, number), (_, other, _), lost = bars
        assert abs(one.width / other.width - 2.0) < 1e-9 and number.get_left()[0] > one.get_right()[0]
        assert lost[1].original_text == "diverges"
