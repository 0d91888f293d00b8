"""Patterns of instructions: what they find, how far they got, and what is wrong with them."""

from __future__ import annotations

import os
import re
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from allocator import Machine, Trace, assemble, record
from allocator.errors import UsageError
from allocator.trace import pattern

SOURCE = """\
f:      push    rbx
        mov     ecx, 3
.next:  nop
        dec     ecx
        jnz     .next
        cld
        rep     stosb
        call    g
        call    g
        mov     al, 16
        lea     rbx, [rdi]
        mov     [rbx], al
        pop     rbx
        ret
g:      ret
"""


@cache
def recorded() -> Trace:
    return record(Machine(assemble(text=SOURCE, name="t.asm")), "f", rdi=0x200000)


recorded_once = cache(recorded)


@pytest.fixture
def trace() -> Trace:
    return recorded()


FOUND = [
    "push mov nop",
    "push ... ret",
    "nop",
    "NOP",
    "(nop dec jnz){3} cld",
    "(nop dec jne)+ cld",
    "nop dec jz|jnz",
    "stosb",
    "rep stosb",
    "repe|rep stosb|ret",
    "'mov al, 16'",
    "'mov al,0x10'",
    "'mov al, *'",
    "'m*v*l, *6'",
    "'mov [rbx], al'",
    "'mov byte [rbx], al'",
    "@f.next dec",
    "@g . @g",
    "^ push",
    "^ ... pop ret $",
    "ret$",
    "push nop* mov",
    "push nop? mov",
    "(call ret){2}",
    "(call ret){1,} mov lea",
    "(nop dec jnz){2,3} cld",
    ".{22}",
    "...",
    "nop*",
]
NOT_FOUND = [
    "push nop",
    "^ mov",
    "push $",
    "cld ... push",
    "(nop dec jnz){4}",
    "push (nop dec jnz){2} cld",
    "repne stosb",
    "'mov al'",
    "'mov word [rbx], al'",
    "'mov *, 17'",
    "'*mov al, 16x'",
    "@g nop",
    ".{23}",
    "call{2}",
    "nop+ cld",
]


@pytest.mark.parametrize("text", FOUND)
def test_a_sequence_that_was_executed_is_found(trace: Trace, text: str) -> None:
    assert trace.matches(text)


@pytest.mark.parametrize("text", NOT_FOUND)
def test_a_sequence_that_was_not_executed_is_not_found(trace: Trace, text: str) -> None:
    assert not trace.matches(text)


def test_a_match_says_which_step_completed_it(trace: Trace) -> None:
    assert 11 == trace.matches("cld").end


def test_a_pattern_that_was_not_found_says_how_far_it_got(trace: Trace) -> None:
    progress = trace.matches("push ... rep stosb cld").progress

    assert ("rep stosb", 12, "cld", False) == (progress.met.text, progress.step, progress.wanted.text, progress.is_open)


def test_what_may_come_later_is_told_from_what_must_follow(trace: Trace) -> None:
    assert trace.matches("cld ... std").progress.is_open


def test_of_a_pattern_whose_beginning_was_not_found_nothing_was_met(trace: Trace) -> None:
    assert (None, None) == trace.matches("std cld").progress[:2]


def test_instructions_are_counted(trace: Trace) -> None:
    assert (3, 2, 5) == (trace.count("nop"), trace.count("'call *'"), trace.count("call|nop"))


def test_instructions_are_found_with_their_steps(trace: Trace) -> None:
    assert [2, 5, 8] == trace.instructions("nop").steps.tolist()


def test_calls_are_counted_by_the_routine_they_lead_to(trace: Trace) -> None:
    assert trace.calls("g") == 2


def test_how_a_run_was_entered_is_no_call(trace: Trace) -> None:
    assert trace.calls("f") == 0


def test_writes_of_a_register_are_counted_by_any_part_of_it(trace: Trace) -> None:
    assert trace.register_writes("rax") == 1


def test_reads_of_a_register_are_counted(trace: Trace) -> None:
    assert ["push rbx", "mov byte [rbx], al"] == [step.text for step in trace.register_reads("rbx")]


def test_a_flag_is_read_by_whoever_decides_by_it(trace: Trace) -> None:
    assert trace.register_reads("zf") == 3


