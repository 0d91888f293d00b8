"""Task state segments of three widths."""

from __future__ import annotations

import struct

from allocator.machine.processor_state import SegmentRegister
from allocator.machine.task_state import read_task_state

BASE = 0x2000


def tss(type_: int, limit: int) -> SegmentRegister:
    return SegmentRegister(0x28, BASE, limit, type_ << 8)


def memory(data: bytes):
    return lambda address, size: data[address - BASE :][:size]


def test_the_kernel_stack_of_32_bits():
    state = read_task_state(tss(9, 0x67), False, memory(struct.pack("<3I", 0, 0x9000, 0x10).ljust(0x68, b"\0")))
    assert (0x10, 0x9000) == state.stack(0)


def test_the_kernel_stack_of_16_bits():
    state = read_task_state(tss(1, 0x2B), False, memory(struct.pack("<3H", 0, 0x9000, 0x10).ljust(0x2C, b"\0")))
    assert (0x10, 0x9000) == state.stack(0)


def test_stacks_of_64_bits():
    data = struct.pack("<I3QQ7Q", 0, 1 << 40, 2, 3, 0, *range(11, 18)).ljust(0x68, b"\0")
    state = read_task_state(tss(9, 0x67), True, memory(data))
    assert ((0, 1 << 40), 11, 17) == (state.stack(0), state.fields["ist1"], state.fields["ist7"])


def test_cr3_and_the_map_of_ports_of_32_bits():
    data = bytearray(0x68)
    data[0x1C:0x20], data[0x66:0x68] = struct.pack("<I", 0x5000), struct.pack("<H", 0x68)
    fields = read_task_state(tss(9, 0x67), False, memory(bytes(data))).fields
    assert (0x5000, 0x68) == (fields["cr3"], fields["io_map"])


def test_a_limit_that_is_too_small_is_described():
    state = read_task_state(tss(9, 0x20), False, memory(bytes(0x68)))
    assert "the limit 0x20 is less than 0x67, which a 32-bit TSS needs" == state.problem


def test_what_lies_behind_the_limit_counts_as_zero():
    assert 0 == read_task_state(tss(9, 3), False, memory(b"\xff" * 0x68)).fields["esp0"]


def test_a_tss_outside_memory_is_described():
    assert "there is no memory at 0x2004" == read_task_state(tss(9, 0x67), False, memory(bytes(4))).problem


def test_a_descriptor_of_something_else_is_described():
    state = read_task_state(tss(2, 0x67), False, memory(bytes(0x68)))
    assert ("TR holds 0x28: that is no task state", False) == (state.problem, state.is_loaded)


def test_a_register_that_was_never_loaded_is_described():
    state = read_task_state(SegmentRegister(0, 0, 0xFFFF, 0x8B00), False, memory(bytes(0x68)))
    assert "TR holds 0x0: LTR has loaded no task state" == state.problem
