"""A trace is saved and read back; what is damaged, hostile or newer is one clear error."""

from __future__ import annotations

import json
import os
import random
import resource
import subprocess
import sys
from array import array
from collections.abc import Callable
from pathlib import Path
from typing import ClassVar

import duckdb
import numpy as np
import pytest

from allocator import Image, Machine, Trace, assemble, record
from allocator.errors import TraceError
from allocator.machine.run import INTERRUPTED, Stop
from allocator.trace import archive, archive_rows, parquet_reader
from allocator.trace.archive import TraceWriter, load_trace, save_trace
from allocator.trace.saved_run import Beginning, End
from allocator.trace.schema import COLUMNS, Columns
from allocator.views.jsonl import trace_jsonl

REP = """
copy:   mov  esi, 0x200000
        mov  edi, 0x200100
        mov  ecx, 40
        rep  movsb
        movdqu xmm0, [0x200000]
        movdqu [0x200200], xmm0
        push rbx
        pop  rbx
        ret
"""


@pytest.fixture(scope="module")
def allocation(our_program: Image) -> Trace:
    return record(Machine(our_program, memory="64M"), "os_mem_allocate", rcx=3)


@pytest.fixture(scope="module")
def repetition() -> Trace:
    return record(Machine(assemble(text=REP)), "copy")


def asked(query: str) -> list[tuple]:
    return duckdb.connect().execute(query).fetchall()


def same_columns(first: Columns, second: Columns) -> bool:
    beside = all(getattr(first, name) == getattr(second, name) for name in ("places", "repeats", "long", "physical"))
    return beside and all(np.array_equal(getattr(first, each.name), getattr(second, each.name)) for each in COLUMNS)


def saved(trace: Trace, folder: Path) -> Path:
    save_trace(trace, folder / "t.parquet")
    return folder / "t.parquet"


def saved_in_parts(trace: Trace, folder: Path, size: int) -> Path:
    with TraceWriter(folder / "t.parquet", Beginning.of(trace.run, trace.firmware_map)) as writer:
        for columns in archive_rows.split_columns(trace.columns, size):
            writer.append(columns)
        writer.finish(End.of(trace.run))
    return folder / "t.parquet"


