from __future__ import annotations

from pathlib import Path

import pytest

from allocator import Image, Machine, assemble, shipped
from allocator.checks.declaration import Allocator
from allocator.checks.page_pool import Block, PagePool
from allocator.errors import UsageError

SOURCE = shipped("memory.asm").read_text(encoding="utf-8")
FIRST_FIT = """
page_get:                               ; RDI = pages, 1 at least; returns RAX = page number plus 1, 0 for none
        push    rbx
        mov     rsi, os_MemoryMap
.again: mov     rcx, rdi
        mov     rbx, rsi
.next:  cmp     rsi, os_MemoryMap + 8
        jae     .none
        lodsb
        cmp     al, 1
        jne     .again
        dec     rcx
        jnz     .next
        mov     rsi, rbx
.mark:  mov     byte [rsi], 2
        inc     rsi
        dec     rdi
        jnz     .mark
        sub     rbx, os_MemoryMap
        shl     rbx, 21
        mov     rax, rbx
        pop     rbx
        ret
.none:  xor     eax, eax
        pop     rbx
        ret
"""


def pool_of(source: str, memory: str = "16M", **promises: object) -> PagePool:
    return PagePool(Machine(assemble(text=source), memory), **promises)  # type: ignore[arg-type]


def defective(old: str, new: str) -> PagePool:
    assert old in SOURCE
    return pool_of(SOURCE.replace(old, new, 1))


def failure_of(pool: PagePool, *requests: int) -> str:
    """What is wrong when so many pages are asked for one after the other, and everything is released again."""
    with pytest.raises(AssertionError) as failure:
        blocks = [pool.allocate(count) for count in requests]
        for block in blocks:
            if block:
                pool.release(block)
    return str(failure.value).split("\n", maxsplit=1)[0]


def test_blocks_are_handed_out_and_given_back(our_program: Image) -> None:
    pool = PagePool(Machine(our_program, "16M"), fit="highest", first_page=2)
    block = pool.allocate(2)

    assert Block("a", 6, 2) == block
    pool.release(block)
    assert ({}, 7) == (pool.blocks, pool.count_free())


def test_a_failure_is_none(our_program: Image) -> None:
    assert PagePool(Machine(our_program, "16M"), first_page=2).allocate(7) is None


def test_a_refusal_that_is_not_due_is_told() -> None:
    # of pages 1 to 7 the shipped routine never hands out page 1
    assert "7 pages are refused, though pages 1-7 are free" == failure_of(pool_of(SOURCE), 7)


def test_a_block_that_is_not_the_highest_is_told() -> None:
    pool = pool_of(SOURCE.replace("add     rdi, 1 ", "nop ;", 1), fit="highest", first_page=2)

    assert "page 6 is handed out, not the highest that fits: page 7 is free" == failure_of(pool, 1)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("mov     al, PAGE_USED", "mov     al, 3", "page 7 is 3 in the page map, and should be used"),
        ("mov     al, PAGE_USED", "mov     al, 1", "page 7 is free in the page map, and should be used"),
        ("        mov     rax, rbx", "        lea rax, [rbx + 16]", "address 0xe00010 is not the start of a page"),
        ("        mov     rax, rbx", "        mov eax, 8 << 21", "page 8 is handed out, of 8 that there are"),
        ("        mov     rax, rbx", "        mov eax, 0 << 21", "1 page is refused, though page 1 is free"),
        ("        mov     rax, rbx", "        xor eax, eax\n mov ah, 0x20\n shl eax, 8", "page 1 is free in"),
        ("        cld\n        xor     rdi", "        xor     rdi", "os_mem_allocate returns with the direction flag"),
        ("        mov     rax, rbx", "        ud2", "os_mem_allocate does not return: invalid opcode"),
        ("        mov     al, PAGE_FREE\n", "        mov     al, 0\n", "page 7 is absent in the page map"),
        (
            "        pop     rax\n        pop     rcx",
            "        pop rax\n inc dword [rsp]\n pop rcx",
            "2 pages are said to",
        ),
    ],
)
def test_a_defect_is_said_in_one_sentence(old: str, new: str, message: str) -> None:
    assert message in failure_of(defective(old, new), 1)


