"""Say how values flow through a step in which the machine itself did something: delivered an interrupt, served a call.

    int 21h, or a fault    frame <- flags, cs, ss, rsp      cs <- vector      rsp <- rsp      cr2 <- what was accessed
    page walk              entry <- the entry, the address that is accessed
    service at IRET        registers, memory <- the firmware, from outside of the program
                           flags <- the firmware, the frame      rsp <- rsp

What an instruction did not come to do, because it faulted, is no flow of that step; that it faulted was decided by
what it read.

Not modelled: which of its registers a service looked at. Its answers come from outside, whatever it was asked.
"""

from __future__ import annotations

from allocator.machine.bios_rom import START, entry_of, trapped_vectors
from allocator.trace.flow import Flow, Rule
from allocator.trace.flow_parts import union
from allocator.trace.locations import ALL_FLAGS, ALL_GENERAL, read_mask, written_mask
from allocator.trace.schema import MAKERS, MMU, Place

FIRMWARE, INTERRUPT = MAKERS.index("firmware"), MAKERS.index("interrupt")
_ENTRY_SIZE = 2
_IRET = b"\xcf"
_STACK = written_mask("rsp")
_SELECTORS = read_mask("cs") | read_mask("ss")


def flow_with_machine(flow: Flow, place: Place, makers: frozenset[int]) -> Flow:
    """Return the flow of a step at `place`, whose own flow is `flow`, in which these of `MAKERS` took part."""
    if FIRMWARE in makers:
        return _served(place)
    walked = (Rule(0, flow.addresses, walks=True),) if MMU in makers else ()
    flow = _delivered(flow) if INTERRUPT in makers else flow
    return flow._replace(rules=(*flow.rules, *walked))


def is_service(place: Place) -> bool:
    """Tell whether a service of the firmware is performed at `place`: at the IRET of an entry in ROM."""
    return place.code == _IRET and vector_served_at(place.address) is not None


def vector_served_at(address: int) -> int | None:
    """Return the vector whose service is entered at a linear address, or None."""
    offset = address - START
    return next((v for v in trapped_vectors() if entry_of(v) <= offset < entry_of(v) + _ENTRY_SIZE), None)


def _served(place: Place) -> Flow:
    vector = vector_served_at(place.address)
    name = "firmware" if vector is None else f"firmware: INT {vector:02X}h service"
    rules = (
        Rule(ALL_GENERAL & ~_STACK, 0, writes_memory=True),
        Rule(ALL_FLAGS | read_mask("cs"), 0, reads_memory=True),
        Rule(_STACK, _STACK),
    )
    return Flow(rules, decides_by_memory=True, is_decision=True, outside=name)


def _delivered(flow: Flow) -> Flow:
    frame = ALL_FLAGS | _STACK | _SELECTORS
    rules = (
        Rule(0, frame, writes_memory=True),
        Rule(_SELECTORS, read_mask("cs"), reads_memory=True),
        Rule(_STACK, _STACK),
        Rule(union(map(read_mask, ("if", "tf", "nt", "rf"))), 0),
        Rule(read_mask("cr2"), flow.inputs),
    )
    return Flow(
        rules,
        decides=flow.inputs,
        decides_by_memory=True,
        is_decision=True,
        addresses=_STACK,
        bases=_STACK | _SELECTORS,
    )
