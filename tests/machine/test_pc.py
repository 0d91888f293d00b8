from __future__ import annotations

import _thread
import threading

import booting
import pytest
from booting import INTERRUPT

from allocator.errors import MachineError
from allocator.machine.pc import PC
from allocator.trace.keyframes import record_keyframes
from allocator.trace.native_recorder import record_natively
from allocator.trace.plain_recorder import record_plainly
from allocator.trace.trace import Trace

HELLO = """
        xor     ax, ax
        mov     ds, ax
        mov     si, text
.next:  lodsb
        test    al, al
        jz      .end
        mov     ah, 0x0E
        int     0x10
        jmp     .next
.end:   hlt
text:   db "Hello", 0
"""
FAULTS = """
        mov     ebp, 50
.next:  int     0x30
        xor     ecx, ecx
        div     ecx
        mov     edi, 0x9000
        mov     ecx, 20
        rep stosb
        dec     ebp
        jnz     .next
        hlt
skip:   add     dword [esp], 2
        iretd
count:  inc     dword [0x600]
        iretd
"""
GATES = {0: ("skip", 8, INTERRUPT), 0x30: ("count", 8, INTERRUPT)}


def all_modes() -> PC:
    text = "mov rbx, 0x1122334455667788\n int 0x30\n mov [0x200010], rbx\n mov rcx, [0x200010]\n hlt\n"
    page = "h: add rsp, 8\n mov rsi, cr2\n mov qword [0x12008], 0x200083\n iretq\n"
    count = "count: inc dword [0x600]\n iretq\n"
    return booting.long(text + page + count, {14: ("h", 0x38, INTERRUPT), 0x30: ("count", 0x38, INTERRUPT)})


def modes_of(trace: Trace) -> list[str]:
    modes = [trace.columns.places[number].mode for number in trace.columns.place]
    return [mode for mode, before in zip(modes, ["", *modes], strict=False) if mode != before]


def test_a_boot_sector_prints_by_the_firmware() -> None:
    pc = booting.real(HELLO)
    assert ("halted", "Hello") == (pc.boot().stop.kind, pc.console.text)


def test_a_boot_begins_at_the_reset_vector() -> None:
    run = booting.real("hlt").boot()
    assert (0xFFFF0, 0xF000, 0xFFF0, 2) == (run.entry, run.before.cs, run.before.rip, run.before.rflags)


def test_the_registers_before_a_boot_are_those_that_are_recorded() -> None:
    trace = record_plainly(booting.real("hlt"))
    assert dict(trace.run.before) == dict(trace[0].before)


def test_a_boot_sector_finds_what_seabios_leaves() -> None:
    run = booting.real("hlt").boot()
    found = (run.eax, run.edx, run.esp, run.eflags, run.cr0, run.cs, run.rip)
    assert (0xAA55, 0x80, 0x6F04, 0x202, 0x10, 0, 0x7C00) == found


def test_one_run_passes_through_all_modes() -> None:
    run = all_modes().boot()
    assert ("halted", 0x1122334455667788, 0x200010) == (run.stop.kind, run.rcx, run.rsi)


def test_every_mode_is_named_in_the_trace() -> None:
    expected = ["real16", "protected16", "protected32", "paged32", "long64"]
    assert expected == modes_of(record_natively(all_modes()))


@pytest.mark.parametrize("make", [all_modes, lambda: booting.protected(FAULTS, GATES), lambda: booting.real(HELLO)])
def test_both_recorders_agree_on_a_boot(make: object) -> None:
    plain, native = (record(make()) for record in (record_plainly, record_natively))  # type: ignore[operator]
    assert plain.columns.places[0] == native.columns.places[0] and len(plain) == len(native)
    for name in ("changes", "accesses", "register", "value", "kind", "size", "address", "before", "after"):
        assert list(getattr(plain.columns, name)) == list(getattr(native.columns, name)), name
    assert plain.columns.makers == native.columns.makers


