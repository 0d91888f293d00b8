"""A saved trace is shown by the views, filters and formats of ``allocator trace``."""

from __future__ import annotations

import json
import os
import pty
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from commands import Said, allocator

CALL = ("trace", "os_mem_allocate", "rcx=3")


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("dump") / "t.parquet"
    assert Said("", "", 0) == allocator(*CALL, "--format", "parquet", "-o", path)
    return path


@pytest.mark.parametrize(
    "options",
    [
        [],
        ["--format", "jsonl"],
        ["--format", "csv", "-F", "step,rax,zf"],
        ["--format", "tenet"],
        ["--format", "perfetto"],
        ["-F", "step,text"],
        ["--fold"],
        ["--window", "3:9"],
        ["--label", "os_mem_allocate.next", "--access", "read"],
        ["--access", "write:os_MemoryMap:os_MemoryMap+32"],
        ["--line", "80:100", "--head", "3"],
        ["--address", "0x100010"],
        ["--color", "always"],
    ],
    ids=" ".join,
)
def test_dump_says_what_trace_says(options: list[str], file: Path) -> None:
    assert allocator(*CALL, *options).out == allocator("dump", file, *options).out


def steps(*words: object) -> list[int]:
    said = allocator("dump", *words, "--format", "jsonl")
    assert ("", 0) == (said.err, said.code)
    return [json.loads(line)["step"] for line in said.out.splitlines()[1:]]


def test_head_is_the_first_steps(file: Path) -> None:
    assert [0, 1, 2] == steps(file, "--head", 3)


def test_tail_is_the_last_steps(file: Path) -> None:
    assert [52, 53] == steps(file, "--tail", 2)


def test_the_tail_of_a_filter_is_its_last_steps(file: Path) -> None:
    reads = steps(file, "--access", "read:os_MemoryMap:os_MemoryMap+32")
    assert reads[-2:] == steps(file, "--access", "read:os_MemoryMap:os_MemoryMap+32", "--tail", 2)


def test_no_steps_at_all_are_no_steps(file: Path) -> None:
    assert [] == steps(file, "--tail", 0)


def test_around_a_step_is_ten_on_each_side(file: Path) -> None:
    assert list(range(10, 31)) == steps(file, "--around", 20)


def test_around_a_label_is_around_its_first_visit(file: Path) -> None:
    marked = next(
        json.loads(line)["step"]
        for line in allocator("dump", file, "--format", "jsonl", "--label", "os_mem_allocate.mark").out.splitlines()[1:]
    )
    assert marked in steps(file, "--around", "os_mem_allocate.mark")


def test_a_folded_loop_says_how_often_it_went_round() -> None:
    said = allocator("trace", "os_mem_get_free", "--pages", "free:0-999", "--fold")
    assert "x 1,000 like these 8 lines" in said.out


def test_a_folded_trace_is_short() -> None:
    said = allocator("trace", "os_mem_get_free", "--pages", "free:0-65535", "-m", "128G", "--fold")
    assert 80 > len(said.out.splitlines())


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--format", "tenet", "--head", "3"], "holds the whole trace: leave out --head"),
        (["--format", "parquet"], "needs a file"),
        (["--format", "jsonl", "--fold"], "--fold is for the text"),
        (["--format", "jsonl", "-F", "step"], "-F chooses columns"),
        (["--format", "vcd"], "not there yet"),
        (["--head", "-1"], "--head"),
        (["--head", "9" * 30], None),
        (["--around", "nowhere"], "'nowhere'"),
        (["--around", "99"], "no step 99"),
        (["--around", "5", "--window", "1:2"], "use one of them"),
        (["-F", "rxa"], "did you mean"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_makes_no_sense_is_said(options: list[str], said: str | None, file: Path) -> None:
    answer = allocator("dump", file, *options)
    if said is None:
        assert 0 == answer.code
        return
    assert ("", 2) == (answer.out, answer.code)
    assert said in answer.err
    assert "Traceback" not in answer.err


@pytest.mark.parametrize("content", [b"", b"PAR1PAR1", b"\x00" * 100, b"{}\n"])
def test_a_file_that_is_no_trace(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "t").write_bytes(content)
    answer = allocator("dump", tmp_path / "t")
    assert ("", 2) == (answer.out, answer.code)
    assert answer.err.startswith(f"error: {tmp_path / 't'}: ")


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    assert Said("", f"error: {tmp_path / 't'}: cannot read: No such file or directory\n", 2) == allocator(
        "dump", tmp_path / "t"
    )


def test_a_saved_trace_is_saved_again(file: Path, tmp_path: Path) -> None:
    assert 0 == allocator("dump", file, "--format", "parquet", "-o", tmp_path / "again").code
    assert allocator("dump", file).out == allocator("dump", tmp_path / "again").out


def test_a_fault_is_saved_and_reported(tmp_path: Path) -> None:
    (tmp_path / "f.asm").write_text("f: mov eax, [0x11f800]\nret")
    saved = allocator("trace", "f", "-s", tmp_path / "f.asm", "--format", "parquet", "-o", tmp_path / "t")
    assert (1, 0) == (saved.code, allocator("dump", tmp_path / "t").code)
    assert "SUMMARY: allocator: fence" in allocator("dump", tmp_path / "t").out


def test_what_was_recorded_before_ctrl_c_is_in_the_file(tmp_path: Path) -> None:
    (tmp_path / "t.asm").write_text("f: mov edi, 0x200000\nmov ecx, 4096\nrep stosb\njmp f")
    allocator(
        "trace", "f", "-s", tmp_path / "t.asm", "--limit", 100_000, "--head", 1
    )  # loads all before the clock runs
    previous = signal.signal(signal.SIGALRM, signal.default_int_handler)
    signal.setitimer(signal.ITIMER_REAL, 0.5)
    try:
        said = allocator(
            "trace", "f", "-s", tmp_path / "t.asm", "--limit", 1 << 40, "--format", "parquet", "-o", tmp_path / "t"
        )
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, previous)
    assert Said("", "", 130) == said
    assert (
        "interrupted"
        == json.loads(allocator("dump", tmp_path / "t", "--format", "jsonl", "--head", 1).out.split("\n")[0])["stop"][
            "kind"
        ]
    )


def on_terminal(*words: object, pager: str) -> str:
    """Run the command on a terminal of its own, and return all that appeared there."""
    master, slave = pty.openpty()
    environment = {**os.environ, "PAGER": pager, "TERM": "xterm", "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-m", "allocator", *map(str, words)]
    with subprocess.Popen(command, stdin=slave, stdout=slave, stderr=slave, env=environment) as process:
        os.close(slave)
        seen = b""
        while True:
            try:
                chunk = os.read(master, 65536)
            except OSError:
                break
            if not chunk:
                break
            seen += chunk
        process.wait()
    os.close(master)
    return seen.decode()


def test_on_a_terminal_the_pager_shows_it(file: Path) -> None:
    assert "PAGED" in on_terminal("dump", file, pager="sed s/^/PAGED/")


def test_without_pager_it_is_shown_at_once(file: Path) -> None:
    assert "PAGED" not in on_terminal("dump", file, "--no-pager", pager="sed s/^/PAGED/")


def test_the_pager_gets_colours(file: Path) -> None:
    assert "\x1b[1mpush rsi" in on_terminal("dump", file, pager="cat")


def test_leaving_the_pager_early_is_no_error(file: Path) -> None:
    assert "rror" not in on_terminal("dump", file, pager="head -1")


def test_a_pager_that_is_not_there_is_done_without(file: Path) -> None:
    assert "push rsi" in on_terminal("dump", file, pager="no-such-pager")
