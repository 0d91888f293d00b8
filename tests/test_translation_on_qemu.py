"""Our translation and QEMU's monitor say the same of page tables that programs made: of a whole boot, and of processes.

Asked of the monitor: where single addresses lead (``gva2gpa``), and every mapped page (``info tlb``). The tables' own
bytes, accessed and dirty bits included, are compared as well.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from typing import NamedTuple

import pytest
from oracles import require_qemu
from reference import qemu

from allocator import PC, Disk, assemble, shipped
from allocator.machine.page_ranges import PageRange

ADDRESSES = 40
DISK_SIZE = 1 << 20


class Program(NamedTuple):
    """Files of asm/, where their page tables lie, and how large their linear addresses are."""

    files: tuple[str, ...]
    tables: tuple[int, int]
    bits: int


class Both(NamedTuple):
    """One program, halted on both machines."""

    program: Program
    pc: PC
    theirs: qemu.QemuRun


PROGRAMS = {
    "two processes, 32-bit paging": Program(("privilege.asm",), (0x2000, 0x5000), 32),
    "a boot to long mode": Program(("boot.asm", "bridge.asm"), (0x10000, 0x26000), 40),
}


def addresses(bits: int) -> list[int]:
    generator = random.Random(bits)
    near = [0, 0x7C00, 0x9000, 0x400000, 0x401234, 0x402000, 0xFFFFF, 0x100000, 0x3FFFFFFF]
    return near + [generator.getrandbits(generator.randrange(12, bits + 1)) for _ in range(ADDRESSES)]


@pytest.fixture(scope="module", params=PROGRAMS.values(), ids=PROGRAMS)
def both(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Both:
    require_qemu()
    program: Program = request.param
    image = assemble(*map(shipped, program.files))
    directory = tmp_path_factory.mktemp("qemu")
    disk = directory / "disk.img"
    disk.write_bytes(Disk.of(image).data.ljust(DISK_SIZE, b"\0"))
    questions = ["info tlb", *(f"gva2gpa {address:#x}" for address in addresses(program.bits))]
    theirs = qemu.boot(disk, directory, ranges={"tables": program.tables}, questions=questions, traced=False)
    pc = PC(image)
    assert "halted" == pc.boot().stop.kind
    return Both(program, pc, theirs)


def test_single_addresses_lead_to_the_same_place(both: Both) -> None:
    ours = {address: both.pc.translate(address).physical for address in addresses(both.program.bits)}
    theirs = {address: physical_in(both.theirs.answers[f"gva2gpa {address:#x}"]) for address in ours}

    assert theirs == ours


def physical_in(answer: str) -> int | None:
    found = re.search(r"gpa: (0x[0-9a-f]+|0)\b", answer)
    return int(found[1], 0) if found else None


def test_every_page_is_the_same(both: Both) -> None:
    theirs = re.findall(r"([0-9a-f]{16}): ([0-9a-f]{16}) ", both.theirs.answers["info tlb"])
    ours = {page for run in both.pc.page_tables().ranges for page in pages(run)}

    assert {(int(linear, 16), int(physical, 16)) for linear, physical in theirs} == ours


def pages(run: PageRange) -> Iterator[tuple[int, int]]:
    for place in range(run.pages):
        yield run.start + place * run.page_size, run.physical + place * run.page_size


def test_accessed_and_dirty_bits_are_the_same(both: Both) -> None:
    assert both.theirs.memory["tables"] == both.pc.read(*both.program.tables)
