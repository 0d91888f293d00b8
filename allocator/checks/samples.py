"""Call every routine that has a contract with a few ordinary requests, and judge each call by the contract.

The requests come from IN: an item that is an address gets memory that nothing else uses, a number gets none, one,
a few and many, a range its two ends. What IN does not name keeps the odd values that a call fills in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from allocator.assembly.image import Image
from allocator.checks.contract import RETURNS, check_contract
from allocator.contract import Contract, Item
from allocator.findings import CONTRACT, FAULT, LIMIT, Example, Finding, Findings, RuleResult
from allocator.machine.machine import Machine
from allocator.machine.run import LIMIT as NO_END
from allocator.machine.run import Run
from allocator.registers import FLAGS
from allocator.units import MIB, PAGE_SIZE

SAMPLE_LIMIT = 1_000_000
COUNTS = (2, 0, 1, 1000)
"""Tried for a number without a range; the first is what an item has while another is varied."""
FIRST_ADDRESS = 4 * MIB
_SHOWN_PAGES = 64


def check_samples(image: Image, make_machine: Callable[[], Machine], routines: Iterable[str]) -> Findings:
    """Return the rules that calls of `routines` broke: each rule once, with the first request that broke it."""
    found: dict[tuple[str, str], Finding] = {}
    calls = 0
    for routine in routines:
        contract = image.contracts.get(routine)
        for given in requests(contract) if contract else ():
            calls += 1
            for finding in _judged(make_machine(), routine, given):
                found.setdefault((routine, finding.rule), finding)
    return Findings(tuple(found.values()), {"calls": calls})


def requests(contract: Contract) -> Iterator[dict[str, int]]:
    """Yield the registers of each sample call; the first is the most ordinary one."""
    choices = {item.register: _choices(item, place) for place, item in enumerate(contract.inputs)}
    ordinary = {register: values[0] for register, values in choices.items() if values}
    yield ordinary
    for register, values in choices.items():
        yield from ({**ordinary, register: value} for value in values[1:])


def _choices(item: Item, place: int) -> tuple[int, ...]:
    ends = () if item.low is None or item.high is None else (item.low, item.high)
    if item.register in FLAGS:
        return tuple(dict.fromkeys(ends))
    if "address" in item.prose.lower():
        ordinary: tuple[int, ...] = (FIRST_ADDRESS + place * PAGE_SIZE,)
    else:
        ordinary = COUNTS
    if ends:
        ordinary = tuple(value for value in ordinary if ends[0] <= value <= ends[1])
    return tuple(dict.fromkeys((*ordinary, *ends)))


def _judged(machine: Machine, routine: str, given: dict[str, int]) -> Iterator[Finding]:
    states = bytes(machine.page_map)
    run = machine.call(routine, limit=SAMPLE_LIMIT, returns=None, **given)
    for result in check_contract(run):
        if not result.held:
            yield Finding(
                _kind(run, result),
                routine,
                result.rule,
                result.message,
                result.line,
                Example(
                    tuple(states.rstrip(b"\0"))[:_SHOWN_PAGES], given, machine.plan.mem_amount_mib, (_said(run, given),)
                ),
            )


def _kind(run: Run, result: RuleResult) -> str:
    if result.rule != RETURNS:
        return CONTRACT
    return LIMIT if run.stop.kind == NO_END else FAULT


def _said(run: Run, given: dict[str, int]) -> str:
    return " ".join((run.routine, *(f"{name}={value:#x}" for name, value in given.items())))
