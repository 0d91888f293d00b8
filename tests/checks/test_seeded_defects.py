"""Copies of memory.asm with one defect each: every one is found, and named so that it can be understood.

What is accepted of memory.asm itself is accepted here too: it must hide none of them.
"""

from __future__ import annotations

from typing import NamedTuple

import pytest

from allocator import Machine, assemble, shipped
from allocator.checks.accepted import accepted_beside
from allocator.checks.bench import Bench
from allocator.checks.declaration import BAREMETAL
from allocator.checks.laws import check_laws
from allocator.checks.samples import check_samples
from allocator.findings import Finding, Findings

MEMORY_ASM = shipped("memory.asm")
SOURCE = MEMORY_ASM.read_text(encoding="utf-8")
ACCEPTED = accepted_beside([MEMORY_ASM])
CONTRACT = ""


class Defect(NamedTuple):
    """`old` became `new` in the source; `law` (or the contract) finds it under `rule`, and says `said`."""

    old: str
    new: str
    law: str
    rule: str
    said: str


DEFECTS = {
    "RDX is not restored": Defect(
        "        pop     rdx\n        pop     rsi\n        ret",
        "        add     rsp, 8\n        pop     rsi\n        ret",
        CONTRACT,
        "preserves rdx",
        "failed to preserve rdx (pushed at line 59, never popped; last changed at line 68: ",
    ),
    "two registers are restored in the wrong order": Defect(
        "        pop     rbx                     ; POP and RET leave the flags alone\n        pop     rdx\n",
        "        pop     rdx\n        pop     rbx\n",
        CONTRACT,
        "preserves rdx",
        "pushed at line 59, popped into rbx at line 109",
    ),
    "RDI is not given back": Defect(
        "        mov     rdi, rsi                ; RDI = the caller's again\n",
        "",
        CONTRACT,
        "preserves rdi",
        "never saved",
    ),
    "RCX is used up by REP": Defect(
        "        pop     rcx\n        mov     rdi, rsi",
        "        add     rsp, 8\n        mov     rdi, rsi",
        CONTRACT,
        "preserves rcx",
        "pushed at line 93, never popped",
    ),
    "RCX is clobbered on failure": Defect(
        ".full:\n",
        ".full:\n        xor     ecx, ecx\n",
        CONTRACT,
        "preserves rcx",
        "never saved; last changed at line 104",
    ),
    "cld is forgotten on success": Defect(
        "        cld\n        xor     rdi, rsi                ; three",
        "        xor     rdi, rsi                ; three",
        CONTRACT,
        "direction flag clear",
        "df is 1 on return (left so by line 72: std)",
    ),
    "cld is forgotten on failure": Defect(
        ".full:\n        cld\n",
        ".full:\n",
        CONTRACT,
        "direction flag clear",
        "df is 1 on return (left so by line 72: std)",
    ),
    "a pop is missing": Defect(
        "        pop     rdx\n        pop     rsi\n        ret",
        "        pop     rsi\n        ret",
        CONTRACT,
        "stack pointer",
        "returned with the stack pointer 8 bytes too low: a push has no pop",
    ),
    "more stack than the contract says": Defect(
        "        push    rbx\n\n        cmp     rcx, 0",
        "        push    rbx\n        push    r15\n        pop     r15\n        push    r14\n        push    r15\n"
        "        pop     r15\n        pop     r14\n\n        cmp     rcx, 0",
        CONTRACT,
        "uses at most 32 bytes of stack",
        "uses 40 bytes of stack",
    ),
    "the amount of memory is overwritten": Defect(
        "        shr     eax, 1 ",
        "        mov     dword [os_MemAmount], 2\n        shr     eax, 1 ",
        CONTRACT,
        "preserves memory outside os_MemoryMap[0..131071]",
        "changed 1 byte at 0x110108 (written at line 67: mov dword [0x110108], 2)",
    ),
    "off by one at the upper end: the last page is never looked at": Defect(
        "        sub     rsi, 1\n",
        "        sub     rsi, 2\n",
        "availability",
        "availability",
        "of 6 pages, pages 0, 1 and 5 cannot be had, free or not",
    ),
    "off by one at the upper end: a page beyond the last is looked at": Defect(
        "        sub     rsi, 1\n", "", "returns", "returns to its caller", "with 0 pages: read of 1 byte at 0x11ffff"
    ),
    "off by one at the lower end: page 2 is out of reach": Defect(
        "        cmp     rsi, rdx\n",
        "        dec     rsi\n        cmp     rsi, rdx\n        lea     rsi, [rsi+1]\n",
        "availability",
        "availability",
        "of 6 pages, pages 0, 1 and 2 cannot be had, free or not",
    ),
    "off by one at the lower end: the scan goes on below the table": Defect(
        "        cmp     rsi, rdx\n",
        "        inc     rsi\n        inc     rsi\n        cmp     rsi, rdx\n        lea     rsi, [rsi-2]\n",
        "returns",
        "returns to its caller",
        "read of 1 byte at 0x11fff",
    ),
    "the wrong mark": Defect(
        "PAGE_USED       equ     2",
        "PAGE_USED       equ     3",
        "conservation",
        "conservation",
        "with 3, 4 and 5 pages: a page that it hands out is not marked used",
    ),
    "one byte past the run is written": Defect(
        "        mov     al, PAGE_USED\n",
        "        mov     al, PAGE_USED\n        inc     rcx\n",
        "conservation",
        "conservation",
        "changes the state of a page that it does not hand out",
    ),
    "used pages are taken for free ones": Defect(
        "        cmp     al, PAGE_FREE\n        jne     .restart",
        "        cmp     al, PAGE_FREE\n        jb      .restart",
        "no overlap",
        "no overlap",
        "hands out a page that is in use",
    ),
    "absent pages are taken for free ones": Defect(
        "        cmp     al, PAGE_FREE\n        jne     .restart",
        "        cmp     al, PAGE_FREE\n        ja      .restart",
        "inside memory",
        "inside memory",
        "hands out a page that does not exist",
    ),
    "the count is not begun afresh": Defect(
        "        jne     .restart                ; the row is broken: count afresh",
        "        jne     .next",
        "no overlap",
        "no overlap",
        "hands out a page that is in use",
    ),
    "the address is shifted too little": Defect(
        "        shl     rbx, PAGE_SIZE_BITS ",
        "        shl     rbx, PAGE_SIZE_BITS - 1 ",
        "alignment",
        "alignment",
        "returns an address that is not the start of a page",
    ),
    "a page too few is released": Defect(
        "        rep stosb                       ; RCX bytes of the table become 1",
        "        dec     rcx\n        jz      .x\n        rep stosb\n.x:",
        "reclaim",
        "reclaim",
        "a page that was released is not free",
    ),
    "released pages become absent": Defect(
        "        mov     al, PAGE_FREE\n        rep stosb",
        "        mov     al, 0\n        rep stosb",
        "reclaim",
        "reclaim",
        "a page that was released is not free",
    ),
    "the first page is not counted": Defect(
        "        mov     rsi, os_MemoryMap       ; RSI = where page 0's byte is",
        "        mov     rsi, os_MemoryMap + 1",
        "free count",
        "free count",
        "free pages are counted wrong",
    ),
}


def found_in(text: str, law: str) -> tuple[Finding, ...]:
    image = assemble(text=text, name="memory.asm")
    if law:
        findings = Findings(check_laws(Bench(Machine(image), BAREMETAL), [law]))
    else:
        findings = check_samples(image, lambda: Machine(image), ["os_mem_allocate"])
    return findings.accepting(ACCEPTED).findings


@pytest.mark.parametrize("name", DEFECTS)
def test_it_is_found_and_named(name: str) -> None:
    defect = DEFECTS[name]
    text = SOURCE.replace(defect.old, defect.new, 1)
    found = [finding.message for finding in found_in(text, defect.law) if finding.rule == defect.rule]

    assert text != SOURCE
    assert any(defect.said in message for message in found), found


@pytest.mark.parametrize("law", ["", *{defect.law: 0 for defect in DEFECTS.values() if defect.law}])
def test_without_a_defect_nothing_is_found(law: str) -> None:
    assert () == found_in(SOURCE, law)
