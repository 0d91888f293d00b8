"""Judge the exercises of notebook 03: from real mode to paging to 64 bits."""

from __future__ import annotations

from random import Random

from allocator.assembly.assembler import assemble
from allocator.exercises.exercise import Exercise, NotYetError, expect, program
from allocator.machine.machine import Machine
from allocator.machine.pc import PC
from allocator.machine.run import RETURNED
from allocator.units import FRAME_SIZE, MIB

_ADDRESSES = 50
_ENTRIES = 1024


def _judge_real(given: object) -> None:
    image = assemble(text="bits 16\norg 0x7C00\nhlt\ntimes 510 - ($ - $$) db 0\ndw 0xAA55", bits=16)
    pc = PC(image)
    pc.boot()
    address = pc.translate((0x1234, 0x0010)).address
    assert address is not None
    expect(given, address, {0x1244: "That is the sum. The segment has to be multiplied by 16 first."})


REAL = Exercise(
    _judge_real,
    "In hexadecimal, times 16 is one more digit 0 at the end.",
    ("linear = segment × 16 + offset.", "0x1234 × 16 is 0x12340."),
)


def _judge_large(given: object) -> None:
    linear = 0xC0123456
    named = "That is the linear address. Which page does entry 768 of the directory name?"
    expect(given, linear - (768 << 22), {linear: named})


LARGE = Exercise(
    _judge_large,
    "The page begins at 0, and the offset in it is what is left of the address: its lower 22 bits.",
    ("Section 5 does it by hand for 0xC0100000.", "large.translate(0xC0123456) draws it."),
)


def _judge_tables(given: object) -> None:
    page_tables = 64 * MIB // (_ENTRIES * FRAME_SIZE)
    without_directory = {page_tables * FRAME_SIZE: "These are the page tables. Something leads to them."}
    expect(given, (page_tables + 1) * FRAME_SIZE, without_directory)


TABLES = Exercise(
    _judge_tables,
    "A directory and 16 page tables of 4 KiB each: about a thousandth of the memory that they map.",
    (
        "How many pages of 4 KiB are 64 MiB? Each takes an entry of 4 bytes.",
        "A page table has 1,024 entries. So has the directory, of which most are not used.",
    ),
)


def _judge_index(given: object) -> None:
    machine = Machine(program(given, "directory_index"))
    random = Random(2)
    for _ in range(_ADDRESSES):
        address = random.getrandbits(47)
        run = machine.call("directory_index", rdi=address)
        if run.stop.kind != RETURNED:
            raise NotYetError(f"The routine does not return: {run.stop.message}.")
        expected = address >> 21 & 511
        if run.rax != expected:
            raise NotYetError(f"For the address {address:#x} it returns {run.rax:#x}, and should return {expected:#x}.")


INDEX = Exercise(
    _judge_index,
    "A processor does just that for every access to memory, four times over, and remembers the results in its TLB.",
    ("shr moves the bits that you want down to bit 0.", "and keeps the lowest nine: 511 is nine ones."),
)
