"""``allocator run`` judges the call by the contract of the routine."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "cli"))
from commands import allocator

BROKEN = "; OUT RAX = x\nf: inc rbx\nret\n"


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    path = tmp_path / "t.asm"
    path.write_text(BROKEN)
    return path


def test_a_broken_rule_is_shown_and_is_a_failure(broken: Path) -> None:
    said = allocator("run", "f", "-s", broken)

    assert 1 == said.code
    assert "preserves rbx: failed to preserve rbx (never saved; last changed at line 2: inc rbx)" in said.out


def test_as_json_each_rule_is_held_or_not(broken: Path) -> None:
    said = allocator("run", "f", "-s", broken, "--json")
    contract = json.loads(said.out)["contract"]

    assert 1 == said.code
    assert {"rule": "preserves rbx", "held": False} in contract
    assert {"rule": "preserves rcx", "held": True} in contract


def test_a_kept_contract_is_not_talked_about() -> None:
    said = allocator("run", "os_mem_allocate", "rcx=3")

    assert (0, False) == (said.code, "contract" in said.out)


def test_a_call_that_breaks_the_contract_itself_is_told() -> None:
    said = allocator("run", "os_mem_release", "rax=0x400000", "rcx=1", "df=1")

    assert (0, True) == (
        said.code,
        "not checked against its contract, because the call breaks it: df = 0x1" in said.out,
    )
