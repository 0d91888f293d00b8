"""Look at the processor at each moment of a run that decides about modes, and ask the rules of the manual.

A trace tells registers and memory, and not what the processor keeps behind its segment registers. So the run is made
again, with nothing attached but a look before each instruction that matters, at full speed in between.

- In real mode that is what loads a table or a control register; in protected mode also what loads a segment register,
  leads far, or lets interrupts through; and the end.
- ``stale`` are the segment registers that were not loaded since CR0.PE was set.
"""

from __future__ import annotations

import ctypes
import re
import struct
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from allocator.checks.mode_rules import Rule, broken_rules
from allocator.checks.request import Request
from allocator.checks.run_end import (
    SOFTWARE,
    ended_in_device_handler,
    handled_steps,
    has_failed,
    last_fault,
    pushed_words,
)
from allocator.checks.settings import Settings
from allocator.checks.situation import Delivery, Situation
from allocator.checks.source_lines import is_of_program
from allocator.errors import AllocatorError
from allocator.instructions.anatomy import LONGEST_INSTRUCTION
from allocator.instructions.disassembly import decode
from allocator.machine.cpu import CODE
from allocator.machine.endings import writes_memory
from allocator.machine.exceptions import PAGE_FAULT
from allocator.machine.machine import Machine
from allocator.machine.paging import ERROR_BITS, Access
from allocator.machine.processor_state import ProcessorState
from allocator.machine.replay import CallEntry
from allocator.registers import FULL, SEGMENTS
from allocator.trace.broken_rule import Setting
from allocator.trace.schema import MAKERS, Place
from allocator.trace.trace import Trace
from allocator.units import FRAME_SIZE

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

_WORDS = struct.Struct(f"<{len(FULL)}Q")
_HOOK = ctypes.CFUNCTYPE(None, ctypes.c_void_p, ctypes.c_uint64, ctypes.c_uint32, ctypes.c_void_p)
_IN_REAL_MODE = re.compile(r"\b(lgdt|lidt|lmsw|wrmsr)\b|mov cr[034],")
_FAR_JUMP = re.compile(r"\bjmp (far )?[^\[]*:")
_OTHERWISE = re.compile(
    r"\b(lgdt|lidt|lldt|ltr|lmsw|wrmsr|sti|popf[dq]?|retfq?|iret[wdq]?|l[defgs]s)\b|mov cr[034],|(mov|pop) [defgs]s\b"
    r"|\b(jmp|call) (far |[^\[]*:)"
)
_IN_RINGS = re.compile(rf"{_OTHERWISE.pattern}|\b(in|out|ins[bwd]|outs[bwd])\b")
_MOST_ASKED = 32
"""Visits of a place at which the rules are asked; the processor is looked at at more."""
_MOST_VISITS = 100_000
"""A place that is reached more often is not looked at: a task switch in a long run."""
_MOST_LOOKS = 1024
"""Visits of a place at which the processor is looked at."""
_INTERRUPT = MAKERS.index("interrupt")
_CASCADE = 2


class Finding(NamedTuple):
    """A rule that is broken at a step, and what set the values."""

    step: int
    rule: Rule
    sentence: str
    settings: tuple[Setting, ...] = ()


class Look(NamedTuple):
    """The processor before a step; ``sets`` are the registers that the step loads."""

    step: int
    state: ProcessorState
    stale: frozenset[str]
    has_line_20: bool
    sets: frozenset[str]


@dataclass(frozen=True)
class Inspection:
    """What was seen: the looks in order, the last one at the end, and the rules that were broken then.

    ``handled`` are the steps whose interrupt or exception reached a handler. ``is_whole`` is False where some places
    were reached too often to be looked at each time.
    """

    looks: tuple[Look, ...]
    findings: tuple[Finding, ...]
    handled: frozenset[int]
    has_failed: bool
    is_whole: bool
    is_interrupted: bool = False
    in_service: int = 0
    """The lines whose interrupts the first controller has in service at the end."""
    awaited: tuple[int, ...] = ()
    """The numbers of the initialisation words that it still waits for."""
    last_code: bytes = b""
    """What lies at the end where the last instruction was."""

    def look_at(self, step: int) -> Look | None:
        """Return the look that tells what a step ran with: the first at it or behind it."""
        position = bisect_left(self._steps, step)
        return self.looks[min(position, len(self.looks) - 1)] if self.looks else None

    def setter(self, register: str, step: int) -> int | None:
        """Return the last step before `step` that loaded a register."""
        before = self.looks[: bisect_left(self._steps, step)]
        return next((look.step for look in reversed(before) if register in look.sets), None)

    @cached_property
    def _steps(self) -> list[int]:
        return [look.step for look in self.looks]


