"""Ask the real assembler for the bytes of a source, and ours for the same."""

from __future__ import annotations

import subprocess
from pathlib import Path

from oracles import require_nasm

from allocator.assembly.assembler import assemble


def nasm_bytes(directory: Path, text: str) -> bytes | None:
    """Return what ``nasm -f bin`` makes of `text`, or None where it refuses it."""
    source = directory / "source.asm"
    source.write_text(text, encoding="utf-8")
    return nasm_file_bytes(directory, source)


def nasm_file_bytes(directory: Path, source: Path) -> bytes | None:
    """Return what ``nasm -f bin`` makes of the file `source`, or None where it refuses it."""
    out = directory / "out.bin"
    out.unlink(missing_ok=True)
    command = [require_nasm(), "-w-all", "-f", "bin", "-o", str(out), str(source)]
    done = subprocess.run(command, capture_output=True, check=False, timeout=60, cwd=directory)
    return out.read_bytes() if done.returncode == 0 else None


def our_bytes(text: str) -> bytes:
    """Return our bytes of `text` with NASM's own defaults: 16 bits, address 0."""
    image = assemble(text=text, bits=16, origin=0)
    return image.segments[0].data if image.segments else b""
