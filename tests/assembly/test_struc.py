"""struc, istruc, absolute and cpu: NASM's bytes, fields that are numbers, and errors that say what is missing."""

from __future__ import annotations

from pathlib import Path

import pytest
from real_nasm import nasm_bytes, our_bytes

from allocator.assembly.assembler import assemble
from allocator.assembly.image import Image, Location
from allocator.errors import AssemblyError, SymbolError
from allocator.views.symbol_table import symbol_table

POINT = "struc point\n.x: resd 1\n.y: resw 1\nendstruc\n"
PAIR = "struc pair\n.a: resb 1\n.b: resb 2\nendstruc\n"


def refusal(text: str) -> AssemblyError:
    with pytest.raises(AssemblyError) as caught:
        assemble(text=text)
    return caught.value


def agreed(text: str, tmp_path: Path) -> bytes:
    """Return the bytes that NASM and we make of `text`; fails where they differ or NASM refuses."""
    expected = nasm_bytes(tmp_path, text)
    assert expected is not None
    assert expected == our_bytes(text)
    return expected


# struc


@pytest.mark.parametrize(
    "fields",
    [
        ".x: resw 1\n.y: resd 1",
        ".x resb 1\n.y resq 2\n.z rest 1",
        ".x: reso 1\n.y: resy 4\n.z: resz 2",
        ".x: resb 1\nalignb 4\n.y: resb 1\nalignb 8, resb 1",
        ".x: times 3 resw 2\n.y: times 0 resb 5\n.z:",
        ".x: resw n\n.y: resb n*2\nn equ 5",
        ".x: db ?\n.y: dw ?, ?",
        "x: resw 1\n.low: resb 1\n.high: resb 1\ny: resw 1",
        ".x: resw 1\n.end equ $-point\n.y: resb $-$$+4",
        ".x:\n.y: resw 1",
        "",
    ],
)
@pytest.mark.parametrize("offset", ["", ", 6", ", -4", ", 3*4"])
def test_fields_have_nasms_offsets(fields: str, offset: str, tmp_path: Path) -> None:
    names = [word for word in ("x", "y", "z") if f".{word}" in fields and f"\n{word}:" not in f"\n{fields}"]
    values = ["point", "point_size", *(f"point.{name}" for name in names)]
    agreed(f"struc point{offset}\n{fields}\nendstruc\ndw {', '.join(values)}", tmp_path)


@pytest.mark.parametrize(
    "use",
    [
        "bits 32\nmov eax, [ebx + point.y]\nmov ecx, [point.y]\nmov edx, point_size\nimul eax, ecx, point_size",
        "bits 64\nmov eax, [rbx + rcx*2 + point.y]\nmov rax, [rel data + point.y]\ndata: times point_size db 0",
        "n equ point_size * 3\ntimes n db 1\nresb point_size\nalign point.y, db 0\ndb point.y << 2 | 1",
        "mov ax, point_size\nadd bx, point.y\npush point_size\njmp point_size\ncall point.y",
        "data: istruc point\niend\nmov ax, [data + point.y]\nmov bx, point.y - point.x",
        "db (point.y > point.x) + (point_size == 6)",
    ],
)
def test_a_field_stands_wherever_a_number_does(use: str, tmp_path: Path) -> None:
    agreed(f"{POINT}{use}", tmp_path)


def test_a_field_may_be_used_before_its_struc(tmp_path: Path) -> None:
    agreed(f"mov ax, [bx + point.y]\ndw point_size\n{POINT}", tmp_path)


def test_a_struc_takes_no_room_in_the_image(tmp_path: Path) -> None:
    assert b"\1\2" == agreed(f"db 1\n{POINT}db 2", tmp_path)


def test_words_of_structures_are_read_in_any_case(tmp_path: Path) -> None:
    agreed("STRUC p\n.x: RESB 3\nEndStruc\nIStruc p\nAT p.x, DB 4\nIEND\nABSOLUTE 5\nCPU 386\n", tmp_path)


def test_labels_before_struc_and_endstruc_are_places(tmp_path: Path) -> None:
    agreed("nop\nbefore: struc p\n.x: resb 3\nafter: endstruc\ndw before, after, p_size", tmp_path)


def test_local_labels_behind_endstruc_belong_to_the_struc(tmp_path: Path) -> None:
    agreed(f"{POINT}.here: dw point.here", tmp_path)


