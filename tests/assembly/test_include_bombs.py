"""What a source includes again and again, and how many lines it has, is bounded in all."""

from __future__ import annotations

from pathlib import Path

import pytest

from allocator.assembly.assembler import assemble
from allocator.errors import AssemblyError


def test_a_large_file_that_is_included_a_thousand_times_does_not_fill_memory(tmp_path: Path) -> None:
    line = f";{'x' * 60_000}\n"
    (tmp_path / "large.inc").write_text(line * 270)
    (tmp_path / "main.asm").write_text('%include "large.inc"\n' * 900)

    with pytest.raises(AssemblyError, match="larger than 64 MiB") as refused:
        assemble(tmp_path / "main.asm")

    assert "main.asm:5:10" == str(refused.value.span)


@pytest.mark.parametrize("text", ["\n" * 1_000_001, "%if 0\n" + "\n" * 1_000_001 + "%endif"], ids=["empty", "skipped"])
def test_lines_without_anything_are_counted_as_well(text: str) -> None:
    with pytest.raises(AssemblyError, match="more than 1,000,000 lines"):
        assemble(text=text)
