"""Find what handlers of interrupts break: how they return, and whether they end the interrupt.

- IRET takes words of the size that were pushed, and finds the stack pointer where the frame begins: neither an error
  code nor anything that the handler pushed lies before it.
- A handler returns with IRET: RET takes the instruction pointer alone.
- An interrupt of a device is ended at its controller; until then it holds back itself and all of higher numbers.

Not modelled: stacks that a handler changes (a task switch): what it pushed is found by its distance from the frame.

Source: Intel SDM volume 3, sections 6.12.1, 6.13, 6.14.3 (frames, error codes, IRET), volume 2, IRET; 8259A data sheet.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from allocator.addresses import Range
from allocator.checks.inspection import Finding, Inspection
from allocator.checks.mode_rules import ENDANGERS, LEADS, RULES, Rule
from allocator.checks.run_end import last_fault
from allocator.checks.source_lines import is_of_program, setting_by
from allocator.instructions.anatomy import dissect
from allocator.instructions.disassembly import decode
from allocator.trace.broken_rule import Setting
from allocator.trace.schema import MAKERS, WRITE
from allocator.trace.trace import Trace

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

_INTERRUPT = MAKERS.index("interrupt")
_MOST_INTERRUPTS = 10_000
_MOST_LEFT = 0x100
"""Bytes below a frame that a handler may have forgotten there; farther away it changed stacks."""


def _nothing(_now: object) -> str:
    return ""


ERROR_CODE = Rule("the error code is taken off before IRET", "6.13", _nothing, (), LEADS)
BALANCE = Rule("a handler pops what it pushed", "6.12.1", _nothing, (), LEADS)
NO_IRET = Rule("a handler returns with IRET", "volume 2, IRET", _nothing, (), ENDANGERS)
END = Rule("an interrupt is ended at its controller", "8259A, OCW2", _nothing, (), ENDANGERS)
WORDS = Rule("a controller gets all its words", "8259A, ICW1 to ICW4", _nothing, (), ENDANGERS)
HANDLER_RULES = (ERROR_CODE, BALANCE, NO_IRET, END, WORDS)
_FRAME = next(rule for rule in RULES if rule.name == "IRET takes the frame that was pushed")


class _Frame(NamedTuple):
    """What an interrupt pushed: by which step, the stack pointer behind it, words of which size, and how many."""

    step: int
    pointer: int
    size: int
    words: int

    @property
    def has_error_code(self) -> bool:
        """Whether it holds an error code: of frames of 64 bits the sixth word, else the fourth or sixth."""
        return self.words == 6 or (self.size != 8 and self.words == 4)


def broken_by_handlers(trace: Trace, inspection: Inspection) -> Iterator[Finding]:
    """Yield what the handlers of a run broke: the first frame that was not taken as it was pushed."""
    yield from _frames(trace, inspection)
    yield from _ended(trace, inspection)


def _frames(trace: Trace, inspection: Inspection) -> Iterator[Finding]:
    """Follow interrupts and their returns, nested as they are."""
    handled = _handled(trace, inspection)
    if not handled:
        return
    open_frames: list[_Frame] = []
    returns = _returns(trace)
    for step in sorted(handled | returns):
        if open_frames and step in returns:
            found = _mismatch(trace, step, open_frames, inspection.has_failed)
            if found:
                yield found
                return
        if step in handled:  # also an IRET that was refused
            open_frames.append(_frame(trace, step))


def _handled(trace: Trace, inspection: Inspection) -> set[int]:
    """Return the steps that entered a handler of the program's own, not the firmware's."""
    first = sorted(inspection.handled | _ending(trace, inspection))[:_MOST_INTERRUPTS]
    return {step for step in first if trace[step].mode != "real16" or _is_own(trace, step + 1)}


def _ending(trace: Trace, inspection: Inspection) -> set[int]:
    fault = last_fault(trace, inspection.handled)
    return set() if fault is None else {fault}


def _is_own(trace: Trace, step: int) -> bool:
    return step < len(trace) and is_of_program(trace, trace[step].address)


def _returns(trace: Trace) -> set[int]:
    import numpy as np

    numbers = [
        number
        for number, place in enumerate(trace.columns.places)
        if _is_return(decode(place.code, place.bits).name) and is_of_program(trace, place.address)
    ]
    found: npt.NDArray[np.int64] = np.flatnonzero(np.isin(trace.arrays.place, numbers))
    return set(found[:_MOST_INTERRUPTS].tolist())


def _is_return(name: str) -> bool:
    return name.startswith(("iret", "ret"))


def _frame(trace: Trace, step: int) -> _Frame:
    rows = range(trace.access_rows[step], trace.access_rows[step + 1])
    made = [row for row in rows if trace.columns.makers.get(row) == _INTERRUPT and trace.columns.kind[row] == WRITE]
    return _Frame(step, trace.registers_at(step + 1).rsp, int(trace.columns.size[made[-1]]) if made else 0, len(made))


def _mismatch(trace: Trace, step: int, frames: list[_Frame], has_failed: bool) -> Finding | None:
    """Return what is wrong with a return, and take the frame that it belongs to."""
    frame, pointer = frames[-1], trace.registers_at(step).rsp
    name = trace[step].decoded.name
    if not name.startswith("iret"):
        is_of_frame = pointer == frame.pointer and not trace[step].decoded.operands
        return _plain_return(trace, step, frame, has_failed) if is_of_frame else None
    frames.pop()
    if not has_failed:
        return None
    return _width(trace, step, frame) or _left_over(trace, step, frame, pointer)


def _plain_return(trace: Trace, step: int, frame: _Frame, has_failed: bool) -> Finding:
    name = trace[step].decoded.name.upper()
    sentence = (
        f"{name} returns from the handler that step {frame.step} entered, and leaves "
        f"{'the flags' if name == 'RETF' else 'CS and the flags'} of its frame on the stack (write iret)"
    )
    rule = NO_IRET._replace(weight=LEADS) if has_failed else NO_IRET
    return Finding(step, rule, sentence, (setting_by(trace, "frame", f"{frame.words} words", frame.step),))


def _width(trace: Trace, step: int, frame: _Frame) -> Finding | None:
    place = trace[step].place
    anatomy = dissect(place.code, place.bits)
    size = anatomy.operand_size(place.bits) if anatomy else frame.size
    if size == frame.size:
        return None
    hint = {2: "iretw", 4: "iretd", 8: "iretq"}.get(frame.size, "iret")
    sentence = f"{trace[step].text.upper()} takes words of {size} bytes from the stack, and {_source(frame)} ({hint})"
    return Finding(step, _FRAME, sentence, _pushed_by(trace, frame))


def _left_over(trace: Trace, step: int, frame: _Frame, pointer: int) -> Finding | None:
    """Find what IRET takes for the frame that it is not."""
    if frame.has_error_code and pointer == frame.pointer:
        sentence = (
            f"IRET takes the error code at {pointer:#x} for the return address: {_source(frame)}, with an error code "
            f"(add {frame.size} to the stack pointer first)"
        )
        return Finding(step, ERROR_CODE, sentence, _pushed_by(trace, frame))
    begins = frame.pointer + (frame.size if frame.has_error_code else 0)
    if pointer == begins or abs(begins - pointer) > _MOST_LEFT:
        return None
    distance = begins - pointer
    what = f"{distance} bytes below" if distance > 0 else f"{-distance} bytes above"
    sentence = f"IRET finds the stack pointer at {pointer:#x}, {what} the frame: {_source(frame)}, to {begins:#x}"
    return Finding(step, BALANCE, sentence, _on_top(trace, step, frame, pointer))


def _source(frame: _Frame) -> str:
    return f"step {frame.step} pushed {frame.words} words of {frame.size} bytes"


def _pushed_by(trace: Trace, frame: _Frame) -> tuple[Setting, ...]:
    return (setting_by(trace, "frame", f"{frame.words} words", frame.step),)


def _on_top(trace: Trace, step: int, frame: _Frame, pointer: int) -> tuple[Setting, ...]:
    """Return what lies on top of the stack, which IRET takes for the return address."""
    base = trace[step].before.ss << 4 if trace[step].mode == "real16" else 0
    where = Range(base + pointer, base + pointer + frame.size)
    writer = trace.last_write(where, step)
    return (setting_by(trace, f"what lies at {pointer:#x}", "taken for the counter", writer.index),) if writer else ()


# -- the end of an interrupt --


def _ended(trace: Trace, inspection: Inspection) -> Iterator[Finding]:
    """Find an interrupt that was never ended, where the run waits for another one."""
    held, awaited = inspection.in_service, inspection.awaited
    last = trace[-1]
    if not (held or awaited) or last.decoded.name != "hlt" or not last.before["if"] or inspection.has_failed:
        return
    if awaited:
        words = " and ".join(f"ICW{number}" for number in awaited)
        sentence = f"the processor waits for an interrupt, and the first controller still waits for {words} (port 21h)"
        yield Finding(len(trace) - 1, WORDS, sentence)
        return
    entered = max((step for step in inspection.handled), default=None)
    number = (held & -held).bit_length() - 1
    sentence = (
        f"the processor waits for an interrupt, and line {number} is still in service at its controller (in-service "
        f"register {held:#x}): without the end of interrupt (20h to port 20h) none of lower rank comes any more"
    )
    settings = () if entered is None else (setting_by(trace, f"interrupt of line {number}", "taken", entered),)
    yield Finding(len(trace) - 1, END, sentence, settings)
