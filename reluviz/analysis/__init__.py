"""What a training run means, computed and checked: its rules, phases, merges and optimum."""
