from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from oracles import require_nasm

from allocator.assembly.mnemonics import MNEMONICS, suggest
from allocator.assembly.prefixes import PREFIXES


def names_unknown_to_nasm(names: list[str], folder: Path) -> set[str]:
    """NASM says 'instruction expected' of a line whose first word is none."""
    source = folder / "names.asm"
    source.write_text("bits 64\n" + "".join(f"{name} eax, nowhere, nowhere\n" for name in names))
    done = subprocess.run(
        [require_nasm(), "-w-all", "-f", "bin", "-o", str(folder / "out"), str(source)],
        capture_output=True,
        text=True,
        check=False,
    )
    wrong = [line for line in done.stderr.splitlines() if "instruction expected" in line]
    return {names[int(line.split(":")[1]) - 2] for line in wrong}


def test_nasm_knows_every_mnemonic_but_two_names_of_the_manual(tmp_path: Path):
    # `wait` is a prefix to NASM; the two are spelled `o64 sysret` and `o64 sysexit` there.
    assert {"wait", "sysretq", "sysexitq"} == names_unknown_to_nasm(sorted(MNEMONICS), tmp_path)


def test_mnemonics_and_prefixes_are_lower_case():
    assert {name.lower() for name in MNEMONICS | PREFIXES} == MNEMONICS | PREFIXES


def test_no_word_is_both_prefix_and_mnemonic_but_wait():
    assert MNEMONICS & PREFIXES == {"wait"}


@pytest.mark.parametrize(
    ("meant", "written"),
    [
        ("mov", "mvo"), ("lodsb", "lodbs"), ("push", "psuh"), ("ret", "return"), ("mov", "movl"), ("cmp", "cpm"),
        ("movzx", "movxz"), ("jne", "jen"), ("xor", "XRO"), ("call", "callq"),
    ],
)  # fmt: skip
def test_a_misspelt_mnemonic_suggests_the_one_that_was_meant(meant: str, written: str):
    assert suggest(written) == meant


@pytest.mark.parametrize("written", ["zzzzzz", "", "a" * 10_000, "§"])
def test_a_word_like_no_mnemonic_suggests_nothing(written: str):
    assert suggest(written) is None
