"""Show text: INT 10h, on a screen of 80 or 40 columns and 25 rows in video memory at B8000h, and on the console.

    00h mode    01h cursor's shape   02h 03h cursor's place   05h page      06h 07h scroll up and down
    08h read    09h 0Ah write        0Ch 0Dh a pixel          0Eh teletype  0Fh mode   12h 1Ah which adapter
    13h string

- A cell is a character and its attribute. What is written by 09h, 0Ah, 0Eh and 13h is said on the console as well.
- In graphics the characters are said and not drawn. Mode 13h has its 320 x 200 pixels at A0000h, a byte each.

Not modelled: pixels in other graphics modes, pages other than 0, fonts, palettes, VBE. Other functions
change nothing, as with SeaBIOS.
Source: Ralf Brown's Interrupt List, INT 10h; SeaBIOS's vgabios.
"""

from __future__ import annotations

from collections.abc import Callable

from allocator.machine.bios_call import Board, Guest, Interrupt, ignore, linear
from allocator.machine.bios_data_area import CURSOR, CURSOR_SHAPE, VIDEO_COLUMNS, VIDEO_MODE

SCREEN = 0xB8000
COLUMNS, ROWS = 80, 25
USUAL_ATTRIBUTE = 0x07
"""Light grey on black."""
BLANK_SCREEN = bytes([0x20, USUAL_ATTRIBUTE]) * COLUMNS * ROWS
PIXELS, PIXELS_ACROSS, PIXELS_DOWN = 0xA0000, 320, 200
"""Graphics memory of mode 13h."""

BELL, BACKSPACE, LINE_FEED, CARRIAGE_RETURN = 7, 8, 10, 13
_NARROW_MODES = frozenset({0x00, 0x01, 0x04, 0x05, 0x0D, 0x13})
"""Modes with 40 columns."""
_TEXT_MODES = frozenset({0x00, 0x01, 0x02, 0x03, 0x07})
_BYTE_GRAPHICS = 0x13
_KEEP_SCREEN = 0x80
_SHADES = " .:*#"
_MOST_REPEATED = COLUMNS * ROWS

_PICTURES = dict(enumerate(" ☺☻♥♦♣♠•◘○◙♂♀♪♫☼►◄↕‼¶§▬↨↑↓→←∟↔▲▼")) | {0x7F: "⌂", 0xA0: " "}
"""What a screen shows of characters that are none in text."""

Read = Callable[[int, int], bytes]
"""Gives memory by address and size."""


def screen_lines(read: Read) -> list[str]:
    """Return the text on the screen, row by row, without blanks at the end of rows and of the screen.

    There is none in graphics modes.
    """
    if not _is_text(read):
        return []
    columns = _columns(read)
    text = bytes(read(SCREEN, 2 * columns * ROWS)[::2]).decode("cp437").translate(_PICTURES)
    rows = [text[start : start + columns].rstrip() for start in range(0, len(text), columns)]
    while rows and not rows[-1]:
        rows.pop()
    return rows


def picture_lines(read: Read) -> list[str]:
    """Return what mode 13h shows in 80 columns and 25 rows, the darker the more of a field's pixels are not 0."""
    if read(VIDEO_MODE, 1)[0] != _BYTE_GRAPHICS:
        return []
    pixels = read(PIXELS, PIXELS_ACROSS * PIXELS_DOWN)
    wide, high = PIXELS_ACROSS // COLUMNS, PIXELS_DOWN // ROWS
    rows = (pixels[start : start + high * PIXELS_ACROSS] for start in range(0, len(pixels), high * PIXELS_ACROSS))
    return ["".join(_shade(row, wide * column, wide) for column in range(COLUMNS)).rstrip() for row in rows]


