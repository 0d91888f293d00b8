"""Compare what a call did with the contract in the comment above the routine.

Registers and stack were filled with odd values before the call; after it, every difference that the contract
does not name is a broken rule with a sentence, and the place in the source that made it:

    preserves rdx               failed to preserve rdx (pushed at line 59, never popped)
    stack pointer               returned with the stack pointer 8 bytes too low: a push has no pop
    caller's frame untouched    the return address and what lies above it
    uses at most 32 bytes of stack
    direction flag clear        and flags that the contract gives a value
    rax in 0..4095              a range in OUT
    preserves memory outside os_MemoryMap[0..131071]

- What IN gives a range for is the caller's duty: where the call broke it, no rule applies.
- A loose contract promises registers, the stack and the direction flag; memory and other flags it does not mention.
- What a contract says in prose is for people: there is no rule for it.
- A routine that does not return broke the first rule of all, and no other is judged.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from allocator.addresses import MACHINE_SYMBOLS, Range
from allocator.checks.cause import Cause
from allocator.contract import Contract, Item, Write
from allocator.errors import ContractBroken, TraceError
from allocator.findings import RuleResult
from allocator.machine.changes import outside
from allocator.machine.run import RETURNED, Change, Run
from allocator.registers import GENERAL, REGISTERS, SEGMENTS, STATUS_FLAGS
from allocator.units import counted

if TYPE_CHECKING:
    from allocator.trace.trace import Trace

RETURNS = "returns to its caller"
STACK_POINTER = "stack pointer"
DIRECTION = "direction flag clear"
FRAME = "caller's frame untouched"


def enforce(run: Run, trace: Trace | None = None) -> Run:
    """Return `run`; raises ContractBroken that names every rule it broke."""
    __tracebackhide__ = True  # a test's failure is shown where the test asked
    broken = [result for result in check_contract(run, trace) if not result.held]
    if broken:
        lines = [f"  {result.rule}: {result.message}" for result in broken]
        raise ContractBroken("\n".join([f"{run.routine} broke its contract", *lines]))
    return run


def check_contract(run: Run, trace: Trace | None = None) -> tuple[RuleResult, ...]:
    """Return each rule of the routine's contract and whether `run` kept it; empty where there is no contract.

    Empty as well where the call broke a precondition. ``trace`` saves recording the call again for the place of a
    broken rule.
    """
    contract = run.image.contracts.get(run.routine)
    if contract is None or broken_preconditions(run):
        return ()
    return tuple(_Judge(run, contract, Cause(run, trace)).results())


def broken_preconditions(run: Run) -> tuple[str, ...]:
    """Return what the caller did that IN of the contract forbids: ``df = 1 is not in 0..0``."""
    contract = run.image.contracts.get(run.routine)
    inputs = contract.inputs if contract else ()
    return tuple(
        f"{item.register} = {run.before[item.register]:#x} is not in {item.low}..{item.high}"
        for item in inputs
        if not _is_in_range(item, run.before[item.register])
    )


def preserved_registers(contract: Contract, bits: int) -> Iterator[str]:
    """Yield the full registers that a routine of this width must leave as they were; the stack pointer is apart."""
    named = (*(item.register for item in contract.outputs), *contract.clobbers)
    changed = {REGISTERS[name].full for name in named}
    general = GENERAL if bits == 64 else GENERAL[:8]
    for name in (*general, *SEGMENTS):
        if name not in changed and name not in ("rsp", "cs"):
            yield name


def _is_in_range(item: Item, value: int) -> bool:
    if item.low is None or item.high is None:
        return True
    width = REGISTERS[item.register].width
    signed = value - (1 << width) if item.low < 0 and value >> (width - 1) else value
    return item.low <= signed <= item.high


class _Judge:
    """Judges one run by one contract."""

    def __init__(self, run: Run, contract: Contract, cause: Cause) -> None:
        self._run = run
        self._contract = contract
        self._cause = cause
        self._bits = run.image.bits_at(run.entry)
        self._depth = _depth(run, self._bits)

    def results(self) -> Iterator[RuleResult]:
        yield from self._return()
        if self._run.stop.kind != RETURNED:
            return
        yield from self._registers()
        yield from self._flags()
        yield from self._outputs()
        yield from self._memory()

    # -- the way back --

    def _return(self) -> Iterator[RuleResult]:
        stop = self._run.stop
        returned = stop.kind == RETURNED
        is_unbalanced = self._depth != 0 and (returned or self._cause.ended_in_return())
        yield RuleResult(RETURNS, returned, "" if returned else stop.message, self._line(stop.address, returned))
        if returned or is_unbalanced:
            line = self._line(stop.address, not is_unbalanced)
            yield RuleResult(STACK_POINTER, not is_unbalanced, _unbalanced(self._depth) if is_unbalanced else "", line)

    def _line(self, address: int, held: bool) -> int:
        line = None if held else self._run.image.line_at(address)
        return line.line if line else 0

    # -- registers and flags --

    def _registers(self) -> Iterator[RuleResult]:
        for name in preserved_registers(self._contract, self._bits):
            mask = (1 << min(REGISTERS[name].width, max(self._bits, 32))) - 1
            held = not (self._run.before[name] ^ self._run.registers[name]) & mask
            place = None if held else self._cause.of_register(name)
            message = f"failed to preserve {name} ({place.text})" if place else ""
            yield RuleResult(f"preserves {name}", held, message, place.line if place else 0)

    def _flags(self) -> Iterator[RuleResult]:
        named = {rule.flag: rule.value for rule in self._contract.flags}
        if self._contract.other_flags == "preserved":
            for flag in (*STATUS_FLAGS, "df"):
                yield self._flag(f"preserves {flag}", flag, self._run.before[flag])
        elif "df" not in named:
            # A routine that leaves a direction flag alone which its caller had set keeps the promise.
            yield self._flag(DIRECTION, "df", self._run.before.df and self._run.registers.df)
        for flag, value in named.items():
            if value is not None:
                rule = DIRECTION if (flag, value) == ("df", 0) else f"{flag} = {value}"
                yield self._flag(rule, flag, value)

    def _flag(self, rule: str, flag: str, expected: int) -> RuleResult:
        value = self._run.registers[flag]
        if value == expected:
            return RuleResult(rule, True)
        place = self._cause.of_flag(flag)
        return RuleResult(rule, False, f"{flag} is {value} on return ({place.text})", place.line)

    def _outputs(self) -> Iterator[RuleResult]:
        for item in self._contract.outputs:
            if item.low is not None:
                value = self._run.registers[item.register]
                rule = f"{item.register} in {item.low}..{item.high}"
                held = _is_in_range(item, value)
                yield RuleResult(rule, held, "" if held else f"returned {item.register} = {value:#x}")

    # -- memory --

    def _memory(self) -> Iterator[RuleResult]:
        try:
            changes = self._run.memory_changed
        except TraceError:  # a saved trace: its memory is not known
            return
        stack, top = self._run.prepared.stack, self._run.prepared.frame_address
        yield self._untouched(FRAME, changes, Range(top, stack.end))
        if self._contract.stack is not None:
            yield self._stack_use(changes, Range(stack.start, top), self._contract.stack)
        areas = written_areas(self._run, self._contract)
        if areas is not None:
            yield self._writes(changes, (*areas, stack))

    def _untouched(self, rule: str, changes: tuple[Change, ...], area: Range) -> RuleResult:
        touched = [change for change in changes if area.start <= change.address < area.end]
        return self._stray(rule, touched[0]) if touched else RuleResult(rule, True)

    def _stack_use(self, changes: tuple[Change, ...], stack: Range, allowed: int) -> RuleResult:
        used = max((stack.end - change.address for change in changes if change.address in stack), default=0)
        rule = f"uses at most {allowed} bytes of stack"
        return RuleResult(rule, used <= allowed, "" if used <= allowed else f"uses {used} bytes of stack")

    def _writes(self, changes: tuple[Change, ...], areas: tuple[Range, ...]) -> RuleResult:
        said = ", ".join(write.text for write in self._contract.writes)
        rule = f"preserves memory outside {said}" if said else "preserves memory"
        stray = next((part for change in changes for part in outside(change, areas)), None)
        return self._stray(rule, stray) if stray else RuleResult(rule, True)

    def _stray(self, rule: str, change: Change) -> RuleResult:
        place = self._cause.of_memory(change.address)
        size = counted(len(change.before), "byte")
        message = f"changed {size} at {self._cause.name(change.address)} ({place.text})"
        return RuleResult(rule, False, message, place.line)


def _depth(run: Run, bits: int) -> int:
    """Return how many bytes too high the stack pointer is after a return; negative where it is too low."""
    expected = run.prepared.state.stack_pointer + len(run.prepared.frame)
    mask = (1 << bits) - 1
    difference = (run.registers.rsp - expected) & mask
    return difference - (mask + 1) if difference > mask // 2 else difference


def _unbalanced(depth: int) -> str:
    what = "a push has no pop" if depth < 0 else "more was popped than pushed"
    side = "low" if depth < 0 else "high"
    return f"returned with the stack pointer {abs(depth)} bytes too {side}: {what}"


def written_areas(run: Run, contract: Contract) -> tuple[Range, ...] | None:
    """Return the memory that WRITES names, or None where the contract leaves it to people."""
    if contract.style == "loose":
        return None
    areas = [_area(run, write) for write in contract.writes]
    known = tuple(area for area in areas if area)
    return known if len(known) == len(areas) else None


def _area(run: Run, write: Write) -> Range | None:
    symbols = {**MACHINE_SYMBOLS, **run.image.externals, **run.image.symbols}
    if write.symbol not in symbols or write.low is None or write.high is None:
        return None
    start = symbols[write.symbol]
    return Range(start + write.low, start + write.high + 1)
