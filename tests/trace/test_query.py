"""Questions in words: every form, and what is said where one makes no sense."""

from __future__ import annotations

from random import Random

import pytest

from allocator import Machine, Trace, assemble, record, shipped
from allocator.errors import UsageError
from allocator.machine.run import Registers
from allocator.trace.accesses import Accesses
from allocator.trace.forward import Forward
from allocator.trace.query import FORMS, LONGEST, Memory
from allocator.trace.step import Step
from allocator.trace.why import Why
from allocator.views.answers import answer_text


@pytest.fixture(scope="module")
def trace() -> Trace:
    return record(Machine(assemble(shipped("memory.asm"))), "os_mem_allocate", rcx=3)


def index(trace: Trace, question: str) -> int | None:
    value = trace.query(question).value
    assert value is None or isinstance(value, Step)
    return value.index if value else None


def error(trace: Trace, question: str) -> str:
    with pytest.raises(UsageError) as caught:
        trace.query(question)
    return str(caught.value)


def caret(trace: Trace, question: str) -> str:
    """The part of the question that the caret of its error points at."""
    _, asked, below, *_ = error(trace, question).split("\n")
    return asked[len(below) - len(below.lstrip()) : len(below)]


# Each form


def why(trace: Trace, question: str) -> Why:
    value = trace.query(question).value
    assert isinstance(value, Why)
    return value


def test_why_at_the_end(trace: Trace) -> None:
    assert 0x3A00000 == why(trace, "why rax at end").value


def test_why_without_a_moment_is_at_the_end(trace: Trace) -> None:
    assert len(trace) == why(trace, "why rax").moment


def test_why_before_a_step(trace: Trace) -> None:
    assert (41, 41) == (why(trace, "why rax at 41").moment, why(trace, "why rax at step 41").moment)


def test_why_at_a_label(trace: Trace) -> None:
    assert 35 == why(trace, "why rax at os_mem_allocate.mark").moment


def test_why_at_a_visit_of_a_label(trace: Trace) -> None:
    assert 28 == why(trace, "why rax at os_mem_allocate.next visit 3").moment


def test_why_with_control(trace: Trace) -> None:
    assert (True, 10) == (why(trace, "why rax with control").control, why(trace, "why rax with control").decisions.size)


def test_why_of_a_page(trace: Trace) -> None:
    assert (b"\2", b"\1") == tuple(why(trace, f"why page_map[31] at {when}").value for when in ("end", "start"))


def test_why_of_a_symbol_with_a_distance(trace: Trace) -> None:
    assert (0x12001F, 0x120020) == why(trace, "why os_MemoryMap + 31 at end").target.where


def test_words_may_be_capital_and_far_apart(trace: Trace) -> None:
    assert 0x3A00000 == why(trace, "  WHY   RAX  At END ").value


def test_forward(trace: Trace) -> None:
    value = trace.query("forward 14").value
    assert isinstance(value, Forward) and 14 == value.origin


def test_who_set(trace: Trace) -> None:
    assert 26 == index(trace, "who set rbx at 30")


def test_who_set_a_flag_last(trace: Trace) -> None:
    assert 35 == index(trace, "who set df")


def test_last_write(trace: Trace) -> None:
    assert (43, None) == (index(trace, "last write 0x12001f"), index(trace, "last write 0x12001f before 43"))


def test_before_a_step_that_the_run_did_not_reach_is_before_the_end(trace: Trace) -> None:
    assert 43 == index(trace, "last write 0x12001f before 57")


def test_last_read(trace: Trace) -> None:
    assert 14 == index(trace, "last read page_map[31] before end")


def test_first_read(trace: Trace) -> None:
    assert 28 == index(trace, "first read os_MemoryMap+29 after 10")


def test_first_write_of_all(trace: Trace) -> None:
    assert 43 == index(trace, "first write of page_map[31]")


@pytest.mark.parametrize(
    ("question", "count"), [("writes page_map[31]", 1), ("reads os_MemAmount", 1), ("accesses page_map[31]", 2)]
)
def test_accesses(trace: Trace, question: str, count: int) -> None:
    value = trace.query(question).value
    assert isinstance(value, Accesses) and count == len(value)


def test_state(trace: Trace) -> None:
    value = trace.query("state at 12").value
    assert isinstance(value, Registers) and (0x12001F, 0x20) == (value.rsi, value.rax)


def test_memory(trace: Trace) -> None:
    value = trace.query("memory page_map[28..30] at end").value
    assert isinstance(value, Memory) and (1, 2, 2) == value.values


def test_visits(trace: Trace) -> None:
    value = trace.query("visits os_mem_allocate.next").value
    assert [14, 21, 28] == list(value)  # type: ignore[arg-type]


# Mistakes


def test_an_error_lists_the_forms(trace: Trace) -> None:
    said = error(trace, "what is love")
    assert all(form.shown in said for form in FORMS)


