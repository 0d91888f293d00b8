"""Runs that do not fit: any state and any window of them, equal to the whole recording."""

from __future__ import annotations

import pytest
from reference.programs import PROGRAMS

from allocator import Machine, Trace, assemble
from allocator.trace.keyframes import LongRun, record_keyframes
from allocator.trace.native_recorder import record_natively

LOOP = "f: xor eax, eax\n.n: add rax, rcx\n mov [0x200000 + rcx], al\n dec rcx\n jnz .n\n ret"
STRINGS = (
    "f: mov r8, rcx\n.n: mov edi, 0x200000\n mov ecx, 100\n rep stosb\n mov esi, 0x200000\n mov ecx, 7\n"
    " rep movsb\n inc al\n dec r8\n jnz .n\n ret"
)


def machine(text: str) -> Machine:
    return Machine(assemble(text=text))


def long_run(text: str, every: int = 5000, limit: int = 10**9, **registers: int) -> LongRun:
    return record_keyframes(machine(text), "f", every=every, limit=limit, **registers)


def whole(text: str, limit: int = 10**9, **registers: int) -> Trace:
    return record_natively(machine(text), "f", limit=limit, **registers)


@pytest.mark.parametrize("text", [LOOP, STRINGS])
def test_a_long_run_has_the_steps_of_its_trace(text: str) -> None:
    assert len(whole(text, rcx=2000)) == len(long_run(text, rcx=2000))


@pytest.mark.parametrize("text", [LOOP, STRINGS])
def test_the_state_at_any_step_is_that_of_the_trace(text: str) -> None:
    trace, long = whole(text, rcx=2000), long_run(text, rcx=2000)
    for step in (0, 1, 2, 3, 7, 4999, 5000, 5001, len(trace) // 2, len(trace) - 1, len(trace)):
        assert trace.registers_at(step) == long.registers_at(step), step


def test_memory_at_any_step_is_what_it_was() -> None:
    long = long_run(LOOP, rcx=5000)
    rounds = 3000
    assert long.memory_at(1 + 4 * rounds, 0x200000 + 5001 - rounds, 1) != b"\0"
    assert long.memory_at(1 + 4 * rounds, 0x200000 + 5000 - rounds, 1) == b"\0"


@pytest.mark.parametrize("text", [LOOP, STRINGS])
def test_a_window_is_that_part_of_the_trace(text: str) -> None:
    trace, window = whole(text, rcx=3000), long_run(text, rcx=3000).window(11_495, 11_530)
    assert [(s.text, s.registers, s.flags, s.accesses, s.repeat) for s in trace[11_495:11_530]] == [
        (s.text, s.registers, s.flags, s.accesses, s.repeat) for s in window
    ]


def test_the_last_window_ends_as_the_run_does() -> None:
    long = long_run(LOOP, rcx=3000)
    assert "returned" == long.window(len(long) - 5, len(long)).stop.kind


def test_keyframes_do_not_change_the_run() -> None:
    plain, long = machine(LOOP).call("f", rcx=3000), long_run(LOOP, rcx=3000)
    assert (plain.registers, plain.memory_changed) == (long.run.registers, long.run.memory_changed)


@pytest.mark.parametrize("limit", [5, 4999, 5000, 5001, 33_333])
def test_a_limit_ends_a_long_run_where_it_ends_a_short_one(limit: int) -> None:
    text = "f: xor eax, eax\n.n: inc rax\n jmp .n"
    assert (limit, whole(text, limit).run.rax) == (
        len(long_run(text, limit=limit)),
        long_run(text, limit=limit).run.rax,
    )


@pytest.mark.parametrize("name", [name for name in PROGRAMS if "rewrites" not in name])
def test_every_program_has_its_length(name: str) -> None:
    assert len(whole(PROGRAMS[name], 4000, ecx=9)) == len(long_run(PROGRAMS[name], 5000, 4000, ecx=9))


def test_the_machine_goes_on_after_a_long_run() -> None:
    subject = machine(LOOP)
    record_keyframes(subject, "f", every=100, rcx=1000)
    assert subject.call("f", rcx=3).rax == 6


def test_a_step_behind_the_end_is_refused() -> None:
    with pytest.raises(IndexError, match="of a run of 42"):
        long_run(LOOP, rcx=10).registers_at(43)
