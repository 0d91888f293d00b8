"""Ask for what a test compares with; where it is missing the test is skipped, and says so."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from reference import qemu, real_cpu

SHARED = Path(__file__).parents[2] / "shared"


def require_shared(name: str) -> Path:
    """Return a file of the shared material, which lies beside the repository and is no part of it."""
    path = SHARED / name
    if not path.is_file():
        pytest.skip(f"{path} is not there: nothing to compare with")
    return path


def require_command(name: str) -> str:
    """Return the path of a program that is compared with; in CI its absence is a failure."""
    path = shutil.which(name)
    if path is None:
        missing = pytest.fail if os.environ.get("CI") else pytest.skip
        missing(f"{name} is not installed: nothing to compare with")
    return path


def require_nasm() -> str:
    """Return the path of the real assembler."""
    return require_command("nasm")


def require_qemu() -> None:
    """Skip where there is no QEMU to boot a disk on; in CI its absence is a failure."""
    if shutil.which(qemu.PROGRAM) is None:
        missing = pytest.fail if os.environ.get("CI") else pytest.skip
        missing(f"{qemu.PROGRAM} is not installed: nothing to compare with")


def require_real_cpu() -> None:
    """Skip unless this host's processor can run the programs itself."""
    if not real_cpu.is_available():
        pytest.skip("the real processor is asked only on Linux on x86-64")
