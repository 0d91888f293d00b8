"""Draw what happened over time with matplotlib, which is imported when the first picture is asked for.

    plot_free_pages(runs)        how many pages were free
    plot_fragmentation(runs)     the same, and the longest row of free pages: what can be had in one piece
    plot_steps(runs)             how many instructions each call took
    plot_touched(trace)          which bytes of the page map were read and written, and when

The first two take a Trace (time is instructions) or a list of Runs (time is calls). Every function returns the
figure: a notebook shows it, ``figure.savefig("free.png")`` keeps it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from allocator.errors import UsageError
from allocator.machine.run import Run
from allocator.trace.trace import Trace
from allocator.views.page_history import PageHistory, page_history, touched_pages

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_FREE, _LARGEST, _READ, _WRITE = "#0072b2", "#d55e00", "Blues", "#d55e00"  # told apart by colour-blind eyes too
_SIZE = (8.0, 3.2)
MOST_BARS = 60
_FAR_APART = 50
"""Where the longest bar is so many times the shortest, the scale is logarithmic."""
MOST_COLUMNS = 240
MOST_ROWS = 128


def plot_free_pages(past: Trace | Run | Sequence[Run]) -> Figure:
    """Return a picture of how many pages were free; raises UsageError where nothing ran."""
    history = page_history(past)
    figure, axes = _new("Free pages", history.unit, "pages")
    _draw_steps(axes, history, history.free, _FREE, "free pages")
    axes.set_ylim(bottom=0)
    return figure


def plot_fragmentation(past: Trace | Run | Sequence[Run]) -> Figure:
    """Return a picture of the free pages and of the longest row of them; raises UsageError where nothing ran.

    Where the lines part, memory is free that cannot be had in one piece.
    """
    history = page_history(past)
    figure, axes = _new("Free pages, and the longest row of them", history.unit, "pages")
    _draw_steps(axes, history, history.free, _FREE, "free pages")
    _draw_steps(axes, history, history.largest, _LARGEST, "longest row", "--")
    axes.fill_between(history.times, history.largest, history.free, step="post", alpha=0.15, color=_LARGEST)
    axes.set_ylim(bottom=0)
    axes.legend(loc="best", frameon=False)
    return figure


def plot_steps(runs: Run | Iterable[Run]) -> Figure:
    """Return a picture of how many instructions each call took; raises UsageError where there is none, or too many."""
    calls = [runs] if isinstance(runs, Run) else list(runs)
    if not 0 < len(calls) <= MOST_BARS:
        raise UsageError(f"{len(calls):,} runs cannot be drawn\nhint: give 1 to {MOST_BARS} of them")
    figure, axes = _new("Instructions of each call", "instructions", "")
    steps = [run.steps for run in calls]
    figure.set_figheight(max(1.6, 0.8 + 0.26 * len(calls)))
    bars = axes.barh(range(len(calls)), steps, color=_FREE)
    axes.bar_label(bars, fmt="{:,.0f}", fontsize=8, padding=3)
    axes.set_yticks(range(len(calls)), [_call(run) for run in calls], fontsize=8)
    axes.invert_yaxis()  # the first call on top
    axes.margins(x=0.12)
    if max(steps) > _FAR_APART * max(1, min(steps)):
        axes.set_xscale("log")
    return figure


def plot_touched(trace: Trace) -> Figure:
    """Return a heat map: page by page and in order of time, how often each byte of the page map was read.

    Writes are marks on it. Raises UsageError where the page map was not touched.
    """
    touched = list(touched_pages(trace))
    if not touched:
        raise UsageError(f"{trace.run.routine} touched no byte of the page map")
    heat = _Heat(len(trace), max(first + count for _, first, count, _ in touched))
    figure, axes = _new("Bytes of the page map: read (shade) and written (marks)", "instruction", "page")
    from matplotlib.ticker import MaxNLocator

    picture = axes.imshow(heat.reads(touched), **heat.layout, cmap=_READ, vmin=0)
    times, pages = heat.writes(touched)
    axes.plot(times, pages, "s", color=_WRITE, markersize=4, label="written")
    figure.colorbar(picture, ax=axes, label="reads", ticks=MaxNLocator(integer=True), format="{x:,.0f}")
    return figure


class _Heat:
    """The squares that a heat map has: a few steps wide and a few pages high."""

    def __init__(self, steps: int, pages: int) -> None:
        self._wide = -(-steps // MOST_COLUMNS)
        self._high = -(-pages // MOST_ROWS)
        self._shape = (-(-pages // self._high), -(-steps // self._wide))
        extent = (0, self._shape[1] * self._wide, -0.5, self._shape[0] * self._high - 0.5)
        self.layout: dict[str, Any] = {
            "origin": "lower", "aspect": "auto", "interpolation": "nearest", "extent": extent
        }  # fmt: skip

    def reads(self, touched: Iterable[tuple[int, int, int, bool]]) -> np.ndarray[Any, Any]:
        """Return how often the bytes of each square were read."""
        counts = np.zeros(self._shape)
        for step, first, count, is_write in touched:
            if not is_write:
                rows = slice(first // self._high, (first + count - 1) // self._high + 1)
                counts[rows, step // self._wide] += 1
        return counts

    def writes(self, touched: Iterable[tuple[int, int, int, bool]]) -> tuple[list[float], list[int]]:
        """Return the middles of the squares that were written."""
        marks = {
            (step // self._wide, page // self._high)
            for step, first, count, is_write in touched
            if is_write
            for page in range(first, first + count, self._high)
        }
        return [(column + 0.5) * self._wide for column, _ in marks], [row * self._high for _, row in marks]


def _draw_steps(  # noqa: PLR0917 -- as matplotlib's own
    axes: Axes, history: PageHistory, values: Sequence[int], colour: str, label: str, style: str = "-"
) -> None:
    marker = "o" if len(values) <= MOST_BARS else ""
    axes.plot(
        history.times, values, style, drawstyle="steps-post", color=colour, label=label, marker=marker, markersize=3
    )


def _call(run: Run) -> str:
    given = " ".join(f"{name}={value:#x}" if value > 9999 else f"{name}={value}" for name, value in run.given.items())
    return f"{run.routine.removeprefix('os_')} {given}".strip()


def _new(title: str, across: str, up: str) -> tuple[Figure, Axes]:
    """Return a figure that a notebook shows, whatever backend matplotlib has, and its axes."""
    try:
        from matplotlib.figure import Figure
        from matplotlib.ticker import MaxNLocator
    except ImportError:
        raise UsageError("pictures need matplotlib\nhint: pip install 'allocator-sandbox[notebook]'") from None

    class Picture(Figure):
        """A figure that shows itself where no plotting library was set up."""

        def _repr_png_(self) -> bytes:
            from io import BytesIO

            stream = BytesIO()
            self.savefig(stream, format="png")
            return stream.getvalue()

    figure = Picture(figsize=_SIZE, dpi=110, layout="constrained")
    axes = figure.add_subplot()
    axes.set_title(title, fontsize=10, loc="left")
    axes.set_xlabel(across)
    axes.set_ylabel(up)
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_locator(MaxNLocator(integer=True, nbins=9))
        axis.set_major_formatter("{x:,.0f}")
    axes.spines[["top", "right"]].set_visible(False)
    return figure, axes
