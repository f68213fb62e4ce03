"""Narration: words to sound, with the time of each; it knows nothing of stories."""
