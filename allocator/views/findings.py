"""Say what checks found: the broken rules of one call, and the report of ``allocator check``."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from allocator.findings import Example, Finding, Findings, RuleResult
from allocator.machine.page_map import STATE_NAMES, state_name
from allocator.source import printable
from allocator.units import counted
from allocator.views.ink import PLAIN, Ink

FORMAT = "allocator.check/1"
_MAX_STATES = 8


def contract_lines(rules: Sequence[RuleResult], preconditions: Sequence[str], ink: Ink = PLAIN) -> Iterator[str]:
    """Yield the rules of a contract that one call broke; nothing where all held.

    ``preconditions`` are those that the caller broke, so that no rule was judged.
    """
    for said in preconditions:
        yield f"  not checked against its contract, because the call breaks it: {printable(said)}"
    broken = [result for result in rules if not result.held]
    if broken:
        yield ink.paint("broke its contract", "error")
    yield from (f"  {printable(result.rule)}: {printable(result.message)}" for result in broken)


def check_json(sources: Sequence[str], routines: Sequence[str], findings: Findings) -> str:
    """Return what ``check --json`` prints."""
    form = {
        "format": FORMAT,
        "sources": list(sources),
        "routines": list(routines),
        "worlds": {"pages": 0, "maps": 0, "calls": 0, **findings.covered},
        "findings": [finding_object(finding) for finding in findings.findings],
        "accepted": [{"rule": found.rule, "reason": known.reason} for found, known in findings.accepted],
    }
    return json.dumps(form, indent=1)


def finding_object(finding: Finding) -> dict[str, Any]:
    """Return one finding as it stands in the JSON."""
    example = finding.example
    return {
        "kind": finding.kind,
        "routine": finding.routine,
        "rule": finding.rule,
        "message": finding.message,
        "line": finding.line or None,
        "example": {
            "pages": ",".join(map(str, example.pages)),
            "registers": {name: hex(value) for name, value in example.registers.items()},
        },
    }


def check_text(sources: Sequence[str], routines: Sequence[str], findings: Findings, ink: Ink = PLAIN) -> Iterator[str]:
    """Yield the report for people: what was found, how to see it, and what is accepted with its reason."""
    names = ", ".join(map(printable, routines))
    yield ink.paint(f"{', '.join(map(printable, sources))}: {names}", "heading")
    covered = findings.covered
    maps = f"; {covered['maps']:,} page maps of up to {covered['pages']} pages" if "maps" in covered else ""
    yield f"{counted(covered.get('calls', 0), 'call')}{maps}"
    for finding in findings.findings:
        yield ""
        yield from _finding_lines(finding, ink)
    if findings.accepted:
        yield ""
        yield f"accepted: {counted(len(findings.accepted), 'known deviation')}"
        for found, known in findings.accepted:
            yield f"  {printable(found.routine)}, {printable(found.rule)}: {printable(found.message)}"
            yield f"      because {printable(known.reason)}"
    yield ""
    yield _verdict(findings, ink)


def _verdict(findings: Findings, ink: Ink) -> str:
    if findings.findings:
        return ink.paint(counted(len(findings.findings), "finding"), "error")
    return ink.paint("nothing else was found" if findings.accepted else "nothing was found", "good")


def _finding_lines(finding: Finding, ink: Ink) -> Iterator[str]:
    place = f", line {finding.line}" if finding.line else ""
    head = f"{printable(finding.routine)}{place}: {finding.kind}: {printable(finding.rule)}"
    yield ink.paint(head, "error")
    yield f"  {printable(finding.message)}"
    example = finding.example
    if example.mem_amount_mib is not None:
        yield f"  machine  os_MemAmount = {example.mem_amount_mib} MiB; {_states(example)}"
    for number, call in enumerate(example.calls):
        yield f"  {'calls  ' if number == 0 else '       '}  {printable(call)}"
    yield from (f"  try      {command}" for command in _commands(finding))


def _states(example: Example) -> str:
    """Return the page map of an example as words; a map that is too large for it was left out."""
    if not example.pages:
        return "a page map as large as that" if example.mem_amount_mib else "no pages"
    shown = example.pages[:_MAX_STATES]
    states = " ".join(map(state_name, shown))
    more = len(example.pages) - len(shown)
    return f"pages from 0 on: {states}" + (f" and {more} more" if more else "")


def _commands(finding: Finding) -> Iterator[str]:
    """Yield the command that shows the last call of an example, where a command can set up its machine."""
    example = finding.example
    if not example.pages or not example.mem_amount_mib or len(example.pages) > _MAX_STATES:
        return
    if STATE_NAMES.keys() >= {*example.pages}:
        pages = " ".join(f"{STATE_NAMES[state]}:{page}" for page, state in enumerate(example.pages))
        given = "".join(f" {name}={value:#x}" for name, value in example.registers.items())
        yield f'allocator run {printable(finding.routine)}{given} -m {example.mem_amount_mib}M --pages "{pages}"'
