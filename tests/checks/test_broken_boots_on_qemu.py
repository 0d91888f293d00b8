"""What is said of broken boots is true of another PC: QEMU comes to no end with them, and to one with healthy ones."""

from __future__ import annotations

from pathlib import Path

import pytest
from oracles import require_qemu
from reference import qemu
from reference.broken_boots import BROKEN_BOOTS, HEALTHY
from reference.broken_boots_tutorials import BROKEN_TUTORIALS, TUTORIALS

from allocator import assemble
from allocator.machine.disk import Disk

REFUSED = (
    "gdt limit of one", "null code segment", "selector counted in ones", "code not present", "stack in code",
    "data behind the table", "int without idt", "task state without a stack", "table not present", "nx without nxe",
    "not canonical", "iretd in long mode",
)  # fmt: skip
"""Those whose rule QEMU enforces too."""
REFUSED_TUTORIALS = (
    "base before limit", "base of one word", "access byte without present", "offset from the beginning",
    "cr3 at the table", "stack left behind", "pae forgotten", "wrong msr", "interrupt stack table empty",
    "stack of the kernel for users", "back without pe cleared",
)  # fmt: skip


def boot(text: str, directory: Path) -> qemu.QemuRun:
    require_qemu()
    disk = directory / "disk.img"
    disk.write_bytes(Disk.of(assemble(text=text, bits=16)).data)
    return qemu.boot(disk, directory, traced=False, seconds=30)


@pytest.mark.parametrize("name", REFUSED)
def test_a_broken_boot_never_halts(name: str, tmp_path: Path) -> None:
    with pytest.raises(qemu.QemuFailed, match="ended"):
        boot(BROKEN_BOOTS[name].text, tmp_path)


@pytest.mark.parametrize("name", REFUSED_TUTORIALS)
def test_a_broken_tutorial_never_halts(name: str, tmp_path: Path) -> None:
    with pytest.raises(qemu.QemuFailed, match="ended"):
        boot(BROKEN_TUTORIALS[name].text, tmp_path)


@pytest.mark.parametrize("name", TUTORIALS)
def test_a_healthy_tutorial_halts(name: str, tmp_path: Path) -> None:
    assert [] == boot(TUTORIALS[name], tmp_path).steps


@pytest.mark.parametrize("name", HEALTHY)
def test_a_healthy_boot_halts(name: str, tmp_path: Path) -> None:
    assert [] == boot(HEALTHY[name], tmp_path).steps