def test_the_name_of_a_struc_may_be_that_of_an_instruction(tmp_path: Path) -> None:
    agreed("struc mov\n.x: resb 3\nendstruc\ndb mov.x", tmp_path)


@pytest.mark.parametrize(
    "around",
    [
        "section .data\ndb 1\n{}db 2\nsection .text\ndb 3",
        "[section .data]\ndb 1\n{}db 2",
        "db 9\nabsolute 5\nx: resb 2\n{}y: resb 1\nsection .text\ndw x, y",
        "[absolute 5]\nx: resb 2\n{}db 3",
        "section .bss\nresb 2\n{}x: resb 1\nsection .text\ndw x",
    ],
)
def test_endstruc_goes_back_where_nasm_goes(around: str, tmp_path: Path) -> None:
    agreed(around.format(POINT), tmp_path)


def test_sources_share_their_strucs(tmp_path: Path) -> None:
    first, second = tmp_path / "first.asm", tmp_path / "second.asm"
    first.write_text(POINT, encoding="utf-8")
    second.write_text("istruc point\nat point.y, dw 5\niend\n", encoding="utf-8")
    assert b"\0\0\0\0\5\0" == assemble(first, second).segments[0].data


def test_strucs_and_their_copies_may_come_from_macros(tmp_path: Path) -> None:
    field = "%macro field 2\n.%1: %2\n%endmacro\nstruc p\nfield x, resd 1\nfield y, resw 2\nendstruc\n"
    make = "%macro make 2\n%1: istruc p\nat .x, dd %2\nat p.y, dw 1, 2\niend\n%endmacro\n"
    agreed(f"{field}{make}make a, 5\nmake b, 6\ndw a, b, p_size", tmp_path)


# What an image says of it


def image_with_a_struc_over_its_code() -> Image:
    return assemble(text="f: nop\nnop\nret\nstruc over, $$+1\n.x: resb 1\n.y:\nendstruc", origin=0x1000)


def test_a_field_is_no_label() -> None:
    assert {"f"} == image_with_a_struc_over_its_code().labels


def test_a_field_never_names_an_address_of_code() -> None:
    assert Location("f", 2) == image_with_a_struc_over_its_code().locate(0x1002)


def test_fields_are_listed_as_constants() -> None:
    lines = [line.split() for line in symbol_table(assemble(text=POINT))]
    assert ["0x00000004", "constant", "point.y"] in lines
    assert ["0x00000006", "constant", "point_size"] in lines


def test_the_comment_above_a_field_is_no_contract() -> None:
    text = "struc p\n; IN: rax = nothing\n; OUT: nothing\n.x: resb 1\nendstruc\nnop"
    assert {} == assemble(text=text).contracts


def test_the_lines_of_an_istruc_are_data() -> None:
    image = assemble(text=f"{POINT}istruc point\nat .y, dw 5\niend", origin=0)
    assert [(0, 4, 6), (4, 2, 6)] == [(line.address, line.size, line.line) for line in image.lines]
    assert not any(line.code for line in image.lines)


# istruc


@pytest.mark.parametrize(
    "copy",
    [
        "istruc point\nat point.x, dd 5\nat point.y, dw 6\niend",
        "istruc point\nat .x, dd 5\nat .y, dw 6\niend",
        "istruc point\niend",
        "istruc point\nat point.y\ndb 1\ndb 2\niend",
        "istruc point\nat point.y + 1, db 7\niend",
        "istruc point\nat 2, db 7, 8\niend",
        "istruc point\nat point.x, times 3 db 5\niend",
        "istruc point\nat point.x,\niend",
        "istruc point\ndb 9\niend",
        "istruc point\nat point_size\niend",
        "istruc point\nat point.x, nop\niend",
        "a: istruc point\nat .x, q: dd q\niend\ndw a",
        "a istruc point\n.l: at point.y, .m: db 1\n.n: iend\ndw a, a.l, a.m, a.n",
        "a: istruc point\nat .x\n.x: dd 1\niend\ndw a.x",
        "section .data\nistruc point\nat .y, dw 5\niend\nsection .text\nnop",
    ],
)
def test_a_copy_has_nasms_bytes(copy: str, tmp_path: Path) -> None:
    agreed(f"db 0xCC\n{POINT}{copy}\ndb 0xCC", tmp_path)


@pytest.mark.parametrize("offset", ["8", "-2"])
def test_a_copy_counts_from_its_own_start_whatever_the_offset(offset: str, tmp_path: Path) -> None:
    agreed(f"struc p, {offset}\n.x: resw 1\n.y: resw 3\nendstruc\nistruc p\nat p.y, dw 5\niend", tmp_path)


