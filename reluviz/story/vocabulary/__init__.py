"""The words of scripts: what can be asked about runs and sweeps."""
