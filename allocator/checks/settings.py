"""Remember which step set a register that decides about modes, and find who wrote a descriptor or an entry.

Setting("CR4", "0x0", None)                       never set
Setting("GDTR", "base 0x7c40, limit 0x17", 12)    step 12
Setting("descriptor at 0x7c48", "0x...", None)    with the line of source whose bytes lie there
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from allocator.addresses import Range
from allocator.checks.mode_rules import ENTRY, GATE, LOADED, TARGET
from allocator.checks.situation import Situation
from allocator.machine.descriptor_tables import Slot, find_descriptor, find_gate
from allocator.machine.system_registers import TableRegister
from allocator.trace.broken_rule import Setting
from allocator.trace.trace import Trace

_CONTROL = ("cr0", "cr3", "cr4", "efer")
_TABLES = ("gdtr", "idtr")
_FLAGS = ("if",)
_LOADS = re.compile(r"\b(mov|pop) [c-gs]s\b|\b(l[defgs]s|ltr|retf|iret)|\b(jmp|call) (far |[^\[]*:)")


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

    def take(self, step: int, now: Situation) -> frozenset[str]:
        """Take down what the instruction of `step` sets, and return it."""
        changed = [name for name in _CONTROL if getattr(now.before, name) != getattr(now.after, name)]
        if now.table:
            changed.append(now.table.register)
        if now.load:
            changed.append(now.load.register)
        if now.transfer:
            changed.append("cs")
        self.steps.update(dict.fromkeys(changed, step))
        return frozenset(changed)

    def behind(self, step: int, now: Situation, values: tuple[str, ...]) -> tuple[Setting, ...]:
        """Return the settings behind a rule that `now`, at `step`, breaks; `values` are those of the rule."""
        found = (
            self._written(step, place) if (place := place_of(now, name)) else self._register(step, now, name)
            for name in values
        )
        return tuple(each for each in found if each)

    def _register(self, step: int, now: Situation, name: str) -> Setting | None:
        if name in (TARGET, LOADED, GATE, ENTRY):
            return None
        value = now.before.is_set("rflags", "IF") if name in _FLAGS else getattr(now.before, name)
        by = self.steps.get(name)
        if name not in (*_CONTROL, *_TABLES, "ldtr", "tr", "cs"):
            writer = self.trace.who_set(name, step)
            by = writer.index if writer else None
        shown = f"base {value.base:#x}, limit {value.limit:#x}" if isinstance(value, TableRegister) else f"{value:#x}"
        return setting_by(self.trace, name.upper(), shown, by)

    def _written(self, step: int, place: Place) -> Setting:
        name, value = f"{place.name} at {place.address:#x}", f"{place.value:#0{2 * place.size + 2}x}"
        where = Range(place.address, place.address + place.size)
        writer = self.trace.last_write(where, step)
        while writer is not None and _LOADS.search(writer.text):  # it marked the descriptor as accessed
            writer = self.trace.last_write(where, writer)
        if writer is not None and writer.line is not None:
            return Setting(name, value, writer.index, writer.text, writer.line)
        return Setting(name, value, None, "", self.trace.image.line_at(place.address))


def setting_by(trace: Trace, name: str, value: str, step: int | None) -> Setting:
    """Return the setting of a register by a step, or by none."""
    if step is None:
        return Setting(name, value, None)
    return Setting(name, value, step, trace[step].text, trace[step].line)


def place_of(now: Situation, name: str) -> Place | None:
    """Return where in memory the value `name` of a rule lies: one of TARGET, LOADED, GATE, ENTRY; None for others."""
    if name == TARGET and now.transfer:
        return _descriptor(find_descriptor(now.after, now.read, now.transfer.selector))
    if name == LOADED and now.load:
        return _descriptor(find_descriptor(now.after, now.read, now.load.selector))
    if name == GATE and now.delivery:
        slot = find_gate(now.after, now.read, now.delivery.vector)
        return _descriptor(slot, "gate")
    if name == ENTRY:
        return _entry(now)
    return None


def _descriptor(slot: Slot, name: str = "descriptor") -> Place | None:
    if slot.descriptor is None:
        return None
    return Place(name, slot.address, slot.descriptor.size, slot.descriptor.value)


def _entry(now: Situation) -> Place | None:
    address = now.delivery.fault_address if now.delivery else now.next_address
    if address is None:
        return None
    steps = now.walk(address, now.delivery.access if now.delivery else None).steps
    if not steps or not steps[-1].is_in_memory:
        return None
    entry = steps[-1].entry
    return Place(entry.level.entry, steps[-1].address, entry.level.size, entry.value)
