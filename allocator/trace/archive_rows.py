"""Lay columns out as the one table of a saved trace, one row a step, and read them back.

A column for each register holds its value after the steps that changed it, and null elsewhere; accesses are a
list in the row of their step. What a place alone says (address, text, label, line) is repeated in each row for
whoever opens the file elsewhere; reading it back goes by `place` and looks at none of that.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from allocator.assembly.image import Image
from allocator.errors import InternalError, TraceError
from allocator.instructions.disassembly import decode
from allocator.registers import FULL
from allocator.trace.parquet_reader import Array, ParquetReader, masked
from allocator.trace.schema import (
    ACCESS_KINDS,
    COLUMNS,
    LONG,
    MAKERS,
    MOST_ACCESSES,
    RECORDED,
    Columns,
    LongValue,
    Place,
)

Table = Mapping[str, Array]

_RECORDED = [FULL.index(name) for name in RECORDED]
_TYPES = {column.name: column.typecode for column in COLUMNS}
_ACCESS_FIELD_TYPES = (
    "kind VARCHAR, address UBIGINT, size UINTEGER, before UBIGINT, after UBIGINT, physical UBIGINT, "
    "before_bytes BLOB, after_bytes BLOB"
)
_ACCESS_TYPE = f'STRUCT({_ACCESS_FIELD_TYPES}, "by" VARCHAR)[]'
_FORMER_ACCESS_TYPE = f"STRUCT({_ACCESS_FIELD_TYPES})[]"
"""As it was before anybody but the program made accesses."""
COLUMN_TYPES = {
    "step": "UBIGINT",
    "address": "UBIGINT",
    "bytes": "BLOB",
    "text": "VARCHAR",
    "mode": "VARCHAR",
    "bits": "UTINYINT",
    "label": "VARCHAR",
    "offset": "UBIGINT",
    "source": "VARCHAR",
    "line": "UINTEGER",
    "repeat": "UBIGINT",
    **dict.fromkeys(RECORDED, "UBIGINT"),
    "accesses": _ACCESS_TYPE,
    "place": "UINTEGER",
}
"""The columns of a saved trace, in their order, and their types as DuckDB names them."""
MAX_ROWS = 1 << 22
"""The most steps that one part may hold: four times what a writer puts into it."""
MAX_ACCESSES = 1 << 25
MAX_LONG_BYTES = 1 << 30


class Chunk(NamedTuple):
    """Some steps in a row: their columns, and the number of the first."""

    first: int
    columns: Columns

    def __len__(self) -> int:
        return len(self.columns.place)


def split_columns(columns: Columns, size: int) -> Iterator[Columns]:
    """Yield the columns of `size` steps after the other; places stay whole."""
    changes, accesses = _starts(columns.changes), _starts(columns.accesses)
    for start in range(0, len(columns.place), size):
        end = min(start + size, len(columns.place))
        yield _cut(columns, slice(start, end), changes[[start, end]], accesses[[start, end]])


def _starts(counts: Sequence[int]) -> npt.NDArray[np.int64]:
    return np.concatenate([[0], np.cumsum(np.asarray(counts), dtype=np.int64)])


def _cut(columns: Columns, steps: slice, changes: Array, accesses: Array) -> Columns:
    tables = {"steps": steps, "changes": slice(*changes.tolist()), "accesses": slice(*accesses.tolist())}
    rows: dict[str, Any] = {each.name: getattr(columns, each.name)[tables[each.table]] for each in COLUMNS}
    is_long = np.asarray(rows["size"]) == LONG
    indices = np.asarray(rows["before"])[is_long].tolist()
    for name in ("before", "after"):  # they count within the chunk
        rows[name] = np.array(rows[name])
        rows[name][is_long] = np.arange(len(indices))
    return Columns(
        **rows,
        places=columns.places,
        repeats={step - steps.start: n for step, n in columns.repeats.items() if steps.start <= step < steps.stop},
        long=[columns.long[index] for index in indices],
        physical=_cut_rows(columns.physical, tables["accesses"]),
        makers=_cut_rows(columns.makers, tables["accesses"]),
    )


def _cut_rows(rare: Mapping[int, int], rows: slice) -> dict[int, int]:
    return {row - rows.start: value for row, value in rare.items() if rows.start <= row < rows.stop}


# Writing


def make_query(chunk: Chunk, image: Image) -> tuple[str, dict[str, Table]]:
    """Return the SQL that lays `chunk` out, and the tables that it reads."""
    registers, values = _register_table(chunk.columns)
    repeats = np.zeros(len(chunk), dtype=np.uint64)
    is_repeated = np.zeros(len(chunk), dtype=bool)
    for step, count in chunk.columns.repeats.items():
        repeats[step], is_repeated[step] = count, True
    steps: dict[str, Array] = {
        "step": np.arange(chunk.first, chunk.first + len(chunk), dtype=np.uint64),
        "place": np.asarray(chunk.columns.place).astype(np.uint32),
        "repeats": repeats,
        "is_repeated": is_repeated,
        **values,
    }
    named = {
        **{name: f"p.{name}" for name in COLUMN_TYPES},
        **registers,
        "step": "s.step",
        "place": "s.place",
        "bytes": "unhex(p.code)",
        "repeat": "CASE WHEN s.is_repeated THEN s.repeats END",
        "accesses": "a.accesses",
    }
    chosen = ", ".join(f'({named[name]})::{kind} AS "{name}"' for name, kind in COLUMN_TYPES.items())
    query = (
        f"SELECT {chosen} FROM step_table s LEFT JOIN place_table p ON s.place = p.place "
        f"LEFT JOIN ({_ACCESS_QUERY}) a ON s.step = a.step ORDER BY s.step"
    )
    tables: dict[str, Table] = {
        "step_table": steps,
        "place_table": _place_table(chunk.columns, image),
        "access_table": _access_table(chunk),
    }
    return query, tables


_ACCESS_QUERY = """
SELECT step, list({
    kind: CASE kind WHEN 0 THEN 'read' ELSE 'write' END,
    address: address,
    size: size,
    before: CASE WHEN is_long THEN NULL ELSE before END,
    after: CASE WHEN is_long THEN NULL ELSE after END,
    physical: CASE WHEN is_elsewhere THEN physical END,
    before_bytes: CASE WHEN is_long THEN unhex(before_hex) END,
    after_bytes: CASE WHEN is_long THEN unhex(after_hex) END,
    "by": maker
} ORDER BY row) AS accesses FROM access_table GROUP BY step
"""


def _register_table(columns: Columns) -> tuple[dict[str, str], dict[str, Array]]:
    """Return the expression of each register's column, and the arrays that those of changed registers need."""
    steps = np.repeat(np.arange(len(columns.place)), np.asarray(columns.changes))
    register, value = np.asarray(columns.register), np.asarray(columns.value)
    _check_order(steps, register)
    expressions: dict[str, str] = {}
    arrays: dict[str, Array] = {}
    for name, number in zip(RECORDED, _RECORDED, strict=True):
        rows = np.nonzero(register == number)[0]
        expressions[name] = f"CASE WHEN s.has_{name} THEN s.{name} END" if len(rows) else "NULL"
        if len(rows):
            arrays[name] = np.zeros(len(columns.place), dtype=np.uint64)
            arrays[f"has_{name}"] = np.zeros(len(columns.place), dtype=bool)
            arrays[name][steps[rows]] = value[rows]
            arrays[f"has_{name}"][steps[rows]] = True
    return expressions, arrays