def test_the_owner_of_a_page_that_is_handed_out_again_is_named() -> None:
    pool = pool_of("os_mem_allocate: mov eax, 2 << 21\n mov byte [os_MemoryMap + 2], 2\n ret")

    assert "page 2 is handed out, and belongs to a" == failure_of(pool, 1, 1)


def test_an_allocator_that_writes_into_its_blocks_is_found() -> None:
    pool = defective("        mov     rax, rbx", "        mov rax, rbx\n mov qword [0xe00000], 0")

    assert "what block a holds at 0xe00000 was overwritten" == failure_of(pool, 1, 1)


def test_a_wrong_count_is_found() -> None:
    pool = defective("        inc     rbx\n", "        add     rbx, 2\n")
    with pytest.raises(AssertionError, match="14 pages are said to be free, not 7"):
        pool.count_free()


def test_page_0_handed_out_is_a_failure_that_marks_a_page() -> None:
    pool = pool_of(SOURCE, first_page=2)
    pool.machine.page_map[0] = 1
    pool.machine.mem_amount = 2

    with pytest.raises(AssertionError, match="page 0 is used in the page map, and should be free"):
        PagePool(pool.machine, first_page=2).allocate(1)


def test_another_allocator_is_declared_in_a_line() -> None:
    theirs = Allocator(allocate="page_get", release=None, count_free=None, request="rdi", released=None)
    pool = PagePool(Machine(assemble(text=FIRST_FIT), "16M"), theirs, fit="lowest", first_page=1)

    assert [1, 3] == [block.first for block in (pool.allocate(2), pool.allocate(1)) if block]


def test_the_message_ends_with_a_test_to_paste(our_program: Image) -> None:
    pool = PagePool(Machine(our_program, "16M"))
    block = pool.allocate(2)
    assert block
    pool.release(block)
    with pytest.raises(AssertionError) as failure:
        pool.allocate(7)

    path = shipped("memory.asm")
    assert str(failure.value).endswith(
        f"""This test shows it:

from allocator.checks.page_pool import PagePool


def test_sequence(sandbox):
    machine = sandbox({str(path)!r}, memory='16 MiB')
    pool = PagePool(machine)
    a = pool.allocate(2)
    pool.release(a)
    b = pool.allocate(7)  # 7 pages are refused, though pages 1-7 are free
"""
    )


def test_what_was_pasted_fails_in_the_same_way(pytester: pytest.Pytester) -> None:
    theirs = Allocator(allocate="page_get", release=None, count_free=None, request="rdi", released=None)
    machine = Machine(assemble(text=FIRST_FIT.replace("rsi], 2", "rsi], 3")), "16M", policy="baremetal")
    machine.page_map.load(bytes([2, 2, 1]))
    machine.mem_amount = 6
    with pytest.raises(AssertionError, match="page 2 is 3 in the page map") as failure:
        PagePool(machine, theirs, fit="highest", first_page=1).allocate(1)
    pytester.makepyfile(str(failure.value).split("shows it:\n\n")[1])
    result = pytester.runpytest_inprocess("-p", "no:cacheprovider")

    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["*page 2 is 3 in the page map, and should be used*"])


def test_an_unknown_fit_is_refused(our_program: Image) -> None:
    with pytest.raises(UsageError, match="a fit is any, highest, lowest, not 'best'"):
        PagePool(Machine(our_program), fit="best")


def test_an_image_without_the_allocator_is_refused() -> None:
    with pytest.raises(UsageError, match="no routine 'os_mem_allocate'"):
        PagePool(Machine(assemble(text="f: ret")))


def test_names_go_on_after_z(our_program: Image) -> None:
    pool = PagePool(Machine(our_program, "128M"), first_page=2)
    names = [block.name for block in (pool.allocate(1) for _ in range(28)) if block]

    assert ("a", "z", "a1", "b1") == (names[0], names[25], names[26], names[27])


def test_the_shipped_source_keeps_its_directory(tmp_path: Path) -> None:
    (tmp_path / "t.asm").write_text(SOURCE)
    pool = PagePool(Machine(assemble(tmp_path / "t.asm"), "16M"))

    assert f"sandbox({str(tmp_path / 't.asm')!r}, memory='16 MiB')" in pool.as_test()
