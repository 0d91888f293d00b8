"""Lay out what the terminal player shows of a moment: steps, source, registers, pages, memory.

A pane is a list of lines, a line a list of pieces (`ink.py`), none wider or higher than it was asked for. The moment
`n` is before step `n`: the mark stands at what comes next, and what changed is what step `n - 1` did.
"""

from __future__ import annotations

from functools import cached_property

from allocator.addresses import Range
from allocator.instructions.disassembly import decode
from allocator.machine.page_map import ABSENT, FREE, USED
from allocator.registers import FLAGS, GENERAL, STATUS_FLAGS
from allocator.source import printable
from allocator.trace.trace import Step, Trace
from allocator.units import FRAME_SIZE
from allocator.views.effects import step_effects
from allocator.views.ink import Piece
from allocator.views.names import Names
from allocator.views.page_history import PagesInTrace

Line = list[Piece]
REGISTERS = (*GENERAL, "rip", "rflags")
"""What can be selected in the pane of registers, in order."""
ROW_BYTES = 16
_PLACE_WIDTH = 14
_NARROW = 44
"""Columns below which the registers stand without their meaning."""
_LONGEST_TEXT, _SHORTEST_TEXT = 30, 17
_MOST_PLACES = 5000
_CELLS = {ABSENT: "\N{MIDDLE DOT}", FREE: "\N{LIGHT SHADE}", USED: "\N{FULL BLOCK}"}
_MIXED, _ODD = "\N{DARK SHADE}", "?"
_FLAGS_SHOWN = (*STATUS_FLAGS, "df", "if")