def test_the_steps_of_a_boot_are_those_of_its_trace() -> None:
    run = booting.protected(FAULTS, GATES).boot()
    assert len(record_natively(booting.protected(FAULTS, GATES))) == run.steps


def test_the_last_steps_of_a_boot_lead_to_its_end() -> None:
    run = booting.protected(FAULTS, GATES).boot()
    assert run.stop.address == run.last_steps(1)[0]


def test_keyframes_of_a_boot_count_its_steps() -> None:
    long = record_keyframes(booting.protected(FAULTS, GATES), every=200)
    assert len(record_natively(booting.protected(FAULTS, GATES))) == len(long)


def test_a_boot_can_be_made_again_from_before_it() -> None:
    run = all_modes().boot()
    again = run.machine_before()
    assert isinstance(again, PC) and dict(run.registers) == dict(again.boot().registers)


def test_a_second_boot_is_like_the_first() -> None:
    pc = booting.real(HELLO)
    first, second = pc.boot(), pc.boot()
    assert (dict(first.registers), first.steps, "Hello") == (dict(second.registers), second.steps, pc.console.text)


def test_a_boot_after_long_mode_begins_in_real_mode_again() -> None:
    pc = all_modes()
    pc.boot()
    assert "halted" == pc.boot().stop.kind


def test_what_the_host_wrote_before_the_first_boot_is_there_at_every_boot() -> None:
    pc = booting.real("mov al, [0x600]\n hlt")
    pc.write(0x600, b"\x5a")
    assert [0x5A, 0x5A] == [pc.boot().al, pc.boot().al]


def test_a_snapshot_keeps_what_was_said() -> None:
    pc = booting.real(HELLO)
    pc.boot()
    saved = pc.snapshot()
    pc.console.hear("debug port", b"more")
    pc.restore(saved)
    assert "Hello" == pc.console.text


def test_memory_that_a_boot_changed_is_known() -> None:
    run = booting.real("mov byte [0x5000], 0x77\n hlt").boot()
    assert (0x5000, b"\0", b"\x77") in [tuple(change) for change in run.memory_changed]


def test_a_boot_without_an_end_is_stopped_at_its_limit() -> None:
    assert "limit" == booting.real("n: inc ax\n jmp n").boot(limit=10_000).stop.kind


def test_a_loop_of_interrupts_is_stopped_at_its_limit() -> None:
    assert "limit" == booting.real("n: int 0x11\n jmp n").boot(limit=20_000).stop.kind


def test_a_limit_ends_a_boot_at_the_same_step_however_it_is_watched() -> None:
    text = "n: inc ax\n int 0x11\n jmp n"
    bare = booting.real(text).boot(limit=5_003)
    plain, native = (record(booting.real(text), limit=5_003) for record in (record_plainly, record_natively))
    assert bare.rip == plain.run.registers.rip == native.run.registers.rip


def test_ctrl_c_stops_a_boot() -> None:
    pc = booting.real("n: inc ax\n jmp n")
    threading.Timer(0.1, _thread.interrupt_main).start()
    assert "interrupted" == pc.boot(limit=10**12).stop.kind


@pytest.mark.parametrize("text", ["n: jmp n", "jmp $", "db 0xE9, 0xFD, 0xFF", "bits 32\n db 0x66\n jmp near $ - 1"])
def test_a_jump_to_itself_is_an_endless_loop(text: str) -> None:
    assert "limit" == booting.real(text).boot().stop.kind


def test_a_port_can_end_the_machine() -> None:
    run = booting.real("mov al, 3\nat: out 0xF4, al\n inc ax\n hlt").boot()
    assert ("exited", 3, run.image.symbols["at"]) == (run.stop.kind, run.al, run.stop.address)


def test_sse_is_an_invalid_opcode_until_it_is_enabled() -> None:
    run = booting.real("movaps xmm0, xmm1\n hlt").boot()
    assert "cpu_fault" == run.stop.kind and "CR4.OSFXSR" in run.stop.message


def test_an_interrupt_without_a_service_says_which_there_are() -> None:
    run = booting.real("at: int 0x21").boot()
    assert ("unknown_service", 0x21, run.image.symbols["at"]) == (run.stop.kind, run.stop.vector, run.stop.address)


