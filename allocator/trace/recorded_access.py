"""Hold one access to memory while its step is being recorded, and make the rows of it that the columns hold.

Most accesses are the program's. The rest is what the machine itself does for the step under way:

    interrupt   the gate that is read, the frame that is pushed
    firmware    what a service of the BIOS reads and stores for its caller
    mmu         the accessed and dirty bits that a page walk sets

These come before or behind those of the instruction, as they happened. Neighbours that go on where the one before
ends are one access, so that a service that copies a sector byte by byte makes one.
"""

from __future__ import annotations

from typing import NamedTuple

from allocator.errors import InternalError
from allocator.trace.schema import LONG, MAKERS, READ, WRITE, LongValue

MOST_IN_A_STEP = 200
"""More would not fit into the column that counts the accesses of a step, with those of the instruction."""


class RecordedAccess(NamedTuple):
    """One access: its `maker` is an index into `MAKERS`, its `kind` one into `ACCESS_KINDS`."""

    maker: int
    kind: int
    address: int
    physical: int
    before: bytes
    after: bytes

    @classmethod
    def of(  # noqa: PLR0917 -- as `Watcher.hear_of_access`
        cls, by: str, kind: str, address: int, physical: int, before: bytes, after: bytes
    ) -> RecordedAccess:
        """Make one of the names that a machine uses."""
        is_write = kind == "write"
        return cls(MAKERS.index(by), WRITE if is_write else READ, address, physical, before, after)

    def joined(self, following: RecordedAccess) -> RecordedAccess | None:
        """Return both as one, where `following` goes on where this one ends."""
        size = len(self.after)
        end = (self.maker, self.kind, self.address + size, self.physical + size)
        if end != following[:4]:
            return None
        before = self.before + following.before
        after = self.after + following.after if self.kind == WRITE else before
        return self._replace(before=before, after=after)

    def row(self, long: list[LongValue]) -> tuple[int, int, int, int, int]:
        """Return its kind, size, address, value before and after, as the columns hold them; `long` may grow."""
        size = len(self.after)
        if size <= 8:
            return self.kind, size, self.address, _number(self.before), _number(self.after)
        long.append(LongValue(self.before, self.after))
        return self.kind, LONG, self.address, len(long) - 1, len(long) - 1


class OwnAccesses(NamedTuple):
    """What the machine itself did for one step, before and after what the instruction did to memory."""

    earlier: list[RecordedAccess]
    later: list[RecordedAccess]

    def add(self, new: RecordedAccess, is_later: bool) -> None:
        """Take down one more; the instruction has made accesses already where it `is_later`."""
        accesses = self.later if is_later else self.earlier
        both = accesses[-1].joined(new) if accesses else None
        if both:
            accesses[-1] = both
            return
        if len(self.earlier) + len(self.later) >= MOST_IN_A_STEP:
            raise InternalError(f"the machine made more than {MOST_IN_A_STEP} accesses for one step")
        accesses.append(new)


def _number(value: bytes) -> int:
    return int.from_bytes(value, "little")
