"""How code was found in memory in each mode of a run."""

from __future__ import annotations

from pathlib import Path

from golden import assert_golden
from reference.mode_programs import MODE_PROGRAMS

from allocator import PC, Machine, Trace, assemble, record, shipped
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
