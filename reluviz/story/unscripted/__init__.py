"""Stories made from an analysis alone."""
