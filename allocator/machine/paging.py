"""Walk page tables: from a linear address, entry by entry, to a physical one or to the fault.

    CR3 -> PML4 -> PDPT -> page directory -> page table -> frame
           entry   entry   entry             entry         + offset

- What an entry looks like in each mode is in ``page_entries.py``.
- Whoever walks looks at every entry on the way: a page can be written when all of them allow it.
- ``read(address, size)`` returns physical memory, and fewer bytes where it ends. Nothing that page tables can hold is
  an error here: a table outside memory or one that points at itself is a walk with a ``problem`` or a ``fault``.

Where the engine does less than the manual this module does as the engine, and ``problem`` says what a processor does:
the four PDPTEs of PAE are read at every walk (a processor loads them with CR3), and of their reserved bits only the
upper ones count.

Not modelled: 5-level paging, protection keys, shadow stacks, the caches of the walk.

Source: Intel SDM volume 3, sections 4.3 (32-bit), 4.4 (PAE), 4.5 (4-level), 4.6 (access rights), 4.7 (page faults),
4.8 (accessed and dirty).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from allocator.machine.exceptions import GENERAL_PROTECTION, PAGE_FAULT
from allocator.machine.page_entries import (
    ACCESSED,
    DIRTY,
    LARGE,
    LEVELS_4,
    LEVELS_5,
    NO_EXECUTE,
    NO_PAGING,
    USER,
    WRITABLE,
    PageEntry,
    Paging,
    decode_entry,
)

Read = Callable[[int, int], bytes]
"""``read(address, size)``: physical memory; fewer bytes where it ends, none where there is none."""

ERROR_BITS = {"P": 1, "W": 2, "U": 4, "RSVD": 8, "I": 16}
"""The error code of a page fault: the entry was there, a write, by user code, a reserved bit, a fetch."""


class Access(NamedTuple):
    """Who asks for what: ``kind`` is ``read``, ``write`` or ``fetch``; ``has_ac`` is RFLAGS.AC, which suspends SMAP."""

    kind: str = "read"
    is_user: bool = False
    has_ac: bool = False


KERNEL_READ = Access()


class WalkStep(NamedTuple):
    """One entry that a walk looked at; where no memory is it reads as zero."""

    table: int
    number: int
    address: int
    entry: PageEntry
    is_in_memory: bool = True


@dataclass(frozen=True)
class Fault:
    """The exception that ends a walk, and why in words."""

    vector: int
    error_code: int
    reason: str

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the bits of a page fault's error code."""
        return tuple(name for name, bit in ERROR_BITS.items() if self.error_code & bit)


class Update(NamedTuple):
    """A write that the processor makes by itself: an accessed or a dirty bit."""

    address: int
    size: int
    before: int
    after: int


@dataclass(frozen=True)
class Walk:
    """How a linear address was translated: the entries, then ``physical`` or ``fault``; neither with 5 levels.

    ``page_size`` is 0 unless a page was found. ``problem`` is what is odd about the tables, whatever came of it.
    ``updates`` is what the walk itself writes.
    """

    address: int
    paging: Paging
    access: Access
    steps: tuple[WalkStep, ...] = ()
    physical: int | None = None
    page_size: int = 0
    fault: Fault | None = None
    problem: str | None = None
    updates: tuple[Update, ...] = ()

    @property
    def is_user(self) -> bool:
        """Whether every entry lets user code in."""
        return all(entry.value & USER for entry in _with_rights(self.steps))

    @property
    def is_writable(self) -> bool:
        """Whether every entry allows writes."""
        return all(entry.value & WRITABLE for entry in _with_rights(self.steps))

    @property
    def is_executable(self) -> bool:
        """Whether no entry forbids to execute."""
        return not any(entry.value & NO_EXECUTE for entry in _with_rights(self.steps)) or not self.paging.has_no_execute


def walk(paging: Paging, address: int, read: Read, access: Access = KERNEL_READ) -> Walk:
    """Translate a linear address; never raises, whatever the tables hold."""
    if paging.mode == LEVELS_5:
        return Walk(address, paging, access, problem="5-level paging (CR4.LA57) is not modelled")
    if paging.mode != LEVELS_4:
        address &= 0xFFFFFFFF
    elif address >> 47 not in (0, 0x1FFFF):
        fault = Fault(GENERAL_PROTECTION, 0, f"{address:#x} is not canonical: bits 63 to 47 differ")
        return Walk(address, paging, access, fault=fault)
    if paging.mode == NO_PAGING:
        return Walk(address, paging, access, physical=address)
    steps = tuple(_steps(paging, address, read))
    return _judged(paging, address, access, steps)


def _steps(paging: Paging, address: int, read: Read) -> Iterator[WalkStep]:
    table = paging.root
    for level in paging.levels:
        number = level.entry_number(address)
        place = table + number * level.size
        data = read(place, level.size)
        entry = decode_entry(int.from_bytes(data, "little"), level, paging)
        yield WalkStep(table, number, place, entry, len(data) == level.size)
        if not entry.is_present or entry.reserved or entry.is_page:
            return
        table = entry.address


