"""Facts of the encoder that the comparison with NASM does not state: refusals, branches, full widths, caching."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from allocator.assembly import keystone_process
from allocator.assembly.encoder import Refusal, encode
from allocator.assembly.instruction import Far, Immediate, Instruction, Memory, Operand, Register
from allocator.assembly.mnemonics import MNEMONICS
from allocator.assembly.prefixes import PREFIXES
from allocator.instructions.disassembly import decode


def instruction(mnemonic: str, *operands: Operand | str | int, bits: int = 64, prefixes: str = "") -> Instruction:
    """An instruction with registers and numbers written plainly."""
    return Instruction(mnemonic, tuple(operand(o) for o in operands), tuple(prefixes.split()), bits)


def operand(value: Operand | str | int) -> Operand:
    if isinstance(value, str):
        return Register(value)
    return Immediate(value) if isinstance(value, int) else value


def one(asked: Instruction, address: int = 0x1000) -> bytes | Refusal:
    (answer,) = encode([(asked, address)])
    return answer


def code(mnemonic: str, *operands: Operand | str | int, bits: int = 64, prefixes: str = "", at: int = 0x1000) -> str:
    answer = one(instruction(mnemonic, *operands, bits=bits, prefixes=prefixes), at)
    assert isinstance(answer, bytes), answer
    return answer.hex()


def refused(mnemonic: str, *operands: Operand | str | int, bits: int = 64, prefixes: str = "", at: int = 0x1000) -> str:
    answer = one(instruction(mnemonic, *operands, bits=bits, prefixes=prefixes), at)
    assert isinstance(answer, Refusal), answer
    return f"{answer.message}; {answer.hint}"


# What ends or hangs Keystone, or what it encodes without a word of warning (facts of its version 0.9.2).


@pytest.mark.parametrize(
    ("target", "source"),
    [(Memory(base="r8"), "ah"), ("ah", "sil"), ("r9b", "bh"), ("bh", "r15b"), (Memory(base="rax", index="r9"), "ch")],
)
def test_a_high_byte_register_beside_a_rex_prefix_is_refused(target: Operand | str, source: str):
    assert "cannot be used together" in refused("mov", target, source)


@pytest.mark.parametrize(
    ("mnemonic", "operands", "bits", "message"),
    [
        ("mov", ("al", 300), 64, "300 does not fit in al, which holds -128 to 255; use something wider"),
        ("mov", ("eax", 0x1_0000_0000), 64, "0x100000000 does not fit in eax, which holds -0x80000000 to 0xffffffff"),
        ("mov", ("eax", 0x1_0000_0000_0000_0000), 64, "does not fit"),
        ("add", ("rax", 0x8000_0000), 64, "takes 32 bits and extends their sign"),
        ("mov", ("eax", Memory(base="rax", displacement=0x1_0000_0000)), 64, "displacement 0x100000000 does not fit"),
        ("mov", ("eax", Memory(displacement=0xFFFF_FFFF)), 64, "displacement 0xffffffff does not fit"),
        ("mov", ("ax", Memory(displacement=0x12345)), 16, "0x12345 does not fit"),
        ("shl", ("eax", 300), 64, "300 does not fit"),
        ("int", (256,), 64, "256 is no interrupt"),
        ("push", (0x1_0000,), 16, "0x10000 does not fit"),
        ("push", (0x8000_0000,), 64, "0x80000000 does not fit"),
        ("ret", (0x10000,), 64, "0 to 0xffff"),
        ("mov", ("eax", "bx"), 64, "operand sizes disagree: eax has 4 bytes, bx has 2 bytes"),
        ("add", ("al", Memory(size=4, base="rbx")), 64, "operand sizes disagree"),
        ("mov", (Memory(base="rbx"), 5), 64, "size of the memory operand is not known"),
        ("inc", (Memory(base="rax"),), 64, "size of the memory operand is not known"),
        ("movzx", ("eax", Memory(base="rax")), 64, "size of the memory operand is not known"),
        ("shl", (Memory(base="rax"), "cl"), 64, "size of the memory operand is not known"),
        ("mov", ("eax", Memory(base="al")), 32, "al cannot be part of an address"),
        ("mov", ("ax", Memory(base="ax")), 16, "there is no 16-bit address [ax]"),
        ("mov", ("ax", Memory(base="bx", index="bp")), 16, "there is no 16-bit address [bx+bp]"),
        ("mov", ("ax", Memory(index="bx", scale=2)), 16, "16-bit addresses have no scale"),
        ("mov", ("eax", Memory(index="esp", scale=2)), 32, "esp cannot be the index"),
        ("mov", ("eax", Memory(base="eax", index="rbx")), 64, "cannot mix"),
        ("mov", ("eax", Memory(base="bx")), 64, "cannot use addresses of 16 bits"),
        ("mov", ("eax", Memory(base="rax")), 32, "64-bit registers exist in 64-bit code only"),
        ("mov", ("eax", Memory(base="eax", index="ebx", scale=3)), 32, "3 is no scale"),
        ("mov", (Memory(base="eax"), Memory(base="ebx")), 32, "at most one memory operand"),
        ("mov", (Memory(size=4, base="eax"), Memory(size=4, base="ebx")), 32, "at most one memory operand"),
        ("mov", ("rax", 5), 32, "rax exists in 64-bit code only"),
        ("mov", ("r8d", 5), 32, "r8d exists in 64-bit code only"),
        ("mov", ("cs", "ax"), 64, "cs cannot be moved to"),
        ("pop", ("cs",), 32, "cs cannot be popped"),
        ("push", ("eax",), 64, "cannot be pushed or popped in 64-bit code"),
        ("movsq", (), 32, "movsq exists in 64-bit code only"),
        ("swapgs", (), 16, "swapgs exists in 64-bit code only"),
        ("cdqe", (), 32, "cdqe exists in 64-bit code only"),
        ("into", (), 64, "into does not exist in 64-bit code"),
        ("pusha", (), 64, "pusha does not exist in 64-bit code"),
        ("jmp", (Far(8, 0x1000),), 64, "does not exist in 64-bit code"),
        ("jmp", (Far(8, 0x12345678),), 16, "the offset 0x12345678 does not fit"),
        ("vaddps", ("zmm0", "zmm1", "zmm2"), 64, "zmm0 is a register of AVX-512, which is not encoded"),
        ("vaddps", ("xmm0", "xmm1", "xmm16"), 64, "xmm16 is a register of AVX-512"),
        ("kmovw", ("k1", "eax"), 64, "kmovw is an instruction of AVX-512, XOP or FMA4, or a gather: none is encoded"),
        ("vmovdqa64", ("xmm0", "xmm1"), 64, "use the form of SSE or AVX"),
        ("vaddps", ("xmm0", "ymm1", "xmm2"), 64, "its registers are all xmm or all ymm"),
        ("vaddps", ("xmm0",), 64, "it takes 3 operands, not 1"),
        ("vaddps", ("ymm8", "ymm1", "ymm2"), 32, "ymm8 exists in 64-bit code only"),
        ("movaps", ("ymm0", "ymm1"), 64, "vmovaps takes ymm registers"),
        ("pmovmskb", ("rax", "rbx"), 64, "does not take these operands"),
        ("mvo", ("eax", 5), 64, "did you mean mov?"),
        ("lgdt", ("eax",), 32, "does not take"),
        ("mov", (), 64, "mov does not exist without operands"),
        ("push", ("rax", "rbx"), 64, "push takes one operand"),
        ("enter", (5,), 64, "enter takes two numbers"),
        ("jmp", ("al",), 64, "cannot jump"),
        ("add", ("eax", Immediate(0x80, size=1)), 64, "does not fit in a byte"),
        ("mov", ("eax", Memory(base="ebx", displacement=128, displacement_size=1)), 32, "does not fit in a byte"),
    ],
)  # fmt: skip
def test_what_keystone_would_get_wrong_is_refused_with_a_reason(mnemonic, operands, bits, message):
    assert message in refused(mnemonic, *operands, bits=bits)


@pytest.mark.parametrize("prefixes", ["rep repne", "es ds", "o16 o32", "a32 a16", "spam"])
def test_prefixes_that_exclude_each_other_are_refused(prefixes: str):
    assert "prefix" in refused("lodsb", prefixes=prefixes)


# Branches: the operand is the target.


@pytest.mark.parametrize(
    ("expected", "target", "distance"),
    [
        ("eb7f", 0x1081, None), ("e97d000000", 0x1082, None), ("eb80", 0xF82, None), ("e97cffffff", 0xF81, None),
        ("ebfe", 0x1000, "short"), ("e9fbffffff", 0x1000, "near"),
    ],
)  # fmt: skip
def test_a_jump_is_short_where_that_reaches_and_near_elsewhere(expected: str, target: int, distance: str | None):
    assert expected == code("jmp", Immediate(target, distance=distance))


def test_a_short_jump_that_does_not_reach_is_refused_with_the_excess():
    assert "the target is 128 bytes away: 1 too far" in refused("jmp", Immediate(0x1082, distance="short"))


def test_a_loop_that_does_not_reach_is_refused():
    assert "the target is -130 bytes away: 2 too far" in refused("loop", 0x1000 + 2 - 130)


def test_a_call_more_than_2_gib_away_is_refused():
    assert "more than 2 GiB away" in refused("call", 0x1_0000_0000)


def test_a_near_jump_in_16_bit_code_wraps_at_64_kib():
    assert "e90080" == code("jmp", Immediate(0xFC03, distance="near"), bits=16, at=0x7C00)


def test_a_jump_in_16_bit_code_above_64_kib_is_a_distance_like_any_other():
    assert "e9fd0f" == code("jmp", 0x101000, bits=16, at=0x100000)


def test_a_target_that_no_address_can_have_is_refused():
    assert "there is no address 0x10000000000000000 in 64-bit code" in refused("jmp", 1 << 64)


def test_an_address_relative_to_rip_counts_from_the_end_of_the_instruction():
    # c7 05 disp32 imm32 is ten bytes long.
    memory = Memory(size=4, displacement=0x2000, relative=True)
    assert "c705f60f000005000000" == code("mov", memory, 5)


def test_an_address_relative_to_rip_differs_from_place_to_place():
    asked = instruction("lea", "rax", Memory(displacement=0x2000, relative=True))
    assert [bytes.fromhex("488d05f90f0000"), bytes.fromhex("488d05f90e0000")] == encode(
        [(asked, 0x1000), (asked, 0x1100)]
    )


def test_an_address_too_far_from_rip_is_refused():
    assert "too far" in refused("lea", "rax", Memory(displacement=0x1_0000_2000, relative=True))


# A number that depends on where the code lies keeps its full width, as in NASM.


@pytest.mark.parametrize(
    ("expected", "mnemonic", "operands"),
    [
        ("48b80500000000000000", "mov", ("rax", Immediate(5, relocatable=True))),
        ("b805000000", "mov", ("eax", Immediate(5, relocatable=True))),
        ("0505000000", "add", ("eax", Immediate(5, relocatable=True))),
        ("4881c105000000", "add", ("rcx", Immediate(5, relocatable=True))),
        ("6805000000", "push", (Immediate(5, relocatable=True),)),
        ("81780405000000", "cmp", (Memory(size=4, base="rax", displacement=4), Immediate(5, relocatable=True))),
        ("8b8004000000", "mov", ("eax", Memory(base="rax", displacement=4, relocatable=True))),
        ("69c105000000", "imul", ("eax", "ecx", Immediate(5, relocatable=True))),
    ],
)
def test_a_relocatable_number_keeps_its_full_width(expected: str, mnemonic: str, operands):
    assert expected == code(mnemonic, *operands)


def test_a_size_on_the_number_is_the_size_of_the_memory_operand():
    assert "c70005000000" == code("mov", Memory(base="rax"), Immediate(5, size=4))


# Caching, and the process that encodes.


def test_a_second_encoding_asks_keystone_nothing(monkeypatch: pytest.MonkeyPatch):
    batch = [(instruction("add", "r11", "r12"), 0), (instruction("jmp", 0x10), 0), (instruction("mvo"), 0)]
    first = encode(batch)

    def fail(requests: object) -> None:
        raise AssertionError(requests)

    monkeypatch.setattr(keystone_process, "ask", fail)
    assert first == encode(batch)


def test_the_same_shape_at_another_address_asks_keystone_nothing(monkeypatch: pytest.MonkeyPatch):
    code("sub", "r13", Memory(base="rbx"))
    monkeypatch.delattr(keystone_process, "ask")
    assert "4f2b6ce708" == code("sub", "r13", Memory(base="r15", index="r12", scale=8, displacement=8))


def test_this_process_never_loads_keystone():
    program = (
        "import sys\n"
        "from allocator.assembly.encoder import encode\n"
        "from allocator.assembly.instruction import Instruction, Register\n"
        "print(encode([(Instruction('inc', (Register('eax'),)), 0)]), 'keystone' in sys.modules)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=True)
    assert "[b'\\xff\\xc0'] False\n" == done.stdout


# Anything at all: an answer, and the process lives.

REGISTERS = [
    "al",
    "ah",
    "sil",
    "ax",
    "eax",
    "rax",
    "r8",
    "r9b",
    "cs",
    "fs",
    "cr0",
    "dr7",
    "xmm1",
    "mm2",
    "st3",
    "spam",
    "",
]
NUMBERS = st.sampled_from([0, 1, -1, 127, 128, 255, 300, 0x7FFF_FFFF, 0x8000_0000, 1 << 63, 1 << 64, -(1 << 80)])
SIZES = st.sampled_from([None, 1, 2, 4, 8, 10, 16, 32, 7])
NAMES = st.sampled_from(REGISTERS)
ADDRESSES = st.sampled_from([None, "bx", "si", "eax", "esp", "rax", "rsp", "r12", "al", "cs", "xmm1", "spam"])
OPERANDS = st.one_of(
    st.builds(Register, NAMES),
    st.builds(Immediate, NUMBERS, SIZES, st.sampled_from([None, "short", "near"]), st.booleans(), st.booleans()),
    st.builds(Far, NUMBERS, NUMBERS, SIZES),
    st.builds(
        Memory, SIZES, st.sampled_from([None, "es", "fs", "spam"]), ADDRESSES, ADDRESSES,
        st.sampled_from([1, 2, 3, 4, 0]), NUMBERS, SIZES, SIZES, st.booleans(), st.booleans(), st.booleans(),
    ),
)  # fmt: skip
INSTRUCTIONS = st.builds(
    Instruction,
    st.sampled_from([*sorted(MNEMONICS), "spam", "(", "%define", ".incbin"]),
    st.lists(OPERANDS, max_size=4).map(tuple),
    st.lists(st.sampled_from([*sorted(PREFIXES), "spam"]), max_size=2).map(tuple),
    st.sampled_from([16, 32, 64]),
)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(INSTRUCTIONS, st.sampled_from([0, 0x7C00, 0x100000, 1 << 63])), min_size=10, max_size=40))
def test_every_request_is_answered_with_one_instruction_or_a_refusal(requests: list[tuple[Instruction, int]]):
    for (asked, address), answer in zip(requests, encode(requests), strict=True):
        assert isinstance(answer, Refusal) or is_one_instruction(asked, answer, address)


def is_one_instruction(asked: Instruction, answer: bytes, address: int) -> bool:
    if asked.mnemonic in ("serialize", "ud0", "ud1", "ud2b"):
        return True  # the disassembler gets their length wrong
    if answer[0] == 0x9B and len(answer) > 1:
        return is_one_instruction(asked, answer[1:], address)
    return decode(answer, asked.bits, address).size == len(answer)
