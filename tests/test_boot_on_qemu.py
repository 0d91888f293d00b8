"""The shipped boot sector and bridge on QEMU and in the sandbox: the same disk, and every instruction the same.

Compared from 7C00h to the halt, outside of the BIOS: linear addresses, general registers and flags before each
instruction, repetitions folded; then what was left in memory. The sandbox is given the map that QEMU's BIOS told.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from oracles import require_qemu
from reference import qemu

from allocator import FirmwareMap, Trace, assemble, record, shipped
from allocator.assembly.image import Image
from allocator.machine.disk import Disk
from allocator.machine.pc import PC
from allocator.registers import FULL
from allocator.units import KIB, MIB

CONFIGURATIONS = ["pc 16M ide", "pc 64M floppy", "q35 512M ide", "q35 2G ide", "pc 4G ide", "q35 16G ide"]
DISK_SIZES = {"ide": MIB, "floppy": 1440 * KIB}
"""SeaBIOS reads no AHCI disk of less than a MiB."""
RANGES = {"firmware_map": (0x4000, 0x1000), "page_map": (0x120000, 0x20000), "mem_amount": (0x110108, 4)}
HEADER, ENTRY, TOLD = 16, 24, 20
"""Bytes of the map's header and of an entry in it, and what SeaBIOS tells of an entry."""

_PLACES = [FULL.index(name) for name in qemu.NAMES_64]
_FLAGS = FULL.index("rflags")


@dataclass(frozen=True)
class Both:
    """What the two machines did with one disk."""

    theirs: qemu.QemuRun
    trace: Trace
    ours: list[qemu.Step]
    pc: PC


@pytest.fixture(scope="module")
def program() -> Image:
    """The boot sector and the bridge behind it."""
    return assemble(shipped("boot.asm"), shipped("bridge.asm"))


def disk_of(program: Image, directory: Path, drive: str = "ide") -> tuple[Disk, Path]:
    """Return the program as a disk with room, and the same in a file."""
    data = Disk.of(program).data.ljust(DISK_SIZES[drive], b"\0")
    path = directory / "disk.img"
    path.write_bytes(data)
    return Disk(data, program, "disk"), path


@pytest.fixture(scope="module", params=CONFIGURATIONS)
def both(request: pytest.FixtureRequest, program: Image, tmp_path_factory: pytest.TempPathFactory) -> Both:
    """One configuration, booted on both."""
    require_qemu()
    directory = tmp_path_factory.mktemp("qemu")
    machine, memory, drive = request.param.split()
    disk, path = disk_of(program, directory, drive)
    theirs = qemu.boot(path, directory, machine=machine, memory=memory, drive=drive, ranges=RANGES)
    pc = PC(disk, memory=told_map(theirs))
    trace = record(pc)
    return Both(theirs, trace, list(steps_of(trace)), pc)


def steps_of(trace: Trace) -> Iterator[qemu.Step]:
    """Yield the steps of a trace that lie outside of the BIOS, with the registers before each."""
    columns, row = trace.columns, 0
    state = [trace.start[name] for name in FULL]
    for number, place in enumerate(columns.place):
        address = columns.places[place].address
        if qemu.PROGRAM_MEMORY[0] <= address < qemu.PROGRAM_MEMORY[1]:
            yield qemu.Step(address, tuple(state[place] for place in _PLACES), state[_FLAGS])
        end = row + int(columns.changes[number])
        for change in range(row, end):
            state[columns.register[change]] = int(columns.value[change])
        row = end


def told_map(run: qemu.QemuRun) -> FirmwareMap:
    """Return what QEMU's BIOS answered, as the bridge copied it; the attributes are the bridge's own."""
    content = run.memory["firmware_map"]
    count = int.from_bytes(content[4:8], "little")
    entries = [content[start : start + TOLD] for start in range(HEADER, HEADER + count * ENTRY, ENTRY)]
    return FirmwareMap.from_log(b"".join(entries))


def test_every_instruction_is_at_the_same_address(both: Both) -> None:
    assert [step.address for step in both.theirs.steps] == [step.address for step in both.ours]


def test_every_register_is_the_same_before_every_instruction(both: Both) -> None:
    different = [
        (number, hex(theirs.address))
        for number, (theirs, ours) in enumerate(zip(both.theirs.steps, both.ours, strict=True))
        if theirs.registers != as_wide(ours, len(theirs.registers))
    ]

    assert [] == different


def as_wide(step: qemu.Step, count: int) -> tuple[int, ...]:
    """Return the registers as QEMU shows them: eight of 32 bits outside of 64-bit code."""
    return (
        step.registers
        if count == len(step.registers)
        else tuple(value & 0xFFFFFFFF for value in step.registers[:count])
    )


def test_every_flag_is_the_same_before_every_instruction(both: Both) -> None:
    pairs = zip(both.theirs.steps, both.ours, strict=True)

    assert [] == [hex(theirs.address) for theirs, ours in pairs if theirs.flags != ours.flags]


def test_code_is_64_bits_wide_where_qemu_says_so(both: Both) -> None:
    wide = {step.address for step in both.theirs.steps if len(step.registers) == len(qemu.NAMES_64)}
    places = both.trace.columns.places

    assert wide == {place.address for place in places if place.bits == 64}


@pytest.mark.parametrize("name", RANGES)
def test_what_is_left_in_memory_is_the_same_byte_for_byte(both: Both, name: str) -> None:
    assert both.theirs.memory[name] == both.pc.read(*RANGES[name])


def test_both_halt_with_the_highest_page_that_is_usable_as_a_whole(both: Both, program: Image) -> None:
    page = both.pc.plan.first_page

    assert page is not None
    assert (program.symbols["bridge_done"], page << 21) == (
        both.theirs.steps[-1].address,
        both.theirs.steps[-1].registers[0],
    )
    assert ("halted", page << 21, 1) == (both.trace.stop.kind, both.trace.run.rax, both.trace.run.registers.rcx)


@pytest.mark.parametrize(
    ("memory", "label", "code"), [("1M", "bridge_refuse.stop", 2), ("2M", "bridge_no_page.stop", 0)]
)
def test_a_machine_too_small_is_refused_alike(
    program: Image, tmp_path: Path, memory: str, label: str, code: int
) -> None:
    require_qemu()
    disk, path = disk_of(program, tmp_path)
    theirs = qemu.boot(path, tmp_path, memory=memory, ranges=RANGES)
    ours = PC(disk, memory=told_map(theirs)).boot()

    assert (program.symbols[label], code) == (theirs.steps[-1].address, theirs.steps[-1].registers[0])
    assert (label, code) == (str(program.locate(ours.stop.address)), ours.rax)


@pytest.mark.parametrize("processor", ["486", "pentium3"])
def test_a_processor_without_64_bits_is_refused(program: Image, tmp_path: Path, processor: str) -> None:
    require_qemu()
    last = qemu.boot(disk_of(program, tmp_path)[1], tmp_path, processor=processor).steps[-1]

    assert (program.symbols["bridge_refuse.stop"], 3) == (last.address, last.registers[0])
