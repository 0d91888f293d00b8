"""The child process that runs Keystone: lost and replaced, never in the way, never left behind."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator

import pytest

from allocator.assembly import keystone_process
from allocator.assembly.keystone_process import ask

HANGS = "64 ("
EXITS = "64 mov [r8], ah"

SETTING_UP = "from allocator.assembly.keystone_process import ask, _keeper\nask(['64 nop'])\n"


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Patience for a healthy child, not more: the real hang below is waited for twice."""
    monkeypatch.setattr(keystone_process, "PATIENT_SECONDS", 0.5)
    return


def child_pid() -> int:
    child = keystone_process._keeper._child
    assert child is not None
    return child._process.pid


def run_python(code: str, *options: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *options, "-c", code], capture_output=True, text=True, timeout=60, check=True
    )


def test_a_batch_is_answered_in_order():
    assert ask(["64 nop", "32 inc eax", "16 inc ax"]) == ["90", "40", "40"]


def test_a_line_that_keystone_refuses_is_answered_with_its_reason():
    (answer,) = ask(["64 mov eax, bx"])
    assert answer is not None
    assert answer.startswith("?")


def test_a_line_that_keystone_drops_silently_is_no_success():
    assert ask(["64 mov byte [rbx], 5"]) == ["?no bytes"]


@pytest.mark.usefixtures("impatient")
def test_a_hang_costs_one_answer_and_no_other():
    assert ask(["64 nop", HANGS, "64 hlt"]) == ["90", None, "f4"]


def test_an_exit_of_the_child_costs_one_answer_and_no_other():
    assert ask(["64 nop", EXITS, "64 hlt"]) == ["90", None, "f4"]


def test_a_batch_of_lines_that_end_the_child_is_given_up():
    assert ask([EXITS] * 5 + ["64 nop"]) == [None] * 6


def test_the_next_batch_after_a_loss_is_answered():
    ask([EXITS])
    assert ask(["64 nop"]) == ["90"]


def test_a_child_killed_from_outside_is_replaced():
    ask(["64 nop"])
    os.kill(child_pid(), signal.SIGTERM)
    assert ask(["64 nop", "64 hlt"]) == ["90", "f4"]


def test_a_batch_larger_than_a_pipe_does_not_block():
    lines = [f"64 mov eax, {number:#x}" for number in range(10_000)]
    assert ask(lines) == [f"b8{number.to_bytes(4, 'little').hex()}" for number in range(10_000)]


def test_threads_get_their_own_answers():
    answers: dict[int, list[str | None]] = {}

    def work(number: int) -> None:
        answers[number] = ask([f"64 mov eax, {number:#x}"] * 50)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == {number: [f"b8{number:02x}000000"] * 50 for number in range(8)}


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork on this platform")
def test_a_fork_and_its_parent_both_get_answers():
    done = run_python(
        SETTING_UP + "import os\n"
        "pid = os.fork()\n"
        "print(ask(['64 cld' if pid else '64 std']), flush=True)\n"
        "os.waitpid(pid, 0) if pid else os._exit(0)\n",
        "-W", "ignore::DeprecationWarning",  # later Pythons advise against a fork beside threads
    )  # fmt: skip
    assert (sorted(done.stdout.split()), done.stderr) == (["['fc']", "['fd']"], "")


@pytest.mark.skipif(sys.platform == "win32", reason="there is no process group to interrupt on this platform")
def test_ctrl_c_does_not_reach_the_child():
    ask(["64 nop"])
    before = child_pid()
    os.kill(before, signal.SIGINT)
    assert ask(["64 nop"]) == ["90"]
    assert child_pid() == before


@pytest.mark.skipif(not hasattr(os, "pidfd_open"), reason="only Linux tells of the end of another's process")
@pytest.mark.parametrize("state", ["idle", "hanging"])
def test_the_child_ends_with_a_parent_that_is_killed(state: str):
    hang = "_keeper._child.send(['64 ('])\n" if state == "hanging" else ""
    code = SETTING_UP + hang + "print(_keeper._child._process.pid, flush=True)\nimport signal; signal.pause()"
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        watched = os.pidfd_open(int(parent.stdout.readline()))
        parent.kill()
    ended, _, _ = select.select([watched], [], [], 20)
    os.close(watched)
    assert ended


def test_an_interpreter_that_used_the_child_ends_without_a_word():
    done = run_python(SETTING_UP, "-X", "dev", "-W", "error")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_a_missing_keystone_is_said_with_what_to_do():
    done = run_python(
        "import sys, allocator\n"
        "sys.path[:] = [p for p in sys.path if 'packages' not in p]\n"
        "from allocator.errors import AllocatorError\n"
        "from allocator.assembly.keystone_process import ask\n"
        "try: ask(['64 nop'])\n"
        "except AllocatorError as error: print(error)\n"
    )
    assert "Keystone, which encodes instructions, cannot be loaded: No module named 'keystone'" in done.stdout
    assert "pip install keystone-engine" in done.stdout


def test_warming_up_does_not_wait_for_keystone():
    done = run_python(
        "from allocator.assembly.encoder import warm_up\n"
        "from allocator.assembly import keystone_process\n"
        "warm_up()\n"
        "print(keystone_process._keeper._child.ready)\n"
    )
    assert done.stdout == "False\n"
