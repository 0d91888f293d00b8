"""The traps of the engine, each shown not to reach a user."""

from __future__ import annotations

import pytest

from allocator import Machine, assemble
from allocator.errors import MachineError
from allocator.machine.called_state import FILL
from allocator.machine.run import Run


def machine(text: str, memory: str = "64M", bits: int = 64) -> Machine:
    return Machine(assemble(text=text, bits=bits), memory)


def call(text: str, bits: int = 64, **registers: int) -> Run:
    return machine(text, bits=bits).call("f", **registers)


def test_code_that_the_host_rewrites_runs_as_rewritten() -> None:
    subject = machine("f: mov eax, 1\n ret")
    subject.call("f")
    subject.write(subject.symbols["f"] + 1, b"\2")
    assert subject.call("f").rax == 2


def test_code_that_rewrites_itself_runs_as_rewritten() -> None:
    assert call("f: mov byte [rel g + 1], 7\ng: mov al, 1\n ret").al == 7


def test_a_third_fault_is_reported_like_the_first() -> None:
    subject = machine("f: xor ecx, ecx\n div ecx\n ret")
    runs = [subject.call("f") for _ in range(4)]
    assert [("cpu_fault", 0)] * 4 == [(run.stop.kind, run.stop.vector) for run in runs]


def test_a_limit_holds_for_code_that_ran_before() -> None:
    subject = machine("f: dec rcx\n jnz f\n ret")
    subject.call("f", rcx=1000)
    assert subject.call("f", rcx=1_000_000, limit=100).stop.kind == "limit"


def test_every_call_starts_with_the_same_registers() -> None:
    subject = machine("f: mov rbx, 5\n movq xmm3, rbx\n ret\ng: movq rax, xmm3\n ret")
    subject.call("f")
    assert (FILL["rbx"], 0) == (subject.call("g").rbx, subject.call("g").rax)


def test_the_upper_bits_of_an_address_are_not_dropped() -> None:
    run = call("f: mov rax, 0x4000000000000000\n mov al, [rax]\n ret")
    assert ("cpu_fault", 13) == (run.stop.kind, run.stop.vector)


def test_a_jump_to_an_address_that_is_not_canonical_is_blamed_on_the_jump() -> None:
    run = call("f: nop\n jmp rax", rax=1 << 62)
    assert ("cpu_fault", "f+0x1", 1 << 62) == (run.stop.kind, run.where, run.stop.access.address)


def test_an_address_beyond_the_page_tables_is_a_memory_fault() -> None:
    run = call("f: mov [rax], cl\n ret", rax=1 << 46)
    assert ("memory_fault", ("write", 1 << 46, 1)) == (run.stop.kind, run.stop.access)


@pytest.mark.parametrize(
    "code", ["vaddps xmm0, xmm1, xmm2", "vaddps ymm0, ymm1, ymm2", "vpxor xmm0, xmm1, xmm1", "vzeroupper"]
)
def test_avx_is_refused_by_name(code: str) -> None:
    encodings = {"a": b"\xc5\xf0\x58\xc2", "y": b"\xc5\xf4\x58\xc2", "p": b"\xc5\xf1\xef\xc1", "z": b"\xc5\xf8\x77"}
    key = "z" if code == "vzeroupper" else "p" if "vpxor" in code else "y" if "ymm" in code else "a"
    run = call("f: db " + ", ".join(f"{byte:#x}" for byte in encodings[key]) + "\n ret")
    assert run.stop.kind == "unsupported_instruction"
    assert code in run.stop.message


def test_bmi_is_no_avx() -> None:
    assert call("f: db 0xc4, 0xe2, 0xf8, 0xf2, 0xc1\n ret", rax=0b1100, rcx=0b1010).rax == 0b0010  # andn rax, rax, rcx


def test_les_in_16_bit_code_is_no_avx() -> None:
    assert call("bits 16\nf: les ax, [0x2000]\n ret").stop.kind == "returned"


def test_avx_in_generated_code_is_refused_too() -> None:
    subject = machine("f: mov rax, 0x200000\n jmp rax")
    subject.write(0x200000, b"\x90\xeb\x00\xc5\xf0\x58\xc2\xc3")
    assert subject.call("f").stop.kind == "unsupported_instruction"


def test_the_clock_is_the_machines_own() -> None:
    text = "f: rdtsc\n mov ebx, eax\n rdtsc\n ret"
    first, second = call(text), call(text)
    assert first.registers == second.registers
    assert first.rax > first.rbx


