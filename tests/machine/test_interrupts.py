from __future__ import annotations

import booting
import pytest
from booting import FOR_USERS, INTERRUPT, TRAP, to_user

from allocator import Machine, assemble
from allocator.machine.run import Run

FRAME_32 = "h: mov ebx, [esp]\n mov ecx, [esp + 4]\n mov edx, [esp + 8]\n mov esi, [esp + 12]\n"
FRAME_64 = "h: mov rbx, [rsp]\n mov rcx, [rsp + 8]\n mov rdx, [rsp + 16]\n mov rsi, [rsp + 24]\n mov rdi, [rsp + 32]\n"
SET_VECTOR_30 = "cli\n xor ax, ax\n mov ds, ax\n mov word [0xC0], h\n mov word [0xC2], 0\n"


def symbol(run: Run, name: str) -> int:
    return run.image.symbols[name]


# -- real mode --


def test_real_mode_pushes_flags_cs_and_ip() -> None:
    run = booting.real(SET_VECTOR_30 + "stc\n int 0x30\nback: hlt\nh: pop bx\n pop cx\n pop dx\n hlt").boot()
    assert (symbol(run, "back"), 0, 1) == (run.bx, run.cx, run.dx & 1)


def test_real_mode_clears_if_and_iret_brings_it_back() -> None:
    run = booting.real(SET_VECTOR_30 + "sti\n int 0x30\n pushf\n pop dx\n hlt\nh: pushf\n pop cx\n iret").boot()
    assert (0, 0x200) == (run.cx & 0x200, run.dx & 0x200)


def test_a_handler_in_real_mode_may_lie_in_another_segment() -> None:
    text = "cli\n xor ax, ax\n mov ds, ax\n mov word [0xC0], h - 0x7C00\n mov word [0xC2], 0x7C0\n int 0x30\n hlt\n"
    run = booting.real(text + "h: mov bx, cs\n iret").boot()
    assert 0x7C0 == run.bx


def test_a_divide_error_in_real_mode_reaches_the_programs_own_handler() -> None:
    text = "cli\n xor ax, ax\n mov ds, ax\n mov word [0], h\n mov word [2], 0\n xor dx, dx\nat: div dx\n hlt\n"
    run = booting.real(text + "h: pop bx\n hlt").boot()
    assert symbol(run, "at") == run.bx


def test_an_invalid_opcode_in_real_mode_reaches_the_programs_own_handler() -> None:
    text = "cli\n xor ax, ax\n mov ds, ax\n mov word [24], h\n mov word [26], 0\nat: ud2\n hlt\nh: pop bx\n hlt"
    run = booting.real(text).boot()
    assert symbol(run, "at") == run.bx


def test_int3_leaves_the_counter_behind_itself() -> None:
    text = "cli\n xor ax, ax\n mov ds, ax\n mov word [12], h\n mov word [14], 0\n int3\nback: hlt\nh: pop bx\n hlt"
    run = booting.real(text).boot()
    assert symbol(run, "back") == run.bx


def test_a_single_step_trap_comes_after_every_instruction() -> None:
    text = "cli\n xor ax, ax\n xor bx, bx\n mov ds, ax\n mov word [4], h\n mov word [6], 0\n mov bp, 0x102\n push bp\n"
    run = booting.real(text + "popf\n nop\n nop\n push 2\n popf\n hlt\nh: inc bx\n iret").boot()
    assert 4 == run.bx


def test_a_fault_that_nobody_handles_ends_the_run_at_the_instruction() -> None:
    run = booting.real("xor dx, dx\nat: div dx").boot()
    assert ("cpu_fault", 0, symbol(run, "at")) == (run.stop.kind, run.stop.vector, run.stop.address)


def test_a_vector_behind_the_limit_of_idtr_shuts_the_processor_down() -> None:
    run = booting.real("cli\n lidt [t]\n int 0x30\n hlt\nt: dw 7\n dd 0").boot()
    assert "triple_fault" == run.stop.kind


def test_an_empty_vector_table_shuts_the_processor_down() -> None:
    run = booting.real("cli\n lidt [t]\n xor dx, dx\n div dx\nt: dw 0\n dd 0").boot()
    assert "triple_fault" == run.stop.kind


# -- 32-bit gates --


def test_a_gate_of_the_same_level_pushes_three_dwords() -> None:
    run = booting.protected(f"int 0x30\nback: hlt\n{FRAME_32} iretd", {0x30: ("h", 8, INTERRUPT)}).boot()
    assert ("halted", symbol(run, "back"), 8, 0x7000) == (run.stop.kind, run.ebx, run.ecx, run.esp)


