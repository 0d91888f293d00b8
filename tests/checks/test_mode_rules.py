"""Each rule of the manual: a moment that breaks it, with the sentence; and moments that break none."""

from __future__ import annotations

import struct
from dataclasses import replace

import pytest
from reference.made_states import CODE_32, CODE_64, DATA_32, DIRECTORY, FLAT, GDT, TABLE, memory_of, words

from allocator.assembly.assembler import assemble
from allocator.checks.mode_rules import RULES, broken_rules
from allocator.checks.situation import Delivery, FarTransfer, SegmentLoad, Situation, TableLoad
from allocator.machine.paging import Access
from allocator.machine.segments import Segment
from allocator.machine.system_registers import SystemRegisters, TableRegister

IDT, TSS = 0x4000, 0x5000
TSS_DESCRIPTOR = 0x0000_8B00_5000_0067
CODE_USER, DATA_USER, CODE_16 = CODE_32 | 3 << 45, DATA_32 | 3 << 45, 0x00009B000000FFFF
L_AND_D = CODE_64 | 1 << 54
DESCRIPTORS = struct.pack("<9Q", 0, CODE_32, DATA_32, CODE_64, TSS_DESCRIPTOR, CODE_USER, DATA_USER, CODE_16, 0)
GATE = 0x0000_8E00_0008_6000


def gates(**others: int) -> bytes:
    entries = {f"v{vector}": GATE for vector in range(32)} | others
    return b"".join(entries[f"v{vector}"].to_bytes(8, "little") for vector in range(32))


def memory(**others: int):
    """Return memory with a GDT, an IDT, a TSS, and page tables that map the first 64 KiB; `others` are gates."""
    return memory_of(
        {
            GDT: DESCRIPTORS,
            IDT: gates(**others),
            TSS: struct.pack("<3I", 0, 0x7000, 0x10).ljust(0x68, b"\0"),
            **words({DIRECTORY: TABLE | 7}, 4),
            **words({TABLE + 4 * page: page << 12 | 7 for page in range(16)}, 4),
        }
    )


GDTR = TableRegister(GDT, len(DESCRIPTORS) - 1)
REAL = SystemRegisters(cr0=0x10, gdtr=GDTR)
SWITCHED = replace(REAL, cr0=0x11)
FLAT_REGISTERS = {**FLAT, "gdtr": GDTR}
PROTECTED = SystemRegisters(cr0=0x11, cr3=DIRECTORY, idtr=TableRegister(IDT, 0xFF), tr=0x20, bits=32, **FLAT_REGISTERS)
PAGED = replace(PROTECTED, cr0=0x80000011)
LONG = replace(PAGED, cr4=0x20, efer=0x500, cs=0x18, bits=64)
USER = replace(PROTECTED, cs=0x2B, ss=0x33, ds=0x33, es=0x33)
NEXT = {"next_address": 0x7C00, "stack_pointer": 0x7000}
FAULT = Delivery(13)


def moment(before: SystemRegisters, after: SystemRegisters, **others) -> Situation:
    return Situation(before, after, others.pop("memory", memory()), **others)


def jump(
    selector: int, offset: int = 0x7C00, bits: int = 32, before: SystemRegisters = PROTECTED, **others
) -> Situation:
    return moment(before, before, transfer=FarTransfer(selector, offset, bits), **others)


def fault(after: SystemRegisters = PROTECTED, delivery: Delivery = FAULT, **others) -> Situation:
    return moment(after, after, delivery=delivery, **others)


def paging_on(after: SystemRegisters = PAGED, **others) -> Situation:
    return moment(replace(after, cr0=after.cr0 & 0x7FFFFFFF), after, **{**NEXT, **others})


def with_gdt(data: bytes):
    return memory_of({GDT: data})


def page_fault(address: int, access: Access, **entries: int) -> Situation:
    tables = {DIRECTORY: TABLE | 7, TABLE: 3, **{int(name[1:], 16): value for name, value in entries.items()}}
    registers = replace(PAGED, cs=0x2B if access.is_user else 8)
    return fault(
        registers,
        Delivery(14, fault_address=address, access=access),
        instruction="mov",
        memory=memory_of(words(tables, 4)),
    )


PROGRAM = assemble(text="bits 16\norg 0x7c00\nstart: hlt\ngdtr: dw 7\n dd 0\n")


