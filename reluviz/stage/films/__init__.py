"""What one film alone needs, under its own name."""
