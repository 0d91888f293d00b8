"""What the parts of a failed assertion were: looked up, never done again."""

from __future__ import annotations

import ast
from collections import defaultdict
from copy import copy
from types import SimpleNamespace
from typing import Any

import pytest

from allocator import Machine, Trace, assemble, record
from allocator.views.assertion import Frame, explain_assert
from allocator.views.assertion_claims import find_claim
from allocator.views.assertion_source import Statement, find_assert
from allocator.views.assertion_subjects import Claim, Derived, MemoryOf, RegisterOf, StepsOf, Times
from allocator.views.assertion_values import Unknown, Values

SOURCE = "f: mov eax, 2\n mov [os_MemoryMap + 4], al\n ret"


@pytest.fixture(scope="module")
def machine() -> Machine:
    return Machine(assemble(text=SOURCE))


@pytest.fixture(scope="module")
def trace(machine: Machine) -> Trace:
    return record(machine, "f")


def value_of(text: str, **local: Any) -> Any:
    node = ast.parse(text, mode="eval").body
    return Values(node, local, {}).of(node)


def claim_of(text: str, **local: Any) -> Claim | None:
    node = ast.parse(text, mode="eval").body
    return find_claim(Statement(node, (), text), Values(node, local, {}))


class Bomb:
    """Anything that is asked of it is noticed."""

    def __init__(self) -> None:
        self.touched = 0
        self.kept = 7

    def __call__(self) -> int:
        self.touched += 1
        return 1

    @property
    def asked(self) -> int:
        self.touched += 1
        return 1


PURE = {
    "run.rax": 2,
    "run.registers['zf']": 0,
    "trace[1].before.al": 2,
    "trace.at('f', visit=1).index": 0,
    "trace.count('mov')": 2,
    "len(trace.calls('f'))": 0,
    "machine.page_map[4]": 2,
    "bytes(machine.page_map[4:6])": b"\2\1",
    "machine.read(0x120004, 2 * 1)": b"\2\1",
    "machine.symbols['f']": 0x100000,
    "{4: (1, 2)}": {4: (1, 2)},
    "[1, -1, ~0, +1]": [1, -1, -1, 1],
    "numbers[1] + (1 << 4)": 18,
    "0x20 // 2 ** 3": 4,
    "there.here": 5,
}


@pytest.mark.parametrize("text", PURE)
def test_what_only_looks_is_looked_up(machine: Machine, trace: Trace, text: str) -> None:
    local = {"machine": machine, "trace": trace, "run": trace.run, "numbers": [1, 2], "there": SimpleNamespace(here=5)}

    assert PURE[text] == value_of(text, **local)


@pytest.mark.parametrize(
    "text", ["bomb()", "bomb.asked", "sum([bomb()])", "len(bomb)", "bomb[0]", "filled[1]", "missing", "print(1)"]
)
def test_what_may_do_something_is_never_done(text: str) -> None:
    bomb = Bomb()
    with pytest.raises(Unknown):
        value_of(text, bomb=bomb, filled=defaultdict(bomb))

    assert 0 == bomb.touched


def test_a_call_of_a_machine_is_not_made_again(machine: Machine) -> None:
    calls = len(machine.moments)
    with pytest.raises(Unknown):
        value_of("machine.call('f').rax", machine=machine)

    assert calls == len(machine.moments)


def test_an_attribute_that_an_object_holds_is_looked_up() -> None:
    assert 7 == value_of("bomb.kept", bomb=Bomb())


@pytest.mark.parametrize("text", ["9 ** 9 ** 9", "1 << 10 ** 10", "b'x' * 10 ** 12"])
def test_a_number_without_end_is_no_trap(text: str) -> None:
    assert value_of(text) is not None


def test_what_pytest_kept_stands_for_a_call(machine: Machine) -> None:
    run = machine.call("f")
    node = ast.parse("call().rax == 3", mode="eval").body
    local = {"@py_assert1": run, "@py_assert3": 2, "@py_assert5": False, "@py_assert6": 3}
    values = Values(node, local, {})

    assert run is values.of(node.left.value)  # type: ignore[attr-defined]


