"""Compare a text with the one that was reviewed: ``tests/**/golden/*.txt``.

``ALLOCATOR_GOLDEN=write pytest ...`` rewrites the files; look at the difference before you commit it.
"""

from __future__ import annotations

import os
from pathlib import Path

VARIABLE = "ALLOCATOR_GOLDEN"


def assert_golden(text: str, path: Path) -> None:
    """Fail unless `text` is exactly what the file holds."""
    if os.environ.get(VARIABLE) == "write":
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == text
