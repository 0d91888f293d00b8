"""The contracts in memory.asm are read as they are meant, and are true."""

from __future__ import annotations

import re

import pytest

from allocator import Image, Machine
from allocator.registers import GENERAL

ROUTINES = {"os_mem_allocate": {"rax"}, "os_mem_release": {"rcx"}, "os_mem_get_free": {"rcx"}, "os_mem_copy": set()}
KEYS = ["IN", "OUT", "FLAGS", "CLOBBERS", "WRITES", "STACK"]
DISTINCT = {"rax": 0x3E00000, "rcx": 3, "rdx": 2**64 - 2, "rbx": 2**64 - 3, "rsi": 0x300001, "rdi": 0x340001}


def test_each_routine_has_a_contract_and_nothing_else_has(our_program: Image) -> None:
    assert ROUTINES.keys() == our_program.contracts.keys()


@pytest.mark.parametrize("routine", ROUTINES)
class TestContract:
    def test_it_is_written_in_house_style(self, our_program: Image, routine: str) -> None:
        assert "house" == our_program.contracts[routine].style

    def test_no_key_is_left_out_and_the_order_is_kept(self, our_program: Image, routine: str) -> None:
        text = our_program.contracts[routine].text

        assert KEYS == re.findall(r"^; ([A-Z]+) ", text, re.MULTILINE)

    def test_what_it_does_not_name_as_changed_is_preserved(self, our_program: Image, routine: str) -> None:
        preserved = our_program.contracts[routine].preserved

        assert set(GENERAL) - ROUTINES[routine] == set(GENERAL if preserved == "all" else preserved)

    def test_the_stack_it_names_is_the_stack_it_writes(self, our_program: Image, routine: str) -> None:
        run = Machine(our_program, memory="64M").call(routine, **DISTINCT)
        stack = [change.address for change in run.memory_changed if 0x1E0000 <= change.address < 0x1F0000]

        assert our_program.contracts[routine].stack == run.before.rsp - min(stack)

    @pytest.mark.parametrize("df", [0, 1])
    def test_a_flag_it_promises_has_that_value(self, our_program: Image, routine: str, df: int) -> None:
        contract = our_program.contracts[routine]
        entry = {item.register: item.low for item in contract.inputs if item.low is not None and item.low == item.high}
        run = Machine(our_program, memory="64M").call(routine, **{**DISTINCT, "df": df, **entry})
        promised = {rule.flag: rule.value for rule in contract.flags if rule.value is not None}

        assert promised == {flag: run.registers[flag] for flag in promised}


def test_allocating_promises_zf_in_words_and_df_as_a_number(our_program: Image) -> None:
    rules = our_program.contracts["os_mem_allocate"].flags

    assert [("zf", None), ("df", 0)] == [(rule.flag, rule.value) for rule in rules]


@pytest.mark.parametrize("routine", ["os_mem_release", "os_mem_get_free", "os_mem_copy"])
def test_the_other_routines_ask_for_a_clear_direction_flag(our_program: Image, routine: str) -> None:
    inputs = our_program.contracts[routine].inputs

    assert [(0, 0)] == [(item.low, item.high) for item in inputs if item.register == "df"]


def test_copying_preserves_the_flags(our_program: Image) -> None:
    assert our_program.contracts["os_mem_copy"].other_flags == "preserved"


def test_no_line_is_longer_than_80_characters(our_program: Image) -> None:
    assert [] == [line for line in our_program.sources[0].lines if len(line) > 80]


def test_every_statement_stands_in_its_column(our_program: Image) -> None:
    """A label, a constant's name or a comment at 1, a mnemonic at 9, a comment behind code at 41 or after the code."""
    shapes = r"|;.*|[\w.]+:(?: {2,};.*)?|[A-Z_]+ +equ +.*| {8}[a-z]+(?: stosb| movsb)?(?: +\S.*)?"
    wrong = [line for line in our_program.sources[0].lines if not re.fullmatch(shapes, line)]

    assert [] == wrong


def test_every_comment_behind_code_begins_in_column_41(our_program: Image) -> None:
    lines = [line for line in our_program.sources[0].lines if not line.startswith(";") and ";" in line]

    assert {40} == {line.index(";") for line in lines}
