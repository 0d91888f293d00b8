"""Both programs are assembled to the bytes that real nasm makes of them."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from oracles import require_nasm

from allocator import Image, assemble, shipped

SYMBOLS = ("-dos_MemoryMap=0x120000", "-dos_MemAmount=0x110108")


def bytes_of_nasm(source: str, directory: Path) -> bytes:
    file = directory / "source.asm"
    file.write_text(source, encoding="utf-8")
    output = directory / "source.bin"
    subprocess.run([require_nasm(), "-f", "bin", *SYMBOLS, "-o", output, file], check=True, timeout=60)
    return output.read_bytes()


def test_our_program_has_the_bytes_that_nasm_makes_of_it(our_program: Image, tmp_path: Path) -> None:
    source = shipped("memory.asm").read_text(encoding="utf-8")

    assert bytes_of_nasm(source, tmp_path) == our_program.segments[0].data


def test_the_article_has_the_bytes_that_nasm_makes_of_it(
    article_listing: str, article_program: Image, tmp_path: Path
) -> None:
    """For nasm the comments need ``;`` and the width must be said."""
    source = "bits 64\n" + article_listing.replace("#", ";")

    assert bytes_of_nasm(source, tmp_path) == article_program.segments[0].data


def test_both_programs_are_equally_long(our_program: Image, article_program: Image) -> None:
    assert len(article_program.segments[0].data) == len(our_program.segments[0].data)


@pytest.mark.parametrize("name", ["os_mem_allocate", "os_mem_release", "os_mem_get_free", "os_mem_copy"])
def test_each_routine_lies_at_the_same_address_in_both(our_program: Image, article_program: Image, name: str) -> None:
    assert article_program.symbols[name] == our_program.symbols[name]


@pytest.mark.parametrize("label", ["restart", "next", "mark", "full", "done"])
def test_our_inner_labels_lie_where_those_of_the_article_do(
    our_program: Image, article_program: Image, label: str
) -> None:
    theirs = {"restart": "start", "next": "nextpage", "mark": "mark", "full": "fail", "done": "end"}

    assert (
        article_program.symbols[f"os_mem_allocate_{theirs[label]}"] == our_program.symbols[f"os_mem_allocate.{label}"]
    )


def test_the_article_keeps_its_source_lines(article_program: Image) -> None:
    line = article_program.line_at(article_program.symbols["os_mem_allocate"])

    assert line is not None
    assert "push rsi" == article_program.sources[0].line(line.line).strip()


def test_no_instruction_of_either_program_is_locked(program: Image) -> None:
    """Two processors at once get the same page: there is no LOCK prefix and no XCHG with memory."""
    statements = [program.sources[0].line(line.line).split() for line in program.lines if line.code]

    assert not {"lock", "xchg", "cmpxchg", "bts"} & {words[0] for words in statements if words}


def test_a_listing_without_the_machines_names_is_refused() -> None:
    from allocator.errors import SymbolError

    with pytest.raises(SymbolError):
        assemble(text="mov rsi, os_MemoryMaps")
