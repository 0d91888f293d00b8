"""Show parts of nouns in a notebook; a whole noun shows itself when it is a cell's last value.

listing(trace[13:21])               some steps beside their source
pages(machine)                      the page map as it is now
pages(machine, run)                 the same, with what the run changed marked
memory(trace, "page_map[0..31]", 44)  bytes before a step, with what the last step did to them marked
contract(run)                       the contract of the routine that was called, and which rules the call broke
player(trace)                       the whole trace, to step through: keys, a slider, who wrote what
registers(step.before)              the registers at one moment
source(image, "os_mem_allocate")    the lines of a routine, up to the next one
again(trace, "os_mem_allocate.next+6", "cmp al, 2")    the call once more, with one instruction changed
modes(trace)                        the modes of the processor, and how code was found in memory in each
bits(machine.translate("ds:0"))     the selector, the descriptor and the entries on the way of an address, bit by bit
compare_pages(a, b, ("A", "B"))     where the same addresses lead under two page tables
paging_modes(machine)               all modes of paging, and which one holds
layout(trace)                       what lies where in physical memory after a boot
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from allocator.errors import UsageError
from allocator.views import html

if TYPE_CHECKING:
    from allocator.assembly.image import Image
    from allocator.machine.explainable import Explainable
    from allocator.machine.machine import Machine
    from allocator.machine.page_ranges import PageTables
    from allocator.machine.run import Registers, Run
    from allocator.machine.translation import Translation
    from allocator.notebook_player import TracePlayer
    from allocator.notebook_rerun import again, patch
    from allocator.trace.ranges import Where
    from allocator.trace.trace import Moment, Step, Trace

__all__ = [
    "Display", "again", "bits", "compare_pages", "contract", "layout", "listing", "memory", "modes", "pages",
    "paging_modes", "patch", "player", "registers", "source",
]  # fmt: skip


def __getattr__(name: str) -> object:
    """Load what runs a machine again when it is asked for: it brings the engines (PEP 562)."""
    if name in ("again", "patch"):
        from allocator import notebook_rerun

        return getattr(notebook_rerun, name)
    raise AttributeError(f"module '{__name__}' has no attribute '{name}'")


class Display:
    """A finished piece of HTML, with one line of text for where there is none."""

    __slots__ = ("_html", "_line")

    def __init__(self, html: str, line: str) -> None:
        """Take a fragment that is safe to show, and the line."""
        self._html = html
        self._line = line

    def _repr_html_(self) -> str:
        return self._html

    def __repr__(self) -> str:
        return self._line


def listing(steps: Sequence[Step], caption: str = "") -> Display:
    """Return some steps beside their source, with what each changed; raises UsageError where they are none."""
    if not hasattr(steps, "__len__"):
        raise UsageError(f"listing shows several steps, and this is {steps!r}\nhint: listing(trace[3:8])")
    return Display(html.steps_html(steps, caption), f"<{len(steps):,} steps>")


def pages(machine: Machine, run: Run | None = None) -> Display:
    """Return the machine's page map as it is now; pages that `run` changed have a frame. Raises UsageError."""
    if not hasattr(machine, "page_map"):
        raise UsageError(f"pages shows a Machine, and this is {machine!r}\nhint: pages(machine)")
    changed = run.pages_changed if run else ()
    return Display(html.page_map_html(bytes(machine.page_map), changed), repr(machine.page_map))


def memory(trace: Trace, where: Where, when: Moment = None) -> Display:
    """Return the bytes of `where` before a moment, by default the end; raises UsageError."""
    from allocator.views.html_memory import memory_html

    return Display(memory_html(trace, where, when), f"<memory of {trace!r}>")


def contract(run: Run) -> Display:
    """Return the contract of the routine that was called, and which of its rules the call broke; raises UsageError."""
    from allocator.checks.contract import check_contract
    from allocator.views.html_contract import contract_html

    found = run.image.contracts.get(run.routine)
    if found is None:
        raise UsageError(f"'{run.routine}' has no contract in the comment above it")
    return Display(contract_html(found, check_contract(run)), f"<contract of {run.routine}>")


def player(trace: Trace, when: Moment = 0) -> TracePlayer | Display:
    """Return a player of the trace, opened at a moment: a step, its number, or a label's first visit.

    Without the extra ``notebook`` it is one without a kernel, which holds only as many steps as a page can.
    Raises UsageError where there is no trace, and TraceError where it has no such moment.
    """
    if not hasattr(trace, "run"):
        raise UsageError(f"player shows a Trace, and this is {trace!r}\nhint: player(record(machine, ...))")
    try:
        from allocator.notebook_player import TracePlayer
    except ImportError:
        from allocator.views.player_page import player_frame

        return Display(player_frame(trace, trace.moment(when)), repr(trace))
    return TracePlayer(trace, when)


def registers(values: Registers) -> Display:
    """Return the registers at one moment."""
    return Display(html.registers_html(values), repr(values))


def source(image: Image, routine: str) -> Display:
    """Return the lines of `routine` with their bytes, up to the next label that is not its own."""
    return Display(html.routine_html(image, routine), f"<{routine} of {image!r}>")


def modes(trace: Trace) -> Display:
    """Return the modes that a run went through: what prepared each, and how its code was found in memory in it."""
    from allocator.views.mode_addresses import mode_addresses, mode_addresses_html
    from allocator.views.mode_ladder import mode_ladder, mode_ladder_html

    rungs = mode_ladder(trace)
    shown = mode_ladder_html(rungs) + mode_addresses_html(mode_addresses(trace))
    return Display(shown, f"<modes {', '.join(rung.mode for rung in rungs)}>")


def bits(translation: Translation) -> Display:
    """Return the words that a translation looks at, bit by bit: a selector, a descriptor, entries of page tables."""
    from allocator.views.bit_fields import words_of
    from allocator.views.bit_fields_html import bits_html

    words = words_of(translation)
    return Display("".join(map(bits_html, words)), f"<{len(words)} words of {translation!r}>")


def compare_pages(first: PageTables, second: PageTables, names: tuple[str, str] = ("first", "second")) -> Display:
    """Return where the same addresses lead under two page tables; what differs stands out."""
    from allocator.views.page_tables import two_page_tables_html

    return Display(two_page_tables_html(first, second, names), f"<page tables of {names[0]} and {names[1]}>")


def paging_modes(processor: Explainable) -> Display:
    """Return all modes of paging side by side; that of a machine, or of a moment of a trace, stands out."""
    from allocator.machine.page_entries import paging_mode
    from allocator.views.paging_modes import paging_modes_html

    registers = processor.control_registers()
    return Display(paging_modes_html(registers), f"<modes of paging: {paging_mode(registers)}>")


def layout(trace: Trace) -> Display:
    """Return what lies where in physical memory after a boot: sectors of the disk, tables, stacks, the page map."""
    from allocator.views.memory_layout import memory_layout, memory_layout_html

    areas = memory_layout(trace)
    return Display(memory_layout_html(areas), f"<{len(areas)} areas of memory>")
