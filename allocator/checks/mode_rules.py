"""Name the rule of the manual that a program broke when it switched modes, or that led to its fault.

    broken_rules(situation) -> (BrokenRule(rule, "CR0.PG is set with EFER.LME, and CR4.PAE is clear (CR4 = 0x0)"), ...)

The table below is all there is: a name, the section of Intel SDM volume 3, and a function that says in one sentence,
with values, how the rule is broken, or "" where it holds. The functions lie in families: `protected_rules` (switching
to protected mode, far transfers), `paging_rules` (turning paging on, long mode), `delivery_rules` (interrupts, stacks).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from allocator.checks import delivery_rules as delivery
from allocator.checks import paging_rules as paging
from allocator.checks import protected_rules as protected
from allocator.checks.situation import Situation


class Rule(NamedTuple):
    """A rule of the manual; `says` returns how it is broken, or "" where it holds."""

    name: str
    section: str
    says: Callable[[Situation], str]


class BrokenRule(NamedTuple):
    """A rule that is broken, and how, with values."""

    rule: Rule
    sentence: str


RULES = (
    Rule("interrupts are off for the switch", "9.9.1, step 1", protected.interrupts_enabled),
    Rule("the GDT has a code and a data segment", "9.9.1, step 2", protected.gdt_too_small),
    Rule("the GDT lies in memory", "3.5.1", protected.gdt_outside_memory),
    Rule("the GDT ends with a descriptor", "3.5.1", protected.gdt_cut),
    Rule("a far transfer follows the switch", "9.9.1, step 4", protected.code_segment_stale),
    Rule("the offset fits the operand", "9.9.1, step 4", protected.offset_cut),
    Rule("CS is never null", "5.8.1", protected.null_target),
    Rule("a selector lies within its table", "3.4.2", protected.target_behind_table),
    Rule("CS selects code", "5.8.1", protected.target_not_code),
    Rule("a segment is present", "3.4.5", protected.target_absent),
    Rule("code runs at its own level", "5.8.1.1", protected.target_level),
    Rule("a target lies within the limit", "5.3", protected.target_behind_limit),
    Rule("L and D exclude each other", "5.2.1", protected.target_l_and_d),
    Rule("SS selects writable data", "5.7", protected.stack_not_writable),
    Rule("a data segment can be read", "5.6", protected.data_unusable),
    Rule("paging needs protected mode", "4.1.1", paging.paging_without_protection),
    Rule("NW needs CD", "2.5", paging.nw_without_cd),
    Rule("reserved bits of CR0 and CR4 are clear", "2.5", paging.reserved_register_bits),
    Rule("CR3 is aligned", "4.3", paging.root_misaligned),
    Rule("the top table lies in memory", "4.3", paging.root_outside_memory),
    Rule("the code that turns paging on is mapped", "9.9.1, step 5", paging.code_not_mapped),
    Rule("the stack is mapped", "9.9.1", paging.stack_not_mapped),
    Rule("the GDT is mapped", "9.9.1", paging.gdt_not_mapped),
    Rule("the IDT is mapped", "9.9.1", paging.idt_not_mapped),
    Rule("pages of 4 MiB need CR4.PSE", "4.3", paging.large_page_without_pse),
    Rule("no entry has reserved bits", "4.3 to 4.5", paging.reserved_entry_bits),
    Rule("a PDPTE of PAE has no rights", "4.4.1", paging.pdpte_reserved_bits),
    Rule("long mode needs CR4.PAE", "9.8.5, step 2", paging.long_without_pae),
    Rule("LME changes without paging only", "2.2.1", paging.lme_under_paging),
    Rule("PAE stays in long mode", "4.1.2", paging.pae_cleared),
    Rule("paging stays in 64-bit code", "9.8.5.4", paging.paging_off_in_64_bits),
    Rule("long mode is entered from 32-bit code", "9.8.5", paging.long_code_before_paging),
    Rule("LA57 stays in long mode", "4.1.2", paging.la57_changed),
    Rule("PCIDE needs long mode", "4.10.1", paging.pcide_outside_long_mode),
    Rule("the vector lies within the IDT", "6.10", delivery.vector_behind_idt),
    Rule("protected mode has an IDT of its own", "9.8.2", delivery.real_mode_vectors),
    Rule("an IDT holds gates", "6.11", delivery.no_gate),
    Rule("a gate is present", "6.11", delivery.gate_absent),
    Rule("a gate leads to code", "6.12.1", delivery.gate_not_to_code),
    Rule("long mode has gates of 64 bits", "6.14.1", delivery.gate_to_other_width),
    Rule("INT n needs a gate of its level", "6.12.1.2", delivery.gate_level),
    Rule("another level needs a TSS", "6.12.1", delivery.no_task_state),
    Rule("the TSS has a stack", "7.2.1", delivery.no_inner_stack),
    Rule("a stack has room", "6.12, 21.1.4", delivery.stack_wraps),
    Rule("an access has its rights", "4.6", delivery.page_refused),
)
"""Every rule that is asked, in the order in which a program meets them."""


def broken_rules(situation: Situation) -> tuple[BrokenRule, ...]:
    """Return the rules that are broken, in the order of the table."""
    found = (BrokenRule(rule, rule.says(situation)) for rule in RULES)
    return tuple(each for each in found if each.sentence)
