from __future__ import annotations

import pytest

from allocator.machine.linear_memory import LinearMemory, MachineAccess, Untranslated
from allocator.machine.system_registers import SystemRegisters

PAGED = SystemRegisters(cr0=0x80000011, cr3=0x1000, bits=32)
TABLE = 0x2000


class Store:
    """16 frames of physical memory: a directory at 1000, a table at 2000 that maps 0-7FFF."""

    def __init__(self) -> None:
        self.content = bytearray(0x10000)
        self.content[0x1000:0x1004] = (TABLE | 7).to_bytes(4, "little")
        for page in range(8):
            self.map(page, page)

    def map(self, page: int, frame: int, flags: int = 7) -> None:
        place = TABLE + 4 * page
        self.content[place : place + 4] = (frame << 12 | flags).to_bytes(4, "little")

    def read(self, address: int, size: int) -> bytes:
        return bytes(self.content[address : address + size])

    def write(self, address: int, data: bytes) -> None:
        self.content[address : address + len(data)] = data

    def seen(self, registers: SystemRegisters = PAGED) -> LinearMemory:
        return LinearMemory(registers, self.read, self.write, "interrupt")


@pytest.fixture
def store() -> Store:
    return Store()


def test_without_paging_addresses_are_physical(store: Store) -> None:
    store.write(0x9000, b"abc")
    assert b"abc" == store.seen(SystemRegisters()).read(0x9000, 3)


def test_bytes_across_two_pages_come_from_both_frames(store: Store) -> None:
    store.map(5, 0xA)
    store.map(6, 0x9)
    store.write(0xAFFE, b"ab")
    store.write(0x9000, b"cd")
    assert b"abcd" == store.seen().read(0x5FFE, 4)


def test_nothing_is_written_when_one_of_the_parts_cannot_be(store: Store) -> None:
    store.map(6, 6, flags=0)
    with pytest.raises(Untranslated):
        store.seen().write(0x5FFE, b"abcd")
    assert b"\0\0" == store.read(0x5FFE, 2)


def test_a_refused_page_tells_its_address_and_its_fault(store: Store) -> None:
    store.map(6, 6, flags=0)
    with pytest.raises(Untranslated) as refused:
        store.seen().write(0x6004, b"a")
    assert (0x6004, "write", 14) == (refused.value.address, refused.value.kind, refused.value.fault and 14)


def test_a_frame_that_does_not_exist_is_no_page_fault(store: Store) -> None:
    store.map(6, 0x50)
    with pytest.raises(Untranslated) as refused:
        store.seen().read(0x6000, 1)
    assert refused.value.fault is None


def test_the_bits_that_a_walk_sets_are_accesses_of_the_mmu(store: Store) -> None:
    memory = store.seen()
    memory.write(0x3000, b"a")
    assert ["mmu", "mmu", "interrupt"] == [access.by for access in memory.accesses]


def test_a_write_is_told_with_what_was_there_before(store: Store) -> None:
    store.write(0x3000, b"old")
    memory = store.seen(SystemRegisters())
    memory.write(0x3000, b"new")
    assert [MachineAccess("interrupt", "write", 0x3000, 0x3000, b"old", b"new")] == memory.accesses


def test_peeking_leaves_no_trace(store: Store) -> None:
    before = bytes(store.content)
    memory = store.seen()
    memory.peek(0x3000, 16)
    assert ([], before) == (memory.accesses, bytes(store.content))


def test_peeking_stops_where_a_page_is_missing(store: Store) -> None:
    store.map(6, 6, flags=0)
    assert 2 == len(store.seen().peek(0x5FFE, 8))
