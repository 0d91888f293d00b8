"""Selectors and descriptors, as the tables of the manual draw them."""

from __future__ import annotations

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allocator.machine.segments import Gate, Segment, Selector, decode_descriptor

FLAT_CODE_32 = 0x00CF9A000000FFFF
FLAT_DATA_32 = 0x00CF92000000FFFF
CODE_64 = 0x00AF9A000000FFFF
CODE_16 = 0x00009A000000FFFF


def decoded(value: int, is_long: bool = False) -> Segment | Gate:
    return decode_descriptor(value.to_bytes(16, "little"), is_long)


def test_a_selector_has_index_table_and_level():
    selector = Selector(0x2F)
    assert (5, "ldt", 3, 0x28) == (selector.index, selector.table, selector.rpl, selector.offset)


@pytest.mark.parametrize("value", [0, 1, 2, 3])
def test_a_selector_of_entry_0_of_the_gdt_is_null_whatever_its_rpl(value):
    assert Selector(value).is_null


def test_entry_0_of_the_ldt_is_not_null():
    assert not Selector(4).is_null


def test_flat_code():
    segment = decoded(FLAT_CODE_32)
    assert ("code", 32, 0, 0xFFFFFFFF, 0, True) == (
        segment.kind, segment.bits, segment.base, segment.limit, segment.dpl, segment.is_present,
    )  # fmt: skip


def test_code_of_16_bits_with_a_limit_in_bytes():
    assert (16, 0xFFFF) == (decoded(CODE_16).bits, decoded(CODE_16).limit)


def test_l_means_64_bits_in_long_mode_only():
    assert (64, 16) == (decoded(CODE_64, is_long=True).bits, decoded(CODE_64).bits)


def test_l_and_d_together_are_a_problem_in_long_mode():
    assert "L and D" in decoded(CODE_64 | 1 << 54, is_long=True).problem


def test_the_parts_of_a_base_are_put_together():
    assert 0x12345678 == decoded(0x12_4F_92_345678_FFFF).base


def test_rights_of_data_and_code():
    data, code = decoded(FLAT_DATA_32), decoded(FLAT_CODE_32)
    assert (True, True, False, True) == (data.is_writable, data.is_readable, code.is_writable, code.is_readable)


def test_conforming_code():
    assert decoded(FLAT_CODE_32 | 4 << 40).is_conforming


def test_data_that_expands_down_lies_above_its_limit():
    stack = decoded(0x0040_9600_0000_0FFF)
    assert (False, True, True, False) == (
        stack.contains(0xFFF), stack.contains(0x1000), stack.contains(0xFFFFFFFF), stack.contains(0xFFFFFFFF, 2),
    )  # fmt: skip


def test_the_last_byte_of_a_segment_is_at_its_limit():
    segment = decoded(0x0000_9200_0000_00FF)
    assert (True, False) == (segment.contains(0xFC, 4), segment.contains(0xFD, 4))


def test_an_empty_descriptor():
    assert ("empty", None) == (decoded(0).kind, decoded(0).problem)


@pytest.mark.parametrize(
    ("kind", "value", "bits"),
    [
        ("tss", 0x9, 32), ("tss", 0xB, 32), ("tss", 0x1, 16), ("ldt", 0x2, 32), ("task gate", 0x5, 32),
        ("call gate", 0x4, 16), ("call gate", 0xC, 32), ("interrupt gate", 0x6, 16), ("interrupt gate", 0xE, 32),
        ("trap gate", 0x7, 16), ("trap gate", 0xF, 32),
    ],
)  # fmt: skip
def test_types_of_system_descriptors(kind, value, bits):
    descriptor = decoded(1 << 47 | value << 40 | 8 << 16)
    assert (kind, bits) == (descriptor.kind, descriptor.bits)


@pytest.mark.parametrize("value", [0x0, 0x8, 0xA, 0xD])
def test_reserved_types_are_a_problem(value):
    assert f"type {value:#x} is reserved" == decoded(1 << 47 | value << 40).problem


@pytest.mark.parametrize("value", [0x1, 0x3, 0x4, 0x5, 0x6, 0x7])
def test_types_that_long_mode_has_not(value):
    assert f"type {value:#x} is reserved in long mode" == decoded(1 << 47 | value << 40, is_long=True).problem


def test_a_busy_tss():
    assert (True, False) == (decoded(0xB << 40 | 1 << 47).is_busy, decoded(0x9 << 40 | 1 << 47).is_busy)


def test_an_interrupt_gate_of_32_bits():
    gate = decoded(0x1234_EE00_0008_5678)
    assert (0x12345678, 8, 3) == (gate.offset, gate.selector.value, gate.dpl)


def test_a_gate_of_16_bits_has_16_bits_of_offset():
    assert 0x5678 == decoded(0x1234_8600_0008_5678).offset


def test_a_call_gate_copies_parameters():
    assert 7 == decoded(0x0000_8C07_0008_0000).parameters


def test_a_gate_of_long_mode_has_16_bytes_and_a_stack():
    gate = decode_descriptor(struct.pack("<QQ", 0x9ABC_8E03_0008_DEF0, 0x12345678), is_long=True)
    assert (0x123456789ABCDEF0, 3, 16) == (gate.offset, gate.ist, gate.size)


def test_a_tss_of_long_mode_has_a_base_of_64_bits():
    segment = decode_descriptor(struct.pack("<QQ", 0x12_00_89_345678_0067, 0xFFFF8000), is_long=True)
    assert (0xFFFF800012345678, 0x67) == (segment.base, segment.limit)


def test_the_upper_half_has_type_bits_that_must_be_zero():
    data = struct.pack("<QQ", 0x0000_8900_0000_0067, 5 << 40)
    assert "upper half" in decode_descriptor(data, is_long=True).problem


def test_a_gate_to_nowhere_is_a_problem():
    assert "null selector" in decoded(0x0000_8E00_0000_0000).problem


@given(st.binary(max_size=20), st.booleans())
def test_whatever_bytes_come_they_are_decoded(data, is_long):
    descriptor = decode_descriptor(data, is_long)
    names = [name for name in dir(type(descriptor)) if not name.startswith("_") and name != "contains"]
    assert {"kind", "dpl", "problem"} <= {name for name in names if getattr(descriptor, name, 0) is not ...}