def test_fields_without_a_dot_are_fields(tmp_path: Path) -> None:
    text = "struc p\npx: resw 1\npy: resw 1\nendstruc\nistruc p\nat px, dw 1\nat py, dw 2\niend"
    assert b"\1\0\2\0" == agreed(text, tmp_path)


def test_a_copy_may_stand_inside_another(tmp_path: Path) -> None:
    inner = "struc p\n.x: resb 1\n.in: resb pair_size\n.y: resb 1\nendstruc\n"
    nested = "istruc p\nat .x, db 1\nat p.in, istruc pair\nat .b, dw 2\niend\nat p.y, db 3\niend"
    assert b"\1\0\2\0\3" == agreed(f"{PAIR}{inner}{nested}", tmp_path)


def test_a_field_of_another_struc_may_be_added(tmp_path: Path) -> None:
    agreed(f"{POINT}{PAIR}istruc point\nat point + pair.b, dw 5\niend", tmp_path)


# absolute


@pytest.mark.parametrize(
    "text",
    [
        "absolute 0x500\nx: resb 2\ny: resw 1\nsection .text\ndw x, y\nmov ax, [y]\njmp x",
        "absolute 5\nx: resb 2\na equ $-$$\nb equ $\nalignb 4\nz:\nsection .text\ndb a, b, z",
        "[absolute 5]\nx: resb 2\n[section .text]\ndw x",
        "absolute -4\nx: resb 8\ny:\nsection .text\ndd x, y",
        "nop\na: nop\nabsolute a\nx: resb 2\ny:\nsection .text\ndb y-a\ndw y\nmov ax, [y]\njmp y",
        "org 0x7c00\nnop\na:\nabsolute a+4\nx: resb 2\nb equ $-$$\ny:\nsection .text\ndw x, y, b, y-$$",
        "nop\nabsolute $\nx: resb 2\ny:\nsection .text\nnop\ndw x-$$, y-$$, x",
        "org 5\nnop\nabsolute ($ - $$ + 7) & ~3\nx: resb 2\nsection .text\ndw x\njmp x",
        "nop\nstruc p, $\n.x: resb 2\nendstruc\ndw p.x, p_size",
        "absolute 5\nresb 2\nabsolute $+1\nx: resb 1\nsection .text\ndw x",
        "n equ 8\nabsolute n*2\nx: resd 1\nabsolute n\ny: resd 1\nsection .text\ndb x, y",
    ],
)
def test_absolute_places_labels_where_nasm_does(text: str, tmp_path: Path) -> None:
    agreed(text, tmp_path)


def test_absolute_room_may_be_larger_than_an_image_can() -> None:
    text = "absolute 0\nresq 1 << 23\nresq 1 << 23\nend:"
    assert 1 << 27 == assemble(text=text).symbols["end"]


# cpu


@pytest.mark.parametrize("name", ["8086", "386", "PENTIUM", "x86-64", "ia-64", "any", "386, evex", "p3 nolatevex"])
def test_cpu_takes_the_names_that_nasm_takes(name: str, tmp_path: Path) -> None:
    agreed(f"cpu {name}\n[cpu {name}]\ndb 1", tmp_path)


@pytest.mark.parametrize("name", ["387", "i386", "x86_64", "386, foo"])
def test_cpu_refuses_the_names_that_nasm_refuses(name: str, tmp_path: Path) -> None:
    assert nasm_bytes(tmp_path, f"cpu {name}\n") is None
    assert f"cpu knows no '{name.rpartition(' ')[2]}'" == refusal(f"cpu {name}").message


def test_cpu_takes_a_macro_of_several_tokens(tmp_path: Path) -> None:
    agreed("%define LEVEL x86-64\ncpu LEVEL\ndb 1", tmp_path)


# Errors


