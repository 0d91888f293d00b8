"""The laws of allocators find what is wrong with an allocator, and show it with the smallest example."""

from __future__ import annotations

import pytest

from allocator import Image, Machine, assemble
from allocator.checks.bench import Bench
from allocator.checks.declaration import BAREMETAL, Allocator
from allocator.checks.laws import LAWS, check_laws
from allocator.findings import Finding

# The facts about BareMetal's allocator, by law: routine, sentence, the smallest page map and registers.
KNOWN = {
    "returns": [
        ("os_mem_allocate", "with 0 and 1 pages: read of 1 byte at 0x11ffff", (), {"rcx": 1}),
    ],
    "failure": [
        ("os_mem_allocate", "with 1 page: returns 0, which says that it failed, but changed", (1,), {"rcx": 1}),
    ],
    "availability": [
        ("os_mem_allocate", "of 6 pages, pages 0 and 1 cannot be had, free or not", (1, 2), {"rcx": 1}),
    ],
    "double free": [
        ("os_mem_release", "with 3 and 4 pages: pages that are free", (1, 1, 1), {"rax": 0x400000, "rcx": 1}),
    ],
    "foreign free": [
        ("os_mem_release", "a page that does not exist is released", (0, 2), {"rax": 0, "rcx": 1}),
        ("os_mem_release", "a page beyond the machine's memory is released", (2, 2), {"rax": 0x400000, "rcx": 1}),
        ("os_mem_release", "an address inside a page is released", (2, 2, 2), {"rax": 0x400001, "rcx": 1}),
        ("os_mem_release", "write of 1 byte at 0x140000", (2, 2), {"rax": 131071 << 21, "rcx": 2}),
    ],
    "free count": [("os_mem_get_free", "page 65,535 is free and is not counted", (), {})],
    "direction flag": [
        ("os_mem_release", "does something else when", (2, 1, 2, 2), {"df": 1, "rax": 0x400000, "rcx": 2}),
        ("os_mem_get_free", "does something else when", (2, 1, 2, 2), {"df": 1}),
    ],
    "reentrancy": [("os_mem_allocate", "two processors at once are given the same page", (2, 2, 1, 1), {"rcx": 1})],
}


def bench_of(image: Image, allocator: Allocator = BAREMETAL) -> Bench:
    return Bench(Machine(image), allocator)


def found_in(text: str, *laws: str, allocator: Allocator = BAREMETAL) -> tuple[Finding, ...]:
    return check_laws(bench_of(assemble(text=text, name="t"), allocator), laws or None)


@pytest.mark.parametrize("law", LAWS)
def test_what_is_known_of_baremetals_allocator_is_found(program: Image, law: str) -> None:
    found = check_laws(bench_of(program), [law])
    known = KNOWN.get(law, [])

    assert [(routine, pages, registers) for routine, _, pages, registers in known] == [
        (finding.routine, finding.example.pages, finding.example.registers) for finding in found
    ]
    assert all(finding.message.startswith(said) for finding, (_, said, _, _) in zip(found, known, strict=True))


def test_an_example_says_all_calls_that_led_to_it(our_program: Image) -> None:
    (found,) = check_laws(bench_of(our_program), ["double free"])

    assert ["os_mem_allocate", "os_mem_release", "os_mem_release"] == [call.split()[0] for call in found.example.calls]


def test_the_step_at_which_the_second_processor_came_is_said(our_program: Image) -> None:
    (found,) = check_laws(bench_of(our_program), ["reentrancy"])

    assert "os_mem_allocate rcx=0x1, held after 15 steps; meanwhile" == found.example.calls[0]


# A small allocator of somebody else, with other names and registers: its table is the machine's.

OTHER = """
page_get:                       ; in: rdi = pages, at least 1; out: rax = address, 0 where there are none
    xor eax, eax
    test rdi, rdi
    jz .none
    mov edx, [os_MemAmount]
    shr edx, 1
    xor ecx, ecx                ; page
.again:
    xor r8d, r8d                ; found in a row
.next:
    cmp ecx, edx
    jae .none
    inc ecx
    cmp byte [os_MemoryMap + rcx - 1], 1
    jne .again
    inc r8
    cmp r8, rdi
    jne .next
    sub rcx, rdi
    jz .again1
    mov rax, rcx
    shl rax, 21
.mark:
    mov byte [os_MemoryMap + rcx], 2
    inc rcx
    dec r8
    jnz .mark
.none:
    ret
.again1:
    mov ecx, 1
    jmp .again
"""
MINE = Allocator(allocate="page_get", release=None, count_free=None, request="rdi")


def test_an_allocator_is_declared_in_one_line() -> None:
    found = found_in(OTHER, allocator=MINE)

    assert [("availability", "of 6 pages, page 0 cannot be had, free or not")] == [
        (finding.rule, finding.message) for finding in found if finding.rule != "reentrancy"
    ]


# Page n is looked at although it is not there, and a page that is not there is taken for a free one.
BEYOND = [
    ("shr edx, 1", "shr edx, 1\n inc edx"),
    ("rcx - 1], 1\n    jne", "rcx - 1], 1\n    ja"),
]
BROKEN = [
    ("no overlap", [("rcx - 1], 1", "rcx - 1], 2")], "hands out a page that is in use"),
    ("inside memory", BEYOND, "hands out a page that does not exist"),
    ("alignment", [("shl rax, 21", "shl rax, 21\n inc rax")], "returns an address that is not the start of a page"),
    ("conservation", [("rcx], 2", "rcx], 3")], "a page that it hands out is not marked used"),
    ("conservation", [("jnz .mark", "jns .mark")], "changes the state of a page that it does not hand out"),
    ("availability", [("shr edx, 1", "shr edx, 1\n dec edx")], "of 6 pages, pages 0 and 5 cannot be had"),
    ("direction flag", [("jnz .mark", "jnz .mark\n std")], "the direction flag is set on return"),
    ("contents", [("jnz .mark", "jnz .mark\n mov byte [0x300000], 1")], "changes memory at 0x300000"),
]


@pytest.mark.parametrize(("law", "changes", "said"), BROKEN)
def test_a_law_that_is_broken(law: str, changes: list[tuple[str, str]], said: str) -> None:
    text = OTHER
    for old, new in changes:
        text = text.replace(old, new)
    before = [finding.message for finding in found_in(OTHER, law, allocator=MINE)]
    after = [finding.message for finding in found_in(text, law, allocator=MINE)]

    assert [] == [message for message in before if said in message]
    assert [] != [message for message in after if said in message]


def test_a_routine_without_end_is_a_limit_and_the_check_goes_on() -> None:
    found = found_in("os_mem_allocate: jmp $", "returns", "no overlap")

    assert [("limit", "returns to its caller")] == [(finding.kind, finding.rule) for finding in found]
