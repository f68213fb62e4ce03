"""The network in its plane: graph, neurons and what belongs to them."""
