"""Say which rules of the manual a run broke, with the values, the steps that set them, and the lines of source.

    which rule of the manual was broken (Intel SDM volume 3)
      long mode needs CR4.PAE  (section 9.8.5, step 2)
        CR0.PG is set with EFER.LME, and CR4.PAE is clear (EFER = 0x100, CR4 = 0x10): #GP
        at step 46       boot.asm:41: mov cr0, eax
        CR4 = 0x10       set by step 39, boot.asm:34: mov cr4, eax
        EFER = 0x100     set by step 43, boot.asm:38: wrmsr

`broken_rules_object` is the same as data.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from textwrap import wrap
from typing import Any

from allocator.assembly.image import Line
from allocator.source import printable
from allocator.trace.broken_rule import BrokenRule, Setting
from allocator.views.ink import PLAIN, Ink
from allocator.views.source_text import condensed

WIDTH = 100
"""Where sentences are broken, unless somebody says otherwise."""
_INDENT = 4
_CONTROLLER = "8259A"
"""What begins the place of a rule in the data sheet of the interrupt controller, not in the manual."""
_BROKEN = "which rule of the manual was broken (Intel SDM volume 3)"
_UNHANDLED = "why the exception that came of it was not handled"
_LATENT = "on a real PC this would fault, or could (Intel SDM volume 3)"


def broken_rules_lines(rules: Sequence[BrokenRule], ink: Ink = PLAIN, width: int = WIDTH) -> Iterator[str]:
    """Yield the rules, those that explain the fault first; sentences are broken at `width`."""
    for heading in (_BROKEN, _UNHANDLED, _LATENT):
        chosen = [rule for rule in rules if _heading(rule) == heading]
        if chosen:
            yield ink.paint(heading, "heading")
        for rule in chosen:
            yield from _rule_lines(rule, ink, width)


def _heading(rule: BrokenRule) -> str:
    if rule.is_latent:
        return _LATENT
    return _UNHANDLED if rule.is_consequence else _BROKEN


def _rule_lines(rule: BrokenRule, ink: Ink, width: int) -> Iterator[str]:
    is_number = rule.section[0].isdigit() and not rule.section.startswith(_CONTROLLER)
    where = f"section {rule.section}" if is_number else rule.section
    yield f"  {ink.paint(rule.rule, 'error')}  ({where})"
    yield from (
        f"    {line}" for line in wrap(printable(rule.sentence), max(width - _INDENT, 1), break_on_hyphens=False)
    )
    rows = [(f"at step {rule.step}", _source(rule.line, rule.text)), *map(_setting_row, rule.settings)]
    column = max(len(first) for first, _ in rows)
    yield from (f"    {first:<{column}}  {second}" for first, second in rows)


def _setting_row(setting: Setting) -> tuple[str, str]:
    name = f"{setting.name} = {setting.value}" if " " not in setting.value else f"{setting.name}: {setting.value}"
    if setting.step is not None:
        return name, f"set by step {setting.step}, {_source(setting.line, setting.text)}"
    return name, f"as it was loaded, {_source(setting.line, '')}" if setting.line else "never set by the program"


def _source(line: Line | None, text: str) -> str:
    """Return file, line and statement, or the instruction where no source has it."""
    if line is None:
        return printable(text)
    statement, _ = condensed(line)
    return f"{printable(line.source.name)}:{line.line}: {statement}"


def broken_rules_object(rules: Sequence[BrokenRule]) -> list[dict[str, Any]]:
    """Return what ``boot --json`` says under ``rules``."""
    return [
        {
            "rule": rule.rule,
            "section": rule.section,
            "message": rule.sentence,
            "step": rule.step,
            "source": rule.line.source.name if rule.line else None,
            "line": rule.line.line if rule.line else None,
            "would_fault": rule.is_latent,
            "is_consequence": rule.is_consequence,
            "set_by": [_setting_object(setting) for setting in rule.settings],
        }
        for rule in rules
    ]


def _setting_object(setting: Setting) -> dict[str, Any]:
    return {
        "name": setting.name,
        "value": setting.value,
        "step": setting.step,
        "source": setting.line.source.name if setting.line else None,
        "line": setting.line.line if setting.line else None,
    }
