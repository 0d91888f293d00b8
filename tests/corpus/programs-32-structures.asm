; Structures: a firmware map of three regions, walked through the fields of a struc.
        cpu     686
        bits    32
        org     0x100000
struc region
.start  resq    1
.length resq    1
.type   resd    1
.attributes:
        resd    1
endstruc
struc node, 4
        alignb  8
.next:  resd    1
.name:  times   2 resb 3
        alignb  4
.region: resb   region_size
.end:
endstruc
struc totals
total_usable: resq 1
total_count:  resd 1
endstruc
ENTRIES equ     (map.end - map) / region_size
absolute 0x8000
scratch: resd   4
.stack: resz    1
.top:
section .text
walk:   mov     esp, scratch.top
        mov     esi, map
        mov     ecx, ENTRIES
        xor     edi, edi
.next:  cmp     dword [esi + region.type], 1
        jne     .skip
        mov     eax, [esi + region.length]
        add     [sums + total_usable], eax
        mov     edx, [esi + region.length + 4]
        adc     [sums + total_usable + 4], edx
        inc     dword [sums + total_count]
.skip:  mov     [scratch + edi*4], esi
        add     esi, region_size
        loop    .next
        mov     ebx, first
        mov     eax, [ebx + node.region + region.start - node]
        mov     al, [ebx + ecx + node.name - node]
        lea     edx, [ebx + (node.end - node)]
        push    dword node_size
        imul    eax, ecx, region_size
        hlt
section .data
map:
        istruc  region
        at .length, dq 0x9FC00
        at .type, dd 1, 1
        iend
last    istruc  region
        at region.start, dq 0x100000
        at region.length, dq 0x3F00000
        at region.type
.kind:  dd      1
        iend
.end:   times   region_size db 0
map.end:
        align   16, db 0
first:  istruc  node
        at node.next, dd 0
        at node.name, db "ram"
        at node.region
        istruc  region
        at region.start, dq last
        iend
        iend
sums:   istruc  totals
        at total_count, dd 0
        iend
        dd      node, node_size, node.end, last.kind, scratch.top
