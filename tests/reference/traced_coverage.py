"""Coverage of a trace, step by step: the slow twin of ``allocator/checks/coverage_recorder.py``."""

from __future__ import annotations

from allocator.checks.coverage import Slot, coverage_of, entries_of, page_map_of, slots_of
from allocator.coverage import OTHER_STATE, Coverage, Reach
from allocator.trace.trace import Trace


def trace_coverage(trace: Trace) -> Coverage:
    """Return what the steps of a trace reached."""
    image, slots = trace.image, slots_of(trace.image)
    page_map = page_map_of(image)
    entries = entries_of(image)
    known = {slot.address: slot for slot in slots}
    reaches = dict.fromkeys(known, Reach())
    state, steps = 0, len(trace)
    for index, step in enumerate(trace):
        state = 0 if step.address in entries else state
        read = [access.after for access in step.accesses if access.kind == "read" and access.address in page_map]
        state = _mask(b"".join(read)) if read else state
        slot = known.get(step.address)
        if slot:
            way = (0, 0)
            if slot.is_branch and index + 1 < steps:
                way = _way(slot, trace[index + 1].address)
            reaches[step.address] = reaches[step.address].plus(Reach(1, *way, state))
    return coverage_of(image, ((slot, reaches[slot.address]) for slot in slots))


def _way(slot: Slot, following: int) -> tuple[int, int]:
    return int(following == slot.decoded.target), int(following == slot.address + slot.decoded.size)


def _mask(states: bytes) -> int:
    mask = 0
    for state in states:
        mask |= 1 << min(state, OTHER_STATE)
    return mask