def test_what_is_counted_is_one_instruction(trace: Trace) -> None:
    with pytest.raises(UsageError, match="one instruction, or one of several"):
        trace.count("nop dec")


def test_a_register_that_there_is_not_is_refused(trace: Trace) -> None:
    with pytest.raises(UsageError, match="'rxx' is no register"):
        trace.register_writes("rxx")


WRONG = {
    "": "a pattern names at least one instruction",
    "nop |": "| stands between two instructions\n    nop |\n        ^",
    "(nop": "this is never closed\n    (nop\n    ^",
    "nop)": "nothing was opened",
    "nop++": "+ stands behind what it repeats\n    nop++\n        ^",
    "nop{3,2}": "the second number is how often at most",
    "nop{1001}": "at most 1,000 times",
    "'nop": "no closing quote",
    "''": "a text between quotes is an instruction",
    "@nowhere": "'nowhere' is not a label of the program",
    "nop ^ nop": "^ stands at the beginning",
    "((nop){1000}){1000}": "more than 2,000 instructions",
    "()": "nothing between the parentheses",
    "nop, nop": "',' means nothing in a pattern\n    nop, nop\n       ^",
    "(" * 60: "50 deep",
    "n" * 2001: "at most 2,000 characters",
    "\x1b[2J": "'?' means nothing",
}


@pytest.mark.parametrize("text", WRONG)
def test_a_bad_pattern_is_pointed_at(trace: Trace, text: str) -> None:
    with pytest.raises(UsageError, match=re.escape(WRONG[text])):
        trace.matches(text)


# The twin: a regular expression over one letter a step, which backtracks where it must.

LETTERS = {
    "push": "p",
    "mov": "m",
    "nop": "n",
    "dec": "d",
    "jnz": "j",
    "cld": "c",
    "stosb": "s",
    "call": "l",
    "ret": "r",
}
WORDS = st.sampled_from([*LETTERS, ".", "..."])
COUNTS = st.sampled_from(["+", "*", "?", "{2}", "{1,}", "{0,2}"])
PATTERNS = st.recursive(
    WORDS,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=4).map(lambda parts: f"({' '.join(parts)})"),
        st.tuples(inner, inner).map(lambda parts: f"({'|'.join(parts)})"),
        st.tuples(inner, COUNTS).map(lambda parts: f"({parts[0]}){parts[1]}"),
    ),
    max_leaves=5,
)


def as_expression(text: str) -> str:
    """Return the regular expression that means the same; `|` binds more tightly in a pattern."""
    tokens = re.findall(r"\.\.\.|\.|\w+(?![^{]*})|[()|+*?]|\{[^}]*\}", text)
    return "".join({"...": "(?:.*)", ".": "."}.get(token) or LETTERS.get(token) or token for token in tokens)


@given(st.lists(PATTERNS, min_size=1, max_size=4))
@settings(max_examples=300 if os.environ.get("ALLOCATOR_FULL") else 40, deadline=None)
def test_patterns_mean_what_regular_expressions_mean(parts: list[str]) -> None:
    trace = recorded_once()
    names = {step.index: {"jne": "jnz", "pop": "?"}.get(step.decoded.name, step.decoded.name) for step in trace}
    stream = "".join(LETTERS.get(name, "?") for name in names.values())
    grouped = [f"({part})" for part in parts]
    expected = re.search("".join(f"(?:{as_expression(part)})" for part in grouped), stream)

    assert bool(expected) == bool(pattern.find_pattern(trace, " ".join(grouped)))


def test_a_pattern_full_of_gaps_is_searched_without_trying_again() -> None:
    # Backtracking would not come to an end: each of the gaps could lie anywhere.
    trace = record(Machine(assemble(text="f: mov ecx, 20000\n.l: nop\n dec ecx\n jnz .l\n ret")), "f")

    assert not trace.matches("nop ... (dec|nop)+ ... (nop|dec .)* ... nop ... dec ... dec ... cld")


def test_a_pattern_with_more_sets_of_positions_than_are_remembered_is_found_all_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pattern, "MAX_SETS", 8)
    source = "f: mov ecx, 9000\n.l: nop\n test cl, 0x25\n jp .l2\n nop\n.l2: dec ecx\n jnz .l\n ret"
    trace = record(Machine(assemble(text=source)), "f")

    assert trace.matches("(nop|test|jp|dec|jnz)* nop .{16,19} dec jnz ret")
