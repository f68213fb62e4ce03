"""Charts beside the network."""
