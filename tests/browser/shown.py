"""Read what the player shows from the page, and what a Trace says that it should show."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import axe_core_python
from browser.webdriver import Browser

from allocator import Trace
from allocator.registers import FLAGS, FULL
from allocator.views.names import Names

PAGES = 4096
"""No map in these tests has more."""
_STATES = {0: "absent", 1: "free", 2: "used"}
SHOWN_FLAGS = ("cf", "pf", "af", "zf", "sf", "tf", "if", "df", "of")

_READ = """
const root = document.querySelector(".allocator-player");
const all = (selector) => [...root.querySelectorAll(selector)];
const texts = (selector) => Object.fromEntries(all(selector).map((each) => [each.dataset.who, each.textContent]));
return {
  step: Number(root.dataset.step),
  registers: texts(".registers .general button"),
  rip: root.querySelector(".registers .fixed b").textContent,
  flags: texts(".registers .flags button"),
  pages: all(".map button").map((each) => each.ariaLabel),
  bytes: texts(".memory button"),
  next: root.querySelector(".steps tr.next")?.cells[1].textContent ?? null,
  line: root.querySelector(".source [aria-current]")?.dataset.line ?? null,
};
"""


def open_player(browser: Browser, page: Path) -> None:
    """Open an exported page, and wait until it shows a step."""
    browser.open(page.as_uri())
    browser.wait("return document.querySelector('.allocator-player[data-step]') !== null")


def shown(browser: Browser) -> dict[str, Any]:
    """Return the state that the page shows, as numbers."""
    raw = browser.run(_READ)
    registers = {name: int(text.split()[1], 16) for name, text in raw["registers"].items()}
    return {
        "step": raw["step"],
        "registers": registers | {"rip": int(raw["rip"], 16)},
        "flags": {name: int(text.split()[1]) for name, text in raw["flags"].items()},
        "pages": dict(page for label in raw["pages"] for page in _pages(label)),
        "bytes": {int(who, 16): int(text, 16) for who, text in raw["bytes"].items() if text != "··"},
        "next": raw["next"],
        "line": raw["line"],
    }


def _pages(label: str) -> Iterator[tuple[int, str]]:
    """Yield the pages and their state of ``page 7: free`` or ``pages 7-9: used, written now``."""
    name, _, said = label.partition(": ")
    first, _, last = name.split()[1].partition("-")
    yield from ((page, said.split(",")[0]) for page in range(int(first), int(last or first) + 1))


def expected(trace: Trace, step: int, registers_shown: set[str], bytes_shown: list[int]) -> dict[str, Any]:
    """Return the same from the trace: of registers and memory, those that the page shows."""
    registers = trace.registers_at(step)
    states = bytes(trace.memory_at(step, Names(trace.run).page_map.start, PAGES)).rstrip(b"\0")
    now = trace[step] if step < len(trace) else None
    mask = (1 << (64 if trace.image.bits == 64 else 32)) - 1
    return {
        "step": step,
        "registers": {name: registers[name] & mask for name in FULL if name in registers_shown},
        "flags": {name: registers[name] for name in FLAGS if name in SHOWN_FLAGS},
        "pages": {page: _STATES.get(state, str(state)) for page, state in enumerate(states)},
        "bytes": {address: trace.memory_at(step, address)[0] for address in bytes_shown},
        "next": now.text if now else None,
        "line": f"0:{now.line.line}" if now and now.line else None,
    }


def assert_shows(browser: Browser, trace: Trace, step: int) -> None:
    """Fail unless the page shows exactly what the trace says about a moment."""
    found = shown(browser)
    names = {
        name
        for name in FULL
        if name != "rflags" and (trace.image.bits == 64 or not name[1:].isdigit() or name[0] != "r")
    }
    assert expected(trace, step, names, list(found["bytes"])) == found


def serious_faults(browser: Browser) -> list[list[str]]:
    """Return what axe-core calls serious or worse about the page: how bad, which rule, and the first element."""
    axe = (Path(axe_core_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
    browser.run(f"{axe}; window.axe = axe")
    found: list[list[str]] = browser.run_async(
        "return (await axe.run()).violations.map((each) => [each.impact, each.id, each.nodes[0].html])"
    )
    return [fault for fault in found if fault[0] in ("serious", "critical")]
