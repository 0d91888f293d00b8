"""A firmware map is found in every form that people have at hand; what is none gets one clear error."""

from __future__ import annotations

import os
import threading

import pytest

from allocator.errors import MachineError
from allocator.machine.firmware_file import MAX_LOG_BYTES, read_descriptor
from allocator.machine.firmware_map import FirmwareMap, Region
from allocator.machine.region import SOFT_RESERVED

SMALL = (Region(0, 0x9FC00, 1), Region(0x9FC00, 0x400, 2), Region(0x100000, 0x3F00000, 1))

NEW = """\
BIOS-e820: [mem 0x0000000000000000-0x000000000009fbff] usable
BIOS-e820: [mem 0x000000000009fc00-0x000000000009ffff] reserved
BIOS-e820: [mem 0x0000000000100000-0x0000000003ffffff] usable
"""

FORMS = {
    "Linux": NEW,
    "Linux before 3.5": """\
 BIOS-e820: 0000000000000000 - 000000000009fc00 (usable)
 BIOS-e820: 000000000009fc00 - 00000000000a0000 (reserved)
 BIOS-e820: 0000000000100000 - 0000000004000000 (usable)
""",
    "Linux 2.4 without parentheses": """\
 BIOS-e820: 0000000000000000 - 000000000009fc00 (usable)
 BIOS-e820: 000000000009fc00 - 00000000000a0000 type 2
 BIOS-e820: 0000000000100000 - 0000000004000000 (usable)
""",
    "Linux 2.2": """\
 BIOS-e820: 0009fc00 @ 00000000 (usable)
 BIOS-e820: 00000400 @ 0009fc00 (reserved)
 BIOS-e820: 03f00000 @ 00100000 (usable)
""",
    "Linux 7": """\
BIOS-e820: [mem 0x0000000000000000-0x000000000009fbff]  System RAM
BIOS-e820: [mem 0x000000000009fc00-0x000000000009ffff]  device reserved
BIOS-e820: [gap 0x00000000000a0000-0x00000000000fffff]
BIOS-e820: [mem 0x0000000000100000-0x0000000003ffffff]  System RAM
""",
    "Linux with sizes": """\
BIOS-e820: [mem 0x0000000000000000-0x000000000009fbff]  639   KB System RAM
BIOS-e820: [mem 0x000000000009fc00-0x000000000009ffff]    1   KB device reserved
BIOS-e820: [mem 0x0000000000100000-0x0000000003ffffff]   63.0 MB kernel usable RAM
""",
    "E801": """\
 BIOS-e801: 0000000000000000 - 000000000009fc00 (usable)
 BIOS-e801: 000000000009fc00 - 00000000000a0000 (reserved)
 BIOS-e801: 0000000000100000 - 0000000004000000 (usable)
""",
    "88h": """\
 BIOS-88: 0009fc00 @ 00000000 (usable)
 BIOS-88: 00000400 @ 0009fc00 (reserved)
 BIOS-88: 03f00000 @ 00100000 (usable)
""",
    "FreeBSD": """\
SMAP type=01 base=0000000000000000 len=000000000009fc00
SMAP type=02 base=000000000009fc00 len=0000000000000400
SMAP type=01 base=0000000000100000 len=0000000003f00000
""",
    "old FreeBSD": """\
SMAP type=01 base=00000000 00000000 len=00000000 0009fc00
SMAP type=02 base=00000000 0009fc00 len=00000000 00000400
SMAP type=01 base=00000000 00100000 len=00000000 03f00000
""",
    "SeaBIOS": """\
e820 map has 3 items:
  0: 0000000000000000 - 000000000009fc00 = 1 RAM
  1: 000000000009fc00 - 00000000000a0000 = 2 RESERVED
  2: 0000000000100000 - 0000000004000000 = 1 RAM
""",
    "Xen": """\
(XEN) Xen-e820 RAM map:
(XEN)  0000000000000000 - 000000000009fc00 (usable)
(XEN)  000000000009fc00 - 00000000000a0000 (reserved)
(XEN)  0000000000100000 - 0000000004000000 (usable)
""",
    "Xen with times": """\
(XEN) [0000001b4a3297f3]  [0000000000000000, 000000000009fbff] (usable)
(XEN) [0000001b4dd165de]  [000000000009fc00, 000000000009ffff] (reserved)
(XEN) [2026-01-02 03:04:05]  [0000000000100000, 0000000003ffffff] (usable)
""",
    "hvmloader": """\
(d1) E820 table:
(d1)  [00]: 00000000:00000000 - 00000000:0009fc00: RAM
(d1)  [01]: 00000000:0009fc00 - 00000000:000a0000: RESERVED
(d1)  HOLE: 00000000:000a0000 - 00000000:00100000
(d1)  [02]: 00000000:00100000 - 00000000:04000000: RAM
""",
    "coreboot": """\
 0. 0000000000000000-000000000009fbff: RAM
 1. 000000000009fc00-000000000009ffff: RESERVED
 2. 0000000000100000-0000000003ffffff: RAM
""",
    "NetBSD": """\
BIOS MEMORY MAP (3 ENTRIES):
    addr 0x0  size 0x9fc00  type 0x1
    addr 0x9fc00  size 0x400  type 0x2
    addr 0x100000  size 0x3f00000  type 0x1
""",
    "GRUB": """\
base_addr = 0x0, length = 0x9fc00, available RAM
base_addr = 0x9fc00, length = 0x400, reserved RAM
base_addr = 0x100000, length = 0x3f00000, available RAM
""",
    "grep of memmap": """\
/sys/firmware/memmap/2/end:0x3ffffff
/sys/firmware/memmap/2/start:0x100000
/sys/firmware/memmap/2/type:System RAM
/sys/firmware/memmap/0/end:0x9fbff
/sys/firmware/memmap/0/start:0x0
/sys/firmware/memmap/0/type:System RAM
/sys/firmware/memmap/1/end:0x9ffff
/sys/firmware/memmap/1/start:0x9fc00
/sys/firmware/memmap/1/type:Reserved
""",
    "the kernel documentation's script for memmap": """\
0000000000000000-000000000009fc00 (System RAM)
000000000009fc00-00000000000a0000 (reserved)
0000000000100000-0000000004000000 (System RAM)
""",
    "bare numbers": """\
# base length type
0000000000000000 000000000009fc00 1
000000000009fc00 0000000000000400 2
0000000000100000 0000000003f00000 1
""",
    "JSON with numbers": '[{"base": 0, "length": 654336, "type": 1}, {"base": 654336, "length": 1024, "type": 2},'
    ' {"base": 1048576, "length": 66060288, "type": "usable"}]',
}