def _check_order(steps: Array, register: Array) -> None:
    same_step = steps[1:] == steps[:-1]
    if np.any(same_step & (register[1:] <= register[:-1])) or not np.isin(register, _RECORDED).all():
        raise InternalError("the registers of a step are recorded once each, in the order of registers.FULL")


def _place_table(columns: Columns, image: Image) -> dict[str, Array]:
    numbers = np.unique(np.asarray(columns.place)).tolist()
    rows = [_place_row(columns.places[number], image) for number in numbers]
    names = ("address", "code", "text", "mode", "bits", "label", '"offset"', "source", "line")
    table = {name.strip('"'): _objects([row[index] for row in rows]) for index, name in enumerate(names)}
    table["place"] = np.array(numbers, dtype=np.uint32)
    table["address"] = table["address"].astype(np.uint64)
    return table


def _place_row(place: Place, image: Image) -> tuple[Any, ...]:
    location, line = image.locate(place.address), image.line_at(place.address)
    text = decode(place.code, place.bits, place.address).text
    return (
        place.address, place.code.hex(), text, place.mode, place.bits,
        location.label if location else None, location.offset if location else None,
        line.source.name if line else None, line.line if line else None,
    )  # fmt: skip


def _access_table(chunk: Chunk) -> dict[str, Array]:
    columns = chunk.columns
    count = len(columns.address)
    is_long = np.asarray(columns.size) == LONG
    before_hex, after_hex = np.full(count, None, dtype=object), np.full(count, None, dtype=object)
    size = np.asarray(columns.size).astype(np.uint32)
    _check_amounts(columns)
    for row in np.nonzero(is_long)[0].tolist():
        value = columns.long[columns.before[row]]
        before_hex[row], size[row] = value.before.hex(), len(value.before)
        after_hex[row] = value.after.hex() if value.after is not value.before else None
    physical, is_elsewhere = np.zeros(count, dtype=np.uint64), np.zeros(count, dtype=bool)
    for row, address in columns.physical.items():
        physical[row], is_elsewhere[row] = address, True
    maker = np.full(count, None, dtype=object)
    for row, number in columns.makers.items():
        maker[row] = MAKERS[number]
    owners = np.arange(chunk.first, chunk.first + len(chunk), dtype=np.uint64)
    return {
        "step": np.repeat(owners, np.asarray(columns.accesses)),
        "row": np.arange(count),
        "kind": np.asarray(columns.kind),
        "address": np.asarray(columns.address),
        "size": size,
        "before": np.asarray(columns.before),
        "after": np.asarray(columns.after),
        "is_long": is_long,
        "before_hex": before_hex,
        "after_hex": after_hex,
        "physical": physical,
        "is_elsewhere": is_elsewhere,
        "maker": maker,
    }


