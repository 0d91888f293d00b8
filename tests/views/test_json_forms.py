"""The machine-readable forms of runs, traces and images, field by field as INTERFACE promises them."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest

from allocator import Image, Machine, Trace, assemble, record
from allocator.errors import UsageError
from allocator.machine.run import STOP_KINDS
from allocator.registers import FULL
from allocator.trace.schema import MODES
from allocator.views.csv import trace_csv
from allocator.views.image_json import image_object
from allocator.views.jsonl import trace_jsonl
from allocator.views.run_json import run_object

Json = dict[str, Any]
STOP_KEYS = ["kind", "address", "where", "source", "line", "message", "access", "vector", "error_code"]


def is_hex(value: object) -> bool:
    return isinstance(value, str) and value == hex(int(value, 16))


@pytest.fixture(scope="module")
def allocation(our_program: Image) -> Trace:
    return record(Machine(our_program), "os_mem_allocate", rcx=3)


@pytest.fixture(scope="module")
def lines(allocation: Trace) -> list[Json]:
    return [json.loads(line) for line in trace_jsonl(allocation)]


@pytest.fixture(scope="module")
def run_form(our_program: Image) -> Json:
    form: Json = json.loads(json.dumps(run_object(Machine(our_program).call("os_mem_allocate", rcx=3))))
    return form


# run --json


def test_a_run_has_exactly_the_promised_keys(run_form: Json) -> None:
    expected = ["format", "sources", "routine", "entry", "registers", "stop", "steps", "pages_changed", "contract"]
    assert expected == list(run_form)


def test_a_run_names_its_format_and_what_was_run(run_form: Json) -> None:
    expected = {"format": "allocator.run/1", "sources": ["memory.asm"], "routine": "os_mem_allocate"}
    assert expected.items() <= run_form.items()


def test_a_run_has_every_register_before_and_after(run_form: Json) -> None:
    assert [list(FULL)] * 2 == [list(run_form["registers"][when]) for when in ("before", "after")]


def test_register_values_are_hexadecimal_strings(run_form: Json) -> None:
    assert all(is_hex(value) for values in run_form["registers"].values() for value in values.values())


def test_a_run_says_what_was_returned(run_form: Json) -> None:
    assert "0x3a00000" == run_form["registers"]["after"]["rax"]


def test_the_stop_of_a_run_that_returned(run_form: Json) -> None:
    stop = run_form["stop"]
    assert STOP_KEYS == list(stop)
    assert ["returned", "os_mem_allocate.done+0x3", "memory.asm", None, None, None] == [
        stop[key] for key in ("kind", "where", "source", "access", "vector", "error_code")
    ]


def test_pages_changed_are_numbers(run_form: Json) -> None:
    assert [{"page": page, "before": 1, "after": 2} for page in (29, 30, 31)] == run_form["pages_changed"]


def test_steps_count_rep_once(run_form: Json) -> None:
    assert 54 == run_form["steps"]


def test_contract_is_empty_until_contracts_are_enforced(run_form: Json) -> None:
    assert [] == run_form["contract"]


def test_the_stop_of_a_fault_has_its_access() -> None:
    stop = run_object(Machine(assemble(text="f: mov al, [os_MemoryMap-1]")).call("f"))["stop"]

    assert stop["kind"] in STOP_KINDS
    assert {"kind": "read", "address": "0x11ffff", "size": 1} == stop["access"]


def test_the_stop_of_an_exception_has_its_vector() -> None:
    stop = run_object(Machine(assemble(text="f: xor ecx, ecx\ndiv rcx")).call("f"))["stop"]

    assert ("cpu_fault", 0, None) == (stop["kind"], stop["vector"], stop["error_code"])


# trace --format jsonl


def test_the_header_has_exactly_the_promised_keys(lines: list[Json]) -> None:
    assert ["format", "sources", "routine", "registers", "stop", "steps"] == list(lines[0])


def test_the_header_names_the_format(lines: list[Json]) -> None:
    assert "allocator.trace/1" == lines[0]["format"]


def test_the_header_has_all_registers_at_the_start(lines: list[Json]) -> None:
    assert (list(FULL), "0x3") == (list(lines[0]["registers"]), lines[0]["registers"]["rcx"])


def test_there_is_a_line_for_each_step(lines: list[Json]) -> None:
    assert list(range(lines[0]["steps"])) == [line["step"] for line in lines[1:]]


def test_the_first_step_in_full(lines: list[Json]) -> None:
    assert {
        "step": 0, "address": "0x100010", "bytes": "56", "text": "push rsi", "mode": "long64", "bits": 64,
        "label": "os_mem_allocate", "offset": 0, "source": "memory.asm", "line": lines[1]["line"], "repeat": 1,
        "registers": {"rsp": ["0x1efef8", "0x1efef0"]}, "flags": {},
        "accesses": [{
            "kind": "write", "by": "program", "address": "0x1efef0", "physical": "0x1efef0", "size": 8,
            "before": lines[1]["accesses"][0]["before"], "after": "0xc0ffeebad07777",
        }],
    } == lines[1]  # fmt: skip


def test_every_step_has_the_same_keys_in_the_same_order(lines: list[Json]) -> None:
    assert {tuple(lines[1])} == {tuple(line) for line in lines[1:]}


def test_every_mode_is_one_of_the_promised(lines: list[Json]) -> None:
    assert {line["mode"] for line in lines[1:]} <= set(MODES)


def test_changes_chain_from_the_header_to_the_last_line(lines: list[Json]) -> None:
    state = dict(lines[0]["registers"])
    for line in lines[1:]:
        for name, (before, after) in line["registers"].items():
            assert before == state[name]
            state[name] = after
    assert "0x3a00000" == state["rax"]


def test_flags_hold_before_and_after(lines: list[Json]) -> None:
    assert {"df": [0, 1]} == next(line["flags"] for line in lines[1:] if line["text"] == "std")


def test_rip_and_rflags_are_left_out(lines: list[Json]) -> None:
    assert not any({"rip", "rflags"} & set(line["registers"]) for line in lines[1:])


def test_rep_is_one_line_with_one_access_for_all_rounds(lines: list[Json]) -> None:
    step = next(line for line in lines[1:] if line["text"] == "rep stosb")
    access = step["accesses"][0]

    assert (3, 1, 3, "0x10101", "0x20202") == (
        step["repeat"], len(step["accesses"]), access["size"], access["before"], access["after"],
    )  # fmt: skip


def test_code_outside_the_image_has_no_label_and_no_line() -> None:
    image = assemble(text="f: mov byte [0x200000], 0xc3\nmov eax, 0x200000\ncall rax\nret")
    step = json.loads(list(trace_jsonl(record(Machine(image), "f")))[-2])

    assert ("0x200000", None, None, None, None) == tuple(
        step[key] for key in ("address", "label", "offset", "source", "line")
    )


# trace --format csv


def test_csv_has_the_names_of_its_columns_first(allocation: Trace) -> None:
    expected = "step,address,bytes,text,mode,bits,label,offset,source,line,repeat,registers,flags,reads,writes"
    assert expected == next(trace_csv(allocation))


def test_csv_quotes_what_contains_a_comma(allocation: Trace) -> None:
    rows = list(csv.DictReader(io.StringIO("\n".join(trace_csv(allocation)))))

    assert "mov eax, dword [0x110108]" == rows[6]["text"]


def test_csv_has_the_chosen_columns_only(allocation: Trace) -> None:
    assert ["step,rax,zf", "0,0xc0ffeebad01111,0"] == list(trace_csv(allocation, fields=["step", "rax", "zf"]))[:2]


def test_a_field_that_is_none_is_an_error(allocation: Trace) -> None:
    with pytest.raises(UsageError, match="did you mean 'address'"):
        list(trace_csv(allocation, fields=["adress"]))


# assemble -f json


def test_an_image_has_exactly_the_promised_keys(our_program: Image) -> None:
    assert ["format", "segments", "symbols", "lines", "contracts"] == list(image_object(our_program))


def test_an_image_holds_its_bytes_lines_and_symbols() -> None:
    form = image_object(assemble(text="f: push rsi", name="t.asm"))

    assert {
        "format": "allocator.image/1",
        "segments": [{"start": "0x100000", "bytes": "56"}],
        "symbols": {"f": "0x100000"},
        "lines": [{"address": "0x100000", "size": 1, "source": "t.asm", "line": 1, "bits": 64}],
        "contracts": {},
    } == form


def test_an_image_holds_its_contracts(our_program: Image) -> None:
    contract = image_object(our_program)["contracts"]["os_mem_allocate"]

    assert [{"register": "rcx", "prose": "number of pages", "low": None, "high": None}] == contract["in"]
    assert 32 == contract["stack"]
