"""Answer questions about memory wrongly, as real firmware did: each function takes a service and returns another.

`bios_misbehaviours` names them, and says who did it. Where the service refuses, they add nothing.
"""

from __future__ import annotations

from allocator.machine.bios_call import Board, Guest, Service, linear, refuse
from allocator.machine.bios_memory import record_of
from allocator.machine.firmware_records import RECORD
from allocator.machine.run import Stop

GARBAGE = 0xDEAD_BEEF
_LAST_GOOD = 2
"""How many entries are told properly before 'SMAP' is lost."""
_STRIDE = 20
_FIELDS = ((0, 8), (8, 8), (16, 4))


def absent(_serve: Service) -> Service:
    """The function does not exist: CF = 1, AH = 86h."""

    def misbehaving(_board: Board, guest: Guest) -> None:
        refuse(guest)

    return misbehaving


def end_by_carry(serve: Service) -> Service:
    """The last entry leads on to one more call, which fails."""

    def misbehaving(board: Board, guest: Guest) -> Stop | None:
        following = guest.get("bx") + 1
        stop = serve(board, guest)
        if not guest.get("cf") and guest.get("ebx") == 0:
            guest.set("ebx", following)
        return stop

    return misbehaving


def lose_signature(serve: Service) -> Service:
    """From the third entry on (the last, where there are fewer) EAX is not 'SMAP'."""

    def misbehaving(board: Board, guest: Guest) -> Stop | None:
        index = guest.get("bx")
        stop = serve(board, guest)
        if not guest.get("cf") and (index >= _LAST_GOOD or guest.get("ebx") == 0):
            guest.set("eax", 0)
        return stop

    return misbehaving


def ignore_size(serve: Service) -> Service:
    """20 bytes are written whatever ECX says, and ECX stays."""

    def misbehaving(board: Board, guest: Guest) -> Stop | None:
        room = guest.get("ecx")
        guest.set("ecx", RECORD)
        stop = serve(board, guest)
        guest.set("ecx", room)
        return stop

    return misbehaving


def clobber_edx(serve: Service) -> Service:
    """EDX does not survive."""
    return _clobbering(serve, "edx")


def clobber_esi_ebp(serve: Service) -> Service:
    """ESI and EBP do not survive."""
    return _clobbering(serve, "esi", "ebp")


def write_changed_fields(serve: Service) -> Service:
    """Only those of base, length and type are written that differ from the entry before."""

    def misbehaving(board: Board, guest: Guest) -> Stop | None:
        index, place = guest.get("bx"), linear(guest, "es", guest.get("di"))
        before = guest.read(place, RECORD)
        stop = serve(board, guest)
        entries = board.firmware_map.entries
        if guest.get("cf") or not 0 < index < len(entries):  # beyond them EBX is opaque
            return stop
        current, previous = (record_of(entries[each], RECORD) for each in (index, index - 1))
        for start, size in _FIELDS:
            if current[start : start + size] == previous[start : start + size]:
                guest.write(place + start, before[start : start + size])
        return stop

    return misbehaving


def want_clear_high_word(serve: Service) -> Service:
    """Only EAX = 0000E820h is known, not any EAX with AX = E820h."""

    def misbehaving(board: Board, guest: Guest) -> Stop | None:
        if guest.get("eax") >> 16:
            refuse(guest)
            return None
        return serve(board, guest)

    return misbehaving


def lead_on_opaquely(serve: Service) -> Service:
    """EBX is no number of an entry, but an offset in a table."""

    def misbehaving(board: Board, guest: Guest) -> Stop | None:
        given = guest.get("ebx")
        if given % _STRIDE:
            refuse(guest)
            return None
        guest.set("ebx", given // _STRIDE)
        stop = serve(board, guest)
        guest.set("ebx", given if guest.get("cf") else guest.get("ebx") * _STRIDE & 0xFFFF_FFFF)
        return stop

    return misbehaving


def answer_in_cx_dx(serve: Service) -> Service:
    """The sizes are in CX and DX only, AX = BX = 0."""

    def misbehaving(board: Board, guest: Guest) -> Stop | None:
        stop = serve(board, guest)
        guest.set("ax", 0)
        guest.set("bx", 0)
        return stop

    return misbehaving


def answer_zero(_serve: Service) -> Service:
    """All sizes are zero, and CF says that it worked."""

    def misbehaving(_board: Board, guest: Guest) -> None:
        for name in ("ax", "bx", "cx", "dx", "cf"):
            guest.set(name, 0)

    return misbehaving


def keep_carry(serve: Service) -> Service:
    """CF is what it was before the call."""

    def misbehaving(board: Board, guest: Guest) -> Stop | None:
        carry = guest.get("cf")
        stop = serve(board, guest)
        guest.set("cf", carry)
        return stop

    return misbehaving


def _clobbering(serve: Service, *names: str) -> Service:
    def misbehaving(board: Board, guest: Guest) -> Stop | None:
        stop = serve(board, guest)
        if not guest.get("cf"):
            for name in names:
                guest.set(name, GARBAGE)
        return stop

    return misbehaving
