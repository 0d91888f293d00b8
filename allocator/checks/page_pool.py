"""Drive an allocator of pages side by side with a model of it, and judge every operation.

    pool = PagePool(machine)
    block = pool.allocate(3)        what the model says must hold, or an AssertionError says what does not
    pool.release(block)

The model is a list of the states that pages should have. After every operation

    the address     is the start of a page, or 0 for failure; all pages of the block exist and were free
    the page map    is what the model says, page by page
    failure         is said only when so many free pages in a row are not to be had (from `first_page` on)
    the fit         is the one that was promised: ``highest``, ``lowest``, or ``any``
    the free count  is the model's
    the contents    of every block are what its owner put there

A message ends with all operations as a test to paste.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import NoReturn

from allocator.checks.declaration import BAREMETAL, Allocator
from allocator.errors import MachineError, UsageError
from allocator.machine.machine import Machine
from allocator.machine.run import RETURNED, Registers
from allocator.units import MIB

FITS = ("any", "highest", "lowest")
CALL_LIMIT = 4_000_000
_MARK = 0x5EED_0000_0000_0000
_LONGEST_TEXT = 4_000


@dataclass(frozen=True)
class Block:
    """`count` pages from `first` on, which the allocator handed out as the block called `name`."""

    name: str
    first: int
    count: int

    @property
    def pages(self) -> range:
        """The numbers of its pages."""
        return range(self.first, self.first + self.count)


class PagePool:
    """An allocator on a machine, and the model of what it should do."""

    def __init__(
        self, machine: Machine, allocator: Allocator = BAREMETAL, *, fit: str = "any", first_page: int = 0
    ) -> None:
        """``first_page`` is the lowest page that the allocator ever hands out.

        Raises UsageError for another fit than `FITS`, or an image without the allocator.
        """
        if fit not in FITS:
            raise UsageError(f"a fit is {', '.join(FITS)}, not '{fit}'")
        if allocator.allocate not in machine.image.labels:
            raise UsageError(
                f"the image has no routine '{allocator.allocate}'\nhint: declare it: Allocator(allocate=...)"
            )
        self.machine = machine
        self.allocator = allocator
        self.blocks: dict[str, Block] = {}
        """The blocks in use, by name."""
        self._fit = fit
        self._first_page = first_page
        self._size = machine.mem_amount * MIB // allocator.page_size
        self._states = bytearray(self._map())
        self._lines = self._opening()
        self._made = 0

    def allocate(self, count: int) -> Block | None:
        """Ask for `count` pages; None where the allocator rightly says that it has none."""
        name = _name(self._made)
        self._made += 1
        self._lines.append(f"{name} = pool.allocate({count})")
        registers = self._call(self.allocator.allocate, **{self.allocator.request: count})
        address = registers[self.allocator.address]
        best = self._best(count)
        if address == 0:
            if best is not None:
                self._fail(f"{_pages(count)} refused, though {_run(best, count)} free")
            self._compare()
            return None
        block = self._block(name, address, count)
        if self._fit != "any" and block.first != best:
            self._fail(
                f"{_run(block.first, count)} handed out, not the {self._fit} that fits: {_run(best or 0, count)} free"
            )
        self._states[block.first : block.first + count] = bytes([self.allocator.used]) * count
        self._compare()
        self.blocks[name] = block
        self._mark(block)
        return block

    def release(self, block: Block) -> None:
        """Give a block back."""
        declared = self.allocator
        if declared.release is None:
            raise UsageError("this allocator releases nothing")
        self._lines.append(f"pool.release({block.name})")
        self._check_contents()
        given = {declared.release_address: block.first * declared.page_size, declared.release_count: block.count}
        registers = self._call(declared.release, **given)
        if declared.released and registers[declared.released] != block.count:
            self._fail(f"{_pages(registers[declared.released])} said to be freed, not {block.count}")
        self._states[block.first : block.first + block.count] = bytes([declared.free]) * block.count
        del self.blocks[block.name]
        self._compare()

    def count_free(self) -> int:
        """Ask how many pages are free."""
        if self.allocator.count_free is None:
            raise UsageError("this allocator counts nothing")
        self._lines.append("pool.count_free()")
        found = self._call(self.allocator.count_free)[self.allocator.free_count]
        expected = self._states.count(self.allocator.free)
        if found != expected:
            self._fail(f"{_pages(found)} said to be free, not {expected}")
        self._compare()
        return found

    def as_test(self, name: str = "test_sequence") -> str:
        """Return all operations so far as a test for pytest."""
        body = "\n".join(f"    {line}" for line in self._lines)
        names = "Allocator, PagePool" if "Allocator(" in body else "PagePool"
        return f"from allocator.checks.page_pool import {names}\n\n\ndef {name}(sandbox):\n{body}\n"

    # -- judging --

    def _call(self, routine: str, **registers: int) -> Registers:
        run = self.machine.call(routine, limit=CALL_LIMIT, returns=None, **registers)
        if run.stop.kind != RETURNED:
            self._fail(f"{routine} does not return: {run.stop.message}")
        if run.registers["df"]:
            self._fail(f"{routine} returns with the direction flag set")
        return run.registers

    def _block(self, name: str, address: int, count: int) -> Block:
        size, declared = self.allocator.page_size, self.allocator
        if count == 0:
            self._fail(f"no pages are asked for, and address {address:#x} is handed out")
        if address % size:
            self._fail(f"address {address:#x} is not the start of a page")
        block = Block(name, address // size, count)
        if block.first + count > self._size:
            self._fail(f"{_run(block.first, count)} handed out, of {self._size} that there are")
        for page in block.pages:
            if self._states[page] != declared.free:
                owner = next((other.name for other in self.blocks.values() if page in other.pages), None)
                whose = f"belongs to {owner}" if owner else "is not free"
                self._fail(f"page {page} is handed out, and {whose}")
        return block

    def _best(self, count: int) -> int | None:
        """Return the first page of the row that should be handed out; any row where no fit was promised."""
        free = bytes([self.allocator.free]) * count
        if count == 0:
            return None
        states = bytes(self._states[: self._size])
        found = states.rfind(free) if self._fit == "highest" else states.find(free, self._first_page)
        return found if found >= self._first_page else None

    def _compare(self) -> None:
        found = self._map()
        if found == self._states:
            self._check_contents()
            return
        page = next(page for page, (old, new) in enumerate(zip(self._states, found, strict=True)) if old != new)
        names = {self.allocator.absent: "absent", self.allocator.free: "free", self.allocator.used: "used"}
        is_now, should_be = (names.get(state, str(state)) for state in (found[page], self._states[page]))
        self._fail(f"page {page} is {is_now} in the page map, and should be {should_be}")

    def _map(self) -> bytes:
        return self.machine.read(self.machine.symbols["os_MemoryMap"], len(self.machine.page_map))

    def _words(self, block: Block) -> list[tuple[int, bytes]]:
        """Return what the owner of a block puts at both ends of each of its pages."""
        size = self.allocator.page_size
        ends = [address for page in block.pages for address in (page * size, (page + 1) * size - 8)]
        return [(address, (_MARK | address).to_bytes(8, "little")) for address in ends]

    def _mark(self, block: Block) -> None:
        for address, word in self._words(block):
            try:
                self.machine.write(address, word)
            except MachineError:
                self._fail(
                    f"page {address // self.allocator.page_size} is handed out, and there is no memory at {address:#x}"
                )

    def _check_contents(self) -> None:
        for block in self.blocks.values():
            for address, word in self._words(block):
                if self.machine.read(address, 8) != word:
                    self._fail(f"what block {block.name} holds at {address:#x} was overwritten")

    def _fail(self, message: str) -> NoReturn:
        lines = [*self._lines[:-1], f"{self._lines[-1]}  # {message}"]
        self._lines = lines
        raise AssertionError(f"{message}\n\nThis test shows it:\n\n{self.as_test()}")

    # -- saying --

    def _opening(self) -> list[str]:
        machine = self.machine
        lines = [f"machine = sandbox({_source(machine)}, memory={machine.firmware_map.name!r})"]
        if machine.policy != "regions":
            lines[0] = f"{lines[0][:-1]}, policy={machine.policy!r})"
        if machine.mem_amount != machine.plan.mem_amount_mib:
            lines.append(f"machine.mem_amount = {machine.mem_amount}")
        if self._states != machine.plan.states.ljust(len(self._states), b"\0"):
            lines.append(f"machine.page_map.load(bytes({list(bytes(self._states).rstrip(bytes(1)))}))")
        options = "".join(
            [
                _declared(self.allocator),
                "" if self._fit == "any" else f", fit={self._fit!r}",
                "" if not self._first_page else f", first_page={self._first_page}",
            ]
        )
        return [*lines, f"pool = PagePool(machine{options})"]


def _declared(allocator: Allocator) -> str:
    own = [each.name for each in fields(allocator) if getattr(allocator, each.name) != each.default]
    if not own:
        return ""
    return f", Allocator({', '.join(f'{name}={getattr(allocator, name)!r}' for name in own)})"


def _source(machine: Machine) -> str:
    paths = [source.path for source in machine.image.sources]
    if all(paths) and paths:
        return ", ".join(repr(str(path)) for path in paths)
    text = "\n".join(source.text for source in machine.image.sources)
    return f"text={text!r}" if len(text) <= _LONGEST_TEXT else "text=..."


def _name(number: int) -> str:
    """Return a, b, ... z, a1, b1 ..."""
    return chr(ord("a") + number % 26) + (str(number // 26) if number >= 26 else "")


def _run(first: int, count: int) -> str:
    return f"page {first} is" if count == 1 else f"pages {first}-{first + count - 1} are"


def _pages(count: int) -> str:
    return "1 page is" if count == 1 else f"{count} pages are"
