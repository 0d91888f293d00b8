"""What is drawn is what happened: the numbers in a figure are those of the runs."""

from __future__ import annotations

import subprocess
import sys
from io import BytesIO
from typing import Any

import pytest

from allocator import Image, Machine, Run, Trace, record
from allocator.errors import UsageError
from allocator.views.plots import plot_fragmentation, plot_free_pages, plot_steps, plot_touched

PNG = b"\x89PNG"


@pytest.fixture(scope="module")
def runs(our_program: Image) -> list[Run]:
    machine = Machine(our_program, memory="16M")
    return [
        machine.call("os_mem_allocate", rcx=2),
        machine.call("os_mem_allocate", rcx=1),
        machine.call("os_mem_release", rax=6 << 21, rcx=2),
    ]


@pytest.fixture(scope="module")
def trace(our_program: Image) -> Trace:
    return record(Machine(our_program, memory="16M"), "os_mem_allocate", rcx=2)


def values(figure: Any, line: int = 0) -> list[tuple[float, float]]:
    drawn = figure.axes[0].lines[line]
    return list(zip(drawn.get_xdata(), drawn.get_ydata(), strict=True))


def test_free_pages_are_counted_before_the_first_call_and_after_each(runs: list[Run]) -> None:
    assert [(0, 7), (1, 5), (2, 4), (3, 6)] == values(plot_free_pages(runs))


def test_the_longest_row_is_what_can_be_had_in_one_piece(runs: list[Run]) -> None:
    assert [(0, 7), (1, 5), (2, 4), (3, 4)] == values(plot_fragmentation(runs), line=1)


def test_a_write_between_two_calls_is_seen(our_program: Image) -> None:
    machine = Machine(our_program, memory="16M")
    first = machine.call("os_mem_allocate", rcx=1)
    machine.page_map[1] = 2

    assert [7, 6, 4] == [free for _, free in values(plot_free_pages([first, machine.call("os_mem_allocate", rcx=1)]))]


def test_of_a_trace_time_is_instructions(trace: Trace) -> None:
    [store] = [step.index for step in trace if step.text == "rep stosb"]

    assert [(0, 7), (store + 1, 5), (len(trace), 5)] == values(plot_free_pages(trace))


def test_a_trace_that_was_read_from_a_file_is_drawn_as_well(trace: Trace, tmp_path: Any) -> None:
    from allocator.trace.archive import load_trace, save_trace

    save_trace(trace, str(tmp_path / "trace.parquet"))

    assert values(plot_free_pages(trace)) == values(plot_free_pages(load_trace(str(tmp_path / "trace.parquet"))))


def test_a_bar_is_as_long_as_the_call(runs: list[Run]) -> None:
    assert [run.steps for run in runs] == [bar.get_width() for bar in plot_steps(runs).axes[0].patches]


def test_a_bar_says_the_call(runs: list[Run]) -> None:
    labels = [label.get_text() for label in plot_steps(runs).axes[0].get_yticklabels()]

    assert ["mem_allocate rcx=2", "mem_allocate rcx=1", "mem_release rax=0xc00000 rcx=2"] == labels


def test_bars_that_are_far_apart_have_a_logarithmic_scale(our_program: Image) -> None:
    machine = Machine(our_program)

    figure = plot_steps([machine.call("os_mem_get_free"), machine.call("os_mem_allocate", rcx=1)])

    assert "log" == figure.axes[0].get_xscale()


def test_reads_are_shaded_where_and_when_they_were(trace: Trace) -> None:
    [shades] = plot_touched(trace).axes[0].images
    looks = [step.index for step in trace if step.text == "lodsb"]

    assert [(6, looks[1], 1), (7, looks[0], 1)] == [
        (page, step, value)
        for page, row in enumerate(shades.get_array())
        for step, value in enumerate(row)
        if value
    ]  # fmt: skip


def test_writes_are_marked(trace: Trace) -> None:
    [store] = [step.index for step in trace if step.text == "rep stosb"]

    assert [(store + 0.5, 6), (store + 0.5, 7)] == sorted(values(plot_touched(trace)))


def test_a_large_map_and_a_long_run_have_few_squares(our_program: Image) -> None:
    trace = record(Machine(our_program), "os_mem_get_free")

    rows, columns = plot_touched(trace).axes[0].images[0].get_array().shape

    assert rows <= 128 and columns <= 240


def test_every_read_is_in_some_square(our_program: Image) -> None:
    trace = record(Machine(our_program), "os_mem_get_free")

    assert 65536 == plot_touched(trace).axes[0].images[0].get_array().sum()


def test_a_figure_shows_itself_as_a_picture(runs: list[Run]) -> None:
    figure: Any = plot_free_pages(runs)
    stream = BytesIO()
    figure.savefig(stream)

    assert PNG == figure._repr_png_()[:4] == stream.getvalue()[:4]


def test_nothing_to_draw_is_an_error(our_program: Image) -> None:
    with pytest.raises(UsageError, match="there is no run"):
        plot_free_pages([])
    with pytest.raises(UsageError, match="0 runs cannot be drawn"):
        plot_steps([])
    with pytest.raises(UsageError, match="os_mem_copy touched no byte of the page map"):
        plot_touched(record(Machine(our_program), "os_mem_copy", rcx=0))


def test_importing_it_does_not_load_matplotlib() -> None:
    code = "import allocator.views.plots, allocator.notebook, sys; print('matplotlib' in sys.modules)"

    assert "False\n" == subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout


def test_without_matplotlib_one_message_says_what_to_install(runs: list[Run], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib.figure", None)

    with pytest.raises(UsageError, match=r"pip install 'allocator-sandbox\[notebook\]'"):
        plot_free_pages(runs)
