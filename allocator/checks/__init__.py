"""Compare what a program does with what it should do."""
