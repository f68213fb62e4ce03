"""Training: one run or many side by side, four views of one update rule."""
