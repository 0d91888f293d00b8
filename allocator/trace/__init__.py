"""Record what a machine does, and hold it."""