def test_a_gate_clears_tf_and_nt_in_the_handler() -> None:
    text = "push dword 0x4002\n popfd\n int 0x30\n hlt\nh: pushfd\n pop ebx\n hlt"
    assert 0 == booting.protected(text, {0x30: ("h", 8, INTERRUPT)}).boot().ebx & 0x4100


@pytest.mark.parametrize(("kind", "enabled"), [(INTERRUPT, 0), (TRAP, 0x200)])
def test_only_an_interrupt_gate_masks_interrupts(kind: int, enabled: int) -> None:
    run = booting.protected("sti\n int 0x30\n hlt\nh: pushfd\n pop ebx\n cli\n hlt", {0x30: ("h", 8, kind)}).boot()
    assert enabled == run.ebx & 0x200


def test_a_gate_of_16_bits_pushes_words() -> None:
    text = "int 0x30\nback: hlt\nh: mov bx, [esp]\n mov cx, [esp + 2]\n hlt"
    run = booting.protected(text, {0x30: ("h", 8, 0x8600)}).boot()
    assert (symbol(run, "back"), 8, 0x6FFA) == (run.bx, run.cx, run.esp)


def test_a_general_protection_fault_brings_its_error_code() -> None:
    run = booting.protected(f"mov ax, 0x50\nat: mov ds, ax\n hlt\n{FRAME_32} hlt", {13: ("h", 8, INTERRUPT)}).boot()
    assert (0x50, symbol(run, "at")) == (run.ebx, run.ecx)


def test_the_second_fault_is_not_taken_for_a_double_fault() -> None:
    text = "xor ebx, ebx\n mov ecx, 3\n.n: xor eax, eax\n div eax\n loop .n\n hlt\n"
    text += "h: inc ebx\n add dword [esp], 2\n iretd"
    run = booting.protected(text, {0: ("h", 8, INTERRUPT)}).boot()
    assert ("halted", 3) == (run.stop.kind, run.ebx)


def test_an_interrupt_from_user_code_comes_on_the_stack_of_the_task_state() -> None:
    text = f"{to_user()} int 0x30\nback: hlt\n{FRAME_32} mov edi, esp\n mov ebp, [esp + 16]\n iretd"
    run = booting.protected(text, {0x30: ("h", 8, INTERRUPT | FOR_USERS)}).boot()
    expected = (symbol(run, "back"), 0x1B, 0x5000, 0x6000 - 20, 0x23, 0x5000, 0x23)
    assert expected == (run.ebx, run.ecx, run.esi, run.edi, run.ebp, run.esp, run.ss)


def test_user_code_may_not_use_a_gate_of_the_kernel() -> None:
    text = f"{to_user()} int 0x30\n hlt\n{FRAME_32} hlt"
    run = booting.protected(text, {0x30: ("h", 8, INTERRUPT), 13: ("h", 8, INTERRUPT)}).boot()
    assert (0x30 * 8 + 2, symbol(run, "user")) == (run.ebx, run.ecx)


def test_without_a_task_state_user_code_cannot_be_interrupted() -> None:
    text = to_user().replace("ltr     ax", "nop") + "int 0x30\n hlt\nh: hlt"
    run = booting.protected(text, {0x30: ("h", 8, INTERRUPT | FOR_USERS)}).boot()
    assert "triple_fault" == run.stop.kind and "there is no task state" in run.stop.message


def test_a_gate_that_is_not_present_is_segment_not_present() -> None:
    gates = {0x30: ("h", 8, INTERRUPT & ~0x8000), 11: ("h", 8, INTERRUPT)}
    run = booting.protected(f"at: int 0x30\n hlt\n{FRAME_32} hlt", gates).boot()
    assert (0x30 * 8 + 2, symbol(run, "at")) == (run.ebx, run.ecx)


def test_a_gate_to_a_data_segment_is_general_protection() -> None:
    gates = {0x30: ("h", 0x10, INTERRUPT), 13: ("h", 8, INTERRUPT)}
    assert 0x10 == booting.protected(f"int 0x30\n hlt\n{FRAME_32} hlt", gates).boot().ebx


def test_two_faults_that_do_not_go_together_are_a_double_fault() -> None:
    run = booting.protected(f"xor ecx, ecx\nat: div ecx\n{FRAME_32} hlt", {8: ("h", 8, INTERRUPT)}).boot()
    assert (0, symbol(run, "at")) == (run.ebx, run.ecx)


def test_a_triple_fault_tells_every_step() -> None:
    run = booting.protected("xor ecx, ecx\nat: div ecx").boot()
    assert ("triple_fault", symbol(run, "at"), 0) == (run.stop.kind, run.stop.address, run.stop.vector)
    assert ["gate 0 of the IDT is empty", "gate 8 of the IDT is empty"] == [
        step.split(": ")[-1].split(",")[0] for step in run.stop.message.split("; ")[:2]
    ]