@pytest.mark.parametrize("form", FORMS)
def test_a_map_is_read_in_the_form_of(form):
    firmware_map = FirmwareMap.from_log(FORMS[form])
    assert (SMALL, ()) == (firmware_map.entries, firmware_map.notes)


PREFIXES = {
    "time stamps": "[    0.000000] ",
    "mail quoting": "> > ",
    "syslog": "Feb 21 22:06:38 host kernel: ",
    "syslog with time stamps": "Feb 21 22:06:38 host kernel: [    0.000000] ",
    "journal": "2026-02-21T22:06:38+0100 host kernel: ",
    "dmesg -T": "[Sat Feb 21 22:06:38 2026] ",
    "dmesg -x": "kern  :info  : [    0.000000] ",
    "raw kernel levels": "<6>[    0.000000] ",
    "grep's file name": "boot.log:12:",
    "colours": "\x1b[32m[    0.000000] \x1b[0m\x1b[33m",
    "a processor number": "[    0.000000][    T0] ",
}


@pytest.mark.parametrize("prefix", PREFIXES)
@pytest.mark.parametrize("form", ["Linux", "Linux before 3.5", "Linux 2.2", "SeaBIOS", "Xen", "FreeBSD", "Linux 7"])
def test_a_map_is_found_behind(prefix, form):
    noise = "ACPI: RSDP 0x00000000000F0490 000024 (v02)\nuser@host:~$ dmesg | grep -i e820\n"
    log = noise + "".join(f"{PREFIXES[prefix]}{line}\r\n" for line in FORMS[form].splitlines()) + noise
    assert SMALL == FirmwareMap.from_log(log).entries


