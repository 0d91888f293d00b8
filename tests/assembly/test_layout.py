"""Jumps are as short as NASM makes them, and what cannot settle is an error."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from real_nasm import nasm_bytes, our_bytes

from allocator.assembly.assembler import assemble
from allocator.assembly.image import Image
from allocator.errors import AssemblyError


def refusal(text: str) -> AssemblyError:
    with pytest.raises(AssemblyError) as caught:
        assemble(text=text)
    return caught.value


@pytest.mark.parametrize(
    "text",
    [
        "jmp a\ntimes 126 nop\njmp b\na: times 126 nop\nb:",
        "jmp a\ntimes 127 nop\na:",
        "jmp a\ntimes 128 nop\na:",
        "x: times 126 nop\njmp x",
        "x: times 127 nop\njmp x",
        "x: times 125 nop\njz x\njz x",
        "jmp a\nx: times 125 nop\nalign 4\na: jmp x",
        "times 200 jmp e\ne: nop",
        "x: times 100 nop\njmp x\ntimes 30 nop\njmp x\njz y\ntimes 130 nop\ny: loop y\njcxz y",
        "jmp 5\njz 5\ncall 5\nx equ 5\njmp x",
        "add ax, e-s\ns: times 5 nop\ne: add ax, e-s\nmov ax, [bx+e-s]\nmov ax, [bx+f-e]\nnop\nf:",
        "a: jmp c\nb: times 4 nop\nc:",
        "jmp $\njmp $+2\njmp $$\njz $-5\ncall $",
    ],
)
def test_a_jump_is_as_short_as_nasm_makes_it(text: str, tmp_path: Path) -> None:
    assert nasm_bytes(tmp_path, text) == our_bytes(text)


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("bits", [16, 32, 64])
def test_random_jumps_over_random_distances_are_nasms(bits: int, seed: int, tmp_path: Path) -> None:
    rng = random.Random(seed * 100 + bits)
    count = 60
    lines = [f"bits {bits}"]
    for number in range(count):
        target = f"l{rng.randrange(max(0, number - 6), min(count, number + 7))}"
        lines += [f"l{number}:", f"{rng.choice(['jmp', 'jz', 'jnc', 'call', 'jmp near'])} {target}"]
        lines += [rng.choice([f"times {rng.randrange(60)} nop", "align 8", f"push {target}-l0", "mov [bx], ax"])]
    if bits == 64:
        lines = [line.replace("[bx]", "[rbx]") for line in lines]
    text = "\n".join(lines)
    assert nasm_bytes(tmp_path, text) == our_bytes(text)


@pytest.mark.parametrize(
    "text",
    ["a equ b+1\nb equ a+1", "times ((x-$$)&1)^1 nop\nx:", "times 2-(x-$$) nop\nx:", "x: times 9-(y-x) db 0\ny:"],
)
def test_what_depends_on_itself_is_an_error_that_points_there(text: str) -> None:
    error = refusal(text)
    assert "never settle" in error.message
    assert error.span is not None


def test_a_loop_too_far_is_refused() -> None:
    error = refusal("x: times 200 nop\nloop x")
    assert "<text>:2:6" == str(error.span)


def test_a_number_that_fits_no_immediate_is_refused_where_it_stands() -> None:
    assert "<text>:2:10" == str(refusal("nop\nadd rax, 0x123456789").span)


def test_an_instruction_that_has_no_such_form_is_underlined_whole() -> None:
    error = refusal("x: lea rax, rbx ; no address")
    assert error.span is not None
    assert (4, len("lea rax, rbx")) == (error.span.column, error.span.length)


def test_an_operand_that_is_to_blame_is_underlined_alone() -> None:
    error = refusal("x: add rax, 0x123456789 - 0 ; too wide")
    assert error.span is not None
    assert (13, len("0x123456789 - 0")) == (error.span.column, error.span.length)


def test_a_number_is_said_as_the_source_writes_it() -> None:
    assert "0x12c does not fit in al, which holds -128 to 255" == refusal("mov al, 0x12c").message


def test_the_value_of_an_expression_is_said() -> None:
    assert "300 does not fit in al, which holds -128 to 255" == refusal("n equ 100\nmov al, n*3").message


def test_a_chain_of_jumps_that_grow_one_by_one_settles() -> None:
    count = 200
    lines = [line for number in range(count) for line in (f"a{number}: jmp b{number}", "times 124 nop", f"b{number}:")]
    assert count * 126 == len(assemble(text="\n".join(lines)).segments[0].data)


def test_a_long_source_takes_few_passes() -> None:
    text = "\n".join(f"l{number}: dec rcx\njnz l{number}" for number in range(2000))
    assert 2000 * 5 == len(assemble(text=text).segments[0].data)


def assemble_files(folder: Path, **texts: str) -> Image:
    """Assemble each text as a file of its own, in order."""
    for name, text in texts.items():
        (folder / name).write_text(text)
    return assemble(*(folder / name for name in texts))


def test_a_second_file_with_an_org_is_a_segment_of_its_own(tmp_path: Path) -> None:
    image = assemble_files(tmp_path, a="org 0x7C00\ndb 1", b="org 0x8000\ndb 2")

    assert [(0x7C00, b"\1"), (0x8000, b"\2")] == [(segment.start, segment.data) for segment in image.segments]


def test_a_second_file_without_an_org_lies_behind_the_first(tmp_path: Path) -> None:
    [segment] = assemble_files(tmp_path, a="org 0x7C00\ndb 1", b="db 2").segments

    assert (0x7C00, b"\1\2") == (segment.start, segment.data)


def test_an_org_in_the_second_file_alone_counts_for_both(tmp_path: Path) -> None:
    [segment] = assemble_files(tmp_path, a="db 1", b="org 0x8000\ndb 2").segments

    assert (0x8000, b"\1\2") == (segment.start, segment.data)


def test_a_third_file_without_an_org_lies_behind_the_second(tmp_path: Path) -> None:
    image = assemble_files(tmp_path, a="org 0x7C00\ndb 1", b="org 0x8000\ndb 2", c="db 3")

    assert [b"\1", b"\2\3"] == [segment.data for segment in image.segments]


def test_sections_of_one_name_stay_with_the_origin_of_their_file(tmp_path: Path) -> None:
    text = "section .data\ndb 1\nsection .text\ndd 2\ndd $-$$"
    image = assemble_files(tmp_path, a="org 0x7C00\n" + text, b="org 0x8000\n" + text)

    assert [b"\2\0\0\0\4\0\0\0\1"] * 2 == [segment.data for segment in image.segments]


def test_files_with_origins_of_their_own_share_their_names(tmp_path: Path) -> None:
    image = assemble_files(tmp_path, a="org 0x7C00\ndw there", b="org 0x8000\nthere: dw 0")

    assert b"\0\x80" == image.segments[0].data


def test_a_file_over_another_is_refused_at_its_org(tmp_path: Path) -> None:
    with pytest.raises(AssemblyError, match=r"b:1:5: error: what begins at 0x7c01 lies over another .* at 0x7c02"):
        assemble_files(tmp_path, a="org 0x7C00\ndw 1", b="org 0x7C01\ndb 2")


def test_a_lower_file_over_a_higher_one_is_refused(tmp_path: Path) -> None:
    with pytest.raises(AssemblyError, match="what begins at 0x7c01 lies over another source"):
        assemble_files(tmp_path, a="org 0x7C01\ndw 1", b="org 0x7C00\ndw 2")
