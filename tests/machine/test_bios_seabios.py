"""The firmware answers as SeaBIOS under QEMU did, call by call, on fourteen machines.

`tests/corpus/seabios-calls.json` holds what a probe in real mode recorded: registers before and after, the buffer.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from oracles import SHARED, require_shared
from reference.bios_guest import PlainGuest

from allocator.machine.bios import Bios
from allocator.machine.devices import Devices
from allocator.machine.firmware_map import FirmwareMap
from allocator.machine.region import Region

CORPUS = json.loads((Path(__file__).parents[1] / "corpus" / "seabios-calls.json").read_text(encoding="utf-8"))
MACHINES: dict[str, dict[str, Any]] = CORPUS["machines"]
BUFFER = 0x9000
UNTOUCHED = 0xA5
REGISTERS_AFTER = ("eax", "ebx", "ecx", "edx", "esi", "edi", "ebp", "ds", "es")

CALLS = [(name, tag) for name, machine in MACHINES.items() for tag in machine["calls"]]


def map_of(name: str) -> FirmwareMap:
    return FirmwareMap(tuple(Region(*entry) for entry in MACHINES[name]["entries"]), name=name)


@pytest.fixture(scope="module")
def firmware() -> dict[str, Bios]:
    return {name: Bios(map_of(name)) for name in MACHINES}


@pytest.mark.parametrize(("name", "tag"), CALLS)
def test_a_call_answers_as_seabios_does(firmware, name, tag):
    call = {**CORPUS["calls"][tag], **MACHINES[name]["calls"][tag]}
    bios = firmware[name]
    guest = PlainGuest(bios)
    guest.memory[BUFFER : BUFFER + 32] = bytes([UNTOUCHED]) * 32
    guest.give({"esi": 0x51515151, "edi": 0xD1D19000, "ebp": 0xB9B9B9B9, "esp": 0x7000})
    guest.give({register: int(value, 16) for register, value in call["in"].items()})

    assert bios.serve(call["int"], guest) is None

    expected = {register: int(value, 16) for register, value in call["out"].items()}
    assert expected == {register: guest.get(register) for register in expected}
    assert bytes.fromhex(call["buffer"]).ljust(32, b"\xa5") == guest.read(BUFFER, 32)
    assert 0x7000 == guest.get("esp")


@pytest.mark.parametrize("name", MACHINES)
def test_cmos_says_the_memory_that_qemu_puts_there(name):
    devices = Devices(map_of(name))
    expected = {int(place, 16): value for place, value in MACHINES[name]["cmos"].items()}

    def read(place: int) -> int:
        devices.write_port(0x70, 1, place)
        return devices.read_port(0x71, 1)

    assert expected == {place: read(place) for place in expected}


@pytest.mark.parametrize("name", MACHINES)
def test_the_data_area_says_what_seabios_left_there(name):
    guest = PlainGuest(Bios(map_of(name)))
    expected = MACHINES[name]["data_area"]

    assert expected == {place: int.from_bytes(guest.read(int(place, 16), 2), "little") for place in expected}


@pytest.mark.parametrize("name", MACHINES)
@pytest.mark.parametrize("chain", ["entries", "entries_ecx20"])
def test_a_chain_of_calls_goes_as_it_was_recorded(firmware, name, chain):
    recorded = json.loads(require_shared(f"qemu/{name}.json").read_text(encoding="utf-8"))[chain]
    fields = ("ebx_in", "ebx_out", "ecx_out", "eax_out", "edx_out", "cf", "raw24")

    walked = list(chain_of(firmware[name], recorded[0]["ecx_in"]))

    assert [{field: entry[field] for field in fields} for entry in recorded] == walked


def chain_of(bios: Bios, room: int) -> Iterator[dict[str, Any]]:
    guest = PlainGuest(bios)
    guest.set("edx", 0x534D4150)
    following = 0
    while True:
        guest.memory[BUFFER : BUFFER + 32] = bytes([UNTOUCHED]) * 32
        guest.give({"eax": 0xE820, "ebx": following, "ecx": room, "edi": BUFFER})
        assert bios.serve(0x15, guest) is None
        yield {
            "ebx_in": following,
            "ebx_out": guest.get("ebx"),
            "ecx_out": guest.get("ecx"),
            "eax_out": f"{guest.get('eax'):08X}",
            "edx_out": f"{guest.get('edx'):08X}",
            "cf": guest.get("cf"),
            "raw24": guest.read(BUFFER, 24).hex(),
        }
        following = guest.get("ebx")
        if not following:
            return


def test_the_corpus_is_what_was_recorded():
    if not (SHARED / "qemu").is_dir():
        pytest.skip("the recordings that the corpus was made from are not there")
    recorded = {path.stem: json.loads(path.read_text()) for path in sorted((SHARED / "qemu").glob("*.json"))}

    assert CORPUS == compact(recorded)


def compact(recorded: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """Return the recordings as the corpus keeps them: what a call has in common on all machines, once."""
    machines: dict[str, Any] = {}
    common: dict[str, dict[str, Any]] = {}
    every = [{test["tag"]: _call(test) for test in machine["tests"]} for machine in recorded.values()]
    for tag in every[0]:
        answers = [calls[tag] for calls in every]
        common[tag] = {key: value for key, value in answers[0].items() if all(each[key] == value for each in answers)}
    for (name, machine), calls in zip(recorded.items(), every, strict=True):
        own = {
            tag: {key: value for key, value in call.items() if key not in common[tag]} for tag, call in calls.items()
        }
        machines[name] = {
            "entries": [[entry["base"], entry["length"], entry["type"]] for entry in machine["entries"]],
            "calls": own,
            "cmos": {place: machine["cmos"][place] for place in MEMORY_PLACES},
            "data_area": {"0x413": machine["bda"]["0040:0013_base_mem_kib"], "0x40e": machine["bda"][EBDA]},
        }
    return {"calls": common, "machines": machines}


EBDA = "0040:000E_ebda_segment"
MEMORY_PLACES = ("15", "16", "17", "18", "30", "31", "34", "35", "5B", "5C", "5D")


def _call(test: dict[str, Any]) -> dict[str, Any]:
    after = {register: test["out"][register] for register in REGISTERS_AFTER} | {"flags": test["out"]["flags"]}
    assert "0000" == test["out"]["stack_delta"]
    return {
        "int": int(test["int"], 16),
        "in": test["in"],
        "out": after,
        "buffer": _trimmed(test["buf32"]),
    }


def _trimmed(buffer: str) -> str:
    return bytes.fromhex(buffer).rstrip(bytes([UNTOUCHED])).hex()