PROGRAM_32 = assemble(text="bits 32\norg 0x7c00\nstart: hlt\n")
SHORT = assemble(text="bits 16\norg 0x7c00\nstart: hlt\ngdtr: dw 7\n dw start\n dw 0xf4\n")


def load(register: str, selector: int) -> Situation:
    return moment(PROTECTED, PROTECTED, load=SegmentLoad(register, selector))


def iret(name: str, size: int, frame: bytes) -> Situation:
    transfer = FarTransfer(int.from_bytes(frame[size : 2 * size], "little"), 0, 8 * size, name, 0x8000)
    return moment(PROTECTED, PROTECTED, transfer=transfer, memory=memory_of({GDT: DESCRIPTORS, 0x8000: frame}))


def table(address: int, base: int, operand: bytes = b"") -> Situation:
    loaded = TableLoad("gdtr", address, 0x7C01, base, TableRegister(base & 0xFFFFFF, 7))
    return moment(REAL, REAL, table=loaded, image=PROGRAM, memory=memory_of({address: operand}))


def first_jump(gdtr: TableRegister, data: bytes = DESCRIPTORS, selector: int = 8) -> Situation:
    """Return the far jump that follows the switch."""
    return jump(selector, before=replace(PROTECTED, gdtr=gdtr), stale=frozenset({"cs"}), memory=memory_of({GDT: data}))


def tables(entries: dict[int, int], size: int, **registers: int) -> Situation:
    """Return the moment in which paging begins with these tables; the next instruction lies at 7C00h."""
    return paging_on(replace(PAGED, **registers), memory=memory_of({0x7C00: b"\xf4", **words(entries, size)}))


