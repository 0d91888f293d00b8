; boot_layout.asm -- where everything lies between the boot sector and a page
;
;       000000  interrupt vectors, data of the BIOS
;       004000  firmware map, as it is handed over: header, then entries
;       005000  free: the stack grows down into it from 7C00
;       007C00  boot sector
;       008000  bridge: what the boot sector loads
;       010000  page directory of 4 MiB pages, for a moment
;       011000  page directory of 4 KiB pages, then up to 16 page tables
;       030000  tables of long mode: PML4, pointers, then 4 directories
;       0A0000  no memory: video, ROMs
;       100000  free
;       110000  variables of the allocator: os_MemAmount
;       120000  os_MemoryMap: one byte for each 2 MiB page
;       140000  free
;
; The firmware map:
;
;       +0      dd  "MAP1"
;       +4      dd  number of entries
;       +8      dd  who answered: 1 E820, 2 E801, 3 88h, 4 CMOS
;       +12     dd  bytes of an entry: 24
;       +16     entries: dq base, dq length, dd type, dd attributes
;
; Nothing here makes bytes: the files that need it include it. In the contracts
; of all of them STACK is what lies below the return address, without what the
; BIOS and its interrupts need besides.

%ifndef BOOT_LAYOUT
%define BOOT_LAYOUT

FIRMWARE_MAP    equ     0x4000
MAP_MAGIC       equ     FIRMWARE_MAP
MAP_COUNT       equ     FIRMWARE_MAP + 4
MAP_SOURCE      equ     FIRMWARE_MAP + 8
MAP_ENTRY_SIZE  equ     FIRMWARE_MAP + 12
MAP_ENTRIES     equ     FIRMWARE_MAP + 16
MAP_ROOM        equ     170             ; entries before 5000 is reached

SOURCE_E820     equ     1
SOURCE_E801     equ     2
SOURCE_88       equ     3
SOURCE_CMOS     equ     4

ENTRY_BASE      equ     0
ENTRY_LENGTH    equ     8
ENTRY_TYPE      equ     16
ENTRY_FLAGS     equ     20              ; bit 0 clear: skip this entry
ENTRY_SIZE      equ     24
TYPE_USABLE     equ     1

STACK_TOP       equ     0x7C00
BOOT_SECTOR     equ     0x7C00
SECTOR_SIZE     equ     512

BRIDGE          equ     0x8000
BRIDGE_SECTORS  equ     BRIDGE + 4      ; how many sectors it has: a word
BRIDGE_ENTRY    equ     BRIDGE + 8      ; where it is entered
BRIDGE_LIMIT    equ     64              ; sectors before 10000 is reached

LARGE_DIRECTORY equ     0x10000
PAGE_DIRECTORY  equ     0x11000
PAGE_TABLES     equ     0x12000
PML4            equ     0x30000
LONG_POINTERS   equ     0x31000
LONG_TABLES     equ     0x32000

ONE_MIB         equ     0x100000
os_MemAmount    equ     0x110108
os_MemoryMap    equ     0x120000
MEMORY_MAP_SIZE equ     0x20000         ; room for 131072 pages

%endif
