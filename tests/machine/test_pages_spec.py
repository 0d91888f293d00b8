"""The page map as it is written after ``--pages``."""

from __future__ import annotations

import pytest

from allocator.addresses import PAGE_MAP_PAGES
from allocator.errors import UsageError
from allocator.machine.pages_spec import parse_pages_spec


@pytest.mark.parametrize(
    ("spec", "states"),
    [
        ("used:0 free:1-3", b"\2\1\1\1"),
        ("used:0 free:1-3 used:2", b"\2\1\2\1"),
        ("free:2", b"\0\0\1"),
        ("free:0-3 absent:2-3", b"\1\1"),
        ("used:0,free:1-2", b"\2\1\1"),
        ("free:0x10", 16 * b"\0" + b"\1"),
        ("absent:0", b""),
    ],
)
def test_a_page_map_from_runs(spec, states):
    assert states == parse_pages_spec(spec)


@pytest.mark.parametrize(
    "spec",
    [
        "",
        "free",
        "free:",
        "fre:1",
        "free:3-1",
        "free:-1",
        "free:1-",
        "free:131072",
        "used:x",
        "free:1-2-3",
        ":1",
        "@",
        "@/nowhere",
    ],
)
def test_a_page_map_that_makes_no_sense_is_a_usage_error(spec):
    with pytest.raises(UsageError):
        parse_pages_spec(spec)


def test_a_page_map_from_a_file(tmp_path):
    (tmp_path / "map").write_bytes(b"\2\1\1\0\0")
    assert b"\2\1\1" == parse_pages_spec(f"@{tmp_path / 'map'}")


def test_a_page_map_file_that_is_too_long_is_a_usage_error(tmp_path):
    (tmp_path / "map").write_bytes(bytes(PAGE_MAP_PAGES + 1))
    with pytest.raises(UsageError, match="at most 131,072 bytes"):
        parse_pages_spec(f"@{tmp_path / 'map'}")
