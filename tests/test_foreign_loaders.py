"""Loaders of the kinds that people publish: what each leaves on the screen is what it leaves on QEMU's.

They are in `reference/loaders.py`; each needs what one kind of loader needs: firmware calls, ports, a timer, a mode.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from oracles import require_qemu
from reference import qemu
from reference.loaders import LOADERS

from allocator import assemble
from allocator.machine.bios_video import screen_lines
from allocator.machine.disk import Disk
from allocator.machine.pc import PC
from allocator.views.report import fault_report

LIMIT = 2_000_000
SCREEN = {"data area": (0x400, 0x100), "screen": (0xB8000, 4000)}


def on_qemu(disk: Path, directory: Path, drive: str) -> list[str]:
    memory = qemu.boot(disk, directory, ranges=SCREEN, traced=False, has_screen=True, drive=drive).memory
    at = {start: memory[name] for name, (start, _) in SCREEN.items()}
    return screen_lines(
        lambda address, size: next(
            data[address - start : address - start + size]
            for start, data in at.items()
            if address - start in range(len(data))
        )
    )


@pytest.mark.parametrize("name", LOADERS)
def test_the_screen_is_what_qemu_s_is(name: str, tmp_path: Path) -> None:
    require_qemu()
    disk, path = Disk.of(image_of(name)), tmp_path / "disk"
    path.write_bytes(disk.data)
    pc = PC(path)
    run = pc.boot(limit=LIMIT)

    assert "halted" == run.stop.kind, fault_report(run)
    assert on_qemu(path, tmp_path, "ide") == screen_lines(pc.read)


def image_of(name: str) -> bytes:
    image = assemble(text=LOADERS[name], bits=16)
    return b"".join(segment.data for segment in image.segments)


def test_a_floppy_reads_as_on_qemu(tmp_path: Path) -> None:
    require_qemu()
    disk, path = Disk.of(image_of("one that reads by cylinder, head and sector")).as_floppy(), tmp_path / "disk"
    path.write_bytes(disk.data)
    pc = PC(disk)
    pc.boot(limit=LIMIT)

    assert on_qemu(path, tmp_path, "floppy") == screen_lines(pc.read) == ["second sector"]
