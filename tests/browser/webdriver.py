"""Drive Chromium as a person would, by the W3C WebDriver protocol that ``chromedriver`` speaks: HTTP with JSON.

Nothing but the standard library: the usual bindings are Apache-2.0, which does not go with our licence. A missing
browser is a visible skip, and a failure where ``CI`` is set.

    browser.open(url)           load a page
    browser.run("return 1")     execute JavaScript in it; the value comes back
    browser.press("n", "End")   keys, to whatever has the focus
    browser.click(".bar button")
    browser.wait("return ...")  until it is true
"""

from __future__ import annotations

import base64
import json
import os
import shutil
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

KEYS = {
    "ArrowLeft": "\ue012", "ArrowUp": "\ue013", "ArrowRight": "\ue014", "ArrowDown": "\ue015",
    "Home": "\ue011", "End": "\ue010", "Enter": "\ue007", "Tab": "\ue004", "Shift": "\ue008", "Escape": "\ue00c",
}  # fmt: skip
_PATIENCE = 30
_ELEMENT = "element-6066-11e4-a52e-4f735466cecf"


class Browser:
    """One session of a browser."""

    def __init__(self, port: int) -> None:
        self._base = f"http://127.0.0.1:{port}"
        options = {"args": ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]}
        options["binary"] = _tool("chromium")
        wanted = {"browserName": "chrome", "goog:chromeOptions": options, "unhandledPromptBehavior": "ignore"}
        answer = self._ask("POST", "/session", {"capabilities": {"alwaysMatch": wanted}})
        self._session = f"/session/{answer['sessionId']}"

    def open(self, url: str) -> None:
        self._do("url", url=url)

    def run(self, script: str, *arguments: object) -> Any:
        return self._do("execute/sync", script=script, args=list(arguments))

    def run_async(self, script: str, *arguments: object) -> Any:
        """Execute the body of an async function, and return what it resolves to."""
        body = (
            f"const done = [...arguments].pop(); (async () => {{{script}}})().then(done, (error) => done(`${{error}}`))"
        )
        return self._do("execute/async", script=body, args=list(arguments))

    def press(self, *keys: str) -> None:
        """Press keys one after the other; ``Shift+x`` holds Shift."""
        actions: list[dict[str, str]] = []
        for key in keys:
            held, _, pressed = key.rpartition("+") if len(key) > 1 else ("", "", key)
            values = [KEYS[name] for name in [held] if name] + [KEYS.get(pressed, pressed)]
            actions += [{"type": "keyDown", "value": value} for value in values]
            actions += [{"type": "keyUp", "value": value} for value in reversed(values)]
        self._do("actions", actions=[{"type": "key", "id": "keyboard", "actions": actions}])

    def click(self, selector: str) -> None:
        """Click in the middle of the first element that matches, with the mouse."""
        found = self._do("element", using="css selector", value=selector)
        self._do(f"element/{found[_ELEMENT]}/click")

    def enter_frame(self, selector: str) -> None:
        """Go on inside of a frame of the page, until another page is opened."""
        self._do("frame", id=self._do("element", using="css selector", value=selector))

    def wait(self, script: str, *arguments: object, patience: float = _PATIENCE) -> Any:
        """Return the value of `script` as soon as it is true; fails after so many seconds."""
        end = time.monotonic() + patience
        while time.monotonic() < end:
            value = self.run(script, *arguments)
            if value:
                return value
            time.sleep(0.02)
        raise AssertionError(f"not within {patience} s: {script}")

    def has_dialog(self) -> bool:
        try:
            self._ask("GET", f"{self._session}/alert/text")
        except AssertionError as error:
            assert "no such alert" in str(error)
            return False
        return True

    def scheme(self, name: str, media: str = "") -> None:
        """Take the theme that a reader prefers, ``light`` or ``dark``; and where: ``print`` is on paper."""
        features = [{"name": "prefers-color-scheme", "value": name}]
        self._do("goog/cdp/execute", cmd="Emulation.setEmulatedMedia", params={"media": media, "features": features})

    def size(self, width: int, height: int) -> None:
        self._do("window/rect", width=width, height=height)

    def screenshot(self, path: Path) -> bytes:
        """Take a picture of the whole page, and keep it in a file."""
        shot = self._do(
            "goog/cdp/execute", cmd="Page.captureScreenshot", params={"format": "png", "captureBeyondViewport": True}
        )
        picture = base64.b64decode(shot["data"])
        path.write_bytes(picture)
        return picture

    def close(self) -> None:
        self._ask("DELETE", self._session)

    def _do(self, command: str, **parameters: object) -> Any:
        return self._ask("POST", f"{self._session}/{command}", parameters)

    def _ask(self, method: str, path: str, body: object = None) -> Any:
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self._base + path, data, {"Content-Type": "application/json"}, method=method)
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as error:
            value = json.load(error)["value"]
            raise AssertionError(f"{path}: {value['error']}: {value['message']}") from None


def _tool(name: str) -> str:
    path = shutil.which(name)
    if path is None:
        missing = pytest.fail if os.environ.get("CI") else pytest.skip
        missing(f"{name} is not installed: nothing to show pages in (Debian: chromium, chromium-driver)")
    return path


@contextmanager
def browsing(log: Path) -> Iterator[Browser]:
    """Start a driver on a free port, and a browser; both end with the block."""
    _tool("chromium")
    with log.open("w+") as output:
        driver = subprocess.Popen([_tool("chromedriver"), "--port=0"], stdout=output, stderr=output)
        browser = None
        try:
            browser = Browser(_port(driver, log))
            yield browser
        finally:
            if browser:
                browser.close()
            driver.terminate()
            driver.wait(10)


def _port(driver: subprocess.Popen[bytes], log: Path) -> int:
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end and driver.poll() is None:
        said = log.read_text()
        if "started successfully on port " in said:
            return int(said.rpartition("on port ")[2].split(".")[0])
        time.sleep(0.02)
    raise AssertionError(f"chromedriver did not start: {log.read_text()}")