@pytest.mark.parametrize(
    ("text", "place", "message", "hint"),
    [
        ("nop\nstruc p\n.x: resb 1", "2:1", "struc p is never closed with endstruc", "behind the last field"),
        ("struc p\nnop\nendstruc", "2:1", "struc p has no bytes in the image, only room", "close it with endstruc"),
        ("struc p\n.x: db 5\nendstruc", "2:5", "struc p has no bytes in the image, only room", "resb"),
        ("struc p\nalign 4\nendstruc", "2:1", "struc p has no bytes in the image, only room", "resb"),
        ("struc p\nstruc q\nendstruc", "2:1", "a struc inside of struc p", "endstruc closes"),
        ("struc p\nsection .data\n", "2:1", "section inside of struc p", "endstruc"),
        ("struc p\nabsolute 5\n", "2:1", "absolute inside of struc p", "endstruc"),
        ("struc", "1:6", "struc needs a name", "struc point"),
        ("struc 5", "1:7", "struc needs a name", "struc point"),
        ("struc eax\nendstruc", "1:7", "'eax' is a register and cannot be a label", "$eax"),
        ("struc p q\nendstruc", "1:9", "'q' was not expected here", "comma"),
        ("struc p, eax\nendstruc", "1:10", "this address must be a number or a label", ""),
        ("endstruc", "1:1", "endstruc without a struc before it", "begins one"),
        ("times 2 struc p\nendstruc", "1:1", "struc cannot be repeated", ""),
        (f"{POINT}{POINT}", "5:7", "'point' is defined twice", "1:7"),
        ("istruc p\niend", "1:8", "there is no struc 'p'", "before it is used"),
        (f"{POINT}istruc piont\niend", "5:8", "there is no struc 'piont'", "did you mean point?"),
        (f"{POINT}istruc\niend", "5:7", "istruc needs the name of a struc", ""),
        (f"{POINT}nop\nistruc point", "6:1", "istruc point is never closed with iend", "fills it up"),
        ("at p.x, db 5", "1:1", "at without an istruc before it", "begins one"),
        ("iend", "1:1", "iend without an istruc before it", "begins one"),
        (f"{POINT}istruc point\nat\niend", "6:3", "at needs a field", "at point.x, db 1"),
        (f"{POINT}istruc point\nat .y, dw 1\nat .x, dd 1\niend", "7:4", "this field lies 6 bytes back", "order"),
        (f"{POINT}istruc point\nat .x, db 1,2,3,4,5\nat .y\niend", "7:4", "this field lies 1 byte back", "room"),
        (f"{POINT}istruc point\nat .y, dd 1\niend", "7:1", "the data is 2 bytes longer than struc point", "room"),
        (f"{POINT}istruc point\nsection .x\niend", "7:1", "istruc point began in another section", ""),
        (
            f"{POINT}istruc point\nat $$\niend",
            "6:4",
            "the place of a field must be a plain number, not an address or a register",
            "",
        ),
        (f"{POINT}section .bss\nistruc point\niend", "6:1", ".bss has no bytes in the image, only room", "resb"),
        ("absolute", "1:9", "absolute needs an address", "0x500"),
        ("absolute eax", "1:10", "this address must be a number or a label", ""),
        ("absolute 5\nnop", "2:1", "absolute has no bytes in the image, only room", "resb"),
        ("absolute x\nresb 5\nx:", "2:1", "the addresses never settle: what this yields depends on itself", "size"),
        ("cpu", "1:4", "cpu needs the name of a processor", "cpu 386"),
        ("cpu pentum", "1:5", "cpu knows no 'pentum'", "did you mean pentium?"),
    ],
)
def test_an_error_says_where_and_what_and_how_to_mend_it(text: str, place: str, message: str, hint: str) -> None:
    error = refusal(text)
    assert (f"<text>:{place}", message) == (str(error.span), error.message)
    assert hint in (error.hint or "")


def test_a_field_of_another_struc_is_refused_in_a_copy() -> None:
    error = refusal(f"{POINT}{PAIR}istruc pair\nat point.y, dw 5\niend")
    assert ("<text>:10:4", "'point.y' is a field of point, and this istruc is a pair") == (
        str(error.span),
        error.message,
    )


def test_a_misspelt_field_gets_a_suggestion() -> None:
    text = "struc p\n.next: resb 1\nendstruc\nistruc p\nat .nxet, db 5\niend"
    assert "did you mean p.next?" == refusal(text).hint


def test_a_size_of_no_struc_is_a_name_that_nobody_defines() -> None:
    with pytest.raises(SymbolError, match="'point_size' is not defined"):
        assemble(text="mov eax, point_size")


def test_a_copy_too_large_for_an_image_is_refused_soon() -> None:
    error = refusal("struc p, 0\nresq 1 << 23\nresq 1 << 23\nendstruc\nistruc p\niend")
    assert "the image would be larger than 64 MiB" == error.message
