"""Build a machine, run it, and say how it ended."""