def test_lines_of_a_dmesg_that_show_ranges_of_memory_are_no_entries():
    log = """\
e820: update [mem 0x00000000-0x00000fff] usable ==> reserved
e820: remove [mem 0x000a0000-0x000fffff] usable
last_pfn = 0x4000 max_arch_pfn = 0x400000000
RAMDISK: [mem 0x03000000-0x03ffffff]
ACPI: Reserving FACP table memory at [mem 0x3fe1c5f-0x3fe1cd2]
  DMA      [mem 0x0000000000001000-0x0000000000ffffff]
  node   0: [mem 0x0000000000001000-0x000000000009efff]
PM: hibernation: Registered nosave memory: [mem 0x00000000-0x00000fff]
[mem 0x04000000-0xfffbffff] available for PCI devices
pci 0000:00:02.0: reg 0x10: [mem 0xfd000000-0xfdffffff pref]
system 00:01: [mem 0xfed1c000-0xfed1ffff] has been reserved
e820: reserve RAM buffer [mem 0x0009fc00-0x0009ffff]
"""
    assert (SMALL, ()) == (FirmwareMap.from_log(log + NEW + log).entries, FirmwareMap.from_log(log + NEW + log).notes)
    with pytest.raises(MachineError, match="12 lines of text and no entry"):
        FirmwareMap.from_log(log)


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("usable", 1),
        ("reserved", 2),
        ("ACPI data", 3),
        ("ACPI NVS", 4),
        ("unusable", 5),
        ("type 6", 6),
        ("persistent (type 7)", 7),
        ("persistent (type 12)", 12),
        ("persistent RAM (type 12)", 12),
        ("soft reserved", SOFT_RESERVED),
        ("type 20", 20),
        ("ACPI Tables", 3),
        ("Unusable", 5),
        ("disabled", 6),
    ],
)
def test_the_word_for_a_type(words, number):
    firmware_map = FirmwareMap.from_log(f"BIOS-e820: [mem 0x0000000000000000-0x0000000000000fff] {words}\n")
    assert (Region(0, 4096, number),) == firmware_map.entries


@pytest.mark.parametrize("number", [*range(16), 20, 0xEFFFFFFF, 0xFFFFFFFF])
def test_a_type_survives_the_linux_log(number):
    firmware_map = FirmwareMap((Region(4096, 4096, number), Region(0, 0, number), Region(8192, 0, number)))
    assert firmware_map == FirmwareMap.from_log(firmware_map.to_linux_log())


def test_a_region_that_ends_with_the_last_address_survives_the_linux_log():
    firmware_map = FirmwareMap((Region((1 << 64) - 4096, 4096, 2), Region(0, 1 << 64, 1)))
    assert firmware_map == FirmwareMap.from_log(firmware_map.to_linux_log())


def test_attributes_are_read_from_freebsd():
    log = "SMAP type=02 base=0000000000001000 len=0000000000001000 attr=03\nSMAP type=01, xattr=00, base=0, len=1000\n"
    assert (Region(4096, 4096, 2, 3), Region(0, 4096, 1, 0)) == FirmwareMap.from_log(log).entries


def test_the_firmwares_own_map_is_taken_and_the_kernels_is_reported():
    log = (
        "BIOS-provided physical RAM map:\n"
        + NEW
        + "modified physical RAM map:\n"
        + NEW.replace("BIOS-e820", "modified")
    )
    firmware_map = FirmwareMap.from_log(log)
    assert SMALL == firmware_map.entries
    [note] = firmware_map.notes
    assert "ignored" == note.kind
    assert "Line 6 begins what the kernel made of it ('modified', 3 entries)" in note.message


def test_a_kernels_map_alone_is_better_than_none():
    assert SMALL == FirmwareMap.from_log(NEW.replace("BIOS-e820", "user")).entries


@pytest.mark.parametrize("between", ["", "Linux version 6.1\n", "BIOS-provided physical RAM map:\n"])
def test_of_two_boots_the_first_is_taken(between):
    firmware_map = FirmwareMap.from_log(NEW + between + NEW)
    assert (SMALL, 1) == (firmware_map.entries, len(firmware_map.notes))


def test_of_two_boots_with_other_memory_the_first_is_taken():
    firmware_map = FirmwareMap.from_log(NEW + "Linux version 6.1\n" + NEW.replace("3ffffff]", "7ffffff]"))
    assert (SMALL, 1) == (firmware_map.entries, len(firmware_map.notes))


def test_an_entry_that_firmware_lists_twice_stays_in_the_map():
    assert 4 == len(FirmwareMap.from_log(NEW + NEW.splitlines()[0]).entries)


