"""Lay out what the native hooks share with Python: one record of words, whose address the engine hands on."""

from __future__ import annotations

import numpy as np

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
            "register", "value", "kind", "size", "address", "data_before", "data_after",
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
