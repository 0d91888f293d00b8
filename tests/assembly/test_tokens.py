"""A line of source is cut into tokens that know where they stand."""

from __future__ import annotations

import pytest

from allocator.assembly.tokens import logical_line, parse_integer, tokenize
from allocator.errors import AssemblyError
from allocator.source import Source


def texts(line: str) -> list[str]:
    return [token.text for token in tokenize(Source("t", line), 1, line)]


def refusal(line: str) -> AssemblyError:
    with pytest.raises(AssemblyError) as caught:
        tokenize(Source("t", line), 1, line)
    return caught.value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", 0), ("10", 10), ("010", 10), ("1_000", 1000), ("0x1F", 31), ("0h1f", 31), ("1fh", 31), ("$1f", 31),
        ("0X1_F", 31), ("31d", 31), ("0d31", 31), ("0t31", 31), ("37q", 31), ("37o", 31), ("0o37", 31), ("0q37", 31),
        ("11b", 3), ("11y", 3), ("0b1_1", 3), ("0y11", 3), ("0b1h", 0xB1), ("0d1h", 0xD1), ("0Ah", 10), ("1x", 1),
        ("0xFFFFFFFFFFFFFFFF", (1 << 64) - 1),
    ],
)  # fmt: skip
def test_every_number_form_of_nasm_has_its_value(text: str, value: int) -> None:
    assert value == parse_integer(text)


@pytest.mark.parametrize("text", ["12a", "0xg", "08q", "2b", "0b2", "0x0x1", "0o0o1", "0b0b1b", "1_h_g"])
def test_what_is_no_number_is_none(text: str) -> None:
    assert parse_integer(text) is None


def test_a_number_that_looks_hexadecimal_gets_that_hint() -> None:
    assert refusal("mov eax, 12af").hint == "if it is hexadecimal write 0x12af"


def test_a_number_wider_than_64_bits_is_refused_and_not_cut() -> None:
    assert "does not fit 64 bits" in refusal("dq 0x10000000000000000").message


def test_a_semicolon_opens_a_comment_anywhere() -> None:
    assert texts("mov eax,1;mov") == ["mov", "eax", ",", "1"]


def test_a_hash_opens_a_comment_where_a_token_starts() -> None:
    assert texts("je fail   # at least 1 page") == ["je", "fail"]


def test_a_hash_inside_a_name_belongs_to_it() -> None:
    assert texts("foo#1: nop") == ["foo#1", ":", "nop"]


def test_a_comment_sign_inside_a_string_is_text() -> None:
    assert texts("db ';#', 1") == ["db", "';#'", ",", "1"]


def test_local_and_special_names_are_one_token() -> None:
    assert texts(".next a.b ?x @y _z $eax") == [".next", "a.b", "?x", "@y", "_z", "$eax"]


def test_here_and_base_are_operators() -> None:
    assert texts("$-$$") == ["$", "-", "$$"]


def test_two_percent_signs_are_the_signed_remainder() -> None:
    assert texts("7 %% 3") == ["7", "%%", "3"]


def test_a_backquoted_string_knows_escapes() -> None:
    (token,) = tokenize(Source("t", ""), 1, r"`a\n\x41\101\u263a\\`")
    assert token.value == b"a\nAA\xe2\x98\xba\\"


def test_a_plain_string_knows_none() -> None:
    (token,) = tokenize(Source("t", ""), 1, r"'a\n'")
    assert token.value == rb"a\n"


def test_an_open_string_points_at_its_quote() -> None:
    error = refusal("db 'abc")
    assert error.span is not None
    assert (1, 4, 4) == (error.span.line, error.span.column, error.span.length)


@pytest.mark.parametrize("character", ["\0", "\x01", "\x1b", "\ud800", "\u202e", "§"])
def test_a_character_without_meaning_is_an_error(character: str) -> None:
    assert "has no meaning" in refusal(f"nop {character}").message


def test_a_lone_surrogate_in_a_string_is_an_error() -> None:
    assert "no encoding" in refusal("db '\ud800'").message


def test_a_continued_line_is_one_line() -> None:
    source = Source("t", "db 1, \\\n   2\nnop")
    tokens, following = logical_line(source, 1)
    assert (["db", "1", ",", "2"], 3) == ([token.text for token in tokens], following)


def test_a_token_of_a_continued_line_stands_where_it_was_written() -> None:
    tokens, _ = logical_line(Source("t", "db 1, \\\n   2"), 1)
    assert (2, 4) == (tokens[-1].line, tokens[-1].column)


def test_an_error_on_a_continued_line_stands_where_it_was_written() -> None:
    with pytest.raises(AssemblyError) as caught:
        logical_line(Source("t", "db 1, \\\n   §"), 1)
    assert str(caught.value.span) == "t:2:4"


def test_a_very_long_line_is_refused() -> None:
    with pytest.raises(AssemblyError, match="longer than 65,536"):
        logical_line(Source("t", "a" * 70_000), 1)
