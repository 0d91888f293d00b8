"""A trace through all modes: width, mode, system registers and linear addresses are those of each step."""

from __future__ import annotations

from functools import cache

import pytest
from reference.mode_programs import MODE_PROGRAMS

from allocator import Machine, Trace, assemble
from allocator.trace.plain_recorder import record_plainly
from allocator.trace.step import Access, Step


@cache
def recorded(name: str) -> Trace:
    return record_plainly(Machine(assemble(text=MODE_PROGRAMS[name]), "64M"), "f")


def step_of(name: str, text: str) -> Step:
    return next(step for step in recorded(name) if step.text == text)


def test_each_change_of_mode_is_known_by_its_step() -> None:
    trace = recorded("long mode and back")
    assert [
        ("protected16", "mov"), ("protected32", "jmp"), ("paged32", "mov"), ("long64", "jmp"), ("paged32", "jmp"),
        ("protected32", "mov"), ("protected16", "jmp"), ("real16", "mov"),
    ] == [(change.mode, trace[change.step - 1].decoded.name) for change in trace.modes[1:]]  # fmt: skip


def test_a_trace_without_changes_has_the_mode_of_its_first_step() -> None:
    assert [(0, "real16")] == list(recorded("another segment").modes)


def test_a_trace_without_steps_has_no_mode() -> None:
    trace = record_plainly(Machine(assemble(text="f: ret")), "f", limit=0)
    assert () == trace.modes


def test_the_same_bytes_are_another_instruction_in_another_width() -> None:
    texts = [step.text for step in recorded("one address in two modes") if str(step.location) == "both"]
    assert ["mov ax, 0x9090", "mov eax, 0x40409090", "mov eax, 0x40409090"] == texts


def test_the_move_to_cr0_is_the_step_that_changes_it() -> None:
    step = step_of("protected mode and back", "mov cr0, eax")
    assert (0, 0x11) == step.registers["cr0"]


def test_the_far_jump_is_the_step_that_loads_cs() -> None:
    assert 8 == step_of("protected mode and back", "jmp 8:0x8016").registers["cs"].after


def test_the_move_to_cr3_is_the_step_that_changes_it() -> None:
    assert 0x21000 == step_of("long mode and back", "mov cr3, eax").registers["cr3"].after


def test_the_counter_in_another_segment_is_the_distance_from_its_start() -> None:
    step = step_of("another segment", "nop")
    assert (0x801C, 0x800, 0x1C) == (step.address, step.before.cs, step.before.rip)


def test_an_access_in_a_segment_lies_at_its_base() -> None:
    (access,) = step_of("another segment", "mov word [es:0x10], 0x5678").accesses
    assert (0x12350, 0x12350) == (access.address, access.physical)


def made_by_program(step: Step) -> list[Access]:
    return [access for access in step.accesses if access.by == "program"]


@pytest.mark.parametrize(
    ("text", "linear", "physical"),
    [
        ("mov dword [0x400010], 0x11223344", 0x400010, 0x800010),
        ("mov eax, dword [0x800010]", 0x800010, 0x400010),
        ("mov dword [fs:0x3d0000], 5", 0x400000, 0x800000),
        ("bt dword [esi], ecx", 0x400096, 0x800096),
        ("xlatb", 0x400030, 0x800030),
        ("mov eax, dword [0xffc20000]", 0xFFC20000, 0x20000),
    ],
)
def test_an_access_under_paging_has_both_addresses(text: str, linear: int, physical: int) -> None:
    (access,) = made_by_program(step_of("paging and back", text))
    assert (linear, physical) == (access.address, access.physical)


def test_both_sides_of_a_string_have_their_linear_addresses() -> None:
    read, written = made_by_program(step_of("paging and back", "rep movsb"))
    assert (0x400010, 0x800010, 0x800020, 0x400020) == (read.address, read.physical, written.address, written.physical)


def test_a_store_across_two_frames_is_two_accesses() -> None:
    accesses = step_of("paging and back", "mov dword [0x7ffffe], ecx").accesses
    assert [(0x7FFFFE, 0xBFFFFE, 2), (0x800000, 0x400000, 2)] == [each[2:5] for each in accesses]


def test_code_that_lies_elsewhere_is_read_where_it_lies() -> None:
    step = step_of("paging and back", "nop")
    assert (0xFFC080EC, b"\x90") == (step.address, step.code)


def test_a_base_that_a_model_specific_register_sets_counts() -> None:
    (access,) = step_of("long mode and back", "mov qword [gs:0x18], rax").accesses
    assert (0x200018, 0x600018) == (access.address, access.physical)
