"""Name what a PC has at ports at which this machine has nothing, for programs that tried them.

    ports without a device here: 0xcf8-0xcff PCI configuration, 0x3f2 floppy controller, 0x5000

Source: Ralf Brown's port list.
"""

from __future__ import annotations

from collections.abc import Iterable

_NAMES = {
    range(0x00, 0x10): "DMA controller", range(0x81, 0x90): "DMA pages", range(0xC0, 0xE0): "DMA controller",
    range(0xF0, 0xF2): "coprocessor", range(0x170, 0x178): "second hard disk channel", range(0x1CE, 0x1D1): "Bochs VBE",
    range(0x200, 0x210): "game port", range(0x220, 0x230): "sound card", range(0x278, 0x280): "printer",
    range(0x2E8, 0x2F0): "serial port 4", range(0x2F8, 0x300): "serial port 2", range(0x376, 0x377): "second hard disk",
    range(0x378, 0x380): "printer", range(0x388, 0x38C): "sound card", range(0x3B0, 0x3C0): "monochrome display",
    range(0x3E8, 0x3F0): "serial port 3", range(0x3F0, 0x3F8): "floppy controller", range(0x510, 0x51C): "QEMU fw_cfg",
    range(0xCF8, 0xD00): "PCI configuration", range(0x8A00, 0x8A02): "Bochs debugger",
    range(0x5658, 0x565A): "VMware", range(0xB2, 0xB4): "system management",
}  # fmt: skip


def port_name(port: int) -> str:
    """Return what a PC has at `port`, or "" where this table does not say."""
    return next((name for ports, name in _NAMES.items() if port in ports), "")


def unanswered_text(ports: Iterable[int]) -> str:
    """Return ports with their names, those of one device in a row as one."""
    runs: list[tuple[int, int, str]] = []
    for port in sorted(ports):
        name = port_name(port)
        if runs and runs[-1][1:] == (port - 1, name):
            runs[-1] = runs[-1][0], port, name
        else:
            runs.append((port, port, name))
    spans = ((f"{first:#x}" if first == last else f"{first:#x}-{last:#x}", name) for first, last, name in runs)
    return ", ".join(f"{span} {name}".rstrip() for span, name in spans)
