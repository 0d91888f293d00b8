"""Say which bits the processor set by itself in a page table, in which entry, and for which address.

    sets A and D in the PTE at 0x5004, for 0x401000

A (accessed) is set when an entry is first used, D (dirty) in the entry of a page when it is first written to.

Source: Intel SDM volume 3, section 4.8.
"""

from __future__ import annotations

from collections.abc import Iterator

from allocator.errors import AllocatorError
from allocator.machine.page_entries import ACCESSED, DIRTY
from allocator.trace.step import Access, Step

_BITS = {"A": ACCESSED, "D": DIRTY}


def bits_set(step: Step, access: Access) -> str:
    """Return in words what a write of the page walk set."""
    before, after = (int.from_bytes(value, "little") for value in (access.before, access.after))
    names = [name for name, bit in _BITS.items() if (after & ~before) & bit]
    entry = _entry(step, access.physical)
    kind, address = entry or ("page-table entry", None)
    said = f"sets {' and '.join(names) or 'nothing new'} in the {kind} at {access.physical:#x}"
    return said if address is None else f"{said}, for {address:#x}"


def _entry(step: Step, physical: int) -> tuple[str, int] | None:
    """Return what the entry at a physical address is called, and which of the step's addresses led through it."""
    for address in _addresses(step):
        try:
            walk = step.trace.translate(address, step.index).walk
        except AllocatorError:  # a saved trace may not tell what the tables held
            return None
        for each in walk.steps if walk else ():
            if each.address == physical:
                return each.entry.level.entry, address
    return None


def _addresses(step: Step) -> Iterator[int]:
    """Yield the linear addresses that the step used: what it accessed, then where it lies."""
    for access in step.accesses:
        if access.by != "mmu":
            yield access.address
            yield access.address + access.size - 1
    yield step.address
    yield step.address + len(step.code) - 1