def test_lines_that_a_mail_program_broke_are_joined():
    log = NEW.replace("] ", "]\n> ").replace("BIOS", "> BIOS")
    assert (SMALL, ()) == (FirmwareMap.from_log(log).entries, FirmwareMap.from_log(log).notes)


@pytest.mark.parametrize("glue", ["<br>", " ", r"\n[    0.000000] ", "\t"])
def test_lines_that_ran_together_are_parted(glue):
    assert SMALL == FirmwareMap.from_log(glue.join(NEW.splitlines())).entries


def test_soft_line_breaks_of_mail_are_joined():
    log = NEW.replace("-0x0000", "-0x00=\n00")
    assert (SMALL, ()) == (FirmwareMap.from_log(log).entries, FirmwareMap.from_log(log).notes)


def test_a_line_cut_in_the_middle_is_left_out_and_reported():
    firmware_map = FirmwareMap.from_log(NEW[:-30])
    assert SMALL[:2] == firmware_map.entries
    [note] = firmware_map.notes
    assert ("ignored", True) == (note.kind, note.message.startswith("Line 3 is no whole entry"))


def test_text_in_utf_16_is_read():
    assert SMALL == FirmwareMap.from_log(NEW.encode("utf-16")).entries


@pytest.mark.parametrize("size", [20, 24])
def test_raw_records_are_recognised_by_what_they_hold(size):
    firmware_map = FirmwareMap(SMALL * 10)  # 600 or 720 bytes: some of both sizes
    assert [(e.base, e.length, e.type) for e in SMALL * 10] == [
        (e.base, e.length, e.type) for e in FirmwareMap.from_log(firmware_map.to_records(size)).entries
    ]


def test_24_byte_records_keep_their_attributes():
    entries = (Region(0, 4096, 1, 1), Region(4096, 4096, 2, 3), Region(8192, 1, 1, 0))
    assert entries == FirmwareMap.from_records(FirmwareMap(entries).to_records(24), 24).entries


@pytest.mark.parametrize("size", [20, 24])
def test_a_record_has_no_room_for_the_last_byte_of_all_addresses(size):
    records = FirmwareMap((Region(0, 1 << 64, 1),)).to_records(size)
    assert (1 << 64) - 1 == FirmwareMap.from_records(records, size).entries[0].length


def test_a_memmap_directory_is_read(tmp_path):
    for number, entry in enumerate(SMALL):
        directory = tmp_path / str(number)
        directory.mkdir()
        (directory / "start").write_text(f"{entry.base:#x}\n")
        (directory / "end").write_text(f"{entry.end - 1:#x}\n")
        (directory / "type").write_text({1: "System RAM", 2: "Reserved"}[entry.type] + "\n")
    assert SMALL == FirmwareMap.of(tmp_path).entries


BAD = {
    "nothing": ("", "it is empty"),
    "white space": (" \n\n", "it is empty"),
    "no entries": ("Linux version 6.1\nCommand line: quiet\n", "2 lines of text and no entry"),
    "only cut lines": (NEW[:40] + "\n" + NEW[:50], "2 of them look like one that was cut, the first is line 1"),
    "half of a mail": ("> On Monday you wrote:\n> > my machine has BIOS-e820: and so\n", "no entry"),
    "a number above 2^64": (
        "BIOS-e820: [mem 0x0-0x1ffffffffffffffff] usable\n",
        "log:1: the entry has a number above 2^64",
    ),
    "a length above 2^64": ("SMAP type=01 base=1000 len=ffffffffffffffff\n", "a number above 2^64"),
    "a start after its end": (
        NEW + "BIOS-e820: [mem 0x0000000000200000-0x00000000000fffff] usable",
        "log:4: the entry starts at 0x200000 and ends before that, at 0x100000",
    ),
    "a type of 33 bits": ("BIOS-e820: [mem 0x0-0xfff] type 4294967296\n", "more than 32 bits"),
    "JSON past 2^64": ('[{"base": "0xffffffffffffffff", "length": 2, "type": 1}]', "entry 0 ends past 2^64"),
    "JSON with a wrong type": ('[{"base": 0, "length": 2, "type": "fast"}]', "entry 0: type is 'fast'"),
    "JSON with a negative base": ('[{"base": -1, "length": 2, "type": 1}]', "entry 0: base is '-1'"),
    "JSON of something else": ('{"a": [1, 2]}', "no entry"),
    "JSON too deep": ("[" * 100_000, "no entry"),
    "memmap without types": ("0/start:0x0\n0/end:0xfff\n", "no entry has all three"),
    "memmap with a number that is none": ("0/start:zero\n0/end:0xfff\n0/type:System RAM\n", "memmap entry 0"),
    "memmap with an unknown type": ("0/start:0x0\n0/end:0xfff\n0/type:fast\n", "unknown type 'fast'"),
}


