"""``allocator check``: what it says, and with which exit code."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from allocator import shipped

sys.path.insert(0, str(Path(__file__).parents[1] / "cli"))
from commands import allocator

BROKEN = "; f\n; OUT RAX = x\nf: push rbx\nmov ebx, 1\nadd rsp, 8\nret\n"
REPORT = """\
t.asm: f
1 call

f, line 4: contract: preserves rbx
  failed to preserve rbx (pushed at line 3, never popped; last changed at line 4: mov ebx, 1)
  machine  os_MemAmount = 64 MiB; pages from 0 on: used free free free free free free free and 24 more
  calls    f

1 finding
"""


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    path = tmp_path / "t.asm"
    path.write_text(BROKEN)
    return path


def accept(path: Path, *entries: dict[str, str]) -> Path:
    path.write_text(json.dumps({"format": "allocator.accepted/1", "accepted": entries}))
    return path


def test_the_shipped_allocator_has_only_what_is_accepted() -> None:
    said = allocator("check")

    assert (0, "") == (said.code, said.err)
    assert "accepted: 12 known deviations" in said.out
    assert said.out.endswith("nothing else was found\n")


def test_every_acceptance_of_the_shipped_allocator_is_needed_and_has_a_reason() -> None:
    entries = json.loads(shipped("memory.asm").with_suffix(".accepted.json").read_text())["accepted"]
    form = json.loads(allocator("check", "--json").out)

    assert len(entries) == len(form["accepted"])
    assert sorted(entry["reason"] for entry in entries) == sorted(entry["reason"] for entry in form["accepted"])


def test_a_finding_is_shown_with_its_place_and_is_a_failure(broken: Path) -> None:
    said = allocator("check", "-s", broken)

    assert (REPORT, "", 1) == said


def test_as_json_it_is_one_object(broken: Path) -> None:
    form = json.loads(allocator("check", "-s", broken, "--json").out)

    assert ["format", "sources", "routines", "worlds", "findings", "accepted"] == list(form)
    assert ["kind", "routine", "rule", "message", "line", "example"] == list(form["findings"][0])
    assert ("contract", "preserves rbx", 4) == tuple(form["findings"][0][key] for key in ("kind", "rule", "line"))


def test_examples_of_laws_in_json(tmp_path: Path) -> None:
    nothing = accept(tmp_path / "none.json")
    form = json.loads(allocator("check", "os_mem_release", "--json", "--accept", nothing).out)
    double = next(found for found in form["findings"] if found["rule"] == "double free")

    assert {"pages": "1,1,1", "registers": {"rax": "0x400000", "rcx": "0x1"}} == double["example"]


def test_the_command_that_it_offers_shows_the_example(tmp_path: Path) -> None:
    import shlex

    out = allocator("check", "os_mem_allocate", "--accept", accept(tmp_path / "none.json")).out
    command = next(line for line in out.split("\n") if "-m 2M" in line)
    said = allocator(*shlex.split(command.split("try")[1])[1:])

    assert "rax = 0\n" in said.out.replace("rax = 0 ", "rax = 0\n")
    assert "page 0: free -> used" in said.out


def test_only_the_routines_that_are_named() -> None:
    form = json.loads(allocator("check", "os_mem_get_free", "--json").out)

    assert ["os_mem_get_free"] == form["routines"]
    assert 2 == len(form["accepted"])


def test_what_is_accepted_beside_the_source_is_no_failure(broken: Path) -> None:
    accept(broken.with_name("t.accepted.json"), {"rule": "preserves rbx", "reason": "RBX is scratch here"})
    said = allocator("check", "-s", broken)

    assert 0 == said.code
    assert "because RBX is scratch here" in said.out


def test_an_acceptance_with_another_sentence_covers_nothing(broken: Path, tmp_path: Path) -> None:
    path = accept(tmp_path / "a.json", {"rule": "preserves rbx", "reason": "meant", "message": "something else"})

    assert 1 == allocator("check", "-s", broken, "--accept", path).code


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "this is not JSON"),
        ("[" * 100_000, "this is not JSON"),
        ("[]", "this is no list of accepted deviations"),
        ('{"format": "allocator.accepted/1", "accepted": [{"rule": "x"}]}', "entry 1 needs rule and reason"),
        ('{"format": "allocator.accepted/1", "accepted": [{"rule": 1, "reason": "x"}]}', "is not a text"),
        ('{"format": "allocator.accepted/1", "accepted": [7]}', "entry 1 needs rule and reason"),
    ],
)
def test_a_file_that_accepts_nothing_sensible(broken: Path, tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "a.json"
    path.write_text(text)
    result = allocator("check", "-s", broken, "--accept", path)

    assert (2, True) == (result.code, said in result.err)


def test_a_missing_file_of_acceptances(broken: Path) -> None:
    assert (2, True) == (
        (result := allocator("check", "-s", broken, "--accept", "nowhere.json")).code,
        "cannot read what is accepted" in result.err,
    )


def test_a_routine_without_a_contract_is_wrong_use(tmp_path: Path) -> None:
    path = tmp_path / "t.asm"
    path.write_text("f: ret\n")
    said = allocator("check", "-s", path)

    assert (2, True) == (said.code, "write a contract in the comment above a label" in said.err)


def test_an_unknown_routine_is_wrong_use() -> None:
    said = allocator("check", "os_mem_alocate")

    assert (2, True) == (said.code, "'os_mem_alocate' has no contract to check" in said.err)


def test_a_contract_that_does_not_parse_is_pointed_at(tmp_path: Path) -> None:
    path = tmp_path / "t.asm"
    path.write_text("; OUT RAXX = x\nf: ret\n")
    said = allocator("check", "-s", path)

    assert (2, True) == (said.code, "t.asm:1:7: error: 'RAXX' is no register" in said.err)
