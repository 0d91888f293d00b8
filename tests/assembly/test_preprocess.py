"""Macros, conditions and includes do what NASM's preprocessor does, within limits."""

from __future__ import annotations

from pathlib import Path

import pytest

from allocator.assembly.assembler import assemble
from allocator.errors import AssemblyError


def data(text: str, **options: object) -> bytes:
    image = assemble(text=text, **options)  # type: ignore[arg-type]
    return image.segments[0].data if image.segments else b""


def refusal(text: str, **options: object) -> AssemblyError:
    with pytest.raises(AssemblyError) as caught:
        data(text, **options)
    return caught.value


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("%define N 5\ndb N, N+1", b"\5\6"),
        ("%define N(a, b) a*b\ndb N(1+2, 3)", b"\7"),
        ("%define N() 5\ndb N()", b"\5"),
        ("%define N(a) a+1\ndb N (3)", b"\4"),
        ("%define A B\n%define B 7\ndb A", b"\7"),
        ("%define A 1\n%define B A+1\n%define A 5\ndb B", b"\6"),
        ("%define A 1\n%xdefine B A+1\n%define A 5\ndb B", b"\2"),
        ("%assign i 3\n%assign i i+1\ndb i", b"\4"),
        ("%assign i -3\ndb i & 0xFF", b"\xfd"),
        ("%define A 1\n%undef A\nA equ 2\ndb A", b"\2"),
        ("%ifdef A\ndb 1\n%else\ndb 2\n%endif", b"\2"),
        ("%ifndef A\ndb 1\n%else\ndb 2\n%endif", b"\1"),
        ("%define A\n%ifdef A\ndb 1\n%endif", b"\1"),
        ("%if 0\ndb 1\n%elif 2 > 1\ndb 2\n%elif 1\ndb 3\n%else\ndb 4\n%endif", b"\2"),
        ("%if 0\n%if 1\ndb 1\n%else\ndb 2\n%endif\n%endif\ndb 3", b"\3"),
        ("%if 0\ndon't look ' here\n%ifidn junk\n%endif\n%endif\ndb 3", b"\3"),
        ("%define ret5 db 5\nret5", b"\5"),
    ],
)
def test_macros_and_conditions(text: str, expected: bytes) -> None:
    assert expected == data(text)


def test_a_macro_is_not_expanded_inside_itself() -> None:
    assert b"\6" == data("%define a $a+1\n$a equ 5\ndb a")


def test_macros_that_name_each_other_end() -> None:
    assert "the name 'a' is not defined" == refusal("%define a b\n%define b a\nmov eax, a").message


def test_a_macro_comes_from_outside() -> None:
    assert b"\7" == data("db N", define={"N": "3+4"})


def test_an_error_inside_a_macro_points_at_its_use() -> None:
    assert "<text>:2:4" == str(refusal("%define N 1/0\ndb N").span)


@pytest.mark.parametrize("word", ["%ifctx a", "%line 3", "%pathsearch x 'a'", "%push c", "%use masm"])
def test_what_nasm_has_and_we_have_not_is_named(word: str) -> None:
    assert f"{word.partition(' ')[0]} is not supported yet" == refusal(word).message


def test_a_misspelt_directive_gets_a_suggestion() -> None:
    assert "did you mean %define?" == refusal("%defin x 1").hint


def test_a_macro_parameter_outside_of_a_macro_is_refused() -> None:
    assert refusal("mov rax, %1").message


def test_an_open_condition_points_at_its_start() -> None:
    assert "<text>:2:1" == str(refusal("nop\n%if 1\nnop").span)


@pytest.mark.parametrize("word", ["%else", "%endif", "%elif 1"])
def test_a_part_without_its_condition_is_refused(word: str) -> None:
    assert "without an %if" in refusal(word).message


def test_a_demanded_error_says_its_text() -> None:
    assert "this can't be" == refusal("%if 1\n%error this can't be\n%endif").message


def test_a_macro_bomb_is_defused() -> None:
    bomb = "\n".join(f"%define a{i} a{i + 1}, a{i + 1}" for i in range(90))
    assert "macros make this line longer" in refusal(f"{bomb}\ndb a0").message


def test_a_long_chain_of_macros_is_refused() -> None:
    chain = "\n".join(f"%define a{i} a{i + 1}" for i in range(5000))
    assert "macros inside each other" in refusal(f"{chain}\ndb a0").message


def test_an_include_is_read_beside_the_including_file(tmp_path: Path) -> None:
    (tmp_path / "inner.inc").write_text("N equ 7\n")
    (tmp_path / "outer.asm").write_text("%include 'inner.inc'\ndb N\n")
    assert b"\7" == assemble(tmp_path / "outer.asm").segments[0].data


def test_an_include_of_an_include_is_found_beside_the_first_file_as_in_nasm(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "one.inc").write_text("%include 'sub/two.inc'\n")
    (tmp_path / "sub" / "two.inc").write_text("db 7\n")
    (tmp_path / "main.asm").write_text("%include 'sub/one.inc'\n")
    assert b"\7" == assemble(tmp_path / "main.asm").segments[0].data


def test_an_include_is_read_from_a_given_directory(tmp_path: Path) -> None:
    (tmp_path / "inner.inc").write_text("db 7\n")
    assert b"\7" == data('%include "inner.inc"', include=[tmp_path])


def test_an_error_in_an_include_names_that_file(tmp_path: Path) -> None:
    (tmp_path / "inner.inc").write_text("nop\nbogus 1, 2\n")
    assert "inner.inc:2:1" == str(refusal('%include "inner.inc"', include=[tmp_path]).span)


def test_all_files_are_sources_of_the_image(tmp_path: Path) -> None:
    (tmp_path / "inner.inc").write_text("nop\n")
    image = assemble(text='%include "inner.inc"', include=[tmp_path], name="outer")
    assert ["outer", "inner.inc"] == [source.name for source in image.sources]


@pytest.mark.parametrize("path", ["../secret.inc", "/etc/passwd", "sub/../../secret.inc"])
def test_an_include_outside_of_its_directories_is_refused(path: str, tmp_path: Path) -> None:
    inside = tmp_path / "inside"
    (inside / "sub").mkdir(parents=True)
    (tmp_path / "secret.inc").write_text("db 1\n")
    assert "lies outside" in refusal(f"%include '{path}'", include=[inside]).message


def test_a_link_that_leads_outside_is_refused(tmp_path: Path) -> None:
    inside = tmp_path / "inside"
    inside.mkdir()
    (tmp_path / "secret.inc").write_text("db 1\n")
    (inside / "link.inc").symlink_to(tmp_path / "secret.inc")
    assert "lies outside" in refusal("%include 'link.inc'", include=[inside]).message


def test_text_without_directories_can_include_nothing() -> None:
    assert "was not found" in refusal("%include 'allocator/__init__.py'").message


def test_a_file_that_includes_itself_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "a.asm").write_text("%include 'a.asm'\n")
    with pytest.raises(AssemblyError, match="include each other"):
        assemble(tmp_path / "a.asm")


def test_a_directory_is_no_include(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    assert "directory" in refusal("%include 'sub'", include=[tmp_path]).message
