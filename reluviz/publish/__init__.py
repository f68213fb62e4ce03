"""From rendered films to what a lecturer embeds: the lecture kit, a folder that works offline."""

from reluviz.publish.film import Beat, Film, PublishError, find_films
from reluviz.publish.imprint import Extras, Imprint, title_for
from reluviz.publish.kit import publish

__all__ = ["Beat", "Extras", "Film", "Imprint", "PublishError", "find_films", "publish", "title_for"]
