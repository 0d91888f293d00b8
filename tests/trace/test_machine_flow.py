"""Values flow through services of the firmware and frames of interrupts."""

from __future__ import annotations

import pytest
from reference.boot_programs import sector
from test_boot import booted, loading, step_of

from allocator import Trace, assemble, record
from allocator.machine.pc import PC
from allocator.trace.machine_flow import vector_served_at
from allocator.trace.why import Why


def outside(why: Why) -> list[str]:
    return [given.name for given in why.inputs if given.kind == "outside"]


@pytest.mark.parametrize(("where", "vector"), [(0x500, "15h"), (0x8000, "13h"), (0xB8000, "10h")])
def test_what_a_service_stored_comes_from_the_firmware(where: int, vector: str) -> None:
    assert [f"firmware: INT {vector} service"] == outside(booted("services").why(where))


def test_what_a_service_answered_comes_from_the_firmware() -> None:
    trace = booted("services")
    after = step_of("services", "int 0x12").index + 3
    assert ["firmware: INT 12h service"] == outside(trace.why("ax", after))


def test_the_way_from_a_service_ends_there() -> None:
    trace = booted("services")
    assert [loading(trace).index] == trace.why(0x8000).steps.tolist()


def test_a_flag_that_comes_back_from_a_handler_went_through_the_frame() -> None:
    trace = booted("handlers in real mode")
    step = step_of("handlers in real mode", "int 0x21")
    assert [step.index, step.index + 2] == trace.why("zf", step.index + 3).steps.tolist()[-2:]


def test_a_handler_that_was_installed_decides_where_an_interrupt_leads() -> None:
    trace = booted("handlers in real mode")
    step = step_of("handlers in real mode", "int 0x21")
    installed = trace.last_write(0x84, step)
    assert installed is not None
    assert installed.index in trace.why("bx", step.index + 2, control=True).steps


def test_an_instruction_that_faulted_did_nothing_to_its_operands() -> None:
    trace = booted("handlers in protected mode")
    address = step_of("handlers in protected mode", "mov dword [0x400000], 7").address
    faulted, done = (int(step) for step in trace.visits(address))
    steps = trace.why(0x400000).steps
    assert (False, True) == (faulted in steps, done in steps)


def test_an_entry_in_rom_has_the_vector_that_it_serves() -> None:
    assert [0x15, 0x13, None] == [vector_served_at(address) for address in (0xFF859, 0xFE3FF, 0xFFFF0)]


def boot_of(body: str) -> Trace:
    return record(PC(assemble(text=sector(body), bits=16), "64M"), limit=10_000)


def test_a_register_that_a_service_left_alone_is_what_it_was() -> None:
    trace = boot_of(" mov ebx, 7\n int 0x12")
    assert ["mov ebx, 7"] == [step.text for step in trace.why("ebx").values]


def test_a_register_that_another_call_of_its_vector_changed_comes_from_the_firmware() -> None:
    trace = boot_of(" mov ecx, 7\n mov ah, 0\n int 0x1a\n mov ecx, 7\n mov ah, 2\n int 0x1a")
    assert ["firmware: INT 1Ah service"] == outside(trace.why("cx"))


def test_asking_for_an_interrupt_is_no_question_of_what_registers_hold() -> None:
    trace = boot_of(" mov ebx, 7\n int 0x12\n mov ecx, eax")
    assert "mov ebx, 7" not in [step.text for step in trace.why("ecx", control=True)]


def test_a_fault_is_one() -> None:
    trace = booted("handlers in protected mode")
    divided = next(step.index for step in trace if step.text == "div ecx")
    assert divided in trace.why("ecx", control=True).decisions.tolist()
