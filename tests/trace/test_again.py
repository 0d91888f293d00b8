"""A call that was made unrecorded is recorded from the state before it."""

from __future__ import annotations

import pytest

from allocator import Machine, assemble, record
from allocator.machine.pc import PC
from allocator.trace import again
from allocator.trace.again import record_again, record_moment

SOURCE = "f: inc dword [count]\n mov eax, [count]\n ret\nwait: dec ecx\n jnz wait\n ret\ncount: dd 0"


@pytest.fixture
def machine() -> Machine:
    return Machine(assemble(text=SOURCE))


def test_a_run_is_recorded_from_the_state_before_it(machine: Machine) -> None:
    runs = [machine.call("f") for _ in range(3)]

    trace = record_again(runs[1])

    assert trace is not None
    assert (2, 3) == (trace.run.rax, len(trace))


def test_recording_again_leaves_the_machine_alone(machine: Machine) -> None:
    record_again(machine.call("f"))

    assert 1 == int.from_bytes(machine.read(machine.symbols["count"], 4), "little")


def test_a_call_is_recorded_again_by_the_moment_before_it(machine: Machine) -> None:
    machine.call("f")
    machine.call("wait", rcx=2)

    trace = record_moment(machine.moments[-1])

    assert trace is not None
    assert ("wait", 5) == (trace.run.routine, len(trace))


def test_a_call_that_is_too_long_is_not_recorded_again(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(again, "MAX_UNITS", 10)
    run = machine.call("wait", rcx=100)

    assert (None, None) == (record_again(run), record_moment(machine.moments[-1]))


def test_a_call_that_was_stopped_early_is_not_taken_for_a_longer_one(machine: Machine) -> None:
    assert record_again(machine.call("wait", rcx=100, limit=10)) is None


def test_a_saved_run_cannot_be_recorded_again(machine: Machine, tmp_path) -> None:
    from allocator.trace.archive import load_trace, save_trace

    save_trace(record(machine, "f"), tmp_path / "f.parquet")

    assert record_again(load_trace(tmp_path / "f.parquet").run) is None


def test_a_boot_is_recorded_again() -> None:
    source = "bits 16\norg 0x7c00\nmov bx, 5\nhlt\ntimes 510 - ($ - $$) db 0\ndw 0xaa55"
    run = PC(assemble(text=source), memory="8M").boot()

    trace = record_again(run)

    assert trace is not None
    assert (5, run.steps) == (trace.run.bx, len(trace))
