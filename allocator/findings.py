"""Hold what checks find: a rule, whether it held, and the smallest example where it did not.

    RuleResult   one rule of a contract, judged on one run
    Finding      one thing that is wrong with a routine, with an example to try
    Acceptance   a deviation that is known and meant, with the reason: data beside the source
    Findings     all of a check: what was found, what of it is accepted, what was covered

Everything here is frozen and says nothing by itself: ``checks/`` makes it, ``views/findings.py`` shows it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

CONTRACT, LAW, MODEL, FAULT, LIMIT = "contract", "law", "model", "fault", "limit"
FINDING_KINDS = (CONTRACT, LAW, MODEL, FAULT, LIMIT)
"""The comment above the routine, a law of allocators, another answer than the model's, a fault, no end."""


@dataclass(frozen=True)
class RuleResult:
    """Whether `rule` held; where it did not, ``message`` says what happened and ``line`` where (0: nowhere)."""

    rule: str
    held: bool
    message: str = ""
    line: int = 0


@dataclass(frozen=True)
class Example:
    """A call that shows something: the page map before it and the registers it was given.

    ``pages`` are the states from page 0 on; ``mem_amount_mib`` is what the machine said it has, None where it was
    not changed. ``calls`` are all calls that led there in words, the one that shows it last.
    """

    pages: tuple[int, ...] = ()
    registers: Mapping[str, int] = field(default_factory=dict)
    mem_amount_mib: int | None = None
    calls: tuple[str, ...] = ()


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong: ``kind`` is one of `FINDING_KINDS`, ``rule`` its name, ``line`` of the source or 0."""

    kind: str
    routine: str
    rule: str
    message: str
    line: int = 0
    example: Example = field(default_factory=Example)

    @property
    def identity(self) -> tuple[str, str, str, str]:
        """What makes two findings the same, whatever their examples."""
        return self.kind, self.routine, self.rule, self.message


@dataclass(frozen=True)
class Acceptance:
    """A deviation that is meant: findings of this rule, and of this routine and message where they are given."""

    rule: str
    reason: str
    routine: str | None = None
    message: str | None = None

    def covers(self, finding: Finding) -> bool:
        """Tell whether `finding` is what is accepted."""
        return (
            self.rule == finding.rule
            and self.routine in (None, finding.routine)
            and self.message in (None, finding.message)
        )


@dataclass(frozen=True)
class Findings:
    """What a check found. ``covered`` says with what numbers: ``{"pages": 6, "maps": 1092, "calls": 8736}``.

    Two add up; what both found stands there once, with the first one's example.
    """

    findings: tuple[Finding, ...] = ()
    covered: Mapping[str, int] = field(default_factory=dict)
    accepted: tuple[tuple[Finding, Acceptance], ...] = ()

    def __add__(self, other: Findings) -> Findings:
        kept = {found.identity for found in self.findings}
        calls = self.covered.get("calls", 0) + other.covered.get("calls", 0)
        covered = {**self.covered, **other.covered, "calls": calls}
        new = tuple(found for found in other.findings if found.identity not in kept)
        return Findings(self.findings + new, covered, self.accepted + other.accepted)

    def accepting(self, acceptances: tuple[Acceptance, ...]) -> Findings:
        """Return the same with each finding that one of `acceptances` covers moved to ``accepted``."""
        pairs = [
            (found, next((known for known in acceptances if known.covers(found)), None)) for found in self.findings
        ]
        return Findings(
            tuple(found for found, known in pairs if known is None),
            self.covered,
            self.accepted + tuple((found, known) for found, known in pairs if known is not None),
        )

    def _repr_html_(self) -> str:
        from allocator.views.html_contract import findings_html

        return findings_html(self)
