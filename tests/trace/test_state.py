"""Registers and memory before any step, from changes alone."""

from __future__ import annotations

import pytest

from allocator import Machine, Trace, assemble, record
from allocator.errors import TraceError, UsageError
from allocator.trace.arrays import arrays_of
from allocator.trace.schema import Columns
from allocator.trace.trace import Trace as AnyTrace

LOOP = "f: mov eax, 1\n.next: add eax, eax\n stc\n mov [0x200000 + rcx], al\n dec rcx\n jnz .next\n ret"


def trace(text: str, **registers: int) -> Trace:
    return record(Machine(assemble(text=text)), "f", **registers)


def as_numpy(recorded: Trace) -> AnyTrace:
    """The same trace as a native recorder fills it."""
    columns = recorded.columns
    rest = {name: getattr(columns, name) for name in ("places", "repeats", "long", "physical")}
    return AnyTrace(recorded.run, recorded.firmware_map, Columns(**arrays_of(columns)._asdict(), **rest))


def test_registers_are_the_same_from_both_kinds_of_columns() -> None:
    recorded = trace(LOOP, rcx=2000)
    other = as_numpy(recorded)
    for index in (0, 1, 511, 512, 513, 4095, 4096, 4097, 8192, len(recorded)):
        assert recorded.registers_at(index) == other.registers_at(index)


def test_registers_can_be_asked_for_in_any_order() -> None:
    recorded = as_numpy(trace(LOOP, rcx=2000))
    late = recorded.registers_at(9000)
    assert trace(LOOP, rcx=2000).registers_at(9000) == late
    assert 1 == recorded.registers_at(1).rax


def test_steps_of_numpy_columns_hold_python_numbers() -> None:
    step = as_numpy(trace(LOOP, rcx=3))[1]
    assert {int} == {type(change.after) for change in step.registers.values()}


def test_the_registers_at_the_end_are_those_after_the_run() -> None:
    recorded = trace(LOOP, rcx=3)
    assert recorded.run.registers == recorded.registers_at("end")


def test_a_moment_is_before_the_step() -> None:
    assert (0x00C0FFEE_BAD04444, 7) == tuple(trace("f: mov rbx, 7\n ret").registers_at(when).rbx for when in (0, 1))


def test_a_moment_can_be_a_label() -> None:
    assert 1 == trace(LOOP, rcx=3).registers_at("f.next").rax


@pytest.mark.parametrize("when", [100, -100])
def test_a_moment_outside_of_the_run_is_an_error(when: int) -> None:
    with pytest.raises(TraceError, match="there is no step"):
        trace("f: ret").registers_at(when)


def test_memory_is_what_was_last_written() -> None:
    recorded = trace("f: mov byte [0x200000], 5\n mov byte [0x200000], 6\n ret")
    assert [(0,), (5,), (6,)] == [recorded.memory_at(when, 0x200000) for when in (0, 1, 2)]


def test_memory_before_the_first_access_is_what_that_found() -> None:
    assert (64, 0, 0, 0) == trace("f: nop\n mov eax, [os_MemAmount]\n ret").memory_at(0, "os_MemAmount", 4)


def test_memory_that_nobody_touched_is_asked_of_the_machine() -> None:
    assert (2, 1, 1) == trace("f: ret").memory_at("end", "page_map[0..2]")


def test_memory_of_parts_that_were_written_one_by_one() -> None:
    text = "f: mov dword [0x200000], 0x04030201\n mov word [0x200001], 0x0908\n ret"
    assert (1, 8, 9, 4) == trace(text).memory_at("end", 0x200000, 4)


def test_memory_that_a_repeated_store_wrote() -> None:
    recorded = trace("f: rep stosb\n mov byte [0x200003], 9\n ret", rdi=0x200000, rcx=20, al=7)
    assert (7, 9, 7) == recorded.memory_at("end", 0x200002, 3)


def test_memory_where_there_is_none_is_unknown() -> None:
    assert (None,) == trace("f: ret").memory_at("end", 1 << 50)


def test_memory_is_what_the_machine_holds_after_the_run() -> None:
    machine = Machine(assemble(text=LOOP))
    recorded = record(machine, "f", rcx=3000)
    assert tuple(machine.read(0x200000, 3001)) == recorded.memory_at("end", 0x200000, 3001)


def test_too_much_memory_is_an_error() -> None:
    with pytest.raises(UsageError, match="too many"):
        trace("f: ret").memory_at(0, 0, 1 << 40)
