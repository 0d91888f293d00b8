"""Lines of a source, as they are numbered and as they are shown."""

from __future__ import annotations

import pytest

from allocator.source import Source


@pytest.mark.parametrize(
    ("text", "shown"),
    [("", ()), ("ret", ("ret",)), ("ret\n", ("ret",)), ("ret\n\n", ("ret", "")), ("nop\r\nret\r\n", ("nop", "ret"))],
)
def test_the_end_of_the_last_line_begins_no_line_that_is_shown(text: str, shown: tuple[str, ...]) -> None:
    assert shown == Source("t.asm", text).shown_lines


def test_a_line_past_the_end_is_empty() -> None:
    assert ["ret", ""] == [Source("t.asm", "ret").line(1), Source("t.asm", "ret").line(2)]
