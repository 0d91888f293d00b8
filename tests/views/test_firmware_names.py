"""Addresses of the firmware are called what they are."""

from __future__ import annotations

import pytest

from allocator.machine.bios_rom import START, entry_of
from allocator.views.firmware_names import code_name, firmware_name


@pytest.mark.parametrize("offset", [0, 1])
def test_an_address_in_rom_has_the_name_of_its_interrupt(offset: int) -> None:
    assert "bios int 15h" == code_name(START + entry_of(0x15) + offset)


@pytest.mark.parametrize(
    ("address", "name"),
    [
        (0xFFFF0, "bios reset"),
        (0xFE05D, "bios self-test"),
        (0xFFF53, "bios default handler"),
        (0xFD42F, "bios hardware interrupt"),
        (0xF1234, "bios"),
    ],
)
def test_the_parts_of_rom_have_names(address: int, name: str) -> None:
    assert name == code_name(address)


def test_an_address_outside_rom_has_no_name() -> None:
    assert code_name(0x7C00) is None


@pytest.mark.parametrize(
    ("address", "name"), [(0x54, "vector 15h"), (0x56, "vector 15h+0x2"), (0x450, "bios data+0x50")]
)
def test_what_lies_below_500h_has_names(address: int, name: str) -> None:
    assert name == firmware_name(address)