def inspect(trace: Trace) -> Inspection:
    """Make the run of `trace` again and look at it; without looks where nothing needs one, or it is not to be had."""
    handled = handled_steps(trace)
    fault = last_fault(trace, handled)
    is_bad = has_failed(trace) or fault is not None
    wanted = _wanted(trace, is_bad)
    if not wanted and not is_bad:
        return Inspection((), (), handled - {fault}, is_bad, True)
    try:
        with trace.run.repeating() as (twin, call):
            inspector = _Inspector(trace, twin, wanted, fault)
            inspector.run(call)
    except AllocatorError:  # it was read from a file
        return Inspection((), (), handled, is_bad, False)
    is_interrupted = inspector.is_interrupted or ended_in_device_handler(trace, handled)
    return Inspection(
        tuple(inspector.looks), tuple(inspector.findings), handled - {fault}, is_bad, inspector.is_whole,
        is_interrupted, *controller_at_end(twin), inspector.last_code,
    )  # fmt: skip


def _wanted(trace: Trace, has_failed: bool) -> frozenset[int]:
    """Return the numbers of the places that are looked at; far jumps in real mode only where the run failed."""
    has_rings = _leaves_ring_0(trace)
    return frozenset(
        number
        for number, place in enumerate(trace.columns.places)
        if _matters(place, has_rings) or (has_failed and _is_far_jump(trace, place))
    )


def _is_far_jump(trace: Trace, place: Place) -> bool:
    """Tell whether the program, not the firmware, leads far in real mode."""
    if place.mode != "real16" or not is_of_program(trace, place.address):
        return False
    return _FAR_JUMP.search(decode(place.code, place.bits, place.address).text) is not None


def _leaves_ring_0(trace: Trace) -> bool:
    """Tell whether CS was ever loaded with another level than 0."""
    import numpy as np

    columns = trace.columns
    loads = np.asarray(columns.value)[np.asarray(columns.register) == FULL.index("cs")]
    return bool((loads & np.uint64(3)).any())


def _matters(place: Place, has_rings: bool) -> bool:
    pattern = _IN_REAL_MODE if place.mode == "real16" else _IN_RINGS if has_rings else _OTHERWISE
    return pattern.search(decode(place.code, place.bits, place.address).text) is not None


