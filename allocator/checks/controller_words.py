"""Find who told the first interrupt controller where its vectors begin: ICW2, the word after ICW1.

Source: Intel 8259A data sheet, ICW1 and ICW2.
"""

from __future__ import annotations

import re

from allocator.checks.source_lines import setting_by
from allocator.machine.pic import MASTER_COMMAND, MASTER_DATA
from allocator.trace.broken_rule import Setting
from allocator.trace.trace import Trace

_OUT = re.compile(r"\bout (0x2[01]|dx), al")
_ICW1 = 0x10
_LINES = 8


def vectors_set_by(trace: Trace, before: int, vector: int) -> Setting:
    """Return the setting of the vectors of the first controller before a step; ``vector`` is one of them."""
    step, is_awaited = None, False
    for number in _written(trace, before):
        port, value = _port(trace, number), trace[number].before.al
        if port == MASTER_DATA and is_awaited:
            step = number
        is_awaited = port == MASTER_COMMAND and bool(value & _ICW1)
    first = vector // _LINES * _LINES
    return setting_by(trace, "vectors of the controller", f"{first:#x} to {first + _LINES - 1:#x}", step)


def _written(trace: Trace, before: int) -> list[int]:
    """Return the steps before `before` that write to a port of the controller."""
    import numpy as np

    places = [number for number, place in enumerate(trace.columns.places) if place.code[:1] in (b"\xe6", b"\xee")]
    steps: list[int] = np.flatnonzero(np.isin(trace.arrays.place[:before], places)).tolist()
    return [step for step in steps if _OUT.search(trace[step].text) and _port(trace, step) in _PORTS]


_PORTS = (MASTER_COMMAND, MASTER_DATA)


def _port(trace: Trace, step: int) -> int:
    code = trace[step].code
    return code[1] if code[0] == 0xE6 else trace[step].before.dx
