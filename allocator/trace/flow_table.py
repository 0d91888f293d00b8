"""Resolve the flow of every place of a trace once, so that millions of steps are only looked up.

- What was measured counts: where a step changed something that no table says, its place gets a rule for it.
- A step that ended the run with a fault did nothing.
- A step in which the machine did something by itself has a flow of its own (`machine_flow.py`).
- Three XORs that exchange two registers are one exchange: the value that one of them had before is no input of
  what it holds now. The third gets the flow of the exchange, the other two get none.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import copy
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt

from allocator.instructions.disassembly import RegisterOperand, decode, read
from allocator.machine.run import EXITED, HALTED, INTERRUPTED, LIMIT, RETURNED
from allocator.registers import FULL, GENERAL, REGISTERS
from allocator.trace.accesses import steps_of
from allocator.trace.arrays import CHUNK
from allocator.trace.flow import MOST_RULES, Flow, Rule, flow_of, of_values
from allocator.trace.locations import ALL_FLAGS, PARTS, changed_mask, read_mask, written_mask
from allocator.trace.machine_flow import FIRMWARE, answering, flow_with_machine, is_of_service, is_service
from allocator.trace.schema import BOOT, Place

if TYPE_CHECKING:
    from allocator.trace.trace import Trace

_COMPLETE = (RETURNED, HALTED, EXITED, LIMIT, INTERRUPTED)


class Exchange(NamedTuple):
    """Three places, of XOR a, b; XOR b, a; XOR a, b, and the numbers under which their flows are kept."""

    places: tuple[int, int, int]
    silent: int
    whole: int


class FlowTable:
    """The flows of one trace: `flows` by number, and the `column` of these numbers, one a step."""

    def __init__(self, trace: Trace) -> None:
        self._trace = trace
        places = trace.columns.places
        flows = [flow_of(place) for place in places]
        self.own = _with_machine(trace, flows)
        """The same column where each step of an exchange stands for itself."""
        measured = _measured(trace, self.own)
        flows = _with_answers(flows, measured)
        self.flows = [bounded(_completed(flow, measured.get(number, 0))) for number, flow in enumerate(flows)]
        self.exchanges = list(self._find_exchanges(places))
        self.column = self._make_column()

    @property
    def steps(self) -> int:
        """The number of steps that did what they are there for: all, or all but the last."""
        trace = self._trace
        return len(trace) if trace.stop.kind in _COMPLETE else max(0, len(trace) - 1)

    @cached_property
    def of_values(self) -> FlowTable:
        """The same steps with the flows of values alone (`flow.of_values`)."""
        table = copy(self)
        table.flows = [of_values(flow) for flow in self.flows]
        return table

    @cached_property
    def is_exchange(self) -> npt.NDArray[np.bool_]:
        """For each flow, whether it stands for the third of three XORs."""
        found = np.zeros(len(self.flows), np.bool_)
        found[[exchange.whole for exchange in self.exchanges]] = True
        return found

    def column_before(self, moment: int) -> npt.NDArray[np.uint32]:
        """Return the column up to `moment`; of an exchange that is cut there each step stands for itself."""
        place = self._trace.arrays.place
        for exchange in self.exchanges:
            for done in (1, 2):
                if moment >= done and moment < len(place) and self._is_cut(exchange, moment, done):
                    column: npt.NDArray[np.uint32] = self.column[:moment].copy()
                    column[moment - done :] = self.own[moment - done : moment]
                    return column
        before: npt.NDArray[np.uint32] = self.column[:moment]
        return before

    def _is_cut(self, exchange: Exchange, moment: int, done: int) -> bool:
        whole = moment + 2 - done
        return whole < len(self.column) and int(self.column[whole]) == exchange.whole

    def _find_exchanges(self, places: list[Place]) -> Iterator[Exchange]:
        by_start = {(place.address, place.bits, place.mode): number for number, place in enumerate(places)}
        taken: set[int] = set()  # no step belongs to two exchanges
        for first in sorted(range(len(places)), key=lambda number: places[number].address):
            second = _following(places, by_start, first)
            third = _following(places, by_start, second)
            flow = _exchanged([places[each] for each in (first, second, third)]) if third >= 0 else None
            if flow and not taken & {first, second, third}:
                taken |= {first, second, third}
                yield Exchange((first, second, third), len(self.flows), len(self.flows) + 1)
                self.flows += [Flow(()), flow]

    def _make_column(self) -> npt.NDArray[np.uint32]:
        place = self.own
        if not self.exchanges:
            return place
        column: npt.NDArray[np.uint32] = place.copy()
        for exchange in self.exchanges:
            first, second, third = exchange.places
            ends = np.flatnonzero(place[2:] == third) + 2
            ends = ends[(place[ends - 1] == second) & (place[ends - 2] == first)]
            column[ends - 2] = column[ends - 1] = exchange.silent
            column[ends] = exchange.whole
        return column


def _following(places: list[Place], by_start: dict[tuple[int, int, str], int], number: int) -> int:
    if number < 0:
        return -1
    place = places[number]
    return by_start.get((place.address + len(place.code), place.bits, place.mode), -1)


def _completed(flow: Flow, measured: int) -> Flow:
    missing = measured & ~flow.outputs
    if not missing:
        return flow
    inputs = flow.inputs | missing
    return flow._replace(rules=(*flow.rules, Rule(missing, inputs, False, True)))


def bounded(flow: Flow) -> Flow:
    """Return the flow with at most as many rules as a mark has room for: the last ones made one."""
    *_, last = kept = flow.rules[:MOST_RULES] or (Rule(0, 0),)
    for rule in flow.rules[MOST_RULES:]:
        either = (one or other for one, other in zip(last[2:6], rule[2:6], strict=True))
        last = Rule(last.outputs | rule.outputs, last.inputs | rule.inputs, *either)
    return flow._replace(rules=(*kept[:-1], last)) if len(flow.rules) > MOST_RULES else flow


def _exchanged(places: list[Place]) -> Flow | None:
    """Return the flow of three XORs that exchange two registers, or None."""
    pairs = [_xor_operands(place) for place in places]
    left, right = pairs[0]
    if not left or left == right or pairs[1] != (right, left) or pairs[2] != (left, right):
        return None
    there, back = read_mask(left), read_mask(right)
    cleared = (written_mask(left) | written_mask(right)) & ~(there | back)
    flags = flow_of(places[2]).outputs & ALL_FLAGS
    # The flags are of what the left register holds now, which is what the right one held.
    return Flow((Rule(there, back), Rule(back, there), Rule(cleared, 0), Rule(flags, back)))


def _xor_operands(place: Place) -> tuple[str, str]:
    if decode(place.code, place.bits, place.address).name != "xor":
        return "", ""
    reading = read(place.code, place.bits, place.address)
    operands = reading.operands if reading else ()
    names = [each.name for each in operands if isinstance(each, RegisterOperand) and each.name in REGISTERS]
    if len(names) != 2 or any(REGISTERS[name].low for name in names):
        return "", ""
    return names[0], names[1]


def _with_machine(trace: Trace, flows: list[Flow]) -> npt.NDArray[np.uint32]:
    """Return the number of each step's flow: of its place, or of one that is added to `flows`."""
    column: npt.NDArray[np.uint32] = trace.arrays.place
    if trace.run.routine == BOOT:
        _find_services(trace.columns.places, flows)
    if not trace.columns.makers:
        return column
    column = column.copy()
    numbers: dict[tuple[int, frozenset[int]], int] = {}
    for step, who in _makers_by_step(trace).items():
        place = int(column[step])
        if (place, who) not in numbers:
            numbers[place, who] = len(flows)
            flows.append(flow_with_machine(flows[place], trace.columns.places[place], who))
        column[step] = numbers[place, who]
    return column