class _Inspector:
    """The run on its twin, with a look before each step that matters."""

    def __init__(self, trace: Trace, twin: Machine, wanted: frozenset[int], fault: int | None) -> None:
        self._trace = trace
        self._twin = twin
        self._wanted = wanted
        self._settings = Settings(trace)
        self._stale: dict[str, int] = {}
        self._failure: BaseException | None = None
        self._next = 0
        self._asked: Counter[int] = Counter()
        self._fault = fault
        self.looks: list[Look] = []
        self.findings: list[Finding] = []
        self.is_whole = True
        self.is_interrupted = False
        """Whether a device's interrupt ended the run, which could not be delivered."""
        self.last_code = b""
        self._steps = self._expected()

    def _expected(self) -> npt.NDArray[np.int64]:
        """Return all steps at addresses that are watched: also those where something else lay by then."""
        import numpy as np

        places = self._trace.columns.places
        column = np.asarray(self._trace.columns.place)
        visits = np.bincount(column, minlength=len(places))
        of_address: dict[int, int] = {}
        for number, place in enumerate(places):
            of_address[place.address] = of_address.get(place.address, 0) + int(visits[number])
        addresses = {places[number].address for number in self._wanted}
        addresses |= set() if self._fault is None else {self._trace[self._fault].address}
        self._addresses = {each for each in addresses if of_address[each] <= _MOST_VISITS}
        self.is_whole = all(of_address[each] <= _MOST_LOOKS for each in addresses)
        watched = np.array([place.address in self._addresses for place in places], np.bool_)
        return np.flatnonzero(watched[column])

    def run(self, call: CallEntry) -> None:
        """Make the run again."""
        hook = _HOOK(self._visit)
        address = ctypes.cast(hook, ctypes.c_void_p).value or 0
        with self._twin.listening([(CODE, address, each, each) for each in sorted(self._addresses)], 0):
            self._twin.repeat(call)
            end = self._last_request()  # before the hooks come off, which can change CR2
        if self._failure:
            raise self._failure
        self._end(end)

    def _visit(self, _engine: object, address: int, _size: int, _user: object) -> None:
        try:
            self._reach(address)
        except BaseException as failure:  # it cannot pass through the engine
            self._failure = self._failure or failure

    def _reach(self, address: int) -> None:
        if self._failure or self._next >= len(self._steps):
            return
        step = int(self._steps[self._next])
        number = self._trace.columns.place[step]
        place = self._trace.columns.places[number]
        if place.address != address:  # the engine began a block again
            return
        self._next += 1
        if step == self._fault:
            self._look_at_handled(step, self._request(self._whole(place)))
        elif number in self._wanted and self._asked[address] < _MOST_LOOKS:
            request = self._request(place)
            self._look(step, request, request.situation())

    def _request(self, place: Place) -> Request:
        state = self._twin.system_state()
        return Request(place, _WORDS.unpack(self._twin.registers_now()), state, self._read)

    def _read(self, address: int, size: int) -> bytes:
        """Return as many bytes of physical memory as there are."""
        whole = self._twin.peek(address, size)
        if whole is not None:
            return whole
        data = b""
        while size > 0:
            length = min(size, FRAME_SIZE - address % FRAME_SIZE)
            part = self._twin.peek(address, length)
            if part is None:
                break
            data, address, size = data + part, address + length, size - length
        return data

    def _look(self, step: int, request: Request, now: Situation) -> None:
        registers = now.before
        self._stale = {name: value for name, value in self._stale.items() if getattr(registers, name) == value}
        now = replace(now, stale=frozenset(self._stale), image=self._trace.image, unmasked=unmasked_vectors(self._twin))
        for breach in broken_rules(now) if self._is_asked(request.place.address, now) else ():
            settings = self._settings.behind(step, now, breach.rule)
            self.findings.append(Finding(step, breach.rule, breach.sentence, settings))
        sets = self._settings.take(step, now)
        self.looks.append(Look(step, request.state, now.stale, has_line_20(self._twin), sets))
        if now.sets("cr0", "PE"):
            self._stale = {name: getattr(registers, name) for name in SEGMENTS}
        elif now.clears("cr0", "PE"):
            self._stale = {}
        elif now.load:
            self._stale.pop(now.load.register, None)
        elif now.transfer:
            self._stale.pop("cs", None)

    def _is_asked(self, address: int, now: Situation) -> bool:
        """Tell whether the rules are asked: of each place some times, and where the run ended."""
        self._asked[address] += 1
        return now.delivery is not None or self._asked[address] <= _MOST_ASKED

    def _look_at_handled(self, step: int, request: Request) -> None:
        """Look at the fault in whose handler the run ended."""
        registers = request.state.registers
        rows = range(self._trace.access_rows[step], self._trace.access_rows[step + 1])
        gate = next(row for row in rows if self._trace.columns.makers.get(row) == _INTERRUPT)
        distance = int(self._trace.columns.address[gate]) - registers.idtr.base
        vector = distance // (4 if registers.is_real else 16 if registers.is_long else 8)
        address = self._trace.registers_at(step + 1)["cr2"]
        wanted = software_vector(request)
        if wanted is not None:  # INT n that was refused: the rules of its own gate say why
            delivery = Delivery(wanted, is_software=True)
        else:
            delivery = self._handled(step, vector, request, address)
        self._look(step, request, replace(request.situation(), delivery=delivery))

    def _handled(self, step: int, vector: int, request: Request, address: int) -> Delivery:
        """Return the exception whose frame was pushed; the error code of a page fault says who wanted what."""
        if vector != PAGE_FAULT:
            return Delivery(vector)
        *_, counter, code = pushed_words(self._trace, step)
        kind = "fetch" if address == counter else "write" if code & ERROR_BITS["W"] else "read"
        return Delivery(PAGE_FAULT, False, address, Access(kind, bool(code & ERROR_BITS["U"])))

    def _last_request(self) -> Request:
        """Return the last instruction."""
        return self._request(self._whole(self._trace[-1].place))

    def _whole(self, place: Place) -> Place:
        """Return an instruction that faulted before it was known, of which the trace has too few bytes, with all."""
        if decode(place.code, place.bits).mnemonic != "db":
            return place
        code = self._twin.read_linear(place.address, LONGEST_INSTRUCTION)
        return place._replace(code=code[: decode(code, place.bits).size] if code else place.code)

    def _end(self, request: Request) -> None:
        """Look at where the run ended, and at what could not be delivered there."""
        step, place = len(self._trace) - 1, self._trace[-1].place
        self.last_code = self._twin.read_linear(place.address, len(place.code))
        delivery = self._delivery(request)
        is_there = request.state.counter == request.place.address or (delivery and delivery.is_software)
        elsewhere = replace(request.plain, target=request.state.counter)
        now = replace(request.situation() if is_there else elsewhere, delivery=delivery)
        self.is_interrupted = bool(delivery and delivery.is_external)
        if self.looks and self.looks[-1].step == step:  # the far jump would have come next
            self._stale.pop("cs", None)
        self._look(step, request, now)

    def _delivery(self, request: Request) -> Delivery | None:
        vector = self._trace.stop.vector
        if vector is None:
            return None
        is_software = request.decoded.name in SOFTWARE and request.state.counter != request.place.address
        return self._delivered(vector, is_software, request, request.state.registers.cr2)

    def _delivered(self, vector: int, is_software: bool, request: Request, address: int) -> Delivery:
        if vector != PAGE_FAULT or is_software:
            is_external = not is_software and vector in unmasked_vectors(self._twin)
            return Delivery(vector, is_software, is_external=is_external)
        return Delivery(PAGE_FAULT, False, address, Access(self._kind(request, address), request.state.cpl == 3))

    def _kind(self, request: Request, address: int) -> str:
        """Return what a page fault was about."""
        is_user = request.state.cpl == 3
        if address == request.state.counter or request.state.counter != request.place.address:
            return "fetch"
        if writes_memory(request.place.code, request.place.bits):
            return "write"
        return "read" if request.plain.walk(address, Access("read", is_user)).fault else "write"


