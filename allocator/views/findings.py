"""Say what checks found: the broken rules of one call, and the report of ``allocator check``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from allocator.findings import RuleResult
from allocator.source import printable
from allocator.views.ink import PLAIN, Ink


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
