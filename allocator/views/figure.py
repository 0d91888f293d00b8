"""Draw boxes and arrows as inline SVG, in the colours of `html_style`.

Lengths are pixels; a letter is 7.3 wide. Colours are those of the text around, so that a figure can be read in both
themes.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from allocator.source import printable

LETTER = 7.3
LINE = 16


def width_of(lines: Sequence[str]) -> int:
    """Return how wide the longest of these texts is."""
    return int(LETTER * max((len(line) for line in lines), default=0)) + 16


def figure(width: int, height: int, label: str, parts: Sequence[str]) -> str:
    """Return a figure; `label` is read aloud in its place."""
    return (
        f'<svg width="{width}" height="{height}" viewBox="0 0 {width} {height}" role="img" '
        f'aria-label="{escape(printable(label))}">{"".join(parts)}</svg>'
    )


def words(x: int, y: int, text: str, colour: str = "ink", anchor: str = "start") -> str:
    """Return one line of text, its base line at `y`."""
    shown = escape(printable(text))
    return f'<text x="{x}" y="{y}" text-anchor="{anchor}" style="fill: var(--{colour})">{shown}</text>'


def box(x: int, y: int, width: int, lines: Sequence[str], *, colour: str = "line", ground: str = "ground") -> str:
    """Return a frame around lines of text, the first at the top."""
    height = LINE * len(lines) + 8
    frame = (
        f'<rect x="{x}" y="{y}" width="{width}" height="{height}" '
        f'style="fill: var(--{ground}); stroke: var(--{colour})"/>'
    )
    return frame + "".join(words(x + 8, y + LINE * (place + 1), line) for place, line in enumerate(lines))


def arrow(*points: tuple[int, int]) -> str:
    """Return a line through `points` with a head at its end; the last part runs right or down."""
    (_, before_y), (x, y) = points[-2:]
    head = f"{x - 6},{y - 4} {x},{y} {x - 6},{y + 4}" if y == before_y else f"{x - 4},{y - 6} {x},{y} {x + 4},{y - 6}"
    path = " ".join(f"{a},{b}" for a, b in points)
    style = 'style="fill: none; stroke: var(--faint)"'
    return f'<polyline points="{path}" {style}/><polyline points="{head}" {style}/>'