@pytest.mark.parametrize("case", BAD)
def test_one_error_says_what_was_found(case):
    log, message = BAD[case]
    with pytest.raises(MachineError) as error:
        FirmwareMap.from_log(log)
    assert message in str(error.value)


def test_more_entries_than_any_firmware_lists_are_an_error():
    log = "".join(f"BIOS-e820: [mem {n * 4096:#x}-{n * 4096 + 4095:#x}] usable\n" for n in range(5000))
    with pytest.raises(MachineError, match="5,000 entries; a firmware map has at most 4,096"):
        FirmwareMap.from_log(log)


@pytest.mark.parametrize("raw", [b"\0", b"\x7fELF\2\1\1" + bytes(113), bytes(range(256)) * 15, bytes(48)])
def test_a_binary_file_that_is_no_map_is_called_so(raw):
    with pytest.raises(MachineError, match=rf"binary file of {len(raw):,} bytes"):
        FirmwareMap.from_log(raw)


@pytest.mark.parametrize("size", [0, 19, 25, 41])
def test_half_a_record_is_an_error(size):
    with pytest.raises(MachineError, match="are not a number of 20-byte E820 records"):
        FirmwareMap.from_records(bytes(size))


def test_a_pipe_that_nobody_writes_to_is_given_up(tmp_path):
    reading, writing = os.pipe()
    try:
        with pytest.raises(MachineError, match="nothing more came after 0 bytes"):
            read_descriptor(reading, "pipe", silence=0.01)
    finally:
        os.close(reading)
        os.close(writing)


def test_a_pipe_that_never_ends_is_given_up():
    with pytest.raises(MachineError, match="larger than 16 MiB"):
        FirmwareMap.of("/dev/zero")


def test_a_named_pipe_with_a_writer_is_read(tmp_path):
    path = tmp_path / "fifo"
    os.mkfifo(path)
    writer = threading.Thread(target=path.write_text, args=(NEW,))
    writer.start()
    assert SMALL == FirmwareMap.of(path).entries
    writer.join()


def test_a_file_that_is_too_large_is_an_error(tmp_path):
    path = tmp_path / "log"
    with path.open("wb") as stream:
        stream.truncate(MAX_LOG_BYTES + 1)
    with pytest.raises(MachineError, match="larger than 16 MiB"):
        FirmwareMap.of(path)


@pytest.mark.parametrize(
    "name", ["missing.log", "", "a\0b", "x" * 5000, "064M64", "64X", "9" * 5000 + "M", "-64M", "2^70"]
)
def test_what_is_neither_size_nor_preset_nor_file_is_one_error(name):
    with pytest.raises(MachineError) as error:
        FirmwareMap.of(name)
    assert len(str(error.value)) < 300


def test_a_directory_that_is_no_memmap_is_an_error(tmp_path):
    with pytest.raises(MachineError, match="not like /sys/firmware/memmap"):
        FirmwareMap.of(tmp_path)


def test_more_lines_than_any_log_has_are_an_error():
    with pytest.raises(MachineError, match="500,000 lines are too many"):
        FirmwareMap.from_log("a\n" * 500_000)


@pytest.mark.parametrize(
    "line", ["0" * 900_000, "BIOS-e820: " * 90_000, "[mem 0x" * 130_000, "1: " * 300_000, "(XEN) " * 150_000]
)
def test_a_hostile_line_costs_no_time(line):
    with pytest.raises(MachineError, match="no entry"):
        FirmwareMap.from_log(line)


def test_a_name_cannot_move_the_cursor(tmp_path):
    path = tmp_path / "a\x1b[2J\nb"
    path.write_text("nothing")
    with pytest.raises(MachineError) as error:
        FirmwareMap.of(path)
    assert "a?[2J?b: looked for" in str(error.value)
