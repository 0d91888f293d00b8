"""Find the rules of the manual that a run broke: what led to its fault, and what a real PC would not have put up with.

    find_broken_rules(trace) -> (BrokenRule("long mode needs CR4.PAE", ..., step=412, settings=(CR4, EFER)), ...)

- The run is made again on a twin, which is looked at before each instruction that loads a table, a control register, a
  segment register or CS from elsewhere, and where it ended (`inspection`); what whole runs break is read from the
  trace (`run_rules`, `access_rules`). A run that never leaves real mode and ends well is not made again.
- The cause comes before its consequences: in the order of the steps, and within a step of the table of rules. What
  only endangers a run, as interrupts without gates do, comes last.
- Of a run that ended well only that is told which the engine let pass and a processor does not.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from allocator.checks.access_rules import accesses_beyond
from allocator.checks.inspection import Finding, Inspection, inspect
from allocator.checks.mode_rules import ENDANGERS, HINTS, LEADS, REFUSED, RULES
from allocator.checks.run_rules import FIRST_OF_STEP, RUN_RULES, broken_by_run
from allocator.checks.source_lines import line_of, text_of
from allocator.machine.run import Run
from allocator.trace.again import record_again
from allocator.trace.broken_rule import BrokenRule
from allocator.trace.trace import Trace

MOST = 6
"""Rules that are told of one run."""
_ORDER = {rule.name: number for number, rule in enumerate((*FIRST_OF_STEP, *RULES, *RUN_RULES))}
_DELIVERY = frozenset({
    "the vector lies within the IDT", "protected mode has an IDT of its own", "the IDT is mapped", "an IDT holds gates",
    "a gate is present", "a gate leads to code", "long mode has gates of 64 bits", "a frame has a stack",
})  # fmt: skip
"""Why an exception that came of another rule could not be handled."""
_LAST = {ENDANGERS: 1, HINTS: 2}
_CODE = frozenset({"code runs in the width it is made for"})
_ASTRAY = frozenset({"a transfer leads to code", "an address has memory behind it", "code stays as it was assembled"})
_NOT_MAPPED = frozenset({
    "the code that turns paging on is mapped", "the code that turns paging on stays", "the stack is mapped",
    "the stack stays", "the GDT is mapped", "the GDT stays", "a page is present", "an access has its rights",
})  # fmt: skip
_ENTRIES = frozenset({"no entry has reserved bits", "NX needs EFER.NXE", "a PDPTE of PAE has no rights"})
_TABLES = _NOT_MAPPED | _ENTRIES | _ASTRAY
_FORMAT = frozenset({"the tables have the format that is on", "no level of the tables is left out"})
_RETURN = _ASTRAY | {
    "CS is never null", "a selector lies within its table", "CS selects code", "code runs at its own level",
    "SS selects writable data", "code runs in the width it is made for", "a target lies within the limit",
}  # fmt: skip
_OPERAND = frozenset(
    {
        "the first descriptor is null",
        "the base fits the operand of LGDT",
        "the GDT lies in memory",
        "the GDT ends with a descriptor",
    }
)
_SAME_CAUSE: dict[str, frozenset[str]] = {
    "CR0.PE is set before the far jump": _CODE | _ASTRAY,
    "a base is added to every offset": _CODE | _ASTRAY,
    "a far transfer follows the switch": _ASTRAY,
    "an offset counts from the base of its segment": _CODE | _ASTRAY | {"the offset fits the operand"},
    "the offset fits the operand": _CODE | _ASTRAY,
    "code stays as it was assembled": _CODE | _ASTRAY | {"an instruction exists"},
    "LGDT finds its operand": _OPERAND,
    "GDTR and IDTR hold linear addresses": _OPERAND,
    "the GDT lies in memory": _ASTRAY,
    "the limit comes before the base": _OPERAND,
    "IRET takes the frame that was pushed": _RETURN,
    "the error code is taken off before IRET": _RETURN,
    "a handler pops what it pushed": _RETURN,
    "a handler returns with IRET": _RETURN,
    "a stack has room": _ASTRAY | {"the instruction pointer stays within the limit"},
    "the base has as many bytes as LGDT reads": _OPERAND,
    "long mode needs EFER.LME": _TABLES | _FORMAT,
    "the tables have the format that is on": _TABLES | {"no level of the tables is left out"},
    "no level of the tables is left out": _TABLES,
    "CR3 is aligned": frozenset({"CR3 is loaded before paging"}),
    "CR3 is loaded before paging": _TABLES | _FORMAT,
    "the top table lies in memory": _TABLES | _FORMAT,
    "pages of 4 MiB need CR4.PSE": _TABLES,
    "no entry has reserved bits": _NOT_MAPPED | _ASTRAY,
    "NX needs EFER.NXE": _NOT_MAPPED,
    "the code that turns paging on is mapped": (_NOT_MAPPED | _ASTRAY) - {"the code that turns paging on is mapped"},
    "the code that turns paging on stays": (_NOT_MAPPED | _ASTRAY) - {"the code that turns paging on stays"},
    "a page is present": frozenset({"the stack is mapped", "the GDT is mapped"}),
    "an access has its rights": frozenset({"the stack is mapped", "the GDT is mapped"}),
    "protected mode has an IDT of its own": frozenset({"the IDT is mapped", "a frame has a stack"}),
    "the IDT is mapped": frozenset({"a frame has a stack"}),
    "64-bit code needs long mode": _CODE | _ASTRAY | {"a target lies within the limit"},
    "code runs in the width it is made for": _ASTRAY | {
        "a target lies within the limit", "the instruction pointer stays within the limit", "an instruction exists",
    },
    "a transfer leads to code": _ASTRAY | {"the instruction pointer stays within the limit"},
}  # fmt: skip
"""Rule to those that say the same of the same tables, and are not told beside it."""


def find_broken_rules(what: Trace | Run) -> tuple[BrokenRule, ...]:
    """Return the rules that a run broke, the cause before its consequences; none where it cannot be made again."""
    trace = record_again(what) if isinstance(what, Run) else what
    return _found(trace) if trace is not None and len(trace) else ()


@lru_cache(maxsize=4)  # a report and its JSON ask for the same run
def _found(trace: Trace) -> tuple[BrokenRule, ...]:
    inspection = inspect(trace)
    found = [*inspection.findings, *accesses_beyond(trace, inspection), *broken_by_run(trace, inspection)]
    kept: dict[str, Finding] = {}
    for each in sorted(found, key=lambda each: _rank(each, inspection.is_interrupted)):
        if _counts(each, inspection):
            kept.setdefault(each.rule.name, each)
    told = [each for each in kept.values() if not _is_told_by_another(each, kept)][:MOST]
    has_cause = any(each.rule.name not in _DELIVERY and each.rule.weight in (REFUSED, LEADS) for each in told)
    return tuple(_broken(trace, each, inspection, has_cause) for each in told)


def _is_told_by_another(found: Finding, kept: Mapping[str, Finding]) -> bool:
    """Tell whether another rule says why this one is broken; a run that goes astray, only where that was before."""
    name = found.rule.name
    causes = (each for rule, each in kept.items() if rule != name and name in _SAME_CAUSE.get(rule, ()))
    return any(each.step <= found.step or name not in _ASTRAY for each in causes)


def _rank(found: Finding, is_interrupted: bool) -> tuple[int, int, int]:
    """Return what to sort by; where an interrupt ended the run, what endangers it is a cause as others are."""
    is_cause = found.rule.weight == ENDANGERS and is_interrupted
    return 0 if is_cause else _LAST.get(found.rule.weight, 0), found.step, _ORDER[found.rule.name]


def _counts(found: Finding, inspection: Inspection) -> bool:
    if found.rule.weight == REFUSED and found.step in inspection.handled:
        return False
    return inspection.has_failed or found.rule.weight in (REFUSED, ENDANGERS)


def _broken(trace: Trace, found: Finding, inspection: Inspection, has_cause: bool) -> BrokenRule:
    rule, line = found.rule, line_of(trace, found.step)
    text = trace[found.step].text if line else text_of(trace, found.step)
    is_latent = not (inspection.is_interrupted if rule.weight == ENDANGERS else inspection.has_failed)
    is_consequence = has_cause and rule.name in _DELIVERY
    return BrokenRule(
        rule.name, rule.section, found.sentence, found.step, text, line, found.settings, is_latent, is_consequence
    )
