"""Judge the exercises of notebook 05: two programs and one memory."""

from __future__ import annotations

from functools import cache
from random import Random

from allocator.assembly.assembler import assemble, shipped
from allocator.exercises.exercise import Exercise, NotYetError, expect, number, program
from allocator.machine.machine import Machine
from allocator.machine.page_entries import BITS_32, Paging
from allocator.machine.paging import Access, walk
from allocator.machine.pc import PC
from allocator.machine.run import RETURNED
from allocator.machine.segments import Selector
from allocator.units import FRAME_SIZE, MIB

_DIRECTORY, _TABLES, _MAPPED = 4 * MIB, 5 * MIB, 3
_ADDRESSES = 60


@cache
def _booted() -> PC:
    pc = PC(assemble(shipped("privilege.asm")))
    pc.boot()
    return pc


def _judge_selector(given: object) -> None:
    value = number(given)
    if not 0 <= value <= 0xFFFF:
        raise NotYetError("A selector has 16 bits.")
    chosen = Selector(value)
    if chosen.index != 5:
        raise NotYetError(f"This selects entry {chosen.index}. The index begins at bit 3.")
    if chosen.table != "gdt":
        raise NotYetError("Bit 2 is set: this selects an entry of another table, the LDT.")
    if chosen.rpl != 3:
        raise NotYetError(f"The entry is right, and the lowest two bits say {chosen.rpl}.")


SELECTOR = Exercise(
    _judge_selector,
    "That is how TASK, entry 5, would be written for a program of level 3: 0x28 is the same entry for the kernel.",
    (
        "The lowest three bits are no part of the index. So entry 1 is 8, and entry 2 is 16.",
        "The lowest two bits are the level, and both are set for level 3.",
    ),
)


def _judge_place(given: object) -> None:
    pc, linear = _booted(), 0x401234
    place_of_a, place_of_b = (_place(pc, root, linear) for root in (0x2000, 0x3000))
    named = {place_of_a: "There A keeps its bytes.", linear: "That is the linear address."}
    expect(given, place_of_b, named)


def _place(pc: PC, root: int, linear: int) -> int:
    [run] = [run for run in pc.page_tables(root).ranges if run.start <= linear < run.end]
    return run.physical + linear - run.start


PLACE = Exercise(
    _judge_place,
    "Only the upper 20 bits are translated. The last three hexadecimal digits are the offset in the page: 0x234.",
    ("The table of section 5 says where the page 0x401000 of B lies.", "The offset in the page stays what it is."),
)


def _judge_error_code(given: object) -> None:
    fault = _booted().translate(0x403000, Access("write", is_user=True)).fault
    assert fault is not None
    there = "Bit 0 says that the page was there. It was not."
    mistakes = {7: there, 5: there, 3: there, 2: "Who did it? Bit 2.", 4: "That would be a read. Bit 1."}
    expect(given, fault.error_code, mistakes)


ERROR_CODE = Exercise(
    _judge_error_code,
    "A page that is not there is the usual case: a system finds out what the program meant, and maps a page.",
    (
        "Bit 0: the page was there. Bit 1: it was a write. Bit 2: by a program of level 3.",
        "The table of section 5 has no row for 0x403000.",
    ),
)


def _judge_walk(given: object) -> None:
    machine = Machine(program(given, "walk"))
    random = Random(5)
    _lay_tables(machine, random)
    for _ in range(_ADDRESSES):
        linear = random.randrange(2 * _MAPPED * 4 * MIB)
        run = machine.call("walk", eax=linear, ebx=_DIRECTORY, limit=1000)
        if run.stop.kind != RETURNED:
            raise NotYetError(f"The routine does not return: {run.stop.message}.")
        expected = walk(Paging(BITS_32, _DIRECTORY, has_large_pages=False), linear, machine.read).physical or 0
        if run.registers.eax != expected:
            raise NotYetError(f"For {linear:#x} it returns {run.registers.eax:#x}, and should return {expected:#x}.")


def _lay_tables(machine: Machine, random: Random) -> None:
    """Put a directory and some page tables into memory, in which about half of the entries are present."""
    for place in range(_MAPPED):
        table = _TABLES + place * FRAME_SIZE
        machine.write(_DIRECTORY + 8 * place, (table | 7).to_bytes(4, "little"))
        entries = (random.randrange(1 << 20) << 12 | random.choice((0, 0x67)) for _ in range(1024))
        machine.write(table, b"".join(entry.to_bytes(4, "little") for entry in entries))


WALK = Exercise(
    _judge_walk,
    "A processor has this routine in hardware. It also looks at R/W and U/S in both entries, and sets A and D.",
    (
        "shr eax, 22 leaves the number of the entry in the directory; an entry has 4 bytes: [ebx + ecx*4].",
        "The lowest 12 bits of an entry are flags: and ecx, 0xFFFFF000 leaves the address.",
        "Bit 0 of each of the two entries has to be looked at: test ecx, 1.",
    ),
)
