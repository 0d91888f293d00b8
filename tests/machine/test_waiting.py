"""What a program gets that waits: interrupts of timer and keyboard at HLT and at a jump to itself; or its end."""

from __future__ import annotations

import booting

from allocator.machine.pc import PC
from allocator.machine.pit import MOST_TICKS
from allocator.trace.native_recorder import record_natively
from allocator.trace.plain_recorder import record_plainly

COUNTER = """
        xor     ax, ax
        mov     ds, ax
        mov     word [4 * {vector}], handler
        mov     word [4 * {vector} + 2], ax
        sti
wait:   {wait}
        cmp     cl, 5
        jb      wait
        cli
        hlt
handler:
        inc     cx
        push    ax
        {action}
        mov     al, 0x20
        out     0x20, al
        pop     ax
        iret
"""
POLL = """
        mov     bx, [0x46C]
wait:   hlt
        mov     ax, [0x46C]
        sub     ax, bx
        cmp     ax, 3
        jb      wait
        cli
        hlt
"""


def counting(vector: int = 0x08, wait: str = "hlt", action: str = "nop", keys: str = "") -> PC:
    return booting.real(COUNTER.format(vector=vector, wait=wait, action=action), keys=keys)


def test_a_handler_of_the_timer_runs_at_every_halt() -> None:
    run = counting().boot()
    assert ("halted", 5) == (run.stop.kind, run.cl)


def test_a_hook_of_the_firmware_s_tick_runs_as_well() -> None:
    assert 5 == counting(vector=0x1C).boot().cl


def test_a_jump_to_itself_is_interrupted_by_a_handler_that_leaves_it() -> None:
    program = COUNTER.format(vector=8, wait="jmp $", action="add word [esp + 2], 2")
    assert 5 == booting.real(program).boot().cl


def test_a_handler_of_the_keyboard_gets_the_scan_codes() -> None:
    pc = counting(vector=9, action="in al, 0x60\nmov dl, al\nmov cl, 5", keys="a")
    assert 0x1E == pc.boot().dl


def test_the_ticks_that_firmware_counts_go_on_while_a_program_halts() -> None:
    run = booting.real(POLL).boot()
    assert "halted" == run.stop.kind
    assert run.ax >= 3


def test_a_program_that_only_waits_for_ever_is_over_at_once() -> None:
    run = booting.real("sti\nxor cx, cx\nwait: hlt\njmp wait").boot()
    assert ("halted", 0x7C03) == (run.stop.kind, run.stop.address)


def test_a_handler_that_never_ends_its_interrupt_is_not_called_again() -> None:
    run = counting(action="pop ax\niret").boot()
    assert ("halted", 1) == (run.stop.kind, run.cl)


def test_waiting_ends_after_a_while() -> None:
    run = counting(action="dec cx\ninc bp").boot()
    assert ("halted", MOST_TICKS) == (run.stop.kind, run.bp)


def test_a_halt_with_interrupts_disabled_is_the_end() -> None:
    assert 0 == counting(wait="cli\nhlt").boot().cl


def test_what_lies_behind_the_last_halt_is_not_run() -> None:
    assert 0 == booting.real("hlt\ninc cx\nmov al, 1").boot().cx


def test_the_timer_interrupts_protected_mode_by_the_idt() -> None:
    text = """
        mov     al, 0x11
        out     0x20, al
        mov     al, 0x20
        out     0x21, al
        mov     al, 4
        out     0x21, al
        mov     al, 3
        out     0x21, al
        xor     ecx, ecx
        sti
wait:   hlt
        cmp     ecx, 3
        jb      wait
        cli
        hlt
tick:   inc     ecx
        iretd
"""
    run = booting.protected(text, {0x20: ("tick", 8, booting.INTERRUPT)}).boot()
    assert ("halted", 3) == (run.stop.kind, run.ecx)


def test_an_interrupt_without_a_gate_shuts_the_processor_down() -> None:
    run = booting.protected("sti\nhlt\n").boot()
    assert "triple_fault" == run.stop.kind
    assert "a device interrupt, vector 0x8" in run.stop.message


def test_both_recorders_see_the_same_interrupts() -> None:
    plain, native = record_plainly(counting(), limit=10_000), record_natively(counting(), limit=10_000)
    assert [(step.address, dict(step.registers)) for step in plain] == [
        (step.address, dict(step.registers)) for step in native
    ]


def test_a_recorded_wait_is_the_one_that_was_not_recorded() -> None:
    trace, run = record_natively(counting(), limit=100_000), counting().boot()
    assert (run.steps, run.registers) == (len(trace), trace.run.registers)


def test_the_second_boot_waits_as_the_first_did() -> None:
    pc = counting(action="dec cx\ninc bp")
    assert pc.boot().bp == pc.boot().bp


# Ticks that are looked at

LOOK = """
        sti
        mov     ax, [0x46C]
again:  mov     bx, [0x46C]
        sub     bx, ax
        cmp     bx, 18
        jb      again
        cli
        hlt
"""


def test_a_program_that_looks_at_the_ticks_sees_them_go_on() -> None:
    run = booting.real(LOOK).boot()
    assert ("halted", 18) == (run.stop.kind, run.bx)


def test_ticks_stand_still_while_interrupts_are_disabled() -> None:
    assert "limit" == booting.real(LOOK.replace("sti", "cli")).boot(limit=10_000).stop.kind


def test_memory_at_the_ticks_is_the_program_s_own_in_protected_mode() -> None:
    run = booting.protected("mov dword [0x46C], 5\nmov eax, [0x46C]\nmov eax, [0x46C]\ncli\nhlt").boot()
    assert 5 == run.eax


def test_both_recorders_read_the_same_ticks() -> None:
    plain, native = (record(booting.real(LOOK), limit=10_000) for record in (record_plainly, record_natively))
    assert [[access.value for access in step.accesses] for step in plain] == [
        [access.value for access in step.accesses] for step in native
    ]
