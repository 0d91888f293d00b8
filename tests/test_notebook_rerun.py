"""One instruction is changed and the call made again from where it began."""

from __future__ import annotations

import pytest

from allocator import PC, AssemblyError, Image, Machine, Trace, assemble, record
from allocator.errors import UsageError
from allocator.notebook_rerun import again, patch


@pytest.fixture
def trace(our_program: Image) -> Trace:
    return record(Machine(our_program), "os_mem_allocate", rcx=3)


def test_the_changed_instruction_is_the_one_that_runs(trace: Trace) -> None:
    changed = again(trace, "os_mem_allocate.next+6", "cmp al, 2")

    assert 29 << 21 == trace.run.rax
    assert 0 == changed.run.rax


def test_a_step_of_the_trace_says_which_instruction(trace: Trace) -> None:
    step = next(step for step in trace if step.text == "cmp al, 1")

    assert 0 == again(trace, step, "cmp al, 2").run.rax


def test_it_begins_in_the_state_before_the_call(our_program: Image) -> None:
    machine = Machine(our_program)
    machine.call("os_mem_allocate", rcx=3)
    second = machine.call("os_mem_allocate", rcx=5)
    machine.call("os_mem_release", rax=29 << 21, rcx=3)

    assert second.rax == again(second).run.rax
    assert 28 << 21 == again(second, rcx=1).run.rax


def test_neither_the_machine_nor_the_trace_changes(our_program: Image) -> None:
    machine = Machine(our_program)
    trace = record(machine, "os_mem_allocate", rcx=3)
    pages = bytes(machine.page_map)

    again(trace, "os_mem_allocate.mark", "nop", rcx=9)

    assert pages == bytes(machine.page_map)
    assert "cld" == trace.at("os_mem_allocate.mark").text


def test_a_shorter_instruction_is_filled_up_so_that_nothing_moves(trace: Trace) -> None:
    image = patch(trace.image, "os_mem_allocate.next+6", "nop")

    assert trace.image.symbols == image.symbols
    assert ["nop", "nop"] == [step.text for step in again(trace, "os_mem_allocate.next+6", "nop")[17:19]]


def test_a_longer_instruction_is_refused(trace: Trace) -> None:
    with pytest.raises(UsageError, match=r"'mov eax, 1' has 5 bytes, and the instruction that it replaces has 1"):
        again(trace, "os_mem_allocate.next", "mov eax, 1")


def test_the_listing_says_what_the_line_was(trace: Trace) -> None:
    changed = again(trace, "os_mem_allocate.next+6", "cmp  al,2")

    line = changed[changed.at("os_mem_allocate.next").index + 3].line
    assert line is not None
    assert ["cmp al,2", "was: cmp al, PAGE_FREE"] == [
        " ".join(part.split()) for part in line.source.line(line.line).split(";")
    ]


def test_local_labels_and_constants_mean_what_they_mean_there(trace: Trace) -> None:
    changed = again(trace, "os_mem_allocate.next+8", "jne .full")

    assert changed.stop.kind == "returned"
    assert trace.run.rax == changed.run.rax


def test_a_place_between_two_instructions_is_refused_with_the_nearest(trace: Trace) -> None:
    with pytest.raises(UsageError, match=r"no instruction of the program begins at 0x\w+\nhint: the nearest"):
        again(trace, "os_mem_allocate.next+2", "nop")


def test_nonsense_is_an_error_of_assembly(trace: Trace) -> None:
    with pytest.raises(AssemblyError, match="<change>:1:"):
        again(trace, "os_mem_allocate.next", "lodsq al")


def test_no_instruction_is_refused(trace: Trace) -> None:
    with pytest.raises(UsageError, match="'nop' does nothing"):
        again(trace, "os_mem_allocate.next")


def test_what_the_program_stored_into_its_own_data_stays() -> None:
    machine = Machine(assemble(text="f: inc dword [count]\n mov eax, [count]\n ret\ncount: dd 0"))
    machine.call("f")
    second = machine.call("f")

    assert 2 == second.rax
    assert 0 == again(second, "f", "dec dword [count]").run.rax


SECTOR = "bits 16\norg 0x7C00\nstart: mov ax, 1\n cli\n hlt\nf: inc ax\n ret\ntimes 510 - ($ - $$) db 0\ndw 0xAA55"


def test_a_boot_is_made_again_with_a_changed_disk() -> None:
    boot = record(PC(assemble(text=SECTOR)))

    assert 1 == boot.run.registers["ax"]
    assert 7 == again(boot, "start", "mov ax, 7").run.registers["ax"]
    assert 1 == again(boot).run.registers["ax"]


def test_a_call_after_a_boot_is_made_again_but_keeps_its_program() -> None:
    pc = PC(assemble(text=SECTOR))
    pc.boot()
    run = pc.call("f", eax=4)

    assert 6 == again(run, eax=5).run.registers["ax"]
    with pytest.raises(UsageError, match="change the boot itself"):
        again(run, "f", "dec ax")
