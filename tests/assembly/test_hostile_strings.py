"""Escapes that name no character."""

from __future__ import annotations

import pytest

from allocator.assembly.assembler import assemble
from allocator.errors import AssemblyError


@pytest.mark.parametrize("escape", [r"\U00110000", r"\U7fffffff", r"\Uffffffff", r"\ud800"])
def test_an_escape_beyond_all_characters_is_an_error_at_its_string(escape: str) -> None:
    with pytest.raises(AssemblyError, match="no encoding in UTF-8") as refused:
        assemble(text=f"db `{escape}`")

    assert (1, 4) == (refused.value.span.line, refused.value.span.column) if refused.value.span else False
