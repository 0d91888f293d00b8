"""A trace as a library: steps by place and condition, accesses by range, columns as arrays and tables."""

from __future__ import annotations

from array import array

import numpy as np
import pytest

from allocator import Machine, Trace, assemble, record, shipped
from allocator.errors import TraceError, UsageError
from allocator.trace.accesses import steps_of
from allocator.trace.row_starts import RowStarts

LOOP = "f: mov rsi, os_MemoryMap\n.next: lodsb\n mov [0x200000], al\n dec rcx\n jnz .next\n ret"


def trace(text: str, **registers: int) -> Trace:
    return record(Machine(assemble(text=text)), "f", **registers)


@pytest.fixture(scope="module")
def loop() -> Trace:
    return trace(LOOP, rcx=3)


@pytest.fixture(scope="module")
def long() -> Trace:
    """Longer than any piece that a search looks at first."""
    return trace(LOOP, rcx=6000)


@pytest.fixture(scope="module")
def allocation() -> Trace:
    return record(Machine(assemble(shipped("memory.asm"))), "os_mem_allocate", rcx=3)


# Steps


def test_a_slice_is_steps(loop: Trace) -> None:
    assert [3, 4] == [step.index for step in loop[3:5]]


def test_a_slice_of_a_slice_is_steps(loop: Trace) -> None:
    assert [4] == [step.index for step in loop[2:8][2:3]]


def test_the_visits_of_a_label(loop: Trace) -> None:
    assert [1, 5, 9] == loop.visits("f.next").tolist()


def test_the_visits_of_an_address_where_the_run_never_was(loop: Trace) -> None:
    assert [] == loop.visits(0x5000).tolist()


def test_the_visits_of_a_long_trace_are_all_there(long: Trace) -> None:
    assert list(range(1, 24001, 4)) == long.visits("f.next").tolist()


@pytest.mark.parametrize("visit", [1, 2, 1024, 1025, 6000])
def test_a_visit_far_away_is_found(long: Trace, visit: int) -> None:
    assert 4 * visit - 3 == long.at("f.next", visit).index


def test_a_visit_that_never_was_is_an_error(loop: Trace) -> None:
    with pytest.raises(TraceError, match="reached 3 time"):
        loop.at("f.next", 4)


def test_a_name_that_is_no_label_is_an_error(loop: Trace) -> None:
    with pytest.raises(TraceError, match="'g' is not a label"):
        loop.at("g")


def test_the_next_visit_is_after_a_step(loop: Trace) -> None:
    step = loop.next_visit("f.next", 5)
    assert step and 9 == step.index


def test_after_the_last_visit_there_is_none(loop: Trace) -> None:
    assert loop.next_visit("f.next", 9) is None


def test_the_previous_visit_is_before_a_step(long: Trace) -> None:
    step = long.previous_visit("f.next", 23_000)
    assert step and 22_997 == step.index


def test_before_the_first_visit_there_is_none(loop: Trace) -> None:
    assert loop.previous_visit("f.next", 1) is None


# Selections


def test_steps_below_a_label(loop: Trace) -> None:
    assert [0, 13] == [loop.select(label="f").indices[0], len(loop) - 1]
    assert {"lodsb", "mov byte [0x200000], al", "dec rcx", "jne 0x100007", "ret"} >= {
        step.text.split(" ")[0] if step.text.startswith("jne") else step.text
        for step in loop.select(label="f.next")[:3]
    }


def test_steps_of_a_routine_include_its_local_labels(loop: Trace) -> None:
    assert len(loop) == len(loop.select(routine="f"))


def test_steps_that_write_somewhere(loop: Trace) -> None:
    assert [2, 6, 10] == [step.index for step in loop.select(writes=0x200000)]


def test_steps_that_meet_two_conditions(loop: Trace) -> None:
    assert [5] == [step.index for step in loop.select(reads="page_map[1]", label="f.next")]


def test_steps_that_read_one_thing_and_write_another(allocation: Trace) -> None:
    assert [] == list(allocation.select(reads="os_MemAmount", writes="page_map[31]"))


def test_steps_of_lines(loop: Trace) -> None:
    assert [0] == [step.index for step in loop.select(lines=1)]


def test_steps_at_addresses(loop: Trace) -> None:
    start = loop.image.symbols["f.next"]
    assert [1, 5, 9] == [step.index for step in loop.select(addresses=start)]


# Accesses


def test_reads_are_counted_by_comparing(allocation: Trace) -> None:
    assert allocation.reads("page_map[0..31]") == 3


def test_reads_of_a_page_map_are_counted() -> None:
    machine = Machine(assemble(shipped("memory.asm")))
    assert record(machine, "os_mem_allocate", rcx=3).reads(machine.page_map) == 3


def test_writes_of_a_byte_in_the_middle_of_a_long_write(allocation: Trace) -> None:
    (access,) = allocation.writes("page_map[30]")
    assert (0x12001D, b"\2\2\2") == (access.address, access.after)


def test_accesses_know_their_steps(loop: Trace) -> None:
    assert [2, 6, 10] == loop.writes(0x200000).steps.tolist()


def test_accesses_that_only_touch_the_first_byte_of_a_range() -> None:
    assert 1 == len(trace("f: mov [0x200000], rax\n ret").writes((0x200007, 0x200010)))


def test_accesses_next_to_a_range_do_not_touch_it() -> None:
    assert 0 == len(trace("f: mov [0x200000], rax\n ret").writes(0x200008))