BROKEN = {
    "LGDT finds its operand": (table(0xF801, 0), "GDTR: the operand is read at 0xf801, as its segment begins at"),
    "the base fits the operand of LGDT": (
        table(0x7C01, 0x1000000), "GDTR.base = 0x0, where memory says 0x1000000"),
    "interrupts are off for the switch": (
        moment(replace(REAL, rflags=0x202), SWITCHED, unmasked=(8,)), "RFLAGS = 0x202"),
    "the limit comes before the base": (
        table(0x9000, 0x70000, struct.pack("<IH", 0x7C01, 7)), "at 0x9000 the base comes first, 0x7c01 (gdtr), and"),
    "the base has as many bytes as LGDT reads": (
        replace(table(0x7C01, 0xF47C00, struct.pack("<3H", 7, 0x7C00, 0xF4)), image=SHORT),
        "the operand at 0x7c01 has only 2 bytes of the base, 0x7c00 (start)"),
    "CR0.PE is set before the far jump": (
        jump(8, bits=16, before=REAL, image=PROGRAM), "runs in real mode, as CR0.PE is clear: it leads to 0x7c80, and"),
    "the first descriptor is null": (
        first_jump(TableRegister(GDT, 15), struct.pack("<2Q", CODE_32, DATA_32)), "entry 0 of the GDT at 0x800"),
    "the GDT has a code and a data segment": (
        first_jump(TableRegister(GDT, 7)), "GDTR.limit = 0x7: the GDT at 0x800 has 1 "),
    "the GDT lies in memory": (
        first_jump(TableRegister(0x200000, 0x17)), "GDTR.base = 0x200000"),
    "the GDT ends with a descriptor": (
        first_jump(TableRegister(GDT, 0x18)), "GDTR.limit = 0x18 ends 1 bytes into"),
    "a far transfer follows the switch": (
        fault(replace(PROTECTED, cs=0x10, bits=16), stale=frozenset({"cs"})), "CS = 0x10 is still that of real mode"),
    "the offset fits the operand": (
        jump(8, 0x6000, 16, image=PROGRAM), "the far transfer to 8:6000 has a 16-bit offset"),
    "IRET takes the frame that was pushed": (
        iret("iretw", 2, struct.pack("<3I", 0x7C00, 8, 2)), "takes words of 2 bytes, and the frame on the stack has"),
    "GDTR and IDTR hold linear addresses": (table(0xF801, 1), "GDTR.base = 0x1 is an offset in a segment at 0x7c00"),
    "a base is added to every offset": (
        jump(8, bits=16, image=PROGRAM, memory=with_gdt(struct.pack("<2Q", 0, CODE_16 | 0x1000 << 16))),
        "leads to 0x8c00, as the base of the segment is 0x1000; start lies at 0x7c00"),
    "long mode needs EFER.LME": (
        paging_on(replace(PAGED, cr4=0x20), memory=memory_of(words({DIRECTORY: 0x2003}, 8))),
        "the table at 0x1000 is read as a PDPT, and its first entry 0x2003"),
    "CS is never null": (jump(0), "loads CS with the null selector"),
    "a selector lies within its table": (jump(0x50), "entry 10 begins behind the limit 0x47"),
    "CS selects code": (jump(0x10), "selects data (0x00cf93000000ffff)"),
    "a segment is present": (
        jump(8, memory=with_gdt(struct.pack("<2Q", 0, CODE_32 & ~(1 << 47)))), "selects a segment whose P is clear"),
    "code runs at its own level": (jump(0x28), "selects code with DPL 3 by RPL 0, and CPL is 0"),
    "a target lies within the limit": (jump(0x38, 0x10000), "leads behind the limit 0xffff"),
    "L and D exclude each other": (
        jump(8, before=LONG, memory=memory_of({GDT: struct.pack("<2Q", 0, L_AND_D), **words({
            DIRECTORY: 0x2007, 0x2000: 0x3007, 0x3000: 0x87}, 8)})), "selects code with L and D set"),
    "SS selects writable data": (load("ss", 8), "SS is loaded with 0x8, which selects no writable data"),
    "a data segment can be read": (load("ds", 0x50), "DS is loaded with 0x50, which selects nothing that can be read"),
    "LTR loads an available TSS": (load("tr", 0x20), "TR is loaded with 0x20, which selects no available TSS"),
    "LLDT loads an LDT": (load("ldtr", 0x10), "LDTR is loaded with 0x10, which selects no LDT (data"),
    "paging needs protected mode": (moment(REAL, replace(REAL, cr0=0x80000010)), "CR0 = 0x80000010"),
    "NW needs CD": (moment(REAL, replace(REAL, cr0=0x20000010)), "CR0 = 0x20000010"),
    "reserved bits of CR0 and CR4 are clear": (
        moment(PROTECTED, replace(PROTECTED, cr4=1 << 15)), "CR4 = 0x8000 has reserved bits set (0x8000)"),
    "CR3 is aligned": (paging_on(replace(PAGED, cr3=DIRECTORY + 0x204)), "bits 0x204 are ignored"),
    "CR3 is loaded before paging": (paging_on(replace(PAGED, cr3=0)), "CR0.PG is set with CR3 = 0x0"),
    "the top table lies in memory": (
        paging_on(replace(PAGED, cr3=0x400000)), "CR3 = 0x400000: the page directory at 0x400000 lies outside memory"),
    "the code that turns paging on is mapped": (
        paging_on(next_address=0x100000), "the next instruction at 0x100000 is not mapped by CR3 = 0x1000: the PTE"),
    "the stack is mapped": (paging_on(stack_pointer=0x90000), "the stack at 0x8ffff is not mapped"),
    "the GDT is mapped": (
        paging_on(replace(PAGED, gdtr=TableRegister(0x20000, 0x17))), "the GDT at 0x20000 is not mapped"),
    "the IDT is mapped": (
        fault(replace(PAGED, idtr=TableRegister(0x20000, 0xFF))), "the IDT at 0x20000 is not mapped, for vector 13"),
    "reserved bits of EFER are clear": (
        moment(PROTECTED, replace(PROTECTED, efer=0x2000)), "EFER = 0x2000 has reserved bits set"),
    "privileged instructions run at level 0": (
        fault(replace(USER, bits=32), instruction="lgdt"), "LGDT is for level 0, and CS = 0x2b runs at level 3"),
    "ports and IF need IOPL": (fault(USER, instruction="cli"), "CLI at level 3 needs IOPL 3, and RFLAGS.IOPL is 0"),
    "an address is canonical": (
        fault(LONG, instruction="mov", operand_address=1 << 47), "MOV uses the address 0x800000000000"),
    "SSE needs CR4.OSFXSR": (
        fault(delivery=Delivery(6), instruction="addps", uses_sse=True), "ADDPS is SSE: CR4.OSFXSR has to be set"),
    "a page is present": (page_fault(0x5123, Access()), "(MOV): the PTE at 0x2014 (entry 5) is 0x0"),
    "a frame has a stack": (
        fault(PAGED, stack_pointer=0x90000), "the frame of vector 13 goes below 0x90000: the PTE is not present"),
    "interrupts have gates": (
        moment(PROTECTED, replace(PROTECTED, rflags=0x202), unmasked=(0x20,)), "has no gate for vector 0x20 of the"),
    "pages of 4 MiB need CR4.PSE": (
        paging_on(memory=memory_of(words({DIRECTORY: 0x83}, 4))), "PS set (0x83), but CR4.PSE is clear (CR4 = 0x0)"),
    "NX needs EFER.NXE": (
        tables({DIRECTORY: 0x2001, 0x2000: 0x8000000000000083}, 8, cr4=0x20), "NX is set, and reserved as EFER.NXE is"),
    "an offset counts from the base of its segment": (
        jump(8, 0, image=PROGRAM_32), "leads to 0x0, as the base of the segment is 0x0; start lies at 0x7c00, 0x7c00"),
    "64-bit code needs long mode": (
        jump(0x18, before=replace(PROTECTED, efer=0x100)), "not active: CR4.PAE and CR0.PG are clear"),
    "code runs in the width it is made for": (
        jump(8, image=PROGRAM), "selects 32-bit code (L 0, D 1 in 0x00cf9b000000ffff), and start is 16-bit code"),
    "the tables have the format that is on": (
        tables({DIRECTORY: 0x2001, 0x2000: 0x83}, 8), "made for PAE, and are read as those of 32-bit paging"),
    "no level of the tables is left out": (
        tables({DIRECTORY: 3, DIRECTORY + 4 * 7: 0x7003}, 4), "CR3 = 0x1000 points at a page table, where a page dir"),
    "the code that turns paging on stays": (
        tables({DIRECTORY: 0x2003, 0x2000 + 4 * 7: 0x9003}, 4), "is mapped to 0x9c00, where 00 00 00 00 00 00 00 00 l"),
    "the stack stays": (
        paging_on(memory=memory_of({0x7000: b"\x01", **words({DIRECTORY: 0x2003, 0x2000 + 4 * 7: 0x9003}, 4)})),
        "the stack at 0x7000 is mapped to 0x9000"),
    "the GDT stays": (
        paging_on(memory=memory_of({GDT: DESCRIPTORS, **words({DIRECTORY: 0x2003, 0x2000: 0x9003}, 4)})),
        "the GDT at 0x800 is mapped to 0x9800"),
    "a model-specific register exists": (
        moment(REAL, REAL, model_specific=(0xC080, 0x100)), "WRMSR writes register 0xc080, which no processor has"),
    "x87 and SSE need CR0.TS and CR0.EM clear": (
        fault(delivery=Delivery(7), instruction="fld"), "FLD needs CR0.EM and CR0.TS clear (CR0 = 0x11)"),
    "an instruction exists": (
        fault(delivery=Delivery(6), instruction="db"), "these bytes are no instruction in protected32"),
    "a quotient exists": (fault(delivery=Delivery(0), instruction="div", operand=0), "DIV divides by 0: #DE"),
    "exceptions and interrupts have their own vectors": (
        moment(PROTECTED, replace(PROTECTED, rflags=0x202), unmasked=(8,)), "has vector 0x8 for a device"),
    "no entry has reserved bits": (
        paging_on(replace(PAGED, cr4=0x10), memory=memory_of(words({DIRECTORY: 0x200083}, 4))),
        "the PDE for 0x7c00 at 0x1000 is 0x200083: the bits 0x200000 are reserved"),
    "a PDPTE of PAE has no rights": (
        paging_on(replace(PAGED, cr4=0x20), memory=memory_of(words({DIRECTORY: 0x2003}, 8))), "PDPTE 0 is 0x2003"),
    "long mode needs CR4.PAE": (
        moment(replace(PROTECTED, efer=0x100), replace(PAGED, efer=0x100)), "(EFER = 0x100, CR4 = 0x0): #GP"),
    "LME changes without paging only": (moment(PAGED, replace(PAGED, efer=0x100)), "while CR0.PG is set"),
    "PAE stays in long mode": (moment(LONG, replace(LONG, cr4=0)), "CR4.PAE is cleared (CR4 = 0x0)"),
    "paging stays in 64-bit code": (moment(LONG, replace(LONG, cr0=0x11)), "by 64-bit code (CS = 0x18)"),
    "long mode is entered from 32-bit code": (
        moment(replace(LONG, cr0=0x11, efer=0x100, bits=32), LONG, code=Segment(CODE_64)), "CS = 0x18 has L set"),
    "LA57 needs five levels": (
        paging_on(replace(LONG, cr4=0x1020)), "CR4.LA57 is set (CR4 = 0x1020): paging has 5 levels, and CR3 = 0x1000"),
    "LA57 stays in long mode": (moment(LONG, replace(LONG, cr4=0x1020)), "CR4.LA57 changes (CR4 = 0x1020)"),
    "PCIDE needs long mode": (moment(PAGED, replace(PAGED, cr4=0x20000)), "outside long mode (EFER = 0x0)"),
    "the vector lies within the IDT": (
        fault(replace(PROTECTED, idtr=TableRegister(IDT, 0x3F))), "vector 13 needs an IDT limit of 0x6f"),
    "protected mode has an IDT of its own": (
        fault(replace(PROTECTED, idtr=TableRegister(0, 0x3FF))), "IDTR still says base 0, limit 0x3ff"),
    "an IDT holds gates": (fault(memory=memory(v13=DATA_32)), "vector 13 at 0x4068 is no gate but data"),
    "a gate is present": (fault(memory=memory(v13=GATE & ~(1 << 47))), "the gate of vector 13 has P clear"),
    "a gate leads to code": (fault(memory=memory(v13=0x8E00_0010_6000)), "leads to 10:6000, which is no code: data"),
    "long mode has gates of 64 bits": (
        fault(LONG, memory=memory_of({GDT: DESCRIPTORS, IDT + 13 * 16: GATE.to_bytes(16, "little"), **words({
            DIRECTORY: 0x2007, 0x2000: 0x3007, 0x3000: 0x87}, 8)})), "leads to 32-bit code (8), not to 64-bit"),
    "INT n needs a gate of its level": (
        fault(USER, Delivery(13, is_software=True)), "INT 0xd at level 3 uses a gate with DPL 0"),
    "another level needs a TSS": (fault(replace(USER, tr=0)), "TR = 0x0 is no TSS"),
    "the TSS has a stack": (
        fault(USER, memory=memory_of({GDT: DESCRIPTORS, IDT: gates()})), "the TSS at 0x5000 has no stack for level 0"),
    "a stack has room": (
        fault(REAL, Delivery(8), stack_pointer=4), "SP = 0x4 leaves no room for the 6 bytes of an interrupt"),
    "an access has its rights": (
        page_fault(0x123, Access("write", True)), "user code writes 0x123 (MOV): user code has no access: U/S"),
}  # fmt: skip

