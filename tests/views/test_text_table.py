"""Tables as text, in as much room as there is."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allocator.views.ink import Ink
from allocator.views.text_table import text_table

HEAD = ("name", "where", "what it is for")
ROWS = [("a", "0..9", "the first of two things"), ("bcd", "10", "")]


def test_columns_are_as_wide_as_their_widest_cell() -> None:
    assert ["name  where  what it is for", "a     0..9   the first of two things", "bcd   10"] == lines(None)


def test_a_table_that_fits_stays_as_it_is() -> None:
    assert lines(None) == lines(36)


def test_the_last_column_is_wrapped_where_enough_is_left_of_it() -> None:
    assert ["name  where  what it is for", "a     0..9   the first of", "             two things", "bcd   10"] == lines(
        28
    )


def test_columns_without_room_go_on_below() -> None:
    assert [
        "name  where",
        "    what it is for",
        "a     0..9",
        "    the first of two",
        "    things",
        "bcd   10",
    ] == lines(20)


def test_a_table_says_which_columns_stay_together() -> None:
    found = text_table(HEAD, ROWS, width=34, above=1).splitlines()
    assert ["name", "    where  what it is for", "a", "    0..9   the first of two things", "bcd", "    10"] == found


def test_the_head_is_painted_in_all_its_lines() -> None:
    assert 2 == text_table(HEAD, ROWS, Ink(is_on=True), 20).count("\x1b[1m")


def lines(width: int | None) -> list[str]:
    return text_table(HEAD, ROWS, width=width).splitlines()


@pytest.mark.parametrize("above", [None, 1, 2])
@given(rows=st.lists(st.tuples(*[st.text("ab c", max_size=20)] * 3), min_size=1, max_size=4), width=st.integers(30, 90))
def test_no_word_is_lost_and_no_line_is_too_wide(rows, width: int, above: int | None) -> None:
    found = text_table(HEAD, rows, width=width, above=above)
    words = " ".join([*HEAD, *(cell for row in rows for cell in row)]).split()
    assert sorted(words) == sorted(re.split(r"\s+", found.strip()))
    assert all(len(line) <= width for line in found.splitlines())
