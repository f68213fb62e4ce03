"""Very many runs: described, trained, judged, kept and counted."""
