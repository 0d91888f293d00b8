"""Hand the tables of a trace to pandas or polars, one row a step, a change or an access.

    steps      step, address, label, offset, text, source, line, bits, mode, changes, accesses
    changes    step, register, value
    accesses   step, kind, by, address, physical, size, before, after

Numbers are the trace's own columns, not copied where the library can do without. What repeats (labels, texts,
names) is categorical. Of an access of more than 8 bytes ``before`` and ``after`` are missing.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import numpy.typing as npt

from allocator.errors import UsageError
from allocator.instructions.disassembly import decode
from allocator.registers import FULL
from allocator.trace.accesses import steps_of
from allocator.trace.code_home import code_home
from allocator.trace.schema import ACCESS_KINDS, LONG, MAKERS

if TYPE_CHECKING:
    import pandas  # type: ignore[import-untyped, unused-ignore]  # has no types of its own
    import polars

    from allocator.trace.schema import Place
    from allocator.trace.trace import Trace

TABLES = ("steps", "changes", "accesses")


class Names(NamedTuple):
    """A categorical column: for each row the position of its name; -1 where it has none."""

    codes: npt.NDArray[np.int64]
    names: list[str]


class Numbers(NamedTuple):
    """A column of numbers, and which rows have none."""

    values: npt.NDArray[Any]
    missing: npt.NDArray[np.bool_] | None = None


def to_pandas(trace: Trace, table: str) -> pandas.DataFrame:
    """Return a table as a pandas data frame; raises UsageError where pandas is not installed."""
    try:
        import pandas
    except ImportError:
        raise UsageError("pandas is not installed: pip install pandas") from None
    columns: dict[str, Any] = {}
    for name, column in columns_of(trace, table).items():
        if isinstance(column, Names):
            columns[name] = pandas.Categorical.from_codes(column.codes, column.names)
        elif column.missing is None:
            columns[name] = column.values
        else:
            columns[name] = pandas.arrays.IntegerArray(column.values, column.missing)
    return pandas.DataFrame(columns, copy=False)


def to_polars(trace: Trace, table: str) -> polars.DataFrame:
    """Return a table as a polars data frame; raises UsageError where polars is not installed."""
    try:
        import polars
    except ImportError:
        raise UsageError("polars is not installed: pip install polars") from None
    columns: list[Any] = []
    for name, column in columns_of(trace, table).items():
        if isinstance(column, Names):
            codes = polars.Series(np.where(column.codes < 0, len(column.names), column.codes).astype(np.uint32))
            named = polars.Series([*column.names, None], dtype=polars.Categorical)
            columns.append(named.gather(codes).alias(name))
        elif column.missing is None:
            columns.append(polars.Series(name, column.values))
        else:
            values = polars.Series(name, column.values)
            nothing = polars.Series([None], dtype=values.dtype).new_from_index(0, len(values))
            columns.append(values.zip_with(polars.Series(~column.missing), nothing))
    return polars.DataFrame(columns)


def columns_of(trace: Trace, table: str) -> dict[str, Names | Numbers]:
    """Return the columns of a table by name; raises UsageError."""
    if table not in TABLES:
        raise UsageError(f"'{table}' is no table of a trace: there are {', '.join(TABLES)}")
    return {"steps": _steps, "changes": _changes, "accesses": _accesses}[table](trace)


def _steps(trace: Trace) -> dict[str, Names | Numbers]:
    arrays, places = trace.arrays, trace.columns.places
    homes = [code_home(trace, number) for number in range(len(places))]
    locations = [trace.image.locate(home) for home in homes]
    lines = [trace.image.line_at(home) for home in homes]
    return {
        "step": Numbers(np.arange(len(trace))),
        "address": Numbers(np.array([place.address for place in places], np.uint64)[arrays.place]),
        "label": _named(arrays.place, [each.label if each else None for each in locations]),
        "offset": Numbers(np.array([each.offset if each else 0 for each in locations], np.int64)[arrays.place]),
        "text": _named(arrays.place, [_text(place) for place in places]),
        "source": _named(arrays.place, [line.source.name if line else None for line in lines]),
        "line": Numbers(np.array([line.line if line else 0 for line in lines], np.int64)[arrays.place]),
        "bits": Numbers(np.array([place.bits for place in places], np.uint8)[arrays.place]),
        "mode": _named(arrays.place, [place.mode for place in places]),
        "changes": Numbers(arrays.changes),
        "accesses": Numbers(arrays.accesses),
    }


def _changes(trace: Trace) -> dict[str, Names | Numbers]:
    arrays = trace.arrays
    steps = np.repeat(np.arange(len(trace)), arrays.changes)
    return {
        "step": Numbers(steps),
        "register": Names(arrays.register.astype(np.int64), list(FULL)),
        "value": Numbers(arrays.value),
    }


def _accesses(trace: Trace) -> dict[str, Names | Numbers]:
    arrays = trace.arrays
    is_long = arrays.size == LONG
    sizes = arrays.size.astype(np.int64)
    sizes[is_long] = [len(trace.columns.long[int(number)].before) for number in arrays.before[is_long]]
    missing = is_long if is_long.any() else None
    return {
        "step": Numbers(steps_of(trace, np.arange(len(arrays.address)))),
        "kind": Names(arrays.kind.astype(np.int64), list(ACCESS_KINDS)),
        "by": Names(_spread(trace.columns.makers, np.zeros(len(sizes), np.int64)), list(MAKERS)),
        "address": Numbers(arrays.address),
        "physical": Numbers(_spread(trace.columns.physical, arrays.address)),
        "size": Numbers(sizes),
        "before": Numbers(arrays.before, missing),
        "after": Numbers(arrays.after, missing),
    }


def _spread(rare: Mapping[int, int], usual: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """Return the column `usual` with what is kept beside the columns in its rows."""
    if not rare:
        return usual
    column: npt.NDArray[Any] = usual.copy()
    column[list(rare)] = np.array(list(rare.values()), usual.dtype)
    return column


def _named(place: npt.NDArray[np.uint32], names: list[str | None]) -> Names:
    distinct = list(dict.fromkeys(name for name in names if name is not None))
    numbers = {name: number for number, name in enumerate(distinct)}
    codes = np.array([-1 if name is None else numbers[name] for name in names], np.int64)
    return Names(codes[place] if len(codes) else codes, distinct)


def _text(place: Place) -> str:
    return decode(place.code, place.bits, place.address).text
