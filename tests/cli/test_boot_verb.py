"""``allocator boot``: the journey in words and in JSON, disks of others, and what goes wrong."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from commands import allocator

from allocator import Image, assemble
from allocator.machine.disk import Disk

STORY = (
    "the modes it went through",
    "real16 ",
    "protected32 ",
    "paged32 ",
    "long64 ",
    "INT 15h AX=E820h    EBX=0 ECX=24 EDX=SMAP     CF=0 EBX=1 ECX=20 EAX=SMAP       0x0..0x9ffff usable",
    "bridge: memory map by E820",
    "os_mem_allocate handed out 0x3e00000 for a request of 1",
    "all of that is usable memory on this machine",
    "at bridge_done: 'hlt' stops the processor",
)


def raw_disk(path: Path, text: str, size: int = 512) -> Path:
    image: Image = assemble(text=f"bits 16\norg 0x7c00\n{text}\ntimes 510 - ($ - $$) db 0\ndw 0xaa55\n", bits=16)
    path.write_bytes(Disk.of(image).data[:size].ljust(size, b"\0"))
    return path


def test_the_whole_story_is_told() -> None:
    said = allocator("boot")

    assert (0, "") == (said.code, said.err)
    assert [] == [part for part in STORY if part not in said.out]


def test_it_is_told_in_json() -> None:
    form = json.loads(allocator("boot", "--json", "-m", "128M").out)
    order = [change["mode"] for change in form["modes"]]

    assert ("allocator.boot/1", {"count": 1, "rax": "0x7e00000"}) == (form["format"], form["allocation"])
    assert {"step": 0, "mode": "real16"} == form["modes"][0]
    assert ["real16", "protected32", "paged32", "long64"] == [
        mode for mode in dict.fromkeys(order) if "16" not in mode or mode == "real16"
    ]
    assert ("halted", "bridge_done", "bridge.asm") == tuple(form["stop"][name] for name in ("kind", "where", "source"))
    assert [{"start": 0, "count": 1, "state": 2}, {"start": 1, "count": 62, "state": 1}] == form["pages"][:2]
    assert ["0x0", "0xa0000", "0x100000"] == [entry["base"] for entry in form["entries"]]


def test_misbehaving_firmware_is_named_and_survived() -> None:
    form = json.loads(allocator("boot", "--json", "--firmware", "no-e820,e801-in-cx-dx").out)

    assert ["no-e820", "e801-in-cx-dx"] == form["firmware"]
    assert "0x3e00000" == form["allocation"]["rax"]


def test_the_historic_sum_is_told_to_be_no_memory() -> None:
    said = allocator("boot", "-m", "4G", "--policy", "baremetal")

    assert "os_mem_allocate handed out 0xffe00000" in said.out
    assert "nothing describes it, there need be no memory" in said.out


def test_a_refusal_says_why_and_fails() -> None:
    said = allocator("boot", "-m", "1M")

    assert 1 == said.code
    assert "bridge_refuse" in said.out


def test_every_instruction_can_be_shown(tmp_path: Path) -> None:
    said = allocator("boot", "--trace", "--format", "jsonl", "--window", "0:30")
    steps = [json.loads(line) for line in said.out.splitlines()[1:]]

    assert ("0xffff0", "real16", 16) == tuple(steps[0][name] for name in ("address", "mode", "bits"))
    assert 30 == len(steps)


def test_somebody_elses_disk_boots(tmp_path: Path) -> None:
    text = (
        "mov si, t\n.n: lodsb\n test al, al\n jz .e\n mov ah, 14\n int 0x10\n jmp .n\n.e: cli\n hlt\nt: db 'hello', 0"
    )
    said = allocator("boot", "--disk", raw_disk(tmp_path / "hello.img", text))

    assert (0, "") == (said.code, said.err)
    assert "  hello\n" in said.out
    assert "INT 10h AH=0Eh x5" in said.out


@pytest.mark.parametrize(
    ("text", "kind", "said"),
    [
        ("jmp $", "limit", "jumps to itself"),
        ("mov ax, 0x4242\n int 0x21", "unknown_service", "INT 21h"),
        ("xor cx, cx\n div cx", "cpu_fault", "no handler for vector 0"),
        ("a: jmp b\nb: jmp a", "limit", "still running"),
        ("mov eax, cr0\n or al, 1\n mov cr0, eax\n jmp 8:0", "triple_fault", ""),
    ],
)
def test_what_goes_wrong_is_reported(tmp_path: Path, text: str, kind: str, said: str) -> None:
    result = allocator("boot", "--limit", "100000", "--disk", raw_disk(tmp_path / "d.img", text))

    assert 1 == result.code
    assert f"SUMMARY: allocator: {kind}: " in result.out
    assert said in result.out


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"", "empty"), (b"\0" * 512, "55"), (b"\x55\xaa", "55"), (None, "no such file")],
)
def test_what_is_no_disk_is_refused(tmp_path: Path, content: bytes | None, said: str) -> None:
    if content is not None:
        (tmp_path / "d.img").write_bytes(content)
    result = allocator("boot", "--disk", tmp_path / "d.img")

    assert (2, "") == (result.code, result.out)
    assert said in result.err.lower()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--firmware", "cf-at-ende"], "did you mean cf-at-end"),
        (["--format", "jsonl"], "add --trace"),
        (["--disk", "a", "-s", "b"], "not allowed with"),
        (["--limit", "0"], "--limit"),
    ],
)
def test_wrong_use_is_refused(arguments: list[str], said: str) -> None:
    result = allocator("boot", *arguments)

    assert 2 == result.code
    assert said in result.err


def test_keys_are_typed_for_the_program(tmp_path: Path) -> None:
    text = "again: mov ah, 0\nint 0x16\nmov ah, 0x0E\nint 0x10\ncmp al, 13\njne again\ncli\nhlt"
    said = allocator("boot", "--disk", str(raw_disk(tmp_path / "echo", text)), "--keys", r"hi\n")

    assert 0 == said.code
    assert "\n  hi" in said.out


def test_a_key_that_no_keyboard_has_is_refused(tmp_path: Path) -> None:
    said = allocator("boot", "--disk", str(raw_disk(tmp_path / "echo", "hlt")), "--keys", "€")

    assert 2 == said.code
    assert "no key of an American keyboard types '€'" in said.err


def test_a_disk_is_made_a_floppy(tmp_path: Path) -> None:
    text = "add dl, '0'\nmov al, dl\nmov ah, 0x0E\nint 0x10\ncli\nhlt"
    said = allocator("boot", "--disk", str(raw_disk(tmp_path / "drive", text)), "--floppy")

    assert "note: put on a floppy of 1,440 KiB: drive 00h" in said.out
    assert "\n  0\n" in said.out


def test_a_source_that_does_not_say_its_width_is_of_16_bits(tmp_path: Path) -> None:
    (tmp_path / "plain.asm").write_text("org 0x7c00\npusha\ncli\nhlt\ntimes 510 - ($ - $$) db 0\ndw 0xaa55\n")
    said = allocator("boot", "-s", tmp_path / "plain.asm")
    assert (0, "") == (said.code, said.err)
