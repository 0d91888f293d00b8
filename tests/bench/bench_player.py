"""Measure the player: size and making of its page, and what a step and a jump take in a browser with a kernel.

    python tests/bench/bench_player.py

Needs Chromium and the extra ``notebook``. Times of the browser are medians of 100, from the input to the picture.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from browser.jupyter import jupyterlab
from browser.webdriver import Browser, browsing

from allocator import Machine, Trace, assemble, record, shipped
from allocator.views.html import trace_html
from allocator.views.player_page import player_page

MILLION = 1_000_000
CELLS = [
    "from allocator import Machine, assemble, record, shipped\n"
    "from allocator.notebook import player\n"
    "code = shipped('memory.asm').read_text()\n"
    "code += '\\nf: mov ecx, 3\\n call os_mem_allocate\\n mov ecx, 1\\n call os_mem_release\\n jmp f\\n'\n"
    "trace = record(Machine(assemble(text=code), memory='64G'), 'f', limit=1_000_000)",
    "player(trace)",
]
"""A million steps that take three pages and give one back, again and again."""
_MEASURE = """
const [kind] = arguments, root = document.querySelector(".allocator-player");
const number = root.querySelector("input[type=number]"), length = Number(number.max), times = [];
let seed = 1;
const random = () => (seed = (seed * 48271) % 2147483647) % length;
const shown = () => new Promise((resolve) => root.addEventListener("allocator:shown", resolve, { once: true }));
number.value = length / 2;
number.dispatchEvent(new Event("change"));
await shown();
for (let round = 0; round < 100; round++) {
  const start = performance.now(), next = shown();
  if (kind === "jump") {
    number.value = random();
    number.dispatchEvent(new Event("change"));
  } else {
    root.dispatchEvent(new KeyboardEvent("keydown", { key: kind === "step" ? "n" : "p" }));
  }
  await next;
  root.getBoundingClientRect();  // laid out, too
  times.push(performance.now() - start);
  await new Promise((resolve) => setTimeout(resolve, 5));
}
times.sort((one, other) => one - other);
return [times[50], times[95]];
"""


def traces() -> dict[str, Trace]:
    """Return the traces to show, by what they are."""
    program = assemble(shipped("memory.asm"))
    short = record(Machine(program), "os_mem_allocate", rcx=3)
    long = record(Machine(program, memory="256G"), "os_mem_get_free", limit=MILLION)
    names: dict[str, object] = {}
    exec(CELLS[0], names)  # the trace that the notebook shows
    million = names["trace"]
    assert isinstance(million, Trace)
    return {f"{len(trace):,} steps": trace for trace in (short, long, million)}


def page_table() -> None:
    """Print the size of each page and display, and how long it takes to make."""
    print(f"{'':<18} {'page':>9} {'made in':>9} {'display':>9} {'made in':>9}")
    for name, trace in traces().items():
        cells = ""
        for make in (player_page, trace_html):
            start = time.perf_counter()
            size = len(make(trace).encode())
            cells += f" {size / 1000:>6.1f} KB {time.perf_counter() - start:>7.2f} s"
        print(f"{name:<18}{cells}")


def browser_table(browser: Browser) -> None:
    """Print how long the player takes in JupyterLab."""
    print(f"\n{'a million steps':<18} {'median':>9} {'95 of 100':>10}")
    for kind in ("step", "back", "jump"):
        median, most = browser.run_async(_MEASURE, kind)
        print(f"{kind:<18} {median:>6.1f} ms {most:>7.1f} ms")


def main() -> None:
    """Print both tables."""
    page_table()
    folder = Path(tempfile.mkdtemp())
    with jupyterlab(folder) as lab, browsing(folder / "chromedriver.log") as browser:
        browser.open(lab.write_notebook("player.ipynb", CELLS))
        browser.wait(
            "return window.jupyterapp?.shell.currentWidget?.sessionContext?.session?.kernel?.status === 'idle'"
        )
        browser.run("window.jupyterapp.commands.execute('notebook:run-all-cells')")
        browser.wait("return document.querySelector('.allocator-player[data-step]') !== null")
        browser_table(browser)


if __name__ == "__main__":
    main()
