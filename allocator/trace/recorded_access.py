"""Hold one access to memory while its step is being recorded, and make the row of it that the columns hold."""

from __future__ import annotations

from typing import NamedTuple

from allocator.errors import TraceError
from allocator.trace.schema import LONG, MAKERS, MOST_ACCESSES, READ, WRITE, LongValue


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


def checked_count(count: int) -> int:
    """Return how many accesses a step made, where a column can hold that; raises TraceError."""
    if count > MOST_ACCESSES:
        raise TraceError(f"one step touched {count:,} separate places; at most {MOST_ACCESSES:,} are recorded")
    return count


def _number(value: bytes) -> int:
    return int.from_bytes(value, "little")
