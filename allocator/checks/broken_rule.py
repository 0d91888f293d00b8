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

from functools import lru_cache

from allocator.checks.access_rules import accesses_beyond
from allocator.checks.inspection import Finding, Inspection, inspect
from allocator.checks.mode_rules import ENDANGERS, HINTS, REFUSED, RULES
from allocator.checks.run_rules import RUN_RULES, broken_by_run
from allocator.machine.run import Run
from allocator.trace.again import record_again
from allocator.trace.broken_rule import BrokenRule
from allocator.trace.trace import Trace

MOST = 6
"""Rules that are told of one run."""
_ORDER = {rule.name: number for number, rule in enumerate((*RULES, *RUN_RULES))}
_LAST = {ENDANGERS: 1, HINTS: 2}
_MAPPING = frozenset({"the stack is mapped", "the GDT is mapped"})
_SAME_CAUSE = {
    "the code that turns paging on is mapped": {"a page is present", "an access has its rights", *_MAPPING},
    "long mode needs EFER.LME": {
        "a PDPTE of PAE has no rights",
        "the code that turns paging on is mapped",
        "a page is present",
        *_MAPPING,
    },
    "CR3 is loaded before paging": {
        "the code that turns paging on is mapped",
        "a page is present",
        "no entry has reserved bits",
        *_MAPPING,
    },
    "no entry has reserved bits": {"the code that turns paging on is mapped", *_MAPPING},
    "pages of 4 MiB need CR4.PSE": {"the code that turns paging on is mapped", "a page is present", *_MAPPING},
    "the top table lies in memory": {"the code that turns paging on is mapped", "a page is present", *_MAPPING},
    "a page is present": _MAPPING,
    "an access has its rights": _MAPPING,
}
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
    same = {name for rule in kept for name in _SAME_CAUSE.get(rule, ())}
    told = [each for name, each in kept.items() if name not in same][:MOST]
    return tuple(_broken(trace, each, inspection) for each in told)


def _rank(found: Finding, is_interrupted: bool) -> tuple[int, int, int]:
    """Return what to sort by; where an interrupt ended the run, what endangers it is a cause as others are."""
    is_cause = found.rule.weight == ENDANGERS and is_interrupted
    return 0 if is_cause else _LAST.get(found.rule.weight, 0), found.step, _ORDER[found.rule.name]


def _counts(found: Finding, inspection: Inspection) -> bool:
    if found.rule.weight == REFUSED and found.step in inspection.handled:
        return False
    return inspection.has_failed or found.rule.weight in (REFUSED, ENDANGERS)


def _broken(trace: Trace, found: Finding, inspection: Inspection) -> BrokenRule:
    step, rule = trace[found.step], found.rule
    is_latent = not inspection.has_failed or (rule.weight == ENDANGERS and not inspection.is_interrupted)
    return BrokenRule(
        rule.name, rule.section, found.sentence, found.step, step.text, step.line, found.settings, is_latent
    )
