"""Find the line of source of a step, also where page tables show its code at another address than it was loaded to.

A step of the firmware has none, and is named as such.
"""

from __future__ import annotations

from allocator.assembly.image import Line
from allocator.machine.bios_rom import SIZE, START
from allocator.trace.broken_rule import Setting
from allocator.trace.step import Step
from allocator.trace.trace import Trace

_PAGED = ("paged32", "long64")
_LONGEST_SERVICE = 64
_DATA_END = 0x500
"""Below lie the vectors of real mode and the data of the firmware."""
_POINTERS = ("sp", "esp", "rsp")
_MOVING = ("push", "pop", "call", "ret", "int")
_MOST_MOVES = 200


def line_of(trace: Trace, step: int) -> Line | None:
    """Return the line that a step was assembled from; None where no source has it."""
    place = trace[step].place
    found = trace[step].line
    if found is not None or place.mode not in _PAGED:
        return found
    physical = trace.translate(place.address, step).physical
    segment = None if physical is None else trace.image.segment_at(physical)
    if physical is None or segment is None:
        return None
    offset = physical - segment.start
    is_same = segment.data[offset : offset + len(place.code)] == place.code
    return trace.image.line_at(physical) if is_same else None


def text_of(trace: Trace, step: int) -> str:
    """Return the instruction of a step, with its address where no source has it."""
    chosen = trace[step]
    if chosen.line is not None:
        return chosen.text
    return (
        f"the firmware ({chosen.text})"
        if START <= chosen.address < START + SIZE
        else f"{chosen.address:#x}: {chosen.text}"
    )


def is_of_program(trace: Trace, address: int) -> bool:
    """Tell whether the program's code lies there; of a disk without its sources all is that the firmware has not."""
    if not trace.image.lines:
        return address >= _DATA_END and not START <= address < START + SIZE
    line = trace.image.line_at(address)
    return line is not None and line.code


def setting_by(trace: Trace, name: str, value: str, step: int | None) -> Setting:
    """Return the setting of a register by a step, or by none."""
    if step is None:
        return Setting(name, value, None)
    step = _asked(trace, step)
    return Setting(name, value, step, text_of(trace, step), line_of(trace, step))


def last_setter(trace: Trace, flag: str, before: int) -> Step | None:
    """Return what set a flag, past the services of the firmware, which give it back as it was."""
    writer = trace.who_set(flag, before)
    rounds = 0
    while writer is not None and writer.decoded.name in ("int", "iret") and rounds < _MOST_MOVES:
        writer, rounds = trace.who_set(flag, writer.index), rounds + 1
    return writer


def setting_of_register(trace: Trace, name: str, value: int, before: int) -> Setting:
    """Return the setting of a register; of a stack pointer, what set it, and did not only move it."""
    writer = trace.who_set(name, before)
    rounds = 0
    while writer is not None and name in _POINTERS and writer.decoded.name.startswith(_MOVING) and rounds < _MOST_MOVES:
        writer, rounds = trace.who_set(name, writer.index), rounds + 1
    return setting_by(trace, name.upper(), f"{value:#x}", writer.index if writer else None)


def _asked(trace: Trace, step: int) -> int:
    """Return the INT of the program that a step of the firmware serves; the step itself where there is none."""
    for number in range(step, max(-1, step - _LONGEST_SERVICE), -1):
        if not START <= trace[number].address < START + SIZE:
            is_int = trace[number].decoded.name == "int" and trace[number].line is not None
            return number if is_int else step
    return step
