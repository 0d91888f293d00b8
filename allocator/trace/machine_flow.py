"""Say how values flow through a step in which the machine itself did something: delivered an interrupt, served a call.

    int 21h, or a fault    frame <- flags, cs, ss, rsp      cs <- vector      rsp <- rsp
    a fault besides        cr2 <- what was accessed
    page walk              entry <- the entry, the address that is accessed
    service at IRET        registers, memory <- the firmware, from outside of the program
                           flags <- the firmware, the frame      rsp <- rsp

What an instruction did not come to do, because it faulted, is no flow of that step; that it faulted was decided by
what it read.

A service left alone what no call of its vector changed in the run, AX apart, in which most of them answer.

Not modelled: which of its registers a service looked at. Its answers come from outside, whatever it was asked. An
answer that the register held already, before every call, counts as left alone.
"""

from __future__ import annotations

from allocator.instructions.disassembly import decode
from allocator.machine.bios_rom import START, entry_of, trapped_vectors
from allocator.trace.flow import Flow, Rule
from allocator.trace.flow_parts import union
from allocator.trace.locations import ALL_FLAGS, ALL_GENERAL, read_mask, written_mask
from allocator.trace.schema import MAKERS, MMU, Place

FIRMWARE, INTERRUPT = MAKERS.index("firmware"), MAKERS.index("interrupt")
_SERVICE = "firmware"
_ENTRY_SIZE = 2
_IRET = b"\xcf"
_STACK = written_mask("rsp")
_SELECTORS = read_mask("cs") | read_mask("ss")


def flow_with_machine(flow: Flow, place: Place, makers: frozenset[int]) -> Flow:
    """Return the flow of a step at `place`, whose own flow is `flow`, in which these of `MAKERS` took part."""
    if FIRMWARE in makers:
        return _served(place)
    walked = (Rule(0, flow.addresses, walks=True),) if MMU in makers else ()
    if INTERRUPT in makers:
        flow = _delivered(0 if _is_asked_for(place) else flow.inputs)
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
    name = _SERVICE if vector is None else f"{_SERVICE}: INT {vector:02X}h service"
    rules = (
        Rule(ALL_GENERAL & ~_STACK, 0, writes_memory=True),
        Rule(ALL_FLAGS | read_mask("cs"), 0, reads_memory=True),
        Rule(_STACK, _STACK),
    )
    return Flow(rules, decides_by_memory=True, is_decision=True, outside=name)


def answering(flow: Flow, changed: int) -> Flow:
    """Return the flow of a service, all of whose calls together changed these locations."""
    answer, *rest = flow.rules
    answer = answer._replace(outputs=answer.outputs & (changed | read_mask("ax")))
    return flow._replace(rules=(answer, *rest))


def is_of_service(flow: Flow) -> bool:
    """Tell whether a flow is that of a service."""
    return (flow.outside or "").startswith(_SERVICE)


def _is_asked_for(place: Place) -> bool:
    """Tell whether the instruction itself asks for an interrupt, whatever registers hold."""
    return decode(place.code, place.bits, place.address).name in ("int", "int1", "int3")


def _delivered(inputs: int) -> Flow:
    """Return the flow of a delivery that was decided by `inputs`: what the instruction that faulted had read."""
    frame = ALL_FLAGS | _STACK | _SELECTORS
    rules = (
        Rule(0, frame, writes_memory=True),
        Rule(_SELECTORS, read_mask("cs"), reads_memory=True),
        Rule(_STACK, _STACK),
        Rule(union(map(read_mask, ("if", "tf", "nt", "rf"))), 0),
        *([Rule(read_mask("cr2"), inputs)] if inputs else []),
    )
    return Flow(
        rules,
        decides=inputs,
        decides_by_memory=True,
        is_decision=True,
        addresses=_STACK,
        bases=_STACK | _SELECTORS,
    )
