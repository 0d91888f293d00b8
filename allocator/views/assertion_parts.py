"""Say the parts that explanations of failed assertions have in common, in lines that fit below pytest's own.

memory.asm:100:                                               the source line, with a caret below the statement
        mov     rax, rbx
        ^^^^^^^^^^^^^^^^
   47  line  99  shl rbx, PAGE_SIZE_BITS   rbx=0x3a00000      executed instructions: step, line, statement, effects
=> 48  line 100  mov rax, rbx              rax=0x3a00000
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator

from allocator.machine.pc import BOOT
from allocator.machine.run import Run
from allocator.registers import FLAGS, REGISTERS
from allocator.source import printable
from allocator.trace.step import Step
from allocator.trace.trace import Trace
from allocator.trace.why import Input, Why
from allocator.views.effects import describe_access, step_effects
from allocator.views.names import Names
from allocator.views.report import fault_report
from allocator.views.source_text import condensed, split_comment
from allocator.views.why import why_text

WIDTH = 92
"""Columns: pytest puts eight before them."""
MOST_ROWS = 40
"""Rows of one part, also where everything is asked for."""
_STATEMENT = 30
_CUT = ("    ", "  =>", "=>")
"""What lines of tables and of source begin with."""
_CONTINUED = 20
_COMMAND = "  try "
"""What a line begins with that is there to be copied."""
_CHAIN = 3
_LAST_STEPS = 3
_SHOWN_BYTES = 8


def fitted(lines: Iterable[str], is_full: bool) -> Iterator[str]:
    """Yield lines that fit and cannot control a terminal.

    Sentences go on below, and so do tables and source where everything is asked for; else those are cut.
    """
    for line in lines:
        shown = printable(line).rstrip()
        is_row = shown.startswith(_CUT)
        if len(shown) <= WIDTH or shown.startswith(_COMMAND):
            yield shown
        elif is_row and not is_full:
            yield f"{shown[: WIDTH - 4].rstrip()} ..."
        else:
            margin = " " * (_CONTINUED if is_row else len(shown) - len(shown.lstrip()) + 2)
            yield from textwrap.wrap(shown, WIDTH, subsequent_indent=margin)


# -- where --


def source_lines(step: Step) -> Iterator[str]:
    """Yield the line of source that a step came from, with a caret below its statement."""
    line = step.line
    if line is None:
        yield f"    {step.text}    at {step.address:#x}, outside of the source"
        return
    text = printable(line.source.line(line.line).expandtabs(8)).rstrip()
    statement, _ = split_comment(text)
    column = text.find(statement)
    yield f"    {text[: column + len(statement)]}"
    yield "    " + " " * column + "^" * max(1, len(statement))


def place_of(step: Step) -> str:
    """Return file and line of a step, or its address."""
    return f"{step.line.source.name}:{step.line.line}" if step.line else f"{step.address:#x}"


def statement_of(step: Step) -> str:
    """Return what the source says at a step, or the disassembly."""
    return condensed(step.line)[0] or step.text if step.line else step.text


def moment_words(trace: Trace, moment: int | None, run: Run) -> str:
    """Return when something was, in words: after the call, or before a step."""
    if moment is None or moment >= len(trace):
        return f"after {run.routine}"
    if moment == 0:
        return f"at the start of {run.routine}"
    return f"before step {moment:,} ({place_of(trace[moment])})"


# -- rows --


def rows(trace: Trace, steps: Iterable[int], marked: int | None = None) -> Iterator[str]:
    """Yield a row for each step: what was executed, and what it did."""
    names = Names(trace.run)
    for number in steps:
        step = trace[number]
        effects = "  ".join(piece.text for piece in step_effects(step, names))
        yield _row(trace, step, effects, "=>" if number == marked else "")


def _row(trace: Trace, step: Step, said: str, mark: str = "") -> str:
    width = len(str(len(trace)))
    line = f"line {step.line.line:>4}" if step.line else " " * 9
    statement = statement_of(step)
    cut = statement if len(statement) <= _STATEMENT else f"{statement[: _STATEMENT - 3]}..."
    return f"{mark:>4} {step.index:>{width}}  {line}  {cut:<{_STATEMENT}}  {said}"


def around(trace: Trace, index: int, is_full: bool) -> Iterator[str]:
    """Yield the instructions executed around a step, marked itself."""
    reach = 5 if is_full else 1
    yield "the instructions around it"
    yield from rows(trace, range(max(0, index - reach), min(len(trace), index + reach + 1)), index)


def some_rows(trace: Trace, steps: tuple[int, ...], is_full: bool) -> Iterator[str]:
    """Yield rows of the first of these steps, and how many more there are."""
    shown = MOST_ROWS if is_full else 5
    yield from rows(trace, steps[:shown])
    if len(steps) > shown:
        yield f"     and {len(steps) - shown:,} more"


# -- why --


def chain(why: Why, is_full: bool) -> Iterator[str]:
    """Yield where a value came from: the last steps that made it and its inputs, or all of the explanation."""
    if is_full:
        yield "where it came from"
        yield from (f"  {line}" for line in list(why_text(why, width=WIDTH - 2))[1:])
        return
    why = why.values
    earlier = why.steps[::-1][1:]
    names = Names(why.trace.run)
    if len(earlier):
        yield "which was computed by"
    for number in earlier[:_CHAIN].tolist():
        step = why.trace[number]
        yield _row(why.trace, step, "  ".join(_made(why, step, names)))
    more = f"and {len(earlier) - _CHAIN:,} more steps; " if len(earlier) > _CHAIN else ""
    inputs = list(_inputs(why, names))
    yield f"{more}in the end it comes from {', '.join(inputs)}" if inputs else f"{more}it is a constant of the program"


def _made(why: Why, step: Step, names: Names) -> Iterator[str]:
    for name in why.contribution(step.index):
        if name in FLAGS:
            yield f"{name.upper()} = {step.after[name]}"
        elif name in REGISTERS and REGISTERS[name].full != "rsp":
            yield f"{name} = {names.value(step.after[name])}"
    for access in why.written(step.index):
        yield from (piece.text for piece in describe_access(access, names, step.decoded.is_repeated))


def _inputs(why: Why, names: Names) -> Iterator[str]:
    found = [given for given in why.inputs if given.kind != "constant"]
    found = [given for given in found if given.name not in REGISTERS or REGISTERS[given.name].full != "rsp"]
    yield from (_input(given, why.trace.run, names) for given in found[:4])
    if len(found) > 4:
        yield f"{len(found) - 4:,} more inputs"


def _input(given: Input, run: Run, names: Names) -> str:
    if given.where is None:
        is_given = given.name in REGISTERS and REGISTERS[given.name].full in run.given
        whose = "as given" if is_given else "at the reset" if run.routine == BOOT.name else "the caller's"
        return f"{given.name} = {names.value(given.value)} ({whose})" if isinstance(given.value, int) else given.name
    named = names.address(given.where.start)
    if not isinstance(given.value, bytes) or len(given.value) > _SHOWN_BYTES:
        return f"{given.where.size} bytes at {named}"
    number = int.from_bytes(given.value, "little")
    is_number = len(given.value) in (1, 2, 4, 8)
    return f"{named} = {f'{number:#x}' if is_number else given.value.hex(' ')} (memory)"


# -- faults --


def fault_lines(run: Run, is_full: bool) -> Iterator[str]:
    """Yield the report on a fault: what, where, the source line and the last steps, or all of it."""
    for section in fault_report(run).split("\n\n"):
        heading, *lines = section.split("\n")
        if is_full:
            yield from (heading, *lines, "")
        elif heading.startswith("last steps"):
            yield from (heading, *lines[-_LAST_STEPS:])
        elif not heading.startswith(("registers", "flags", "stack", "SUMMARY")):
            yield from (heading, *lines)