def test_memory_behind_the_last_of_it_is_a_fault_that_says_what_hardware_does() -> None:
    run = booting.protected("mov eax, [0x70000000]").boot()
    assert ("memory_fault", 0x70000000) == (run.stop.kind, run.stop.access.address if run.stop.access else 0)
    assert "real PC reads FFh" in run.stop.message


def test_video_memory_is_memory() -> None:
    run = booting.real("mov ax, 0xA000\n mov es, ax\n mov byte [es:5], 7\n mov bl, [es:5]\n hlt").boot()
    assert 7 == run.bl


def test_a_booted_machine_has_no_fences() -> None:
    run = booting.protected("mov dword [0x6000], 1\n mov dword [0x11F000], 2\n mov eax, [0x11F000]\n hlt").boot()
    assert ("halted", 2) == (run.stop.kind, run.eax)


def test_a_segment_keeps_its_base_from_protected_mode() -> None:
    text = "mov ax, 0x40\n jmp 0x40:real\nbits 16\nreal: mov eax, cr0\n and al, 0xFE\n mov cr0, eax\n"
    text += "jmp 0:back\nback: mov ecx, 0x100000\n mov dword [ecx], 0x12345678\n mov edx, [ecx]\n hlt\n"
    assert 0x12345678 == booting.protected(text).boot().edx


# -- calls after a boot --


def test_a_routine_can_be_called_in_the_mode_that_the_boot_left_behind() -> None:
    pc = booting.long("hlt\nf: lea rax, [rcx * 2]\n ret")
    pc.boot()
    run = pc.call("f", rcx=21)
    assert ("returned", 42, 0x10000) == (run.stop.kind, run.rax, run.cr3)


def test_the_steps_of_a_call_after_a_boot_can_be_asked_for() -> None:
    pc = booting.long("hlt\nf: lea rax, [rcx * 2]\n ret")
    pc.boot()
    assert [2, 2] == [pc.call("f", rcx=1).steps, pc.call("f", rcx=2).steps]


def test_a_call_before_the_boot_is_refused() -> None:
    with pytest.raises(MachineError, match="boot"):
        booting.real("hlt\nf: ret").call("f")


def test_code_of_another_width_cannot_be_called() -> None:
    pc = booting.long("hlt\nf: ret\nbits 32\ng: ret")
    pc.boot()
    with pytest.raises(MachineError, match="32-bit"):
        pc.call("g")


# -- looking at the processor --


def test_the_state_has_the_hidden_parts_of_the_segments() -> None:
    pc = booting.real("mov ax, 0x1234\n mov ds, ax\n hlt")
    pc.boot()
    assert (0x12340, 0xFFFF) == pc.system_state().segments["ds"][1:3]


def test_the_width_of_the_code_follows_the_processor() -> None:
    pc = all_modes()
    before = pc.bits
    pc.boot()
    assert (16, 64) == (before, pc.bits)


def test_linear_memory_is_read_through_the_page_tables() -> None:
    text = "mov dword [0x9000], 0x55AA\n mov qword [0x12008], 0x83\n mov rax, cr3\n mov cr3, rax\n hlt"
    pc = booting.long(text)
    pc.boot()
    assert b"\xaa\x55" == pc.read_linear(0x209000, 2)


def test_keys_that_are_given_are_typed() -> None:
    pc = booting.real("xor ax, ax\nint 0x16\ncli\nhlt", keys="q")
    assert ("halted", 0x1071) == (pc.boot().stop.kind, pc.boot().ax)


def test_a_misbehaving_firmware_map_is_the_memory_that_the_machine_has() -> None:
    pc = booting.real("hlt", firmware=["overlap"])
    assert pc.bios.firmware_map == pc.firmware_map


def test_a_twin_has_the_same_misbehaving_map() -> None:
    pc = booting.real("cli\nhlt", firmware=["overlap"])
    assert pc.firmware_map == pc.boot().machine_before().firmware_map