def test_an_interrupt_behind_the_end_of_the_idt_is_general_protection() -> None:
    run = booting.protected(f"at: int 0x90\n hlt\n{FRAME_32} hlt", {13: ("h", 8, INTERRUPT)}).boot()
    assert (0x90 * 8 + 2, symbol(run, "at")) == (run.ebx, run.ecx)


def test_a_task_gate_is_not_modelled_and_says_so() -> None:
    run = booting.protected("int 0x30", {0x30: ("0", 0x28, 0x8500)}).boot()
    assert "unsupported_instruction" == run.stop.kind and "task gate" in run.stop.message


def test_a_handler_that_changes_nothing_does_not_run_for_ever() -> None:
    run = booting.protected("xor ecx, ecx\nat: div ecx\nh: iretd", {0: ("h", 8, INTERRUPT)}).boot()
    assert ("limit", symbol(run, "at")) == (run.stop.kind, run.stop.address)
    assert "its handler returns to it" in run.stop.message


def test_a_frame_without_memory_is_a_memory_fault() -> None:
    run = booting.protected("mov esp, 0x70000000\n int 0x30\nh: iretd", {0x30: ("h", 8, INTERRUPT)}).boot()
    assert ("memory_fault", ("write", 0x6FFFFFFC, 1)) == (run.stop.kind, run.stop.access)


# -- long mode --


def test_a_gate_of_long_mode_always_pushes_five_words_aligned_to_16() -> None:
    text = f"mov rsp, 0x6FF8\n int 0x30\nback: hlt\n{FRAME_64} mov rbp, rsp\n iretq"
    run = booting.long(text, {0x30: ("h", 0x38, INTERRUPT)}).boot()
    assert (symbol(run, "back"), 0x38, 0x6FF8, 0x10, 0x6FF0 - 40) == (run.rbx, run.rcx, run.rsi, run.rdi, run.rbp)
    assert 0x6FF8 == run.rsp


def test_an_interrupt_stack_is_taken_whatever_the_level() -> None:
    text = "mov qword [0xF024], 0x6800\n mov ax, 0x28\n ltr ax\n int 0x30\n hlt\nh: mov rbp, rsp\n iretq"
    run = booting.long(text, {0x30: ("h", 0x38, INTERRUPT | 1)}).boot()
    assert (0x6800 - 40, 0x7000) == (run.rbp, run.rsp)


def test_a_page_fault_tells_its_address_and_the_instruction_begins_again() -> None:
    text = "mov rbx, 0x1122\n mov [0x200010], rbx\n mov rcx, [0x200010]\n hlt\n"
    handler = "h: pop rdx\n mov rsi, cr2\n mov qword [0x12008], 0x200083\n iretq"
    run = booting.long(text + handler, {14: ("h", 0x38, INTERRUPT)}).boot()
    assert ("halted", 2, 0x200010, 0x1122) == (run.stop.kind, run.rdx, run.rsi, run.rcx)


def test_a_page_fault_on_the_stack_of_a_page_fault_is_a_double_fault() -> None:
    text = "mov qword [0xF024], 0x6800\n mov ax, 0x28\n ltr ax\n mov rsp, 0x400000\n push rax\n"
    gates = {14: ("h", 0x38, INTERRUPT), 8: ("d", 0x38, INTERRUPT | 1)}
    run = booting.long(text + "h: ud2\nd: pop rbx\n mov rbp, 8\n hlt", gates).boot()
    assert ("halted", 8, 0) == (run.stop.kind, run.rbp, run.rbx)


def test_a_handler_in_32_bit_code_is_refused_in_long_mode() -> None:
    gates = {0x30: ("h", 0x08, INTERRUPT), 13: ("h", 0x38, INTERRUPT)}
    assert 8 == booting.long(f"int 0x30\n hlt\n{FRAME_64} hlt", gates).boot().rbx


def test_a_triple_fault_in_long_mode_names_the_address_of_the_page_fault() -> None:
    run = booting.long("mov rax, [0x400000]").boot()
    assert "triple_fault" == run.stop.kind and "page fault (#PF) at 0x400000" in run.stop.message


# -- called machines --


def test_a_routine_that_loads_an_idt_gets_its_exceptions() -> None:
    text = "f: lidt [t]\n xor ecx, ecx\n div ecx\n ret\nh: add qword [rsp], 2\n mov ebx, 7\n iretq\nalign 16\n"
    table = "idt: dw h - $$ + 0, 8, 0x8E00, 0x10\n dq 0\nt: dw 15\n dq idt\n"
    run = Machine(assemble(text=text + table)).call("f")
    assert ("returned", 7) == (run.stop.kind, run.rbx)
