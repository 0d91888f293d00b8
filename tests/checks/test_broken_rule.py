"""Each broken boot program: the rule that it broke comes first, with a value, and the line of source that set it."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from golden import assert_golden
from reference.boot_programs import BOOT_PROGRAMS
from reference.broken_boots import BROKEN_BOOTS as PLAIN
from reference.broken_boots import HEALTHY
from reference.broken_boots_registers import BROKEN_REGISTERS
from reference.broken_boots_tutorials import BROKEN_TUTORIALS, TUTORIALS
from reference.mode_programs import MODE_PROGRAMS

from allocator import Machine, Trace, assemble, record, shipped
from allocator.checks.broken_rule import find_broken_rules
from allocator.machine.disk import Disk
from allocator.machine.pc import PC
from allocator.trace.archive import load_trace, save_trace
from allocator.trace.broken_rule import BrokenRule
from allocator.views.broken_rules import broken_rules_lines, broken_rules_object

GOLDEN = Path(__file__).parent / "golden"
BROKEN_BOOTS = PLAIN | BROKEN_REGISTERS | BROKEN_TUTORIALS


def boot(text: str) -> Trace:
    return record(PC(assemble(text=text, bits=16)), limit=500_000)


@cache
def rules_of(name: str) -> tuple[BrokenRule, ...]:
    return find_broken_rules(boot(BROKEN_BOOTS[name].text))


def lines_of(rule: BrokenRule) -> str:
    found = (rule.line, *(setting.line for setting in rule.settings))
    return "\n".join(line.source.line(line.line) for line in found if line)


@pytest.mark.parametrize("name", BROKEN_BOOTS)
def test_the_broken_rule_comes_first(name):
    assert BROKEN_BOOTS[name].rule == next((rule.rule for rule in rules_of(name)), None)


@pytest.mark.parametrize("name", BROKEN_BOOTS)
def test_the_register_or_descriptor_is_named(name):
    first = rules_of(name)[0]
    values = " ".join(f"{setting.name} {setting.value}" for setting in first.settings)
    assert BROKEN_BOOTS[name].value in f"{first.sentence} {values}"


@pytest.mark.parametrize("name", BROKEN_BOOTS)
def test_the_line_of_source_is_named(name):
    assert BROKEN_BOOTS[name].line in lines_of(rules_of(name)[0])


@pytest.mark.parametrize("name", BROKEN_BOOTS)
def test_the_step_is_the_one_that_broke_it(name):
    trace, first = boot(BROKEN_BOOTS[name].text), rules_of(name)[0]
    assert first.text == trace[first.step].text
    assert all(setting.step is None or setting.step <= first.step for setting in first.settings)


@pytest.mark.parametrize("name", BROKEN_BOOTS)
def test_the_report(name):
    text = "\n".join(broken_rules_lines(rules_of(name))) + "\n"
    assert_golden(text, GOLDEN / f"broken-{name.replace(' ', '-')}.txt")


@pytest.mark.parametrize("name", HEALTHY)
def test_a_healthy_boot_breaks_no_rule(name):
    assert () == find_broken_rules(boot(HEALTHY[name]))


@pytest.mark.parametrize("name", TUTORIALS)
def test_a_healthy_tutorial_breaks_no_rule(name):
    assert () == find_broken_rules(boot(TUTORIALS[name]))


@pytest.mark.parametrize("name", BOOT_PROGRAMS)
def test_no_other_boot_program_breaks_a_rule(name):
    assert () == find_broken_rules(boot(BOOT_PROGRAMS[name]))


@pytest.mark.parametrize("name", MODE_PROGRAMS)
def test_no_call_that_changes_modes_breaks_a_rule(name):
    assert () == find_broken_rules(record(Machine(assemble(text=MODE_PROGRAMS[name])), "f"))


@pytest.mark.parametrize("files", [("boot.asm", "bridge.asm"), ("privilege.asm",)])
def test_no_shipped_program_breaks_a_rule(files):
    assert () == find_broken_rules(record(PC(assemble(*map(shipped, files))), limit=2_000_000))


def test_a_run_that_was_not_recorded_is_asked_as_well():
    run = PC(assemble(text=BROKEN_BOOTS["null code segment"].text, bits=16)).boot()
    assert "CS is never null" == find_broken_rules(run)[0].rule


def test_a_run_without_a_change_of_modes_is_not_made_again(monkeypatch):
    trace = boot("bits 16\norg 0x7c00\nmov ax, 1\ncli\nhlt\ntimes 510 - ($ - $$) db 0\ndw 0xaa55\n")
    monkeypatch.setattr(type(trace.run), "machine_before", lambda _run: pytest.fail("it was made again"))
    assert () == find_broken_rules(trace)


@pytest.mark.parametrize("name", HEALTHY)
def test_of_a_saved_trace_no_healthy_boot_is_blamed(name, tmp_path):
    save_trace(boot(HEALTHY[name]), tmp_path / "boot.parquet")
    assert () == find_broken_rules(load_trace(tmp_path / "boot.parquet"))


def test_of_a_saved_trace_what_the_trace_alone_tells_is_told(tmp_path):
    save_trace(boot(BROKEN_BOOTS["no far jump"].text), tmp_path / "boot.parquet")
    found = find_broken_rules(load_trace(tmp_path / "boot.parquet"))
    assert ["code runs in the width it is made for"] == [rule.rule for rule in found]


@pytest.mark.parametrize(
    "name",
    [
        "16-bit offset", "fault without idt", "gate of ring 0", "kernel writes read-only", "protection not written",
        "vector turned round", "handler without pop", "cr3 at the table", "access byte without present",
    ],
)  # fmt: skip
def test_a_disk_without_its_sources_is_judged_alike(name):
    disk = Disk.of(assemble(text=BROKEN_BOOTS[name].text, bits=16)).data
    assert BROKEN_BOOTS[name].rule == find_broken_rules(record(PC(disk), limit=500_000))[0].rule


def test_a_rule_as_data():
    found = broken_rules_object(rules_of("pae clear"))[0]
    assert ["rule", "section", "message", "step", "source", "line"] == list(found)[:6]
    assert "long mode needs CR4.PAE" == found["rule"]


def test_why_an_exception_was_not_handled_is_told_apart_from_its_cause():
    found = {rule.rule: rule.is_consequence for rule in rules_of("null code segment")}
    assert {"CS is never null": False, "protected mode has an IDT of its own": True} == found


def test_a_missing_handler_is_the_cause_where_nothing_else_is():
    assert [False] == [rule.is_consequence for rule in rules_of("int without idt")]


def test_code_that_page_tables_show_elsewhere_has_its_line():
    assert "push eax" in lines_of(rules_of("stack left behind")[0])


def test_a_value_that_a_service_of_the_firmware_wrote_is_that_of_the_int():
    (setting,) = rules_of("sector read over the program")[0].settings
    assert "int 0x13" == setting.text


def test_at_least_25_rules_have_a_broken_boot_program():
    assert 25 <= len({boot.rule for boot in BROKEN_BOOTS.values()})
