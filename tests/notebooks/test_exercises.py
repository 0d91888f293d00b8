"""Every exercise has a solution, which is accepted; what is nearly right is not, and is told why."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from allocator import Image, Machine, assemble, shipped
from allocator.errors import UsageError
from allocator.exercises import answer, hint
from allocator.exercises.exercise import Exercise, Verdict
from allocator.exercises.table import EXERCISES

MEMORY_ASM = shipped("memory.asm").read_text(encoding="utf-8")
NOTEBOOKS = Path(__file__).parents[2] / "notebooks"


def changed(old: str, new: str) -> Image:
    assert old in MEMORY_ASM
    return assemble(text=MEMORY_ASM.replace(old, new))


def table_source() -> str:
    """The hash table as notebook 01 has it."""
    cells = json.loads((NOTEBOOKS / "01-how-baremetal-allocates.ipynb").read_text(encoding="utf-8"))["cells"]
    [source] = ["".join(cell["source"]) for cell in cells if 'table_source = """' in "".join(cell["source"])]
    return source.split('"""')[1]


def with_table(routine: str) -> Image:
    return assemble(shipped("memory.asm"), text=table_source() + routine, name="table")


LONGEST = """
os_mem_longest:
        push    rbx
        push    rcx
        push    rdx
        push    rsi
        mov     ecx, [os_MemAmount]
        shr     ecx, 1
        mov     rsi, os_MemoryMap
        xor     ebx, ebx
        xor     edx, edx
.next:
        lodsb
        inc     rbx
        cmp     al, 1
        je      .free
        xor     ebx, ebx
.free:
        cmp     rbx, rdx
        jbe     .smaller
        mov     rdx, rbx
.smaller:
        dec     rcx
        jnz     .next
        mov     rax, rdx
        pop     rsi
        pop     rdx
        pop     rcx
        pop     rbx
        ret
"""
COUNT = """
table_count:
        push    rcx
        push    rdi
        mov     rcx, SLOTS
        xor     eax, eax
.next:
        cmp     qword [rdi], 0
        je      .free
        inc     rax
.free:
        add     rdi, SLOT_BYTES
        dec     rcx
        jnz     .next
        pop     rdi
        pop     rcx
        ret
"""
RELEASE = """
        mov     rdi, rax                ; RDI = where its byte is
"""
CHECKED = """
        mov     rdi, rax
        push    rdi
        mov     al, PAGE_USED
        cmp     eax, eax
        repe scasb
        pop     rdi
        jne     .refused
        mov     rcx, [rsp+8]
        mov     al, PAGE_FREE
        rep stosb
        pop     rax
        pop     rcx
        pop     rdi
        ret
.refused:
        pop     rax
        pop     rcx
        pop     rdi
        xor     ecx, ecx
        ret
"""
PROBE = """
        bits    16
        org     0x7C00
start:  xor     ax, ax
        mov     es, ax
        mov     ds, ax
        mov     di, 0x8000
        xor     ebx, ebx
        mov     word [0x7000], 0
.next:  mov     eax, 0xE820
        mov     ecx, 24
        mov     edx, 0x534D4150
        int     0x15
        jc      .done
        inc     word [0x7000]
        add     di, 24
        cmp     ebx, 0
        jne     .next
.done:  mov     bp, [0x7000]
        hlt
        times   510 - ($ - $$) db 0
        dw      0xAA55
"""
WALK = """
        bits    32
walk:
        push    ecx
        push    edx
        mov     ecx, eax
        shr     ecx, 22
        mov     ecx, [ebx + ecx*4]
        test    ecx, 1
        jz      .none
        and     ecx, 0xFFFFF000
        mov     edx, eax
        shr     edx, 12
        and     edx, 1023
        mov     ecx, [ecx + edx*4]
        test    ecx, 1
        jz      .none
        and     ecx, 0xFFFFF000
        and     eax, 0xFFF
        or      eax, ecx
        jmp     .done
.none:
        xor     eax, eax
.done:
        pop     edx
        pop     ecx
        ret
"""
NEVER_MARKED = ("        mov     al, PAGE_USED\n", "        mov     al, PAGE_FREE\n")


def solutions() -> dict[str, object]:
    return {
        "1.1": 13 + 20 * 6 + (1 + 7) + 15 + 4,
        "1.2": 62,
        "1.3": assemble(text=LONGEST),
        "1.4": with_table(COUNT),
        "2.1": 63 * 1024,
        "2.2": 1770,
        "2.3": assemble(text=PROBE),
        "3.1": 0x12350,
        "3.2": 0x123456,
        "3.3": 17 * 4096,
        "3.4": assemble(text="directory_index: mov rax, rdi\n shr rax, 21\n and eax, 511\n ret"),
        "4.2": changed(*NEVER_MARKED),
        "4.3": changed(RELEASE, CHECKED),
        "5.1": 5 << 3 | 3,
        "5.2": 0x11000 + 0x234,
        "5.3": 0b110,
        "5.4": assemble(text=WALK),
    }


@pytest.mark.parametrize("name", solutions())
def test_the_solution_is_accepted(name: str) -> None:
    verdict = answer(name, solutions()[name])

    assert verdict.is_right, verdict
    assert EXERCISES[name].reason == verdict.message


@pytest.mark.parametrize("name", EXERCISES)
def test_no_answer_is_not_wrong_but_missing(name: str) -> None:
    assert "There is no answer yet" in str(answer(name))


@pytest.mark.parametrize("name", EXERCISES)
@pytest.mark.parametrize("given", ["42", 1.5, True, [], object()])
def test_an_answer_of_another_kind_is_told_what_is_asked_for(name: str, given: object) -> None:
    assert str(answer(name, given)).startswith("Not yet. The answer is a ")


