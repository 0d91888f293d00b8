"""Expressions have the values that NASM gives them."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from real_nasm import nasm_bytes

from allocator.assembly.cursor import Cursor
from allocator.assembly.expressions import Scope, Value, parse_expression
from allocator.assembly.tokens import tokenize
from allocator.errors import AssemblyError
from allocator.source import Source

OPERATORS = ["+", "-", "*", "/", "//", "%", "%%", "&", "|", "^", "<<", ">>", "&&", "||", "==", "<", ">=", "<>"]
NUMBERS = ["0", "1", "2", "7", "0xFF", "1000", "0x8000_0000", "0xFFFF_FFFF_FFFF_FFFF", "1 << 63", "'ab'", "63"]


def value(text: str, **names: int) -> int:
    cursor = Cursor(tokenize(Source("t", text), 1, text))
    expression = parse_expression(cursor)
    cursor.expect_end()
    return expression.evaluate(Scope({name: Value(number) for name, number in names.items()})).signed


def refusal(text: str) -> AssemblyError:
    with pytest.raises(AssemblyError) as caught:
        value(text)
    return caught.value


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2 + 3 * 4", 14), ("(2 + 3) * 4", 20), ("1 | 2 ^ 3 & 4", 3), ("1 << 2 + 1", 8), ("7 - 2 - 1", 4),
        ("~0", -1), ("!5", 0), ("!0", 1), ("- -5", 5), ("-7 // 2", -3), ("-7 %% 2", -1), ("-1 >> 60", 15),
        ("1 = 1 && 2 > 1", 1), ("'A' + 1", 66), ("'AB'", 0x4241), ("-2 * 3", -6), ("~1 + 1", -1),
    ],
)  # fmt: skip
def test_precedence_and_operators(text: str, expected: int) -> None:
    assert expected == value(text)


def test_a_shift_counts_modulo_64_however_large() -> None:
    assert -(1 << 63) == value("1 << 99999999999")


def test_a_name_has_the_value_of_the_scope() -> None:
    assert 15 == value("a * 2 + 5", a=5)


def test_a_division_by_zero_points_at_the_operator() -> None:
    error = refusal("10 / (1 - 1)")
    assert ("division by zero", "t:1:4") == (error.message, str(error.span))


def test_deep_parentheses_are_an_error_and_no_crash() -> None:
    assert "parentheses inside each other" in refusal("(" * 10_000).message


def test_ten_thousand_signs_are_no_crash() -> None:
    assert 1 == value("-" * 10_000 + "1")


def test_an_open_parenthesis_points_at_itself() -> None:
    error = refusal("1 + (2")
    assert ("this parenthesis is not closed", "t:1:5") == (error.message, str(error.span))


def test_a_character_constant_holds_eight_bytes_at_most() -> None:
    assert "9 bytes long" in refusal("'123456789'").message


def random_expression(rng: random.Random, depth: int) -> str:
    if depth == 0 or rng.random() < 0.2:
        return rng.choice(NUMBERS)
    kind = rng.random()
    if kind < 0.2:
        return f"{rng.choice('-~!+')}{rng.choice(['', ' '])}({random_expression(rng, depth - 1)})"
    if kind < 0.4:
        return f"({random_expression(rng, depth - 1)})"
    operator = rng.choice(OPERATORS)
    return f"{random_expression(rng, depth - 1)} {operator} {random_expression(rng, depth - 1)}"


@pytest.mark.parametrize("seed", range(3))
def test_random_expressions_have_nasms_values(seed: int, tmp_path: Path) -> None:
    rng = random.Random(seed)
    expected: list[int] = []
    lines: list[str] = []
    while len(lines) < 400:
        text = random_expression(rng, 4)
        try:
            expected.append(value(text) & (1 << 64) - 1)
        except AssemblyError as error:
            assert error.message == "division by zero"
            continue
        lines.append(f"dq {text}")
    raw = nasm_bytes(tmp_path, "\n".join(lines) + "\n")
    assert raw is not None
    theirs = [int.from_bytes(raw[i : i + 8], "little") for i in range(0, len(raw), 8)]
    different = [line for line, one, other in zip(lines, expected, theirs, strict=True) if one != other]
    assert different == []