def _find_services(places: list[Place], flows: list[Flow]) -> None:
    # Where a service is performed, whether or not it touches memory.
    for number, place in enumerate(places):
        if is_service(place):
            flows[number] = flow_with_machine(flows[number], place, frozenset({FIRMWARE}))


def _with_answers(flows: list[Flow], measured: dict[int, int]) -> list[Flow]:
    """Return the flows where services answer in what any of their calls changed."""
    changed: dict[str | None, int] = {}
    for number, flow in enumerate(flows):
        changed[flow.outside] = changed.get(flow.outside, 0) | measured.get(number, 0)
    return [answering(flow, changed[flow.outside]) if is_of_service(flow) else flow for flow in flows]


def _makers_by_step(trace: Trace) -> dict[int, frozenset[int]]:
    found: dict[int, frozenset[int]] = {}
    rows = sorted(trace.columns.makers)
    for step, row in zip(steps_of(trace, np.array(rows)).tolist(), rows, strict=True):
        found[step] = found.get(step, frozenset()) | {trace.columns.makers[row]}
    return found


def _measured(trace: Trace, flow: npt.NDArray[np.uint32]) -> dict[int, int]:
    """Return for each flow, by number, the locations that any of its steps changed."""
    found: dict[int, int] = {}
    arrays, last = trace.arrays, [trace.start[name] for name in FULL]
    for begin in range(0, len(trace), CHUNK):
        end = min(len(trace), begin + CHUNK)
        rows = slice(trace.change_rows[begin], trace.change_rows[end])
        place = np.repeat(flow[begin:end], arrays.changes[begin:end])
        _measure(found, place, arrays.register[rows], arrays.value[rows], last)
    return found


def _measure(
    found: dict[int, int],
    place: npt.NDArray[np.uint32],
    register: npt.NDArray[np.uint8],
    value: npt.NDArray[np.uint64],
    last: list[int],
) -> None:
    """Add what these changes changed; `last` are the registers before them, and after them when this is done."""
    for number, full in enumerate(FULL):
        rows = np.flatnonzero(register == number)
        if len(rows):
            values = value[rows]
            differing = values ^ np.concatenate([np.array([last[number]], np.uint64), values[:-1]])
            last[number] = int(values[-1])
            _collect(found, full, place[rows], differing)


def _collect(
    found: dict[int, int], full: str, place: npt.NDArray[np.uint32], differing: npt.NDArray[np.uint64]
) -> None:
    for pattern in _patterns(full):
        seen = np.zeros(int(np.max(place)) + 1, np.bool_)
        seen[place[(differing & np.uint64(pattern)) != 0]] = True
        for number in np.flatnonzero(seen).tolist():
            found[number] = found.get(number, 0) | changed_mask(full, pattern)


def _patterns(full: str) -> list[int]:
    """Return the bits of each part of a register that is told apart."""
    if full in GENERAL:
        return [((1 << width) - 1) << low for low, width in PARTS]
    if full == "rflags":
        return [view.mask << view.low for view in REGISTERS.values() if view.full == full and view.width == 1]
    return [(1 << 64) - 1]
