"""Encode instructions: the door to Keystone, and the only file that imports it.

Keystone is an encoder of single instructions, and a fragile one: there are lines that it never comes back from, lines
that end its process, and lines that it encodes wrongly without a word. So

- it never sees what a user wrote, only plain lines whose every number is hexadecimal (`keystone_request`);
- it runs in a child process whose program is `serve`, killed and replaced when it hangs or exits
  (`keystone_process`); this process never loads it;
- what it is known to get wrong is encoded by table (`raw_encodings`, `addressing`, `branches`);
- all bytes are disassembled and compared with what was asked for (`readback`).

The route between these is `encoding_route`. This file is light, since the child starts by importing it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from allocator.assembly.refusal import Refusal

if TYPE_CHECKING:
    from queue import SimpleQueue

    from allocator.assembly.instruction import Instruction

__all__ = ["Refusal", "encode", "serve", "warm_up"]


def encode(requests: Sequence[tuple[Instruction, int]]) -> list[bytes | Refusal]:
    """Return the bytes of each instruction at its address, or why there are none, in one round trip at most.

    A branch's operand is its absolute target; without a ``distance`` a jump is short where that reaches.
    Raises AllocatorError only where Keystone cannot be loaded.
    """
    return _route()(requests)


@cache
def _route() -> Callable[[Sequence[tuple[Instruction, int]]], list[bytes | Refusal]]:
    # The child loads Keystone while this process loads the rest.
    warm_up()
    from allocator.assembly.encoding_route import encode_batch

    return encode_batch


def warm_up() -> None:
    """Start loading Keystone in the background, without waiting for it."""
    from allocator.assembly import keystone_process

    keystone_process.warm_up()


def serve() -> None:
    """Be the child process: answer every line of stdin with the bytes that Keystone makes of it."""
    import os
    import queue
    import signal
    import threading

    # Ctrl-C is the parent's business, which then closes stdin.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        engines = _open_engines()
    except Exception as error:
        # Whatever the reason is, the parent says it.
        os.write(1, ascii(f"?{error}")[1:-1].encode() + b"\n")
        return
    os.write(1, b"ready\n")
    lines: queue.SimpleQueue[str] = queue.SimpleQueue()
    threading.Thread(target=_watch_stdin, args=(lines,), daemon=True).start()
    while True:
        bits, _, text = lines.get().partition(" ")
        os.write(1, f"{_assemble(engines[bits], text)}\n".encode("ascii", "replace"))


def _open_engines() -> dict[str, Any]:
    import keystone

    modes = {"16": keystone.KS_MODE_16, "32": keystone.KS_MODE_32, "64": keystone.KS_MODE_64}
    # One engine for each mode, and no option is ever set: setting one changes the radix of numbers.
    return {bits: keystone.Ks(keystone.KS_ARCH_X86, mode) for bits, mode in modes.items()}


def _assemble(engine: Any, text: str) -> str:  # noqa: ANN401 -- the binding is untyped
    import keystone

    try:
        code, _ = engine.asm(text, 0, True)
    except keystone.KsError as error:
        return f"?{error}".partition("\n")[0]
    # No bytes and no error is how Keystone drops an instruction silently.
    return code.hex() if code else "?no bytes"


def _watch_stdin(lines: SimpleQueue[str]) -> None:
    """Collect lines; end the process with stdin, even where Keystone hangs in the other thread."""
    import os

    rest = b""
    while chunk := os.read(0, 1 << 16):
        *whole, rest = (rest + chunk).split(b"\n")
        for line in whole:
            lines.put(line.decode("ascii", "replace").rstrip("\r"))
    os._exit(0)
