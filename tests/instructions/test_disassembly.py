"""What instructions look like: NASM's spelling, Capstone's defects corrected, and everything has an answer."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from oracles import require_nasm

from allocator.instructions.disassembly import decode

CORPUS = Path(__file__).parents[1] / "corpus"
SLOT = 32


def text(code: str, bits: int = 64, address: int = 0) -> str:
    return decode(bytes.fromhex(code), bits, address).text


@pytest.mark.parametrize(
    ("expected", "code", "bits"),
    [
        ("mov eax, dword [0x110108]", "8b042508011100", 64),
        ("mov ax, word [es:di]", "268b05", 16),
        ("lodsb", "ac", 64),
        ("rep stosb", "f3aa", 64),
        ("movsb", "a4", 32),
        ("repne scasb", "f2ae", 32),
        ("repe cmpsd", "f3a7", 32),
        ("a32 lodsb", "67ac", 16),
        ("rep es movsw", "f326a5", 16),
        ("jmp 8:0x1234", "ea34120800", 16),
        ("jmp dword 8:0x12345678", "66ea785634120800", 16),
        ("call 8:0x12345678", "9a785634120800", 32),
        ("jmp far word [bx]", "ff2f", 16),
        ("jmp far dword [ebx]", "ff2b", 32),
        ("fadd st1", "d8c1", 32),
        ("mov rax, 0x1122334455667788", "48b88877665544332211", 64),
        ("mov eax, dword [qword 0x1122334455667788]", "a18877665544332211", 64),
        ("fld tword [ebx]", "db2b", 32),
        ("movdqa xmm0, [rbx]", "660f6f03", 64),
        ("lock add dword [edi], eax", "f00107", 32),
    ],
)
def test_text_is_in_the_spelling_of_nasm(expected: str, code: str, bits: int):
    assert expected == text(code, bits)


@pytest.mark.parametrize(
    ("expected", "code", "bits"),
    [
        ("cbw", "98", 16), ("cwde", "6698", 16), ("cwd", "99", 16), ("cdq", "6699", 16), ("cbw", "6698", 32),
        ("o32 ret", "66c3", 16), ("o16 ret", "66c3", 32), ("o32 retf", "66cb", 16), ("o16 leave", "66c9", 32),
        ("o32 lgdt [bx]", "660f0117", 16), ("push word 5", "666a05", 32), ("push dword 5", "666a05", 16),
        ("o16 push fs", "660fa0", 64), ("iret", "cf", 32), ("iretw", "66cf", 32), ("iretq", "48cf", 64),
        ("pushfw", "669c", 32), ("pusha", "60", 16), ("pushad", "6660", 16), ("pushaw", "6660", 32),
        ("pxor xmm0, xmm1", "660fefc1", 16), ("movdqa xmm0, [bx]", "660f6f07", 16),
        ("pshufb xmm0, xmm1", "660f3800c1", 16), ("movdqa xmm0, [ebx]", "67660f6f03", 16),
        ("repne movsd", "f2a5", 32), ("rcl eax, 1", "d1d0", 32), ("a16 loop 0x7c05", "67e202", 32),
        ("jmp dword [ds:eax]", "3eff20", 32), ("mov eax, dword [rax]", "8b0420", 64),
    ],
)  # fmt: skip
def test_what_capstone_prints_wrongly_is_corrected(expected: str, code: str, bits: int):
    assert expected == text(code, bits, 0x7C00)


@pytest.mark.parametrize(
    ("expected", "code", "bits", "address"),
    [
        ("jmp 0xfc03", "e90080", 16, 0x7C00),
        ("jmp 0x7c00", "ebfe", 16, 0x7C00),
        ("jmp 0x10002", "e9ffff", 16, 0x10000),
        ("jne 0x100002", "7500", 64, 0x100000),
        ("call 0xffffffff80000005", "e800000080", 64, 0),
        ("mov rax, qword [rel 0x100107]", "488b0500010000", 64, 0x100000),
        ("lea rax, [rel 0xfffff]", "488d05f8ffffff", 64, 0x100000),
    ],
)
def test_targets_are_addresses(expected: str, code: str, bits: int, address: int):
    assert expected == text(code, bits, address)


def test_a_branch_seen_at_two_addresses_has_two_targets():
    assert ["jmp 0x2", "jmp 0x12"] == [text("eb00", 64, 0), text("eb00", 64, 0x10)]


def test_bytes_behind_the_instruction_do_not_count():
    found = decode(b"\x90\xcc\xcc", 64)
    assert ("nop", 1) == (found.text, found.size)


def test_bytes_that_are_no_instruction_are_one_byte_of_data():
    found = decode(b"\x0f\xff\xff\xff"[:1], 64)
    assert ("db 0x0f", 1, "db") == (found.text, found.size, found.mnemonic)


def test_no_bytes_are_a_mistake_of_the_caller():
    with pytest.raises(ValueError, match="no bytes"):
        decode(b"", 64)


@given(st.binary(min_size=1, max_size=16), st.sampled_from([16, 32, 64]), st.integers(0, (1 << 64) - 1))
def test_every_byte_string_has_an_answer(code: bytes, bits: int, address: int):
    found = decode(code, bits, address)
    assert 1 <= found.size <= min(len(code), 15)
    assert found.code == code[: found.size]
    assert isinstance(found.reads | found.writes, frozenset)
    assert {found.is_branch, found.is_call, found.is_avx} <= {True, False}


@pytest.mark.parametrize(
    ("predicate", "yes", "no"),
    [
        ("is_branch", ["eb00", "7500", "e2fe", "ff20", "e300"], ["e800000000", "c3", "90"]),
        ("is_call", ["e800000000", "ff10"], ["eb00", "c3"]),
        ("is_return", ["c3", "c20400", "cb", "cf", "66c3", "0f07", "480f07"], ["e800000000", "90"]),
        ("is_repeated", ["f3aa", "f2ae", "f3a6"], ["aa", "f390", "f30f58c1", "f3c3"]),
        ("is_avx", ["c5f858c1", "62f17c4858c1", "c5f877"], ["c4e278f2c3", "0f58c1", "f30f58c1"]),
    ],
)
def test_predicates_tell_kinds_of_instructions_apart(predicate: str, yes: list[str], no: list[str]):
    told = {code: getattr(decode(bytes.fromhex(code), 64), predicate) for code in yes + no}
    assert dict.fromkeys(yes, True) | dict.fromkeys(no, False) == told


def test_capstone_is_loaded_by_the_first_instruction():
    program = (
        "import sys\n"
        "from allocator.instructions.disassembly import decode\n"
        "before = 'capstone' in sys.modules\n"
        "decode(b'\\x90', 64)\n"
        "print(before, 'capstone' in sys.modules)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60)
    assert "False True\n" == done.stdout


def assembled(lines: list[str], bits: int, folder: Path) -> bytes:
    """What NASM makes of the lines, each at the start of a slot."""
    source, binary = folder / "in.asm", folder / "out.bin"
    body = "".join(f"{line}\nalign {SLOT}, db 0x90\n" for line in lines)
    source.write_text(f"bits {bits}\norg 0\n{body}")
    command = [require_nasm(), "-w-all", "-f", "bin", "-o", str(binary), str(source)]
    subprocess.run(command, check=True, timeout=120)
    return binary.read_bytes()


@pytest.mark.parametrize("bits", [16, 32, 64])
def test_text_can_be_assembled_again_by_nasm_and_reads_the_same(bits: int, tmp_path: Path):
    lines = [line.strip() for line in (CORPUS / f"instructions-{bits}.asm").read_text().splitlines()[4:]]
    slots = range(0, len(lines) * SLOT, SLOT)
    original = assembled(lines, bits, tmp_path)
    texts = [decode(original[at : at + 15], bits, at).text for at in slots]
    # In a flat file NASM takes a plain number for something that cannot be relative: the start makes it an address.
    again = assembled([text.replace("[rel 0x", "[rel $$+0x") for text in texts], bits, tmp_path)
    different = [
        (lines[at // SLOT], texts[at // SLOT], decode(again[at : at + 15], bits, at).text)
        for at in slots
        if decode(again[at : at + 15], bits, at).text != texts[at // SLOT]
    ]
    # NASM shortens `mov rax, 5` to `mov eax, 5`, which does the same.
    assert [] == [row for row in different if not re.fullmatch(r"mov r\w+, \d+|mov r\w+, 0x[0-9a-f]{1,8}", row[1])]
