"""Every form of every instruction, compared with what the real assembler makes of it.

`tests/corpus/instructions-*.asm` hold a line for each form: mnemonic by kind and size of operands, all addressing
forms, all prefixes. The comparison is made three ways: the same bytes, the same length, the same disassembly.
"""

from __future__ import annotations

import re
import subprocess
from collections import Counter
from pathlib import Path

import pytest
from oracles import require_nasm

from allocator.assembly.assembler import assemble
from allocator.instructions.disassembly import decode

CORPUS = Path(__file__).parents[1] / "corpus"
_LISTED = re.compile(r" *(\d+) ([0-9A-F]{8}) ([0-9A-F()\[\]]+)-?")


def nasm_by_line(source: Path, folder: Path) -> dict[int, tuple[int, bytes]]:
    """Address and bytes of each line, as NASM's listing gives them."""
    binary, listing = folder / "out.bin", folder / "out.lst"
    command = [require_nasm(), "-w-all", "-f", "bin", "-o", str(binary), "-l", str(listing), str(source)]
    subprocess.run(command, check=True, timeout=120)
    sizes: dict[int, list[int]] = {}
    for line in listing.read_text().splitlines():
        if match := _LISTED.match(line):
            found = sizes.setdefault(int(match[1]), [int(match[2], 16), 0])
            found[1] += len(re.sub("[^0-9A-F]", "", match[3])) // 2
    code = binary.read_bytes()
    return {line: (address, code[address : address + size]) for line, (address, size) in sizes.items()}


@pytest.mark.parametrize("kind", ["16", "32", "64", "avx-64"])
def test_every_form_has_the_bytes_that_nasm_gives_it(kind: str, tmp_path: Path, record_property):
    source, bits = CORPUS / f"instructions-{kind}.asm", int(kind[-2:])
    theirs = nasm_by_line(source, tmp_path)
    image = assemble(source)
    (segment,) = image.segments
    ours = {line.line: segment.data[line.address : line.address + line.size] for line in image.lines}
    table: Counter[str] = Counter()
    different = []
    for number, (address, expected) in theirs.items():
        same = compared(expected, ours[number], bits, address)
        table[same] += 1
        if same != "same bytes":
            different.append((source.read_text().splitlines()[number - 1].strip(), expected.hex(), ours[number].hex()))
    print(f"{kind}: {len(theirs)} forms, {dict(table)}")
    record_property("conformance", dict(table))
    assert different == []


def compared(theirs: bytes, ours: bytes, bits: int, address: int) -> str:
    """The most that holds of two encodings."""
    if theirs == ours:
        return "same bytes"
    if decode(theirs, bits, address).text != decode(ours, bits, address).text:
        return "different"
    return "same length" if len(theirs) == len(ours) else "same disassembly"
