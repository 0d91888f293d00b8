"""Read what might hold a firmware map, without trusting it to end.

A log is read up to 16 MiB. What is not a regular file (a pipe, a device) is opened without waiting for
a writer, and must deliver within a time. ``/sys/firmware/memmap``, where Linux keeps one directory for
each entry, becomes the lines that ``grep -r .`` would print for it.
"""

from __future__ import annotations

import os
import select
import stat
import time
from pathlib import Path

from allocator.errors import MachineError, reason
from allocator.source import printable

MAX_LOG_BYTES = 16 << 20
MAX_MEMMAP_ENTRIES = 4096
CHUNK_BYTES = 1 << 16
SILENCE_SECONDS = 5.0
"""How long a pipe may say nothing."""
TOTAL_SECONDS = 20.0
"""How long a pipe may take in all."""

_MEMMAP_FIELDS = ("start", "end", "type")


def read_firmware_file(path: Path) -> bytes:
    """Return the content of a log, a pipe or a memmap directory; raises MachineError."""
    name = printable(str(path))
    try:
        if path.is_dir():
            return _memmap_lines(path)
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
    except (OSError, ValueError) as error:
        raise MachineError(f"{name}: cannot read a firmware map: {reason(error)}") from error
    try:
        return read_descriptor(descriptor, name)
    finally:
        os.close(descriptor)


def read_descriptor(
    descriptor: int, name: str, silence: float = SILENCE_SECONDS, total: float = TOTAL_SECONDS
) -> bytes:
    """Return everything that an open file delivers; raises MachineError when it is too much or takes too long."""
    try:
        waits = not stat.S_ISREG(os.fstat(descriptor).st_mode)
        deadline = time.monotonic() + total
        content = bytearray()
        while len(content) <= MAX_LOG_BYTES:
            if waits:
                _wait(descriptor, name, min(silence, deadline - time.monotonic()), len(content))
            chunk = os.read(descriptor, CHUNK_BYTES)
            if not chunk:
                return bytes(content)
            content += chunk
    except (OSError, ValueError) as error:
        raise MachineError(f"{name}: cannot read a firmware map: {reason(error)}") from error
    raise MachineError(f"{name}: looked for a firmware map, and the file is larger than {MAX_LOG_BYTES >> 20} MiB")


def _wait(descriptor: int, name: str, seconds: float, received: int) -> None:
    if seconds <= 0 or not select.select([descriptor], [], [], seconds)[0]:
        raise MachineError(
            f"{name}: looked for a firmware map, and nothing more came after {received:,} bytes; "
            "a pipe has to be written to and closed"
        )


def _memmap_lines(directory: Path) -> bytes:
    """Return lines ``N/start:0x0`` of a directory like /sys/firmware/memmap."""
    name = printable(str(directory))
    numbered = [entry for entry in directory.iterdir() if entry.name.isdecimal()]
    if not numbered:
        raise MachineError(
            f"{name}: looked for a firmware map, and this directory is not like /sys/firmware/memmap, "
            "which has directories 0, 1, 2 ... with files start, end and type"
        )
    if len(numbered) > MAX_MEMMAP_ENTRIES:
        raise MachineError(f"{name}: {len(numbered):,} entries; a firmware map has at most {MAX_MEMMAP_ENTRIES:,}")
    ordered = sorted(numbered, key=lambda entry: int(entry.name))
    return "".join(_memmap_entry(entry) for entry in ordered).encode()


def _memmap_entry(entry: Path) -> str:
    lines = []
    for field in _MEMMAP_FIELDS:
        path = entry / field
        if path.is_file():
            with path.open("rb") as stream:
                lines.append(f"{entry.name}/{field}:{stream.read(100).decode('latin-1').strip()}\n")
    return "".join(lines)
