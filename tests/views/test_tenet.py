"""The Tenet export is read back by a reader that keeps the rules of Tenet's own."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from allocator import Machine, Trace, assemble, record
from allocator.registers import GENERAL
from allocator.trace.plain_recorder import record_plainly
from allocator.views.tenet import trace_tenet

WIDE = (*(name.upper() for name in GENERAL), "RIP")
NARROW = ("EAX", "ECX", "EDX", "EBX", "ESP", "EBP", "ESI", "EDI", "EIP")

PROGRAMS = {
    64: """
        f:  push rbx
            mov rbx, [0x200000]
            inc qword [0x200000]
            mov ecx, 5
            mov edi, 0x200100
            rep stosb
            pop rbx
            ret
    """,
    32: "bits 32\nf: push ebx\nmov ebx, [0x200000]\nmov al, 1\nstd\ncld\npop ebx\nret",
    16: "bits 16\norg 0x7c00\nf: push bx\nmov ax, [0x600]\nxchg ax, [0x602]\npop bx\nret",
}


class Reader:
    """Reads as Tenet does: an item that it does not know, or an empty line, ends it."""

    def __init__(self, names: tuple[str, ...]) -> None:
        self.names = names
        self.states: list[dict[str, int]] = []
        self.memory: list[list[tuple[str, int, bytes]]] = []

    def read(self, lines: Iterable[str]) -> Reader:
        for line in lines:
            state = dict(self.states[-1]) if self.states else {}
            memory = []
            for item in line.split(","):
                name, value = item.split("=")
                if name.upper() in self.names:
                    state[name.upper()] = int(value, 16)
                else:
                    assert name in ("mr", "mw"), f"Tenet stops reading at {item!r}"
                    address, data = value.split(":")
                    memory.append((name, int(address, 16), bytes.fromhex(data)))
            self.states.append(state)
            self.memory.append(memory)
        return self


@pytest.fixture(params=[64, 32, 16])
def trace(request: pytest.FixtureRequest) -> Trace:
    return record(Machine(assemble(text=PROGRAMS[request.param])), "f")


@pytest.fixture
def reader(trace: Trace) -> Reader:
    names = WIDE if trace[0].bits == 64 else NARROW
    return Reader(names).read(trace_tenet(trace))


def full(name: str) -> str:
    return name.lower() if name.startswith("R") else f"r{name[1:].lower()}"


def test_a_natively_recorded_trace_is_written_alike() -> None:
    native = pytest.importorskip("allocator.trace.native_recorder")
    image = assemble(text="f: mov ecx, 300\n.next: mov [0x200000], rcx\nloop .next\nret")
    assert list(trace_tenet(record_plainly(Machine(image), "f"))) == list(
        trace_tenet(native.record_natively(Machine(image), "f"))
    )


def test_there_is_a_line_for_each_arrival_and_the_end(trace: Trace, reader: Reader) -> None:
    assert len(trace) + 1 == len(reader.states)


def test_the_first_line_has_every_register(reader: Reader) -> None:
    assert set(reader.names) == set(reader.states[0])


def test_every_state_is_the_one_before_the_instruction(trace: Trace, reader: Reader) -> None:
    mask = (1 << 64) - 1 if trace[0].bits == 64 else 0xFFFF_FFFF
    general = [name for name in reader.names if not name.endswith("IP")]
    for step, state in zip(trace, reader.states, strict=False):
        assert {name: step.before[full(name)] & mask for name in general} == {name: state[name] for name in general}


def test_the_counter_is_the_instruction_about_to_run(trace: Trace, reader: Reader) -> None:
    counters = [state[reader.names[-1]] for state in reader.states]
    assert [step.address for step in trace] == counters[:-1]


def test_memory_is_told_on_arrival_at_the_next_instruction(trace: Trace, reader: Reader) -> None:
    touched = [
        [("mr" if each.kind == "read" else "mw", each.address, each.after) for each in step.accesses] for step in trace
    ]
    assert [[], *touched] == reader.memory


def test_the_last_line_has_the_registers_after_the_run(trace: Trace, reader: Reader) -> None:
    assert trace.run.registers.rsp == reader.states[-1][reader.names[4]]


def test_the_last_counter_is_where_the_routine_returned_to(trace: Trace, reader: Reader) -> None:
    assert (0xFFF0 if trace[0].bits == 16 else 0x1F0800) == reader.states[-1][reader.names[-1]]