def software_vector(request: Request) -> int | None:
    """Return the vector that an INT names; None for other instructions."""
    name = request.decoded.name
    if name != "int":
        return {"int3": 3, "int1": 1, "into": 4}.get(name)
    return int(request.decoded.operands, 0)


def unmasked_vectors(machine: Machine) -> tuple[int, ...]:
    """Return the vectors of the hardware interrupts that the controllers of a PC let through; none for others."""
    from allocator.machine.pc import PC

    if not isinstance(machine, PC):
        return ()
    master, slave = machine.devices.master.state, machine.devices.slave.state
    vectors = [master.base + line for line in range(8) if line != _CASCADE and not master.mask >> line & 1]
    if not master.mask >> _CASCADE & 1:
        vectors += [slave.base + line for line in range(8) if not slave.mask >> line & 1]
    return tuple(vectors)


def controller_at_end(machine: Machine) -> tuple[int, tuple[int, ...]]:
    """Return the lines that the first controller of a PC has in service, and the words that it waits for."""
    from allocator.machine.pc import PC

    if not isinstance(machine, PC):
        return 0, ()
    state = machine.devices.master.state
    return state.in_service, state.awaited


def has_line_20(machine: Machine) -> bool:
    """Tell whether address line 20 of a PC is open; that of others is."""
    from allocator.machine.pc import PC

    return not isinstance(machine, PC) or machine.devices.a20.is_open
