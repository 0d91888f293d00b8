"""Find what a whole run breaks, and no single moment: code of another width, the end of a segment of code, frames.

- Code that was assembled for one width and ran as another: the descriptor in CS says something else, or no far jump
  loaded one. Only of a run that failed, as some code means something in both.
- The instruction pointer behind the limit of CS, which the engine does not check.
- A push of 16-bit code that goes on at the other end of its segment.
- Addresses with bit 20 while address line 20 is closed, which the engine never does.
- Writes of a booted program to the firmware's ROM, which are kept here.

What handlers break is in `handler_rules`, where a run goes astray in `course_rules`.

Source: Intel SDM volume 3, sections 3.4.5 (D and L), 5.3 (limits), 8.7.13.4 (A20M#).
"""

from __future__ import annotations

from collections.abc import Iterator

from allocator.checks.access_rules import ACCESS_RULES, setting_of
from allocator.checks.course_rules import COURSE_RULES, OVERWRITTEN, astray, operand_settings
from allocator.checks.handler_rules import HANDLER_RULES, broken_by_handlers
from allocator.checks.inspection import Finding, Inspection, Look
from allocator.checks.mode_rules import ENDANGERS, LEADS, RULES, Rule
from allocator.checks.run_end import is_misread
from allocator.checks.source_lines import setting_by
from allocator.machine.bios_rom import SIZE, START
from allocator.machine.segments import Segment
from allocator.registers import FULL
from allocator.trace.broken_rule import Setting
from allocator.trace.schema import BOOT, PROGRAM, WRITE
from allocator.trace.trace import Trace

_REAL_LIMIT = 0xFFFF
_LINE_20 = 1 << 20
_LONGEST_PUSH = 0x100
_MOST_WRAPS = 100
_PUSHING = ("push", "call", "int", "enter")


def _nothing(_now: object) -> str:
    return ""


COUNTER = Rule("the instruction pointer stays within the limit", "5.3", _nothing)
LINE_20 = Rule("address line 20 is open above 1 MiB", "8.7.13.4", _nothing)
FIRST_OF_STEP = (OVERWRITTEN, *HANDLER_RULES)
"""Rules that explain what others say of the same step."""
ROM = Rule("what is written lies in memory", "INT 15h, E820: reserved", _nothing, (), ENDANGERS)
RUN_RULES = (*ACCESS_RULES, COUNTER, LINE_20, ROM, *COURSE_RULES)
"""The other rules that are not asked of one moment."""
_OF_MOMENTS = {rule.name: rule for rule in RULES}
_ROOM = _OF_MOMENTS["a stack has room"]
_STALE = _OF_MOMENTS["a far transfer follows the switch"]
WIDTH = _OF_MOMENTS["code runs in the width it is made for"]


def broken_by_run(trace: Trace, inspection: Inspection) -> tuple[Finding, ...]:
    """Return the rules that the run as a whole broke."""
    return (
        *_other_width(trace, inspection), *_behind_code(trace, inspection), *broken_by_handlers(trace, inspection),
        *_folded(trace, inspection), *_wrapped(trace, inspection), *_into_rom(trace), *astray(trace, inspection),
    )  # fmt: skip


# -- the width of code --


def _other_width(trace: Trace, inspection: Inspection) -> Iterator[Finding]:
    if not inspection.has_failed:
        return
    numbers = [number for number, place in enumerate(trace.columns.places) if is_misread(trace.image, place)]
    step = min((_first_step(trace, number) for number in numbers), default=None)
    if step is None:
        yield from _never_reloaded(trace, inspection)
        return
    place, look = trace[step].place, inspection.look_at(step)
    bits = trace.image.bits_at(place.address)
    where = trace.image.locate(place.address)
    ran = f"the {bits}-bit code at {where or hex(place.address)} runs as {place.bits}-bit code"
    if look and "cs" in look.stale:
        registers, by = look.state.registers, inspection.setter("cr0", step)
        sentence = f"{ran}: no far jump has loaded CS = {registers.cs:#x} since CR0.PE was set"
        yield Finding(step, _STALE, sentence, (setting_by(trace, "CR0", f"{registers.cr0:#x}", by),))
    else:
        yield Finding(step, WIDTH, f"{ran}: {_code_words(look)}", _code_setting(trace, inspection, step, look))


