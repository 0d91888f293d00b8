"""Tell how a run ended: as its program meant it to, or in a fault, in the handler of one, or in code of another width.

Source: Intel SDM volume 3, sections 6.12 (frames), 3.4.5 (the width of code).
"""

from __future__ import annotations

from allocator.assembly.image import Image
from allocator.machine.run import LIMIT
from allocator.trace.schema import MAKERS, WRITE, Place
from allocator.trace.trace import Trace

SOFTWARE = ("int", "int3", "int1", "into")
"""The mnemonics of software interrupts."""
_INTERRUPT = MAKERS.index("interrupt")
_LONGEST_HANDLER = 100_000
_REPEATED = 3
"""Faults at one place after which its handler is taken not to have helped."""


def handled_steps(trace: Trace) -> frozenset[int]:
    """Return the steps whose interrupt or exception reached a handler."""
    rows = [row for row, by in trace.columns.makers.items() if by == _INTERRUPT]
    if not rows:
        return frozenset()
    import numpy as np

    ends = np.cumsum(np.asarray(trace.columns.accesses), dtype=np.int64)
    return frozenset(np.searchsorted(ends, rows, side="right").tolist())


def has_failed(trace: Trace) -> bool:
    """Tell whether the run ended otherwise than its program meant it to; a jump to itself is an end."""
    last = trace[-1]
    is_spin = trace.stop.kind == LIMIT and last.decoded.target == last.address
    return (trace.stop.is_fault and not is_spin) or is_misread(trace.image, last.place)


def last_fault(trace: Trace, handled: frozenset[int]) -> int | None:
    """Return the step of an exception in whose handler the run ended, or to which its handler returned for ever.

    None where there is none, or in real mode. A step that a device interrupted, or that interrupted itself, is no
    exception; an INT that was refused is one.
    """
    step = _unfinished(trace, handled)
    if step is None:
        return _endless(trace, handled)
    return step if is_exception(trace, step) else None


def ended_in_device_handler(trace: Trace, handled: frozenset[int]) -> bool:
    """Tell whether the run ended in the handler of an interrupt that a device sent."""
    step = _unfinished(trace, handled)
    return step is not None and not is_exception(trace, step) and trace[step].decoded.name not in SOFTWARE


def is_exception(trace: Trace, step: int) -> bool:
    """Tell whether what a handler was entered for was the fault of the instruction, or of fetching the next."""
    return not _is_behind(trace, step) or _is_fetch(trace, step)


def _unfinished(trace: Trace, handled: frozenset[int]) -> int | None:
    """Return the last step whose handler did not return; None in real mode."""
    step = max(handled, default=None)
    if step is None or trace[step].mode == "real16" or step + 1 >= len(trace):
        return None
    is_back = any(trace[number].decoded.name.startswith("iret") for number in _after(trace, step))
    is_done = trace[step + 1].before.rip == trace[step].before.rip
    return None if is_back or is_done else step


def _endless(trace: Trace, handled: frozenset[int]) -> int | None:
    """Return the step of a fault that came again and again, up to the limit."""
    recent = sorted(handled)[-_REPEATED:]
    if trace.stop.kind != LIMIT or len(recent) < _REPEATED or trace[recent[0]].mode == "real16":
        return None
    is_same = len({trace.columns.place[step] for step in recent}) == 1
    return recent[0] if is_same and not _is_behind(trace, recent[0]) else None


def _after(trace: Trace, step: int) -> range:
    return range(step + 1, min(len(trace), step + _LONGEST_HANDLER))


def _is_behind(trace: Trace, step: int) -> bool:
    """Tell whether the frame leads behind the instruction, which ran: what interrupted it came from a device."""
    return trace[step].place.offset not in pushed_words(trace, step)


def _is_fetch(trace: Trace, step: int) -> bool:
    """Tell whether the frame leads to where the instruction jumped, and that could not be fetched: CR2 says so."""
    address = trace.registers_at(step + 1)["cr2"]
    pushed = pushed_words(trace, step)
    is_new = address != trace.registers_at(step)["cr2"] and address in pushed
    return is_new or any(word >> 47 not in (0, 0x1FFFF) for word in pushed[-2:])


def pushed_words(trace: Trace, step: int) -> list[int]:
    """Return the words that a step's interrupt pushed, in that order: (SS, pointer,) flags, CS, counter (, code)."""
    rows = range(trace.access_rows[step], trace.access_rows[step + 1])
    pushed = [row for row in rows if trace.columns.makers.get(row) == _INTERRUPT and trace.columns.kind[row] == WRITE]
    return [int(trace.columns.after[row]) for row in pushed]


def is_misread(image: Image, place: Place) -> bool:
    """Tell whether the image has code of another width there, with the bytes that ran."""
    line, segment = image.line_at(place.address), image.segment_at(place.address)
    if line is None or segment is None or not line.code or line.bits == place.bits:
        return False
    offset = place.address - segment.start
    return segment.data[offset : offset + len(place.code)] == place.code
