"""Hold what one call of a routine did: how it was started, how it ended, what it left.

A `Run` is frozen. What it costs to know (how many steps, which pages changed, the last steps before a
fault) is computed when it is asked for, by running the call again from the state before it.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from allocator.errors import GuestFault
from allocator.registers import FULL, REGISTERS

if TYPE_CHECKING:
    from allocator.assembly.image import Image
    from allocator.machine.changes import Area
    from allocator.machine.entry import Entry
    from allocator.machine.machine import Machine
    from allocator.machine.processor_state import ProcessorState
    from allocator.machine.replay import CallEntry, Moment

RETURNED, HALTED, EXITED = "returned", "halted", "exited"
MEMORY_FAULT, FENCE, CPU_FAULT, TRIPLE_FAULT = "memory_fault", "fence", "cpu_fault", "triple_fault"
UNSUPPORTED, UNKNOWN_SERVICE = "unsupported_instruction", "unknown_service"
LIMIT, INTERRUPTED = "limit", "interrupted"
STOP_KINDS = (
    RETURNED, HALTED, EXITED, MEMORY_FAULT, FENCE, CPU_FAULT, TRIPLE_FAULT, UNSUPPORTED, UNKNOWN_SERVICE, LIMIT,
    INTERRUPTED,
)  # fmt: skip
"""Every way in which a run can end; all but the first three are faults."""

_FORMAT = struct.Struct(f"<{len(FULL)}Q")
_POSITIONS = {name: index for index, name in enumerate(FULL)}


class Registers(Mapping[str, int]):
    """All registers at one moment, by any architectural name: ``registers.rax``, ``registers["zf"]``.

    Iterating yields the full registers only.
    """

    __slots__ = ("_packed", "_values")

    def __init__(self, packed: bytes) -> None:
        """Take the words of `FULL`, as `Cpu.registers` packs them."""
        self._packed = packed
        self._values: tuple[int, ...] | None = None

    def __getitem__(self, name: str) -> int:
        view = REGISTERS.get(name)
        if view is None:
            raise KeyError(name)
        if self._values is None:
            self._values = _FORMAT.unpack(self._packed)
        return view.of(self._values[_POSITIONS[view.full]])

    def __getattr__(self, name: str) -> int:
        try:
            return self[name]
        except KeyError:
            raise AttributeError(f"no register is called '{name}'") from None

    def __iter__(self) -> Iterator[str]:
        return iter(FULL)

    def __len__(self) -> int:
        return len(FULL)

    def __eq__(self, other: object) -> bool:
        return self._packed == other._packed if isinstance(other, Registers) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._packed)

    def _repr_html_(self) -> str:
        from allocator.views.html import registers_html

        return registers_html(self)

    def __repr__(self) -> str:
        return f"<Registers rip={self.rip:#x} rax={self.rax:#x} rcx={self.rcx:#x} rsp={self.rsp:#x}>"


class MemoryAccess(NamedTuple):
    """One access to memory that a stop is about: `kind` is ``read``, ``write`` or ``fetch``."""

    kind: str
    address: int
    size: int


@dataclass(frozen=True)
class Stop:
    """Why a run ended: `kind` is one of `STOP_KINDS`, `message` one sentence."""

    kind: str
    message: str
    _find_address: Callable[[], int] = field(repr=False, compare=False)
    access: MemoryAccess | None = None
    vector: int | None = None
    error_code: int | None = None

    @cached_property
    def address(self) -> int:
        """The linear address of the instruction at which the run ended: the RET of a routine that returned."""
        return self._find_address()

    @property
    def is_fault(self) -> bool:
        """Whether the program did not intend this ending."""
        return self.kind not in (RETURNED, HALTED, EXITED)


class PageChange(NamedTuple):
    """What happened to one page of the page map: its state byte before and after."""

    before: int
    after: int


class Change(NamedTuple):
    """`before` became `after` at `address`; both have the same length."""

    address: int
    before: bytes
    after: bytes


class Run:
    """One finished call.

    ``run.rax`` and any other register name mean the value after the call; ``run.before`` has those at its start.
    """

    __slots__ = ("__dict__", "_after", "_entry", "_given", "_moment", "_stop", "image")

    def __init__(  # noqa: PLR0917 -- called a hundred thousand times a second; keywords cost
        self, image: Image, entry: Entry, given: Mapping[str, int], after: bytes, stop: Stop | None, moment: Moment
    ) -> None:
        """Made by `Machine.call`; ``stop`` is None for a routine that returned, `moment` leads back to before it."""
        self.image = image
        self._entry = entry
        self._given = given
        self._after = after
        self._stop = stop
        self._moment = moment

    @property
    def routine(self) -> str:
        """The routine that was called, by its label."""
        return self._entry.name

    @property
    def prepared(self) -> Entry:
        """The call as it was prepared."""
        return self._entry

    @property
    def entry(self) -> int:
        """The linear address that was called."""
        return self._entry.address

    @property
    def given(self) -> Mapping[str, int]:
        """The full registers that the call was given; the others were filled."""
        return self._given

    @cached_property
    def stop(self) -> Stop:
        """Why the run ended."""
        return self._stop or Stop(RETURNED, f"{self.routine} returned to its caller", self._moment.last_step)

    @cached_property
    def registers(self) -> Registers:
        """The registers after the call."""
        return Registers(self._after)

    @cached_property
    def before(self) -> Registers:
        """The registers as the routine found them at its first instruction."""
        return Registers(self._entry.registers_before(self._given))

    def __getattr__(self, name: str) -> int:
        if name in REGISTERS:
            return self.registers[name]
        raise AttributeError(f"a Run has no '{name}'")

    @cached_property
    def steps(self) -> int:
        """How many instructions ran; a repeated string instruction counts once."""
        return self._moment.steps

    def last_steps(self, count: int = 8) -> tuple[int, ...]:
        """Return the addresses of the last `count` instructions, oldest first."""
        return self._moment.last_steps(count)

    @cached_property
    def pages_changed(self) -> dict[int, PageChange]:
        """Page number to the state before and after, of the pages whose state the call changed."""
        return self._moment.pages_changed

    @cached_property
    def memory_changed(self) -> tuple[Change, ...]:
        """The runs of bytes that differ after the call, in order of address; the stack included."""
        return self._moment.memory_changed

    def memory_after(self, address: int, size: int) -> bytes:
        """Return memory as the call left it: as many of these bytes as exist from `address` on."""
        return self._moment.memory_after(address, size)

    def physical_after(self, address: int, size: int) -> bytes:
        """Return physical memory as the call left it: as many of these bytes as exist from `address` on."""
        return self._moment.physical_after(address, size)

    @property
    def state_after(self) -> ProcessorState:
        """The processor as the call left it: hidden parts of segments, table registers, the width of its code."""
        return self._moment.state_after

    def machine_before(self) -> Machine:
        """Return a new machine in the state before the call: to make it again, recorded."""
        return self._moment.machine_before()

    def repeating(self) -> AbstractContextManager[tuple[Machine, CallEntry]]:
        """Lend a machine in the state before the call, and the call, for whoever makes it again on it, once."""
        return self._moment.repeating()

    def know_steps(self, count: int, last: tuple[int, ...]) -> None:
        """Take the number of steps, and the addresses of the last ones, from a recorder that saw them."""
        self._moment.know_steps(count, last)

    def preserved(self, *names: str) -> bool:
        """Tell whether all these registers are after the call what they were before it."""
        return all(self.registers[name] == self.before[name] for name in names)

    def changed_only(self, *areas: Area) -> bool:
        """Tell whether no byte outside of `areas` differs after the call; `changes.py` says what names them."""
        from allocator.machine.changes import stray_changes

        return not stray_changes(self, areas)

    def result(self) -> Registers:
        """Return the registers after the call; raises GuestFault with the whole report if it ended in a fault."""
        __tracebackhide__ = True  # a test's failure is shown where the test asked
        if self.stop.is_fault:
            from allocator.views.report import fault_report  # a report is a view; loaded when there is one to show

            raise GuestFault(fault_report(self))
        return self.registers

    @property
    def where(self) -> str:
        """Where the run stopped: label and distance, or the address outside the image."""
        return str(self.image.locate(self.stop.address) or f"{self.stop.address:#x}")

    def _repr_html_(self) -> str:
        from allocator.views.html import run_html

        return run_html(self)

    def __repr__(self) -> str:
        return f"<Run of {self.routine}: {self.stop.kind} at {self.where}, rax={self.registers.rax:#x}>"