def _check_amounts(columns: Columns) -> None:
    # What could not be read again is not written.
    amount = sum(len(value.before) + len(value.after) for value in columns.long)
    if len(columns.address) > MAX_ACCESSES or amount > MAX_LONG_BYTES:
        raise TraceError(
            f"{len(columns.address):,} accesses, the long ones of {amount:,} bytes, do not fit into a part of a saved "
            "trace\nhint: --limit N records less"
        )


def _objects(values: list[Any]) -> Array:
    table = np.empty(len(values), dtype=object)
    table[:] = values
    return table


# Reading


def read_rows(file: ParquetReader, first: int, places: list[Place]) -> Columns:
    """Return the columns of one part, whose first step is number `first`; raises TraceError."""
    _check_types(file)
    present = file.present(["repeat", *RECORDED])
    wanted = {"step": "step", "place": "place", "accesses": "coalesce(len(accesses), 0)"}
    rows = file.fetch({**wanted, **{name: f'"{name}"' for name in present}})
    count = len(rows["step"])
    _demand(not np.ma.is_masked(rows["step"]) and not np.ma.is_masked(rows["place"]), "a row has no step or no place")
    _demand(bool((rows["step"] == np.arange(first, first + count, dtype=np.uint64)).all()), "its steps have gaps")
    _demand(not count or int(rows["place"].max()) < len(places), "a step lies at a place that is not there")
    _demand(not count or int(rows["accesses"].max()) <= MOST_ACCESSES, "a step makes too many accesses")
    register, value, changes = _read_registers(rows, [name for name in present if name != "repeat"], count)
    return Columns(
        place=_column("place", rows["place"]),
        changes=_column("changes", changes),
        accesses=_column("accesses", rows["accesses"]),
        register=_column("register", register),
        value=_column("value", value),
        **_read_accesses(file),
        places=places,
        repeats=_sparse(rows["repeat"], count) if "repeat" in present else {},
    )


def _check_types(file: ParquetReader) -> None:
    _demand(file.rows <= MAX_ROWS, f"it claims {file.rows:,} steps; a part has at most {MAX_ROWS:,}")
    for name, kind in COLUMN_TYPES.items():
        found = file.columns.get(name)
        if name == "accesses" and found == _FORMER_ACCESS_TYPE:
            continue
        wanted = kind.replace('"', "")
        _demand(found == wanted, f"its column {name} is {str(found)[:60]} instead of {wanted[:60]}")


def _read_registers(rows: Mapping[str, Array], names: list[str], count: int) -> tuple[Array, Array, Array]:
    """Return the columns `register`, `value` and `changes`, from one column for each register."""
    found = [masked(rows[name], count) for name in names]
    steps = [np.nonzero(is_there)[0] for _, is_there in found]
    registers = [
        np.full(len(where), FULL.index(name), dtype=np.uint8) for name, where in zip(names, steps, strict=True)
    ]
    values = [value[where] for (value, _), where in zip(found, steps, strict=True)]
    changes = sum((is_there.astype(np.uint8) for _, is_there in found), np.zeros(count, dtype=np.uint8))
    if not names:
        return np.zeros(0, np.uint8), np.zeros(0, np.uint64), changes
    order = np.argsort(np.concatenate(steps), kind="stable")
    return np.concatenate(registers)[order], np.concatenate(values)[order], changes