@pytest.mark.parametrize(
    ("question", "place"),
    [
        ("why raz at end", "raz"),
        ("why rip at end", "rip"),
        ("why rax at 99", "99"),
        ("why rax at nowhere", "nowhere"),
        ("why rax at os_mem_allocate.next visit 9", "os_mem_allocate.next visit 9"),
        ("why rax at -1", "-1"),
        ("writes page_map[131072]", "page_map[131072]"),
        ("who set page_map[3]", "page_map[3]"),
        ("visits nothing", "nothing"),
        ("forward 54", "54"),
        ("forward end", "end"),
        ("memory 0..0xffffffff at end", "0..0xffffffff"),
        ("why", "why"),
        ("wyh rax", "wyh"),
    ],
)
def test_the_caret_is_below_what_is_wrong(trace: Trace, question: str, place: str) -> None:
    assert place == caret(trace, question)


def test_a_mistyped_verb_is_recognised(trace: Trace) -> None:
    assert "did you mean 'why'?" in error(trace, "wyh rax")


def test_a_mistyped_register_is_recognised(trace: Trace) -> None:
    assert "the register 'rax'?" in error(trace, "why raz")


@pytest.mark.parametrize(
    "question",
    ["", " ", "\n", "\0", "why " + "a" * LONGEST, "why \x1b[31m at end", "why rax at " + "9" * 18, "why 0x" + "f" * 17,
     "why page_map[" + "9" * 60 + "]", "why at at at at"],
)  # fmt: skip
def test_nonsense_is_an_error(trace: Trace, question: str) -> None:
    assert error(trace, question)


WORDS = """
why forward who set last first write read writes reads state memory visits at before after with control end start rax zf
os_MemoryMap page_map[31] page_map[ ] .. + - 0x12001f 57 os_mem_allocate.next visit of 1
"""


def test_random_words_are_answered_or_refused(trace: Trace) -> None:
    random = Random(1)
    answered = 0
    for _ in range(1500):
        try:
            trace.query(" ".join(random.choices(WORDS.split(), k=random.randint(1, 6))))
            answered += 1
        except UsageError:
            continue
    assert answered > 10


def test_an_error_cannot_control_the_terminal(trace: Trace) -> None:
    assert "\x1b" not in error(trace, "why \x1b[31m at end")


def test_a_trace_without_steps_answers() -> None:
    empty = record(Machine(assemble(text="f: ret")), 0x4000000)
    assert "nothing in the run made it" in "\n".join(answer_text(empty.query("why rax at end")))


# Answers as text


def text(trace: Trace, question: str, width: int = 200) -> str:
    return "\n".join(answer_text(trace.query(question), width=width))


@pytest.mark.parametrize(
    "line",
    [
        "why rax at the end: 0x3a00000",
        "    48    100  mov rax, rbx  rax = 0x3a00000  from rbx (47)",
        "    46     98  sub rbx, rdx  rbx = 0x1d  from rdx (8)  rbx (40)  ; RBX = number of the row's first page",
        "    38     90  xor rdi, rsi  rdi = os_MemoryMap+0x1c  from rsi (28)  three XORs exchange the two registers",
        "     x  the step above, 2 times more: steps 14 to 21",
        "    12     72  std  DF = 1  a constant  ; from here on LODSB steps downwards",
        "     6     66  mov eax, dword [os_MemAmount]  eax = 0x40  from os_MemAmount = 0x40",
        "  os_MemAmount = 0x40  4 bytes at 0x110108, as they lay there at the start",
    ],
)
def test_the_answer_to_the_question_of_the_article(trace: Trace, line: str) -> None:
    """How does it find the address in RAX?"""
    words = [" ".join(each.split()) for each in text(trace, "why rax at end").split("\n")]
    assert " ".join(line.split()) in words


def test_the_answer_with_control_names_the_branches(trace: Trace) -> None:
    said = text(trace, "why rax at end with control")
    assert "jnz .next" in said.split("and these branches decided the path")[1]


def test_the_answer_is_as_wide_as_the_terminal(trace: Trace) -> None:
    assert all(len(line) <= 140 for line in text(trace, "why rax at end", 140).split("\n"))


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("forward 6", "went into 21 steps, and 6 branches went by it"),
        ("who set rbx at 30", "dec rbx"),
        ("last write page_map[3]", "no step of the run did"),
        ("writes page_map[31]", "pages 29-31: free -> used"),
        ("state at 12", "rsi = 0x000000000012001f  os_MemoryMap+0x1f"),
        ("memory page_map[28..30]", "01 02 02"),
        ("memory 0x4000000000000000", "??"),
        ("visits os_mem_allocate.next", "3 visits"),
    ],
)
def test_answers_as_text(trace: Trace, question: str, said: str) -> None:
    assert said in text(trace, question)


def test_a_long_explanation_is_folded() -> None:
    long = record(Machine(assemble(text="f: mov eax, 0\n.n: inc rax\n loop .n\n ret")), "f", rcx=3000)
    said = text(long, "why rax")
    assert "the step above, 2,999 times more" in said and len(said) < 2000
