"""Bad input at the command line: one error that says where and what to do, exit 2, at once, and never a traceback."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from commands import Said, allocator

from allocator import Machine, assemble
from allocator.trace.native_recorder import record_natively

SOURCES = {
    "unknown mnemonic": ("f: mvo eax, 1", "t.asm:1:4: error:", "    f: mvo eax, 1\n       ^^^\n", "did you mean mov?"),
    "unknown symbol": ("f: mov eax, [os_MemoryMp]", "t.asm:1:14: error:", "^^^^^^^^^^^", "did you mean os_MemoryMap?"),
    "immediate that does not fit": ("nop\nf: mov al, 300", "t.asm:2:", "f: mov al, 300\n", "does not fit"),
    "high byte with REX": ("f: mov [r8], ah", "t.asm:1:", "f: mov [r8], ah\n", "REX"),
    "parenthesis": ("(", "t.asm:1:1: error:", "    (\n    ^", "expected"),
    "number of 65 bits": ("f: mov rax, 0x10000000000000000", "t.asm:1:13: error:", "^^^^^^^^^^^^^^^^^^^", "64 bits"),
    "endless include": ('%include "t.asm"', "t.asm:1:", "^", "%ifndef"),
    "unclosed branch": ("%ifdef A", "t.asm:1:1: error:", "^^^^^^", "%endif"),
    "control characters": ("f: \x1b[31m", "t.asm:1:4: error:", "f: ?[31m", "U+001B"),
}


def complaint(said: Said) -> str:
    """Return what was said on standard error, after checking that it is one error and nothing else."""
    assert (2, "", 1) == (said.code, said.out, said.err.count("error: "))
    assert "Traceback" not in said.err
    return said.err


@pytest.mark.parametrize(
    "verb", [("assemble",), ("trace", "f", "-s"), ("run", "f", "-s")], ids=["assemble", "trace", "run"]
)
@pytest.mark.parametrize("name", SOURCES)
def test_a_wrong_source_is_one_error_with_its_place(name: str, verb: tuple[str, ...], tmp_path: Path) -> None:
    text, *parts = SOURCES[name]
    (tmp_path / "t.asm").write_text(text)

    said = complaint(allocator(*verb, tmp_path / "t.asm"))

    assert [] == [part for part in parts if part not in said]


@pytest.mark.parametrize("name", SOURCES)
def test_a_wrong_source_is_refused_within_a_second(name: str, tmp_path: Path) -> None:
    (tmp_path / "t.asm").write_text(SOURCES[name][0])
    started = time.monotonic()

    allocator("assemble", tmp_path / "t.asm")

    assert 1 > time.monotonic() - started


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    assert "does not exist" in complaint(allocator("assemble", tmp_path / "none.asm"))


def test_a_directory(tmp_path: Path) -> None:
    assert "directory" in complaint(allocator("assemble", tmp_path))


def test_a_device() -> None:
    assert "device" in complaint(allocator("assemble", os.devnull))


def test_a_binary_file() -> None:
    assert "binary" in complaint(allocator("assemble", sys.executable))


def test_a_file_whose_name_controls_the_terminal(tmp_path: Path) -> None:
    (tmp_path / "\x1b[2J.asm").write_text("bad bad")

    assert "\x1b" not in complaint(allocator("assemble", tmp_path / "\x1b[2J.asm"))


WORDS = {
    "unknown verb": (["trce"], "did you mean 'trace'?"),
    "routine instead of a verb": (["os_mem_allocate"], "allocator trace os_mem_allocate"),
    "no routine": (["trace"], "ROUTINE"),
    "unknown option": (["trace", "f", "--limt", "4"], "did you mean --limit?"),
    "shortened option": (["e820", "--comp", "64M"], "did you mean --compare?"),
    "unknown routine": (["trace", "os_mem_alocate"], "did you mean 'os_mem_allocate'?"),
    "constant as a routine": (["trace", "PAGE_FREE"], "a constant"),
    "unknown register": (["run", "os_mem_allocate", "rcxx=3"], "did you mean rcx=3?"),
    "register without a value": (["run", "os_mem_allocate", "rcx"], "rcx=3"),
    "register with an empty value": (["run", "os_mem_allocate", "rcx="], "rcx=3"),
    "register twice": (["run", "os_mem_allocate", "rcx=3", "RCX=4"], "twice"),
    "value that is none": (["run", "os_mem_allocate", "rcx=three"], "not a number"),
    "symbol misspelt": (["run", "os_mem_copy", "rsi=os_MemoryMp"], "did you mean 'os_MemoryMap'?"),
    "value that does not fit": (["run", "os_mem_allocate", "cl=300"], "does not fit"),
    "value of 65 bits": (["run", "os_mem_allocate", "rcx=0x10000000000000000"], "does not fit"),
    "unknown format": (["trace", "os_mem_allocate", "--format", "jsn"], "text, jsonl, csv"),
    "format of a later version": (["trace", "os_mem_allocate", "--format", "drcov"], "not there yet"),
    "unknown field": (["trace", "os_mem_allocate", "-F", "step,adress"], "did you mean 'address'?"),
    "fields of JSON lines": (["trace", "os_mem_allocate", "--format", "jsonl", "-F", "step"], "always has all"),
    "unknown label": (["trace", "os_mem_allocate", "--label", "os_mem_alocate"], "did you mean 'os_mem_allocate'?"),
    "window that is none": (["trace", "os_mem_allocate", "--window", "a:b"], "not a number"),
    "window that is empty": (["trace", "os_mem_allocate", "--window", ":"], "not a range"),
    "window backwards": (["trace", "os_mem_allocate", "--window", "9:3"], "ends before it begins"),
    "unknown access": (["trace", "os_mem_allocate", "--access", "fetch"], "read or write"),
    "unknown memory": (["run", "os_mem_allocate", "-m", "64X"], "not a memory size"),
    "too much memory": (["run", "os_mem_allocate", "-m", "99999999T"], "memory"),
    "unknown policy": (["run", "os_mem_allocate", "--policy", "region"], "regions"),
    "page map that is none": (["run", "os_mem_allocate", "--pages", "fre:1"], "free"),
    "pages that are not there": (["run", "os_mem_allocate", "--pages", "@/none"], "no such file"),
    "limit of none": (["run", "os_mem_allocate", "--limit", "0"], "between 1"),
    "limit that is no number": (["run", "os_mem_allocate", "--limit", "many"], "not a number"),
    "bits that are none": (["run", "os_mem_allocate", "--bits", "20"], "16"),
    "macro that is none": (["run", "os_mem_allocate", "-D", "1x=3"], "not a name"),
    "symbol that is none": (["run", "os_mem_allocate", "--symbol", "x"], "os_Lock=0x110200"),
    "unknown form of an image": (["assemble", "x.asm", "-f", "lst"], "listing, symbols, json, bin"),
    "form of a later version": (["assemble", "x.asm", "-f", "att"], "not there yet"),
    "check of a later version": (["assemble", "x.asm", "--verify", "nasm"], "not there yet"),
    "syntax of a later version": (["assemble", "x.asm", "--syntax", "att"], "only nasm"),
    "a place that cannot be written": (["run", "os_mem_allocate", "-o", "/none/x"], "cannot write"),
    "a directory to write to": (["run", "os_mem_allocate", "-o", "/"], "cannot write"),
    "zero byte in a path": (["assemble", "a\0b.asm"], "does not exist"),
}  # fmt: skip


@pytest.mark.parametrize("name", WORDS)
def test_wrong_use_is_one_error_with_a_hint(name: str) -> None:
    words, hint = WORDS[name]

    assert hint in complaint(allocator(*words))


def test_what_is_quoted_cannot_control_the_terminal() -> None:
    assert "\x1b" not in complaint(allocator("run", "\x1b[2J"))


def test_the_process_of_a_shell_ends_with_2() -> None:
    finished = subprocess.run([sys.executable, "-m", "allocator", "trce"], capture_output=True, text=True, check=False)

    assert (2, "", "error: there is no verb 'trce'\nhint: did you mean 'trace'?\n") == (
        finished.returncode, finished.stdout, finished.stderr,
    )  # fmt: skip


GUESTS = {
    "never returns": ("f: jmp f", "limit"),
    "reads below the map": ("f: mov al, [os_MemoryMap-1]\nret", "fence"),
    "reads where nothing is": ("f: mov rbx, 0x7000000000\nmov al, [rbx]", "memory_fault"),
    "jumps into nowhere": ("f: mov rax, 0x7000000000\njmp rax", "memory_fault"),
    "halts": ("f: hlt", "halted"),
    "ud2": ("f: ud2", "cpu_fault"),
    "int3": ("f: int3", "cpu_fault"),
    "AVX": ("f: db 0xc5, 0xf0, 0x58, 0xc2", "unsupported_instruction"),
    "divides by zero": ("f: xor ecx, ecx\ndiv rcx", "cpu_fault"),
}


@pytest.mark.parametrize("verb", ["run", "trace"])
@pytest.mark.parametrize("name", GUESTS)
def test_a_guest_that_fails_gets_a_report_and_exit_1(name: str, verb: str, tmp_path: Path) -> None:
    text, kind = GUESTS[name]
    (tmp_path / "t.asm").write_text(text)

    said = allocator(verb, "f", "-s", tmp_path / "t.asm", "--limit", "1000")

    assert (1, "") == (said.code, said.err)
    assert said.out.splitlines()[-1].startswith(f"SUMMARY: allocator: {kind}: ")
    assert all(part in said.out for part in ("rule ", "where ", "registers ", "stack", "last steps", "t.asm:"))


def test_the_process_of_a_shell_ends_with_1_when_the_guest_failed(tmp_path: Path) -> None:
    (tmp_path / "t.asm").write_text("f: ud2")
    command = [sys.executable, "-m", "allocator", "run", "f", "-s", str(tmp_path / "t.asm")]

    assert 1 == subprocess.run(command, capture_output=True, check=False).returncode


# our own defects


def test_a_defect_of_ours_is_admitted_without_a_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("allocator.cli.parser.parse", _break)
    monkeypatch.delenv("ALLOCATOR_DEBUG", raising=False)

    said = allocator("run", "f")

    assert (70, "", False) == (said.code, said.out, "Traceback" in said.err)
    assert "internal error: ZeroDivisionError" in said.err


def test_a_defect_of_ours_shows_where_when_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("allocator.cli.parser.parse", _break)
    monkeypatch.setenv("ALLOCATOR_DEBUG", "1")

    assert "Traceback" in allocator("run", "f").err


def test_ctrl_c_ends_quietly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("allocator.cli.parser.parse", _interrupt)

    assert Said("", "", 130) == allocator("run", "f")


def _break(_words: object) -> None:
    1 / 0  # noqa: B018 -- the defect


def _interrupt(_words: object) -> None:
    raise KeyboardInterrupt


# Ctrl-C once the routine has run for a while. Little may be written, should it ever be lost.
INTERRUPTED = """
import resource, signal, sys
from allocator.__main__ import main
from allocator.machine.executor import _Course
resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 20, 1 << 20))
begin = _Course.run_interruptibly
def interrupted_later(course):
    if course.remaining > 1_000_000:
        signal.setitimer(signal.ITIMER_REAL, 0.2)
    return begin(course)
_Course.run_interruptibly = interrupted_later
signal.signal(signal.SIGALRM, signal.default_int_handler)
sys.exit(main(sys.argv[1:]))
"""


@pytest.mark.parametrize(("verb", "limit"), [("run", 1 << 40), ("trace", 100_000_000)])
def test_ctrl_c_ends_a_routine_that_never_returns(verb: str, limit: int, tmp_path: Path) -> None:
    (tmp_path / "t.asm").write_text("f: inc rax\njmp f")
    words = [verb, "f", "-s", str(tmp_path / "t.asm"), "--limit", str(limit)]
    command = [sys.executable, "-c", INTERRUPTED, *words]
    record_natively(Machine(assemble(text="f: ret")), "f")  # compiles what a new installation has not compiled yet
    with (tmp_path / "out").open("w+") as out:
        finished = subprocess.run(command, stdout=out, stderr=subprocess.PIPE, text=True, timeout=60, check=False)
        out.seek(0)

        assert Said("", "", 130) == (out.read(1000), finished.stderr, finished.returncode)
