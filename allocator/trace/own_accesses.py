"""Hold what the machine itself does to memory for the step under way, while that is being recorded.

    interrupt   the gate that is read, the frame that is pushed
    firmware    what a service of the BIOS reads and stores for its caller
    mmu         the accessed and dirty bits that a page walk sets

These come before or behind the accesses of the instruction, as they happened. Neighbours that go on where the one
before ends are one access, so that a service that copies a sector byte by byte makes one. Where a step still has very
many (a string of line feeds scrolls the screen again and again), they are folded.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from allocator.trace.folding import folded
from allocator.trace.recorded_access import RecordedAccess

MOST_UNFOLDED = 200


@dataclass
class OwnAccesses:
    """What the machine itself did for one step, before and after what the instruction did to memory."""

    earlier: list[RecordedAccess] = field(default_factory=list)
    later: list[RecordedAccess] = field(default_factory=list)
    _room: int = MOST_UNFOLDED

    def __bool__(self) -> bool:
        return bool(self.earlier or self.later)

    def add(self, new: RecordedAccess, is_later: bool) -> None:
        """Take down one more; the instruction has made accesses already where it `is_later`."""
        accesses = self.later if is_later else self.earlier
        both = accesses[-1].joined(new) if accesses else None
        if both:
            accesses[-1] = both
            return
        accesses.append(new)
        if len(accesses) > self._room:
            accesses[:] = folded(accesses)
            self._room = 2 * len(accesses) + MOST_UNFOLDED