@pytest.mark.parametrize("name", ["allocation", "repetition"])
class TestRoundTrip:
    """What was saved is read back."""

    def test_columns(self, name: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
        trace = request.getfixturevalue(name)
        assert same_columns(trace.columns, load_trace(saved(trace, tmp_path)).columns)

    def test_columns_in_parts(self, name: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
        trace = request.getfixturevalue(name)
        assert same_columns(trace.columns, load_trace(saved_in_parts(trace, tmp_path, 4)).columns)

    def test_every_view_says_the_same(self, name: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
        trace = request.getfixturevalue(name)
        assert list(trace_jsonl(trace)) == list(trace_jsonl(load_trace(saved(trace, tmp_path))))

    def test_image(self, name: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
        before = request.getfixturevalue(name).image
        after = load_trace(saved(request.getfixturevalue(name), tmp_path)).image
        assert (before.segments, list(before.symbols.items()), before.labels, before.contracts, before.bits) == (
            after.segments, list(after.symbols.items()), after.labels, after.contracts, after.bits,
        )  # fmt: skip

    def test_source_text(self, name: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
        trace = request.getfixturevalue(name)
        texts = [source.text for source in trace.image.sources]
        assert texts == [source.text for source in load_trace(saved(trace, tmp_path)).image.sources]


def test_a_natively_recorded_trace_is_saved_alike(our_program: Image, tmp_path: Path) -> None:
    native = pytest.importorskip("allocator.trace.native_recorder")
    trace = native.record_natively(Machine(our_program, memory="64M"), "os_mem_allocate", rcx=3)
    assert same_columns(trace.columns, load_trace(saved_in_parts(trace, tmp_path, 7)).columns)


def test_the_firmware_map_is_inside(allocation: Trace, tmp_path: Path) -> None:
    again = load_trace(saved(allocation, tmp_path)).firmware_map
    assert (allocation.firmware_map, allocation.firmware_map.name) == (again, again.name)


def test_the_run_is_inside(allocation: Trace, tmp_path: Path) -> None:
    run, again = allocation.run, load_trace(saved(allocation, tmp_path)).run
    assert (run.routine, run.entry, run.before, run.registers, run.stop, run.steps, run.pages_changed) == (
        again.routine, again.entry, again.before, again.registers, again.stop, again.steps, again.pages_changed,
    )  # fmt: skip


def test_what_the_call_was_given_is_inside(allocation: Trace, tmp_path: Path) -> None:
    assert {"rcx": 3} == load_trace(saved(allocation, tmp_path)).run.given


def test_the_report_of_a_fault_is_the_same_afterwards(tmp_path: Path) -> None:
    trace = record(Machine(assemble(text="f: push 5\nmov eax, [0x11f800]\nret")), "f")
    from allocator.views.report import fault_report

    assert fault_report(trace.run) == fault_report(load_trace(saved(trace, tmp_path)).run)


def test_a_long_trace_is_saved_as_a_folder(allocation: Trace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "STEPS_A_PART", 10)
    path = saved(allocation, tmp_path)
    assert [f"part-{number:05}.parquet" for number in range(6)] == sorted(each.name for each in path.iterdir())
    assert same_columns(allocation.columns, load_trace(path).columns)


def test_a_run_of_no_steps_is_saved(allocation: Trace, tmp_path: Path) -> None:
    with TraceWriter(tmp_path / "t", Beginning.of(allocation.run, allocation.firmware_map)) as writer:
        writer.finish(End(allocation.start, Stop(INTERRUPTED, "before it began", lambda: 0), {}, {}))
    assert "before it began" == load_trace(tmp_path / "t").stop.message


@pytest.mark.parametrize("name", ["it's.parquet", "a[1]*?.parquet", "{b}.parquet", "with space", "ünïcode.trace"])
def test_any_name_will_do(allocation: Trace, tmp_path: Path, name: str) -> None:
    save_trace(allocation, tmp_path / name)
    assert len(allocation) == len(load_trace(tmp_path / name))


class TestElsewhere:
    """The file opens in other programs as it is."""

    def test_duckdb(self, allocation: Trace, tmp_path: Path) -> None:
        path = saved(allocation, tmp_path)
        row = asked(f"SELECT text, rsi, source, line FROM '{path}' WHERE step = 11")[0]
        step = allocation[11]
        assert (step.text, step.registers["rsi"].after, step.line.source.name, step.line.line) == row  # type: ignore[union-attr]

    def test_duckdb_asks_who_wrote_a_page(self, allocation: Trace, tmp_path: Path) -> None:
        query = f"""
            SELECT step FROM (SELECT step, unnest(accesses) AS a FROM '{saved(allocation, tmp_path)}')
            WHERE a.kind = 'write' AND a.address <= {0x12001F} AND {0x12001F} < a.address + a.size
        """
        steps = [
            step.index
            for step in allocation
            for each in step.accesses
            if each.kind == "write" and each.address <= 0x12001F < each.address + each.size
        ]
        assert steps == [row[0] for row in asked(query)]

    def test_polars(self, allocation: Trace, tmp_path: Path) -> None:
        polars = pytest.importorskip("polars")
        frame = polars.read_parquet(saved(allocation, tmp_path))
        assert [step.text for step in allocation] == frame["text"].to_list()

    def test_polars_opens_a_folder(self, allocation: Trace, tmp_path: Path) -> None:
        polars = pytest.importorskip("polars")
        frame = polars.read_parquet(saved_in_parts(allocation, tmp_path, 10))
        assert list(range(len(allocation))) == frame["step"].to_list()

    def test_carrying_values_forward_gives_the_state(self, allocation: Trace, tmp_path: Path) -> None:
        polars = pytest.importorskip("polars")
        frame = polars.read_parquet(saved(allocation, tmp_path))
        values = frame["rsi"].fill_null(strategy="forward").fill_null(allocation.start.rsi)
        assert [step.after.rsi for step in allocation] == values.to_list()

    def test_pandas(self, allocation: Trace, tmp_path: Path) -> None:
        pandas = pytest.importorskip("pandas")
        pytest.importorskip("pyarrow")
        frame = pandas.read_parquet(saved(allocation, tmp_path), dtype_backend="numpy_nullable")
        changed = [step.registers["rsi"].after for step in allocation if "rsi" in step.registers]
        assert changed == frame.rsi.dropna().tolist()

    def test_the_columns_are_those_of_the_documentation(self, allocation: Trace, tmp_path: Path) -> None:
        described = asked(f"DESCRIBE SELECT * FROM '{saved(allocation, tmp_path)}'")
        assert list(archive_rows.COLUMN_TYPES) == [row[0] for row in described]


class TestCutOff:
    """What a crash leaves is read up to the last part."""

    def test_a_recording_without_end(self, allocation: Trace, tmp_path: Path) -> None:
        with TraceWriter(tmp_path / "t", Beginning.of(allocation.run, allocation.firmware_map)) as writer:
            for columns in list(archive_rows.split_columns(allocation.columns, 10))[:2]:
                writer.append(columns)
        again = load_trace(tmp_path / "t")
        assert (20, INTERRUPTED) == (len(again), again.stop.kind)

    def test_the_registers_are_those_after_the_last_step(self, allocation: Trace, tmp_path: Path) -> None:
        path = saved_in_parts(allocation, tmp_path, 10)
        for part in sorted(path.iterdir())[2:]:
            part.unlink()
        assert allocation[19].after.rsi == load_trace(path).run.registers.rsi

    def test_a_process_that_is_killed(self, tmp_path: Path) -> None:
        script = f"""
import os, sys
from allocator import *
from allocator.trace.archive import TraceWriter
from allocator.trace.archive_rows import split_columns
from allocator.trace.saved_run import Beginning
trace = record(Machine(assemble(shipped("memory.asm"))), "os_mem_allocate", rcx=3)
writer = TraceWriter({str(tmp_path / "t")!r}, Beginning.of(trace.run, trace.firmware_map))
for columns in list(split_columns(trace.columns, 10))[:3]:
    writer.append(columns)
os.kill(os.getpid(), 9)
"""
        subprocess.run([sys.executable, "-c", script], check=False)
        assert 20 == len(load_trace(tmp_path / "t"))

    def test_an_exception_in_the_middle_keeps_what_was_appended(self, allocation: Trace, tmp_path: Path) -> None:
        begin = Beginning.of(allocation.run, allocation.firmware_map)
        with pytest.raises(KeyboardInterrupt), TraceWriter(tmp_path / "t", begin) as writer:
            writer.append(next(archive_rows.split_columns(allocation.columns, 10)))
            raise KeyboardInterrupt
        assert 10 == len(load_trace(tmp_path / "t"))


class TestFullDisk:
    """A disk that is full leaves no half of a file."""

    def limited(self, trace: Trace, action: Callable[[], None]) -> str:
        soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (4096, hard))
        try:
            with pytest.raises(TraceError) as caught:
                action()
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        return str(caught.value)

    def test_the_error_says_so(self, allocation: Trace, tmp_path: Path) -> None:
        message = self.limited(allocation, lambda: save_trace(allocation, tmp_path / "t"))
        assert message.startswith(f"{tmp_path / 't'}: cannot write")

    def test_nothing_is_left(self, allocation: Trace, tmp_path: Path) -> None:
        self.limited(allocation, lambda: save_trace(allocation, tmp_path / "t"))
        assert [] == list(tmp_path.iterdir())

    def test_an_older_trace_stays(self, allocation: Trace, tmp_path: Path) -> None:
        path = saved(allocation, tmp_path)
        self.limited(allocation, lambda: save_trace(allocation, path))
        assert len(allocation) == len(load_trace(path))

    def test_a_real_full_device(self, allocation: Trace) -> None:
        if not Path("/dev/full").exists():
            pytest.skip("this system has no /dev/full")
        with pytest.raises(TraceError, match="cannot write"):
            save_trace(allocation, "/dev/full/t.parquet")


def test_a_folder_with_other_things_is_left_alone(allocation: Trace, tmp_path: Path) -> None:
    (tmp_path / "thesis.doc").write_text("precious")
    with pytest.raises(TraceError, match="holds other things"):
        save_trace(allocation, tmp_path)
    assert "precious" == (tmp_path / "thesis.doc").read_text()


def test_a_device_is_not_replaced_by_a_file(allocation: Trace, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "device")
    with pytest.raises(TraceError, match="a file or a folder"):
        save_trace(allocation, tmp_path / "device")
    assert (tmp_path / "device").is_fifo()


@pytest.mark.parametrize("is_there", [True, False])
def test_a_link_is_not_replaced_by_a_file(allocation: Trace, tmp_path: Path, is_there: bool) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "target")
    if is_there:
        (tmp_path / "target").touch()
    with pytest.raises(TraceError, match="a file or a folder"):
        save_trace(allocation, tmp_path / "link")
    assert (tmp_path / "link").is_symlink()


def test_a_new_trace_replaces_an_old_folder(allocation: Trace, tmp_path: Path) -> None:
    path = saved_in_parts(allocation, tmp_path, 5)
    save_trace(allocation, path)
    assert path.is_file()


def rewritten(path: Path, change: Callable[[dict], object], columns: str = "*") -> Path:
    """Write the file again with its header changed, and other columns."""
    (raw,) = asked(f"SELECT value FROM parquet_kv_metadata('{path}')")[0]
    header = json.loads(bytes(raw))
    change(header)
    text = json.dumps(header).replace("'", "''")
    target = path.with_name("changed.parquet")
    asked(f"COPY (SELECT {columns} FROM '{path}') TO '{target}' (FORMAT parquet, KV_METADATA {{allocator: '{text}'}})")
    return target


class TestBadHeaders:
    """Whatever a header says wrongly is an error that names the file."""

    CHANGES: ClassVar[dict[str, Callable[[dict], object]]] = {
        "newer": lambda h: h.update(format="allocator.archive/2"),
        "other": lambda h: h.update(format="elephant"),
        "no format": lambda h: h.pop("format"),
        "no beginning": lambda h: h.pop("beginning"),
        "beginning of another": lambda h: h["beginning"].update(routine="x"),
        "part": lambda h: h.update(part=3),
        "first step": lambda h: h.update(first_step=-5),
        "no places": lambda h: h.update(places=[]),
        "place too long": lambda h: h["places"].__setitem__(0, ["0x0", "90" * 16, 64, "long64"]),
        "place without mode": lambda h: h["places"].__setitem__(0, ["0x0", "90", 64]),
        "place in no mode": lambda h: h["places"].__setitem__(0, ["0x0", "90", 64, "../../etc"]),
        "place of 17 bits": lambda h: h["places"].__setitem__(0, ["0x0", "90", 17, "long64"]),
        "address of 65 bits": lambda h: h["places"].__setitem__(0, ["0x1" + "0" * 16, "90", 64, "long64"]),
        "huge number": lambda h: h["places"].__setitem__(0, ["9" * 5000, "90", 64, "long64"]),
        "places are text": lambda h: h.update(places="many"),
        "end is a number": lambda h: h.update(end=3),
        "stop unknown": lambda h: h["end"]["stop"].update(kind="exploded"),
        "registers missing": lambda h: h["end"]["registers"].pop("rax"),
        "deep": lambda h: h.update(end={"registers": [[[[[[[[[]]]]]]]]]}),
    }

    @pytest.mark.parametrize("name", CHANGES)
    def test_is_refused(self, name: str, allocation: Trace, tmp_path: Path) -> None:
        path = rewritten(saved(allocation, tmp_path), self.CHANGES[name])
        with pytest.raises(TraceError) as caught:
            load_trace(path)
        assert str(caught.value).startswith(f"{path}: ")

    def test_a_newer_format_says_that_it_is_newer(self, allocation: Trace, tmp_path: Path) -> None:
        path = rewritten(saved(allocation, tmp_path), self.CHANGES["newer"])
        with pytest.raises(TraceError, match="newer version of allocator"):
            load_trace(path)


class TestBadColumns:
    """Whatever a column holds wrongly is an error."""

    @pytest.mark.parametrize(
        "columns",
        [
            "* EXCLUDE (rax)",
            "* REPLACE (step + 1 AS step)",
            "* REPLACE (NULL::UBIGINT AS step)",
            "* REPLACE (4000000000::UINTEGER AS place)",
            "* REPLACE (rax::VARCHAR AS rax)",
            "* REPLACE ([] AS accesses)",
            "* REPLACE ([struct_update(a, kind := 'peek') for a in accesses] AS accesses)",
            "* REPLACE ([struct_update(a, size := 16::UINTEGER) for a in accesses] AS accesses)",
            "* REPLACE ([struct_update(a, size := 0::UINTEGER) for a in accesses] AS accesses)",
            "* REPLACE ([struct_update(a, address := NULL::UBIGINT) for a in accesses] AS accesses)",
            "* REPLACE ([struct_update(a, before_bytes := 'x'::BLOB) for a in accesses] AS accesses)",
        ],
    )
    def test_is_refused(self, columns: str, allocation: Trace, tmp_path: Path) -> None:
        path = rewritten(saved(allocation, tmp_path), lambda header: None, columns)
        with pytest.raises(TraceError, match=r"changed\.parquet"):
            load_trace(path)

    def test_more_steps_than_a_part_may_have(self, allocation: Trace, tmp_path: Path) -> None:
        path = saved(allocation, tmp_path)
        target = rewritten(path, lambda header: None)
        bomb = path.with_name("bomb.parquet")
        asked(f"COPY (SELECT * REPLACE (i::UBIGINT AS step) FROM (SELECT * FROM '{target}' LIMIT 1), "
                   f"range({archive_rows.MAX_ROWS + 1}) t(i)) TO '{bomb}' (FORMAT parquet, KV_METADATA {{allocator: "
                   f"'{header_of(target)}'}})")  # fmt: skip
        with pytest.raises(TraceError, match="a part has at most"):
            load_trace(bomb)


def header_of(path: Path) -> str:
    (raw,) = asked(f"SELECT value FROM parquet_kv_metadata('{path}')")[0]
    return bytes(raw).decode().replace("'", "''")


class TestNoTrace:
    """Files that are no traces."""

    @pytest.mark.parametrize("content", [b"", b"PAR1", b"PAR1PAR1", b"PAR1" + b"\xff" * 20 + b"PAR1", b"hello" * 100])
    def test_bytes(self, content: bytes, tmp_path: Path) -> None:
        (tmp_path / "t").write_bytes(content)
        with pytest.raises(TraceError, match=r"not a saved trace|cut off|damaged"):
            load_trace(tmp_path / "t")

    def test_a_parquet_file_of_something_else(self, tmp_path: Path) -> None:
        asked(f"COPY (SELECT 1 AS step) TO '{tmp_path / 't.parquet'}' (FORMAT parquet)")
        with pytest.raises(TraceError, match="a Parquet file, but not a saved trace"):
            load_trace(tmp_path / "t.parquet")

    def test_nothing(self, tmp_path: Path) -> None:
        with pytest.raises(TraceError, match="No such file"):
            load_trace(tmp_path / "t")

    def test_a_pipe_is_not_waited_for(self, tmp_path: Path) -> None:
        os.mkfifo(tmp_path / "t")
        with pytest.raises(TraceError, match="not a saved trace"):
            load_trace(tmp_path / "t")

    def test_an_empty_folder(self, tmp_path: Path) -> None:
        with pytest.raises(TraceError, match="this folder is not a saved trace"):
            load_trace(tmp_path)

    def test_parts_of_two_runs(self, allocation: Trace, repetition: Trace, tmp_path: Path) -> None:
        (tmp_path / "a").mkdir()
        (tmp_path / "b").mkdir()
        first = saved_in_parts(allocation, tmp_path / "a", 4)
        second = saved_in_parts(repetition, tmp_path / "b", 4)
        (second / "part-00001.parquet").replace(first / "part-00001.parquet")
        with pytest.raises(TraceError, match=r"another run|sense"):
            load_trace(first)

    def test_a_part_that_is_missing(self, allocation: Trace, tmp_path: Path) -> None:
        path = saved_in_parts(allocation, tmp_path, 10)
        (path / "part-00001.parquet").unlink()
        with pytest.raises(TraceError, match="part 1 is missing"):
            load_trace(path)

    def test_without_the_library_the_error_says_what_to_install(self, allocation: Trace, tmp_path: Path) -> None:
        path = saved(allocation, tmp_path)
        script = (
            "import sys; sys.modules['duckdb'] = None\n"
            "from allocator.trace.archive import load_trace\n"
            f"try: load_trace({str(path)!r})\n"
            "except Exception as error: print(type(error).__name__, error)"
        )
        said = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True).stdout
        assert "TraceError" in said
        assert "allocator-sandbox[trace]" in said


def test_a_crash_of_the_library_is_one_error(
    allocation: Trace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parquet_reader, "_PROGRAM", "import os; os.abort()")
    with pytest.raises(TraceError, match="crashed the library"):
        load_trace(saved(allocation, tmp_path))


def test_an_answer_that_takes_too_long_is_one_error(
    allocation: Trace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parquet_reader, "_PROGRAM", "import sys; sys.stdin.read()")
    monkeypatch.setattr(parquet_reader, "ANSWER_SECONDS", 0.2)
    with pytest.raises(TraceError, match="took too long"):
        load_trace(saved(allocation, tmp_path))


@pytest.mark.campaign
def test_every_mutation_is_read_or_refused(repetition: Trace, tmp_path: Path) -> None:
    """Damaged bytes are one TraceError, or a trace: never another error, a crash or a hang."""
    count = 2_000 if os.environ.get("ALLOCATOR_FULL") else 12
    original = saved(repetition, tmp_path).read_bytes()
    dice = random.Random(4)
    path = tmp_path / "mutated.parquet"
    refused = 0
    for _ in range(count):
        path.write_bytes(mutated(original, dice))
        try:
            len(load_trace(path))
        except TraceError as error:
            assert str(error).startswith(str(path))
            refused += 1
    assert refused > count // 2


def mutated(data: bytes, dice: random.Random) -> bytes:
    """Change, cut, insert or repeat some bytes, more often in what describes the file."""
    changed = bytearray(data)
    for _ in range(dice.choice((1, 1, 2, 8))):
        footer = len(changed) - 8 - int.from_bytes(data[-8:-4], "little")
        place = dice.randrange(max(4, footer), len(changed)) if dice.random() < 0.5 else dice.randrange(len(changed))
        kind = dice.randrange(5)
        if kind == 0:
            changed[place] ^= 1 << dice.randrange(8)
        elif kind == 1:
            changed[place] = dice.choice((0, 0x7F, 0x80, 0xFF))
        elif kind == 2:
            del changed[place : place + dice.randrange(1, 40)]
        elif kind == 3:
            changed[place:place] = dice.randbytes(dice.randrange(1, 9))
        else:
            changed[place : place + 8] = array("Q", [dice.choice((1 << 31, 1 << 62, (1 << 64) - 1))]).tobytes()
    return bytes(changed)


def test_the_loop_of_half_a_million_steps_takes_at_most_a_byte_a_step(our_program: Image, tmp_path: Path) -> None:
    machine = Machine(our_program, memory="128G")
    machine.page_map.load(b"\1" * 4096)
    trace = record(machine, "os_mem_get_free", limit=10_000_000)
    path = saved(trace, tmp_path)
    assert 1.0 > path.stat().st_size / len(trace)


def test_parts_hold_as_many_steps_as_the_reader_takes() -> None:
    assert archive.STEPS_A_PART <= archive_rows.MAX_ROWS