@pytest.mark.parametrize("name", EXERCISES)
def test_there_are_hints_and_none_of_them_is_the_answer(name: str) -> None:
    exercise: Exercise = EXERCISES[name]
    solution = str(solutions().get(name, ""))

    assert 2 <= len(exercise.hints) and hint(name, 2) == exercise.hints[1]
    assert exercise.hints[-1] == hint(name, 99)
    assert solution not in " ".join(exercise.hints) or not solution.isdigit()


def test_a_number_is_too_small_or_too_large() -> None:
    assert "Not yet. That is too small." == str(answer("1.2", 61))
    assert "Not yet. That is too large." == str(answer("1.2", 65))


@pytest.mark.parametrize(
    ("name", "given", "said"),
    [
        ("1.2", 128 // 2, "Page 0 is in use from the start."),
        ("1.2", 128 // 2 - 1, "Can all of them be had?"),
        ("2.1", 1024 * 1024, "AX, which has 16 bits"),
        ("2.1", 1023 * 1024, "AX, which has 16 bits"),
        ("2.1", 2**16 - 1, "Many BIOSes stop a little earlier"),
        ("3.1", 0x1234 + 0x10, "multiplied by 16 first"),
        ("3.2", 0xC0123456, "That is the linear address."),
        ("3.3", 16 * 4096, "These are the page tables."),
        ("5.1", 5, "This selects entry 0."),
        ("5.1", 5 << 3 | 7, "another table, the LDT"),
        ("5.1", 5 << 3, "The entry is right, and the lowest two bits say 0."),
        ("5.1", 1 << 20, "A selector has 16 bits."),
        ("5.2", 0x10234, "There A keeps its bytes."),
        ("5.2", 0x401234, "That is the linear address."),
        ("5.3", 7, "It was not."),
        ("5.3", 2, "Who did it?"),
        ("5.3", 4, "That would be a read."),
    ],
)
def test_a_number_with_one_step_left_out_is_told_which(name: str, given: int, said: str) -> None:
    assert said in str(answer(name, given))


@pytest.mark.parametrize(
    ("pages", "said"), [(1, "So many it takes on a fresh machine."), (3, "That was for three pages")]
)
def test_the_steps_of_another_call_are_told_from_those_asked_for(pages: int, said: str) -> None:
    steps = Machine(assemble(shipped("memory.asm")), memory="64M").call("os_mem_allocate", rcx=pages).steps

    assert said in str(answer("1.1", steps))


def test_a_routine_is_told_the_page_map_on_which_it_is_wrong() -> None:
    verdict = answer("1.3", assemble(text="os_mem_longest: mov eax, 32\n ret"))

    assert str(verdict).startswith("Not yet. With this page map RAX is 32, and should be ")
    assert " free, " in str(verdict)


def test_a_routine_that_spoils_registers_is_nearly_right() -> None:
    spoiling = LONGEST.replace("push    rbx", "nop").replace("pop     rbx", "nop")

    assert "does not get all of its registers back" in str(answer("1.3", assemble(text=spoiling)))


def test_a_routine_that_does_not_return_is_said_so() -> None:
    assert "os_mem_longest did not return" in str(answer("1.3", assemble(text="os_mem_longest: jmp $")))


def test_a_program_without_the_routine_is_said_so() -> None:
    assert "Not yet. The program has no label 'os_mem_longest'." == str(answer("1.3", assemble(text="a: ret")))


def test_counting_slots_that_are_free_is_wrong() -> None:
    verdict = answer("1.4", with_table("table_count:\n mov eax, SLOTS\n ret\n"))

    assert "Not yet. After 1 call of table_set RAX is 131072, and should be 1." == str(verdict)


def test_a_probe_is_told_the_firmware_that_fools_it() -> None:
    once = PROBE.replace("        mov     edx, 0x534D4150\n", "").replace(
        ".next:", "        mov edx, 0x534D4150\n.next:"
    )

    said = str(answer("2.3", assemble(text=once)))

    assert "Not yet. With the firmware 'edx-clobbered' it counts 1 entries, and there are 28." == said


def test_a_probe_that_does_not_stop_is_said_so() -> None:
    said = str(answer("2.3", assemble(text=PROBE.replace("hlt", "jmp 0"))))

    assert "the program does not come to its hlt" in said


@pytest.mark.parametrize(
    ("old", "new"), [("test    ecx, 1\n        jz      .none\n        and     ecx, 0xFFFFF000\n        and", "and"),
                     ("and     eax, 0xFFF", "and     eax, 0xFF")]
)  # fmt: skip
def test_a_walk_is_told_an_address_that_it_gets_wrong(old: str, new: str) -> None:
    assert old in WALK
    assert str(answer("5.4", assemble(text=WALK.replace(old, new, 1)))).startswith("Not yet. For 0x")


def test_a_walk_that_does_not_return_is_said_so() -> None:
    assert "The routine does not return" in str(answer("5.4", assemble(text="bits 32\nwalk: jmp $")))


def test_the_shipped_allocator_is_no_solution_of_its_own_defects() -> None:
    assert "No law is broken that was not broken before." in str(answer("4.2", changed("; memory.asm", "; copy")))
    assert "double free" in str(answer("4.3", changed("; memory.asm", "; copy")))


def test_the_number_of_an_exercise_needs_no_quotes() -> None:
    assert hint("1.2") == hint(1.2)


def test_an_exercise_that_is_not_there_is_an_error() -> None:
    with pytest.raises(UsageError, match=r"there is no exercise '9\.9'"):
        answer("9.9", 1)


def test_a_verdict_is_shown_escaped() -> None:
    assert "&lt;script&gt;" in Verdict(False, "<script>")._repr_html_()