INTACT = {
    "the switch to protected mode": moment(REAL, SWITCHED),
    "the jump into 32-bit code": jump(8, before=SWITCHED),
    "the jump back to 16-bit code": jump(0x38, 0x7C00, 16),
    "paging is turned on": paging_on(),
    "a fault with a handler": fault(),
    "a fault of user code with a handler": fault(USER),
    "an interrupt in real mode": fault(REAL, Delivery(8), stack_pointer=0x7000),
    "LME is set before paging": moment(replace(PROTECTED, cr4=0x20), replace(PROTECTED, cr4=0x20, efer=0x100)),
    "a jump in real mode": jump(0xF000, 0xFFF0, 16, before=REAL),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_rule_is_named_with_its_values(name):
    situation, words_ = BROKEN[name]
    sentences = {found.rule.name: found.sentence for found in broken_rules(situation)}
    assert words_ in sentences.get(name, f"not among {sentences}")


@pytest.mark.parametrize("name", INTACT)
def test_a_moment_that_breaks_no_rule(name):
    assert [] == [found.sentence for found in broken_rules(INTACT[name])]


def test_every_rule_has_a_moment_that_breaks_it():
    assert {rule.name for rule in RULES} == set(BROKEN)


def test_there_are_at_least_25_rules_each_with_a_section():
    assert 25 <= len({rule.name for rule in RULES})
    assert all(rule.section for rule in RULES)
