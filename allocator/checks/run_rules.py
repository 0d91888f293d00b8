"""Find what a whole run breaks, and no single moment: code of another width, the end of a segment of code, frames.

- Code that was assembled for one width and ran as another: the descriptor in CS says something else, or no far jump
  loaded one. Only of a run that failed, as some code means something in both.
- The instruction pointer behind the limit of CS, which the engine does not check.
- IRET that takes more or less from the stack than the interrupt pushed, or an error code with it.
- A push of 16-bit code that goes on at the other end of its segment.
- Addresses with bit 20 while address line 20 is closed, which the engine never does.

Source: Intel SDM volume 3, sections 3.4.5 (D and L), 5.3 (limits), 6.12.1, 6.13 and 6.14.3 (frames, error codes, IRET),
8.7.13.4 (A20M#).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from allocator.checks.access_rules import ACCESS_RULES, setting_of
from allocator.checks.inspection import Finding, Inspection, Look
from allocator.checks.mode_rules import LEADS, RULES, Rule
from allocator.checks.run_end import is_misread
from allocator.instructions.anatomy import dissect
from allocator.instructions.disassembly import decode
from allocator.machine.segments import Segment
from allocator.registers import FULL
from allocator.trace.broken_rule import Setting
from allocator.trace.schema import MAKERS, WRITE
from allocator.trace.trace import Trace

_INTERRUPT = MAKERS.index("interrupt")
_REAL_LIMIT = 0xFFFF
_LINE_20 = 1 << 20
_MOST_INTERRUPTS = 10_000
_LONGEST_PUSH = 0x100
_MOST_WRAPS = 100
_PUSHING = ("push", "call", "int", "enter")


def _nothing(_now: object) -> str:
    return ""


WIDTH = Rule("code runs in the width it is made for", "3.4.5", _nothing, (), LEADS)
COUNTER = Rule("the instruction pointer stays within the limit", "5.3", _nothing)
LINE_20 = Rule("address line 20 is open above 1 MiB", "8.7.13.4", _nothing)
RUN_RULES = (*ACCESS_RULES, WIDTH, COUNTER, LINE_20)
"""The rules that are not asked of one moment."""
_OF_MOMENTS = {rule.name: rule for rule in RULES}
_ROOM = _OF_MOMENTS["a stack has room"]
_STALE = _OF_MOMENTS["a far transfer follows the switch"]
FRAME = _OF_MOMENTS["IRET takes the frame that was pushed"]
ERROR_CODE = _OF_MOMENTS["the error code is taken off before IRET"]


def broken_by_run(trace: Trace, inspection: Inspection) -> tuple[Finding, ...]:
    """Return the rules that the run as a whole broke."""
    return (
        *_other_width(trace, inspection), *_behind_code(trace, inspection), *_frames(trace, inspection),
        *_folded(trace, inspection), *_wrapped(trace),
    )  # fmt: skip


# -- the width of code --


def _other_width(trace: Trace, inspection: Inspection) -> Iterator[Finding]:
    if not inspection.has_failed:
        return
    numbers = [number for number, place in enumerate(trace.columns.places) if is_misread(trace.image, place)]
    step = min((_first_step(trace, number) for number in numbers), default=None)
    if step is None:
        return
    place, look = trace[step].place, inspection.look_at(step)
    bits = trace.image.bits_at(place.address)
    where = trace.image.locate(place.address)
    ran = f"the {bits}-bit code at {where or hex(place.address)} runs as {place.bits}-bit code"
    if look and "cs" in look.stale:
        selector = look.state.registers.cs
        yield Finding(step, _STALE, f"{ran}: no far jump has loaded CS = {selector:#x} since CR0.PE was set")
    else:
        yield Finding(step, WIDTH, f"{ran}: {_code_words(look)}", _code_setting(trace, inspection, step, look))


def _code_words(look: Look | None) -> str:
    if look is None:
        return "the descriptor in CS says so"
    segment = look.state.segments["cs"]
    described = Segment(segment.attributes << 32)
    bits = f"L {described.value >> 53 & 1}, D {described.value >> 54 & 1}"
    registers = look.state.registers
    mode = "real mode" if registers.is_real else "long mode" if registers.is_long else "protected mode"
    return f"CS = {segment.selector:#x} was loaded with {bits}, in {mode}"


def _code_setting(trace: Trace, inspection: Inspection, step: int, look: Look | None) -> tuple[Setting, ...]:
    return () if look is None else (setting_of(trace, inspection, "cs", step, look.state.segments["cs"]),)


def _first_step(trace: Trace, number: int) -> int:
    import numpy as np

    return int(np.argmax(trace.arrays.place == number))


# -- the end of a segment of code --


def _behind_code(trace: Trace, inspection: Inspection) -> Iterator[Finding]:
    found, smallest = [], _smallest_limit(inspection)
    for number, place in enumerate(trace.columns.places):
        if place.bits != 64 and place.offset + len(place.code) - 1 > smallest:
            found.append((_first_step(trace, number), place))
    for step, place in sorted(found, key=lambda each: each[0]):
        look = inspection.look_at(step)
        if look is None and place.mode != "real16":
            continue  # nobody can tell what CS held
        is_real = place.mode == "real16"
        limit = _REAL_LIMIT if is_real or look is None else look.state.segments["cs"].limit
        if place.offset + len(place.code) - 1 > limit:
            ends = "a segment in real mode ends" if is_real else f"CS = {trace[step].before.cs:#x} ends"
            yield Finding(step, COUNTER, f"code runs at offset {place.offset:#x}, and {ends} at {limit:#x}: #GP",
                          _code_setting(trace, inspection, step, look))  # fmt: skip
            return


def _smallest_limit(inspection: Inspection) -> int:
    limits = (look.state.segments["cs"].limit for look in inspection.looks if not look.state.registers.is_real)
    return min(_REAL_LIMIT, *limits, _REAL_LIMIT)


# -- frames --


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


def _frames(trace: Trace, inspection: Inspection) -> Iterator[Finding]:
    """Follow interrupts and their returns, nested as they are."""
    if not inspection.has_failed:
        return
    open_frames: list[_Frame] = []
    handled = {step for step in sorted(inspection.handled)[:_MOST_INTERRUPTS] if trace[step].mode != "real16"}
    returns = _returns(trace)
    for step in sorted(handled | returns):
        found = _mismatch(trace, step, open_frames.pop()) if open_frames and step in returns else None
        if found:
            yield found
            return
        if step in handled:  # also an IRET that was refused
            open_frames.append(_frame(trace, step))


def _returns(trace: Trace) -> set[int]:
    import numpy as np

    numbers = [
        number
        for number, place in enumerate(trace.columns.places)
        if place.mode != "real16" and decode(place.code, place.bits).name.startswith("iret")
    ]
    return set(np.flatnonzero(np.isin(trace.arrays.place, numbers))[:_MOST_INTERRUPTS].tolist())


def _frame(trace: Trace, step: int) -> _Frame:
    rows = range(trace.access_rows[step], trace.access_rows[step + 1])
    made = [row for row in rows if trace.columns.makers.get(row) == _INTERRUPT and trace.columns.kind[row] == WRITE]
    return _Frame(step, trace.registers_at(step + 1).rsp, int(trace.columns.size[made[-1]]) if made else 0, len(made))


def _mismatch(trace: Trace, step: int, frame: _Frame) -> Finding | None:
    place = trace[step].place
    anatomy = dissect(place.code, place.bits)
    size = anatomy.operand_size(place.bits) if anatomy else frame.size
    source = f"step {frame.step} pushed {frame.words} words of {frame.size} bytes"
    if size != frame.size:
        hint = " (write iretq)" if frame.size == 8 else ""
        name = trace[step].text.upper()
        return Finding(step, FRAME, f"{name} takes words of {size} bytes from the stack, and {source}{hint}")
    pointer = trace.registers_at(step).rsp
    if frame.has_error_code and pointer == frame.pointer:
        sentence = f"IRET takes the error code at {pointer:#x} for the return address: {source}, with an error code"
        return Finding(step, ERROR_CODE, sentence)
    return None


# -- the beginning of a stack --


def _wrapped(trace: Trace) -> Iterator[Finding]:
    """Find the first push of 16-bit code that goes on at the other end of the stack's segment.

    SP = 0 is how people name a stack of 64 KiB, and no wrap.
    """
    import numpy as np

    columns = trace.columns
    rows = np.flatnonzero(np.asarray(columns.register) == FULL.index("rsp"))
    after = np.asarray(columns.value)[rows] & np.uint64(_REAL_LIMIT)
    before = np.concatenate([np.array([trace.start.rsp & _REAL_LIMIT], np.uint64), after[:-1]])
    is_wrap = (before > 0) & (before < _LONGEST_PUSH) & (after > _REAL_LIMIT - _LONGEST_PUSH)
    for place in np.flatnonzero(is_wrap)[:_MOST_WRAPS].tolist():
        step = trace[trace.change_rows.step_of(int(rows[place]))]
        if step.bits == 16 and step.decoded.name.startswith(_PUSHING):
            pointers = f"from SP = {int(before[place]):#x} to {int(after[place]):#x}"
            sentence = (
                f"{step.decoded.name.upper()} goes {pointers}: the stack wraps to the end of SS = {step.before.ss:#x}"
            )
            yield Finding(step.index, _ROOM, sentence)
            return


# -- address line 20 --


def _folded(trace: Trace, inspection: Inspection) -> Iterator[Finding]:
    """Find the first address with bit 20 while the line is closed."""
    closed = [look for look in inspection.looks if not look.has_line_20]
    if not closed:
        return
    first, last = closed[0].step, closed[-1].step
    for row in range(trace.access_rows[first], trace.access_rows[last + 1]):
        address = int(trace.columns.physical.get(row, trace.columns.address[row]))
        if address & _LINE_20:
            step = trace.step_of_access(row)
            folded = f"the access to {address:#x} reaches {address & ~_LINE_20:#x}"
            yield Finding(step, LINE_20, f"address line 20 is closed (port 92h, bit 1): {folded} on a real PC")
            return
