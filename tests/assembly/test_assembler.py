"""Sources become an image with names, lines and contracts; what is no source is an error."""

from __future__ import annotations

from pathlib import Path

import pytest
from real_nasm import nasm_bytes, nasm_file_bytes

from allocator.addresses import MACHINE_SYMBOLS
from allocator.assembly.assembler import assemble, shipped
from allocator.errors import AssemblyError, SymbolError

PROGRAMS = sorted((Path(__file__).parent.parent / "corpus").glob("programs-*.asm"))


@pytest.mark.parametrize("path", PROGRAMS, ids=lambda path: path.stem)
def test_a_whole_program_has_nasms_bytes(path: Path, tmp_path: Path) -> None:
    assert nasm_file_bytes(tmp_path, path) == assemble(path, bits=16, origin=0).segments[0].data


def test_the_articles_listing_assembles_as_printed(article_listing: str, tmp_path: Path) -> None:
    names = "".join(f"{name} equ {value:#x}\n" for name, value in MACHINE_SYMBOLS.items())
    expected = nasm_bytes(tmp_path, f"bits 64\norg 0x100000\n{names}{article_listing.replace('#', ';')}")
    assert expected == assemble(text=article_listing).segments[0].data


def test_externals_are_the_machines_names_that_are_used(article_listing: str) -> None:
    assert {"os_MemoryMap": 0x120000, "os_MemAmount": 0x110108} == assemble(text=article_listing).externals


def test_a_definition_in_the_source_wins() -> None:
    image = assemble(text="os_MemoryMap equ 5\ndb os_MemoryMap")
    assert (b"\5", {}) == (image.segments[0].data, image.externals)


def test_a_given_symbol_wins_over_the_machines() -> None:
    assert b"\5" == assemble(text="db os_MemoryMap", symbols={"os_MemoryMap": 5}).segments[0].data


def test_extern_is_found_among_the_symbols() -> None:
    assert {"x": 7} == assemble(text="extern x\nmov eax, x", symbols={"x": 7}).externals


def test_a_name_that_nobody_defines_is_a_symbol_error() -> None:
    with pytest.raises(SymbolError, match="'nowhere' is not defined"):
        assemble(text="jmp nowhere")


def test_local_labels_have_full_names() -> None:
    image = assemble(text="f: nop\n.x: nop\ng: nop\n.x: nop")
    assert ["f", "f.x", "g", "g.x"] == sorted(image.labels)


def test_constants_are_symbols_and_no_labels() -> None:
    image = assemble(text="N equ 5\nx: nop")
    assert (5, {"x"}) == (image.symbols["N"], set(image.labels))


def test_every_repetition_of_an_instruction_has_its_line() -> None:
    image = assemble(text="times 3 nop\ntimes 3 db 1", origin=0)
    assert [(0, 1, True), (1, 1, True), (2, 1, True), (3, 3, False)] == [
        (line.address, line.size, line.code) for line in image.lines
    ]


def test_a_line_knows_its_width_and_place() -> None:
    image = assemble(text="nop\nbits 16\n\nmov ax, 1", origin=0)
    assert [(1, 64), (4, 16)] == [(line.line, line.bits) for line in image.lines]


def test_bits_of_the_image_are_those_of_its_first_code() -> None:
    assert 32 == assemble(text="db 1\nbits 32\nnop").bits


@pytest.mark.parametrize(("address", "size", "expected"), [(0x1001, 1, b"\2"), (0x1001, 9, b"\2\3"), (0x1003, 1, b"")])
def test_an_image_has_bytes_up_to_the_end_of_its_segment(address: int, size: int, expected: bytes) -> None:
    assert expected == assemble(text="org 0x1000\ndb 1, 2, 3").bytes_at(address, size)


def test_several_files_share_their_names(tmp_path: Path) -> None:
    (tmp_path / "a.asm").write_text("f: call g\n.x: ret\n")
    (tmp_path / "b.asm").write_text("g: jmp f.x\n")
    image = assemble(tmp_path / "a.asm", tmp_path / "b.asm", origin=0)
    assert bytes.fromhex("e801000000c3ebfd") == image.segments[0].data


def test_a_file_does_not_inherit_the_width_of_the_one_before(tmp_path: Path) -> None:
    (tmp_path / "a.asm").write_text("bits 16\nnop\n")
    (tmp_path / "b.asm").write_text("push rax\n")
    assert b"\x90\x50" == assemble(tmp_path / "a.asm", tmp_path / "b.asm").segments[0].data


def test_a_name_defined_in_two_files_names_both_places(tmp_path: Path) -> None:
    for name in ("a.asm", "b.asm"):
        (tmp_path / name).write_text("nop\nf: ret\n")
    with pytest.raises(AssemblyError) as caught:
        assemble(tmp_path / "a.asm", tmp_path / "b.asm")
    assert ("b.asm:2:1", "the first definition is at a.asm:2:1") == (str(caught.value.span), caught.value.hint)


def test_the_shipped_allocator_has_its_contracts() -> None:
    image = assemble(shipped("memory.asm"))
    assert {"os_mem_allocate", "os_mem_release", "os_mem_get_free", "os_mem_copy"} == set(image.contracts)


def test_a_contract_belongs_to_the_label_in_its_own_file(tmp_path: Path) -> None:
    (tmp_path / "inner.inc").write_text("; IN  rax = x\nf: ret\n")
    contract = assemble(text="%include 'inner.inc'", include=[tmp_path]).contracts["f"]
    assert ("rax", 2) == (contract.inputs[0].register, contract.line)


def test_a_source_that_is_not_shipped_lists_those_that_are() -> None:
    with pytest.raises(AssemblyError) as caught:
        shipped("nothing.asm")
    assert "memory.asm" in (caught.value.hint or "")


@pytest.mark.parametrize("name", ["../pyproject.toml", "/etc/passwd", ""])
def test_shipped_finds_nothing_outside_of_its_directory(name: str) -> None:
    with pytest.raises(AssemblyError):
        shipped(name)


def test_an_empty_source_is_an_empty_image() -> None:
    assert () == assemble(text="").segments


def test_nothing_at_all_is_an_error() -> None:
    with pytest.raises(AssemblyError, match="nothing to assemble"):
        assemble()


def test_a_missing_file_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(AssemblyError, match="does not exist"):
        assemble(tmp_path / "none.asm")


def test_a_binary_file_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "x.asm").write_bytes(b"\x7fELF\0\0")
    with pytest.raises(AssemblyError, match="binary file"):
        assemble(tmp_path / "x.asm")


def test_a_code_page_byte_in_a_string_stays_that_byte(tmp_path: Path) -> None:
    (tmp_path / "x.asm").write_bytes(b"db '\x82', `\x82`\n")
    assert b"\x82\x82" == assemble(tmp_path / "x.asm").segments[0].data


def test_utf_8_in_a_string_stays_utf_8(tmp_path: Path) -> None:
    (tmp_path / "x.asm").write_bytes("db '\u00e9'\n".encode())
    assert "\u00e9".encode() == assemble(tmp_path / "x.asm").segments[0].data


def test_a_width_that_does_not_exist_is_an_error() -> None:
    with pytest.raises(AssemblyError, match="16, 32 or 64"):
        assemble(text="nop", bits=8)


def test_an_origin_that_leaves_no_room_is_an_error() -> None:
    with pytest.raises(AssemblyError, match="cannot start at -0x1"):
        assemble(text="nop", origin=-1)