class Panes:
    """The panes of one trace."""

    def __init__(self, trace: Trace) -> None:
        self.trace = trace
        self._names = Names(trace.run)

    @cached_property
    def _pages(self) -> PagesInTrace:
        return PagesInTrace(self.trace)

    # -- where we are --

    def title(self, moment: int) -> str:
        """Return the moment in words."""
        trace = self.trace
        if moment == len(trace):
            where = f"the end: {trace.stop.kind.replace('_', ' ')}"
        else:
            step = trace[moment]
            where = f"{step.location or hex(step.address)}, {step.mode}"
        return printable(f"{trace.run.routine}   step {moment:,} of {len(trace):,}   {where}")

    def steps(self, moment: int, width: int, height: int) -> list[Line]:
        """Return the steps around a moment, one in a line, and how the run ended behind the last."""
        first = min(max(0, moment - height // 2), max(0, len(self.trace) + 1 - height))
        shown = range(first, min(first + height, len(self.trace) + 1))
        return [cut(self._step_line(index, index == moment, width), width) for index in shown]

    def _step_line(self, index: int, is_now: bool, width: int) -> Line:
        if index == len(self.trace):
            return [_mark(is_now), Piece(printable(self.trace.stop.message), "flow")]
        step = self.trace[index]
        place, text = min(_PLACE_WIDTH, width // 7), min(self._text_width, max(_SHORTEST_TEXT, width // 3))
        line = [
            _mark(is_now),
            Piece(f"{index:>{len(str(len(self.trace)))}}  ", "step"),
            Piece(f"{_short_place(step)[:place]:<{place}}  ", "address"),
            Piece(f"{step.text:<{text}}  ", "instruction"),
        ]
        for piece in step_effects(step, self._names):
            line += [piece, Piece("  ")]
        return line

    @cached_property
    def _text_width(self) -> int:
        places = self.trace.columns.places[:_MOST_PLACES]
        texts = (decode(place.code, place.bits, place.address).text for place in places)
        return min(_LONGEST_TEXT, max(map(len, texts), default=1))

    def source(self, moment: int, width: int, height: int) -> list[Line]:
        """Return the lines of source around the instruction that comes next, or at the end around the last one."""
        if not len(self.trace):
            return []
        line = self.trace[min(moment, len(self.trace) - 1)].line
        if line is None:
            return [[Piece("outside the source", "flow")]]
        first = max(1, line.line - height // 2)
        last = min(len(line.source.lines), first + height - 1)
        return [
            cut(
                [
                    _mark(number == line.line and moment < len(self.trace)),
                    Piece(f"{number:>5}  ", "step"),
                    Piece(
                        printable(line.source.line(number).expandtabs(8)),
                        "instruction" if number == line.line else "comment",
                    ),
                ],
                width,
            )
            for number in range(first, last + 1)
        ]

    # -- the machine --

    def registers(self, moment: int, selected: str | None, width: int) -> list[Line]:
        """Return all registers, one in a line, and the flags; what the step before changed is marked."""
        values = self.trace.registers_at(moment)
        changed = self._changed(moment)
        lines = []
        for name in REGISTERS:
            said = f" {self._names.value(values[name])}" if name not in ("rip", "rflags") else ""
            known = said if not said.startswith((" 0x", *(f" {digit}" for digit in range(10)))) else ""
            style = "mark" if name in changed else ""
            lines.append(
                [
                    Piece(">" if name == selected else " ", "error"),
                    Piece(f"{name:<6} {values[name]:016x} {'*' if name in changed else ' '}", style),
                    Piece(printable(known) if width >= _NARROW else "", "flow"),
                ]
            )
        return [cut(line, width) for line in (*lines, self._flags(moment, width))]

    def _flags(self, moment: int, width: int) -> Line:
        values = self.trace.registers_at(moment)
        changed = self._changed(moment)
        if width < _NARROW:
            return [
                Piece(f" flags  {' '.join(name for name in _FLAGS_SHOWN if values.rflags >> FLAGS[name] & 1)}".upper())
            ]
        pieces = [Piece("  ")]
        for name in _FLAGS_SHOWN:
            pieces.append(
                Piece(f"{name.upper()}={values.rflags >> FLAGS[name] & 1} ", "mark" if name in changed else "")
            )
        return pieces

    def _changed(self, moment: int) -> set[str]:
        if not moment:
            return set()
        step = self.trace[moment - 1]
        return {*step.registers, *step.flags, *(["rflags"] if step.flags else [])}

    def pages(self, moment: int, width: int) -> list[Line]:
        """Return the page map as a strip, its legend, and below it which pages the step before touched."""
        states = self._pages.at(moment)
        most = max(1, width * 2)
        each = -(-len(states) // most)
        cells = [_cell(states[start : start + each]) for start in range(0, len(states), each)]
        touched = self._pages.touched(self.trace[moment - 1]) if moment else range(0)
        touched_cells = {page // each for page in touched if page < len(states)}
        lines = [
            [Piece(f"pages 0-{len(states) - 1}: {states.count(FREE):,} free, {states.count(USED):,} used", "heading")]
        ]
        for start in range(0, len(cells), width):
            row = range(start, min(start + width, len(cells)))
            lines.append([Piece(cells[cell], "mark" if cell in touched_cells else _role(cells[cell])) for cell in row])
        return [*lines, [Piece(self._touched_text(moment, touched), "flow")]]

    def _touched_text(self, moment: int, touched: range) -> str:
        if not touched:
            return "free \N{LIGHT SHADE}  used \N{FULL BLOCK}  absent \N{MIDDLE DOT}"
        kinds = {access.kind for access in self.trace[moment - 1].accesses}
        verb = "wrote" if "write" in kinds else "read"
        return f"{verb} page {touched.start}" + (f"-{touched.stop - 1}" if len(touched) > 1 else "")

    def memory(self, moment: int, around: int, rows: int, selected: int | None) -> list[Line]:
        """Return some rows of memory from the one that holds `around` on; bytes that nothing tells are ``??``."""
        start = around - around % ROW_BYTES - rows // 2 * ROW_BYTES
        start = min(max(0, start), (1 << 64) - rows * ROW_BYTES)
        touched = self._touched(moment)
        values = self._bytes(moment, Range(start, start + rows * ROW_BYTES))
        return [
            self._memory_row(start + row, values[row : row + ROW_BYTES], touched, selected)
            for row in range(0, len(values), ROW_BYTES)
        ]

    def _bytes(self, moment: int, where: Range) -> list[int | None]:
        """Return the bytes of `where`, asked for frame by frame: one may be there where the one before is not."""
        found: list[int | None] = []
        at = where.start
        while at < where.end:
            end = min(where.end, at - at % FRAME_SIZE + FRAME_SIZE)
            found += self.trace.memory_at(moment, Range(at, end))
            at = end
        return found

    def _memory_row(self, address: int, values: list[int | None], touched: set[int], selected: int | None) -> Line:
        pieces = [Piece(f"{address:>10x} ", "address")]
        for offset, value in enumerate(values):
            at = address + offset
            left = "[" if at == selected else "]" if at - 1 == selected and offset else " "
            text = f"{left}{'??' if value is None else f'{value:02x}'}"
            pieces.append(Piece(text, "mark" if at == selected else "write" if at in touched else ""))
        pieces.append(Piece("]" if selected == address + ROW_BYTES - 1 else "", "mark"))
        return pieces

    def _touched(self, moment: int) -> set[int]:
        accesses = self.trace[moment - 1].accesses if moment else ()
        return {at for access in accesses for at in range(access.address, access.address + min(access.size, 4096))}

    def last_access(self, moment: int) -> int | None:
        """Return the address that the step before a moment touched last, or None."""
        accesses = self.trace[moment - 1].accesses if moment else ()
        return accesses[-1].address if accesses else None


def _mark(is_now: bool) -> Piece:
    return Piece("\N{BLACK RIGHT-POINTING POINTER} " if is_now else "  ", "error")


def _short_place(step: Step) -> str:
    """Return the local part of a label, or the distance from it."""
    location = step.location
    if location is None:
        return f"{step.address:x}"[-_PLACE_WIDTH:]
    said = f"+{location.offset:#x}" if location.offset else location.label[location.label.rfind(".", 1) :]
    return printable(said if location.offset or "." in location.label else location.label)[:_PLACE_WIDTH]


def cut(line: Line, width: int) -> Line:
    """Return a line without what does not fit."""
    kept: Line = []
    for piece in line:
        if width <= 0:
            break
        kept.append(Piece(piece.text[:width], piece.role))
        width -= len(piece.text)
    return kept


def _cell(states: bytes) -> str:
    kinds = set(states)
    if len(kinds) > 1:
        return _MIXED
    return _CELLS.get(kinds.pop(), _ODD)


def _role(cell: str) -> str:
    return {_CELLS[FREE]: "good", _CELLS[USED]: "write"}.get(cell, "flow")


def said_of(step: Step | None, what: str) -> str:
    """Return the answer to who wrote something, in words."""
    return f"{what}: nobody before here" if step is None else f"{what} was written by step {step.index:,}: {step.text}"
