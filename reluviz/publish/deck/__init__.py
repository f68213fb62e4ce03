"""Decks: films in slides, a chapter a slide, for PowerPoint and what reads its files."""

from reluviz.publish.deck.slides import write_deck

__all__ = ["write_deck"]
