"""Run a JupyterLab of its own: a free port, a token, a folder for notebooks, and settings that ask no one anything."""

from __future__ import annotations

import importlib.util
import json
import os
import secrets
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import pytest

_PATIENCE = 60
_NO_NEWS = {"disabledExtensions": {"@jupyterlab/apputils-extension:announcements": True}}


class Lab(NamedTuple):
    """A server that answers at `base`, for those who know the token, and shows the notebooks in `folder`."""

    base: str
    token: str
    folder: Path

    def write_notebook(self, name: str, cells: Sequence[str]) -> str:
        """Write a notebook of code cells without output, and return the address that opens it."""
        made = [
            {"cell_type": "code", "id": f"cell{number}", "source": code, "metadata": {}, "outputs": []}
            for number, code in enumerate(cells)
        ]
        content = {
            "cells": [{**cell, "execution_count": None} for cell in made],
            "metadata": {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}},
            "nbformat": 4,
            "nbformat_minor": 5,
        }
        return self._put(name, json.dumps(content))

    def copy_notebook(self, path: Path) -> str:
        """Take a notebook's file among those that are shown, and return the address that opens it."""
        return self._put(path.name, path.read_text(encoding="utf-8"))

    def _put(self, name: str, content: str) -> str:
        (self.folder / name).write_text(content, encoding="utf-8")
        return f"{self.base}/lab/tree/{name}?reset&token={self.token}"  # without what was open before


@contextmanager
def jupyterlab(folder: Path) -> Iterator[Lab]:
    """Start the server in `folder`; it ends with the block. Without JupyterLab a visible skip, a failure in CI."""
    _require("jupyterlab")
    lab = Lab(f"http://127.0.0.1:{_free_port()}", secrets.token_hex(16), folder / "notebooks")
    lab.folder.mkdir()
    (folder / "config" / "labconfig").mkdir(parents=True)
    (folder / "config" / "labconfig" / "page_config.json").write_text(json.dumps(_NO_NEWS), encoding="utf-8")
    with (folder / "jupyter.log").open("w+") as log:
        server = subprocess.Popen(_command(lab), cwd=folder, env=_environment(folder), stdout=log, stderr=log)
        try:
            _wait(server, lab, folder / "jupyter.log")
            yield lab
        finally:
            server.terminate()
            server.wait(20)


def _require(module: str) -> None:
    if importlib.util.find_spec(module) is None:
        missing = pytest.fail if os.environ.get("CI") else pytest.skip
        missing(f"{module} is not installed: nothing to show a notebook in")


def _command(lab: Lab) -> list[str]:
    port = lab.base.rpartition(":")[2]
    options = [f"--ServerApp.port={port}", "--ServerApp.port_retries=0", f"--ServerApp.root_dir={lab.folder}"]
    options += [f"--IdentityProvider.token={lab.token}", "--allow-root", "--no-browser", "--expose-app-in-browser"]
    return [sys.executable, "-m", "jupyterlab", *options]


def _environment(folder: Path) -> dict[str, str]:
    places = {
        "JUPYTER_CONFIG_DIR": folder / "config",
        "JUPYTER_DATA_DIR": folder / "data",
        "JUPYTER_RUNTIME_DIR": folder / "runtime",
        "IPYTHONDIR": folder / "ipython",
    }
    return {**os.environ, **{name: str(place) for name, place in places.items()}}


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


def _wait(server: subprocess.Popen[bytes], lab: Lab, log: Path) -> None:
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end and server.poll() is None:
        try:
            with urllib.request.urlopen(f"{lab.base}/api?token={lab.token}", timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise AssertionError(f"JupyterLab did not start: {log.read_text()}")
