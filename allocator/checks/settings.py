"""Remember which step set a register that decides about modes, and find who wrote a descriptor or an entry.

Setting("CR4", "0x0", None)                       never set
Setting("GDTR", "base 0x7c40, limit 0x17", 12)    step 12
Setting("descriptor at 0x7c48", "0x...", None)    with the line of source whose bytes lie there
Setting("EBX", "0x100000", 31)                    it made the address of the operand
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from allocator.addresses import Range
from allocator.checks.controller_words import vectors_set_by
from allocator.checks.inner_stack import inner_stack_fields
from allocator.checks.mode_rules import (
    ADDRESS,
    CONTROLLER,
    CS_SOURCE,
    ENTRY,
    GATE,
    INNER_STACK,
    LOADED,
    MODEL_SPECIFIC,
    REFUSING,
    SOURCE,
    STACK_ENTRY,
    TABLE_ENTRY,
    TARGET,
    TOP_ENTRY,
    Rule,
)
from allocator.checks.situation import Situation
from allocator.checks.source_lines import last_setter, setting_by, setting_of_register
from allocator.machine.descriptor_tables import Slot, find_descriptor, find_gate
from allocator.machine.page_entries import USER, WRITABLE
from allocator.machine.paging import WalkStep
from allocator.machine.segments import Gate, Segment
from allocator.machine.system_registers import TableRegister
from allocator.trace.broken_rule import Setting
from allocator.trace.trace import Trace

_CONTROL = ("cr0", "cr3", "cr4", "efer")
_TABLES = ("gdtr", "idtr")
_FLAGS = ("if",)
_MARKS = re.compile(r"\b(mov|pop) [c-gs]s\b|\b(l[defgs]s|ltr|retf|iret)|\b(jmp|call) (far |[^\[]*:)")
"""Instructions that mark a descriptor as accessed, and set nothing else in it."""


class Place(NamedTuple):
    """A value in memory that decided; `address` is where it lies."""

    name: str
    address: int
    size: int
    value: int


@dataclass
class Settings:
    """Which step of `trace` set what, up to now."""

    trace: Trace
    steps: dict[str, int] = field(default_factory=dict)
    _other: Setting | None = None
    """The last WRMSR to another register than EFER."""

    def take(self, step: int, now: Situation) -> frozenset[str]:
        """Take down what the instruction of `step` sets, and return it."""
        changed = [now.written] if now.written else []
        if now.table:
            changed.append(now.table.register)
        if now.load:
            changed.append(now.load.register)
        if now.transfer:
            changed.append("cs")
        if now.model_specific:
            number, value = now.model_specific
            self._other = setting_by(self.trace, f"MSR {number:#x}", f"{value:#x}", step)
        self.steps.update(dict.fromkeys(changed, step))
        return frozenset(changed)

    def behind(self, step: int, now: Situation, rule: Rule) -> tuple[Setting, ...]:
        """Return the settings behind a rule that `now`, at `step`, breaks."""
        found = (setting for name in rule.values for setting in self._named(step, now, name, rule.part))
        return tuple(dict.fromkeys(found))

    def _named(self, step: int, now: Situation, name: str, part: int) -> Iterator[Setting]:
        if name == ADDRESS:
            is_fetch = now.delivery is not None and now.delivery.access.kind == "fetch"
            yield from (self._general(step, *each) for each in (() if is_fetch else now.pointers))
        elif name == SOURCE and now.load:
            yield from self._source(step, now.load.register, now.load.selector, now.load.source)
        elif name == CS_SOURCE and now.transfer:
            yield from self._source(step, "cs", now.transfer.selector, now.transfer.source)
        elif name == CONTROLLER:
            yield vectors_set_by(self.trace, step, min(now.unmasked, default=0))
        elif name == MODEL_SPECIFIC:
            yield from [self._other] if self._other else []
        elif name in _PLACES:
            yield from (self._written(step, place, part) for place in _PLACES[name](now, self.trace, step))
        elif name not in (SOURCE, CS_SOURCE):
            yield self._register(step, now, name)

    def _register(self, step: int, now: Situation, name: str) -> Setting:
        value = now.before.is_set("rflags", "IF") if name in _FLAGS else getattr(now.before, name)
        by = self.steps.get(name)
        if name not in (*_CONTROL, *_TABLES, "ldtr", "tr"):
            writer = last_setter(self.trace, name, step) if name in _FLAGS else self.trace.who_set(name, step)
            by = max(writer.index, by or 0) if writer else by
        shown = f"base {value.base:#x}, limit {value.limit:#x}" if isinstance(value, TableRegister) else f"{value:#x}"
        return setting_by(self.trace, name.upper(), shown, by)

    def _general(self, step: int, name: str, value: int) -> Setting:
        return setting_of_register(self.trace, name, value, step)

    def _source(self, step: int, register: str, selector: int, source: str | int | None) -> Iterator[Setting]:
        """Yield where the selector of a load or a far transfer came from."""
        if isinstance(source, str):
            yield self._general(step, source, selector)
        elif source is not None:
            yield self._written(step, Place(f"selector for {register.upper()}", source, 2, selector), 0)

    def _written(self, step: int, place: Place, part: int) -> Setting:
        name, value = f"{place.name} at {place.address:#x}", f"{place.value:#0{2 * place.size + 2}x}"
        start = place.address + min(part, place.size - 1)
        return setting_in_memory(self.trace, name, value, start, step, 1 if part else place.size)


def setting_in_memory(  # noqa: PLR0917 -- a value, and where and when it lay there
    trace: Trace, name: str, value: str, address: int, step: int, size: int = 1
) -> Setting:
    """Return the setting of a value in memory, by who wrote the bytes at `address` last, or by the source of them."""
    where, line = Range(address, address + size), trace.image.line_at(address)
    writer = trace.last_write(where, step)
    while writer is not None and _MARKS.search(writer.text):
        writer = trace.last_write(where, writer)
    if writer is not None and (writer.line is not None or line is None):
        return setting_by(trace, name, value, writer.index)
    return Setting(name, value, None, "", line)


# -- places --


def _targets(now: Situation, _trace: Trace, _step: int) -> Iterator[Place]:
    if now.transfer:
        yield from _descriptor(find_descriptor(now.after, now.read, now.transfer.selector))


def _loads(now: Situation, _trace: Trace, _step: int) -> Iterator[Place]:
    if now.load:
        yield from _descriptor(find_descriptor(now.after, now.read, now.load.selector))


def _gates(now: Situation, _trace: Trace, _step: int) -> Iterator[Place]:
    if now.delivery:
        yield from _descriptor(find_gate(now.after, now.read, now.delivery.vector), "gate")


def _descriptor(slot: Slot, name: str = "descriptor") -> Iterator[Place]:
    if slot.descriptor is not None:
        name = name if name != "gate" or isinstance(slot.descriptor, Gate) else "entry"
        yield Place(name, slot.address, slot.descriptor.size, slot.descriptor.value)


def _inner_stacks(now: Situation, _trace: Trace, _step: int) -> Iterator[Place]:
    """Yield the fields of the TSS that name the stack of an inner level."""
    if now.delivery is None:
        return
    segment = find_descriptor(now.after, now.read, now.after.tr).descriptor
    gate = find_gate(now.after, now.read, now.delivery.vector).descriptor
    if not isinstance(segment, Segment) or not isinstance(gate, Gate):
        return
    for name, offset, size in inner_stack_fields(segment.bits, 0, gate.ist if now.after.is_long else 0):
        value = int.from_bytes(now.read(segment.base + offset, size), "little")
        yield Place(name, segment.base + offset, size, value)


def _entries(now: Situation, trace: Trace, step: int) -> Iterator[Place]:
    address = now.delivery.fault_address if now.delivery else now.next_address
    yield from _walked(now, trace, step, address)


def _stack_entries(now: Situation, trace: Trace, step: int) -> Iterator[Place]:
    yield from _walked(now, trace, step, None if now.stack_pointer is None else now.stack_pointer - 1)


def _table_entries(now: Situation, trace: Trace, step: int) -> Iterator[Place]:
    yield from _walked(now, trace, step, now.after.gdtr.base)


def _top_entries(now: Situation, _trace: Trace, _step: int) -> Iterator[Place]:
    address = now.delivery.fault_address if now.delivery else now.next_address
    steps = now.walk(address).steps if address is not None else ()
    yield from (_entry(each) for each in steps[:1] if each.is_in_memory)


def _refusing(now: Situation, _trace: Trace, _step: int) -> Iterator[Place]:
    """Yield the highest entry that does not give the right that an access needs."""
    if now.delivery is None or now.delivery.fault_address is None:
        return
    access = now.delivery.access
    needed = (USER if access.is_user else 0) | (WRITABLE if access.kind == "write" else 0)
    steps = now.walk(now.delivery.fault_address, access).steps
    lacking = [each for each in steps if each.entry.has_rights and needed & ~each.entry.value]
    yield from (_entry(each) for each in (lacking or steps[-1:])[:1])


def _walked(now: Situation, trace: Trace, step: int, address: int | None) -> Iterator[Place]:
    """Yield the entry at which a walk ended; before it the one that led there, where nobody wrote the last."""
    if address is None:
        return
    steps = now.walk(address, now.delivery.access if now.delivery else None).steps
    if not steps:
        return
    last = steps[-1]
    where = Range(last.address, last.address + last.entry.level.size)
    is_strange = not last.is_in_memory or trace.last_write(where, step) is None
    yield from (_entry(each) for each in steps[-2 if is_strange else -1 :] if each.is_in_memory)


def _entry(step: WalkStep) -> Place:
    return Place(step.entry.level.entry, step.address, step.entry.level.size, step.entry.value)


_PLACES = {
    TARGET: _targets, LOADED: _loads, GATE: _gates, INNER_STACK: _inner_stacks, ENTRY: _entries,
    REFUSING: _refusing, STACK_ENTRY: _stack_entries, TABLE_ENTRY: _table_entries, TOP_ENTRY: _top_entries,
}  # fmt: skip
"""Name of a value in memory to what finds it."""
