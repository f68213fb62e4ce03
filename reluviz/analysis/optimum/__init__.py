"""Where a run comes to rest: its loss, the descent from its end, and what bottom that is."""
