"""Hear of what a machine executes, and decide in which slices its run proceeds.

What runs by itself in native code is attached by `Watchable.watching_natively`; a watcher is told around it.

    begin                    the registers are set
      begin_slice            for as many units as there are at most; a unit is an instruction, or a round of REP
        hear_of_block, hear_of_break, hear_of_access
      end_slice
    ...

A watcher that overrides nothing hears of nothing and lets the engine count.
"""

from __future__ import annotations


class Watcher:
    """Whoever hears of a run; there is at most one."""

    slice_units = 2_000_000
    """Units in a slice."""
    restarts_blocks = False
    """Whether memory is to be backed between two slices only, because it counts blocks.

    Memory that is backed while the engine runs makes it run the rest of a block again, or not.
    """

    def begin(self, bits: int) -> None:
        """Hear that the registers are set and `bits`-bit code is about to run."""

    def begin_slice(self, units: int) -> int:
        """Prepare for at most `units`; return the count that the engine is to stop at, 0 for none."""
        return units

    def end_slice(self, units: int) -> int:
        """Take in what was heard; return how many of the `units` ran, 0 to end the run here."""
        return units

    def hear_of_block(self, address: int) -> None:
        """Hear that a block of code was translated, for the first time or because it changed."""

    def hear_of_break(self, address: int) -> None:
        """Hear that the block under way is left before the instruction at `address`, and another begins there."""

    def hear_of_access(  # noqa: PLR0917 -- one fact, told in one breath
        self, by: str, kind: str, address: int, physical: int, before: bytes, after: bytes
    ) -> None:
        """Hear what the machine itself did to memory for the instruction that was executed last.

        ``by`` is ``interrupt``, ``firmware`` or ``mmu``; ``kind`` is ``read`` or ``write``.
        """
