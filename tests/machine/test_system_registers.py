"""The registers around translation, bit by bit."""

from __future__ import annotations

import pytest

from allocator.machine.system_registers import BITS, MEANINGS, SystemRegisters


def test_after_a_reset_it_is_real_mode():
    assert ("real16", True, 0) == (SystemRegisters().mode, SystemRegisters().is_real, SystemRegisters().cpl)


@pytest.mark.parametrize(
    ("mode", "registers"),
    [
        ("protected16", SystemRegisters(cr0=1)), ("protected32", SystemRegisters(cr0=1, bits=32)),
        ("paged32", SystemRegisters(cr0=0x80000001, bits=32)),
        ("long64", SystemRegisters(cr0=0x80000001, efer=0x500, bits=64)),
    ],
)  # fmt: skip
def test_the_mode_has_a_traces_name(mode, registers):
    assert mode == registers.mode


def test_bits_are_asked_for_by_name():
    assert (True, False) == (SystemRegisters(cr0=1 << 31).is_set("cr0", "PG"), SystemRegisters().is_set("cr0", "PE"))


def test_names_come_lowest_first():
    assert ("PE", "ET", "PG") == SystemRegisters(cr0=0x80000011).names("cr0")


def test_reserved_bits():
    assert 1 << 63 | 1 << 6 == SystemRegisters(cr0=1 << 63 | 1 << 6 | 1).reserved("cr0")


def test_virtual_8086_mode_is_real_at_level_3():
    registers = SystemRegisters(cr0=1, rflags=1 << 17 | 2)
    assert (True, True, 3) == (registers.is_virtual, registers.is_real, registers.cpl)


def test_the_level_is_the_rpl_of_cs():
    assert 3 == SystemRegisters(cr0=1, cs=0x1B).cpl


def test_every_bit_has_a_meaning():
    assert set() == {name for register in ("cr0", "cr3", "cr4", "efer") for name in BITS[register]} - MEANINGS.keys()
