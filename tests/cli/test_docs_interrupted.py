"""Ctrl-C while the pages are made."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(os.name != "posix", reason="a notebook's kernel signals its parent")
pytest.importorskip("nbclient")

PROGRAM = """
import sys
from pathlib import Path
from allocator import notebook_pages
from allocator.__main__ import main
found = (notebook_pages.Walkthrough(Path(sys.argv[1]), "title", "question"),)
notebook_pages.walkthroughs = lambda: found
sys.exit(main(["docs", "-o", sys.argv[2]]))
"""
CELL = "import os, signal, time; os.kill(os.getppid(), signal.SIGINT); time.sleep(100)"


def test_ctrl_c_in_the_middle_of_a_notebook_ends_quietly_and_leaves_no_page(tmp_path: Path) -> None:
    cell: dict[str, object] = {
        "cell_type": "code",
        "id": "a",
        "metadata": {},
        "execution_count": None,
        "outputs": [],
        "source": CELL,
    }
    path = tmp_path / "01-long.ipynb"
    path.write_text(json.dumps({"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}))
    command = [sys.executable, "-c", PROGRAM, str(path), str(tmp_path / "site")]

    finished = subprocess.run(command, capture_output=True, text=True, timeout=90, check=False)

    assert (130, "", "") == (finished.returncode, finished.stdout, finished.stderr)
    assert [] == list((tmp_path / "site").iterdir())
