"""Try an allocator on small machines: set a page map, call, and compare the page map before and after.

A bench has one machine for everything; only the page map and the amount of memory are set anew for each world.
What was called since then is kept, for the example of a finding.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import product
from typing import NamedTuple

import numpy as np

from allocator.checks.contract import RETURNS
from allocator.checks.declaration import Allocator
from allocator.findings import FAULT, LAW, LIMIT, Example, Finding
from allocator.machine.machine import Machine
from allocator.machine.run import LIMIT as NO_END
from allocator.machine.run import RETURNED, Run

CALL_LIMIT = 100_000
"""For an allocation or a release among a few pages: a thousand times what one needs."""
COUNT_LIMIT = 4_000_000
"""For counting the free pages of the largest map."""
MAX_ENDLESS = 50
"""Calls in a row without an end, after which the others are not waited for."""
WINDOW = 64
"""Pages from page 0 on that small worlds live in."""


class Outcome(NamedTuple):
    """One call: the run, the page map before and after it, and how it came to it.

    ``given`` are the registers by the names they were given by, ``amount`` is `os_MemAmount`, ``said`` all calls
    since the page map was set.
    """

    run: Run
    before: bytes
    after: bytes
    given: dict[str, int]
    amount: int
    said: tuple[str, ...]

    @property
    def returned(self) -> bool:
        """Whether the routine came back."""
        return self.run.stop.kind == RETURNED

    @property
    def changed(self) -> list[int]:
        """The pages whose state differs after the call."""
        before, after = (np.frombuffer(states, np.uint8) for states in (self.before, self.after))
        return [int(page) for page in np.flatnonzero(before != after)]


class Allocation(NamedTuple):
    """A request that came back: how many pages were asked for, on how many, and where they were given (0: failure)."""

    outcome: Outcome
    asked: int
    size: int
    address: int
    first: int

    @property
    def pages(self) -> range:
        """The pages handed out; none on failure."""
        return range(self.first, self.first + self.asked) if self.address else range(0)

    def states(self, when: bytes) -> list[int]:
        """Return the states of the pages handed out in one of the outcome's maps; absent beyond its end."""
        return [when[page] if page < len(when) else 0 for page in self.pages]


class Bench:
    """A machine with an allocator on it."""

    def __init__(self, machine: Machine, allocator: Allocator) -> None:
        self.machine = machine
        self.allocator = allocator
        self.map = machine.symbols["os_MemoryMap"]
        self.size = len(machine.page_map)
        self.calls = 0
        self._said: list[str] = []
        self._amount = 0
        self._filled = self.size
        self._outcomes: dict[int, tuple[Outcome, ...]] = {}

    def set(self, pages: Sequence[int], mem_amount: int | None = None) -> None:
        """Make the page map hold `pages` and nothing else, on a machine that has as many."""
        states = bytes(pages)
        self.machine.write(self.map, states.ljust(min(self.size, max(self._filled, len(states))), b"\0"))
        self._filled = len(states)
        self._amount = 2 * len(pages) if mem_amount is None else mem_amount
        self.machine.mem_amount = self._amount
        self._said.clear()

    def call(self, routine: str, **registers: int) -> Outcome:
        """Call `routine` and return what it did."""
        before = self.machine.read(self.map, self.size)
        limit = COUNT_LIMIT if routine == self.allocator.count_free else CALL_LIMIT
        run = self.machine.call(routine, limit=limit, returns=None, **registers)
        after = self.machine.read(self.map, self.size)
        self.calls += 1
        if after[self._filled :] != bytes(self.size - self._filled):  # to strip 131,072 zeros takes a millisecond
            self._filled = len(after.rstrip(b"\0"))
        self._said.append(_said(routine, registers, run))
        return Outcome(run, before, after, registers, self._amount, tuple(self._said))

    def allocate(self, count: int, **registers: int) -> Allocation | None:
        """Ask for `count` pages; None where the routine did not come back."""
        outcome = self.call(self.allocator.allocate, **{self.allocator.request: count}, **registers)
        return self._allocation(outcome) if outcome.returned else None

    def _allocation(self, outcome: Outcome) -> Allocation:
        address = outcome.run.registers[self.allocator.address]
        asked = outcome.given[self.allocator.request]
        return Allocation(outcome, asked, outcome.amount // 2, address, address // self.allocator.page_size)

    def release(self, address: int, count: int, **registers: int) -> Outcome | None:
        """Release `count` pages at `address`; None where there is no such routine."""
        if self.allocator.release not in self.allocator.routines(self.machine.image):
            return None
        given = {self.allocator.release_address: address, self.allocator.release_count: count}
        return self.call(str(self.allocator.release), **given, **registers)

    def say(self, what: str) -> None:
        """Add to the calls of an example something that was done in another way."""
        self._said.append(what)

    def finding(self, outcome: Outcome, rule: str, message: str, kind: str = LAW) -> Finding:
        """Return what a call showed, with the state before it as the example."""
        pages = outcome.before[: max(outcome.amount // 2, len(outcome.before.rstrip(b"\0")))]
        shown = tuple(pages) if len(pages) <= WINDOW else ()
        example = Example(shown, outcome.given, outcome.amount, outcome.said)
        return Finding(kind, outcome.run.routine, rule, message, 0, example)

    def fault(self, outcome: Outcome) -> Finding:
        """Return the finding that a routine did not come back."""
        stop = outcome.run.stop
        line = outcome.run.image.line_at(stop.address)
        kind = LIMIT if stop.kind == NO_END else FAULT
        found = self.finding(outcome, RETURNS, stop.message, kind)
        return replace(found, line=line.line if line else 0)

    # -- worlds --

    def worlds(self, largest: int, states: Sequence[int] | None = None) -> Iterator[tuple[int, ...]]:
        """Yield every page map of 0 to `largest` pages, smallest first."""
        declared = self.allocator
        for size in range(largest + 1):
            yield from product(states or (declared.free, declared.used, declared.absent), repeat=size)

    def requests(self, largest: int) -> tuple[Outcome, ...]:
        """Return the outcome of every request, none to one too many, on every page map of 0 to `largest` pages.

        They are called once; every law looks at the same outcomes.
        """
        if largest not in self._outcomes:
            self._outcomes[largest] = tuple(self._each_request(largest))
        return self._outcomes[largest]

    def _each_request(self, largest: int) -> Iterator[Outcome]:
        endless = 0
        for pages in self.worlds(largest):
            for count in range(len(pages) + 2):
                self.set(pages)
                outcome = self.call(self.allocator.allocate, **{self.allocator.request: count})
                yield outcome
                endless = endless + 1 if outcome.run.stop.kind == NO_END else 0
                if endless == MAX_ENDLESS:
                    return

    def allocations(self, largest: int) -> Iterator[Allocation]:
        """Yield those that came back."""
        for outcome in self.requests(largest):
            if outcome.returned:
                yield self._allocation(outcome)

    def made_again(self, largest: int) -> Iterator[Allocation]:
        """Yield the successful ones, each made again, so that the machine is in the state after it."""
        for known in self.allocations(largest):
            if known.address:
                self.set(known.outcome.before[: known.size])
                allocation = self.allocate(known.asked)
                if allocation:
                    yield allocation


def _said(routine: str, registers: dict[str, int], run: Run) -> str:
    called = " ".join((routine, *(f"{name}={value:#x}" for name, value in registers.items())))
    how = "" if run.stop.kind == RETURNED else f" ({run.stop.kind})"
    return f"{called} -> rax={run.registers.rax:#x} rcx={run.registers.rcx:#x}{how}"