def _judged(paging: Paging, address: int, access: Access, steps: tuple[WalkStep, ...]) -> Walk:
    last = steps[-1].entry
    problem = paging.problem or next(_oddities(paging, steps), None)
    reason, bits = _refusal(paging, access, steps)
    if reason:
        fault = Fault(PAGE_FAULT, bits | _who(paging, access), reason)
        updates = tuple(_updates(_passed(steps), KERNEL_READ))
        return Walk(address, paging, access, steps, fault=fault, problem=problem, updates=updates)
    size = 1 << last.level.shift
    physical = last.address | address & size - 1
    updates = tuple(_updates(steps, access))
    return Walk(address, paging, access, steps, physical, size, problem=problem, updates=updates)


def _refusal(paging: Paging, access: Access, steps: tuple[WalkStep, ...]) -> tuple[str, int]:
    """Return why a walk faults, and the bits of the error code that say so; an empty reason where it does not."""
    last = steps[-1].entry
    if not last.is_present:
        return f"the {last.level.entry} is not present (P is clear)", 0
    if last.reserved:
        return f"the {last.level.entry} has reserved bits set: {last.reserved:#x}", ERROR_BITS["P"] | ERROR_BITS["RSVD"]
    reason = _missing_right(paging, access, _with_rights(steps))
    return reason, ERROR_BITS["P"] if reason else 0


def _missing_right(paging: Paging, access: Access, entries: list[PageEntry]) -> str:
    supervisor = _first(entries, USER, 0)
    if access.is_user and supervisor:
        return f"user code has no access: U/S is clear in the {supervisor}"
    if access.kind == "fetch":
        return _no_execution(paging, access, entries, is_user_page=not supervisor)
    if paging.smap and not access.is_user and not supervisor and not access.has_ac:
        return "the kernel has no access to a user page: CR4.SMAP is set and RFLAGS.AC is clear"
    read_only = _first(entries, WRITABLE, 0)
    if access.kind == "write" and read_only and (access.is_user or paging.kernel_respects_read_only):
        who = "user code" if access.is_user else "the kernel, as CR0.WP is set,"
        return f"{who} cannot write: R/W is clear in the {read_only}"
    return ""


def _no_execution(paging: Paging, access: Access, entries: list[PageEntry], is_user_page: bool) -> str:
    barred = _first(entries, NO_EXECUTE, NO_EXECUTE)
    if barred and paging.has_no_execute:
        return f"the page is not executable: NX is set in the {barred}"
    if paging.smep and not access.is_user and is_user_page:
        return "the kernel executes no user page: CR4.SMEP is set"
    return ""


def _first(entries: list[PageEntry], mask: int, wanted: int) -> str | None:
    return next((entry.level.entry for entry in entries if entry.value & mask == wanted), None)


def _with_rights(steps: tuple[WalkStep, ...]) -> list[PageEntry]:
    return [step.entry for step in steps if step.entry.has_rights]


def _who(paging: Paging, access: Access) -> int:
    code = ERROR_BITS["W"] if access.kind == "write" else 0
    code |= ERROR_BITS["U"] if access.is_user else 0
    says_fetch = access.kind == "fetch" and (paging.has_no_execute or paging.smep)
    return code | (ERROR_BITS["I"] if says_fetch else 0)


def _passed(steps: tuple[WalkStep, ...]) -> tuple[WalkStep, ...]:
    """Return the entries marked as accessed by a walk that faults: the engine marks one for 1 GiB before it looks."""
    last = steps[-1].entry
    is_early = (
        last.is_page and last.level.entry == "PDPTE" and last.is_present and not last.reserved >> last.level.shift
    )
    return steps if is_early else steps[:-1]


def _updates(steps: tuple[WalkStep, ...], access: Access) -> Iterator[Update]:
    for step in steps:
        entry = step.entry
        if entry.has_rights:
            after = entry.value | ACCESSED | (DIRTY if entry.is_page and access.kind == "write" else 0)
            if after != entry.value:
                yield Update(step.address, entry.level.size, entry.value, after)


def _oddities(paging: Paging, steps: tuple[WalkStep, ...]) -> Iterator[str]:
    for step in steps:
        if not step.is_in_memory:
            yield f"the {step.entry.level.structure} lies outside memory: there is none at {step.address:#x}"
        if not step.entry.has_rights and step.entry.is_present and step.entry.value & 0x1E6:
            bits = f"{step.entry.value & 0x1E6:#x}"
            yield f"the PDPTE has reserved bits set ({bits}): a processor refuses to load CR3, with #GP"
        if step.entry.value & LARGE and step.entry.level.shift == 22 and not paging.has_large_pages:
            yield "the PDE has PS set, but CR4.PSE is clear: it counts as a page table's"
