"""What a notebook shows: everything that matters, escaped, in a size that a page can hold."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from allocator import Image, Machine, Trace, assemble, record
from allocator.errors import UsageError
from allocator.views.html import image_html, page_map_html, routine_html, run_html, step_html, trace_html
from allocator.views.report import fault_report

VOID = {"br", "meta"}


class Reader(HTMLParser):
    """Reads a fragment: its words, and whether every tag that opens closes in its place."""

    def __init__(self, fragment: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.tags: list[str] = []
        self.open: list[str] = []
        self.feed(fragment)

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.append(tag)
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open[-1:] != ["style"]:
            self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())


def text_of(fragment: str) -> str:
    return Reader(fragment).text


@pytest.fixture
def trace(our_program: Image) -> Trace:
    return record(Machine(our_program), "os_mem_allocate", rcx=3)


def faulting() -> Machine:
    return Machine(assemble(text="f: mov rcx, 0x5000000000\n mov rbx, [rcx] ; here it ends\n ret", name="bad.asm"))


# Nouns


def test_every_noun_shows_itself_in_well_formed_html(trace: Trace) -> None:
    machine = Machine(trace.image)
    nouns = [trace, trace[0], trace.run, trace.run.registers, trace.image, machine.page_map, machine.firmware_map]

    assert [[]] * len(nouns) == [Reader(noun._repr_html_()).open for noun in nouns]


def test_a_trace_says_how_it_ended(trace: Trace) -> None:
    assert "os_mem_allocate: 54 steps, returned" in text_of(trace_html(trace))


def test_a_step_stands_beside_its_source_with_its_comment(trace: Trace) -> None:
    assert "std 72 std ; from here on LODSB steps downwards DF=1" in text_of(trace_html(trace))


def test_a_label_has_a_row_each_time_it_is_reached(trace: Trace) -> None:
    assert 3 == text_of(trace_html(trace)).count("os_mem_allocate.next:")


def test_a_step_outside_of_the_program_has_no_source(trace: Trace) -> None:
    machine = Machine(assemble(text="f: mov rax, 0x200000\n jmp rax"))
    machine.write(0x200000, b"\xc3")

    assert "1 100005 jmp rax 2 jmp rax to 0x200000 2 200000 ret" in text_of(trace_html(record(machine, "f")))


def test_a_run_says_how_it_ended_and_what_it_changed(trace: Trace) -> None:
    words = text_of(run_html(trace.run))

    assert "os_mem_allocate returned at os_mem_allocate.done+0x3 (memory.asm:111) after 54 steps" in words
    assert "pages 29-31: free -> used (0x3a00000..0x4000000)" in words
    assert "rax 00c0ffeebad01111 0000000003a00000" in words
    assert "rbx 00c0ffeebad04444 the same" in words


def test_a_run_that_changes_pages_apart_names_each_row_of_them(our_program: Image) -> None:
    machine = Machine(assemble(text="f: mov byte [os_MemoryMap + 3], 2\n mov byte [os_MemoryMap + 5], 0\n ret"))
    words = text_of(run_html(machine.call("f")))

    assert "page 3: free -> used (0x600000..0x800000) page 5: free -> absent (0xa00000..0xc00000)" in words


def test_a_fault_shows_its_whole_report() -> None:
    run = faulting().call("f")

    assert "memory fault at f+0xa (bad.asm:2) after 2 steps: read of 8 bytes at 0x5000000000" in text_of(run_html(run))
    assert " ".join(fault_report(run).split()) in text_of(run_html(run))


def test_a_step_shows_the_registers_around_it(trace: Trace) -> None:
    assert "rbx 00c0ffeebad04444 0000000000000003" in text_of(step_html(trace.at("os_mem_allocate.restart")))


def test_a_step_shows_the_memory_that_it_wrote(trace: Trace) -> None:
    words = text_of(step_html(trace[0]))

    assert "memory after the step" in words
    assert "001efef0 stack-0x8 77 77 d0 ba ee ff c0 00" in words


def test_an_image_shows_addresses_bytes_and_source(our_program: Image) -> None:
    assert "100010 56 58 push rsi 100011 52 59 push rdx" in text_of(image_html(our_program))


def test_a_routine_ends_where_the_next_begins(our_program: Image) -> None:
    words = text_of(routine_html(our_program, "os_mem_release"))

    assert "os_mem_release address bytes line source os_mem_release: 100075 57 127 push rdi" in words
    assert words.endswith("ret")
    assert 1 == words.count("ret")


def test_a_routine_stands_below_its_contract(our_program: Image) -> None:
    words = text_of(routine_html(our_program, "os_mem_release"))

    assert words.startswith("contract of os_mem_release, line 126 meaning range in rax address in the first page")


def test_an_unknown_routine_is_refused(our_program: Image) -> None:
    with pytest.raises(UsageError, match="'os_mem' is not a label"):
        routine_html(our_program, "os_mem")


# The page map


def test_pages_are_said_in_words() -> None:
    assert "6 pages, 1 absent, 3 free, 2 used: page 0 used, pages 1-2 free, page 3 absent" in text_of(
        page_map_html(bytes([2, 1, 1, 0, 1, 2]))
    )


def test_a_page_has_a_cell_with_its_state_and_address() -> None:
    assert "<title>page 1: free, address 0x200000</title>" in page_map_html(b"\2\1\2")


def test_pages_that_changed_have_a_frame_and_are_said() -> None:
    shown = page_map_html(b"\2\1\2\2", changed={2, 3})

    assert 2 == len(re.findall(r'<rect class="now" x="\d+" y="1" ', shown.split("</p>")[1]))
    assert "Changed now: pages 2-3." in text_of(shown)


def test_pages_that_changed_apart_are_counted() -> None:
    assert "Changed now: 2 pages, from page 1 to page 3." in text_of(page_map_html(b"\2\1\2\2", changed={1, 3}))


def test_pages_that_were_made_absent_are_shown_too() -> None:
    assert "4 pages" in text_of(page_map_html(b"\2\1", changed={3}))


def test_a_byte_that_means_nothing_is_shown_as_that() -> None:
    assert "page 1 holds 7, pages 2-3 hold 9" in text_of(page_map_html(b"\2\7\11\11"))


def test_an_empty_page_map_can_be_shown() -> None:
    assert "absent" in text_of(page_map_html(bytes(32)))


def test_a_map_of_131072_pages_stays_small() -> None:
    shown = page_map_html(bytes([1, 2] * 65_536))

    assert "each cell is 64 pages: 128 MiB" in text_of(shown)
    assert len(shown) < 50_000


# What must not happen


def test_a_trace_of_54_steps_has_less_than_50_kb(trace: Trace) -> None:
    assert len(trace_html(trace)) < 50_000


def test_of_a_long_trace_the_first_and_the_last_steps_are_shown(our_program: Image) -> None:
    long = record(Machine(our_program, memory="4G"), "os_mem_get_free", limit=20_000)
    words = text_of(trace_html(long))

    assert "19,800 steps are left out here" in words
    assert len(trace_html(long)) < 150_000


HOSTILE = '<script>alert(1)</script><img src=x onerror="alert(2)">'


@pytest.mark.parametrize("show", [trace_html, lambda trace: image_html(trace.image)])
def test_a_comment_cannot_become_a_tag(show) -> None:
    hostile = record(Machine(assemble(text=f"f: ret ; {HOSTILE}", name=HOSTILE)), "f")

    assert {"script", "img"}.isdisjoint(Reader(show(hostile)).tags)
    assert HOSTILE in text_of(show(hostile))


def test_a_file_name_cannot_become_a_tag() -> None:
    hostile = Machine(assemble(text="f: mov rcx, 0x5000000000\n mov rbx, [rcx]", name=HOSTILE)).call("f")

    assert {"script", "img"}.isdisjoint(Reader(run_html(hostile)).tags)


def test_a_right_to_left_mark_does_not_reorder_the_page() -> None:
    hostile = record(Machine(assemble(text="f: ret ; \N{RIGHT-TO-LEFT OVERRIDE}evil")), "f")

    assert "\N{RIGHT-TO-LEFT OVERRIDE}" not in trace_html(hostile)


def test_a_line_of_10000_characters_is_cut() -> None:
    assert len(image_html(assemble(text="f: ret ; " + 10_000 * "x"))) < 10_000


def test_a_display_needs_nothing_from_elsewhere(trace: Trace) -> None:
    assert [] == re.findall(r"https?:|url\(|@import|src=", trace_html(trace) + run_html(trace.run))
