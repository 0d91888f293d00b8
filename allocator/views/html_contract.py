"""Show a contract as a card, and what checks found as tables.

os_mem_allocate                                    memory.asm, line 58
in          rcx    number of pages                 1 to 65535
out         rax    address of the first page
flags       ZF     1 exactly on failure
preserved   all general registers that are not named
writes      os_MemoryMap, bytes 0 to 131071
stack       at most 32 bytes

rule                    held?
preserves rbx           broken: rbx is 5, it was 0xc0ffeebad04444
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from allocator.contract import Contract, FlagRule, Item, Write
from allocator.findings import Example, Finding, Findings, RuleResult
from allocator.units import counted
from allocator.views.html_style import code, fragment, row, table, text

MOST_FINDINGS = 200
_MOST_STATES = 32


def contract_html(contract: Contract, results: Sequence[RuleResult] = ()) -> str:
    """Return a contract as a card, and below it which of its rules a call kept."""
    return fragment(contract_card(contract), rule_table(results))


def contract_card(contract: Contract) -> str:
    """Return a contract as a part of a display."""
    rows = (
        row(text(key, "faint"), text(name), _wrapped(said), text(limits, "faint"))
        for key, name, said, limits in _rows(contract)
    )
    caption = f"contract of {contract.routine}, line {contract.line}"
    return f'<div class="card">{table(caption, ("", "", "meaning", "range"), rows)}</div>'


_Row = tuple[str, str, str, str]


def _rows(contract: Contract) -> Iterator[_Row]:
    yield from _items("in", contract.inputs)
    yield from _items("out", contract.outputs)
    yield from _flags(contract)
    clobbers = ", ".join(contract.clobbers)
    yield "clobbers", "" if clobbers else "nothing", f"{clobbers}: anything afterwards" if clobbers else "", ""
    kept = contract.preserved
    yield "preserved", "", "every register" if kept == "all" else ", ".join(kept), ""
    yield from _writes(contract.writes)
    if contract.stack is not None:
        yield "stack", "", f"at most {contract.stack} bytes", ""


def _items(key: str, items: Sequence[Item]) -> Iterator[_Row]:
    if not items:
        yield key, "nothing", "", ""
    for position, item in enumerate(items):
        limits = "" if item.low is None or item.high is None else f"{item.low:,} to {item.high:,}"
        yield "" if position else key, item.register, item.prose, limits


def _flags(contract: Contract) -> Iterator[_Row]:
    if contract.other_flags:
        yield "flags", "", contract.other_flags, ""
    for position, rule in enumerate(contract.flags):
        yield "" if position or contract.other_flags else "flags", rule.flag.upper(), _flag(rule), ""


def _flag(rule: FlagRule) -> str:
    return rule.prose or f"always {rule.value}"


def _writes(writes: Sequence[Write]) -> Iterator[_Row]:
    if not writes:
        yield "writes", "nothing", "", ""
    for position, write in enumerate(writes):
        is_exact = write.symbol is not None and write.low is not None and write.high is not None
        limits = f"bytes {write.low:,} to {write.high:,}" if is_exact else ""
        yield (
            "" if position else "writes",
            write.symbol if is_exact and write.symbol else "",
            "" if is_exact else write.text,
            limits,
        )


def rule_table(results: Sequence[RuleResult]) -> str:
    """Return the rules of a contract that one call broke, and how many it kept; empty where there are none."""
    if not results:
        return ""
    broken = [result for result in results if not result.held]
    kept = f"<p>{text(f'kept: {len(results) - len(broken)} of {len(results)} rules', 'faint')}</p>"
    if not broken:
        return kept
    return table(counted(len(broken), "broken rule"), ("rule", "what happened", "line"), map(_rule_row, broken)) + kept


def _rule_row(result: RuleResult) -> str:
    return row(text(result.rule, "fault"), _wrapped(result.message), text(result.line or "", "faint"))


def findings_html(findings: Findings) -> str:
    """Return what a check found, an example beside each, and what of it is accepted and why."""
    covered = ", ".join(f"{count:,} {name}" for name, count in findings.covered.items())
    found = counted(len(findings.findings), "finding") if findings.findings else "nothing was found"
    verdict = f"{found}{f'; covered {covered}' if covered else ''}"
    shown = findings.findings[:MOST_FINDINGS]
    parts = [table(verdict, ("routine", "line", "kind", "rule", "what happened", "example"), map(_finding_row, shown))]
    if len(findings.findings) > len(shown):
        parts.append(f"<p>{len(findings.findings) - len(shown):,} more findings are not shown.</p>")
    if findings.accepted:
        rows = (
            row(text(found.routine), text(found.rule), _wrapped(found.message), _wrapped(known.reason))
            for found, known in findings.accepted[:MOST_FINDINGS]
        )
        parts.append(table("accepted", ("routine", "rule", "what happened", "because"), rows))
    return fragment(*parts)


def _finding_row(finding: Finding) -> str:
    return row(
        code(finding.routine), text(finding.line or "", "faint"), text(finding.kind, "fault"), text(finding.rule),
        _wrapped(finding.message), f'<div class="wrapped">{_example(finding.example)}</div>',
    )  # fmt: skip


def _wrapped(words: str) -> str:
    return f'<div class="wrapped">{text(words)}</div>'


def _example(example: Example) -> str:
    """Return the last call that shows it, and the machine that it is made on."""
    calls = "<br>".join(text(call) for call in example.calls)
    if not calls:
        calls = text(" ".join(f"{name}={value:#x}" for name, value in example.registers.items()))
    states = ",".join(map(str, example.pages[:_MOST_STATES])) + (" ..." if len(example.pages) > _MOST_STATES else "")
    return f"{calls}<br>{text(f'page map {states}', 'faint')}" if example.pages else calls
