"""Manim building blocks: one theme, exact graphs, charts, and the replay that moves them."""
