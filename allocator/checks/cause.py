"""Find the place in the source that broke a rule: the call is recorded again, and its trace is asked.

Nothing is recorded as long as nobody asks. Places are said for people: ``pushed at line 59, never popped``.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from allocator.addresses import MACHINE_SYMBOLS, PAGE_MAP
from allocator.errors import TraceError
from allocator.instructions.anatomy import LONGEST_INSTRUCTION
from allocator.instructions.disassembly import decode
from allocator.machine.run import Run

if TYPE_CHECKING:
    from allocator.trace.step import Step
    from allocator.trace.trace import Trace

MAX_UNITS = 2_000_000
"""Of a call that is recorded again for the place: a longer one is reported without it."""


class Place(NamedTuple):
    """Where something happened, in words, and its line in the source (0 where there is none)."""

    text: str
    line: int = 0


_NOWHERE = Place("where is not known")


class Cause:
    """The trace of a run that broke a rule, and what it tells."""

    def __init__(self, run: Run, trace: Trace | None = None) -> None:
        self._run = run
        self._given = trace

    def ended_in_return(self) -> bool:
        """Tell whether the last instruction was a RET."""
        last = self._run.last_steps(1)
        code = self._run.memory_after(last[0], LONGEST_INSTRUCTION) if last else b""
        bits = self._run.image.bits_at(self._run.entry)
        return bool(code) and decode(code, bits, last[0]).name.startswith("ret")

    def name(self, address: int) -> str:
        """Return an address as people say it: a page's byte, a label with a distance, or the number."""
        image = self._run.image
        start = image.symbols.get("os_MemoryMap", MACHINE_SYMBOLS["os_MemoryMap"])
        if start <= address < start + PAGE_MAP.size:
            return f"os_MemoryMap[{address - start}]"
        distance = address - self._run.before.rsp
        if abs(distance) < 0x1000:
            return f"stack{distance:+#x}" if distance else "the return address"
        return str(image.locate(address) or f"{address:#x}")

    def of_register(self, name: str) -> Place:
        """Return where `name` was changed last, and what became of the value that was saved."""
        last = self._trace.who_set(name) if self._trace else None
        if last is None:
            return _NOWHERE
        return Place(f"{self._saved(name, last)}; last changed at {_at(last)}", _line(last))

    def of_flag(self, flag: str) -> Place:
        """Return which instruction left `flag` as it is."""
        last = self._trace.who_set(flag) if self._trace else None
        return Place(f"left so by {_at(last)}", _line(last)) if last else _NOWHERE

    def of_memory(self, address: int) -> Place:
        """Return which instruction wrote the byte at `address` last."""
        last = self._trace.last_write(address) if self._trace else None
        return Place(f"written at {_at(last)}", _line(last)) if last else _NOWHERE

    def _saved(self, name: str, last: Step) -> str:
        trace = last.trace
        pushed = next((step for step in trace if step.decoded.name == "push" and step.decoded.operands == name), None)
        if pushed is None or not pushed.accesses:
            return "never saved"
        slot = pushed.accesses[-1].address
        popped = [step for step in map(trace.__getitem__, trace.reads(slot).steps) if step.decoded.name == "pop"]
        saved = f"pushed at line {_line(pushed)}"
        if not popped:
            return f"{saved}, never popped"
        target = popped[-1].decoded.operands
        into = "" if target == name else f" into {target}"
        return f"{saved}, popped{into} at line {_line(popped[-1])}"

    @cached_property
    def _trace(self) -> Trace | None:
        if self._given is not None:
            return self._given
        from allocator.trace.recorder import record

        run = self._run
        given: dict[str, Any] = dict(run.given)
        try:
            trace = record(run.machine_before(), run.entry, limit=MAX_UNITS, **given)
        except TraceError:
            return None
        return trace if trace.stop.kind == run.stop.kind else None


def _line(step: Step) -> int:
    return step.line.line if step.line else 0


def _at(step: Step) -> str:
    line = _line(step)
    return f"line {line}: {step.text}" if line else f"{step.address:#x}: {step.text}"