def _shade(row: bytes, left: int, wide: int) -> str:
    lines = (row[start + left : start + left + wide] for start in range(0, len(row), PIXELS_ACROSS))
    field = b"".join(lines)
    return _SHADES[-(-(len(field) - field.count(0)) * (len(_SHADES) - 1) // len(field))]


def set_mode(board: Board, guest: Guest) -> None:
    """00h: set mode AL, and blank the screen unless bit 7 is set."""
    mode = guest.get("al")
    columns = 40 if mode & 0x7F in _NARROW_MODES else COLUMNS
    guest.write(VIDEO_MODE, bytes([mode & 0x7F]) + columns.to_bytes(2, "little"))
    _place_cursor(board, guest, 0, 0)
    if not mode & _KEEP_SCREEN:
        guest.write(SCREEN, BLANK_SCREEN)
        if mode & 0x7F == _BYTE_GRAPHICS:
            guest.write(PIXELS, bytes(PIXELS_ACROSS * PIXELS_DOWN))
    guest.set("al", 0x30 if mode & 0x7F < 8 else 0x20)


def set_cursor_shape(_board: Board, guest: Guest) -> None:
    """01h: CX is the cursor's shape."""
    guest.write(CURSOR_SHAPE, guest.get("cx").to_bytes(2, "little"))


def place_cursor(board: Board, guest: Guest) -> None:
    """02h: DH, DL are row and column."""
    if guest.get("bh") == 0:
        _place_cursor(board, guest, guest.get("dh"), guest.get("dl"))


def tell_cursor(_board: Board, guest: Guest) -> None:
    """03h: DH, DL = row and column, CX = shape."""
    guest.set("cx", int.from_bytes(guest.read(CURSOR_SHAPE, 2), "little"))
    guest.set("dx", int.from_bytes(guest.read(CURSOR, 2), "little"))


def scroll_up(_board: Board, guest: Guest) -> None:
    """06h: scroll the window CH, CL to DH, DL up by AL rows, 0 for all; BH fills."""
    _scroll_window(guest, up=True)


def scroll_down(_board: Board, guest: Guest) -> None:
    """07h: like 06h, downwards."""
    _scroll_window(guest, up=False)


def read_cell(_board: Board, guest: Guest) -> None:
    """08h: AL, AH = character and attribute at the cursor."""
    guest.set("ax", int.from_bytes(guest.read(_cell(guest, *_cursor(guest)), 2), "little"))


def write_cells(board: Board, guest: Guest) -> None:
    """09h: write AL with attribute BL CX times from the cursor on, which stays."""
    _write_repeated(board, guest, bytes([guest.get("al"), guest.get("bl")]))


def write_characters(board: Board, guest: Guest) -> None:
    """0Ah: like 09h, attributes stay."""
    _write_repeated(board, guest, bytes([guest.get("al")]))


def teletype(board: Board, guest: Guest) -> None:
    """0Eh: write AL at the cursor and advance; bell, backspace, line feed and carriage return do what they say."""
    board.devices.console.hear("screen", bytes([guest.get("al")]))
    _type(board, guest, guest.get("al"))


def tell_mode(_board: Board, guest: Guest) -> None:
    """0Fh: AH = columns, AL = mode, BH = page."""
    guest.set("ah", _columns(guest.read))
    guest.set("al", guest.read(VIDEO_MODE, 1)[0])
    guest.set("bh", 0)


def tell_adapter_memory(_board: Board, guest: Guest) -> None:
    """12h, BL = 10h: a colour adapter with 256 KiB."""
    if guest.get("bl") == 0x10:
        guest.set("bx", 0x0003)
        guest.set("cx", 0x0009)


def write_string(board: Board, guest: Guest) -> None:
    """13h: write CX characters of ES:BP at DH, DL with attribute BL; bit 1 of AL: attributes are in the string.

    Bit 0 of AL: the cursor goes along.
    """
    mode, before = guest.get("al"), _cursor(guest)
    size = min(guest.get("cx"), _MOST_REPEATED) * (2 if mode & 2 else 1)
    string = guest.read(linear(guest, "es", guest.get("bp")), size)
    characters = string[::2] if mode & 2 else string
    attributes = string[1::2] if mode & 2 else bytes([guest.get("bl")]) * len(string)
    _place_cursor(board, guest, guest.get("dh"), guest.get("dl"))
    for character, attribute in zip(characters, attributes, strict=True):
        _type(board, guest, character, attribute)
    board.devices.console.hear("screen", characters)
    if not mode & 1:
        _place_cursor(board, guest, *before)


def tell_adapter(_board: Board, guest: Guest) -> None:
    """1A00h: BX = 8, a VGA with a colour display."""
    guest.set("bx", 0x0008)
    guest.set("al", 0x1A)


def write_pixel(_board: Board, guest: Guest) -> None:
    """0Ch: the pixel at column CX and row DX gets colour AL."""
    place = _pixel(guest)
    if place is not None:
        guest.write(place, bytes([guest.get("al")]))


def read_pixel(_board: Board, guest: Guest) -> None:
    """0Dh: AL = the colour of the pixel at column CX and row DX."""
    place = _pixel(guest)
    if place is not None:
        guest.set("al", guest.read(place, 1)[0])


def _pixel(guest: Guest) -> int | None:
    """Return the address of the pixel that CX and DX name; None outside of the picture, and in other modes."""
    column, row = guest.get("cx"), guest.get("dx")
    is_there = column < PIXELS_ACROSS and row < PIXELS_DOWN and guest.read(VIDEO_MODE, 1)[0] == _BYTE_GRAPHICS
    return PIXELS + row * PIXELS_ACROSS + column if is_there else None


def _type(board: Board, guest: Guest, character: int, attribute: int | None = None) -> None:
    row, column = _cursor(guest)
    if character == BACKSPACE:
        column = max(0, column - 1)
    elif character == LINE_FEED:
        row += 1
    elif character == CARRIAGE_RETURN:
        column = 0
    elif character != BELL:
        if _is_text(guest.read):
            cell = bytes([character] if attribute is None else [character, attribute])
            guest.write(_cell(guest, row, column), cell)
        column += 1
    if column >= _columns(guest.read):
        row, column = row + 1, 0
    if row >= ROWS:
        _scroll(guest, 1, (0, 0), (ROWS - 1, _columns(guest.read) - 1), USUAL_ATTRIBUTE)
        row = ROWS - 1
    _place_cursor(board, guest, row, column)


def _write_repeated(board: Board, guest: Guest, cell: bytes) -> None:
    board.devices.console.hear("screen", cell[:1] * min(guest.get("cx"), _MOST_REPEATED))
    if not _is_text(guest.read):
        return
    address = _cell(guest, *_cursor(guest))
    count = min(guest.get("cx"), (SCREEN + len(BLANK_SCREEN) - address) // 2)
    cells = bytearray(guest.read(address, 2 * count))
    for place, value in enumerate(cell):
        cells[place::2] = bytes([value]) * count
    guest.write(address, bytes(cells))


def _scroll_window(guest: Guest, up: bool) -> None:
    top = guest.get("ch"), guest.get("cl")
    bottom = min(guest.get("dh"), ROWS - 1), min(guest.get("dl"), _columns(guest.read) - 1)
    lines = guest.get("al")
    if top[0] > bottom[0] or top[1] > bottom[1]:
        return
    _scroll(guest, lines if up else -lines, top, bottom, guest.get("bh"))


def _scroll(guest: Guest, lines: int, top: tuple[int, int], bottom: tuple[int, int], attribute: int) -> None:
    """Move a window up by `lines` (down if negative), all of it for 0; what comes free is blank."""
    if not _is_text(guest.read):
        return
    height, width = bottom[0] - top[0] + 1, bottom[1] - top[1] + 1
    rows = [guest.read(_cell(guest, top[0] + row, top[1]), 2 * width) for row in range(height)]
    blank = bytes([0x20, attribute]) * width
    distance = lines or height
    for row in range(height):
        origin = row + distance
        guest.write(_cell(guest, top[0] + row, top[1]), rows[origin] if 0 <= origin < height else blank)


def _is_text(read: Read) -> bool:
    return read(VIDEO_MODE, 1)[0] in _TEXT_MODES


def _columns(read: Read) -> int:
    """Return how many columns the screen has, whatever a program stored there."""
    return 40 if int.from_bytes(read(VIDEO_COLUMNS, 2), "little") == 40 else COLUMNS


def _cursor(guest: Guest) -> tuple[int, int]:
    """Return row and column, on the screen whatever a program stored there."""
    column, row = guest.read(CURSOR, 2)
    return min(row, ROWS - 1), min(column, _columns(guest.read) - 1)


def _place_cursor(board: Board, guest: Guest, row: int, column: int) -> None:
    guest.write(CURSOR, bytes([column, row]))
    board.devices.vga.place_cursor(row * _columns(guest.read) + column)


def _cell(guest: Guest, row: int, column: int) -> int:
    return SCREEN + 2 * (row * _columns(guest.read) + column)


VIDEO = Interrupt(
    "text on the screen",
    {
        0x00: set_mode,
        0x01: set_cursor_shape,
        0x02: place_cursor,
        0x03: tell_cursor,
        0x06: scroll_up,
        0x07: scroll_down,
        0x08: read_cell,
        0x09: write_cells,
        0x0A: write_characters,
        0x0C: write_pixel,
        0x0D: read_pixel,
        0x0E: teletype,
        0x0F: tell_mode,
        0x12: tell_adapter_memory,
        0x13: write_string,
        0x1A00: tell_adapter,
    },
    ignore,
)
