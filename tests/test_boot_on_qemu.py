"""The shipped boot sector and bridge on QEMU and in the sandbox: the same disk, and every instruction the same.

Compared from 7C00h to the halt, outside of the BIOS: linear addresses, general registers and flags before each
instruction, repetitions folded; then what was left in memory. The sandbox is given the map that QEMU's BIOS told.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from pathlib import Path

import pytest
from oracles import require_qemu
from reference import qemu

from allocator import FirmwareMap, assemble, shipped
from allocator.assembly.image import Image
from allocator.machine.disk import Disk
from allocator.machine.pc import PC
from allocator.machine.run import Run
from allocator.registers import FULL
from allocator.units import MIB

CONFIGURATIONS = ["pc 16M", "pc 64M", "q35 512M", "q35 2G", "pc 4G", "q35 16G"]
RANGES = {"firmware_map": (0x4000, 0x1000), "page_map": (0x120000, 0x20000), "mem_amount": (0x110108, 4)}
HEADER, ENTRY, TOLD = 16, 24, 20
"""Bytes of the map's header and of an entry in it, and what SeaBIOS tells of an entry."""

_WORDS = struct.Struct(f"<{len(FULL)}Q")
_PLACES = [FULL.index(name) for name in qemu.NAMES_64]
_FLAGS = FULL.index("rflags")


@dataclass(frozen=True)
class Both:
    """What the two machines did with one disk."""

    theirs: qemu.QemuRun
    ours: list[qemu.Step]
    run: Run
    pc: PC


@pytest.fixture(scope="module")
def program() -> Image:
    """The boot sector and the bridge behind it."""
    return assemble(shipped("boot.asm"), shipped("bridge.asm"))


def disk_file(program: Image, directory: Path) -> Path:
    """Write the disk; SeaBIOS reads no AHCI disk of less than a MiB."""
    path = directory / "disk.img"
    path.write_bytes(Disk.of(program).data.ljust(MIB, b"\0"))
    return path


@pytest.fixture(scope="module", params=CONFIGURATIONS)
def both(request: pytest.FixtureRequest, program: Image, tmp_path_factory: pytest.TempPathFactory) -> Both:
    """One configuration, booted on both."""
    require_qemu()
    directory = tmp_path_factory.mktemp("qemu")
    machine, memory = request.param.split()
    theirs = qemu.boot(disk_file(program, directory), directory, machine=machine, memory=memory, ranges=RANGES)
    pc = PC(Disk(Disk.of(program).data.ljust(MIB, b"\0"), program, "disk"), memory=told_map(theirs))
    ours: list[qemu.Step] = []

    def remember(address: int, _size: int) -> None:
        if qemu.PROGRAM_MEMORY[0] <= address < qemu.PROGRAM_MEMORY[1]:
            registers = _WORDS.unpack(pc.registers_now())
            ours.append(qemu.Step(address, tuple(registers[place] for place in _PLACES), registers[_FLAGS]))

    with pc.stepping(remember):
        run = pc.boot()
    return Both(theirs, ours, run, pc)


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
    assert ("halted", page << 21, 1) == (both.run.stop.kind, both.run.rax, both.run.registers.rcx)


@pytest.mark.parametrize(
    ("memory", "label", "code"), [("1M", "bridge_refuse.stop", 2), ("2M", "bridge_no_page.stop", 0)]
)
def test_a_machine_too_small_is_refused_alike(
    program: Image, tmp_path: Path, memory: str, label: str, code: int
) -> None:
    require_qemu()
    theirs = qemu.boot(disk_file(program, tmp_path), tmp_path, memory=memory, ranges=RANGES)
    ours = PC(program, memory=told_map(theirs)).boot()

    assert (program.symbols[label], code) == (theirs.steps[-1].address, theirs.steps[-1].registers[0])
    assert (label, code) == (str(program.locate(ours.stop.address)), ours.rax)
