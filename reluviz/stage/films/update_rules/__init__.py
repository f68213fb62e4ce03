"""How a sample moves a neuron: the view of one sample, the four rules on a board, and their formulas."""
