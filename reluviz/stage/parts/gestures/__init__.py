"""What a film does: show an update, turn, point, present."""
