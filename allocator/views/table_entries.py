"""Say which bits the processor set by itself in a page table, in which entry, and for which address.

    sets accessed, dirty in the PTE at 0x5004, for 0x401000

Which level an entry belongs to is found by walking the tables for the addresses that the step used, as they were then.

Source: Intel SDM volume 3, section 4.8.
"""

from __future__ import annotations

from collections.abc import Iterator

from allocator.errors import AllocatorError
from allocator.trace.step import Access, Step
from allocator.views.effects import bits_set


def entry_text(step: Step, access: Access) -> str:
    """Return in words what a write of the page walk, for `step`, set."""
    kind, address = _entry(step, access.physical) or ("entry", None)
    said = f"sets {bits_set(access)} in the {kind} at {access.physical:#x}"
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