def _never_reloaded(trace: Trace, inspection: Inspection) -> Iterator[Finding]:
    """Find, without sources, that a run went on in 16-bit code after the switch until it failed."""
    switched = inspection.setter("cr0", len(trace))
    if trace.image.lines or switched is None or trace[-1].bits != 16 or "cs" not in inspection.looks[-1].stale:
        return
    registers = trace.run.state_after.registers
    sentence = f"16-bit code ran on until it failed: no far jump has loaded CS = {registers.cs:#x} since CR0.PE was set"
    step = min(switched + 1, len(trace) - 1)
    yield Finding(step, _STALE, sentence, (setting_by(trace, "CR0", f"{registers.cr0:#x}", switched),))


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
        if look and not is_real and look.state.registers.cs != trace[step].before.cs:
            continue  # an interrupt changed it since
        limit = _REAL_LIMIT if is_real or look is None else look.state.segments["cs"].limit
        if place.offset + len(place.code) - 1 > limit:
            ends = "a segment in real mode ends" if is_real else f"CS = {trace[step].before.cs:#x} ends"
            yield Finding(step, COUNTER, f"code runs at offset {place.offset:#x}, and {ends} at {limit:#x}: #GP",
                          _code_setting(trace, inspection, step, look))  # fmt: skip
            return


def _smallest_limit(inspection: Inspection) -> int:
    limits = (look.state.segments["cs"].limit for look in inspection.looks if not look.state.registers.is_real)
    return min(_REAL_LIMIT, *limits, _REAL_LIMIT)


# -- the beginning of a stack --


def _wrapped(trace: Trace, inspection: Inspection) -> Iterator[Finding]:
    """Find the first push of 16-bit code that goes on at the other end of the stack's segment.

    SP = 0 is how people name a stack of 64 KiB, and no wrap, unless pushes led there.
    """
    import numpy as np

    columns = trace.columns
    rows = np.flatnonzero(np.asarray(columns.register) == FULL.index("rsp"))
    after = np.asarray(columns.value)[rows] & np.uint64(_REAL_LIMIT)
    before = np.concatenate([np.array([trace.start.rsp & _REAL_LIMIT], np.uint64), after[:-1]])
    earlier = np.concatenate([np.zeros(1, np.uint64), before[:-1]])
    is_used_up = (before == 0) & (earlier > 0) & (earlier < _LONGEST_PUSH)
    is_low = (before > 0) & (before < _LONGEST_PUSH)
    is_wrap = (is_low | is_used_up) & (after > _REAL_LIMIT - _LONGEST_PUSH)
    for place in np.flatnonzero(is_wrap)[:_MOST_WRAPS].tolist():
        step = trace[trace.change_rows.step_of(int(rows[place]))]
        if step.bits == 16 and step.decoded.name.startswith(_PUSHING):
            pointers = f"from SP = {int(before[place]):#x} to {int(after[place]):#x}"
            sentence = (
                f"{step.decoded.name.upper()} goes {pointers}: the stack wraps to the end of SS = {step.before.ss:#x}"
            )
            yield Finding(step.index, _ROOM._replace(weight=LEADS) if inspection.has_failed else _ROOM, sentence)
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


# -- the firmware's ROM --


def _into_rom(trace: Trace) -> Iterator[Finding]:
    """Find the first write of a booted program to the firmware's ROM, which takes it here."""
    import numpy as np

    if trace.run.routine != BOOT:
        return
    columns = trace.columns
    addresses, kinds = np.asarray(columns.address), np.asarray(columns.kind)
    rows = np.flatnonzero((addresses >= START) & (addresses < START + SIZE) & (kinds == WRITE))
    for row in rows.tolist():
        if columns.makers.get(row, PROGRAM) == PROGRAM and row not in columns.physical:
            address, step = int(columns.address[row]), trace.step_of_access(row)
            sentence = f"the write to {address:#x} reaches the firmware's ROM, which keeps what it has on a real PC"
            yield Finding(step, ROM, sentence, operand_settings(trace, trace[step]))
            return
