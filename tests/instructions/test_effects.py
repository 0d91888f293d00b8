"""What instructions read and write, where Capstone does not say it."""

from __future__ import annotations

import pytest

from allocator.instructions.disassembly import decode


def effects(code: str, bits: int = 32) -> tuple[set[str], set[str]]:
    found = decode(bytes.fromhex(code), bits)
    return set(found.reads), set(found.writes)


STATUS = {"cf", "pf", "af", "zf", "sf", "of"}


@pytest.mark.parametrize(
    ("code", "bits", "reads", "writes"),
    [
        ("0fb10b", 32, {"eax", "ecx", "ebx"}, {"eax"} | STATUS),  # cmpxchg [ebx], ecx
        ("c8100000", 32, {"esp", "ebp"}, {"esp", "ebp"}),  # enter
        ("c9", 64, {"rbp"}, {"rsp", "rbp"}),  # leave
        ("1e", 32, {"esp", "ds"}, {"esp"}),  # push ds
        ("1f", 32, {"esp"}, {"esp", "ds"}),  # pop ds
        ("d7", 32, {"al", "ebx"}, {"al"}),  # xlatb
        ("37", 32, {"al", "ah", "af"}, {"al", "ah"}),  # aaa
        ("27", 32, {"al", "af", "cf"}, {"al"}),  # daa
        ("d40a", 32, {"al"}, {"al", "ah"}),  # aam
        ("f2a5", 32, {"ecx", "esi", "edi", "df"}, {"ecx", "esi", "edi"}),  # repne movsd
        ("f3aa", 64, {"rcx", "rdi", "al", "df"}, {"rcx", "rdi"}),  # rep stosb
        ("850b", 32, {"ecx", "ebx"}, STATUS),  # test [ebx], ecx
        ("f30fbdc3", 32, {"ebx"}, {"eax", "cf", "zf"}),  # lzcnt
        ("dbf1", 32, set(), {"zf", "pf", "cf"}),  # fcomi
        ("a6", 32, {"df", "esi", "edi"}, STATUS | {"esi", "edi"}),  # cmpsb
        ("9c", 32, {"esp", "cf", "zf", "if", "df"}, {"esp"}),  # pushf
        ("9f", 32, {"cf", "zf", "sf", "pf", "af"}, {"ah"}),  # lahf
        ("d1d0", 32, {"eax", "cf"}, {"eax", "cf"}),  # rcl eax, 1
        ("7500", 32, {"zf"}, set()),  # jne
        ("48ffc8", 64, {"rax"}, {"rax", "zf", "sf", "of", "pf", "af"}),  # dec rax
        ("660fefc1", 16, {"xmm0", "xmm1"}, {"xmm0"}),  # pxor xmm0, xmm1
    ],
)
def test_an_instruction_reads_and_writes_at_least(code: str, bits: int, reads: set[str], writes: set[str]):
    found_reads, found_writes = effects(code, bits)
    assert (reads, writes) == (found_reads & reads, found_writes & writes)


def test_the_instruction_pointer_and_an_index_that_is_none_are_not_named():
    found_reads, found_writes = effects("8b0420", 64)
    assert not {"rip", "riz"} & (found_reads | found_writes)


def test_a_move_has_no_effect_on_flags():
    assert ({"ebx"}, {"eax"}) == effects("89d8")


def test_data_has_no_effects():
    assert (set(), set()) == effects("0f")
