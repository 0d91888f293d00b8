"""Say of one step of an explanation what ran, what it made that was used, and what of.

      48    100  mov rax, rbx                      rax = 0x3a00000           from rbx (47)
     340    153  INT 15h AX=E820h                  write e820_entry, 20 ...  what the firmware answers
    1127         mov dword [0x401000], 0xaaaaaaaa  sets accessed in the PTE  from 0x5004 = 0x10007

- A number in brackets is the step that made what is used.
- A service of the firmware is called by its name, and stands at the line of the INT.
- Bits that the processor set in page tables are told apart from what the step stored.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from allocator.registers import FLAGS, REGISTERS
from allocator.source import printable
from allocator.trace.firmware_calls import FirmwareCall, call_at
from allocator.trace.step import Access, Step
from allocator.trace.why import Source, Why
from allocator.views.effects import describe_access
from allocator.views.firmware_calls import call_name, purpose_of
from allocator.views.ink import Piece
from allocator.views.names import Names
from allocator.views.source_text import condensed
from allocator.views.table_entries import entry_text

_LONGEST_NUMBER = 8


class Row(NamedTuple):
    """The cells of a step, each in pieces."""

    step: int
    line: str
    ran: list[Piece]
    made: list[Piece]
    used: list[Piece]
    comment: list[Piece]


class StepWords:
    """The words for the steps of one explanation."""

    def __init__(self, why: Why) -> None:
        self._why = why
        self.names = Names(why.trace.run)

    def row(self, number: int) -> Row:
        """Return the row of a step."""
        step = self._why.trace[number]
        call = call_at(self._why.trace, number)
        line = call.caller.line if call and call.caller else step.line
        return Row(
            number,
            str(line.line) if line else "",
            [Piece(call_name(call) if call else statement_of(step), "instruction")],
            list(self._made(step)),
            list(self._used(step, call)),
            [Piece(comment, "comment") for comment in self._comment(step, call) if comment],
        )

    def _comment(self, step: Step, call: FirmwareCall | None) -> Iterator[str]:
        if call:
            yield f"the firmware: {purpose_of(call)}" if purpose_of(call) else "the firmware"
        elif self._why.is_exchange(step.index):
            yield "three XORs exchange the two registers"
        elif {access.by for access in self._why.written(step.index)} == {"mmu"}:
            yield "by the page walk, not by the program"
        else:
            yield condensed(step.line)[1] if step.line else ""

    def _made(self, step: Step) -> Iterator[Piece]:
        after = step.after
        for name in self._why.contribution(step.index):
            if name in FLAGS:
                yield Piece(f"{name.upper()} = {after[name]}", "flag")
            elif name in REGISTERS:
                yield Piece(f"{name} = {self.names.value(after[name])}", "register")
        for access in self._why.written(step.index):
            yield from self._stored(step, access)

    def _stored(self, step: Step, access: Access) -> Iterator[Piece]:
        if access.by == "mmu":
            yield Piece(entry_text(step, access), "write")
        elif access.by == "firmware" or (access.size > _LONGEST_NUMBER and access.address not in self.names.page_map):
            yield Piece(f"write {self.names.address(access.address)}, {access.size:,} bytes", "write")
        else:
            yield from describe_access(access, self.names, step.decoded.is_repeated)

    def _used(self, step: Step, call: FirmwareCall | None) -> Iterator[Piece]:
        if call:
            yield Piece("what the firmware answers", "flow")
            return
        sources = self._why.sources(step.index)
        if self._why.is_from_outside(step.index):
            yield Piece("from outside of the program", "flow")
        elif not sources:
            yield Piece("a constant", "flow")
        for position, source in enumerate(sources):
            yield Piece(f"{'' if position else 'from '}{self.source(source)}", "flow")

    def source(self, source: Source) -> str:
        """Return a source in words: its name, its value where it was made elsewhere, and by which step."""
        makers = ", ".join(f"{maker:,}" for maker in source.makers)
        made = f" ({makers})" if makers else ""
        if source.where is None:
            shown = source.name.upper() if source.name in FLAGS else source.name
            # The value of what a step made stands in the row of that step.
            is_input = source.value is not None and not makers
            return f"{shown}{f' = {self.names.value(source.value or 0)}' if is_input else ''}{made}"
        name = self.names.address(source.where.start)
        if source.where.size > _LONGEST_NUMBER:
            return f"{name}, {source.where.size:,} bytes{made}"
        return f"{name} = {self.names.value(source.value or 0)}{made}"


def statement_of(step: Step) -> str:
    """Return what ran, as the source has it; what lies outside of the source as it is disassembled."""
    return printable(condensed(step.line)[0]) if step.line else step.text
