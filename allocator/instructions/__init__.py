"""Layer 1: machine code as people read it, and what an instruction does to registers."""
