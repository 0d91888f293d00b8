"""Lay out what the native hooks share with Python: one record of words, whose address the engine hands on."""

from __future__ import annotations

import numpy as np

from allocator.registers import FULL

STATE_LAYOUT = np.dtype(
    [
        (name, np.int64)
        for name in (
            # the engine: its state or 0, its functions, the arguments of its batched reads
            "env", "read_registers", "read_flags", "read_memory", "stop",
            "read_linear", "translate", "save_context", "restore_context", "context",
            "general_ids", "general_pointers", "general", "system_ids", "system_pointers", "system", "flags_id",
            # the SSE registers, where they are asked for: else the first is 0
            "vector", "vector_ids", "vector_pointers", "vector_before", "vectors",
            "vector_step", "vector_number", "vector_low", "vector_high",
            # registers before the step under way
            "before", "flags", "lazy_flags", "system_before",
            # progress: what was used of the capacities, and what is left of the units to run
            "budget", "units", "begun", "max_begun", "steps", "changes", "accesses", "repeats", "places", "max_places",
            "max_accesses", "overflow",
            # the step under way
            "last", "place", "is_echo", "bits", "base", "cr0",
            # whether an interrupt or exception led away from it
            "is_left",
            # whether the machine may have changed any register since
            "is_disturbed",
            # a far return under way: its step, and the instruction pointer that it has read
            "returning", "counter",
            # whether addresses lead elsewhere, where the page tables lie, and what in Python looks after that
            "is_mapped", "low_end", "has_bases", "is_doubtful", "table_start", "table_end", "renew", "locate",
            # where code lies: stores there make known places doubtful
            "generation", "code_lines",
            # columns
            "step_place", "step_changes", "step_accesses",
            "register", "value", "kind", "size", "address", "physical", "data_before", "data_after",
            "repeat_step", "repeat_count",
            # places, and the table that finds them by address
            "place_address", "place_size", "place_traits", "place_code", "place_cr0", "place_bits", "place_base",
            "place_reach",
            "slot_place", "slot_generation",
        )
    ]
)  # fmt: skip

SLOTS = 1 << 14
CODE_LINES = 1 << 16
"""Lines of 64 bytes, by the low bits of their number, of which is known whether code was executed in them."""
NOTHING = -1
CODE_BYTES = 16
GENERAL = 16
LAZY = 5
"""Words of the engine's state that its flags are made of."""
SYSTEM = len(FULL) - GENERAL - 2
"""Segment and control registers: what follows the general ones, RIP and RFLAGS in `FULL`."""

IS_REPEATED, IS_TRANSFER, IS_SYSTEM, COUNTS_16, COUNTS_32, IS_SWAPPED, IS_FAR_RETURN = 1, 2, 4, 8, 16, 32, 64
"""What is known of a place from its first bytes."""
HAS_TWO_STRINGS = 128
"""The same: MOVS and CMPS touch two strings in turn."""
IS_ODD = IS_SWAPPED | IS_FAR_RETURN
"""Of these the engine reports accesses in a way of its own."""

SHARE = 16
"""Registers below a sixteenth of what is mapped to itself cannot lead beyond it: 1 + 8 of them, and a displacement."""
FAR_DISPLACEMENT = 1 << 27
"""What a displacement has to stay below."""
IS_KNOWN, IS_FAR = 1 << 30, 1 << 31