def test_accesses_of_a_long_trace_are_all_there(long: Trace) -> None:
    assert 6000 == len(long.writes(0x200000))


def test_the_steps_of_many_accesses_are_those_of_each(long: Trace) -> None:
    rows = np.arange(len(long.columns.address))
    assert [long.step_of_access(int(row)) for row in rows] == steps_of(long, rows).tolist()


def test_the_last_write_before_a_step(loop: Trace) -> None:
    step = loop.last_write(0x200000, before=10)
    assert step and 6 == step.index


def test_before_the_first_write_there_is_none(loop: Trace) -> None:
    assert loop.last_write(0x200000, before=2) is None


def test_the_first_read_after_a_step(loop: Trace) -> None:
    step = loop.first_read("page_map[0..9]", after=1)
    assert step and 5 == step.index


def test_the_first_read_of_all(loop: Trace) -> None:
    step = loop.first_read("page_map[0]")
    assert step and 1 == step.index


def test_the_first_read_after_step_0_is_not_that_of_step_0() -> None:
    assert trace("f: mov eax, [os_MemAmount]\n ret").first_read("os_MemAmount", after=0) is None


def test_the_last_write_of_a_long_trace(long: Trace) -> None:
    step = long.last_write(0x200000)
    assert step and 23_998 == step.index


# Naming memory


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        (0x12001F, (0x12001F, 0x120020)),
        ("0x12001f", (0x12001F, 0x120020)),
        ("os_MemoryMap+31", (0x12001F, 0x120020)),
        ("os_MemoryMap + 0x20 - 1", (0x12001F, 0x120020)),
        ("page_map[31]", (0x12001F, 0x120020)),
        ("page_map[ 29 .. 31 ]", (0x12001D, 0x120020)),
        ("0x10..0x1f", (0x10, 0x20)),
        (range(5, 9), (5, 9)),
        ((5, 9), (5, 9)),
        ("f", (0x100000, 0x100001)),
    ],
)
def test_memory_is_named(loop: Trace, where: object, expected: tuple[int, int]) -> None:
    assert expected == tuple(loop.range_of(where))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "where",
    ["", "+", "1 2", "nowhere", "page_map[131072]", "page_map[3..2]", "-1", "0x10000000000000000", "9..3", "page_map[]",
     "1" * 501, "0x", "page_map[31", (9, 5), (5, 5), -1, range(0), (0, 1 << 65)],
)  # fmt: skip
def test_what_names_no_memory_is_an_error(loop: Trace, where: object) -> None:
    with pytest.raises(UsageError):
        loop.range_of(where)  # type: ignore[arg-type]


def test_a_mistyped_symbol_is_recognised(loop: Trace) -> None:
    with pytest.raises(UsageError, match="did you mean 'os_MemoryMap'"):
        loop.range_of("os_MemoryMab+3")


# Columns


def test_arrays_share_the_memory_of_the_columns() -> None:
    recorded = trace("f: mov eax, 1\n ret")
    column = recorded.columns.value
    recorded.arrays.value  # noqa: B018
    assert np.shares_memory(np.asarray(column), recorded.arrays.value)


@pytest.mark.parametrize("counts", [[], [0], [2, 0, 1], [1] * 300, [0, 3] * 400])
def test_row_starts_are_the_sums_so_far(counts: list[int]) -> None:
    expected = [sum(counts[:step]) for step in range(len(counts) + 1)]
    assert expected == list(RowStarts(array("B", counts)))


def test_each_row_belongs_to_its_step() -> None:
    counts = [0, 3, 0, 0, 1, 2] * 100
    starts = RowStarts(array("B", counts))
    assert [step for step, count in enumerate(counts) for _ in range(count)] == [
        starts.step_of(row) for row in range(sum(counts))
    ]


def test_steps_as_a_pandas_frame(loop: Trace) -> None:
    pytest.importorskip("pandas")
    frame = loop.to_pandas()
    assert [step.text for step in loop] == frame["text"].tolist()
    assert [step.address for step in loop] == frame["address"].tolist()


def test_accesses_as_a_polars_frame(loop: Trace) -> None:
    pytest.importorskip("polars")
    expected = [(step.index, each.kind, each.address, each.value) for step in loop for each in step.accesses]
    assert expected == loop.to_polars("accesses").select("step", "kind", "address", "after").rows()


def test_changes_are_the_same_in_both_libraries(loop: Trace) -> None:
    pytest.importorskip("pandas")
    pytest.importorskip("polars")
    pandas_rows = list(loop.to_pandas("changes").itertuples(index=False, name=None))
    assert pandas_rows == loop.to_polars("changes").rows()


def test_the_value_of_a_long_access_is_missing() -> None:
    pytest.importorskip("polars")
    recorded = trace("f: rep stosb\n ret", rdi=0x200000, rcx=20)
    assert [None, 0x1F0800] == recorded.to_polars("accesses")["after"].to_list()


def test_places_outside_of_the_image_have_no_label() -> None:
    pytest.importorskip("polars")
    recorded = trace("f: mov byte [0x200000], 0xc3\n mov rax, 0x200000\n call rax\n ret")
    assert [None] == recorded.to_polars()["label"].to_list()[3:4]


def test_an_unknown_table_is_an_error(loop: Trace) -> None:
    with pytest.raises(UsageError, match="there are steps, changes, accesses"):
        loop.to_polars("rows")
