"""Where two runs part, in control and in data."""

from __future__ import annotations

import pytest

from allocator import Machine, Trace, assemble, record, shipped
from allocator.trace.diff import Pair, disagreements
from allocator.views.differences import difference_text

LOOP = "f: mov eax, 0\n.n: add rax, 2\n dec rcx\n jnz .n\n mov rbx, rax\n ret"


def trace(text: str, **registers: int) -> Trace:
    return record(Machine(assemble(text=text)), "f", **registers)


def allocation(count: int, source: str = "memory.asm") -> Trace:
    return record(Machine(assemble(shipped(source))), "os_mem_allocate", rcx=count)


def steps(pair: Pair | None) -> tuple[int | None, int | None] | None:
    if pair is None:
        return None
    return pair.left and pair.left.index, pair.right and pair.right.index


def test_a_run_does_not_differ_from_itself() -> None:
    assert trace(LOOP, rcx=3).diff(trace(LOOP, rcx=3)).is_same


def test_registers_that_differ_at_the_start() -> None:
    assert {"rcx": (3, 4)} == trace(LOOP, rcx=3).diff(trace(LOOP, rcx=4)).starts


def test_a_register_that_no_step_uses_makes_no_difference() -> None:
    assert trace(LOOP, rcx=3, rdx=1).diff(trace(LOOP, rcx=3, rdx=2)).is_same


def test_the_ways_part_where_the_next_steps_differ() -> None:
    difference = trace(LOOP, rcx=3).diff(trace(LOOP, rcx=4))
    assert (10, (10, 10)) == (difference.common, steps(difference.control))


def test_the_first_difference_in_data_is_where_a_value_is_used() -> None:
    assert (2, 2) == steps(trace(LOOP, rcx=3).diff(trace(LOOP, rcx=4)).data)


def test_the_ways_are_one_again_at_the_end() -> None:
    assert (10, 13) == steps(trace(LOOP, rcx=3).diff(trace(LOOP, rcx=4)).rejoined)


def test_a_run_that_ends_before_the_other() -> None:
    left = record(Machine(assemble(text=LOOP)), "f", rcx=9, limit=5)
    assert (None, 5) == steps(left.diff(trace(LOOP, rcx=9)).control)


def test_the_same_way_with_other_data() -> None:
    difference = trace("f: mov rax, rbx\n ret", rbx=1).diff(trace("f: mov rax, rbx\n ret", rbx=2))
    assert (None, (0, 0)) == (difference.control, steps(difference.data))


def test_a_value_that_only_one_run_had_before_is_no_difference() -> None:
    """The step changes RAX in one run and writes what it held already in the other."""
    text = "f: mov eax, 5\n mov ecx, 1\n ret"
    assert trace(text, rax=5).diff(trace(text, rax=6)).is_same


def test_a_difference_late_in_a_long_run_is_found() -> None:
    text = "f: mov eax, 0\n.n: inc rax\n loop .n\n mov rbx, [os_MemAmount]\n ret"
    left = record(Machine(assemble(text=text), "64M"), "f", rcx=5000)
    right = record(Machine(assemble(text=text), "128M"), "f", rcx=5000)
    assert (10001, 10001) == steps(left.diff(right).data)


def test_steps_are_aligned_by_label_wherever_they_lie() -> None:
    moved = trace("org 0x180000\n" + LOOP, rcx=3)
    difference = trace(LOOP, rcx=3).diff(moved)
    assert difference.control is None


def test_steps_after_the_parting_are_aligned_by_visit() -> None:
    left = trace("f: test rcx, rcx\n jz .a\n nop\n.a: mov rax, rdx\n ret", rcx=0, rdx=1)
    right = trace("f: test rcx, rcx\n jz .a\n nop\n.a: mov rax, rdx\n ret", rcx=0x10, rdx=1)
    pair = left.diff(right).rejoined
    assert (2, 3) == steps(pair)


def test_a_write_with_another_value_is_a_difference() -> None:
    text = "f: mov [0x200000], bl\n ret"
    left, right = trace(text, rbx=1), trace(text, rbx=2)
    assert [("write 0x200000", "01", "02")] == [tuple(each) for each in disagreements(left[0], right[0])]


def test_a_write_to_another_place_is_a_difference() -> None:
    text = "f: mov [rbx], al\n ret"
    left, right = trace(text, rbx=0x200000), trace(text, rbx=0x200001)
    assert [("where it writes", "0x200000", "0x200001")] == [tuple(each) for each in disagreements(left[0], right[0])]


def test_long_accesses_are_compared() -> None:
    text = "f: rep stosb\n ret"
    left, right = (trace(text, rdi=0x200000, rcx=20, al=value) for value in (1, 2))
    assert (0, 0) == steps(left.diff(right).data)


def test_the_difference_as_text() -> None:
    said = "\n".join(difference_text(allocation(3).diff(allocation(4)), ("three", "four")))
    for line in ("three", "they begin with different registers", "their ways part after 35 steps in common",
                 "taken: ZF is 0", "and are one again", "returned after 54 steps", "0x3a00000"):  # fmt: skip
        assert line in said


def test_no_difference_as_text() -> None:
    said = "\n".join(difference_text(allocation(3).diff(allocation(3))))
    assert "aligned steps do the same" in said and "both take the same way, 54 steps" in said


@pytest.mark.parametrize("width", [60, 100, 200])
def test_the_text_is_as_wide_as_the_terminal(width: int) -> None:
    assert all(len(line) <= width for line in difference_text(allocation(3).diff(allocation(0)), width=width))
