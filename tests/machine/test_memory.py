"""What memory a machine has, and when it is put there."""

from __future__ import annotations

from allocator import FirmwareMap, Machine, assemble
from allocator.machine.cpu import Cpu
from allocator.machine.firmware_map import Region
from allocator.machine.memory import Memory
from allocator.units import GIB, MIB


def memory(*regions: Region) -> Memory:
    return Memory(Cpu(lambda _access, _address, _size: False, lambda _address, _size: False), FirmwareMap(regions))


def test_usable_memory_exists_and_reserved_does_not() -> None:
    subject = memory(Region(2 * MIB, MIB, 1), Region(3 * MIB, MIB, 2))
    assert (True, False) == (subject.exists(2 * MIB), subject.exists(3 * MIB))


def test_acpi_tables_lie_in_memory() -> None:
    subject = memory(Region(2 * MIB, MIB, 3), Region(3 * MIB, MIB, 4))
    assert subject.exists(2 * MIB)
    assert subject.exists(4 * MIB - 1)


def test_a_frame_that_is_partly_memory_is_memory() -> None:
    subject = memory(Region(0x20_0000, 0xFC00, 1))
    assert (True, False) == (subject.exists(0x20_FFFF), subject.exists(0x21_0000))


def test_memory_below_2_mib_is_there_whatever_the_firmware_map_says() -> None:
    assert memory(Region(16 * MIB, MIB, 1)).exists(0x100000)


def test_memory_that_was_never_touched_reads_as_zero() -> None:
    assert memory(Region(4 * GIB, GIB, 1)).read(4 * GIB + 5, 3) == b"\0\0\0"


def test_a_read_stops_where_memory_ends() -> None:
    assert len(memory(Region(2 * MIB, MIB, 1)).peek_existing(3 * MIB - 4, 100)) == 4


def test_frames_that_hold_only_zeros_are_not_kept() -> None:
    subject = memory(Region(2 * MIB, MIB, 1))
    subject.write(2 * MIB + 5, b"\1")
    subject.write(2 * MIB + 0x2000, b"\0")
    assert [2 * MIB] == list(subject.frames())


def test_frames_that_did_not_change_are_shared() -> None:
    subject = memory(Region(2 * MIB, MIB, 1))
    subject.write(2 * MIB, b"\1")
    first = subject.frames()
    assert subject.frames(first)[2 * MIB] is first[2 * MIB]


def test_the_last_page_of_128_gib_can_be_used() -> None:
    machine = Machine(assemble(text="f: mov qword [rdi], 5\n mov rax, [rdi]\n ret"), "128G")
    assert machine.call("f", rdi=machine.firmware_map.usable_end - 8).rax == 5


def test_what_a_guest_stored_anywhere_is_in_a_snapshot() -> None:
    machine = Machine(assemble(text="f: mov byte [0x300123], 5\n ret"))
    machine.snapshot()
    machine.call("f")
    assert 5 == machine.snapshot().frames[0x300000][0x123]


def test_what_a_guest_stored_anywhere_is_gone_after_a_restore() -> None:
    machine = Machine(assemble(text="f: mov byte [0x300123], 5\n ret"))
    saved = machine.snapshot()
    machine.call("f")
    machine.restore(saved)
    assert (b"\0", saved.frames) == (machine.read(0x300123, 1), machine.snapshot().frames)


def test_a_store_across_two_frames_is_in_a_snapshot_of_both() -> None:
    machine = Machine(assemble(text="f: ret"))
    machine.write(0x300FFF, b"\1\2")
    frames = machine.snapshot().frames
    assert (1, 2) == (frames[0x300000][0xFFF], frames[0x301000][0])
