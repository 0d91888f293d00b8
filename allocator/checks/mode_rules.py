"""Name the rule of the manual that a program broke when it switched modes, or that led to its fault.

    broken_rules(situation) -> (Breach(rule, "CR0.PG is set with EFER.LME, and CR4.PAE is clear (CR4 = 0x0)"), ...)

The table below is all there is: a name, the section of Intel SDM volume 3, a function that says in one sentence, with
values, how the rule is broken, or "" where it holds; which values it looks at; and what becomes of breaking it. The
functions lie in families: `protected_rules` (switching to protected mode, far transfers, segment registers),
`paging_rules` (turning paging on, long mode), `delivery_rules` (interrupts, stacks), `instruction_rules` (privilege,
canonical addresses).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from allocator.checks import delivery_rules as delivery
from allocator.checks import instruction_rules as instruction
from allocator.checks import mapping_rules as mapping
from allocator.checks import paging_rules as paging
from allocator.checks import protected_rules as protected
from allocator.checks import table_rules as table
from allocator.checks import transfer_rules as transfers
from allocator.checks.situation import Situation

REFUSED, LEADS, ENDANGERS, HINTS = "refused", "leads", "endangers", "hints"
"""What becomes of breaking a rule: the processor refuses at once; or nothing by itself, and it explains a later fault;
a real PC fails when something comes from outside, as an interrupt does; or it is merely odd."""
TARGET, LOADED, GATE, INNER_STACK = "target", "loaded", "gate", "inner stack"
"""Values in memory: the descriptor that a far transfer or a load of a segment register selects, a gate, the stack that
a TSS names."""
ENTRY, TOP_ENTRY, REFUSING, STACK_ENTRY, TABLE_ENTRY = "entry", "top entry", "refusing", "stack entry", "table entry"
"""Entries of the page tables: where the walk of the address in question ended, its first, the one without the right,
those of the stack and of the GDT."""
ADDRESS, SOURCE, CS_SOURCE, MODEL_SPECIFIC, CONTROLLER = "address", "source", "cs source", "msr", "controller"
"""The registers that make the address of the operand; where the selector of a load or of a far transfer came from; what
WRMSR wrote besides EFER; who set the vectors of the first interrupt controller."""
_ACCESS, _WIDTH = 5, 6
"""Bytes of a descriptor: that of P, DPL and type; that of G, D, L and the upper limit."""


class Rule(NamedTuple):
    """A rule of the manual; `says` returns how it is broken, or "" where it holds.

    ``values`` are the registers, or the places of memory, that decide; ``part`` is which byte of these places.
    """

    name: str
    section: str
    says: Callable[[Situation], str]
    values: tuple[str, ...] = ()
    weight: str = REFUSED
    part: int = 0


class Breach(NamedTuple):
    """A rule that is broken at one moment, and how, with values."""

    rule: Rule
    sentence: str


RULES = (
    Rule("LGDT finds its operand", "3.5.1", table.operand_elsewhere, ("ds",), LEADS),
    Rule("the limit comes before the base", "volume 2, LGDT", table.operand_turned_round, (), LEADS),
    Rule("the base has as many bytes as LGDT reads", "volume 2, LGDT", table.base_of_one_word, (), LEADS),
    Rule("GDTR and IDTR hold linear addresses", "2.4.1", table.table_not_linear, ("ds",), LEADS),
    Rule("the base fits the operand of LGDT", "volume 2, LGDT", table.base_cut, (), LEADS),
    Rule("interrupts are off for the switch", "9.9.1, step 1", protected.interrupts_enabled, ("if",), ENDANGERS),
    Rule("CR0.PE is set before the far jump", "9.9.1, step 3", transfers.switch_forgotten, ("cr0",), LEADS),
    Rule("the first descriptor is null", "3.5.1", table.first_descriptor_used, ("gdtr",), LEADS),
    Rule("the GDT has a code and a data segment", "9.9.1, step 2", table.gdt_too_small, ("gdtr",), LEADS),
    Rule("the GDT lies in memory", "3.5.1", table.gdt_outside_memory, ("gdtr",), LEADS),
    Rule("the GDT ends with a descriptor", "3.5.1", table.gdt_cut, ("gdtr",), HINTS),
    Rule("a far transfer follows the switch", "9.9.1, step 4", protected.code_segment_stale, ("cr0", "cs"), LEADS),
    Rule("the offset fits the operand", "9.9.1, step 4", protected.offset_cut, (TARGET,), LEADS),
    Rule("IRET takes the frame that was pushed", "6.12.1, 6.14.3", protected.frame_of_other_width, (), LEADS),
    Rule("a base is added to every offset", "3.4.5", protected.target_moved, (TARGET,), LEADS, 2),
    Rule("an offset counts from the base of its segment", "3.4.1", protected.target_not_linear, (TARGET,), LEADS, 2),
    Rule("CS is never null", "5.8.1", protected.null_target, ("cr0", CS_SOURCE)),
    Rule("a selector lies within its table", "3.4.2", protected.target_behind_table, ("gdtr", CS_SOURCE)),
    Rule("CS selects code", "5.8.1", protected.target_not_code, ("gdtr", TARGET, CS_SOURCE), REFUSED, _ACCESS),
    Rule("a segment is present", "3.4.5", protected.target_absent, ("gdtr", TARGET), REFUSED, _ACCESS),
    Rule("code runs at its own level", "5.8.1.1", protected.target_level, ("cs", TARGET, CS_SOURCE), REFUSED, _ACCESS),
    Rule("64-bit code needs long mode", "9.8.5", transfers.long_inactive, ("cr0", "efer", "cr4"), LEADS),
    Rule("L and D exclude each other", "5.2.1", protected.target_l_and_d, (TARGET,), REFUSED, _WIDTH),
    Rule("code runs in the width it is made for", "3.4.5", transfers.other_width, ("gdtr", TARGET), LEADS, _WIDTH),
    Rule("a target lies within the limit", "5.3", protected.target_behind_limit, (TARGET,)),
    Rule("SS selects writable data", "5.7", protected.stack_not_writable, ("gdtr", LOADED, SOURCE), REFUSED, _ACCESS),
    Rule("a data segment can be read", "5.6", protected.data_unusable, ("gdtr", LOADED, SOURCE), REFUSED, _ACCESS),
    Rule("LTR loads an available TSS", "7.2.4", protected.task_unusable, ("gdtr", LOADED, SOURCE), REFUSED, _ACCESS),
    Rule("LLDT loads an LDT", "2.4.2", protected.local_table_unusable, ("gdtr", LOADED, SOURCE), REFUSED, _ACCESS),
    Rule("paging needs protected mode", "4.1.1", paging.paging_without_protection, ("cr0", ADDRESS)),
    Rule("NW needs CD", "2.5", paging.nw_without_cd, ("cr0", ADDRESS)),
    Rule("reserved bits of CR0 and CR4 are clear", "2.5", paging.reserved_register_bits, (ADDRESS,)),
    Rule("reserved bits of EFER are clear", "2.2.1", paging.reserved_efer_bits, (ADDRESS,)),
    Rule("a model-specific register exists", "volume 2, WRMSR", instruction.unknown_register, (ADDRESS,)),
    Rule("long mode needs CR4.PAE", "9.8.5, step 2", paging.long_without_pae, ("cr4", "efer")),
    Rule("long mode needs EFER.LME", "9.8.5, step 4", mapping.long_tables_without_lme, ("efer", MODEL_SPECIFIC), LEADS),
    Rule("CR3 is aligned", "4.3", paging.root_misaligned, ("cr3",), LEADS),
    Rule("CR3 is loaded before paging", "9.9.1, step 5", paging.root_not_loaded, ("cr3",), LEADS),
    Rule("the top table lies in memory", "4.3", paging.root_outside_memory, ("cr3",)),
    Rule("LA57 needs five levels", "4.5", paging.five_levels, ("cr4", "cr3")),
    Rule("the tables have the format that is on", "4.1.1", mapping.other_format, ("cr3", "cr4", "efer"), LEADS),
    Rule("no level of the tables is left out", "4.2", mapping.level_left_out, ("cr3", TOP_ENTRY), LEADS),
    Rule("pages of 4 MiB need CR4.PSE", "4.3", paging.large_page_without_pse, ("cr4", TOP_ENTRY), LEADS),
    Rule("NX needs EFER.NXE", "4.5", paging.nx_without_nxe, ("cr3", "efer", ENTRY), REFUSED, 7),
    Rule("no entry has reserved bits", "4.3 to 4.5", paging.reserved_entry_bits, ("cr3", ENTRY)),
    Rule("a PDPTE of PAE has no rights", "4.4.1", paging.pdpte_reserved_bits, ("cr3", TOP_ENTRY)),
    Rule("the code that turns paging on is mapped", "9.9.1, step 5", paging.code_not_mapped, ("cr3", ENTRY)),
    Rule("the code that turns paging on stays", "9.9.1, step 5", mapping.code_moved, ("cr3", ENTRY), LEADS),
    Rule("the stack is mapped", "9.9.1", paging.stack_not_mapped, ("cr3", STACK_ENTRY), LEADS),
    Rule("the stack stays", "9.9.1", mapping.stack_moved, ("cr3", STACK_ENTRY), LEADS),
    Rule("the GDT is mapped", "9.9.1", paging.gdt_not_mapped, ("cr3", "gdtr", TABLE_ENTRY), LEADS),
    Rule("the GDT stays", "9.9.1", mapping.gdt_moved, ("cr3", "gdtr", TABLE_ENTRY), LEADS),
    Rule("LME changes without paging only", "2.2.1", paging.lme_under_paging, ("cr0",)),
    Rule("PAE stays in long mode", "4.1.2", paging.pae_cleared, ("efer",)),
    Rule("paging stays in 64-bit code", "9.8.5.4", paging.paging_off_in_64_bits, ("cs",)),
    Rule("long mode is entered from 32-bit code", "9.8.5", paging.long_code_before_paging, ("cs",)),
    Rule("LA57 stays in long mode", "4.1.2", paging.la57_changed, ("efer",)),
    Rule("PCIDE needs long mode", "4.10.1", paging.pcide_outside_long_mode, ("efer", "cr3")),
    Rule("privileged instructions run at level 0", "5.9", instruction.privileged, ("cs",)),
    Rule("ports and IF need IOPL", "volume 1, 18.5.1", instruction.io_privilege, ("cs",)),
    Rule("an address is canonical", "volume 1, 3.3.7.1", instruction.not_canonical, (ADDRESS,)),
    Rule("SSE needs CR4.OSFXSR", "9.6.1", instruction.sse_off, ("cr4",)),
    Rule("x87 and SSE need CR0.TS and CR0.EM clear", "2.5", instruction.coprocessor_off, ("cr0",)),
    Rule("an instruction exists", "6.15, #UD", instruction.undefined),
    Rule("a quotient exists", "volume 2, DIV", instruction.division, (ADDRESS,)),
    Rule("a page is present", "4.7", delivery.page_absent, (ADDRESS, "cr3", ENTRY)),
    Rule("an access has its rights", "4.6", delivery.page_refused, (ADDRESS, "cr3", REFUSING)),
    Rule("the vector lies within the IDT", "6.10", delivery.vector_behind_idt, ("idtr",)),
    Rule("protected mode has an IDT of its own", "9.8.2", delivery.real_mode_vectors, ("idtr",)),
    Rule("the IDT is mapped", "6.10", delivery.table_not_mapped, ("idtr", "cr3")),
    Rule("an IDT holds gates", "6.11", delivery.no_gate, ("idtr", GATE), REFUSED, _ACCESS),
    Rule("a gate is present", "6.11", delivery.gate_absent, ("idtr", GATE), REFUSED, _ACCESS),
    Rule("a gate leads to code", "6.12.1", delivery.gate_not_to_code, ("idtr", GATE), REFUSED, 2),
    Rule("long mode has gates of 64 bits", "6.14.1", delivery.gate_to_other_width, ("idtr", GATE), REFUSED, 2),
    Rule("INT n needs a gate of its level", "6.12.1.2", delivery.gate_level, (GATE,), REFUSED, _ACCESS),
    Rule("another level needs a TSS", "6.12.1", delivery.no_task_state, ("tr",)),
    Rule("the TSS has a stack", "7.2.1", delivery.no_inner_stack, ("tr", INNER_STACK)),
    Rule("a frame has a stack", "6.12", delivery.stack_not_mapped, ("cr3", ADDRESS)),
    Rule("a stack has room", "6.12, 21.1.4", delivery.stack_wraps, (), ENDANGERS),
    Rule("interrupts have gates", "6.8.1", delivery.interrupts_without_table, ("idtr",), ENDANGERS),
    Rule("exceptions and interrupts have their own vectors", "6.2", delivery.vectors_collide, (CONTROLLER,), ENDANGERS),
)
"""Every rule that is asked of a moment: first what a switch needs, then what a fault needs."""


def broken_rules(situation: Situation) -> tuple[Breach, ...]:
    """Return the rules that are broken, in the order of the table."""
    found = (Breach(rule, rule.says(situation)) for rule in RULES)
    return tuple(each for each in found if each.sentence)
