"""The pictures on the page's cards tell the films apart."""

from itertools import product

import numpy as np
from PIL import Image

from reluviz.publish.cards import small, telling_apart


def grey(level: int) -> Image.Image:
    return Image.new("RGB", (320, 180), (level, level, level))


def level(picture: Image.Image) -> int:
    return int(np.asarray(picture)[0, 0, 0])


def test_films_that_begin_alike_show_what_differs():
    """Of all choices the one whose nearest two pictures are furthest apart; found by trying them all."""
    films = [[0, 100, 104, 0], [0, 101, 180, 0], [0, 20, 99, 0]]
    chosen = [level(one) for one in telling_apart([[grey(value) for value in film] for film in films])]

    def nearest(levels):
        return min(abs(a - b) for i, a in enumerate(levels) for b in levels[:i])

    assert nearest(chosen) == max(nearest(levels) for levels in product(*(film[1:-1] for film in films)))


def test_first_and_last_chapters_are_taken_for_want_of_others_alone():
    films = [[grey(10), grey(90)], [grey(10), grey(60), grey(200)]]
    assert [level(one) for one in telling_apart(films)] == [10, 60]
    assert level(*telling_apart([[grey(1), grey(2), grey(3)]])) == 2


def test_a_card_is_small_and_never_enlarged():
    assert small(Image.new("RGB", (1920, 1080))).size == (640, 360)
    assert small(grey(0)).size == (320, 180)
