r"""Keep Keystone in a process of its own, which is killed and replaced when it hangs or exits.

    parent                                          child (encoder.serve)
    "64 mov eax, ebx\n" ...  ------- stdin ------>  one line, one instruction
    "89d8\n" or "?reason\n"  <------ stdout ------  one line, one answer, in the same order

- The child is started when it is first needed, or by `warm_up` without waiting.
- It ends when its stdin does, whatever it is doing: a thread of it watches. So it never outlives its parent.
- An answer that takes too long is asked for once more, alone in a fresh child and with more patience; then the line
  is given up. A child that is lost too often within one batch ends the batch.
- A fork of this process gets a child of its own. Ctrl-C does not reach the child.
"""

from __future__ import annotations

import atexit
import os
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any

from allocator.errors import AllocatorError

START_SECONDS = 20.0
ANSWER_SECONDS = 0.4
PATIENT_SECONDS = 2.0
MAX_LOST = 3
"""Children that one batch may lose before the rest of it is given up."""

_PROGRAM = "import sys; sys.path[:] = sys.argv[1:]; from allocator.assembly.encoder import serve; serve()"
_READY = "ready"


class _Lost(Exception):  # noqa: N818 -- not an error: the child is replaced
    """The child exited, or was killed because it did not answer."""


class _Child:
    """One running child, and the thread that collects what it says."""

    def __init__(self) -> None:
        self.owner = os.getpid()
        self.ready = False
        self._pending: list[str] = []
        self._chunks: SimpleQueue[bytes] = SimpleQueue()
        self._rest = b""
        self._process = _start()
        threading.Thread(target=self._collect, name="keystone answers", daemon=True).start()

    def wait_until_ready(self) -> None:
        """Wait for the child's first line; raises AllocatorError where Keystone cannot be loaded."""
        if self.ready:
            return
        try:
            line = self._next_line(START_SECONDS)
        except _Lost:
            line = "the process that loads it ended or did not answer"
        if line != _READY:
            raise AllocatorError(
                f"Keystone, which encodes instructions, cannot be loaded: {line.lstrip('?')}\n"
                "hint: pip install keystone-engine; it has no wheel for this platform where that fails"
            )
        self.ready = True

    def send(self, requests: Sequence[str]) -> None:
        """Hand the requests over; raises _Lost where the child is gone."""
        stream = self._process.stdin
        assert stream is not None
        try:
            stream.write("".join(f"{request}\n" for request in requests).encode("ascii"))
            stream.flush()
        except (OSError, ValueError) as error:
            raise _Lost from error

    def answer(self, seconds: float) -> str:
        """Return the next answer; raises _Lost when it does not come in time."""
        return self._next_line(seconds)

    def kill(self) -> None:
        """End the child now."""
        self._process.kill()
        self._close()
        self._process.wait()

    def abandon(self) -> None:
        """Let go of a child that belongs to the process that this one was forked from."""
        self._close()
        # Popen would warn about, and wait for, a process that is not its child.
        self._process.returncode = 0

    def _close(self) -> None:
        try:
            if self._process.stdin:
                self._process.stdin.close()
        except OSError:
            pass

    def _next_line(self, seconds: float) -> str:
        while not self._pending:
            try:
                chunk = self._chunks.get(timeout=seconds)
            except Empty:
                raise _Lost from None
            if not chunk:
                raise _Lost
            *lines, self._rest = (self._rest + chunk).split(b"\n")
            self._pending = [line.decode("ascii", "replace").rstrip("\r") for line in reversed(lines)]
        return self._pending.pop()

    def _collect(self) -> None:
        stream = self._process.stdout
        assert stream is not None
        with stream:
            while True:
                try:
                    chunk = os.read(stream.fileno(), 1 << 16)
                except (OSError, ValueError):
                    chunk = b""
                self._chunks.put(chunk)
                if not chunk:
                    return


def _start() -> subprocess.Popen[bytes]:
    if not sys.executable:
        raise AllocatorError("Keystone needs a process of its own, and this Python does not know its executable")
    # Without site and environment it starts in a third of the time; the parent's path is handed over instead.
    path = [str(Path(entry).resolve()) if entry else str(Path.cwd()) for entry in sys.path]
    options: dict[str, Any] = {"start_new_session": True}
    if sys.platform == "win32":
        options = {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP | subprocess.CREATE_NO_WINDOW}
    try:
        return subprocess.Popen(
            [sys.executable, "-I", "-S", "-c", _PROGRAM, *path],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            **options,
        )
    except OSError as error:
        raise AllocatorError(f"Keystone needs a process of its own, which cannot be started: {error}") from error


class _Keeper:
    """Keep one child alive, and hand it one batch at a time."""

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self._child: _Child | None = None

    def start(self) -> None:
        """Start the child without waiting for it."""
        with self._lock:
            self._current()

    def ask(self, requests: Sequence[str]) -> list[str | None]:
        """Return an answer for each request, None where there was none."""
        answers: list[str | None] = []
        lost = 0
        with self._lock:
            while len(answers) < len(requests) and lost < MAX_LOST:
                try:
                    self._ask_batch(requests[len(answers) :], answers)
                except _Lost:
                    lost += 1
                    self.end()
                    if len(answers) < len(requests):
                        answers.append(self._ask_alone(requests[len(answers)]))
                except BaseException:
                    # Ctrl-C in the middle of a batch: the answers still to come belong to nobody.
                    self.end()
                    raise
        return answers + [None] * (len(requests) - len(answers))

    def _ask_batch(self, requests: Sequence[str], answers: list[str | None]) -> None:
        child = self._ready()
        child.send(requests)
        for _ in requests:
            answers.append(child.answer(ANSWER_SECONDS))

    def _ask_alone(self, request: str) -> str | None:
        try:
            child = self._ready()
            child.send([request])
            return child.answer(PATIENT_SECONDS)
        except _Lost:
            self.end()
            return None

    def _ready(self) -> _Child:
        child = self._current()
        try:
            child.wait_until_ready()
        except AllocatorError:
            self.end()
            raise
        return child

    def _current(self) -> _Child:
        if self._child is not None and self._child.owner != os.getpid():
            self._child.abandon()
            self._child = None
        if self._child is None:
            self._child = _Child()
        return self._child

    def end(self) -> None:
        """End the child, if there is one and it is ours."""
        child, self._child = self._child, None
        if child is not None and child.owner == os.getpid():
            child.kill()

    def forget_after_fork(self) -> None:
        """Let go of what belongs to the process that this one was forked from."""
        # Another thread may have held the lock at the moment of the fork, and does not exist here.
        self._lock = threading.RLock()
        if self._child is not None:
            self._child.abandon()
            self._child = None


_keeper = _Keeper()
atexit.register(_keeper.end)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_keeper.forget_after_fork)


def warm_up() -> None:
    """Start the child without waiting for it, so that it loads Keystone while this process does something else."""
    _keeper.start()


def ask(requests: Sequence[str]) -> list[str | None]:
    """Return an answer for each request, in order: bytes in hexadecimal, ``?`` and a reason, None for no answer.

    Raises AllocatorError where Keystone cannot be loaded.
    """
    return _keeper.ask(requests)