_ACCESS_FIELDS = {
    "kind": "CASE u.kind WHEN 'read' THEN 0 WHEN 'write' THEN 1 ELSE 9 END::UTINYINT",
    "size": "u.size",
    "address": "u.address",
    "before": "coalesce(u.before, 0)",
    "after": "coalesce(u.after, 0)",
}
_RARE_FIELDS = {"physical": "u.physical", "before_bytes": "hex(u.before_bytes)", "after_bytes": "hex(u.after_bytes)"}
_AMOUNTS = {
    "rows": "count(*)",
    "physical": "count(u.physical)",
    "long": "count(u.before_bytes)",
    "makers": 'count(u."by")',
    "bytes": "coalesce(sum(octet_length(u.before_bytes) + coalesce(octet_length(u.after_bytes), 0)), 0)::UBIGINT",
}
_FLAT = "(SELECT unnest(accesses) AS u FROM {file})"


def _read_accesses(file: ParquetReader) -> dict[str, Any]:
    is_former = file.columns["accesses"] == _FORMER_ACCESS_TYPE
    amounts = file.fetch({**_AMOUNTS, "makers": "0::BIGINT"} if is_former else _AMOUNTS, _FLAT)
    most = int(amounts["rows"][0])
    _demand(most <= MAX_ACCESSES, f"it claims {most:,} accesses; a part has at most {MAX_ACCESSES:,}")
    _demand(int(amounts["bytes"][0]) <= MAX_LONG_BYTES, f"its long accesses take {int(amounts['bytes'][0]):,} bytes")
    rows = file.fetch(_ACCESS_FIELDS, _FLAT)
    count = len(rows["kind"])
    _demand(not any(np.ma.is_masked(column) for column in rows.values()), "an access lacks its address or its size")
    _demand(not count or int(rows["kind"].max()) < len(ACCESS_KINDS), "an access is neither a read nor a write")
    has_rare = bool(amounts["physical"][0] or amounts["long"][0])
    rare = file.fetch(_RARE_FIELDS, _FLAT) if has_rare else {}
    is_long = masked(rare["before_bytes"], count)[1] if rare else np.zeros(count, dtype=bool)
    long = _read_long(rows, rare, is_long, count)
    size = np.where(is_long, LONG, rows["size"])
    _demand(bool(((size <= 8) | is_long).all()), "an access of more than 8 bytes lacks them")
    before, after = np.array(rows["before"]), np.array(rows["after"])
    before[is_long] = after[is_long] = np.arange(len(long))
    limit = np.where(is_long | (size == 8), np.uint64(0), np.uint64(1) << (np.minimum(size, 8) * 8).astype(np.uint64))
    _demand(
        bool((((before < limit) & (after < limit)) | (limit == 0)).all()), "an access has more digits than its size"
    )
    columns = {"kind": rows["kind"], "size": size, "address": rows["address"], "before": before, "after": after}
    return {
        **{name: _column(name, values) for name, values in columns.items()},
        "long": long,
        "physical": _sparse(rare["physical"], count) if rare else {},
        "makers": _read_makers(file, count) if amounts["makers"][0] else {},
    }


def _read_makers(file: ParquetReader, count: int) -> dict[int, int]:
    values, is_there = masked(file.fetch({"by": 'u."by"'}, _FLAT)["by"], count)
    rows = np.nonzero(is_there)[0].tolist()
    _demand(all(values[row] in MAKERS for row in rows), "an access was made by nobody who makes any")
    return {row: MAKERS.index(values[row]) for row in rows}


def _read_long(rows: Mapping[str, Array], rare: Mapping[str, Array], is_long: Array, count: int) -> list[LongValue]:
    if not is_long.any():
        return []
    befores, _ = masked(rare["before_bytes"], count)
    afters, has_after = masked(rare["after_bytes"], count)
    found: list[LongValue] = []
    for row in np.nonzero(is_long)[0].tolist():
        before = bytes.fromhex(befores[row])
        after = bytes.fromhex(afters[row]) if has_after[row] else before
        _demand(8 < len(before) == len(after) == int(rows["size"][row]), "the bytes of a long access are not as many")
        found.append(LongValue(before, after))
    return found


def _sparse(values: Array, count: int) -> dict[int, int]:
    value, is_there = masked(values, count)
    where = np.nonzero(is_there)[0]
    return dict(zip(where.tolist(), value[where].tolist(), strict=True))


def _column(name: str, values: Array) -> array[int]:
    column = array(_TYPES[name])
    column.frombytes(np.ascontiguousarray(values, dtype=np.dtype(_TYPES[name])).tobytes())
    return column


def _demand(holds: bool, message: str) -> None:
    if not holds:
        raise TraceError(f"the file is damaged: {message}")
