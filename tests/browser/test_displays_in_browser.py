"""Every display in a real browser, in both themes: nothing cut, nothing unreadable, and no script from a source."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from browser.shown import serious_faults
from browser.webdriver import Browser

from allocator import PC, FirmwareMap, Machine, Trace, assemble, record, shipped
from allocator.checks.contract import check_contract
from allocator.checks.coverage_recorder import CoverageRecorder
from allocator.findings import Acceptance, Example, Finding, Findings
from allocator.machine.descriptor_tables import read_gdt, read_vectors
from allocator.notebook import bits, layout, paging_modes
from allocator.views import html
from allocator.views.control_registers import control_registers_html
from allocator.views.descriptor_tables import descriptor_table_html, vectors_html
from allocator.views.firmware_html import firmware_html
from allocator.views.html_contract import contract_html
from allocator.views.html_memory import memory_html
from allocator.views.mode_addresses import mode_addresses, mode_addresses_html
from allocator.views.mode_ladder import mode_ladder, mode_ladder_html

PAPER = 720
"""Pixels of the width of a sheet without its margins, of A4 and of US Letter."""
HOSTILE = "'\"</title></svg></style><script>alert(1)</script><img src=x onerror=alert(2)>"
FINDING = Finding("law", "f", "no overlap", "page 3 twice", 12, Example((2, 1), {"rcx": 2}, 4, ("f rcx=1", "f rcx=2")))
BROKEN = "; IN RCX = pages, 1..9\n; OUT RAX = address\n; WRITES os_MemoryMap[0..9]\nf: mov rbx, 5\n ret"


def faulting() -> Machine:
    return Machine(assemble(text="f: mov rcx, 0x5000000000\n mov rbx, [rcx] ; it ends here\n ret", name="bad.asm"))


def broken() -> str:
    image = assemble(text=BROKEN)
    return contract_html(image.contracts["f"], check_contract(Machine(image).call("f", rcx=1)))


def covered(trace: Trace) -> str:
    machine = Machine(trace.image)
    with CoverageRecorder(machine) as recorder:
        machine.call("os_mem_allocate", rcx=3)
    return recorder.coverage()._repr_html_()


@cache
def booted() -> tuple[PC, Trace]:
    pc = PC(assemble(shipped("boot.asm"), shipped("bridge.asm")), memory="64M")
    return pc, record(pc)


def in_long_mode() -> str:
    machine = booted()[0]
    shown = [machine.translate(address) for address in (0x3C00000, 0x7FFFF00000)]
    registers = shown[0].registers
    return "".join(
        (
            *(each._repr_html_() for each in shown),
            machine.page_tables()._repr_html_(),
            descriptor_table_html(read_gdt(registers, machine.read)),
            vectors_html(read_vectors(registers, machine.read)[:32]),
            control_registers_html(registers),
        )
    )


DISPLAYS: dict[str, Callable[[Trace], str]] = {
    "trace": html.trace_html,
    "step": lambda trace: html.step_html(trace[0]),
    "run": lambda trace: html.run_html(trace.run),
    "fault": lambda trace: html.run_html(faulting().call("f")),
    "registers": lambda trace: html.registers_html(trace.start),
    "page map": lambda trace: html.page_map_html(bytes([2, 1, 0, 7] * 8), {3, 4}),
    "large page map": lambda trace: html.page_map_html(bytes([2, 1, 1, 0]) * 2000, {100}),
    "image": lambda trace: html.image_html(trace.image),
    "routine": lambda trace: html.routine_html(trace.image, "os_mem_allocate"),
    "contract": lambda trace: broken(),
    "findings": lambda trace: Findings((FINDING,), {"calls": 7}, ((FINDING, Acceptance("x", "known")),))._repr_html_(),
    "why": lambda trace: trace.why("rax")._repr_html_(),
    "memory": lambda trace: memory_html(trace, "page_map[0..63]", 44),
    "firmware map": lambda trace: firmware_html(FirmwareMap.of("ibm-x3500-m4")).replace("<details>", "<details open>"),
    "coverage": covered,
    "modes": lambda trace: mode_ladder_html(mode_ladder(booted()[1])),
    "boot": lambda trace: html.run_html(booted()[1].run),
    "long mode": lambda trace: in_long_mode(),
    "bits": lambda trace: bits(booted()[0].translate("ds:0x3C00000"))._repr_html_(),
    "where the code lay": lambda trace: mode_addresses_html(mode_addresses(booted()[1])),
    "modes of paging": lambda trace: paging_modes(booted()[0])._repr_html_(),
    "memory after the boot": lambda trace: layout(booted()[1])._repr_html_(),
}


@pytest.fixture(scope="module")
def displays(trace: Trace, tmp_path_factory: pytest.TempPathFactory) -> Path:
    shown = "".join(f'<section id="{name}"><h2>{name}</h2>{show(trace)}</section>' for name, show in DISPLAYS.items())
    return write_page(tmp_path_factory.mktemp("displays") / "displays.html", shown)


def write_page(path: Path, shown: str) -> Path:
    style = "body{color-scheme:light dark;background:light-dark(#fff,#171b20);color:light-dark(#000,#fff)}"
    head = f'<meta charset="utf-8"><title>displays</title><style>{style}</style>'
    page = (
        f'<!doctype html><html lang="en"><head>{head}</head><body><main><h1>displays</h1>{shown}</main></body></html>'
    )
    path.write_text(page, encoding="utf-8")
    return path


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_no_display_has_a_serious_accessibility_fault(browser: Browser, displays: Path, theme: str) -> None:
    browser.scheme(theme)
    browser.open(displays.as_uri())
    faults = serious_faults(browser)
    browser.scheme("light")

    assert [] == faults


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_each_display_takes_the_theme_of_the_reader(browser: Browser, displays: Path, theme: str) -> None:
    browser.scheme(theme)
    browser.open(displays.as_uri())
    grounds = browser.run(
        "return [...document.querySelectorAll('.allocator-view')].map((each) => getComputedStyle(each).backgroundColor)"
    )
    browser.scheme("light")

    assert {"rgb(255, 255, 255)" if theme == "light" else "rgb(23, 27, 32)"} == set(grounds)


def test_no_display_is_wider_than_the_page(browser: Browser, displays: Path) -> None:
    browser.size(1280, 900)
    browser.open(displays.as_uri())

    wide = "return [...document.querySelectorAll('section')].filter((each) => each.scrollWidth > each.clientWidth + 1)"
    assert [] == browser.run(f"{wide}.map((each) => each.id)")


def test_on_paper_nothing_is_cut_and_all_of_it_is_light(browser: Browser, displays: Path) -> None:
    browser.size(PAPER, 900)
    browser.scheme("dark", "print")
    browser.open(displays.as_uri())
    views = "return [...document.querySelectorAll('.allocator-view')]"
    cut = browser.run(
        f"{views}.filter((each) => each.scrollWidth > each.clientWidth + 1).map((each) => each.closest('section').id)"
    )
    grounds = browser.run(f"{views}.map((each) => getComputedStyle(each).backgroundColor)")
    browser.scheme("light")
    browser.size(1280, 900)

    assert [] == cut
    assert {"rgb(255, 255, 255)"} == set(grounds)


def test_the_labels_of_a_picture_do_not_overlap(browser: Browser, displays: Path) -> None:
    browser.open(displays.as_uri())
    overlapping = """
    const found = [];
    for (const svg of document.querySelectorAll("svg")) {
      const texts = [...svg.querySelectorAll("text")].filter((each) => each.textContent);
      const boxes = texts.map((each) => [each.getBoundingClientRect(), each.textContent]);
      boxes.forEach(([one, name], at) => boxes.slice(at + 1).forEach(([other, also]) => {
        const across = Math.min(one.right, other.right) - Math.max(one.left, other.left);
        const down = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
        if (across > 1 && down > 3) found.push([name, also]);
      }));
    }
    return found;
    """

    assert [] == browser.run(overlapping)


def hostile_trace() -> Trace:
    source = (
        f"; IN RCX = {HOSTILE}\n; OUT RAX = {HOSTILE}\nf: mov rax, [os_MemAmount] ; {HOSTILE}\n ret ; {10_000 * 'x'}"
    )
    return record(Machine(assemble(text=source, name=HOSTILE)), "f")


def test_no_text_of_a_source_becomes_a_tag(browser: Browser, tmp_path: Path) -> None:
    trace = hostile_trace()
    finding = Finding("law", HOSTILE, HOSTILE, HOSTILE, 1, Example((2,), {}, None, (HOSTILE,)))
    nouns = [
        trace,
        trace[0],
        trace.run,
        trace.image,
        trace.image.contracts["f"],
        trace.why("rax"),
        Findings((finding,)),
    ]
    page = write_page(tmp_path / "hostile.html", "".join(noun._repr_html_() for noun in nouns))  # type: ignore[attr-defined]
    browser.open(page.as_uri())

    assert not browser.has_dialog()
    assert 0 == browser.run("return document.querySelectorAll('script, img').length")
    assert "<script>alert(1)</script>" in browser.run("return document.body.textContent")
