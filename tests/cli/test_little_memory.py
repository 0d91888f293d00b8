"""A system with too little memory is no defect of ours."""

from __future__ import annotations

import pytest
from commands import allocator


def _exhaust(_words: object) -> None:
    raise MemoryError


def test_too_little_memory_is_an_error_with_a_hint(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("allocator.cli.parser.parse", _exhaust)

    said = allocator("run", "f")

    assert (2, "") == (said.code, said.out)
    assert "error: there is not enough memory for this\nhint: a smaller --limit records less\n" == said.err
