"""Wrong encodings are found: those that Keystone is known to make, and any byte that is changed."""

from __future__ import annotations

import pytest

from allocator.assembly.encoder import encode
from allocator.assembly.instruction import Far, Immediate, Instruction, Memory, Operand, Register
from allocator.assembly.prefixes import sort_prefixes
from allocator.assembly.readback import difference
from allocator.assembly.shorthands import write_out
from allocator.instructions.disassembly import decode

EAX, ECX, AX, RCX = Register("eax"), Register("ecx"), Register("ax"), Register("rcx")


def found_wrong(asked: Instruction, code: bytes, address: int = 0) -> bool:
    asked = write_out(asked)
    return difference(asked, sort_prefixes(asked), code, address) is not None


@pytest.mark.parametrize(
    ("bits", "mnemonic", "operands", "wrong"),
    [
        (16, "mov", (EAX, Memory(index="ecx", scale=4, displacement=16)), "668b061000"),
        (16, "mov", (EAX, Memory(displacement=0x12345678, address_size=4)), "66a17856"),
        (16, "mov", (AX, Memory(base="bp", segment="ds")), "8b4600"),
        (16, "push", (Immediate(0x1234, size=2),), "666834120000"),
        (16, "push", (Immediate(5, size=4),), "6a05"),
        (16, "ret", (), "66c3"),
        (16, "retf", (), "66cb"),
        (16, "call", (Immediate(0x1000),), "66e8fa0f0000"),
        (16, "jmp", (Far(8, 0x12345678, 4),), "ea78560800"),
        (32, "iret", (), "66cf"),
        (32, "pushf", (), "669c"),
        (32, "push", (Register("es"),), "6606"),
        (32, "lgdt", (Memory(base="ebx"),), "660f0113"),
        (32, "jmp", (Far(8, 0x12345678),), "66ea78560800"),
        (32, "push", (Immediate(1, size=4),), "666a01"),
        (32, "push", (Immediate(0xFFFF),), "6aff"),
        (64, "iret", (), "66cf"),
        (64, "mov", (RCX, Memory(displacement=0x1234)), "488b0d34120000"),
        (64, "push", (Immediate(0x1234, size=2),), "6834120000"),
        (64, "push", (Immediate(0x80000000),), "66680000"),
        (64, "sysret", (), "480f07"),
        (32, "mov", (EAX, Memory(base="eax", index="esp")), "8b00"),
        (32, "mov", (Register("al"), Immediate(300)), "b02c"),
        (32, "mov", (EAX, Memory(base="eax", displacement=0x1_0000_0000)), "8b00"),
        (16, "and", (AX, Immediate(10)), "83e010"),
        (32, "mov", (EAX, Immediate(5)), "66b80500"),
        (32, "hlt", (), "f4f4"),
    ],
)  # fmt: skip
def test_what_keystone_is_known_to_encode_wrongly_is_found(
    bits: int, mnemonic: str, operands: tuple[Operand, ...], wrong: str
):
    assert found_wrong(Instruction(mnemonic, operands, (), bits), bytes.fromhex(wrong))


@pytest.mark.parametrize(
    ("prefix", "code"),
    [("lock", "010b"), ("es", "010b"), ("rep", "a4"), ("es", "ac"), ("a16", "ac"), ("repne", "f3a6")],
)
def test_a_lost_prefix_is_found(prefix: str, code: str):
    asked = {
        "010b": Instruction("add", (Memory(base="ebx"), ECX), (prefix,), 32),
        "a4": Instruction("movsb", (), (prefix,), 32),
        "ac": Instruction("lodsb", (), (prefix,), 32),
        "f3a6": Instruction("cmpsb", (), (prefix,), 32),
    }[code]
    assert found_wrong(asked, bytes.fromhex(code))


@pytest.mark.parametrize(
    "asked",
    [
        Instruction("mov", (EAX, Memory(base="ebx", index="ecx", scale=4, displacement=8)), (), 32),
        Instruction("add", (RCX, Immediate(0x12345678)), (), 64),
        Instruction("cmp", (Memory(size=1, base="rsi"), Immediate(1)), (), 64),
        Instruction("mov", (Register("r9"), Memory(base="r12", segment="fs")), (), 64),
        Instruction("movzx", (ECX, Memory(size=2, base="bx", index="si")), (), 16),
        Instruction("addsd", (Register("xmm1"), Memory(base="bp", displacement=4)), (), 16),
        Instruction("vaddps", (Register("ymm9"), Register("ymm2"), Memory(base="r12", index="rax")), (), 64),
        Instruction("vpsrlw", (Register("xmm1"), Register("xmm2"), Immediate(5)), (), 64),
    ],
)
def test_any_changed_bit_is_found_unless_the_bytes_still_read_the_same(asked: Instruction):
    (code,) = encode([(asked, 0)])
    assert isinstance(code, bytes)
    expected = decode(code, asked.bits).text
    unnoticed = []
    for bit in range(len(code) * 8):
        changed = bytearray(code)
        changed[bit // 8] ^= 1 << bit % 8
        if not found_wrong(asked, bytes(changed)) and decode(bytes(changed), asked.bits).text != expected:
            unnoticed.append(bytes(changed).hex())
    assert unnoticed == []
