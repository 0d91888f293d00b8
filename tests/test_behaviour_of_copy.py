"""os_mem_copy copies as it always did: ours and the article's listing, fact by fact."""

from __future__ import annotations

import pytest

from allocator import Machine

SOURCE, DESTINATION = 0x300000, 0x340000
VALUES = {"rsi": SOURCE, "rdi": DESTINATION, "rcx": 16}
VALUES |= {name: number for number, name in enumerate(("rax", "rbx", "rdx", "rbp", "r8", "r9", "r15"), 11)}


def copied(machine: Machine, text: bytes, distance: int, count: int, **registers: int) -> bytes:
    """Copy `count` bytes over `distance` inside of `text`, and return what became of it."""
    machine.write(SOURCE, text)
    machine.call("os_mem_copy", rsi=SOURCE, rdi=SOURCE + distance, rcx=count, **registers)
    return bytes(machine.read(SOURCE, len(text)))


def test_bytes_are_copied(pc: Machine) -> None:
    assert b"abcdabcd" == copied(pc, b"abcd....", distance=4, count=4)


def test_copying_nothing_changes_nothing(pc: Machine) -> None:
    assert b"abcd...." == copied(pc, b"abcd....", distance=4, count=0)


def test_a_copy_upwards_into_its_own_source_repeats_the_beginning(pc: Machine) -> None:
    assert b"abababab" == copied(pc, b"abcdefgh", distance=2, count=6)


def test_a_copy_downwards_into_its_own_source_is_right(pc: Machine) -> None:
    pc.write(SOURCE - 2, b"..abcdef")
    pc.call("os_mem_copy", rsi=SOURCE, rdi=SOURCE - 2, rcx=6)

    assert b"abcdefef" == pc.read(SOURCE - 2, 8)


@pytest.mark.parametrize("register", sorted(VALUES))
def test_copying_preserves_every_register(pc: Machine, register: str) -> None:
    assert VALUES[register] == pc.call("os_mem_copy", **VALUES).result()[register]


@pytest.mark.parametrize("flag", ["cf", "pf", "af", "zf", "sf", "of", "df"])
@pytest.mark.parametrize("value", [0, 1])
def test_copying_preserves_the_flags(pc: Machine, flag: str, value: int) -> None:
    assert value == pc.call("os_mem_copy", **VALUES, **{flag: value}).result()[flag]


def test_with_the_direction_flag_set_bytes_are_copied_downwards(pc: Machine) -> None:
    pc.write(SOURCE, b"abcd....")
    pc.call("os_mem_copy", rsi=SOURCE + 3, rdi=SOURCE + 7, rcx=4, df=1)

    assert b"abcdabcd" == pc.read(SOURCE, 8)
