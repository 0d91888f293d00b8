"""Show where a value came from, the answer first and the inputs last.

    why rax at the end: 0x3a00000

    step  line
      48   109  mov rax, rbx          rax = 0x3a00000    from rbx (47)
      47   107  shl rbx, ...          rbx = 0x3a00000    from rbx (46)         ; RBX = its address
      ...
    computed from
      os_MemAmount = 0x40             4 bytes at 0x110108, as they lay there at the start

- A number in brackets is the step, further down, that made what is used.
- Steps that only move the stack pointer are counted, not shown, unless it is the stack pointer that is asked for.
- Steps that repeat are shown once, with how often they repeat.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from allocator.registers import FLAGS, REGISTERS
from allocator.source import printable
from allocator.trace.step import Step
from allocator.trace.why import Input, Source, Why, flow_table
from allocator.views.effects import describe_access
from allocator.views.fold import Stretch, find_short_loops
from allocator.views.ink import PLAIN, Ink, Piece
from allocator.views.names import Names, page_range
from allocator.views.rows import Column, draw_row
from allocator.views.source_text import condensed

MAX_ROWS = 60
_NARROWEST = 24
_MOST_INPUTS = 24
DEFAULT_WIDTH = 140


def why_text(why: Why, *, width: int = DEFAULT_WIDTH, ink: Ink = PLAIN) -> Iterator[str]:
    """Yield the lines of an explanation."""
    view = _View(why, width, ink)
    yield view.heading()
    yield from view.rows()
    yield from view.inputs()
    yield from view.decisions()


def moment_text(length: int, moment: int) -> str:
    """Return a moment in words."""
    return "at the end" if moment == length else "at the start" if moment == 0 else f"before step {moment:,}"


class _View:
    """One explanation being shown."""

    def __init__(self, why: Why, width: int, ink: Ink) -> None:
        self._why = why
        self._trace = why.trace
        self._names = Names(why.trace.run)
        self._ink = ink
        self._about_stack = why.target.name in REGISTERS and REGISTERS[why.target.name].full == "rsp"
        rest = max(3 * _NARROWEST, width - 6 - 6 - 10)
        statement = min(36, rest // 4)
        made = used = min(44, (rest - statement) // 3)
        self._columns = [
            Column(6, ">"), Column(5, ">"), Column(statement), Column(made), Column(used),
            Column(max(_NARROWEST, rest - statement - made - used)),
        ]  # fmt: skip

    def heading(self) -> str:
        """Return what was asked, and the value."""
        why = self._why
        value = "unknown" if why.value is None else self._value(why.value)
        asked = f"why {printable(why.target.name)} {moment_text(len(self._trace), why.moment)}"
        return self._ink.paint(f"{asked}: {value}", "heading")

    def _value(self, value: int | bytes) -> str:
        if isinstance(value, bytes):
            return value.hex(" ") if len(value) > 8 else f"{int.from_bytes(value, 'little'):#x}"
        meaning = self._names.value(value)
        return f"{value:#x}" if meaning in (f"{value:#x}", str(value)) else f"{value:#x} ({meaning})"

    # -- steps --

    def rows(self) -> Iterator[str]:
        """Yield a line for each step, latest first."""
        steps = self._shown_steps()
        if not len(steps):
            yield "nothing in the run made it"
            return
        yield self._ink.paint(f"{'step':>6}  {'line':>5}", "step")
        shown = 0
        for stretch in find_short_loops(self._trace.arrays.place[steps]):
            if shown >= MAX_ROWS:
                yield f"{'...':>6}  {len(steps) - stretch.start:,} more steps before these"
                break
            yield from self._stretch(steps, stretch)
            shown += stretch.length
        hidden = len(self._why) - len(steps)
        if hidden:
            what = "steps that only move" if hidden > 1 else "step that only moves"
            yield f"{'':>6}  and {hidden:,} {what} the stack pointer"

    def _shown_steps(self) -> npt.NDArray[np.int64]:
        steps = self._why.steps[::-1]
        return steps if self._about_stack else steps[~self._why.only_moves_stack(steps)]

    def _stretch(self, steps: npt.NDArray[np.int64], stretch: Stretch) -> Iterator[str]:
        start, length, times = stretch
        for step in steps[start : start + length].tolist():
            yield from self._row(step)
        if times > 1:
            last, first = steps[start + length], steps[start + length * times - 1]
            what = "the step above" if length == 1 else f"the {length} steps above"
            yield self._ink.paint(f"{'x':>6}  {what}, {times - 1:,} times more: steps {first:,} to {last:,}", "flow")

    def _row(self, number: int) -> Iterator[str]:
        step = self._trace[number]
        line = step.line
        statement, comment = condensed(line) if line else ("", "")
        if self._why.is_exchange(number):
            comment = "three XORs exchange the two registers"
        cells = [
            [Piece(f"{number}", "step")],
            [Piece(str(line.line) if line else "", "source")],
            [Piece(printable(statement) or step.text, "instruction")],
            list(self._made(step)),
            list(self._used(number)),
            [Piece(comment, "comment")],
        ]
        yield from draw_row(self._columns, cells, self._ink)

    def _made(self, step: Step) -> Iterator[Piece]:
        after = step.after
        for name in self._why.contribution(step.index):
            if name in FLAGS:
                yield Piece(f"{name.upper()} = {after[name]}", "flag")
            elif name in REGISTERS and (self._about_stack or REGISTERS[name].full != "rsp"):
                yield Piece(f"{name} = {self._names.value(after[name])}", "register")
        for access in self._why.written(step.index):
            yield from describe_access(access, self._names, step.decoded.is_repeated)

    def _used(self, number: int) -> Iterator[Piece]:
        sources = [each for each in self._why.sources(number) if self._is_told(each)]
        if not sources:
            yield Piece("a constant", "flow")
        for position, source in enumerate(sources):
            yield Piece(f"{'' if position else 'from '}{self._source(source)}", "flow")

    def _is_told(self, source: Source) -> bool:
        is_stack = source.name in REGISTERS and REGISTERS[source.name].full == "rsp"
        return self._about_stack or not is_stack

    def _source(self, source: Source) -> str:
        name = self._names.address(source.where.start) if source.where else source.name
        shown = name.upper() if name in FLAGS else name
        value = "" if source.value is None else f" = {self._names.value(source.value)}"
        if source.where is None and source.makers:
            value = ""  # it stands in the row of the step that made it
        makers = ", ".join(f"{maker:,}" for maker in source.makers)
        return f"{shown}{value} ({makers})" if makers else f"{shown}{value}"

    # -- inputs --

    def inputs(self) -> Iterator[str]:
        """Yield what the value was computed from."""
        inputs = [each for each in self._why.inputs if each.kind != "constant"]
        constants = [each for each in self._why.inputs if each.kind == "constant"]
        yield ""
        yield self._ink.paint("computed from", "heading")
        for each in inputs[:_MOST_INPUTS]:
            yield f"  {self._input(each)}"
        if len(inputs) > _MOST_INPUTS:
            yield f"  and {len(inputs) - _MOST_INPUTS:,} more inputs"
        if constants:
            shown = ", ".join(f"{each.name} ({each.step:,})" for each in constants[:8])
            more = f" and {len(constants) - 8:,} more" if len(constants) > 8 else ""
            yield f"  {'constants of the program':<34}{shown}{more}"
        if not inputs and not constants:
            yield "  nothing"

    def _input(self, given: Input) -> str:
        if given.kind == "outside":
            return f"{given.name:<34}from outside of the program, first at step {given.step:,}"
        if given.where is None:
            value = "" if not isinstance(given.value, int) else f" = {self._number(given.value)}"
            return f"{given.name.upper() if given.name in FLAGS else given.name}{value}".ljust(34) + self._whose(given)
        size = given.where.size
        named = f"{self._names.address(given.where.start)}{self._bytes(given)}"
        where = f"{size} byte{'s' if size > 1 else ''} at {given.where.start:#x}"
        pages = f" ({page_range(given.where.start - self._names.page_map.start, size)})" if self._is_page(given) else ""
        return f"{named:<34}{where}{pages}, as {'they' if size > 1 else 'it'} lay there at the start"

    def _is_page(self, given: Input) -> bool:
        return given.where is not None and given.where.start in self._names.page_map

    def _whose(self, given: Input) -> str:
        if given.name in REGISTERS and REGISTERS[given.name].full == "rsp":
            return "where the stack lay at the start"
        return "as the routine found it at the start"

    def _number(self, value: int) -> str:
        return str(value) if value < 10 else f"{value:#x}"

    def _bytes(self, given: Input) -> str:
        if not isinstance(given.value, bytes):
            return ""
        if len(given.value) in (1, 2, 4, 8) and given.where and given.where.start not in self._names.page_map:
            return f" = {self._number(int.from_bytes(given.value, 'little'))}"
        shown = given.value[:8].hex(" ")
        return f" = {shown}{' ...' if len(given.value) > 8 else ''}"

    # -- decisions --

    def decisions(self) -> Iterator[str]:
        """Yield the branches that decided the path, each place once."""
        if not self._why.control:
            if any(flow.is_decision for flow in flow_table(self._trace).flows):
                yield "  which way the run went, and why, is another question: ask 'with control'"
            return
        decisions = self._why.decisions
        yield ""
        yield self._ink.paint("and these branches decided the path", "heading")
        places = self._trace.arrays.place[decisions]
        numbers, first, counts = np.unique(places, return_index=True, return_counts=True)
        for position in np.argsort(first)[:MAX_ROWS].tolist():
            steps = decisions[places == numbers[position]]
            yield self._branch(int(decisions[first[position]]), int(counts[position]), self._taken(steps))
        if not len(numbers):
            yield "  none"

    def _taken(self, steps: npt.NDArray[np.int64]) -> int:
        steps = steps[steps + 1 < len(self._trace)]
        place = self._trace.arrays.place
        ends = np.array([each.address + len(each.code) for each in self._trace.columns.places], np.uint64)
        starts = np.array([each.address for each in self._trace.columns.places], np.uint64)
        return int((starts[place[steps + 1]] != ends[place[steps]]).sum())

    def _branch(self, first: int, count: int, taken: int) -> str:
        step = self._trace[first]
        line = step.line
        statement = condensed(line)[0] if line else step.text
        by = ", ".join(self._source(source) for source in self._why.decided_by(first) if self._is_told(source))
        times = f"{count:,} time{'s' if count > 1 else ''}, taken {taken:,}"
        said = f"{line.line if line else '':>5}  {printable(statement):<28}  {times:<24}"
        return f"  {said}  first at step {first:,}{f', by {by}' if by else ''}".rstrip()