def test_random_numbers_are_the_same_in_every_run() -> None:
    text = "f: rdrand rax\n rdseed rbx\n ret"
    first, second = call(text), call(text)
    assert (first.rax, first.rbx, first.cf) == (second.rax, second.rbx, 1)
    assert first.rax != first.rbx


def test_rdrand_of_a_word_leaves_the_rest_of_the_register() -> None:
    assert call("f: rdrand ax\n ret").rax >> 16 == FILL["rax"] >> 16


def test_hlt_is_told_from_a_limit_that_falls_behind_an_f4() -> None:
    assert call("f: hlt").stop.kind == "halted"
    assert machine("f: mov al, 0xf4\n jmp f").call("f", limit=101).stop.kind == "limit"


@pytest.mark.parametrize(
    ("code", "kind", "vector"),
    [
        ("ud2", "cpu_fault", 6),
        ("int3", "cpu_fault", 3),
        ("int 0x80", "unknown_service", 0x80),
        ("syscall", "unknown_service", None),
        ("xor ecx, ecx\n div ecx", "cpu_fault", 0),
        ("mov eax, [0x4000000]", "memory_fault", None),
        ("mov eax, [0x11fffe]", "fence", None),
        ("jmp f", "limit", None),
    ],
)
def test_every_ending_has_its_kind(code: str, kind: str, vector: int | None) -> None:
    run = machine(f"f: {code}\n ret").call("f", limit=10_000)
    assert (kind, vector) == (run.stop.kind, run.stop.vector)


def test_a_fault_points_at_its_instruction() -> None:
    assert call("f: nop\n.bad: mov eax, [0x4000000]\n ret").where == "f.bad"


def test_int3_points_at_itself() -> None:
    assert call("f: nop\n.here: int3\n ret").where == "f.here"


def test_a_return_points_at_the_ret() -> None:
    assert call("f: nop\n.out: ret").where == "f.out"


@pytest.mark.parametrize(
    ("bits", "returns", "code"),
    [
        (16, None, "ret"), (16, "far16", "retf"), (16, "iret", "iret"), (16, "near32", "o32 ret"),
        (32, None, "ret"), (32, "far32", "retf"), (32, "iret", "iretd"), (32, "near16", "o16 ret"),
        (64, None, "ret"), (64, "iret", "iretq"),
    ],
)  # fmt: skip
def test_a_routine_returns_in_every_width(bits: int, returns: str | None, code: str) -> None:
    run = machine(f"bits {bits}\nf: mov al, 5\n {code}").call("f", returns=returns)
    assert ("returned", 5) == (run.stop.kind, run.al)


def test_16_bit_code_above_64_kib_runs_in_a_segment_of_its_own() -> None:
    run = call("bits 16\norg 0x20000\nf: mov ax, cs\n ret", bits=16)
    assert ("returned", 0x2000, "f+0x2") == (run.stop.kind, run.ax, run.where)


def test_a_segment_register_of_a_16_bit_call_has_its_base() -> None:
    subject = machine("bits 16\nf: mov al, [es:4]\n ret", bits=16)
    subject.write(0x20004, b"\x2a")
    assert subject.call("f", es=0x2000).al == 0x2A


def test_the_three_widths_share_one_memory() -> None:
    text = "bits 64\nf: mov byte [0x2000], 1\n ret\nbits 32\ng: inc byte [0x2000]\n ret\n"
    subject = machine(text)
    subject.call("f")
    subject.call("g")
    assert subject.read(0x2000, 1) == b"\2"


def test_memory_that_is_not_there_cannot_be_read_by_the_host() -> None:
    with pytest.raises(MachineError, match="no memory at 0x4000000"):
        machine("f: ret").read(0x4000000, 1)


def test_rep_over_memory_that_was_never_touched_fills_it() -> None:
    subject = machine("f: mov al, 7\n rep stosb\n ret")
    subject.call("f", rdi=0x3FFFF0, rcx=0x20)
    assert subject.read(0x3FFFEF, 0x22) == b"\0" + b"\7" * 0x20 + b"\0"


def test_what_a_hook_raises_is_not_lost() -> None:
    subject = machine("f: nop\n ret")

    def fail(_address: int, _size: int) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError), subject.watching(fail):
        subject.call("f")
    assert subject.call("f").stop.kind == "returned"
