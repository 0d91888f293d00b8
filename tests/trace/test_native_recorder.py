"""The native recorder fills the columns of its twin, by pointer and through the API."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from reference.mode_programs import MODE_PROGRAMS
from reference.programs import PROGRAMS, random_program

from allocator import Image, Machine, Trace, assemble, record
from allocator.registers import FULL
from allocator.trace.native_recorder import record_natively
from allocator.trace.plain_recorder import record_plainly
from allocator.trace.schema import COLUMNS

LIMIT = 4000
RANDOM_PROGRAMS = 2000 if os.environ.get("ALLOCATOR_FULL") else 30


def by_api(machine: Machine, routine: str, **registers: int) -> Trace:
    return record_natively(machine, routine, limit=LIMIT, by_pointer=False, **registers)


def by_pointer(machine: Machine, routine: str, **registers: int) -> Trace:
    return record_natively(machine, routine, limit=LIMIT, by_pointer=True, **registers)


def assert_equal(ours: Trace, twin: Trace) -> None:
    for column in COLUMNS:
        left = np.asarray(getattr(ours.columns, column.name))
        assert left.tolist() == list(getattr(twin.columns, column.name)), column.name
        assert left.dtype == np.dtype(column.typecode), column.name
    for name in ("places", "repeats", "physical", "makers"):
        assert getattr(ours.columns, name) == getattr(twin.columns, name), name
    assert list(ours.columns.long) == list(twin.columns.long)
    assert ours.stop == twin.stop
    assert ours.run.registers == twin.run.registers


def machine_for(image: Image) -> Machine:
    return Machine(image, "64M")


@pytest.mark.parametrize("fast", [by_pointer, by_api])
@pytest.mark.parametrize("name", PROGRAMS)
def test_every_program_is_recorded_as_the_twin_records_it(name: str, fast: Callable[..., Trace]) -> None:
    image = assemble(text=PROGRAMS[name])
    twin = record_plainly(machine_for(image), "f", limit=LIMIT, ecx=9)
    assert_equal(fast(machine_for(image), "f", ecx=9), twin)


@pytest.mark.parametrize("fast", [by_pointer, by_api])
@pytest.mark.parametrize("name", MODE_PROGRAMS)
def test_every_change_of_mode_is_recorded_as_the_twin_records_it(name: str, fast: Callable[..., Trace]) -> None:
    image = assemble(text=MODE_PROGRAMS[name])
    twin = record_plainly(machine_for(image), "f", limit=LIMIT)
    assert twin.stop.kind == "returned"
    assert_equal(fast(machine_for(image), "f"), twin)


@pytest.mark.campaign
@pytest.mark.parametrize("seed", range(RANDOM_PROGRAMS))
def test_random_programs_are_recorded_as_the_twin_records_them(seed: int) -> None:
    image = assemble(text=random_program(seed))
    registers = {"rax": seed, "rcx": 3 * seed, "rdx": 1 << (seed % 64)}
    twin = record_plainly(machine_for(image), "f", limit=LIMIT, **registers)
    assert_equal((by_pointer, by_api)[seed % 2](machine_for(image), "f", **registers), twin)


@pytest.mark.parametrize("fast", [by_pointer, by_api])
@pytest.mark.parametrize("name", PROGRAMS)
def test_recording_leaves_the_run_as_it_is(name: str, fast: Callable[..., Trace]) -> None:
    image = assemble(text=PROGRAMS[name])
    plain = machine_for(image).call("f", ecx=9, limit=LIMIT)
    watched = fast(machine_for(image), "f", ecx=9).run
    assert [plain.registers[name] for name in FULL] == [watched.registers[name] for name in FULL]
    assert (plain.stop, plain.memory_changed) == (watched.stop, watched.memory_changed)


def test_a_machine_can_be_called_after_it_was_recorded() -> None:
    machine = machine_for(assemble(text="f: inc byte [0x200000]\n mov al, [0x200000]\n ret"))
    by_pointer(machine, "f")
    assert [2, 3] == [machine.call("f").al, by_pointer(machine, "f").run.al]


def test_a_run_of_many_slices_is_whole() -> None:
    machine = machine_for(assemble(text="f: xor eax, eax\n.n: add rax, rcx\n dec rcx\n jnz .n\n ret"))
    trace = record_natively(machine, "f", rcx=100_000)
    assert (300_002, 5_000_050_000) == (len(trace), trace.run.rax)
    assert [trace.run.registers.rax, 7] == [trace[-1].after.rax, trace[2 + 3 * 99_993].before.rcx]


def test_a_rep_of_many_slices_is_one_step() -> None:
    machine = machine_for(assemble(text="f: rep stosb\n ret"))
    step = record_natively(machine, "f", rdi=0x200000, rcx=200_000, al=7)[0]
    assert (200_000, b"\7" * 200_000) == (step.repeat, step.accesses[0].after)


def test_the_limit_is_exact_over_slices() -> None:
    machine = machine_for(assemble(text="f: xor eax, eax\n.n: inc rax\n jmp .n"))
    trace = record_natively(machine, "f", limit=1 + 2 * 50_000)
    assert (100_001, 50_000, "limit") == (len(trace), trace.run.rax, trace.stop.kind)


def test_an_instruction_costs_less_than_24_bytes_of_memory() -> None:
    machine = machine_for(assemble(text="f: mov esi, os_MemoryMap\n.n: lodsb\n cmp al, 1\n dec rcx\n jnz .n\n ret"))
    trace = record_natively(machine, "f", rcx=50_000)
    assert sum(np.asarray(getattr(trace.columns, column.name)).nbytes for column in COLUMNS) < 24 * len(trace)


def test_a_long_run_is_recorded_natively_from_its_start() -> None:
    trace = record(machine_for(assemble(text="f: dec rcx\n jnz f\n ret")), "f", rcx=30_000)
    assert (60_001, 30_000) == (len(trace), trace[0].before.rcx)


def test_a_short_run_loads_no_compiler() -> None:
    code = (
        "import sys; from allocator import Machine, assemble, record; record(Machine(assemble(text='f: ret')), 'f');"
        "sys.exit('numba' in sys.modules or 'numpy' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


CORPUS = Path(__file__).parents[1] / "corpus"
EVERY = 1 if os.environ.get("ALLOCATOR_FULL") else 250


@pytest.mark.parametrize("path", sorted(CORPUS.glob("programs-*.asm")), ids=lambda path: path.stem)
def test_every_program_of_the_corpus_is_recorded_as_the_twin_records_it(path: Path) -> None:
    image = assemble(path, bits=16)
    entry = next(line.address for line in image.lines if line.code)
    twin = record_plainly(machine_for(image), entry, limit=LIMIT)
    assert_equal(record_natively(machine_for(image), entry, limit=LIMIT), twin)


@pytest.mark.campaign
@pytest.mark.parametrize("path", sorted(CORPUS.glob("instructions-??.asm")), ids=lambda path: path.stem)
def test_every_instruction_of_the_corpus_is_recorded_as_the_twin_records_it(path: Path) -> None:
    # Each from registers that point into memory, and only itself: most of them lead nowhere.
    bits = int(path.stem[-2:])
    image = assemble(path, bits=bits, origin=0x8000 if bits == 16 else 0x200000)
    registers = dict.fromkeys(("eax", "ebx", "ecx", "edx", "esi", "edi", "ebp"), 0x3000)
    for line in [line for line in image.lines if line.code][::EVERY]:
        twin = record_plainly(machine_for(image), line.address, limit=1, **registers)
        assert_equal(record_natively(machine_for(image), line.address, limit=1, **registers), twin)


SSE = (
    "f: movdqu xmm1, [os_MemoryMap]\n.n: paddb xmm1, xmm1\n movq xmm15, rcx\n pxor xmm0, xmm1\n dec rcx\n jnz .n\n ret"
)


def test_sse_registers_are_recorded_on_demand() -> None:
    image = assemble(text=SSE)
    twin = record_plainly(machine_for(image), "f", rcx=20, vectors=True)
    assert record_natively(machine_for(image), "f", rcx=20, vectors=True).columns.vectors == twin.columns.vectors
    assert len(twin.columns.vectors) > 30


def test_sse_registers_are_not_recorded_unless_asked_for() -> None:
    assert record_natively(machine_for(assemble(text=SSE)), "f", rcx=2).columns.vectors == []


def test_a_step_shows_the_sse_register_that_it_changed() -> None:
    trace = record(machine_for(assemble(text=SSE)), "f", rcx=2, vectors=True)
    before = int.from_bytes(b"\2" + b"\1" * 15, "little")
    assert {"xmm1": (0, before)} == trace[0].vectors
    assert {"xmm1": (before, 2 * before)} == trace[1].vectors
