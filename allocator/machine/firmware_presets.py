"""Machines by name: firmware maps that real and virtual firmware answered, as data of this package.

The numbers are in ``firmware_presets.json``, one object for each machine:

    "thinkpad-t400": {"kind": "laptop", "about": "one line",
                      "entries": ["0 9ec00 1", ...]}      base and length hexadecimal, then the type

They are what the machine's kernel or boot loader was told, in the order in which it was told.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from importlib.resources import files

from allocator.errors import MachineError
from allocator.machine.region import Region


@dataclass(frozen=True)
class Preset:
    """A machine with a name; `kind` is one word such as laptop or server, `about` one line for people."""

    name: str
    kind: str
    about: str
    entries: tuple[Region, ...]


def is_preset(name: str) -> bool:
    """Tell whether a machine has that name; upper and lower case are the same."""
    return name.lower() in _catalogue()


def preset_names() -> list[str]:
    """Return the names of all machines, sorted."""
    return sorted(_catalogue())


def find_preset(name: str) -> Preset:
    """Return the machine of that name; raises MachineError that suggests near names."""
    preset = _catalogue().get(name.lower())
    if preset is None:
        close = get_close_matches(name[:80].lower(), preset_names(), n=3, cutoff=0.5)
        hint = f"did you mean {' or '.join(close)}?" if close else "allocator e820 --list shows them"
        raise MachineError(f"there is no preset {name[:80]!r}; {hint}")
    return preset


def all_presets() -> list[Preset]:
    """Return all machines, those of a kind together, by name."""
    return sorted(_catalogue().values(), key=lambda preset: (preset.kind, preset.name))


@cache
def _catalogue() -> dict[str, Preset]:
    text = files("allocator.machine").joinpath("firmware_presets.json").read_text(encoding="utf-8")
    return {
        name: Preset(name, fields["kind"], fields["about"], tuple(map(_region, fields["entries"])))
        for name, fields in json.loads(text).items()
    }


def _region(text: str) -> Region:
    base, length, kind = text.split()
    return Region(int(base, 16), int(length, 16), int(kind))
