"""A ball on a map of errors, the network it stands for below, and the way out."""
