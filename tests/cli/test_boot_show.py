"""``allocator boot --show WHAT``: the processor as a boot left it; and the rules that a boot broke."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from commands import allocator
from reference.broken_boots import BROKEN_BOOTS, LONG, PROTECTED


@pytest.fixture
def long_mode(tmp_path: Path) -> Path:
    path = tmp_path / "long.asm"
    path.write_text(LONG)
    return path


@pytest.mark.parametrize(
    ("what", "said"),
    [
        ("registers", "long mode active"),
        ("gdt", "code"),
        ("ldt", "LDTR holds the null selector"),
        ("idt", "IDT"),
        ("pages", "1 of 2 MiB"),
        ("paging", "> 4-level  1       1        1         48 bits"),
        ("modes", "GDT entry 1, base 0"),
        ("memory", "read from the disk"),
        ("translation:0x1234", "PML4"),
        ("translation:ds:0x1234", "ds = 10: index 2, GDT, RPL 0"),
        ("translation:8:0x1234", "selector 8: index 1, GDT, RPL 0"),
        ("bits:ds:0x1234", "asked for at privilege level 0"),
    ],
)
def test_the_processor_is_shown_as_the_boot_left_it(long_mode: Path, what: str, said: str) -> None:
    shown = allocator("boot", "-s", long_mode, "--show", what)
    assert (what, 0) == (shown.out.splitlines()[0], shown.code)
    assert said in shown.out


def test_several_views_come_in_the_order_asked_for(long_mode: Path) -> None:
    shown = allocator("boot", "-s", long_mode, "--show", "pages", "--show", "registers").out.splitlines()
    assert shown.index("pages") < shown.index("registers")


@pytest.mark.parametrize(("when", "said"), [("long_start", "4-level paging"), ("0", "paging: none")])
def test_any_moment_of_the_boot_can_be_shown(when: str, said: str) -> None:
    shown = allocator("boot", "--show", "pages", "--at", when)
    assert (said, 0) == (shown.out.splitlines()[1][: len(said)], shown.code)


def test_a_moment_that_never_was_is_refused() -> None:
    refused = allocator("boot", "--show", "pages", "--at", "nowhere")
    assert (2, "nowhere" in refused.err) == (refused.code, True)


def test_a_moment_without_anything_to_show_is_refused() -> None:
    refused = allocator("boot", "--at", "5")
    assert (2, "hint: add --show gdt" in refused.err) == (refused.code, True)


def test_an_idt_that_is_loaded_to_have_no_entry_is_no_mistake() -> None:
    shown = allocator("boot", "--show", "idt").out.splitlines()
    assert ["IDT at 0, limit 0", "no entry fits: any interrupt or exception is a triple fault"] == shown[1:3]


def test_real_mode_has_vectors_instead_of_gates(tmp_path: Path) -> None:
    path = tmp_path / "real.asm"
    path.write_text("bits 16\norg 0x7c00\ncli\nhlt\ntimes 510 - ($ - $$) db 0\ndw 0xaa55\n")
    assert "segment:offset" in allocator("boot", "-s", path, "--show", "idt").out


@pytest.mark.parametrize(
    "what", ["gtd", "translation:", "translation:zz:1", "translation:ds:zz", "translation", "bits:"]
)
def test_what_cannot_be_shown_is_refused(what: str) -> None:
    refused = allocator("boot", "--show", what)
    assert 2 == refused.code
    assert "hint:" in refused.err


def test_a_broken_boot_names_its_rule_below_the_fault(tmp_path: Path) -> None:
    path = tmp_path / "broken.asm"
    path.write_text(BROKEN_BOOTS["table not present"].text)
    said = allocator("boot", "-s", path, "--bits", "16").out
    assert said.index("triple_fault") < said.index("which rule of the manual was broken")
    assert "the code that turns paging on is mapped  (section 9.9.1, step 5)" in said


def test_what_a_real_pc_would_refuse_is_told_of_a_boot_that_works(tmp_path: Path) -> None:
    path = tmp_path / "latent.asm"
    path.write_text(BROKEN_BOOTS["write through cs"].text)
    said = allocator("boot", "-s", path, "--bits", "16")
    assert 0 == said.code
    assert "on a real PC this would fault" in said.out


def test_rules_are_told_in_json(tmp_path: Path) -> None:
    path = tmp_path / "broken.asm"
    path.write_text(BROKEN_BOOTS["pae clear"].text)
    rules = json.loads(allocator("boot", "-s", path, "--bits", "16", "--json").out)["rules"]
    assert ("long mode needs CR4.PAE", "broken.asm", 41) == (rules[0]["rule"], rules[0]["source"], rules[0]["line"])
    assert ["CR4", "EFER"] == [setting["name"] for setting in rules[0]["set_by"]]


def test_a_healthy_boot_breaks_no_rule(tmp_path: Path) -> None:
    path = tmp_path / "healthy.asm"
    path.write_text(PROTECTED)
    assert [] == json.loads(allocator("boot", "-s", path, "--bits", "16", "--json").out)["rules"]
