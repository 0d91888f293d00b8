"""What the tests of verbs share."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from commands import run_e820


@pytest.fixture
def printed(capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    """Run the verb ``e820``, which goes well, and return what it printed."""

    def call(*words: str) -> str:
        assert 0 == run_e820(*words)
        return capsys.readouterr().out

    return call
