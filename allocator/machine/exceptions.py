"""Name the exceptions of the processor: the one table that reports and deliveries read.

Source: Intel SDM volume 3, tables 6-1 (vectors), 6-5 (double faults), section 6.13 (error codes).
"""

from __future__ import annotations

INVALID_OPCODE, DOUBLE_FAULT, INVALID_TASK, NOT_PRESENT, STACK_FAULT = 6, 8, 10, 11, 12
GENERAL_PROTECTION, PAGE_FAULT = 13, 14
DEBUG = 1

EXCEPTIONS = {
    0: "divide error (#DE)", 1: "debug trap (#DB)", 2: "NMI", 3: "breakpoint (#BP)", 4: "overflow (#OF)",
    5: "bound range exceeded (#BR)", 6: "invalid opcode (#UD)", 7: "no x87 or SSE (#NM)", 8: "double fault (#DF)",
    10: "invalid TSS (#TS)", 11: "segment not present (#NP)", 12: "stack fault (#SS)",
    13: "general protection (#GP)", 14: "page fault (#PF)", 16: "x87 error (#MF)", 17: "alignment check (#AC)",
    19: "SIMD error (#XM)",
}  # fmt: skip
"""Vector to its name."""

HAVE_ERROR_CODE = frozenset({8, 10, 11, 12, 13, 14, 17})
"""Those that push an error code, outside real mode."""
CONTRIBUTORY = frozenset({0, 10, 11, 12, 13})
"""Those of which two together are a double fault."""


def exception_name(vector: int) -> str:
    """Return what an exception is called."""
    return EXCEPTIONS.get(vector, f"exception {vector}")
