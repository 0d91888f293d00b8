"""Be the registers of a VGA: the cursor's place, the palette, and the status that programs wait for.

    3C0h 3C1h  attributes, index and data by turns       3D4h 3D5h  CRT controller: 0Ah 0Bh the cursor's shape,
    3C2h 3CCh  miscellaneous output                                 0Ch 0Dh first cell shown, 0Eh 0Fh the cursor's cell
    3C4h 3C5h  sequencer                                 3DAh       status: bit 0 no picture, bit 3 vertical retrace
    3C7h-3C9h  palette: index, then red, green, blue     3CEh 3CFh  graphics controller

Registers are kept and given back; none of them changes what memory means. Time is not modelled: the status is another
one whenever it is looked at, so that loops that wait for a retrace, or for its end, come to theirs.
Not modelled: planes, split screens, scrolling by the first cell, the monochrome ports (3B4h), 3C6h's mask.
Source: IBM VGA technical reference, "VGA Registers"; the values are those that firmware sets for text in 80 columns.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

CURSOR_HIGH, CURSOR_LOW = 0x0E, 0x0F
ATTRIBUTES, PALETTE_READ, PALETTE_WRITE, PALETTE, STATUS = 0x3C0, 0x3C7, 0x3C8, 0x3C9, 0x3DA
MISCELLANEOUS_WRITE, MISCELLANEOUS = 0x3C2, 0x3CC
_RETRACE = 0x09
_INDEXED = (0x3C4, 0x3CE, 0x3D4)
"""Ports of an index; the data is behind it."""
_FILE_SIZE = 32
_CRT = bytes.fromhex("5f4f50825581bf1f004f0d0e000000009c8e8f281f96b9a3ff")
_GRAPHICS = bytes.fromhex("0000000000100e00ff")
_SEQUENCER = bytes.fromhex("0300030002")


class VgaState(NamedTuple):
    """Registers by the port of their index, the indices, and what the status said last.

    ``component`` is the next byte of the palette; ``is_data`` whether the attributes' next byte is data.
    """

    files: Mapping[int, bytes]
    indices: Mapping[int, int]
    palette: bytes = bytes(3 * 256)
    component: int = 0
    miscellaneous: int = 0x67
    status: int = 0
    is_data: bool = False


class Vga:
    """Ports 3C0h to 3CFh, 3D4h, 3D5h and 3DAh."""

    ports = (*range(0x3C0, 0x3D0), 0x3D4, 0x3D5, STATUS)

    def __init__(self) -> None:
        contents = {0x3C4: _SEQUENCER, 0x3CE: _GRAPHICS, 0x3D4: _CRT, ATTRIBUTES: b""}
        files = {port: content.ljust(_FILE_SIZE, b"\0") for port, content in contents.items()}
        self.state = VgaState(files, dict.fromkeys(files, 0))

    @property
    def cursor(self) -> int:
        """The cell that the cursor is in, counted from the first one of the screen."""
        crt = self.state.files[0x3D4]
        return crt[CURSOR_HIGH] << 8 | crt[CURSOR_LOW]

    def place_cursor(self, cell: int) -> None:
        """Put the cursor into a cell, as firmware does."""
        self._store(0x3D4, CURSOR_HIGH, cell >> 8 & 0xFF)
        self._store(0x3D4, CURSOR_LOW, cell & 0xFF)

    def read(self, port: int) -> int:
        """Return a register, the next byte of the palette, or a status that has changed."""
        state = self.state
        if port == STATUS:
            self.state = state._replace(status=state.status ^ _RETRACE, is_data=False)
            return self.state.status
        if port in state.indices:
            return state.indices[port]
        if port - 1 in state.indices:
            return state.files[port - 1][state.indices[port - 1] % _FILE_SIZE]
        if port == PALETTE:
            self.state = state._replace(component=(state.component + 1) % len(state.palette))
            return state.palette[state.component]
        return {PALETTE_WRITE: state.component // 3, MISCELLANEOUS: state.miscellaneous}.get(port, 0)

    def write(self, port: int, value: int) -> None:
        """Set a register, an index, or the next byte of the palette."""
        state = self.state
        if port == ATTRIBUTES:
            self._write_attribute(value)
        elif port in _INDEXED:
            self.state = state._replace(indices={**state.indices, port: value})
        elif port - 1 in _INDEXED:
            self._store(port - 1, state.indices[port - 1], value)
        elif port in (PALETTE_READ, PALETTE_WRITE):
            self.state = state._replace(component=3 * value)
        elif port == PALETTE:
            self._write_palette(value)
        elif port == MISCELLANEOUS_WRITE:
            self.state = state._replace(miscellaneous=value)

    def _write_attribute(self, value: int) -> None:
        state = self.state
        if state.is_data:
            self._store(ATTRIBUTES, state.indices[ATTRIBUTES], value)
        else:
            self.state = state._replace(indices={**state.indices, ATTRIBUTES: value})
        self.state = self.state._replace(is_data=not state.is_data)

    def _write_palette(self, value: int) -> None:
        state, place = self.state, self.state.component
        palette = state.palette[:place] + bytes([value & 0x3F]) + state.palette[place + 1 :]
        self.state = state._replace(palette=palette, component=(place + 1) % len(palette))

    def _store(self, port: int, index: int, value: int) -> None:
        content = bytearray(self.state.files[port])
        content[index % _FILE_SIZE] = value
        self.state = self.state._replace(files={**self.state.files, port: bytes(content)})
