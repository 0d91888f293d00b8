"""Judge call after call by their contracts, at about the cost of the calls themselves.

    with ContractWatch(machine) as watch:
        run = machine.call("os_mem_allocate", rcx=3)
        watch.check(run)

Native code keeps the stretches of memory that a call wrote. Where registers, flags and stretches all are as the
contract wants them, nothing else has to be looked at: the rules are those of the first call that kept them all.
Anything else is judged by `check_contract`, whose word it is: a store that changes nothing breaks no rule.
"""

from __future__ import annotations

from contextlib import ExitStack
from operator import itemgetter
from typing import NamedTuple

import numpy as np

from allocator.addresses import STACK, Range
from allocator.checks import native_writes as native
from allocator.checks.contract import broken_preconditions, check_contract, preserved_registers, written_areas
from allocator.contract import Contract
from allocator.findings import RuleResult
from allocator.machine.cpu import WRITE
from allocator.machine.machine import Machine
from allocator.machine.run import RETURNED, Run
from allocator.machine.watcher import Watcher


class _Known(NamedTuple):
    """What a routine's contract asks for, prepared, and its rules when all of them are kept."""

    contract: Contract
    preserved: tuple[str, ...]
    areas: tuple[Range, ...] | None
    results: tuple[RuleResult, ...]


class ContractWatch(Watcher):
    """Watches the stores of a machine while it is open; `check` judges the call that was made last."""

    def __init__(self, machine: Machine) -> None:
        self._machine = machine
        self._block = np.zeros(native.WORDS, np.int64)
        self._open = ExitStack()
        self._known: dict[str, _Known] = {}

    def __enter__(self) -> ContractWatch:
        hooks = ((WRITE, native.on_write.address),)
        self._open.enter_context(self._machine.watching_natively(self, hooks, self._block.ctypes.data))
        return self

    def __exit__(self, *_failure: object) -> None:
        self._open.close()

    @property
    def written(self) -> tuple[Range, ...] | None:
        """The stretches of memory that the last call wrote; None where there were too many."""
        count, *ends = self._block.tolist()
        if count > native.STRETCHES:
            return None
        return tuple(Range(ends[place], ends[place + 1]) for place in range(0, 2 * count, 2))

    def check(self, run: Run) -> tuple[RuleResult, ...]:
        """Return what `check_contract` says of `run`, the last call."""
        known = self._known.get(run.routine)
        if known and self._is_clean(run, known):
            return known.results
        results = check_contract(run)
        contract = run.image.contracts.get(run.routine)
        if contract and results and run.image.bits_at(run.entry) == 64 and all(result.held for result in results):
            areas = written_areas(run, contract)
            self._known[run.routine] = _Known(contract, tuple(preserved_registers(contract, 64)), areas, results)
        return results

    def _is_clean(self, run: Run, known: _Known) -> bool:
        before, after = run.before, run.registers
        is_back = run.stop.kind == RETURNED and after["rsp"] == before["rsp"] + len(run.prepared.frame)
        if not is_back or known.contract.other_flags == "preserved":
            return False
        preserved = itemgetter(*known.preserved)
        return bool(
            preserved(before) == preserved(after)
            and not after["df"]
            and all(rule.value in (None, after[rule.flag]) for rule in known.contract.flags)
            and all(item.low is None for item in known.contract.outputs)
            and not broken_preconditions(run)
            and self._wrote_only(before["rsp"], known)
        )

    def _wrote_only(self, top: int, known: _Known) -> bool:
        allowed = STACK.size if known.contract.stack is None else known.contract.stack
        stack = Range(top - allowed, top)
        written = self.written
        if written is None:
            return False
        for stretch in written:
            is_stack = stack.start <= stretch.start and stretch.end <= stack.end
            if not is_stack and not _is_inside(stretch, known.areas, top):
                return False
        return True

    # -- what the executor calls --

    def begin(self, bits: int) -> None:
        """Forget what the call before wrote."""
        self._block[native.COUNT] = 0


def _is_inside(stretch: Range, areas: tuple[Range, ...] | None, top: int) -> bool:
    if areas is None:  # the contract leaves memory to people; the caller's frame is watched all the same
        return not (stretch.start < STACK.end and stretch.end > top)
    return any(area.start <= stretch.start and stretch.end <= area.end for area in areas)
