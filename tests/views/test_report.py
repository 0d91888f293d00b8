"""The report on a fault: golden texts for every kind, and what must be in each."""

from __future__ import annotations

from pathlib import Path

import pytest
from golden import assert_golden

from allocator import GuestFault, Machine, Run, assemble
from allocator.machine.disk import Disk
from allocator.machine.pc import PC
from allocator.views.ink import Ink
from allocator.views.report import fault_report, summary_line

GOLDEN = Path(__file__).parent / "golden"

FAULTS = {
    "never-returns": "f:  jmp     .on\n.on: jmp    f",
    "below-the-map": "f:  mov     rsi, os_MemoryMap\n    dec     rsi  ; one too low\n    lodsb\n    ret",
    "absent-memory": "f:  mov     rbx, 0x7000000000\n    mov     [rbx], eax\n    ret",
    "jump-to-nowhere": "f:  mov     rax, 0x7000000000\n    jmp     rax",
    "hlt": "f:  push    rbx\n    hlt",
    "ud2": "f:  ud2",
    "int3": "f:  int3",
    "avx": "f:  db      0xc5, 0xf0, 0x58, 0xc2  ; vaddps xmm0, xmm1, xmm2\n    ret",
    "divide-by-zero": "f:  xor     ecx, ecx\n    div     rcx",
    "interrupt-16": "    bits    16\nf:  mov     ah, 0x0e\n    int     0x10\n    ret",
    "endless-call-32": "    bits    32\nf:  call    f",
    "not-canonical": "f:  mov     rsp, 0x8000000000000000\n    pop     rax",
}


def failing_run(text: str, limit: int = 1000) -> Run:
    return Machine(assemble(text=text, name="t.asm")).call("f", limit=100_000 if "call" in text else limit)


@pytest.mark.parametrize("name", FAULTS)
def test_the_report_of_each_kind_of_fault(name: str) -> None:
    assert_golden(fault_report(failing_run(FAULTS[name])) + "\n", GOLDEN / f"report-{name}.txt")


def test_the_allocator_that_leaves_its_map(our_program: object) -> None:
    machine = Machine(our_program)  # type: ignore[arg-type]
    machine.mem_amount = 0

    assert_golden(fault_report(machine.call("os_mem_allocate", rcx=1)) + "\n", GOLDEN / "report-allocator.txt")


def test_result_raises_the_whole_report() -> None:
    run = failing_run(FAULTS["divide-by-zero"])

    with pytest.raises(GuestFault) as raised:
        run.result()

    assert fault_report(run) == str(raised.value)


def test_the_last_line_is_the_summary() -> None:
    run = failing_run(FAULTS["ud2"])

    assert summary_line(run) == fault_report(run).split("\n")[-1]


def test_colour_is_there_only_where_asked_for() -> None:
    run = failing_run(FAULTS["ud2"])

    assert (False, True) == ("\x1b[" in fault_report(run), "\x1b[" in fault_report(run, Ink(True)))


def test_what_a_source_contains_cannot_control_the_terminal() -> None:
    run = Machine(assemble(text="f: ud2 ; \x1b[2J\u202e", name="\x1b]0;t.asm")).call("f")

    assert not {"\x1b", "\u202e"} & set(fault_report(run))


# A machine that booted

_TO_PROTECTED = """
        cli
        lgdt    [gdtr]
        mov     eax, cr0
        or      al, 1
        mov     cr0, eax
        jmp     8:protected
bits 32
protected:
        mov     ax, 0x10
        mov     ds, ax
        mov     eax, [0xDEAD0000]
gdt:    dq 0, 0x00CF9A000000FFFF, 0x00CF92000000FFFF
gdtr:   dw 23
        dd gdt
"""


def booted(text: str) -> str:
    image = assemble(text=f"bits 16\norg 0x7C00\n{text}\ntimes 510-($-$$) db 0\ndw 0xAA55\n")
    return fault_report(PC(Disk.of(image).data).boot(limit=100_000))


def test_a_fault_in_protected_mode_is_shown_in_the_width_of_its_code() -> None:
    report = booted(_TO_PROTECTED)
    assert "7c19  mov eax, dword [0xdead0000]" in report
    assert "ds 0010  base 0         limit ffffffff" in report
    assert "7c26  00cf9a000000ffff  32-bit code" in report


def test_what_ran_in_real_mode_is_shown_as_real_mode_code() -> None:
    assert "7c0e  jmp 8:0x7c13" in booted(_TO_PROTECTED)


def test_a_service_that_is_not_there_is_reported_where_it_was_called() -> None:
    report = booted("jmp 0x7C0:begin - 0x7C00\nbegin: int 0x21")
    assert "(CS:IP = 07c0:0005)" in report


def test_a_boot_that_does_not_end_is_told_how_to_go_on() -> None:
    assert "--limit N" in booted("again: inc ax\njmp again")


def test_the_state_after_a_run_is_that_of_the_machine() -> None:
    pc = PC(assemble(text="bits 16\norg 0x7C00\nmov ax, 0x50\nmov ds, ax\nhlt\ntimes 510-($-$$) db 0\ndw 0xAA55\n"))
    assert 0x500 == pc.boot().state_after.segments["ds"].base
