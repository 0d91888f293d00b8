"""Show a trace as one self-contained page with the player, for people without a kernel.

    head    title, styles, a policy that lets no other script run than the one that is meant
    data    the opening and windows of the trace as JSON, in a block that no browser executes
    script  player_state.js, player_panes.js, player.js, and the call that mounts it

Of a long trace the page holds as many windows as fit into `MOST_DATA`: from both ends, or around the steps that
were asked for. The player says where steps are missing.
"""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Iterator, Sequence
from functools import cache
from hashlib import sha256
from html import escape
from pathlib import Path

from allocator.source import printable
from allocator.trace.trace import Trace
from allocator.units import counted
from allocator.views.html_style import themes
from allocator.views.player_data import WINDOW_STEPS, Plain, PlayerData

MOST_DATA = 200_000
"""Bytes of windows that a page holds; the first window is held whatever its size."""
_ROOT = ".allocator-player.allocator-player"
_MOUNT = """
const data = JSON.parse(document.getElementById("trace").textContent);
const root = document.getElementById("player");
await mount(root, data.opening, data.windows, null, data.first);
root.focus({ preventScroll: true });
"""


def player_page(trace: Trace, first: int = 0, end: int | None = None) -> str:
    """Return the page, opened at step `first`; the steps from there to `end`, by default all, matter most."""
    data = PlayerData(trace)
    windows = list(_windows(data, _order(len(trace), first, len(trace) if end is None else end)))
    content = {"opening": data.opening(), "windows": sorted(windows, key=_first), "first": first}
    script = _compact(player_module()) + _MOUNT
    policy = f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{_hash(script)}'"
    title = escape(f"{printable(trace.run.routine)[:100]}: {counted(len(trace), 'step')}")
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{title}</title><style>{_PAGE_STYLE}{_compact(player_style())}</style></head>"
        f'<body><main><h1>{title}</h1><div id="player"></div></main>'
        "<noscript>The player needs JavaScript, which is in this page.</noscript>"
        f'<script type="application/json" id="trace">{_safe_json(content)}</script>'
        f'<script type="module">{script}</script></body></html>\n'
    )


def player_frame(trace: Trace, first: int = 0) -> str:
    """Return the page in a frame, for HTML that is not ours: neither's styles and scripts reach the other's."""
    page = player_page(trace, first).replace("&", "&amp;").replace("'", "&#39;")
    title = escape(f"player of {printable(trace.run.routine)[:100]}")
    style = "width: 100%; height: 940px; border: 0"
    return f"<iframe title='{title}' style='{style}' sandbox='allow-scripts' srcdoc='{page}'></iframe>"


_PAGE_STYLE = (
    ":root{color-scheme:light dark}body{margin:0;background:light-dark(#fff,#171b20);color:light-dark(#1c2128,#e3e8ed)}"
    "h1{font:600 16px system-ui,sans-serif;margin:12px 12px 4px}main{max-width:1500px;margin:auto}"
)


@cache
def player_module() -> str:
    """Return the player as one JavaScript module."""
    return "".join(_asset(name) for name in ("player_state.js", "player_panes.js", "player.js"))


@cache
def player_style() -> str:
    """Return the player's style sheet, with the colours of all displays."""
    return f"{themes(_ROOT)}\n{_asset('player.css')}"


def _asset(name: str) -> str:
    return Path(__file__).with_name(name).read_text(encoding="utf-8")


def _compact(text: str) -> str:
    """Leave out indentation, empty lines and comments that have lines of their own; the rest is as written."""
    lines = (line.strip() for line in text.splitlines())
    return "\n".join(line for line in lines if line and not line.startswith("//"))


def _hash(script: str) -> str:
    return b64encode(sha256(script.encode()).digest()).decode()


def _safe_json(content: Plain) -> str:
    """Return JSON in which nothing can end the block that it stands in."""
    return json.dumps(content, separators=(",", ":")).replace("<", "\\u003c")


def _windows(data: PlayerData, order: Sequence[int]) -> Iterator[Plain]:
    room = MOST_DATA
    for position, step in enumerate(order):
        window = data.window(step)
        room -= len(_safe_json(window))
        if room < 0 and position:
            return
        yield window


def _order(length: int, first: int, end: int) -> list[int]:
    """Return the first step of each window, those that matter most first: both ends of the steps, then inwards."""
    last = max(0, length - 1)
    inner = list(range(first // WINDOW_STEPS, max(first, min(end, last + 1) - 1) // WINDOW_STEPS + 1))
    ordered: list[int] = []
    for near, far in zip(inner, reversed(inner), strict=True):
        ordered += [near, far]
        if len(ordered) > _MOST_WINDOWS:
            break
    outer = [inner[-1] + 1, inner[0] - 1] if len(inner) <= _MOST_WINDOWS else []
    wanted = dict.fromkeys(each for each in ordered + outer if 0 <= each <= last // WINDOW_STEPS)
    return [each * WINDOW_STEPS for each in wanted]


_MOST_WINDOWS = 64


def _first(window: Plain) -> int:
    number: int = window["first"]
    return number
