"""From rendered films to what a lecturer embeds: the lecture kit, a folder that works offline."""

from reluviz.publish.film import Beat, Film, PublishError, find_films
from reluviz.publish.kit import publish

__all__ = ["Beat", "Film", "PublishError", "find_films", "publish"]