def test_what_pytest_kept_is_not_believed_where_it_contradicts() -> None:
    node = ast.parse("call().rax == 3", mode="eval").body
    local = {"@py_assert1": 0, "@py_assert3": 2, "@py_assert5": False, "@py_assert6": 4}

    with pytest.raises(Unknown):
        Values(node, local, {}).of(node.left.value)  # type: ignore[attr-defined]


def test_registers_that_a_function_copied_are_of_no_run(machine: Machine) -> None:
    run = machine.call("f")
    node = ast.parse("copied().rax == 3", mode="eval").body
    local = {"@py_assert1": copy(run.registers), "@py_assert3": 2, "@py_assert5": False, "@py_assert6": 3}

    assert find_claim(Statement(node, (), "copied().rax == 3"), Values(node, local, {})) is None


CLAIMS = {
    "run.rax == 3": RegisterOf,
    "3 == run.rax": RegisterOf,
    "not run.rax": RegisterOf,
    "run.rax == 2 and run.rbx == 1": RegisterOf,
    "1 < run.rax < 2": RegisterOf,
    "run.rax in (0, 1)": RegisterOf,
    "run.rax % 2 == 1": Derived,
    "run.steps < 3": StepsOf,
    "trace.count('mov') == 1": Times,
    "machine.page_map[4] == 1": MemoryOf,
    "trace.memory_at('end', 'page_map[4]') == (1,)": MemoryOf,
}


@pytest.mark.parametrize("text", CLAIMS)
def test_what_an_assertion_is_about(machine: Machine, trace: Trace, text: str) -> None:
    claim = claim_of(text, machine=machine, trace=trace, run=trace.run)

    assert claim is not None
    assert CLAIMS[text] is type(claim.subject)


def test_of_a_turned_comparison_the_operator_is_turned(trace: Trace) -> None:
    claim = claim_of("1 >= run.rax", run=trace.run)

    assert claim is not None
    assert ("<=", 2, 1) == (claim.operator, claim.actual, claim.expected)


@pytest.mark.parametrize("text", ["run.rax == 2", "x == y", "f(run)", "[r for r in run.rax]", "lambda: run.rax", "x"])
def test_what_did_not_fail_or_is_not_understood_is_left_alone(trace: Trace, text: str) -> None:
    assert claim_of(text, run=trace.run, x=1, y=2) is None


def test_a_comparison_that_raises_is_left_alone(trace: Trace) -> None:
    class Touchy:
        def __eq__(self, _other: object) -> bool:
            raise ValueError

        __hash__ = None  # type: ignore[assignment]

    assert claim_of("run.rax == touchy", run=trace.run, touchy=Touchy()) is not None


@pytest.mark.parametrize("text", ["", "def broken(:", "x = 1\n", "(" * 5000])
def test_a_file_without_the_assertion_is_no_error(tmp_path, text: str) -> None:
    (tmp_path / "test_x.py").write_text(text)

    assert find_assert(str(tmp_path / "test_x.py"), 1) is None


def test_a_file_that_is_not_there_is_no_error() -> None:
    assert explain_assert(Frame("<stdin>", 1, {}, {}), lambda *_: "") is None


def test_what_a_source_contains_cannot_control_the_terminal(tmp_path) -> None:
    (tmp_path / "test_x.py").write_text("assert run.rax == 3\n")
    run = Machine(assemble(text="f: mov eax, 2 ; \x1b[2J\u202e", name="\x1b]0;t.asm")).call("f", limit=1)
    found = explain_assert(Frame(str(tmp_path / "test_x.py"), 1, {"run": run}, {}), lambda *_: "", True)

    assert found is not None
    assert not {"\x1b", "\u202e"} & set("".join(found.lines))
