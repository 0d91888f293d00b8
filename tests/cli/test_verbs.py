"""The verbs of the command line: what they print, and with which exit code."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from commands import allocator, allocator_bytes

from allocator import Image, assemble, shipped

MEMORY_ASM = shipped("memory.asm")


def source(folder: Path, text: str, name: str = "t.asm") -> Path:
    path = folder / name
    path.write_text(text)
    return path


# allocator


def test_alone_it_shows_the_first_thing_to_do() -> None:
    said = allocator()

    assert (0, "") == (said.code, said.err)
    assert "allocator trace os_mem_allocate rcx=3" in said.out


def test_alone_it_shows_the_three_doors() -> None:
    out = allocator().out

    assert all(door in out for door in ("this command", "pytest", "Jupyter"))


@pytest.mark.parametrize(
    "line", [line[4:].partition("  ")[0] for line in allocator().out.split("\n") if "allocator " in line[:14]]
)
def test_what_it_shows_to_do_works(line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    source(tmp_path, "your_routine: ret", "your.asm")

    assert 0 == allocator(*line.split()[1:]).code


@pytest.mark.parametrize("verb", ["trace", "run", "assemble", "boot", "check", "e820", "play", "docs"])
def test_alone_it_names_what_people_come_for(verb: str) -> None:
    assert f"allocator {verb}" in allocator().out


def test_version() -> None:
    import allocator as package

    assert (f"allocator {package.__version__}\n", 0) == (allocator("--version").out, allocator("--version").code)


def test_help_names_every_verb() -> None:
    out = allocator("--help").out

    assert all(verb in out for verb in ("trace", "run", "assemble", "e820"))


@pytest.mark.parametrize("verb", ["trace", "run", "assemble", "e820"])
def test_every_verb_has_help(verb: str) -> None:
    said = allocator(verb, "--help")

    assert (0, True) == (said.code, said.out.startswith("usage: allocator " + verb))


def test_as_a_module_it_is_the_same_command() -> None:
    finished = subprocess.run(
        [sys.executable, "-m", "allocator", "run", "os_mem_allocate", "rcx=3"],
        capture_output=True,
        text=True,
        check=False,
    )

    assert (0, "") == (finished.returncode, finished.stderr)
    assert "rax = 0x3a00000" in finished.stdout


def test_the_arguments_are_checked_before_an_engine_is_loaded() -> None:
    program = (
        "import sys; from allocator.__main__ import main; main(['trce']); main(['trace', '--limt', '4']); main([]);"
        "sys.exit(sorted({'unicorn', 'keystone', 'capstone', 'numpy'} & set(sys.modules)).__repr__().count('u'))"
    )
    finished = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)

    assert 0 == finished.returncode


def test_only_the_chosen_verb_is_loaded() -> None:
    program = (
        "import sys; from allocator.cli.parser import parse; parse(['run', 'f']);"
        "print(sorted(name for name in sys.modules if name in ('allocator.cli.trace', 'allocator.cli.e820')))"
    )
    finished = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert "[]\n" == finished.stdout


# trace


def test_trace_shows_every_step_and_how_it_ended() -> None:
    said = allocator("trace", "os_mem_allocate", "rcx=3")

    assert (0, "") == (said.code, said.err)
    assert all(part in said.out for part in ("os_mem_allocate  rcx=3", "rep stosb", "returned after 54 steps"))


def test_trace_names_the_pages_that_changed() -> None:
    assert "pages 29-31: free -> used" in allocator("trace", "os_mem_allocate", "rcx=3").out


def test_trace_as_json_lines_has_a_header_and_a_line_for_each_step() -> None:
    lines = allocator("trace", "os_mem_allocate", "rcx=3", "--format", "jsonl").out.splitlines()

    assert (55, "allocator.trace/1") == (len(lines), json.loads(lines[0])["format"])


def test_trace_as_csv() -> None:
    lines = allocator("trace", "os_mem_allocate", "rcx=3", "--format", "csv", "-F", "step,text").out.splitlines()

    assert ["step,text", "0,push rsi"] == lines[:2]


def test_trace_with_fields_is_a_table() -> None:
    lines = allocator("trace", "os_mem_allocate", "rcx=3", "-F", "step,rcx").out.splitlines()

    assert ["step", "rcx"] == lines[0].split()
    assert ["0", "0x3"] == lines[1].split()


def test_trace_follows_the_width_that_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")

    assert 80 >= max(map(len, allocator("trace", "os_mem_allocate", "rcx=3").out.splitlines()))


def test_trace_of_a_fault_ends_in_its_report() -> None:
    said = allocator("trace", "os_mem_allocate", "rcx=1", "-m", "1M", "--pages", "absent:0")

    assert (1, True) == (said.code, said.out.splitlines()[-1].startswith("SUMMARY: allocator: fence"))


def test_machine_readable_data_is_not_mixed_with_talk() -> None:
    said = allocator("trace", "os_mem_allocate", "rcx=1", "-m", "1M", "--pages", "absent:0", "--format", "jsonl")

    assert {dict} == {type(json.loads(line)) for line in said.out.splitlines()}
    assert said.err.startswith("SUMMARY: allocator: fence")


# run


def test_run_says_what_was_returned() -> None:
    said = allocator("run", "os_mem_allocate", "rcx=3")

    assert (0, "") == (said.code, said.err)
    assert "rax = 0x3a00000" in said.out


def test_run_as_json_is_one_object() -> None:
    said = allocator("run", "os_mem_allocate", "rcx=3", "--json")

    assert (0, "allocator.run/1", 54) == (said.code, json.loads(said.out)["format"], json.loads(said.out)["steps"])


def test_run_takes_registers_as_symbols() -> None:
    said = allocator("run", "os_mem_copy", "rsi=os_MemoryMap", "rdi=0x200000", "rcx=8", "--json")

    assert "0x120000" == json.loads(said.out)["registers"]["before"]["rsi"]


def test_run_takes_a_symbol_with_an_offset() -> None:
    said = allocator("run", "os_mem_copy", "rsi=os_MemoryMap+0x10", "rdi=0x200000", "rcx=8", "--json")

    assert "0x120010" == json.loads(said.out)["registers"]["before"]["rsi"]


def test_run_with_a_page_map_of_its_own() -> None:
    said = allocator("run", "os_mem_allocate", "rcx=3", "--pages", "used:0 free:1-31 used:30", "--json")

    assert "0x3600000" == json.loads(said.out)["registers"]["after"]["rax"]


def test_run_on_another_machine() -> None:
    said = allocator("run", "os_mem_allocate", "rcx=1", "-m", "128M", "--json")

    assert hex(127 >> 1 << 21) == json.loads(said.out)["registers"]["after"]["rax"]


def test_run_of_sources_of_ones_own(tmp_path: Path) -> None:
    first = source(tmp_path, "%ifdef TWICE\n f: call g\n %endif\n call g\n ret", "a.asm")
    second = source(tmp_path, "g: add eax, STEP\n add eax, os_Step\n ret", "b.asm")
    said = allocator(
        "run",
        "f",
        "eax=1",
        "-s",
        first,
        "-s",
        second,
        "-D",
        "TWICE",
        "-D",
        "STEP=3",
        "--symbol",
        "os_Step=0x10",
        "--json",
    )

    assert "0x27" == json.loads(said.out)["registers"]["after"]["rax"]


def test_run_of_an_address() -> None:
    assert "0x3a00000" == json.loads(allocator("run", "0x100010", "rcx=3", "--json").out)["registers"]["after"]["rax"]


def test_run_of_16_bit_code(tmp_path: Path) -> None:
    said = allocator("run", "f", "-s", source(tmp_path, "f: mov ax, 5\nret"), "--bits", "16", "--json")

    assert "0x5" == hex(int(json.loads(said.out)["registers"]["after"]["rax"], 16) & 0xFFFF)


def test_run_of_a_routine_that_returns_far(tmp_path: Path) -> None:
    assert 0 == allocator("run", "f", "-s", source(tmp_path, "bits 32\nf: retf"), "--returns", "far32").code


# assemble


def test_assemble_lists_addresses_bytes_and_source(tmp_path: Path) -> None:
    said = allocator("assemble", source(tmp_path, "; t\nf:  push rsi\n    db 'hello world'\n    ret\n"))

    assert (
        "; t.asm\n"
        "     1                              ; t\n"
        "     2  00100000  56                f:  push rsi\n"
        "     3  00100001  68656c6c6f20776f      db 'hello world'\n"
        "        00100009  726c64\n"
        "     4  0010000c  c3                    ret\n"
    ) == said.out


def test_a_listing_folds_a_long_run_of_one_byte(tmp_path: Path) -> None:
    assert "00 * 510" in allocator("assemble", source(tmp_path, "times 510 db 0")).out


def test_assemble_to_a_binary(tmp_path: Path, our_program: Image) -> None:
    allocator("assemble", MEMORY_ASM, "-f", "bin", "-o", tmp_path / "memory.bin")

    assert our_program.segments[0].data == (tmp_path / "memory.bin").read_bytes()


def test_a_binary_goes_into_a_pipe(our_program: Image) -> None:
    _, raw = allocator_bytes("assemble", MEMORY_ASM, "-f", "bin")

    assert our_program.segments[0].data == raw


def test_assemble_to_symbols(tmp_path: Path) -> None:
    said = allocator("assemble", source(tmp_path, "N equ 5\nf: mov eax, [os_MemAmount]\n.on: ret"), "-f", "symbols")

    assert (
        "0x00000005  constant  N\n"
        "0x00100000  label     f\n"
        "0x00100007  label     f.on\n"
        "0x00110108  machine   os_MemAmount\n"
    ) == said.out


def test_assemble_to_json() -> None:
    assert "allocator.image/1" == json.loads(allocator("assemble", MEMORY_ASM, "-f", "json").out)["format"]


def test_preprocessed_text_shows_macros_expanded(tmp_path: Path) -> None:
    text = "%define N 5\nf:  mov eax, N*[x]\n%ifdef M\n nop\n%else\n ret\n%endif\n"
    said = allocator("assemble", source(tmp_path, text), "-E")

    assert "; t.asm:2\nf: mov eax, 5 * [x]\n\n\n\nret\n" == said.out


def test_preprocessed_text_assembles_to_the_same_bytes(our_program: Image) -> None:
    text = allocator("assemble", MEMORY_ASM, "-E").out

    assert our_program.segments == assemble(text=text).segments


def test_preprocessed_strings_keep_their_bytes_and_cannot_control_the_terminal(tmp_path: Path) -> None:
    said = allocator("assemble", source(tmp_path, "db 'a\x1b[2J'"), "-E")

    assert "\x1b" not in said.out
    assert b"a\x1b[2J" == assemble(text=said.out).segments[0].data


def test_several_files_make_one_image(tmp_path: Path) -> None:
    files = source(tmp_path, "f: jmp g", "a.asm"), source(tmp_path, "g: ret", "b.asm")

    assert ["; a.asm", "; b.asm"] == [line for line in allocator("assemble", *files).out.split("\n") if line[:1] == ";"]


# e820


def test_e820_is_wired_in() -> None:
    assert "allocator.e820/1" == json.loads(allocator("e820", "--json").out)["format"]


def test_a_short_trace_loads_neither_numpy_nor_numba() -> None:
    code = (
        "import sys; from allocator.__main__ import main; main(['trace', 'os_mem_allocate', 'rcx=3']);"
        "sys.exit(bool({'numpy', 'numba'} & set(sys.modules)))"
    )
    assert 0 == subprocess.run([sys.executable, "-c", code], stdout=subprocess.DEVNULL, check=False).returncode
