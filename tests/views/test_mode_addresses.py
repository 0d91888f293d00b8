"""How code was found in memory in each mode of a run."""

from __future__ import annotations

from pathlib import Path

import pytest
from golden import assert_golden
from reference.broken_boots import BROKEN_BOOTS
from reference.mode_programs import MODE_PROGRAMS

from allocator import PC, Machine, Trace, assemble, record, shipped
from allocator.views.memory_layout import memory_layout, memory_layout_text
from allocator.views.mode_addresses import (
    HEAD,
    mode_addresses,
    mode_addresses_html,
    mode_addresses_text,
)


def called(name: str) -> Trace:
    return record(Machine(assemble(text=MODE_PROGRAMS[name])), "f")


def booted(*names: str) -> Trace:
    return record(PC(assemble(*map(shipped, names))))


def test_each_mode_of_a_run_has_its_way() -> None:
    traces = {
        "boot": booted("boot.asm", "bridge.asm"),
        "privilege": booted("privilege.asm"),
        **{name: called(name) for name in ("long mode and back", "another segment")},
    }
    text = "\n\n".join(f"{name}\n{mode_addresses_text(mode_addresses(trace))}" for name, trace in traces.items())
    assert_golden(text + "\n", Path(__file__).parent / "golden" / "mode_addresses.txt")


def test_the_address_is_that_of_the_step() -> None:
    trace = booted("privilege.asm")
    found = mode_addresses(trace)
    assert [trace[each.step].address for each in found] == [each.translation.address for each in found]


def test_html_has_a_row_for_each_mode() -> None:
    found = mode_addresses(called("protected mode and back"))
    html = mode_addresses_html(found)
    assert (1 + len(found), len(HEAD)) == (html.count("<tr>"), html.count("<th "))


@pytest.mark.parametrize(
    "name",
    ["directory misaligned", "directory outside memory", "gdt outside memory", "gdt limit of one", "table not present",
     "base of 24 bits", "stack that wraps", "cr3 never loaded", "not canonical"],
)  # fmt: skip
def test_a_broken_boot_is_described_as_far_as_it_came(name: str) -> None:
    trace = record(PC(assemble(text=BROKEN_BOOTS[name].text, bits=16)), limit=20_000)
    assert trace[0].address == mode_addresses(trace)[0].translation.address
    assert "read from the disk" in memory_layout_text(memory_layout(trace))
