; instructions-16.asm -- every form of every instruction in 16-bit code, for comparison with nasm
        bits    16
        org     0

        mov ecx, [bx]
        mov ecx, [bp]
        mov ecx, [bx+si]
        mov ecx, [bp+di+0x5]
        mov ecx, [si+0x1234]
        mov ecx, [bp-0x4]
        mov ecx, [es:di]
        mov ecx, [ds:bp]
        mov ecx, [eax]
        mov ecx, [ebp]
        mov ecx, [esp+0x8]
        mov ecx, [ebx+ecx*4]
        mov ecx, [ebp+esi*8-0x80]
        mov ecx, [ecx*4+0x10]
        mov ecx, [eax*2]
        mov ecx, [edx+0x12345678]
        mov ecx, [eax+esp]
        mov ecx, [fs:edi+0x80]
        mov ecx, [0x1234]
        mov ecx, [dword 0x12345678]
        mov ecx, [eax+0x1]
        mov ecx, [eax-0x80]
        mov ecx, [eax+0x7f]
        mov ecx, [eax+0x80]
        mov ecx, [eax-0x81]
        mov ecx, [eax+eax+0x4]
        mov ecx, [eax+eax*2+0x4]
        mov ecx, [eax+eax*4+0x4]
        mov ecx, [eax+eax*8+0x4]
        mov ecx, [eax+ecx+0x4]
        mov ecx, [eax+ecx*2+0x4]
        mov ecx, [eax+ecx*4+0x4]
        mov ecx, [eax+ecx*8+0x4]
        mov ecx, [eax+edx+0x4]
        mov ecx, [eax+edx*2+0x4]
        mov ecx, [eax+edx*4+0x4]
        mov ecx, [eax+edx*8+0x4]
        mov ecx, [eax+ebx+0x4]
        mov ecx, [eax+ebx*2+0x4]
        mov ecx, [eax+ebx*4+0x4]
        mov ecx, [eax+ebx*8+0x4]
        mov ecx, [eax+ebp+0x4]
        mov ecx, [eax+ebp*2+0x4]
        mov ecx, [eax+ebp*4+0x4]
        mov ecx, [eax+ebp*8+0x4]
        mov ecx, [eax+esi+0x4]
        mov ecx, [eax+esi*2+0x4]
        mov ecx, [eax+esi*4+0x4]
        mov ecx, [eax+esi*8+0x4]
        mov ecx, [eax+edi+0x4]
        mov ecx, [eax+edi*2+0x4]
        mov ecx, [eax+edi*4+0x4]
        mov ecx, [eax+edi*8+0x4]
        mov ecx, [ecx]
        mov ecx, [ecx+0x1]
        mov ecx, [ecx-0x80]
        mov ecx, [ecx+0x7f]
        mov ecx, [ecx+0x80]
        mov ecx, [ecx-0x81]
        mov ecx, [ecx+eax+0x4]
        mov ecx, [ecx+eax*2+0x4]
        mov ecx, [ecx+eax*4+0x4]
        mov ecx, [ecx+eax*8+0x4]
        mov ecx, [ecx+ecx+0x4]
        mov ecx, [ecx+ecx*2+0x4]
        mov ecx, [ecx+ecx*4+0x4]
        mov ecx, [ecx+ecx*8+0x4]
        mov ecx, [ecx+edx+0x4]
        mov ecx, [ecx+edx*2+0x4]
        mov ecx, [ecx+edx*4+0x4]
        mov ecx, [ecx+edx*8+0x4]
        mov ecx, [ecx+ebx+0x4]
        mov ecx, [ecx+ebx*2+0x4]
        mov ecx, [ecx+ebx*4+0x4]
        mov ecx, [ecx+ebx*8+0x4]
        mov ecx, [ecx+ebp+0x4]
        mov ecx, [ecx+ebp*2+0x4]
        mov ecx, [ecx+ebp*4+0x4]
        mov ecx, [ecx+ebp*8+0x4]
        mov ecx, [ecx+esi+0x4]
        mov ecx, [ecx+esi*2+0x4]
        mov ecx, [ecx+esi*4+0x4]
        mov ecx, [ecx+esi*8+0x4]
        mov ecx, [ecx+edi+0x4]
        mov ecx, [ecx+edi*2+0x4]
        mov ecx, [ecx+edi*4+0x4]
        mov ecx, [ecx+edi*8+0x4]
        mov ecx, [edx]
        mov ecx, [edx+0x1]
        mov ecx, [edx-0x80]
        mov ecx, [edx+0x7f]
        mov ecx, [edx+0x80]
        mov ecx, [edx-0x81]
        mov ecx, [edx+eax+0x4]
        mov ecx, [edx+eax*2+0x4]
        mov ecx, [edx+eax*4+0x4]
        mov ecx, [edx+eax*8+0x4]
        mov ecx, [edx+ecx+0x4]
        mov ecx, [edx+ecx*2+0x4]
        mov ecx, [edx+ecx*4+0x4]
        mov ecx, [edx+ecx*8+0x4]
        mov ecx, [edx+edx+0x4]
        mov ecx, [edx+edx*2+0x4]
        mov ecx, [edx+edx*4+0x4]
        mov ecx, [edx+edx*8+0x4]
        mov ecx, [edx+ebx+0x4]
        mov ecx, [edx+ebx*2+0x4]
        mov ecx, [edx+ebx*4+0x4]
        mov ecx, [edx+ebx*8+0x4]
        mov ecx, [edx+ebp+0x4]
        mov ecx, [edx+ebp*2+0x4]
        mov ecx, [edx+ebp*4+0x4]
        mov ecx, [edx+ebp*8+0x4]
        mov ecx, [edx+esi+0x4]
        mov ecx, [edx+esi*2+0x4]
        mov ecx, [edx+esi*4+0x4]
        mov ecx, [edx+esi*8+0x4]
        mov ecx, [edx+edi+0x4]
        mov ecx, [edx+edi*2+0x4]
        mov ecx, [edx+edi*4+0x4]
        mov ecx, [edx+edi*8+0x4]
        mov ecx, [ebx]
        mov ecx, [ebx+0x1]
        mov ecx, [ebx-0x80]
        mov ecx, [ebx+0x7f]
        mov ecx, [ebx+0x80]
        mov ecx, [ebx-0x81]
        mov ecx, [ebx+eax+0x4]
        mov ecx, [ebx+eax*2+0x4]
        mov ecx, [ebx+eax*4+0x4]
        mov ecx, [ebx+eax*8+0x4]
        mov ecx, [ebx+ecx+0x4]
        mov ecx, [ebx+ecx*2+0x4]
        mov ecx, [ebx+ecx*4+0x4]
        mov ecx, [ebx+ecx*8+0x4]
        mov ecx, [ebx+edx+0x4]
        mov ecx, [ebx+edx*2+0x4]
        mov ecx, [ebx+edx*4+0x4]
        mov ecx, [ebx+edx*8+0x4]
        mov ecx, [ebx+ebx+0x4]
        mov ecx, [ebx+ebx*2+0x4]
        mov ecx, [ebx+ebx*4+0x4]
        mov ecx, [ebx+ebx*8+0x4]
        mov ecx, [ebx+ebp+0x4]
        mov ecx, [ebx+ebp*2+0x4]
        mov ecx, [ebx+ebp*4+0x4]
        mov ecx, [ebx+ebp*8+0x4]
        mov ecx, [ebx+esi+0x4]
        mov ecx, [ebx+esi*2+0x4]
        mov ecx, [ebx+esi*4+0x4]
        mov ecx, [ebx+esi*8+0x4]
        mov ecx, [ebx+edi+0x4]
        mov ecx, [ebx+edi*2+0x4]
        mov ecx, [ebx+edi*4+0x4]
        mov ecx, [ebx+edi*8+0x4]
        mov ecx, [esp]
        mov ecx, [esp+0x1]
        mov ecx, [esp-0x80]
        mov ecx, [esp+0x7f]
        mov ecx, [esp+0x80]
        mov ecx, [esp-0x81]
        mov ecx, [esp+eax+0x4]
        mov ecx, [esp+eax*2+0x4]
        mov ecx, [esp+eax*4+0x4]
        mov ecx, [esp+eax*8+0x4]
        mov ecx, [esp+ecx+0x4]
        mov ecx, [esp+ecx*2+0x4]
        mov ecx, [esp+ecx*4+0x4]
        mov ecx, [esp+ecx*8+0x4]
        mov ecx, [esp+edx+0x4]
        mov ecx, [esp+edx*2+0x4]
        mov ecx, [esp+edx*4+0x4]
        mov ecx, [esp+edx*8+0x4]
        mov ecx, [esp+ebx+0x4]
        mov ecx, [esp+ebx*2+0x4]
        mov ecx, [esp+ebx*4+0x4]
        mov ecx, [esp+ebx*8+0x4]
        mov ecx, [esp+ebp+0x4]
        mov ecx, [esp+ebp*2+0x4]
        mov ecx, [esp+ebp*4+0x4]
        mov ecx, [esp+ebp*8+0x4]
        mov ecx, [esp+esi+0x4]
        mov ecx, [esp+esi*2+0x4]
        mov ecx, [esp+esi*4+0x4]
        mov ecx, [esp+esi*8+0x4]
        mov ecx, [esp+edi+0x4]
        mov ecx, [esp+edi*2+0x4]
        mov ecx, [esp+edi*4+0x4]
        mov ecx, [esp+edi*8+0x4]
        mov ecx, [ebp+0x1]
        mov ecx, [ebp-0x80]
        mov ecx, [ebp+0x7f]
        mov ecx, [ebp+0x80]
        mov ecx, [ebp-0x81]
        mov ecx, [ebp+eax+0x4]
        mov ecx, [ebp+eax*2+0x4]
        mov ecx, [ebp+eax*4+0x4]
        mov ecx, [ebp+eax*8+0x4]
        mov ecx, [ebp+ecx+0x4]
        mov ecx, [ebp+ecx*2+0x4]
        mov ecx, [ebp+ecx*4+0x4]
        mov ecx, [ebp+ecx*8+0x4]
        mov ecx, [ebp+edx+0x4]
        mov ecx, [ebp+edx*2+0x4]
        mov ecx, [ebp+edx*4+0x4]
        mov ecx, [ebp+edx*8+0x4]
        mov ecx, [ebp+ebx+0x4]
        mov ecx, [ebp+ebx*2+0x4]
        mov ecx, [ebp+ebx*4+0x4]
        mov ecx, [ebp+ebx*8+0x4]
        mov ecx, [ebp+ebp+0x4]
        mov ecx, [ebp+ebp*2+0x4]
        mov ecx, [ebp+ebp*4+0x4]
        mov ecx, [ebp+ebp*8+0x4]
        mov ecx, [ebp+esi+0x4]
        mov ecx, [ebp+esi*2+0x4]
        mov ecx, [ebp+esi*4+0x4]
        mov ecx, [ebp+esi*8+0x4]
        mov ecx, [ebp+edi+0x4]
        mov ecx, [ebp+edi*2+0x4]
        mov ecx, [ebp+edi*4+0x4]
        mov ecx, [ebp+edi*8+0x4]
        mov ecx, [esi]
        mov ecx, [esi+0x1]
        mov ecx, [esi-0x80]
        mov ecx, [esi+0x7f]
        mov ecx, [esi+0x80]
        mov ecx, [esi-0x81]
        mov ecx, [esi+eax+0x4]
        mov ecx, [esi+eax*2+0x4]
        mov ecx, [esi+eax*4+0x4]
        mov ecx, [esi+eax*8+0x4]
        mov ecx, [esi+ecx+0x4]
        mov ecx, [esi+ecx*2+0x4]
        mov ecx, [esi+ecx*4+0x4]
        mov ecx, [esi+ecx*8+0x4]
        mov ecx, [esi+edx+0x4]
        mov ecx, [esi+edx*2+0x4]
        mov ecx, [esi+edx*4+0x4]
        mov ecx, [esi+edx*8+0x4]
        mov ecx, [esi+ebx+0x4]
        mov ecx, [esi+ebx*2+0x4]
        mov ecx, [esi+ebx*4+0x4]
        mov ecx, [esi+ebx*8+0x4]
        mov ecx, [esi+ebp+0x4]
        mov ecx, [esi+ebp*2+0x4]
        mov ecx, [esi+ebp*4+0x4]
        mov ecx, [esi+ebp*8+0x4]
        mov ecx, [esi+esi+0x4]
        mov ecx, [esi+esi*2+0x4]
        mov ecx, [esi+esi*4+0x4]
        mov ecx, [esi+esi*8+0x4]
        mov ecx, [esi+edi+0x4]
        mov ecx, [esi+edi*2+0x4]
        mov ecx, [esi+edi*4+0x4]
        mov ecx, [esi+edi*8+0x4]
        mov ecx, [edi]
        mov ecx, [edi+0x1]
        mov ecx, [edi-0x80]
        mov ecx, [edi+0x7f]
        mov ecx, [edi+0x80]
        mov ecx, [edi-0x81]
        mov ecx, [edi+eax+0x4]
        mov ecx, [edi+eax*2+0x4]
        mov ecx, [edi+eax*4+0x4]
        mov ecx, [edi+eax*8+0x4]
        mov ecx, [edi+ecx+0x4]
        mov ecx, [edi+ecx*2+0x4]
        mov ecx, [edi+ecx*4+0x4]
        mov ecx, [edi+ecx*8+0x4]
        mov ecx, [edi+edx+0x4]
        mov ecx, [edi+edx*2+0x4]
        mov ecx, [edi+edx*4+0x4]
        mov ecx, [edi+edx*8+0x4]
        mov ecx, [edi+ebx+0x4]
        mov ecx, [edi+ebx*2+0x4]
        mov ecx, [edi+ebx*4+0x4]
        mov ecx, [edi+ebx*8+0x4]
        mov ecx, [edi+ebp+0x4]
        mov ecx, [edi+ebp*2+0x4]
        mov ecx, [edi+ebp*4+0x4]
        mov ecx, [edi+ebp*8+0x4]
        mov ecx, [edi+esi+0x4]
        mov ecx, [edi+esi*2+0x4]
        mov ecx, [edi+esi*4+0x4]
        mov ecx, [edi+esi*8+0x4]
        mov ecx, [edi+edi+0x4]
        mov ecx, [edi+edi*2+0x4]
        mov ecx, [edi+edi*4+0x4]
        mov ecx, [edi+edi*8+0x4]
        mov ecx, [eax*2+0x10]
        mov ecx, [eax*4+0x10]
        mov ecx, [eax*8+0x10]
        mov ecx, [eax*3+0x10]
        mov ecx, [eax*5+0x10]
        mov ecx, [eax*9+0x10]
        mov ecx, [ecx*2+0x10]
        mov ecx, [ecx*8+0x10]
        mov ecx, [ecx*3+0x10]
        mov ecx, [ecx*5+0x10]
        mov ecx, [ecx*9+0x10]
        mov ecx, [edx*2+0x10]
        mov ecx, [edx*4+0x10]
        mov ecx, [edx*8+0x10]
        mov ecx, [edx*3+0x10]
        mov ecx, [edx*5+0x10]
        mov ecx, [edx*9+0x10]
        mov ecx, [ebx*2+0x10]
        mov ecx, [ebx*4+0x10]
        mov ecx, [ebx*8+0x10]
        mov ecx, [ebx*3+0x10]
        mov ecx, [ebx*5+0x10]
        mov ecx, [ebx*9+0x10]
        mov ecx, [ebp*2+0x10]
        mov ecx, [ebp*4+0x10]
        mov ecx, [ebp*8+0x10]
        mov ecx, [ebp*3+0x10]
        mov ecx, [ebp*5+0x10]
        mov ecx, [ebp*9+0x10]
        mov ecx, [esi*2+0x10]
        mov ecx, [esi*4+0x10]
        mov ecx, [esi*8+0x10]
        mov ecx, [esi*3+0x10]
        mov ecx, [esi*5+0x10]
        mov ecx, [esi*9+0x10]
        mov ecx, [edi*2+0x10]
        mov ecx, [edi*4+0x10]
        mov ecx, [edi*8+0x10]
        mov ecx, [edi*3+0x10]
        mov ecx, [edi*5+0x10]
        mov ecx, [edi*9+0x10]
        mov ecx, [bx+si+0x1]
        mov ecx, [bx+si-0x80]
        mov ecx, [bx+si+0x7f]
        mov ecx, [bx+si+0x80]
        mov ecx, [bx+si+0xfff0]
        mov ecx, [bx+di]
        mov ecx, [bx+di+0x1]
        mov ecx, [bx+di-0x80]
        mov ecx, [bx+di+0x7f]
        mov ecx, [bx+di+0x80]
        mov ecx, [bx+di+0xfff0]
        mov ecx, [bp+si]
        mov ecx, [bp+si+0x1]
        mov ecx, [bp+si-0x80]
        mov ecx, [bp+si+0x7f]
        mov ecx, [bp+si+0x80]
        mov ecx, [bp+si+0xfff0]
        mov ecx, [bp+di]
        mov ecx, [bp+di+0x1]
        mov ecx, [bp+di-0x80]
        mov ecx, [bp+di+0x7f]
        mov ecx, [bp+di+0x80]
        mov ecx, [bp+di+0xfff0]
        mov ecx, [bx+0x1]
        mov ecx, [bx-0x80]
        mov ecx, [bx+0x7f]
        mov ecx, [bx+0x80]
        mov ecx, [bx+0xfff0]
        mov ecx, [bp+0x1]
        mov ecx, [bp-0x80]
        mov ecx, [bp+0x7f]
        mov ecx, [bp+0x80]
        mov ecx, [bp+0xfff0]
        mov ecx, [si]
        mov ecx, [si+0x1]
        mov ecx, [si-0x80]
        mov ecx, [si+0x7f]
        mov ecx, [si+0x80]
        mov ecx, [si+0xfff0]
        mov ecx, [di]
        mov ecx, [di+0x1]
        mov ecx, [di-0x80]
        mov ecx, [di+0x7f]
        mov ecx, [di+0x80]
        mov ecx, [di+0xfff0]
        mov ecx, [word bx+0x5]
        mov ecx, [byte bx]
        mov ecx, [es:ebx]
        mov ecx, [es:0x40]
        mov ecx, [cs:ebx]
        mov ecx, [cs:0x40]
        mov ecx, [ss:ebx]
        mov ecx, [ss:0x40]
        mov ecx, [ds:ebx]
        mov ecx, [ds:0x40]
        mov ecx, [fs:ebx]
        mov ecx, [fs:0x40]
        mov ecx, [gs:ebx]
        mov ecx, [gs:0x40]
        lea edx, [bx]
        mov byte [bx], 0x5
        mov al, [bx]
        mov [bx], al
        mov word [bx], 0x5
        mov ax, [bx]
        mov [bx], ax
        mov dword [bx], 0x5
        mov eax, [bx]
        mov [bx], eax
        mov byte [bp], 0x5
        mov word [bp], 0x5
        mov dword [bp], 0x5
        add al, al
        add al, bl
        add cl, al
        add cl, bl
        add ah, al
        add ah, bl
        add [ds:bp], cl
        add dl, [ds:bp]
        add al, 0x0
        add dl, 0x0
        add byte [eax*2], 0x0
        add al, 0x1
        add dl, 0x1
        add byte [bp], 0x1
        add byte [eax], 0x5
        add al, -0x1
        add dl, -0x1
        add byte [edx+0x12345678], -0x1
        add al, -0x80
        add dl, -0x80
        add byte [bx+si], -0x80
        add al, 0x80
        add dl, 0x80
        add byte [eax+esp], 0x80
        add byte [esp+0x8], 0xff
        add ax, ax
        add ax, si
        add cx, cx
        add si, ax
        add [fs:edi+0x80], cx
        add bx, [fs:edi+0x80]
        add ax, 0x0
        add bx, 0x0
        add word [si+0x1234], 0x0
        add ax, 0x1
        add bx, 0x1
        add word [ebx+ecx*4], 0x1
        add word [0x1234], 0x5
        add ax, -0x1
        add bx, -0x1
        add word [bp-0x4], -0x1
        add ax, -0x80
        add bx, -0x80
        add word [ebp+esi*8-0x80], -0x80
        add ax, 0x80
        add bx, 0x80
        add word [es:di], 0x80
        add word [bx], 0xff
        add ax, 0x8000
        add bx, 0x8000
        add word [bp], 0x8000
        add word [eax], 0xfff0
        add cx, byte 0x5
        add ax, byte -0x5
        add ax, word 0x5
        add cx, word 0x5
        add cx, strict word 0x5
        add ax, strict word 0x5
        add [ebx], word 0x5
        add eax, eax
        add eax, edi
        add ecx, ecx
        add edi, eax
        add [bx+si], ecx
        add ebx, [bx+si]
        add eax, 0x0
        add ebx, 0x0
        add dword [ebp], 0x0
        add eax, 0x1
        add ebx, 0x1
        add dword [eax+esp], 0x1
        add dword [bp+di+0x5], 0x5
        add eax, -0x1
        add ebx, -0x1
        add dword [esp+0x8], -0x1
        add eax, -0x80
        add ebx, -0x80
        add dword [fs:edi+0x80], -0x80
        add eax, 0x80
        add ebx, 0x80
        add dword [ebx+ecx*4], 0x80
        add dword [bp-0x4], 0xff
        add eax, 0x8000
        add ebx, 0x8000
        add dword [es:di], 0x8000
        add dword [ecx*4+0x10], 0xfff0
        add eax, 0x12345678
        add ebx, 0x12345678
        add dword [ds:bp], 0x12345678
        add dword [eax*2], 0x7fffffff
        add eax, 0x80000000
        add ebx, 0x80000000
        add dword [bp], 0x80000000
        add dword [eax], 0xffffffff
        add eax, -0x80000000
        add ebx, -0x80000000
        add dword [bx+si], -0x80000000
        add ecx, byte 0x5
        add eax, byte -0x5
        add eax, dword 0x5
        add ecx, dword 0x5
        add ecx, strict dword 0x5
        add eax, strict dword 0x5
        add [ebx], dword 0x5
        or al, al
        or al, bl
        or cl, al
        or cl, bl
        or ah, al
        or ah, bl
        or [ebp], cl
        or dl, [ebp]
        or al, 0x0
        or dl, 0x0
        or byte [eax+esp], 0x0
        or al, 0x1
        or dl, 0x1
        or byte [bp+di+0x5], 0x1
        or byte [esp+0x8], 0x5
        or al, -0x1
        or dl, -0x1
        or byte [fs:edi+0x80], -0x1
        or al, -0x80
        or dl, -0x80
        or byte [si+0x1234], -0x80
        or al, 0x80
        or dl, 0x80
        or byte [0x1234], 0x80
        or byte [ebp+esi*8-0x80], 0xff
        or ax, ax
        or ax, si
        or cx, cx
        or si, ax
        or [dword 0x12345678], cx
        or bx, [dword 0x12345678]
        or ax, 0x0
        or bx, 0x0
        or word [es:di], 0x0
        or ax, 0x1
        or bx, 0x1
        or word [ecx*4+0x10], 0x1
        or word [bx], 0x5
        or ax, -0x1
        or bx, -0x1
        or word [ds:bp], -0x1
        or ax, -0x80
        or bx, -0x80
        or word [eax*2], -0x80
        or ax, 0x80
        or bx, 0x80
        or word [eax], 0x80
        or word [bx+si], 0xff
        or ax, 0x8000
        or bx, 0x8000
        or word [bp+di+0x5], 0x8000
        or word [esp+0x8], 0xfff0
        or cx, byte 0x5
        or ax, byte -0x5
        or ax, word 0x5
        or cx, word 0x5
        or cx, strict word 0x5
        or ax, strict word 0x5
        or [ebx], word 0x5
        or eax, eax
        or eax, edi
        or ecx, ecx
        or edi, eax
        or [si+0x1234], ecx
        or ebx, [si+0x1234]
        or eax, 0x0
        or ebx, 0x0
        or dword [ebx+ecx*4], 0x0
        or eax, 0x1
        or ebx, 0x1
        or dword [0x1234], 0x1
        or dword [bp-0x4], 0x5
        or eax, -0x1
        or ebx, -0x1
        or dword [ebp+esi*8-0x80], -0x1
        or eax, -0x80
        or ebx, -0x80
        or dword [dword 0x12345678], -0x80
        or eax, 0x80
        or ebx, 0x80
        or dword [ecx*4+0x10], 0x80
        or dword [ds:bp], 0xff
        or eax, 0x8000
        or ebx, 0x8000
        or dword [eax], 0x8000
        or dword [edx+0x12345678], 0xfff0
        or eax, 0x12345678
        or ebx, 0x12345678
        or dword [ebp], 0x12345678
        or dword [eax+esp], 0x7fffffff
        or eax, 0x80000000
        or ebx, 0x80000000
        or dword [bp+di+0x5], 0x80000000
        or dword [esp+0x8], 0xffffffff
        or eax, -0x80000000
        or ebx, -0x80000000
        or dword [si+0x1234], -0x80000000
        or ecx, byte 0x5
        or eax, byte -0x5
        or eax, dword 0x5
        or ecx, dword 0x5
        or ecx, strict dword 0x5
        or eax, strict dword 0x5
        or [ebx], dword 0x5
        adc al, al
        adc al, bl
        adc cl, al
        adc cl, bl
        adc ah, al
        adc ah, bl
        adc [ebx+ecx*4], cl
        adc dl, [ebx+ecx*4]
        adc al, 0x0
        adc dl, 0x0
        adc byte [0x1234], 0x0
        adc al, 0x1
        adc dl, 0x1
        adc byte [bp-0x4], 0x1
        adc byte [ebp+esi*8-0x80], 0x5
        adc al, -0x1
        adc dl, -0x1
        adc byte [dword 0x12345678], -0x1
        adc al, -0x80
        adc dl, -0x80
        adc byte [es:di], -0x80
        adc al, 0x80
        adc dl, 0x80
        adc byte [bx], 0x80
        adc byte [eax*2], 0xff
        adc ax, ax
        adc ax, si
        adc cx, cx
        adc si, ax
        adc [bp], cx
        adc bx, [bp]
        adc ax, 0x0
        adc bx, 0x0
        adc word [eax], 0x0
        adc ax, 0x1
        adc bx, 0x1
        adc word [edx+0x12345678], 0x1
        adc word [bx+si], 0x5
        adc ax, -0x1
        adc bx, -0x1
        adc word [ebp], -0x1
        adc ax, -0x80
        adc bx, -0x80
        adc word [eax+esp], -0x80
        adc ax, 0x80
        adc bx, 0x80
        adc word [esp+0x8], 0x80
        adc word [si+0x1234], 0xff
        adc ax, 0x8000
        adc bx, 0x8000
        adc word [bp-0x4], 0x8000
        adc word [ebp+esi*8-0x80], 0xfff0
        adc cx, byte 0x5
        adc ax, byte -0x5
        adc ax, word 0x5
        adc cx, word 0x5
        adc cx, strict word 0x5
        adc ax, strict word 0x5
        adc [ebx], word 0x5
        adc eax, eax
        adc eax, edi
        adc ecx, ecx
        adc edi, eax
        adc [es:di], ecx
        adc ebx, [es:di]
        adc eax, 0x0
        adc ebx, 0x0
        adc dword [ecx*4+0x10], 0x0
        adc eax, 0x1
        adc ebx, 0x1
        adc dword [bx], 0x1
        adc dword [ds:bp], 0x5
        adc eax, -0x1
        adc ebx, -0x1
        adc dword [eax*2], -0x1
        adc eax, -0x80
        adc ebx, -0x80
        adc dword [bp], -0x80
        adc eax, 0x80
        adc ebx, 0x80
        adc dword [edx+0x12345678], 0x80
        adc dword [ebp], 0xff
        adc eax, 0x8000
        adc ebx, 0x8000
        adc dword [esp+0x8], 0x8000
        adc dword [fs:edi+0x80], 0xfff0
        adc eax, 0x12345678
        adc ebx, 0x12345678
        adc dword [ebx+ecx*4], 0x12345678
        adc dword [0x1234], 0x7fffffff
        adc eax, 0x80000000
        adc ebx, 0x80000000
        adc dword [bp-0x4], 0x80000000
        adc dword [ebp+esi*8-0x80], 0xffffffff
        adc eax, -0x80000000
        adc ebx, -0x80000000
        adc dword [es:di], -0x80000000
        adc ecx, byte 0x5
        adc eax, byte -0x5
        adc eax, dword 0x5
        adc ecx, dword 0x5
        adc ecx, strict dword 0x5
        adc eax, strict dword 0x5
        adc [ebx], dword 0x5
        sbb al, al
        sbb al, bl
        sbb cl, al
        sbb cl, bl
        sbb ah, al
        sbb ah, bl
        sbb [ecx*4+0x10], cl
        sbb dl, [ecx*4+0x10]
        sbb al, 0x0
        sbb dl, 0x0
        sbb byte [bx], 0x0
        sbb al, 0x1
        sbb dl, 0x1
        sbb byte [ds:bp], 0x1
        sbb byte [eax*2], 0x5
        sbb al, -0x1
        sbb dl, -0x1
        sbb byte [bp], -0x1
        sbb al, -0x80
        sbb dl, -0x80
        sbb byte [eax], -0x80
        sbb al, 0x80
        sbb dl, 0x80
        sbb byte [bx+si], 0x80
        sbb byte [eax+esp], 0xff
        sbb ax, ax
        sbb ax, si
        sbb cx, cx
        sbb si, ax
        sbb [bp+di+0x5], cx
        sbb bx, [bp+di+0x5]
        sbb ax, 0x0
        sbb bx, 0x0
        sbb word [esp+0x8], 0x0
        sbb ax, 0x1
        sbb bx, 0x1
        sbb word [fs:edi+0x80], 0x1
        sbb word [si+0x1234], 0x5
        sbb ax, -0x1
        sbb bx, -0x1
        sbb word [ebx+ecx*4], -0x1
        sbb ax, -0x80
        sbb bx, -0x80
        sbb word [0x1234], -0x80
        sbb ax, 0x80
        sbb bx, 0x80
        sbb word [ebp+esi*8-0x80], 0x80
        sbb word [es:di], 0xff
        sbb ax, 0x8000
        sbb bx, 0x8000
        sbb word [ds:bp], 0x8000
        sbb word [eax*2], 0xfff0
        sbb cx, byte 0x5
        sbb ax, byte -0x5
        sbb ax, word 0x5
        sbb cx, word 0x5
        sbb cx, strict word 0x5
        sbb ax, strict word 0x5
        sbb [ebx], word 0x5
        sbb eax, eax
        sbb eax, edi
        sbb ecx, ecx
        sbb edi, eax
        sbb [eax], ecx
        sbb ebx, [eax]
        sbb eax, 0x0
        sbb ebx, 0x0
        sbb dword [edx+0x12345678], 0x0
        sbb eax, 0x1
        sbb ebx, 0x1
        sbb dword [bx+si], 0x1
        sbb dword [ebp], 0x5
        sbb eax, -0x1
        sbb ebx, -0x1
        sbb dword [eax+esp], -0x1
        sbb eax, -0x80
        sbb ebx, -0x80
        sbb dword [bp+di+0x5], -0x80
        sbb eax, 0x80
        sbb ebx, 0x80
        sbb dword [fs:edi+0x80], 0x80
        sbb dword [ebx+ecx*4], 0xff
        sbb eax, 0x8000
        sbb ebx, 0x8000
        sbb dword [ebp+esi*8-0x80], 0x8000
        sbb dword [dword 0x12345678], 0xfff0
        sbb eax, 0x12345678
        sbb ebx, 0x12345678
        sbb dword [ecx*4+0x10], 0x12345678
        sbb dword [bx], 0x7fffffff
        sbb eax, 0x80000000
        sbb ebx, 0x80000000
        sbb dword [ds:bp], 0x80000000
        sbb dword [eax*2], 0xffffffff
        sbb eax, -0x80000000
        sbb ebx, -0x80000000
        sbb dword [eax], -0x80000000
        sbb ecx, byte 0x5
        sbb eax, byte -0x5
        sbb eax, dword 0x5
        sbb ecx, dword 0x5
        sbb ecx, strict dword 0x5
        sbb eax, strict dword 0x5
        sbb [ebx], dword 0x5
        and al, al
        and al, bl
        and cl, al
        and cl, bl
        and ah, al
        and ah, bl
        and [edx+0x12345678], cl
        and dl, [edx+0x12345678]
        and al, 0x0
        and dl, 0x0
        and byte [bx+si], 0x0
        and al, 0x1
        and dl, 0x1
        and byte [ebp], 0x1
        and byte [eax+esp], 0x5
        and al, -0x1
        and dl, -0x1
        and byte [bp+di+0x5], -0x1
        and al, -0x80
        and dl, -0x80
        and byte [esp+0x8], -0x80
        and al, 0x80
        and dl, 0x80
        and byte [si+0x1234], 0x80
        and byte [0x1234], 0xff
        and ax, ax
        and ax, si
        and cx, cx
        and si, ax
        and [bp-0x4], cx
        and bx, [bp-0x4]
        and ax, 0x0
        and bx, 0x0
        and word [ebp+esi*8-0x80], 0x0
        and ax, 0x1
        and bx, 0x1
        and word [dword 0x12345678], 0x1
        and word [es:di], 0x5
        and ax, -0x1
        and bx, -0x1
        and word [ecx*4+0x10], -0x1
        and ax, -0x80
        and bx, -0x80
        and word [bx], -0x80
        and ax, 0x80
        and bx, 0x80
        and word [eax*2], 0x80
        and word [eax], 0xff
        and ax, 0x8000
        and bx, 0x8000
        and word [ebp], 0x8000
        and word [eax+esp], 0xfff0
        and cx, byte 0x5
        and ax, byte -0x5
        and ax, word 0x5
        and cx, word 0x5
        and cx, strict word 0x5
        and ax, strict word 0x5
        and [ebx], word 0x5
        and eax, eax
        and eax, edi
        and ecx, ecx
        and edi, eax
        and [esp+0x8], ecx
        and ebx, [esp+0x8]
        and eax, 0x0
        and ebx, 0x0
        and dword [fs:edi+0x80], 0x0
        and eax, 0x1
        and ebx, 0x1
        and dword [si+0x1234], 0x1
        and dword [ebx+ecx*4], 0x5
        and eax, -0x1
        and ebx, -0x1
        and dword [0x1234], -0x1
        and eax, -0x80
        and ebx, -0x80
        and dword [bp-0x4], -0x80
        and eax, 0x80
        and ebx, 0x80
        and dword [dword 0x12345678], 0x80
        and dword [ecx*4+0x10], 0xff
        and eax, 0x8000
        and ebx, 0x8000
        and dword [eax*2], 0x8000
        and dword [bp], 0xfff0
        and eax, 0x12345678
        and ebx, 0x12345678
        and dword [edx+0x12345678], 0x12345678
        and dword [bx+si], 0x7fffffff
        and eax, 0x80000000
        and ebx, 0x80000000
        and dword [ebp], 0x80000000
        and dword [eax+esp], 0xffffffff
        and eax, -0x80000000
        and ebx, -0x80000000
        and dword [esp+0x8], -0x80000000
        and ecx, byte 0x5
        and eax, byte -0x5
        and eax, dword 0x5
        and ecx, dword 0x5
        and ecx, strict dword 0x5
        and eax, strict dword 0x5
        and [ebx], dword 0x5
        sub al, al
        sub al, bl
        sub cl, al
        sub cl, bl
        sub ah, al
        sub ah, bl
        sub [fs:edi+0x80], cl
        sub dl, [fs:edi+0x80]
        sub al, 0x0
        sub dl, 0x0
        sub byte [si+0x1234], 0x0
        sub al, 0x1
        sub dl, 0x1
        sub byte [ebx+ecx*4], 0x1
        sub byte [0x1234], 0x5
        sub al, -0x1
        sub dl, -0x1
        sub byte [bp-0x4], -0x1
        sub al, -0x80
        sub dl, -0x80
        sub byte [ebp+esi*8-0x80], -0x80
        sub al, 0x80
        sub dl, 0x80
        sub byte [es:di], 0x80
        sub byte [bx], 0xff
        sub ax, ax
        sub ax, si
        sub cx, cx
        sub si, ax
        sub [ds:bp], cx
        sub bx, [ds:bp]
        sub ax, 0x0
        sub bx, 0x0
        sub word [eax*2], 0x0
        sub ax, 0x1
        sub bx, 0x1
        sub word [bp], 0x1
        sub word [eax], 0x5
        sub ax, -0x1
        sub bx, -0x1
        sub word [edx+0x12345678], -0x1
        sub ax, -0x80
        sub bx, -0x80
        sub word [bx+si], -0x80
        sub ax, 0x80
        sub bx, 0x80
        sub word [eax+esp], 0x80
        sub word [esp+0x8], 0xff
        sub ax, 0x8000
        sub bx, 0x8000
        sub word [ebx+ecx*4], 0x8000
        sub word [0x1234], 0xfff0
        sub cx, byte 0x5
        sub ax, byte -0x5
        sub ax, word 0x5
        sub cx, word 0x5
        sub cx, strict word 0x5
        sub ax, strict word 0x5
        sub [ebx], word 0x5
        sub eax, eax
        sub eax, edi
        sub ecx, ecx
        sub edi, eax
        sub [ebp+esi*8-0x80], ecx
        sub ebx, [ebp+esi*8-0x80]
        sub eax, 0x0
        sub ebx, 0x0
        sub dword [dword 0x12345678], 0x0
        sub eax, 0x1
        sub ebx, 0x1
        sub dword [es:di], 0x1
        sub dword [ecx*4+0x10], 0x5
        sub eax, -0x1
        sub ebx, -0x1
        sub dword [bx], -0x1
        sub eax, -0x80
        sub ebx, -0x80
        sub dword [ds:bp], -0x80
        sub eax, 0x80
        sub ebx, 0x80
        sub dword [bp], 0x80
        sub dword [edx+0x12345678], 0xff
        sub eax, 0x8000
        sub ebx, 0x8000
        sub dword [eax+esp], 0x8000
        sub dword [bp+di+0x5], 0xfff0
        sub eax, 0x12345678
        sub ebx, 0x12345678
        sub dword [fs:edi+0x80], 0x12345678
        sub dword [si+0x1234], 0x7fffffff
        sub eax, 0x80000000
        sub ebx, 0x80000000
        sub dword [ebx+ecx*4], 0x80000000
        sub dword [0x1234], 0xffffffff
        sub eax, -0x80000000
        sub ebx, -0x80000000
        sub dword [ebp+esi*8-0x80], -0x80000000
        sub ecx, byte 0x5
        sub eax, byte -0x5
        sub eax, dword 0x5
        sub ecx, dword 0x5
        sub ecx, strict dword 0x5
        sub eax, strict dword 0x5
        sub [ebx], dword 0x5
        xor al, al
        xor al, bl
        xor cl, al
        xor cl, bl
        xor ah, al
        xor ah, bl
        xor [dword 0x12345678], cl
        xor dl, [dword 0x12345678]
        xor al, 0x0
        xor dl, 0x0
        xor byte [es:di], 0x0
        xor al, 0x1
        xor dl, 0x1
        xor byte [ecx*4+0x10], 0x1
        xor byte [bx], 0x5
        xor al, -0x1
        xor dl, -0x1
        xor byte [ds:bp], -0x1
        xor al, -0x80
        xor dl, -0x80
        xor byte [eax*2], -0x80
        xor al, 0x80
        xor dl, 0x80
        xor byte [eax], 0x80
        xor byte [bx+si], 0xff
        xor ax, ax
        xor ax, si
        xor cx, cx
        xor si, ax
        xor [ebp], cx
        xor bx, [ebp]
        xor ax, 0x0
        xor bx, 0x0
        xor word [eax+esp], 0x0
        xor ax, 0x1
        xor bx, 0x1
        xor word [bp+di+0x5], 0x1
        xor word [esp+0x8], 0x5
        xor ax, -0x1
        xor bx, -0x1
        xor word [fs:edi+0x80], -0x1
        xor ax, -0x80
        xor bx, -0x80
        xor word [si+0x1234], -0x80
        xor ax, 0x80
        xor bx, 0x80
        xor word [0x1234], 0x80
        xor word [ebp+esi*8-0x80], 0xff
        xor ax, 0x8000
        xor bx, 0x8000
        xor word [ecx*4+0x10], 0x8000
        xor word [bx], 0xfff0
        xor cx, byte 0x5
        xor ax, byte -0x5
        xor ax, word 0x5
        xor cx, word 0x5
        xor cx, strict word 0x5
        xor ax, strict word 0x5
        xor [ebx], word 0x5
        xor eax, eax
        xor eax, edi
        xor ecx, ecx
        xor edi, eax
        xor [eax*2], ecx
        xor ebx, [eax*2]
        xor eax, 0x0
        xor ebx, 0x0
        xor dword [bp], 0x0
        xor eax, 0x1
        xor ebx, 0x1
        xor dword [eax], 0x1
        xor dword [edx+0x12345678], 0x5
        xor eax, -0x1
        xor ebx, -0x1
        xor dword [bx+si], -0x1
        xor eax, -0x80
        xor ebx, -0x80
        xor dword [ebp], -0x80
        xor eax, 0x80
        xor ebx, 0x80
        xor dword [bp+di+0x5], 0x80
        xor dword [fs:edi+0x80], 0xff
        xor eax, 0x8000
        xor ebx, 0x8000
        xor dword [0x1234], 0x8000
        xor dword [bp-0x4], 0xfff0
        xor eax, 0x12345678
        xor ebx, 0x12345678
        xor dword [dword 0x12345678], 0x12345678
        xor dword [es:di], 0x7fffffff
        xor eax, 0x80000000
        xor ebx, 0x80000000
        xor dword [ecx*4+0x10], 0x80000000
        xor dword [bx], 0xffffffff
        xor eax, -0x80000000
        xor ebx, -0x80000000
        xor dword [eax*2], -0x80000000
        xor ecx, byte 0x5
        xor eax, byte -0x5
        xor eax, dword 0x5
        xor ecx, dword 0x5
        xor ecx, strict dword 0x5
        xor eax, strict dword 0x5
        xor [ebx], dword 0x5
        cmp al, al
        cmp al, bl
        cmp cl, al
        cmp cl, bl
        cmp ah, al
        cmp ah, bl
        cmp [bp], cl
        cmp dl, [bp]
        cmp al, 0x0
        cmp dl, 0x0
        cmp byte [eax], 0x0
        cmp al, 0x1
        cmp dl, 0x1
        cmp byte [edx+0x12345678], 0x1
        cmp byte [bx+si], 0x5
        cmp al, -0x1
        cmp dl, -0x1
        cmp byte [ebp], -0x1
        cmp al, -0x80
        cmp dl, -0x80
        cmp byte [eax+esp], -0x80
        cmp al, 0x80
        cmp dl, 0x80
        cmp byte [esp+0x8], 0x80
        cmp byte [si+0x1234], 0xff
        cmp ax, ax
        cmp ax, si
        cmp cx, cx
        cmp si, ax
        cmp [ebx+ecx*4], cx
        cmp bx, [ebx+ecx*4]
        cmp ax, 0x0
        cmp bx, 0x0
        cmp word [0x1234], 0x0
        cmp ax, 0x1
        cmp bx, 0x1
        cmp word [bp-0x4], 0x1
        cmp word [ebp+esi*8-0x80], 0x5
        cmp ax, -0x1
        cmp bx, -0x1
        cmp word [dword 0x12345678], -0x1
        cmp ax, -0x80
        cmp bx, -0x80
        cmp word [es:di], -0x80
        cmp ax, 0x80
        cmp bx, 0x80
        cmp word [bx], 0x80
        cmp word [eax*2], 0xff
        cmp ax, 0x8000
        cmp bx, 0x8000
        cmp word [edx+0x12345678], 0x8000
        cmp word [bx+si], 0xfff0
        cmp cx, byte 0x5
        cmp ax, byte -0x5
        cmp ax, word 0x5
        cmp cx, word 0x5
        cmp cx, strict word 0x5
        cmp ax, strict word 0x5
        cmp [ebx], word 0x5
        cmp eax, eax
        cmp eax, edi
        cmp ecx, ecx
        cmp edi, eax
        cmp [eax+esp], ecx
        cmp ebx, [eax+esp]
        cmp eax, 0x0
        cmp ebx, 0x0
        cmp dword [bp+di+0x5], 0x0
        cmp eax, 0x1
        cmp ebx, 0x1
        cmp dword [esp+0x8], 0x1
        cmp dword [fs:edi+0x80], 0x5
        cmp eax, -0x1
        cmp ebx, -0x1
        cmp dword [si+0x1234], -0x1
        cmp eax, -0x80
        cmp ebx, -0x80
        cmp dword [ebx+ecx*4], -0x80
        cmp eax, 0x80
        cmp ebx, 0x80
        cmp dword [bp-0x4], 0x80
        cmp dword [dword 0x12345678], 0xff
        cmp eax, 0x8000
        cmp ebx, 0x8000
        cmp dword [bx], 0x8000
        cmp dword [ds:bp], 0xfff0
        cmp eax, 0x12345678
        cmp ebx, 0x12345678
        cmp dword [bp], 0x12345678
        cmp dword [eax], 0x7fffffff
        cmp eax, 0x80000000
        cmp ebx, 0x80000000
        cmp dword [edx+0x12345678], 0x80000000
        cmp dword [bx+si], 0xffffffff
        cmp eax, -0x80000000
        cmp ebx, -0x80000000
        cmp dword [eax+esp], -0x80000000
        cmp ecx, byte 0x5
        cmp eax, byte -0x5
        cmp eax, dword 0x5
        cmp ecx, dword 0x5
        cmp ecx, strict dword 0x5
        cmp eax, strict dword 0x5
        cmp [ebx], dword 0x5
        test al, al
        test al, bl
        test cl, al
        test cl, bl
        test ah, al
        test ah, bl
        test [bp+di+0x5], cl
        test dl, [bp+di+0x5]
        test al, 0x0
        test dl, 0x0
        test byte [esp+0x8], 0x0
        test al, 0x1
        test dl, 0x1
        test byte [fs:edi+0x80], 0x1
        test byte [si+0x1234], 0x5
        test al, -0x1
        test dl, -0x1
        test byte [ebx+ecx*4], -0x1
        test al, -0x80
        test dl, -0x80
        test byte [0x1234], -0x80
        test al, 0x80
        test dl, 0x80
        test byte [ebp+esi*8-0x80], 0x80
        test byte [es:di], 0xff
        test ax, ax
        test ax, si
        test cx, cx
        test si, ax
        test [ecx*4+0x10], cx
        test bx, [ecx*4+0x10]
        test ax, 0x0
        test bx, 0x0
        test word [bx], 0x0
        test ax, 0x1
        test bx, 0x1
        test word [ds:bp], 0x1
        test word [eax*2], 0x5
        test ax, -0x1
        test bx, -0x1
        test word [bp], -0x1
        test ax, -0x80
        test bx, -0x80
        test word [eax], -0x80
        test ax, 0x80
        test bx, 0x80
        test word [bx+si], 0x80
        test word [eax+esp], 0xff
        test ax, 0x8000
        test bx, 0x8000
        test word [fs:edi+0x80], 0x8000
        test word [si+0x1234], 0xfff0
        test ax, word 0x5
        test cx, word 0x5
        test cx, strict word 0x5
        test ax, strict word 0x5
        test [ebx], word 0x5
        test eax, eax
        test eax, edi
        test ecx, ecx
        test edi, eax
        test [0x1234], ecx
        test ebx, [0x1234]
        test eax, 0x0
        test ebx, 0x0
        test dword [bp-0x4], 0x0
        test eax, 0x1
        test ebx, 0x1
        test dword [ebp+esi*8-0x80], 0x1
        test dword [dword 0x12345678], 0x5
        test eax, -0x1
        test ebx, -0x1
        test dword [es:di], -0x1
        test eax, -0x80
        test ebx, -0x80
        test dword [ecx*4+0x10], -0x80
        test eax, 0x80
        test ebx, 0x80
        test dword [ds:bp], 0x80
        test dword [bp], 0xff
        test eax, 0x8000
        test ebx, 0x8000
        test dword [bx+si], 0x8000
        test dword [ebp], 0xfff0
        test eax, 0x12345678
        test ebx, 0x12345678
        test dword [bp+di+0x5], 0x12345678
        test dword [esp+0x8], 0x7fffffff
        test eax, 0x80000000
        test ebx, 0x80000000
        test dword [fs:edi+0x80], 0x80000000
        test dword [si+0x1234], 0xffffffff
        test eax, -0x80000000
        test ebx, -0x80000000
        test dword [0x1234], -0x80000000
        test eax, dword 0x5
        test ecx, dword 0x5
        test ecx, strict dword 0x5
        test eax, strict dword 0x5
        test [ebx], dword 0x5
        xchg al, al
        xchg al, bl
        xchg cl, al
        xchg cl, bl
        xchg ah, al
        xchg ah, bl
        xchg [bp-0x4], cl
        xchg dl, [bp-0x4]
        xchg ax, ax
        xchg ax, si
        xchg cx, cx
        xchg si, ax
        xchg [ebp+esi*8-0x80], cx
        xchg bx, [ebp+esi*8-0x80]
        xchg eax, eax
        xchg eax, edi
        xchg ecx, ecx
        xchg edi, eax
        xchg [dword 0x12345678], ecx
        xchg ebx, [dword 0x12345678]
        mov al, al
        mov al, bl
        mov cl, al
        mov cl, bl
        mov ah, al
        mov ah, bl
        mov [es:di], cl
        mov dl, [es:di]
        mov al, 0x0
        mov dl, 0x0
        mov al, 0x1
        mov dl, 0x1
        mov byte [bx], 0x1
        mov al, -0x1
        mov dl, -0x1
        mov byte [eax*2], -0x1
        mov al, -0x80
        mov dl, -0x80
        mov byte [bp], -0x80
        mov al, 0x80
        mov dl, 0x80
        mov byte [edx+0x12345678], 0x80
        mov byte [ebp], 0xff
        mov ax, ax
        mov ax, si
        mov cx, cx
        mov si, ax
        mov [eax+esp], cx
        mov bx, [eax+esp]
        mov ax, 0x0
        mov bx, 0x0
        mov ax, 0x1
        mov bx, 0x1
        mov word [esp+0x8], 0x1
        mov ax, -0x1
        mov bx, -0x1
        mov word [si+0x1234], -0x1
        mov ax, -0x80
        mov bx, -0x80
        mov word [ebx+ecx*4], -0x80
        mov ax, 0x80
        mov bx, 0x80
        mov word [bp-0x4], 0x80
        mov word [dword 0x12345678], 0xff
        mov ax, 0x8000
        mov bx, 0x8000
        mov word [bx], 0x8000
        mov word [ds:bp], 0xfff0
        mov ax, word 0x5
        mov cx, word 0x5
        mov cx, strict word 0x5
        mov ax, strict word 0x5
        mov [ebx], word 0x5
        mov eax, eax
        mov eax, edi
        mov ecx, ecx
        mov edi, eax
        mov [bp], ecx
        mov eax, 0x0
        mov ebx, 0x0
        mov eax, 0x1
        mov ebx, 0x1
        mov dword [edx+0x12345678], 0x1
        mov eax, -0x1
        mov ebx, -0x1
        mov dword [ebp], -0x1
        mov eax, -0x80
        mov ebx, -0x80
        mov dword [eax+esp], -0x80
        mov eax, 0x80
        mov ebx, 0x80
        mov dword [esp+0x8], 0x80
        mov dword [si+0x1234], 0xff
        mov eax, 0x8000
        mov ebx, 0x8000
        mov dword [bp-0x4], 0x8000
        mov dword [ebp+esi*8-0x80], 0xfff0
        mov eax, 0x12345678
        mov ebx, 0x12345678
        mov dword [es:di], 0x12345678
        mov dword [ecx*4+0x10], 0x7fffffff
        mov eax, 0x80000000
        mov ebx, 0x80000000
        mov dword [bx], 0x80000000
        mov dword [ds:bp], 0xffffffff
        mov eax, -0x80000000
        mov ebx, -0x80000000
        mov dword [bp], -0x80000000
        mov eax, dword 0x5
        mov ecx, dword 0x5
        mov ecx, strict dword 0x5
        mov eax, strict dword 0x5
        mov [ebx], dword 0x5
        inc al
        inc cl
        inc ah
        inc byte [eax]
        inc byte [ecx*4+0x10]
        inc ax
        inc cx
        inc word [edx+0x12345678]
        inc word [bx]
        inc eax
        inc ecx
        inc dword [bx+si]
        inc dword [ds:bp]
        dec al
        dec cl
        dec ah
        dec byte [ebp]
        dec byte [eax*2]
        dec ax
        dec cx
        dec word [eax+esp]
        dec word [bp]
        dec eax
        dec ecx
        dec dword [bp+di+0x5]
        dec dword [eax]
        not al
        not cl
        not ah
        not byte [esp+0x8]
        not byte [edx+0x12345678]
        not ax
        not cx
        not word [fs:edi+0x80]
        not word [bx+si]
        not eax
        not ecx
        not dword [si+0x1234]
        not dword [ebp]
        neg al
        neg cl
        neg ah
        neg byte [ebx+ecx*4]
        neg byte [eax+esp]
        neg ax
        neg cx
        neg word [0x1234]
        neg word [bp+di+0x5]
        neg eax
        neg ecx
        neg dword [bp-0x4]
        neg dword [esp+0x8]
        mul al
        mul cl
        mul ah
        mul byte [ebp+esi*8-0x80]
        mul byte [fs:edi+0x80]
        mul ax
        mul cx
        mul word [dword 0x12345678]
        mul word [si+0x1234]
        mul eax
        mul ecx
        mul dword [es:di]
        mul dword [ebx+ecx*4]
        imul al
        imul cl
        imul ah
        imul byte [ecx*4+0x10]
        imul byte [0x1234]
        imul ax
        imul cx
        imul word [bx]
        imul word [bp-0x4]
        imul eax
        imul ecx
        imul dword [ds:bp]
        imul dword [ebp+esi*8-0x80]
        div al
        div cl
        div ah
        div byte [eax*2]
        div byte [dword 0x12345678]
        div ax
        div cx
        div word [bp]
        div word [es:di]
        div eax
        div ecx
        div dword [eax]
        div dword [ecx*4+0x10]
        idiv al
        idiv cl
        idiv ah
        idiv byte [edx+0x12345678]
        idiv byte [bx]
        idiv ax
        idiv cx
        idiv word [bx+si]
        idiv word [ds:bp]
        idiv eax
        idiv ecx
        idiv dword [ebp]
        idiv dword [eax*2]
        shl cl, 0x1
        shl byte [eax+esp], 0x1
        shl cl, 0x5
        shl byte [bp+di+0x5], 0x5
        shl cl, cl
        shl byte [esp+0x8], cl
        shl byte [fs:edi+0x80], 0x1f
        shl cx, 0x1
        shl word [si+0x1234], 0x1
        shl cx, 0x5
        shl word [ebx+ecx*4], 0x5
        shl cx, cl
        shl word [0x1234], cl
        shl word [bp-0x4], 0x1f
        shl ecx, 0x1
        shl dword [ebp+esi*8-0x80], 0x1
        shl ecx, 0x5
        shl dword [dword 0x12345678], 0x5
        shl ecx, cl
        shl dword [es:di], cl
        shl dword [ecx*4+0x10], 0x1f
        shr cl, 0x1
        shr byte [bx], 0x1
        shr cl, 0x5
        shr byte [ds:bp], 0x5
        shr cl, cl
        shr byte [eax*2], cl
        shr byte [bp], 0x1f
        shr cx, 0x1
        shr word [eax], 0x1
        shr cx, 0x5
        shr word [edx+0x12345678], 0x5
        shr cx, cl
        shr word [bx+si], cl
        shr word [ebp], 0x1f
        shr ecx, 0x1
        shr dword [eax+esp], 0x1
        shr ecx, 0x5
        shr dword [bp+di+0x5], 0x5
        shr ecx, cl
        shr dword [esp+0x8], cl
        shr dword [fs:edi+0x80], 0x1f
        sal cl, 0x1
        sal byte [si+0x1234], 0x1
        sal cl, 0x5
        sal byte [ebx+ecx*4], 0x5
        sal cl, cl
        sal byte [0x1234], cl
        sal byte [bp-0x4], 0x1f
        sal cx, 0x1
        sal word [ebp+esi*8-0x80], 0x1
        sal cx, 0x5
        sal word [dword 0x12345678], 0x5
        sal cx, cl
        sal word [es:di], cl
        sal word [ecx*4+0x10], 0x1f
        sal ecx, 0x1
        sal dword [bx], 0x1
        sal ecx, 0x5
        sal dword [ds:bp], 0x5
        sal ecx, cl
        sal dword [eax*2], cl
        sal dword [bp], 0x1f
        sar cl, 0x1
        sar byte [eax], 0x1
        sar cl, 0x5
        sar byte [edx+0x12345678], 0x5
        sar cl, cl
        sar byte [bx+si], cl
        sar byte [ebp], 0x1f
        sar cx, 0x1
        sar word [eax+esp], 0x1
        sar cx, 0x5
        sar word [bp+di+0x5], 0x5
        sar cx, cl
        sar word [esp+0x8], cl
        sar word [fs:edi+0x80], 0x1f
        sar ecx, 0x1
        sar dword [si+0x1234], 0x1
        sar ecx, 0x5
        sar dword [ebx+ecx*4], 0x5
        sar ecx, cl
        sar dword [0x1234], cl
        sar dword [bp-0x4], 0x1f
        rol cl, 0x1
        rol byte [ebp+esi*8-0x80], 0x1
        rol cl, 0x5
        rol byte [dword 0x12345678], 0x5
        rol cl, cl
        rol byte [es:di], cl
        rol byte [ecx*4+0x10], 0x1f
        rol cx, 0x1
        rol word [bx], 0x1
        rol cx, 0x5
        rol word [ds:bp], 0x5
        rol cx, cl
        rol word [eax*2], cl
        rol word [bp], 0x1f
        rol ecx, 0x1
        rol dword [eax], 0x1
        rol ecx, 0x5
        rol dword [edx+0x12345678], 0x5
        rol ecx, cl
        rol dword [bx+si], cl
        rol dword [ebp], 0x1f
        ror cl, 0x1
        ror byte [eax+esp], 0x1
        ror cl, 0x5
        ror byte [bp+di+0x5], 0x5
        ror cl, cl
        ror byte [esp+0x8], cl
        ror byte [fs:edi+0x80], 0x1f
        ror cx, 0x1
        ror word [si+0x1234], 0x1
        ror cx, 0x5
        ror word [ebx+ecx*4], 0x5
        ror cx, cl
        ror word [0x1234], cl
        ror word [bp-0x4], 0x1f
        ror ecx, 0x1
        ror dword [ebp+esi*8-0x80], 0x1
        ror ecx, 0x5
        ror dword [dword 0x12345678], 0x5
        ror ecx, cl
        ror dword [es:di], cl
        ror dword [ecx*4+0x10], 0x1f
        rcl cl, 0x1
        rcl byte [bx], 0x1
        rcl cl, 0x5
        rcl byte [ds:bp], 0x5
        rcl cl, cl
        rcl byte [eax*2], cl
        rcl byte [bp], 0x1f
        rcl cx, 0x1
        rcl word [eax], 0x1
        rcl cx, 0x5
        rcl word [edx+0x12345678], 0x5
        rcl cx, cl
        rcl word [bx+si], cl
        rcl word [ebp], 0x1f
        rcl ecx, 0x1
        rcl dword [eax+esp], 0x1
        rcl ecx, 0x5
        rcl dword [bp+di+0x5], 0x5
        rcl ecx, cl
        rcl dword [esp+0x8], cl
        rcl dword [fs:edi+0x80], 0x1f
        rcr cl, 0x1
        rcr byte [si+0x1234], 0x1
        rcr cl, 0x5
        rcr byte [ebx+ecx*4], 0x5
        rcr cl, cl
        rcr byte [0x1234], cl
        rcr byte [bp-0x4], 0x1f
        rcr cx, 0x1
        rcr word [ebp+esi*8-0x80], 0x1
        rcr cx, 0x5
        rcr word [dword 0x12345678], 0x5
        rcr cx, cl
        rcr word [es:di], cl
        rcr word [ecx*4+0x10], 0x1f
        rcr ecx, 0x1
        rcr dword [bx], 0x1
        rcr ecx, 0x5
        rcr dword [ds:bp], 0x5
        rcr ecx, cl
        rcr dword [eax*2], cl
        rcr dword [bp], 0x1f
        shld ax, cx, 0x5
        shld [eax], bx, 0x5
        shld ax, cx, cl
        shld [edx+0x12345678], bx, cl
        shld eax, ecx, 0x5
        shld [bx+si], ebx, 0x5
        shld eax, ecx, cl
        shld [ebp], ebx, cl
        shrd ax, cx, 0x5
        shrd [eax+esp], bx, 0x5
        shrd ax, cx, cl
        shrd [bp+di+0x5], bx, cl
        shrd eax, ecx, 0x5
        shrd [esp+0x8], ebx, 0x5
        shrd eax, ecx, cl
        shrd [fs:edi+0x80], ebx, cl
        bt ax, cx
        bt [si+0x1234], bx
        bt bx, 0x5
        bt word [ebx+ecx*4], 0x7
        bt eax, ecx
        bt [0x1234], ebx
        bt ebx, 0x5
        bt dword [bp-0x4], 0x7
        bts ax, cx
        bts [ebp+esi*8-0x80], bx
        bts bx, 0x5
        bts word [dword 0x12345678], 0x7
        bts eax, ecx
        bts [es:di], ebx
        bts ebx, 0x5
        bts dword [ecx*4+0x10], 0x7
        btr ax, cx
        btr [bx], bx
        btr bx, 0x5
        btr word [ds:bp], 0x7
        btr eax, ecx
        btr [eax*2], ebx
        btr ebx, 0x5
        btr dword [bp], 0x7
        btc ax, cx
        btc [eax], bx
        btc bx, 0x5
        btc word [edx+0x12345678], 0x7
        btc eax, ecx
        btc [bx+si], ebx
        btc ebx, 0x5
        btc dword [ebp], 0x7
        bsf ax, cx
        bsf si, [eax+esp]
        bsf eax, ecx
        bsf edi, [bp+di+0x5]
        bsr ax, cx
        bsr si, [esp+0x8]
        bsr eax, ecx
        bsr edi, [fs:edi+0x80]
        popcnt ax, cx
        popcnt si, [si+0x1234]
        popcnt eax, ecx
        popcnt edi, [ebx+ecx*4]
        lzcnt ax, cx
        lzcnt si, [0x1234]
        lzcnt eax, ecx
        lzcnt edi, [bp-0x4]
        tzcnt ax, cx
        tzcnt si, [ebp+esi*8-0x80]
        tzcnt eax, ecx
        tzcnt edi, [dword 0x12345678]
        xadd al, cl
        xadd [es:di], dl
        lock xadd [ecx*4+0x10], dl
        xadd ax, cx
        xadd [bx], bx
        lock xadd [ds:bp], bx
        xadd eax, ecx
        xadd [eax*2], ebx
        lock xadd [bp], ebx
        cmpxchg al, cl
        cmpxchg [eax], dl
        lock cmpxchg [edx+0x12345678], dl
        cmpxchg ax, cx
        cmpxchg [bx+si], bx
        lock cmpxchg [ebp], bx
        cmpxchg eax, ecx
        cmpxchg [eax+esp], ebx
        lock cmpxchg [bp+di+0x5], ebx
        imul ax, cx
        imul ax, [esp+0x8]
        imul cx, 0x5
        imul cx, bx, 0x5
        imul cx, bx, 0x123
        imul cx, [fs:edi+0x80], -0x3
        imul si, 0x1234
        movbe ax, [si+0x1234]
        movbe [ebx+ecx*4], ax
        imul eax, ecx
        imul eax, [0x1234]
        imul ecx, 0x5
        imul ecx, ebx, 0x5
        imul ecx, ebx, 0x123
        imul ecx, [bp-0x4], -0x3
        imul edi, 0x1234
        movbe eax, [ebp+esi*8-0x80]
        movbe [dword 0x12345678], eax
        movzx cx, al
        movzx cx, cl
        movzx bx, byte [es:di]
        movzx ecx, al
        movzx ecx, cl
        movzx ebx, byte [ecx*4+0x10]
        movzx ecx, ax
        movzx ecx, cx
        movzx ebx, word [bx]
        movsx cx, al
        movsx cx, cl
        movsx bx, byte [ds:bp]
        movsx ecx, al
        movsx ecx, cl
        movsx ebx, byte [eax*2]
        movsx ecx, ax
        movsx ecx, cx
        movsx ebx, word [bp]
        seto bl
        seto [eax]
        seto byte [edx+0x12345678]
        cmovo ax, cx
        cmovo bx, [bx+si]
        cmovo eax, ecx
        cmovo ebx, [ebp]
        jo $+0x10
        jo near $+0x10
        jo short $-0x10
        jo $+0x1000
        setno bl
        setno [eax+esp]
        setno byte [bp+di+0x5]
        cmovno ax, cx
        cmovno bx, [esp+0x8]
        cmovno eax, ecx
        cmovno ebx, [fs:edi+0x80]
        jno $+0x10
        jno near $+0x10
        jno short $-0x10
        jno $+0x1000
        setb bl
        setb [si+0x1234]
        setb byte [ebx+ecx*4]
        cmovb ax, cx
        cmovb bx, [0x1234]
        cmovb eax, ecx
        cmovb ebx, [bp-0x4]
        jb $+0x10
        jb near $+0x10
        jb short $-0x10
        jb $+0x1000
        setc bl
        setc [ebp+esi*8-0x80]
        setc byte [dword 0x12345678]
        cmovc ax, cx
        cmovc bx, [es:di]
        cmovc eax, ecx
        cmovc ebx, [ecx*4+0x10]
        jc $+0x10
        jc near $+0x10
        jc short $-0x10
        jc $+0x1000
        setnae bl
        setnae [bx]
        setnae byte [ds:bp]
        cmovnae ax, cx
        cmovnae bx, [eax*2]
        cmovnae eax, ecx
        cmovnae ebx, [bp]
        jnae $+0x10
        jnae near $+0x10
        jnae short $-0x10
        jnae $+0x1000
        setae bl
        setae [eax]
        setae byte [edx+0x12345678]
        cmovae ax, cx
        cmovae bx, [bx+si]
        cmovae eax, ecx
        cmovae ebx, [ebp]
        jae $+0x10
        jae near $+0x10
        jae short $-0x10
        jae $+0x1000
        setnb bl
        setnb [eax+esp]
        setnb byte [bp+di+0x5]
        cmovnb ax, cx
        cmovnb bx, [esp+0x8]
        cmovnb eax, ecx
        cmovnb ebx, [fs:edi+0x80]
        jnb $+0x10
        jnb near $+0x10
        jnb short $-0x10
        jnb $+0x1000
        setnc bl
        setnc [si+0x1234]
        setnc byte [ebx+ecx*4]
        cmovnc ax, cx
        cmovnc bx, [0x1234]
        cmovnc eax, ecx
        cmovnc ebx, [bp-0x4]
        jnc $+0x10
        jnc near $+0x10
        jnc short $-0x10
        jnc $+0x1000
        sete bl
        sete [ebp+esi*8-0x80]
        sete byte [dword 0x12345678]
        cmove ax, cx
        cmove bx, [es:di]
        cmove eax, ecx
        cmove ebx, [ecx*4+0x10]
        je $+0x10
        je near $+0x10
        je short $-0x10
        je $+0x1000
        setz bl
        setz [bx]
        setz byte [ds:bp]
        cmovz ax, cx
        cmovz bx, [eax*2]
        cmovz eax, ecx
        cmovz ebx, [bp]
        jz $+0x10
        jz near $+0x10
        jz short $-0x10
        jz $+0x1000
        setne bl
        setne [eax]
        setne byte [edx+0x12345678]
        cmovne ax, cx
        cmovne bx, [bx+si]
        cmovne eax, ecx
        cmovne ebx, [ebp]
        jne $+0x10
        jne near $+0x10
        jne short $-0x10
        jne $+0x1000
        setnz bl
        setnz [eax+esp]
        setnz byte [bp+di+0x5]
        cmovnz ax, cx
        cmovnz bx, [esp+0x8]
        cmovnz eax, ecx
        cmovnz ebx, [fs:edi+0x80]
        jnz $+0x10
        jnz near $+0x10
        jnz short $-0x10
        jnz $+0x1000
        setbe bl
        setbe [si+0x1234]
        setbe byte [ebx+ecx*4]
        cmovbe ax, cx
        cmovbe bx, [0x1234]
        cmovbe eax, ecx
        cmovbe ebx, [bp-0x4]
        jbe $+0x10
        jbe near $+0x10
        jbe short $-0x10
        jbe $+0x1000
        setna bl
        setna [ebp+esi*8-0x80]
        setna byte [dword 0x12345678]
        cmovna ax, cx
        cmovna bx, [es:di]
        cmovna eax, ecx
        cmovna ebx, [ecx*4+0x10]
        jna $+0x10
        jna near $+0x10
        jna short $-0x10
        jna $+0x1000
        seta bl
        seta [bx]
        seta byte [ds:bp]
        cmova ax, cx
        cmova bx, [eax*2]
        cmova eax, ecx
        cmova ebx, [bp]
        ja $+0x10
        ja near $+0x10
        ja short $-0x10
        ja $+0x1000
        setnbe bl
        setnbe [eax]
        setnbe byte [edx+0x12345678]
        cmovnbe ax, cx
        cmovnbe bx, [bx+si]
        cmovnbe eax, ecx
        cmovnbe ebx, [ebp]
        jnbe $+0x10
        jnbe near $+0x10
        jnbe short $-0x10
        jnbe $+0x1000
        sets bl
        sets [eax+esp]
        sets byte [bp+di+0x5]
        cmovs ax, cx
        cmovs bx, [esp+0x8]
        cmovs eax, ecx
        cmovs ebx, [fs:edi+0x80]
        js $+0x10
        js near $+0x10
        js short $-0x10
        js $+0x1000
        setns bl
        setns [si+0x1234]
        setns byte [ebx+ecx*4]
        cmovns ax, cx
        cmovns bx, [0x1234]
        cmovns eax, ecx
        cmovns ebx, [bp-0x4]
        jns $+0x10
        jns near $+0x10
        jns short $-0x10
        jns $+0x1000
        setp bl
        setp [ebp+esi*8-0x80]
        setp byte [dword 0x12345678]
        cmovp ax, cx
        cmovp bx, [es:di]
        cmovp eax, ecx
        cmovp ebx, [ecx*4+0x10]
        jp $+0x10
        jp near $+0x10
        jp short $-0x10
        jp $+0x1000
        setpe bl
        setpe [bx]
        setpe byte [ds:bp]
        cmovpe ax, cx
        cmovpe bx, [eax*2]
        cmovpe eax, ecx
        cmovpe ebx, [bp]
        jpe $+0x10
        jpe near $+0x10
        jpe short $-0x10
        jpe $+0x1000
        setnp bl
        setnp [eax]
        setnp byte [edx+0x12345678]
        cmovnp ax, cx
        cmovnp bx, [bx+si]
        cmovnp eax, ecx
        cmovnp ebx, [ebp]
        jnp $+0x10
        jnp near $+0x10
        jnp short $-0x10
        jnp $+0x1000
        setpo bl
        setpo [eax+esp]
        setpo byte [bp+di+0x5]
        cmovpo ax, cx
        cmovpo bx, [esp+0x8]
        cmovpo eax, ecx
        cmovpo ebx, [fs:edi+0x80]
        jpo $+0x10
        jpo near $+0x10
        jpo short $-0x10
        jpo $+0x1000
        setl bl
        setl [si+0x1234]
        setl byte [ebx+ecx*4]
        cmovl ax, cx
        cmovl bx, [0x1234]
        cmovl eax, ecx
        cmovl ebx, [bp-0x4]
        jl $+0x10
        jl near $+0x10
        jl short $-0x10
        jl $+0x1000
        setnge bl
        setnge [ebp+esi*8-0x80]
        setnge byte [dword 0x12345678]
        cmovnge ax, cx
        cmovnge bx, [es:di]
        cmovnge eax, ecx
        cmovnge ebx, [ecx*4+0x10]
        jnge $+0x10
        jnge near $+0x10
        jnge short $-0x10
        jnge $+0x1000
        setge bl
        setge [bx]
        setge byte [ds:bp]
        cmovge ax, cx
        cmovge bx, [eax*2]
        cmovge eax, ecx
        cmovge ebx, [bp]
        jge $+0x10
        jge near $+0x10
        jge short $-0x10
        jge $+0x1000
        setnl bl
        setnl [eax]
        setnl byte [edx+0x12345678]
        cmovnl ax, cx
        cmovnl bx, [bx+si]
        cmovnl eax, ecx
        cmovnl ebx, [ebp]
        jnl $+0x10
        jnl near $+0x10
        jnl short $-0x10
        jnl $+0x1000
        setle bl
        setle [eax+esp]
        setle byte [bp+di+0x5]
        cmovle ax, cx
        cmovle bx, [esp+0x8]
        cmovle eax, ecx
        cmovle ebx, [fs:edi+0x80]
        jle $+0x10
        jle near $+0x10
        jle short $-0x10
        jle $+0x1000
        setng bl
        setng [si+0x1234]
        setng byte [ebx+ecx*4]
        cmovng ax, cx
        cmovng bx, [0x1234]
        cmovng eax, ecx
        cmovng ebx, [bp-0x4]
        jng $+0x10
        jng near $+0x10
        jng short $-0x10
        jng $+0x1000
        setg bl
        setg [ebp+esi*8-0x80]
        setg byte [dword 0x12345678]
        cmovg ax, cx
        cmovg bx, [es:di]
        cmovg eax, ecx
        cmovg ebx, [ecx*4+0x10]
        jg $+0x10
        jg near $+0x10
        jg short $-0x10
        jg $+0x1000
        setnle bl
        setnle [bx]
        setnle byte [ds:bp]
        cmovnle ax, cx
        cmovnle bx, [eax*2]
        cmovnle eax, ecx
        cmovnle ebx, [bp]
        jnle $+0x10
        jnle near $+0x10
        jnle short $-0x10
        jnle $+0x1000
        jmp $+0x10
        jmp $-0x7e
        jmp near $+0x10
        jmp short $+0x10
        jmp dword $+0x100
        jmp ax
        jmp cx
        jmp word [eax]
        jmp word [ecx*4+0x10]
        jmp eax
        jmp ecx
        jmp dword [edx+0x12345678]
        jmp dword [bx]
        jmp [bx+si]
        jmp far [bx+si]
        jmp [ds:bp]
        jmp far [ds:bp]
        jmp far word [ebp]
        jmp far word [eax*2]
        jmp far dword [eax+esp]
        jmp far dword [bp]
        jmp 0x8:0x1234
        jmp word 0x10:0x1234
        jmp dword 0xffff:0x1234
        call $+0x10
        call $-0x7e
        call dword $+0x100
        call ax
        call cx
        call word [bp+di+0x5]
        call word [eax]
        call eax
        call ecx
        call dword [esp+0x8]
        call dword [edx+0x12345678]
        call [fs:edi+0x80]
        call far [fs:edi+0x80]
        call [bx+si]
        call far [bx+si]
        call far word [si+0x1234]
        call far word [ebp]
        call far dword [ebx+ecx*4]
        call far dword [eax+esp]
        call 0x8:0x1234
        call word 0x10:0x1234
        call dword 0xffff:0x1234
        push ax
        push cx
        push word [0x1234]
        push word [bp+di+0x5]
        push eax
        push ecx
        push dword [bp-0x4]
        push dword [esp+0x8]
        push es
        o16 push es
        o32 push es
        push ss
        o16 push ss
        o32 push ss
        pop ax
        pop cx
        pop word [ebp+esi*8-0x80]
        pop word [fs:edi+0x80]
        pop eax
        pop ecx
        pop dword [dword 0x12345678]
        pop dword [si+0x1234]
        pop es
        o16 pop es
        o32 pop es
        pop ss
        o16 pop ss
        o32 pop ss
        push 0x0
        push word 0x0
        push strict word 0x0
        push dword 0x0
        push strict dword 0x0
        push 0x1
        push word 0x1
        push strict word 0x1
        push dword 0x1
        push strict dword 0x1
        push 0x5
        push word 0x5
        push strict word 0x5
        push dword 0x5
        push strict dword 0x5
        push -0x1
        push word -0x1
        push strict word -0x1
        push dword -0x1
        push strict dword -0x1
        push 0x80
        push word 0x80
        push strict word 0x80
        push dword 0x80
        push strict dword 0x80
        push -0x80
        push word -0x80
        push strict word -0x80
        push dword -0x80
        push strict dword -0x80
        push -0x81
        push word -0x81
        push strict word -0x81
        push dword -0x81
        push strict dword -0x81
        push 0x1234
        push word 0x1234
        push strict word 0x1234
        push dword 0x1234
        push strict dword 0x1234
        push 0x8000
        push word 0x8000
        push strict word 0x8000
        push dword 0x8000
        push strict dword 0x8000
        push 0xfff0
        push word 0xfff0
        push strict word 0xfff0
        push dword 0xfff0
        push strict dword 0xfff0
        push byte 0x5
        cbw
        cwde
        cwd
        cdq
        clc
        stc
        cmc
        cld
        std
        cli
        sti
        hlt
        nop
        lahf
        sahf
        leave
        ret
        retn
        retf
        iret
        iretw
        iretd
        int3
        int1
        icebp
        cpuid
        rdtsc
        rdtscp
        rdmsr
        wrmsr
        rdpmc
        clts
        invd
        wbinvd
        ud2
        pause
        mfence
        lfence
        sfence
        emms
        syscall
        sysret
        sysenter
        sysexit
        rsm
        xlatb
        xlat
        wait
        fwait
        pushf
        popf
        pushfw
        popfw
        monitor
        mwait
        xgetbv
        xsetbv
        vmcall
        endbr64
        endbr32
        aaa
        aas
        daa
        das
        aam
        aad
        into
        pusha
        popa
        pushaw
        popaw
        pushad
        popad
        pushfd
        popfd
        salc
        o16 ret
        o32 ret
        o16 retf
        o32 retf
        o16 iret
        o32 iret
        o16 leave
        o32 leave
        o16 pushf
        o32 pushf
        o16 popf
        o32 popf
        o16 nop
        o32 nop
        ret 0x4
        ret 0xfffe
        o16 ret 0x8
        retn 0x4
        retn 0xfffe
        o16 retn 0x8
        retf 0x4
        retf 0xfffe
        o16 retf 0x8
        movsb
        rep movsb
        es movsb
        rep es movsb
        cs movsb
        rep cs movsb
        fs movsb
        rep fs movsb
        a32 movsb
        rep a32 movsb
        movsw
        rep movsw
        es movsw
        rep es movsw
        cs movsw
        rep cs movsw
        fs movsw
        rep fs movsw
        a32 movsw
        rep a32 movsw
        movsd
        rep movsd
        es movsd
        rep es movsd
        cs movsd
        rep cs movsd
        fs movsd
        rep fs movsd
        a32 movsd
        rep a32 movsd
        cmpsb
        repe cmpsb
        repne cmpsb
        repz cmpsb
        repnz cmpsb
        es cmpsb
        repe es cmpsb
        cs cmpsb
        repe cs cmpsb
        fs cmpsb
        repe fs cmpsb
        a32 cmpsb
        repe a32 cmpsb
        cmpsw
        repe cmpsw
        repne cmpsw
        repz cmpsw
        repnz cmpsw
        es cmpsw
        repe es cmpsw
        cs cmpsw
        repe cs cmpsw
        fs cmpsw
        repe fs cmpsw
        a32 cmpsw
        repe a32 cmpsw
        cmpsd
        repe cmpsd
        repne cmpsd
        repz cmpsd
        repnz cmpsd
        es cmpsd
        repe es cmpsd
        cs cmpsd
        repe cs cmpsd
        fs cmpsd
        repe fs cmpsd
        a32 cmpsd
        repe a32 cmpsd
        scasb
        repe scasb
        repne scasb
        repz scasb
        repnz scasb
        a32 scasb
        repe a32 scasb
        scasw
        repe scasw
        repne scasw
        repz scasw
        repnz scasw
        a32 scasw
        repe a32 scasw
        scasd
        repe scasd
        repne scasd
        repz scasd
        repnz scasd
        a32 scasd
        repe a32 scasd
        lodsb
        rep lodsb
        es lodsb
        rep es lodsb
        cs lodsb
        rep cs lodsb
        fs lodsb
        rep fs lodsb
        a32 lodsb
        rep a32 lodsb
        lodsw
        rep lodsw
        es lodsw
        rep es lodsw
        cs lodsw
        rep cs lodsw
        fs lodsw
        rep fs lodsw
        a32 lodsw
        rep a32 lodsw
        lodsd
        rep lodsd
        es lodsd
        rep es lodsd
        cs lodsd
        rep cs lodsd
        fs lodsd
        rep fs lodsd
        a32 lodsd
        rep a32 lodsd
        stosb
        rep stosb
        a32 stosb
        rep a32 stosb
        stosw
        rep stosw
        a32 stosw
        rep a32 stosw
        stosd
        rep stosd
        a32 stosd
        rep a32 stosd
        insb
        rep insb
        a32 insb
        rep a32 insb
        insw
        rep insw
        a32 insw
        rep a32 insw
        insd
        rep insd
        a32 insd
        rep a32 insd
        outsb
        rep outsb
        es outsb
        rep es outsb
        cs outsb
        rep cs outsb
        fs outsb
        rep fs outsb
        a32 outsb
        rep a32 outsb
        outsw
        rep outsw
        es outsw
        rep es outsw
        cs outsw
        rep cs outsw
        fs outsw
        rep fs outsw
        a32 outsw
        rep a32 outsw
        outsd
        rep outsd
        es outsd
        rep es outsd
        cs outsd
        rep cs outsd
        fs outsd
        rep fs outsd
        a32 outsd
        rep a32 outsd
        es xlatb
        a32 xlatb
        loop $+0x10
        a32 loop $-0x50
        loop $+0x20, ecx
        loope $+0x10
        a32 loope $-0x50
        loope $+0x20, ecx
        loopz $+0x10
        a32 loopz $-0x50
        loopz $+0x20, ecx
        loopne $+0x10
        a32 loopne $-0x50
        loopne $+0x20, ecx
        loopnz $+0x10
        a32 loopnz $-0x50
        loopnz $+0x20, ecx
        jcxz $+0x10
        jcxz $-0x10
        jecxz $+0x10
        jecxz $-0x10
        in al, dx
        in al, 0x60
        out dx, al
        out 0x92, al
        in ax, dx
        in ax, 0x60
        out dx, ax
        out 0x92, ax
        in eax, dx
        in eax, 0x60
        out dx, eax
        out 0x92, eax
        int 0x0
        int 0x3
        int 0x80
        int 0xff
        aam 0x7
        aad 0x10
        enter 0x10, 0x0
        enter 0x1234, 0x1
        mov cr0, eax
        mov ecx, cr0
        mov cr2, eax
        mov ecx, cr2
        mov dr0, eax
        mov ebx, dr0
        mov dr6, eax
        mov ebx, dr6
        mov ax, es
        mov es, cx
        mov eax, es
        mov es, ecx
        mov [es:di], es
        mov word [es:di], es
        mov es, [es:di]
        mov es, word [es:di]
        mov ax, cs
        mov eax, cs
        mov [ecx*4+0x10], cs
        mov word [ecx*4+0x10], cs
        mov ss, cx
        mov ss, ecx
        mov ss, [bx]
        mov ss, word [bx]
        lgdt [eax]
        lgdt [ecx*4+0x10]
        o16 lgdt [bx]
        o32 lgdt [bx]
        lidt [edx+0x12345678]
        lidt [bx]
        o16 lidt [bx]
        o32 lidt [bx]
        sgdt [bx+si]
        sgdt [ds:bp]
        o16 sgdt [bx]
        o32 sgdt [bx]
        sidt [ebp]
        sidt [eax*2]
        o16 sidt [bx]
        o32 sidt [bx]
        invlpg [eax+esp]
        invlpg [bp]
        o16 invlpg [bx]
        o32 invlpg [bx]
        lldt ax
        lldt bx
        lldt [bp+di+0x5]
        lldt word [bp+di+0x5]
        lldt [eax]
        lldt word [eax]
        ltr ax
        ltr bx
        ltr [esp+0x8]
        ltr word [esp+0x8]
        ltr [edx+0x12345678]
        ltr word [edx+0x12345678]
        verr ax
        verr bx
        verr [fs:edi+0x80]
        verr word [fs:edi+0x80]
        verr [bx+si]
        verr word [bx+si]
        verw ax
        verw bx
        verw [si+0x1234]
        verw word [si+0x1234]
        verw [ebp]
        verw word [ebp]
        lmsw ax
        lmsw bx
        lmsw [ebx+ecx*4]
        lmsw word [ebx+ecx*4]
        lmsw [eax+esp]
        lmsw word [eax+esp]
        sldt ax
        sldt bx
        sldt ecx
        sldt [0x1234]
        sldt word [0x1234]
        sldt [bp+di+0x5]
        sldt word [bp+di+0x5]
        str ax
        str bx
        str ecx
        str [bp-0x4]
        str word [bp-0x4]
        str [esp+0x8]
        str word [esp+0x8]
        smsw ax
        smsw bx
        smsw ecx
        smsw [ebp+esi*8-0x80]
        smsw word [ebp+esi*8-0x80]
        smsw [fs:edi+0x80]
        smsw word [fs:edi+0x80]
        lar ax, cx
        lar bx, [dword 0x12345678]
        lar bx, word [dword 0x12345678]
        lar eax, ecx
        lar eax, bx
        lar ebx, [es:di]
        lar ebx, word [es:di]
        lsl ax, cx
        lsl bx, [ecx*4+0x10]
        lsl bx, word [ecx*4+0x10]
        lsl eax, ecx
        lsl eax, bx
        lsl ebx, [bx]
        lsl ebx, word [bx]
        lds cx, [ds:bp]
        lds ecx, [eax*2]
        les cx, [bp]
        les ecx, [eax]
        lfs cx, [edx+0x12345678]
        lfs ecx, [bx+si]
        lgs cx, [ebp]
        lgs ecx, [eax+esp]
        lss cx, [bp+di+0x5]
        lss ecx, [esp+0x8]
        arpl ax, bx
        arpl [bx], cx
        bound ax, [bx]
        bound cx, [ebp]
        bound eax, [bx]
        bound ecx, [ebp]
        bswap eax
        bswap ecx
        cmpxchg8b [fs:edi+0x80]
        cmpxchg8b qword [fs:edi+0x80]
        lock cmpxchg8b [fs:edi+0x80]
        cmpxchg8b [bx+si]
        cmpxchg8b qword [bx+si]
        lock cmpxchg8b [bx+si]
        lock add [si+0x1234], ecx
        lock add byte [si+0x1234], 0x4
        lock add byte [ebp], 0x4
        lock or [ebx+ecx*4], ecx
        lock or byte [ebx+ecx*4], 0x4
        lock or byte [eax+esp], 0x4
        lock adc [0x1234], ecx
        lock adc byte [0x1234], 0x4
        lock adc byte [bp+di+0x5], 0x4
        lock sbb [bp-0x4], ecx
        lock sbb byte [bp-0x4], 0x4
        lock sbb byte [esp+0x8], 0x4
        lock and [ebp+esi*8-0x80], ecx
        lock and byte [ebp+esi*8-0x80], 0x4
        lock and byte [fs:edi+0x80], 0x4
        lock sub [dword 0x12345678], ecx
        lock sub byte [dword 0x12345678], 0x4
        lock sub byte [si+0x1234], 0x4
        lock xor [es:di], ecx
        lock xor byte [es:di], 0x4
        lock xor byte [ebx+ecx*4], 0x4
        lock inc dword [ecx*4+0x10]
        lock inc dword [0x1234]
        lock dec dword [bx]
        lock dec dword [bp-0x4]
        lock neg dword [ds:bp]
        lock neg dword [ebp+esi*8-0x80]
        lock not dword [eax*2]
        lock not dword [dword 0x12345678]
        lock xchg [bp], eax
        nop word [bx+si]
        nop cx
        nop dword [bx+si]
        nop ecx
        movnti [bp+di+0x5], ecx
        crc32 eax, cl
        crc32 eax, byte [si+0x1234]
        crc32 eax, cx
        crc32 eax, word [si+0x1234]
        crc32 eax, ecx
        crc32 eax, dword [si+0x1234]
        rdrand eax
        rdseed ecx
        andn eax, ecx, ebx
        andn eax, ecx, [bp-0x4]
        andn edi, eax, [dword 0x12345678]
        pdep eax, ecx, ebx
        pdep eax, ecx, [bp-0x4]
        pdep edi, eax, [dword 0x12345678]
        pext eax, ecx, ebx
        pext eax, ecx, [bp-0x4]
        pext edi, eax, [dword 0x12345678]
        mulx eax, ecx, ebx
        mulx eax, ecx, [bp-0x4]
        mulx edi, eax, [dword 0x12345678]
        bextr eax, ecx, ebx
        bextr eax, [bp-0x4], ecx
        bextr edi, [dword 0x12345678], ebx
        bzhi eax, ecx, ebx
        bzhi eax, [bp-0x4], ecx
        bzhi edi, [dword 0x12345678], ebx
        shlx eax, ecx, ebx
        shlx eax, [bp-0x4], ecx
        shlx edi, [dword 0x12345678], ebx
        shrx eax, ecx, ebx
        shrx eax, [bp-0x4], ecx
        shrx edi, [dword 0x12345678], ebx
        sarx eax, ecx, ebx
        sarx eax, [bp-0x4], ecx
        sarx edi, [dword 0x12345678], ebx
        blsi eax, ecx
        blsi eax, [es:di]
        blsr eax, ecx
        blsr eax, [es:di]
        blsmsk eax, ecx
        blsmsk eax, [es:di]
        rorx eax, ecx, 0x5
        rorx eax, [es:di], 0x7
        adcx eax, ecx
        adox eax, [bx+si]
        fadd dword [bp]
        fadd dword [es:di]
        fadd qword [eax]
        fadd qword [ecx*4+0x10]
        fadd st1
        fadd st0, st2
        fadd st3, st0
        faddp st1, st0
        faddp st2
        faddp
        fadd
        fsub dword [edx+0x12345678]
        fsub dword [bx]
        fsub qword [bx+si]
        fsub qword [ds:bp]
        fsub st1
        fsub st0, st2
        fsub st3, st0
        fsubp st1, st0
        fsubp st2
        fsubp
        fsub
        fsubr dword [ebp]
        fsubr dword [eax*2]
        fsubr qword [eax+esp]
        fsubr qword [bp]
        fsubr st1
        fsubr st0, st2
        fsubr st3, st0
        fsubrp st1, st0
        fsubrp st2
        fsubrp
        fsubr
        fmul dword [bp+di+0x5]
        fmul dword [eax]
        fmul qword [esp+0x8]
        fmul qword [edx+0x12345678]
        fmul st1
        fmul st0, st2
        fmul st3, st0
        fmulp st1, st0
        fmulp st2
        fmulp
        fmul
        fdiv dword [fs:edi+0x80]
        fdiv dword [bx+si]
        fdiv qword [si+0x1234]
        fdiv qword [ebp]
        fdiv st1
        fdiv st0, st2
        fdiv st3, st0
        fdivp st1, st0
        fdivp st2
        fdivp
        fdiv
        fdivr dword [ebx+ecx*4]
        fdivr dword [eax+esp]
        fdivr qword [0x1234]
        fdivr qword [bp+di+0x5]
        fdivr st1
        fdivr st0, st2
        fdivr st3, st0
        fdivrp st1, st0
        fdivrp st2
        fdivrp
        fdivr
        fcom dword [bp-0x4]
        fcom dword [esp+0x8]
        fcom qword [ebp+esi*8-0x80]
        fcom qword [fs:edi+0x80]
        fcom st1
        fcom st0, st2
        fcom
        fcomp dword [dword 0x12345678]
        fcomp dword [si+0x1234]
        fcomp qword [es:di]
        fcomp qword [ebx+ecx*4]
        fcomp st1
        fcomp st0, st2
        fcomp
        fiadd word [ecx*4+0x10]
        fiadd word [0x1234]
        fiadd dword [bx]
        fiadd dword [bp-0x4]
        fisub word [ds:bp]
        fisub word [ebp+esi*8-0x80]
        fisub dword [eax*2]
        fisub dword [dword 0x12345678]
        fisubr word [bp]
        fisubr word [es:di]
        fisubr dword [eax]
        fisubr dword [ecx*4+0x10]
        fimul word [edx+0x12345678]
        fimul word [bx]
        fimul dword [bx+si]
        fimul dword [ds:bp]
        fidiv word [ebp]
        fidiv word [eax*2]
        fidiv dword [eax+esp]
        fidiv dword [bp]
        fidivr word [bp+di+0x5]
        fidivr word [eax]
        fidivr dword [esp+0x8]
        fidivr dword [edx+0x12345678]
        ficom word [fs:edi+0x80]
        ficom word [bx+si]
        ficom dword [si+0x1234]
        ficom dword [ebp]
        ficomp word [ebx+ecx*4]
        ficomp word [eax+esp]
        ficomp dword [0x1234]
        ficomp dword [bp+di+0x5]
        fild word [bp-0x4]
        fild word [esp+0x8]
        fild dword [ebp+esi*8-0x80]
        fild dword [fs:edi+0x80]
        fild qword [dword 0x12345678]
        fild qword [si+0x1234]
        fist word [es:di]
        fist word [ebx+ecx*4]
        fist dword [ecx*4+0x10]
        fist dword [0x1234]
        fistp word [bx]
        fistp word [bp-0x4]
        fistp dword [ds:bp]
        fistp dword [ebp+esi*8-0x80]
        fistp qword [eax*2]
        fistp qword [dword 0x12345678]
        fisttp word [bp]
        fisttp dword [bp]
        fisttp qword [bp]
        fld dword [bp]
        fld dword [es:di]
        fld qword [eax]
        fld qword [ecx*4+0x10]
        fld tword [edx+0x12345678]
        fld tword [bx]
        fld st1
        fst dword [bx+si]
        fst dword [ds:bp]
        fst qword [ebp]
        fst qword [eax*2]
        fst st1
        fstp dword [eax+esp]
        fstp dword [bp]
        fstp qword [bp+di+0x5]
        fstp qword [eax]
        fstp tword [esp+0x8]
        fstp tword [edx+0x12345678]
        fstp st1
        fxch st3
        ffree st3
        fucom st3
        fucomp st3
        fxch
        fucom
        fucomp
        fxch st0, st2
        fcomi st0, st3
        fcomi st2
        fcomip st0, st3
        fcomip st2
        fucomi st0, st3
        fucomi st2
        fucomip st0, st3
        fucomip st2
        fcmovb st0, st3
        fcmovb st2
        fcmovbe st0, st3
        fcmovbe st2
        fcmove st0, st3
        fcmove st2
        fcmovnb st0, st3
        fcmovnb st2
        fcmovnbe st0, st3
        fcmovnbe st2
        fcmovne st0, st3
        fcmovne st2
        fcmovnu st0, st3
        fcmovnu st2
        fcmovu st0, st3
        fcmovu st2
        f2xm1
        fabs
        fchs
        fnclex
        fclex
        fcompp
        fcos
        fdecstp
        fincstp
        fninit
        finit
        fld1
        fldl2e
        fldl2t
        fldlg2
        fldln2
        fldpi
        fldz
        fnop
        fpatan
        fprem
        fprem1
        fptan
        frndint
        fscale
        fsin
        fsincos
        fsqrt
        ftst
        fucompp
        fxam
        fxtract
        fyl2x
        fyl2xp1
        fldcw [fs:edi+0x80]
        fldcw [bx+si]
        fnstcw [si+0x1234]
        fnstcw [ebp]
        fstcw [ebx+ecx*4]
        fstcw [eax+esp]
        fnstsw [0x1234]
        fnstsw [bp+di+0x5]
        fstsw [bp-0x4]
        fstsw [esp+0x8]
        fldenv [ebp+esi*8-0x80]
        fldenv [fs:edi+0x80]
        fnstenv [dword 0x12345678]
        fnstenv [si+0x1234]
        fstenv [es:di]
        fstenv [ebx+ecx*4]
        frstor [ecx*4+0x10]
        frstor [0x1234]
        fnsave [bx]
        fnsave [bp-0x4]
        fsave [ds:bp]
        fsave [ebp+esi*8-0x80]
        fbld [eax*2]
        fbld [dword 0x12345678]
        fbstp [bp]
        fbstp [es:di]
        fxsave [eax]
        fxsave [ecx*4+0x10]
        fxrstor [edx+0x12345678]
        fxrstor [bx]
        ldmxcsr [bx+si]
        ldmxcsr [ds:bp]
        stmxcsr [ebp]
        stmxcsr [eax*2]
        clflush [eax+esp]
        clflush [bp]
        prefetchnta [bp+di+0x5]
        prefetchnta [eax]
        prefetcht0 [esp+0x8]
        prefetcht0 [edx+0x12345678]
        prefetcht1 [fs:edi+0x80]
        prefetcht1 [bx+si]
        prefetcht2 [si+0x1234]
        prefetcht2 [ebp]
        prefetchw [ebx+ecx*4]
        prefetchw [eax+esp]
        xsave [0x1234]
        xsave [bp+di+0x5]
        xrstor [bp-0x4]
        xrstor [esp+0x8]
        clflushopt [ebp+esi*8-0x80]
        clflushopt [fs:edi+0x80]
        fnstsw ax
        fstsw ax
        addps xmm0, xmm3
        addps xmm7, xmm7
        addps xmm7, xmm0
        addps xmm3, [dword 0x12345678]
        addps xmm0, oword [dword 0x12345678]
        addpd xmm0, xmm3
        addpd xmm7, xmm7
        addpd xmm7, xmm0
        addpd xmm3, [es:di]
        addpd xmm0, oword [es:di]
        subps xmm0, xmm3
        subps xmm7, xmm7
        subps xmm7, xmm0
        subps xmm3, [ecx*4+0x10]
        subps xmm0, oword [ecx*4+0x10]
        subpd xmm0, xmm3
        subpd xmm7, xmm7
        subpd xmm7, xmm0
        subpd xmm3, [bx]
        subpd xmm0, oword [bx]
        mulps xmm0, xmm3
        mulps xmm7, xmm7
        mulps xmm7, xmm0
        mulps xmm3, [ds:bp]
        mulps xmm0, oword [ds:bp]
        mulpd xmm0, xmm3
        mulpd xmm7, xmm7
        mulpd xmm7, xmm0
        mulpd xmm3, [eax*2]
        mulpd xmm0, oword [eax*2]
        divps xmm0, xmm3
        divps xmm7, xmm7
        divps xmm7, xmm0
        divps xmm3, [bp]
        divps xmm0, oword [bp]
        divpd xmm0, xmm3
        divpd xmm7, xmm7
        divpd xmm7, xmm0
        divpd xmm3, [eax]
        divpd xmm0, oword [eax]
        minps xmm0, xmm3
        minps xmm7, xmm7
        minps xmm7, xmm0
        minps xmm3, [edx+0x12345678]
        minps xmm0, oword [edx+0x12345678]
        maxps xmm0, xmm3
        maxps xmm7, xmm7
        maxps xmm7, xmm0
        maxps xmm3, [bx+si]
        maxps xmm0, oword [bx+si]
        minpd xmm0, xmm3
        minpd xmm7, xmm7
        minpd xmm7, xmm0
        minpd xmm3, [ebp]
        minpd xmm0, oword [ebp]
        maxpd xmm0, xmm3
        maxpd xmm7, xmm7
        maxpd xmm7, xmm0
        maxpd xmm3, [eax+esp]
        maxpd xmm0, oword [eax+esp]
        andps xmm0, xmm3
        andps xmm7, xmm7
        andps xmm7, xmm0
        andps xmm3, [bp+di+0x5]
        andps xmm0, oword [bp+di+0x5]
        andpd xmm0, xmm3
        andpd xmm7, xmm7
        andpd xmm7, xmm0
        andpd xmm3, [esp+0x8]
        andpd xmm0, oword [esp+0x8]
        andnps xmm0, xmm3
        andnps xmm7, xmm7
        andnps xmm7, xmm0
        andnps xmm3, [fs:edi+0x80]
        andnps xmm0, oword [fs:edi+0x80]
        orps xmm0, xmm3
        orps xmm7, xmm7
        orps xmm7, xmm0
        orps xmm3, [si+0x1234]
        orps xmm0, oword [si+0x1234]
        orpd xmm0, xmm3
        orpd xmm7, xmm7
        orpd xmm7, xmm0
        orpd xmm3, [ebx+ecx*4]
        orpd xmm0, oword [ebx+ecx*4]
        xorps xmm0, xmm3
        xorps xmm7, xmm7
        xorps xmm7, xmm0
        xorps xmm3, [0x1234]
        xorps xmm0, oword [0x1234]
        xorpd xmm0, xmm3
        xorpd xmm7, xmm7
        xorpd xmm7, xmm0
        xorpd xmm3, [bp-0x4]
        xorpd xmm0, oword [bp-0x4]
        sqrtps xmm0, xmm3
        sqrtps xmm7, xmm7
        sqrtps xmm7, xmm0
        sqrtps xmm3, [ebp+esi*8-0x80]
        sqrtps xmm0, oword [ebp+esi*8-0x80]
        sqrtpd xmm0, xmm3
        sqrtpd xmm7, xmm7
        sqrtpd xmm7, xmm0
        sqrtpd xmm3, [dword 0x12345678]
        sqrtpd xmm0, oword [dword 0x12345678]
        unpcklps xmm0, xmm3
        unpcklps xmm7, xmm7
        unpcklps xmm7, xmm0
        unpcklps xmm3, [es:di]
        unpcklps xmm0, oword [es:di]
        unpckhpd xmm0, xmm3
        unpckhpd xmm7, xmm7
        unpckhpd xmm7, xmm0
        unpckhpd xmm3, [ecx*4+0x10]
        unpckhpd xmm0, oword [ecx*4+0x10]
        movaps xmm0, xmm3
        movaps xmm7, xmm7
        movaps xmm7, xmm0
        movaps xmm3, [bx]
        movaps xmm0, oword [bx]
        movapd xmm0, xmm3
        movapd xmm7, xmm7
        movapd xmm7, xmm0
        movapd xmm3, [ds:bp]
        movapd xmm0, oword [ds:bp]
        movups xmm0, xmm3
        movups xmm7, xmm7
        movups xmm7, xmm0
        movups xmm3, [eax*2]
        movups xmm0, oword [eax*2]
        movupd xmm0, xmm3
        movupd xmm7, xmm7
        movupd xmm7, xmm0
        movupd xmm3, [bp]
        movupd xmm0, oword [bp]
        movdqa xmm0, xmm3
        movdqa xmm7, xmm7
        movdqa xmm7, xmm0
        movdqa xmm3, [eax]
        movdqa xmm0, oword [eax]
        movdqu xmm0, xmm3
        movdqu xmm7, xmm7
        movdqu xmm7, xmm0
        movdqu xmm3, [edx+0x12345678]
        movdqu xmm0, oword [edx+0x12345678]
        paddb xmm0, xmm3
        paddb xmm7, xmm7
        paddb xmm7, xmm0
        paddb xmm3, [bx+si]
        paddb xmm0, oword [bx+si]
        paddw xmm0, xmm3
        paddw xmm7, xmm7
        paddw xmm7, xmm0
        paddw xmm3, [ebp]
        paddw xmm0, oword [ebp]
        paddd xmm0, xmm3
        paddd xmm7, xmm7
        paddd xmm7, xmm0
        paddd xmm3, [eax+esp]
        paddd xmm0, oword [eax+esp]
        paddq xmm0, xmm3
        paddq xmm7, xmm7
        paddq xmm7, xmm0
        paddq xmm3, [bp+di+0x5]
        paddq xmm0, oword [bp+di+0x5]
        psubb xmm0, xmm3
        psubb xmm7, xmm7
        psubb xmm7, xmm0
        psubb xmm3, [esp+0x8]
        psubb xmm0, oword [esp+0x8]
        psubd xmm0, xmm3
        psubd xmm7, xmm7
        psubd xmm7, xmm0
        psubd xmm3, [fs:edi+0x80]
        psubd xmm0, oword [fs:edi+0x80]
        psubq xmm0, xmm3
        psubq xmm7, xmm7
        psubq xmm7, xmm0
        psubq xmm3, [si+0x1234]
        psubq xmm0, oword [si+0x1234]
        pand xmm0, xmm3
        pand xmm7, xmm7
        pand xmm7, xmm0
        pand xmm3, [ebx+ecx*4]
        pand xmm0, oword [ebx+ecx*4]
        pandn xmm0, xmm3
        pandn xmm7, xmm7
        pandn xmm7, xmm0
        pandn xmm3, [0x1234]
        pandn xmm0, oword [0x1234]
        por xmm0, xmm3
        por xmm7, xmm7
        por xmm7, xmm0
        por xmm3, [bp-0x4]
        por xmm0, oword [bp-0x4]
        pxor xmm0, xmm3
        pxor xmm7, xmm7
        pxor xmm7, xmm0
        pxor xmm3, [ebp+esi*8-0x80]
        pxor xmm0, oword [ebp+esi*8-0x80]
        pcmpeqb xmm0, xmm3
        pcmpeqb xmm7, xmm7
        pcmpeqb xmm7, xmm0
        pcmpeqb xmm3, [dword 0x12345678]
        pcmpeqb xmm0, oword [dword 0x12345678]
        pcmpeqw xmm0, xmm3
        pcmpeqw xmm7, xmm7
        pcmpeqw xmm7, xmm0
        pcmpeqw xmm3, [es:di]
        pcmpeqw xmm0, oword [es:di]
        pcmpeqd xmm0, xmm3
        pcmpeqd xmm7, xmm7
        pcmpeqd xmm7, xmm0
        pcmpeqd xmm3, [ecx*4+0x10]
        pcmpeqd xmm0, oword [ecx*4+0x10]
        pcmpgtb xmm0, xmm3
        pcmpgtb xmm7, xmm7
        pcmpgtb xmm7, xmm0
        pcmpgtb xmm3, [bx]
        pcmpgtb xmm0, oword [bx]
        punpcklbw xmm0, xmm3
        punpcklbw xmm7, xmm7
        punpcklbw xmm7, xmm0
        punpcklbw xmm3, [ds:bp]
        punpcklbw xmm0, oword [ds:bp]
        punpcklqdq xmm0, xmm3
        punpcklqdq xmm7, xmm7
        punpcklqdq xmm7, xmm0
        punpcklqdq xmm3, [eax*2]
        punpcklqdq xmm0, oword [eax*2]
        punpckhqdq xmm0, xmm3
        punpckhqdq xmm7, xmm7
        punpckhqdq xmm7, xmm0
        punpckhqdq xmm3, [bp]
        punpckhqdq xmm0, oword [bp]
        packsswb xmm0, xmm3
        packsswb xmm7, xmm7
        packsswb xmm7, xmm0
        packsswb xmm3, [eax]
        packsswb xmm0, oword [eax]
        packuswb xmm0, xmm3
        packuswb xmm7, xmm7
        packuswb xmm7, xmm0
        packuswb xmm3, [edx+0x12345678]
        packuswb xmm0, oword [edx+0x12345678]
        pmullw xmm0, xmm3
        pmullw xmm7, xmm7
        pmullw xmm7, xmm0
        pmullw xmm3, [bx+si]
        pmullw xmm0, oword [bx+si]
        pmulhw xmm0, xmm3
        pmulhw xmm7, xmm7
        pmulhw xmm7, xmm0
        pmulhw xmm3, [ebp]
        pmulhw xmm0, oword [ebp]
        pmuludq xmm0, xmm3
        pmuludq xmm7, xmm7
        pmuludq xmm7, xmm0
        pmuludq xmm3, [eax+esp]
        pmuludq xmm0, oword [eax+esp]
        pmaddwd xmm0, xmm3
        pmaddwd xmm7, xmm7
        pmaddwd xmm7, xmm0
        pmaddwd xmm3, [bp+di+0x5]
        pmaddwd xmm0, oword [bp+di+0x5]
        psadbw xmm0, xmm3
        psadbw xmm7, xmm7
        psadbw xmm7, xmm0
        psadbw xmm3, [esp+0x8]
        psadbw xmm0, oword [esp+0x8]
        pavgb xmm0, xmm3
        pavgb xmm7, xmm7
        pavgb xmm7, xmm0
        pavgb xmm3, [fs:edi+0x80]
        pavgb xmm0, oword [fs:edi+0x80]
        pminub xmm0, xmm3
        pminub xmm7, xmm7
        pminub xmm7, xmm0
        pminub xmm3, [si+0x1234]
        pminub xmm0, oword [si+0x1234]
        pmaxub xmm0, xmm3
        pmaxub xmm7, xmm7
        pmaxub xmm7, xmm0
        pmaxub xmm3, [ebx+ecx*4]
        pmaxub xmm0, oword [ebx+ecx*4]
        pmaxsw xmm0, xmm3
        pmaxsw xmm7, xmm7
        pmaxsw xmm7, xmm0
        pmaxsw xmm3, [0x1234]
        pmaxsw xmm0, oword [0x1234]
        psllw xmm0, xmm3
        psllw xmm7, xmm7
        psllw xmm7, xmm0
        psllw xmm3, [bp-0x4]
        psllw xmm0, oword [bp-0x4]
        pslld xmm0, xmm3
        pslld xmm7, xmm7
        pslld xmm7, xmm0
        pslld xmm3, [ebp+esi*8-0x80]
        pslld xmm0, oword [ebp+esi*8-0x80]
        psllq xmm0, xmm3
        psllq xmm7, xmm7
        psllq xmm7, xmm0
        psllq xmm3, [dword 0x12345678]
        psllq xmm0, oword [dword 0x12345678]
        psrlw xmm0, xmm3
        psrlw xmm7, xmm7
        psrlw xmm7, xmm0
        psrlw xmm3, [es:di]
        psrlw xmm0, oword [es:di]
        psrad xmm0, xmm3
        psrad xmm7, xmm7
        psrad xmm7, xmm0
        psrad xmm3, [ecx*4+0x10]
        psrad xmm0, oword [ecx*4+0x10]
        pshufb xmm0, xmm3
        pshufb xmm7, xmm7
        pshufb xmm7, xmm0
        pshufb xmm3, [bx]
        pshufb xmm0, oword [bx]
        phaddd xmm0, xmm3
        phaddd xmm7, xmm7
        phaddd xmm7, xmm0
        phaddd xmm3, [ds:bp]
        phaddd xmm0, oword [ds:bp]
        pabsb xmm0, xmm3
        pabsb xmm7, xmm7
        pabsb xmm7, xmm0
        pabsb xmm3, [eax*2]
        pabsb xmm0, oword [eax*2]
        pabsd xmm0, xmm3
        pabsd xmm7, xmm7
        pabsd xmm7, xmm0
        pabsd xmm3, [bp]
        pabsd xmm0, oword [bp]
        pmulld xmm0, xmm3
        pmulld xmm7, xmm7
        pmulld xmm7, xmm0
        pmulld xmm3, [eax]
        pmulld xmm0, oword [eax]
        pminsd xmm0, xmm3
        pminsd xmm7, xmm7
        pminsd xmm7, xmm0
        pminsd xmm3, [edx+0x12345678]
        pminsd xmm0, oword [edx+0x12345678]
        pmaxud xmm0, xmm3
        pmaxud xmm7, xmm7
        pmaxud xmm7, xmm0
        pmaxud xmm3, [bx+si]
        pmaxud xmm0, oword [bx+si]
        pcmpeqq xmm0, xmm3
        pcmpeqq xmm7, xmm7
        pcmpeqq xmm7, xmm0
        pcmpeqq xmm3, [ebp]
        pcmpeqq xmm0, oword [ebp]
        pcmpgtq xmm0, xmm3
        pcmpgtq xmm7, xmm7
        pcmpgtq xmm7, xmm0
        pcmpgtq xmm3, [eax+esp]
        pcmpgtq xmm0, oword [eax+esp]
        ptest xmm0, xmm3
        ptest xmm7, xmm7
        ptest xmm7, xmm0
        ptest xmm3, [bp+di+0x5]
        ptest xmm0, oword [bp+di+0x5]
        cvtps2dq xmm0, xmm3
        cvtps2dq xmm7, xmm7
        cvtps2dq xmm7, xmm0
        cvtps2dq xmm3, [esp+0x8]
        cvtps2dq xmm0, oword [esp+0x8]
        cvtdq2ps xmm0, xmm3
        cvtdq2ps xmm7, xmm7
        cvtdq2ps xmm7, xmm0
        cvtdq2ps xmm3, [fs:edi+0x80]
        cvtdq2ps xmm0, oword [fs:edi+0x80]
        cvttps2dq xmm0, xmm3
        cvttps2dq xmm7, xmm7
        cvttps2dq xmm7, xmm0
        cvttps2dq xmm3, [si+0x1234]
        cvttps2dq xmm0, oword [si+0x1234]
        cvtpd2ps xmm0, xmm3
        cvtpd2ps xmm7, xmm7
        cvtpd2ps xmm7, xmm0
        cvtpd2ps xmm3, [ebx+ecx*4]
        cvtpd2ps xmm0, oword [ebx+ecx*4]
        haddps xmm0, xmm3
        haddps xmm7, xmm7
        haddps xmm7, xmm0
        haddps xmm3, [0x1234]
        haddps xmm0, oword [0x1234]
        addsubpd xmm0, xmm3
        addsubpd xmm7, xmm7
        addsubpd xmm7, xmm0
        addsubpd xmm3, [bp-0x4]
        addsubpd xmm0, oword [bp-0x4]
        movshdup xmm0, xmm3
        movshdup xmm7, xmm7
        movshdup xmm7, xmm0
        movshdup xmm3, [ebp+esi*8-0x80]
        movshdup xmm0, oword [ebp+esi*8-0x80]
        aesenc xmm0, xmm3
        aesenc xmm7, xmm7
        aesenc xmm7, xmm0
        aesenc xmm3, [dword 0x12345678]
        aesenc xmm0, oword [dword 0x12345678]
        aesdec xmm0, xmm3
        aesdec xmm7, xmm7
        aesdec xmm7, xmm0
        aesdec xmm3, [es:di]
        aesdec xmm0, oword [es:di]
        aesimc xmm0, xmm3
        aesimc xmm7, xmm7
        aesimc xmm7, xmm0
        aesimc xmm3, [ecx*4+0x10]
        aesimc xmm0, oword [ecx*4+0x10]
        packusdw xmm0, xmm3
        packusdw xmm7, xmm7
        packusdw xmm7, xmm0
        packusdw xmm3, [bx]
        packusdw xmm0, oword [bx]
        pmuldq xmm0, xmm3
        pmuldq xmm7, xmm7
        pmuldq xmm7, xmm0
        pmuldq xmm3, [ds:bp]
        pmuldq xmm0, oword [ds:bp]
        movaps [eax*2], xmm3
        movaps oword [eax*2], xmm0
        movapd [bp], xmm3
        movapd oword [bp], xmm0
        movups [eax], xmm3
        movups oword [eax], xmm0
        movupd [edx+0x12345678], xmm3
        movupd oword [edx+0x12345678], xmm0
        movdqa [bx+si], xmm3
        movdqa oword [bx+si], xmm0
        movdqu [ebp], xmm3
        movdqu oword [ebp], xmm0
        movntdq [eax+esp], xmm3
        movntdq oword [eax+esp], xmm0
        movntps [bp+di+0x5], xmm3
        movntps oword [bp+di+0x5], xmm0
        movntpd [esp+0x8], xmm3
        movntpd oword [esp+0x8], xmm0
        addss xmm0, xmm3
        addss xmm3, [fs:edi+0x80]
        addss xmm0, dword [fs:edi+0x80]
        subss xmm0, xmm3
        subss xmm3, [si+0x1234]
        subss xmm0, dword [si+0x1234]
        mulss xmm0, xmm3
        mulss xmm3, [ebx+ecx*4]
        mulss xmm0, dword [ebx+ecx*4]
        divss xmm0, xmm3
        divss xmm3, [0x1234]
        divss xmm0, dword [0x1234]
        minss xmm0, xmm3
        minss xmm3, [bp-0x4]
        minss xmm0, dword [bp-0x4]
        maxss xmm0, xmm3
        maxss xmm3, [ebp+esi*8-0x80]
        maxss xmm0, dword [ebp+esi*8-0x80]
        sqrtss xmm0, xmm3
        sqrtss xmm3, [dword 0x12345678]
        sqrtss xmm0, dword [dword 0x12345678]
        addsd xmm0, xmm3
        addsd xmm3, [es:di]
        addsd xmm0, qword [es:di]
        subsd xmm0, xmm3
        subsd xmm3, [ecx*4+0x10]
        subsd xmm0, qword [ecx*4+0x10]
        mulsd xmm0, xmm3
        mulsd xmm3, [bx]
        mulsd xmm0, qword [bx]
        divsd xmm0, xmm3
        divsd xmm3, [ds:bp]
        divsd xmm0, qword [ds:bp]
        minsd xmm0, xmm3
        minsd xmm3, [eax*2]
        minsd xmm0, qword [eax*2]
        maxsd xmm0, xmm3
        maxsd xmm3, [bp]
        maxsd xmm0, qword [bp]
        sqrtsd xmm0, xmm3
        sqrtsd xmm3, [eax]
        sqrtsd xmm0, qword [eax]
        ucomiss xmm0, xmm3
        ucomiss xmm3, [edx+0x12345678]
        ucomiss xmm0, dword [edx+0x12345678]
        comisd xmm0, xmm3
        comisd xmm3, [bx+si]
        comisd xmm0, qword [bx+si]
        movss xmm0, xmm3
        movss xmm3, [ebp]
        movss xmm0, dword [ebp]
        movsd xmm0, xmm3
        movsd xmm3, [eax+esp]
        movsd xmm0, qword [eax+esp]
        cvtss2sd xmm0, xmm3
        cvtss2sd xmm3, [bp+di+0x5]
        cvtss2sd xmm0, dword [bp+di+0x5]
        cvtsd2ss xmm0, xmm3
        cvtsd2ss xmm3, [esp+0x8]
        cvtsd2ss xmm0, qword [esp+0x8]
        cvtdq2pd xmm0, xmm3
        cvtdq2pd xmm3, [fs:edi+0x80]
        cvtdq2pd xmm0, qword [fs:edi+0x80]
        cvtps2pd xmm0, xmm3
        cvtps2pd xmm3, [si+0x1234]
        cvtps2pd xmm0, qword [si+0x1234]
        pmovzxbw xmm0, xmm3
        pmovzxbw xmm3, [ebx+ecx*4]
        pmovzxbw xmm0, qword [ebx+ecx*4]
        pmovsxdq xmm0, xmm3
        pmovsxdq xmm3, [0x1234]
        pmovsxdq xmm0, qword [0x1234]
        pmovzxbd xmm0, xmm3
        pmovzxbd xmm3, [bp-0x4]
        pmovzxbd xmm0, dword [bp-0x4]
        movss [ebp+esi*8-0x80], xmm3
        movss dword [ebp+esi*8-0x80], xmm0
        movsd [dword 0x12345678], xmm3
        movsd qword [dword 0x12345678], xmm0
        movq [es:di], xmm3
        movq xmm7, [es:di]
        movq qword [es:di], xmm0
        movd [ecx*4+0x10], xmm3
        movd xmm7, [ecx*4+0x10]
        movd dword [ecx*4+0x10], xmm0
        movlps [bx], xmm3
        movlps xmm7, [bx]
        movlps qword [bx], xmm0
        movhps [ds:bp], xmm3
        movhps xmm7, [ds:bp]
        movhps qword [ds:bp], xmm0
        movlpd [eax*2], xmm3
        movlpd xmm7, [eax*2]
        movlpd qword [eax*2], xmm0
        movhpd [bp], xmm3
        movhpd xmm7, [bp]
        movhpd qword [bp], xmm0
        movq xmm0, xmm3
        movd xmm0, ecx
        movd edx, xmm3
        movhlps xmm0, xmm3
        movlhps xmm0, xmm3
        cvtsi2sd xmm0, ecx
        cvtsi2sd xmm3, dword [bx+si]
        cvtsi2sd xmm3, [bx+si]
        cvtsi2ss xmm0, ecx
        cvtsi2ss xmm3, dword [bx+si]
        cvtsi2ss xmm3, [bx+si]
        cvtsd2si ecx, xmm7
        cvtsd2si eax, [bp+di+0x5]
        cvttsd2si ecx, xmm7
        cvttsd2si eax, [bp+di+0x5]
        cvtss2si ecx, xmm7
        cvtss2si eax, [bp+di+0x5]
        cvttss2si ecx, xmm7
        cvttss2si eax, [bp+di+0x5]
        pshufd xmm0, xmm3, 0x1b
        pshufd xmm7, [bp], 0x5
        pshufhw xmm0, xmm3, 0x1b
        pshufhw xmm7, [bp], 0x5
        pshuflw xmm0, xmm3, 0x1b
        pshuflw xmm7, [bp], 0x5
        shufps xmm0, xmm3, 0x1b
        shufps xmm7, [bp], 0x5
        shufpd xmm0, xmm3, 0x1b
        shufpd xmm7, [bp], 0x5
        palignr xmm0, xmm3, 0x1b
        palignr xmm7, [bp], 0x5
        pblendw xmm0, xmm3, 0x1b
        pblendw xmm7, [bp], 0x5
        roundps xmm0, xmm3, 0x1b
        roundps xmm7, [bp], 0x5
        cmpps xmm0, xmm3, 0x1
        cmpps xmm7, [bp], 0x5
        cmppd xmm0, xmm3, 0x1
        cmppd xmm7, [bp], 0x5
        pcmpistri xmm0, xmm3, 0x1b
        pcmpistri xmm7, [bp], 0x5
        dppd xmm0, xmm3, 0x1b
        dppd xmm7, [bp], 0x5
        mpsadbw xmm0, xmm3, 0x1b
        mpsadbw xmm7, [bp], 0x5
        pclmulqdq xmm0, xmm3, 0x1b
        pclmulqdq xmm7, [bp], 0x5
        aeskeygenassist xmm0, xmm3, 0x1b
        aeskeygenassist xmm7, [bp], 0x5
        cmpss xmm0, xmm3, 0x2
        cmpss xmm0, [bp+di+0x5], 0x2
        cmpsd xmm0, xmm3, 0x2
        cmpsd xmm0, [bp+di+0x5], 0x2
        roundsd xmm0, xmm3, 0x2
        roundsd xmm0, [bp+di+0x5], 0x2
        roundss xmm0, xmm3, 0x2
        roundss xmm0, [bp+di+0x5], 0x2
        insertps xmm0, xmm3, 0x2
        insertps xmm0, [bp+di+0x5], 0x2
        cmpeqps xmm0, xmm3
        cmpeqps xmm0, [bp+di+0x5]
        cmpltsd xmm0, xmm3
        cmpltsd xmm0, [bp+di+0x5]
        cmpneqpd xmm0, xmm3
        cmpneqpd xmm0, [bp+di+0x5]
        cmpunordss xmm0, xmm3
        cmpunordss xmm0, [bp+di+0x5]
        psllw xmm3, 0x4
        pslld xmm3, 0x4
        psllq xmm3, 0x4
        psrlw xmm3, 0x4
        psrld xmm3, 0x4
        psrlq xmm3, 0x4
        psraw xmm3, 0x4
        psrad xmm3, 0x4
        pslldq xmm3, 0x4
        psrldq xmm3, 0x4
        movmskps ecx, xmm3
        movmskpd ecx, xmm3
        pmovmskb ecx, xmm3
        pextrw eax, xmm3, 0x3
        pinsrw xmm3, eax, 0x3
        pinsrw xmm3, [bx], 0x3
        pextrb eax, xmm3, 0x3
        pextrd eax, xmm3, 0x3
        pextrd [bx+si], xmm3, 0x3
        pinsrb xmm3, eax, 0x3
        pinsrd xmm3, [bx+si], 0x1
        extractps eax, xmm3, 0x2
        pextrb [bp], xmm0, 0x1
        blendvps xmm3, xmm7, xmm0
        pblendvb xmm3, [bx+si], xmm0
        maskmovdqu xmm0, xmm3
        lddqu xmm0, [bp]
        movntdqa xmm0, [bp]
        movddup xmm0, [bp]
        paddb mm0, mm5
        paddb mm5, [eax]
        paddb mm0, qword [eax]
        paddd mm0, mm5
        paddd mm5, [edx+0x12345678]
        paddd mm0, qword [edx+0x12345678]
        psubw mm0, mm5
        psubw mm5, [bx+si]
        psubw mm0, qword [bx+si]
        pand mm0, mm5
        pand mm5, [ebp]
        pand mm0, qword [ebp]
        por mm0, mm5
        por mm5, [eax+esp]
        por mm0, qword [eax+esp]
        pxor mm0, mm5
        pxor mm5, [bp+di+0x5]
        pxor mm0, qword [bp+di+0x5]
        pcmpeqb mm0, mm5
        pcmpeqb mm5, [esp+0x8]
        pcmpeqb mm0, qword [esp+0x8]
        punpcklbw mm0, mm5
        punpcklbw mm5, [fs:edi+0x80]
        punpcklbw mm0, qword [fs:edi+0x80]
        pmullw mm0, mm5
        pmullw mm5, [si+0x1234]
        pmullw mm0, qword [si+0x1234]
        packsswb mm0, mm5
        packsswb mm5, [ebx+ecx*4]
        packsswb mm0, qword [ebx+ecx*4]
        psllq mm0, mm5
        psllq mm5, [0x1234]
        psllq mm0, qword [0x1234]
        pmaddwd mm0, mm5
        pmaddwd mm5, [bp-0x4]
        pmaddwd mm0, qword [bp-0x4]
        pshufb mm0, mm5
        pshufb mm5, [ebp+esi*8-0x80]
        pshufb mm0, qword [ebp+esi*8-0x80]
        movq mm0, mm5
        movq mm5, [dword 0x12345678]
        movq mm0, qword [dword 0x12345678]
        movd mm0, eax
        movd ebx, mm5
        movq [bx], mm5
        movd [bp], mm0
        psrlq mm0, 0x5
        pshufw mm0, mm5, 0x1b
        movq2dq xmm0, mm5
        movdq2q mm0, xmm3
        maskmovq mm0, mm5
        movntq [bp], mm0
        pmovmskb eax, mm5
        cvtpi2ps xmm0, mm0
        cvttps2pi mm0, xmm3
        jmp dword $+0x10
        jmp word $+0x10
        call word $+0x10
        o16 jmp $+0x10
        o16 jc $+0x10
        bnd ret
        rep ret
        repne jmp $+4
        lock inc dword [eax]
        xchg [eax], ebx
        xchg ebx, [eax]
        test [eax], ebx
        test al, [ebx]
        cmpxchg [eax], bl
        mov [0x1234], eax
        mov [0x1234], ebx
        mov [es:0x1234], ax
        mov ax, [fs:word 0x1234]
        mov eax, [eax+ebx+0]
        mov eax, [byte eax+0]
        mov eax, [dword eax+0]
        mov eax, [0x10]
        mov eax, [eax*8+ebx]
        mov eax, [ebx+ebx]
        mov eax, [ebp+ebp]
        mov eax, [ebp*3]
        mov eax, [ebp*9+1]
        push dword [eax]
        push word [eax]
        pop dword [esp+4]
        lea eax, [esp]
        lea ax, [bx+si]
        lea eax, [bx+si]
        mov al, -1
        mov al, 0xff
        add al, -128
        add ax, 0xff80
        add ax, word 0x80
        add eax, dword 0x80
        add dword [eax], 0x80
        add dword [eax], byte 0x7f
        add dword [eax], byte -1
        sub word [eax], 0xffff
        imul ax, bx, 0xffff
        imul eax, [ebx], byte 5
        imul eax, byte 5
        push byte -1
        push -1
        int 3
        ret 0
        fs xlatb
        repne lodsb
        enter 1, 0
        out 0x80, al
        in al, 0x80
        mov cr0, ecx
        mov edx, dr3
        bswap edx
        shl byte [eax], 1
        shl byte [eax], byte 1
        sar dword [eax], cl
        sal eax, 3
        shld [eax], ebx, 3
        bt dword [eax], 3
        bt [eax], ecx
        sete [eax]
        movzx eax, byte [ebx]
        movzx ax, byte [ebx]
        movzx ax, bl
        lds esi, [eax]
        lss esp, [0x100]
        lfs ax, [eax]
        sgdt [eax]
        sidt [0x1234]
        str [eax]
        smsw [eax]
        lmsw [eax]
        fld st0
        fld dword [eax]
        fild qword [eax]
        fstp st0
        fstp tword [eax]
        fadd dword [eax]
        fadd st0, st3
        fsubr st3
        fxch st4
        fldcw [eax]
        movd mm0, [eax]
        movq mm0, [eax]
        pshufw mm0, [eax], 5
        cvtsi2sd xmm0, [eax]
        cvttsd2si eax, [ebx]
        movss [eax], xmm0
        cmpxchg8b [eax]
        jecxz $
        jcxz $
        loop $
        loopnz $
        ud1
        ud0
        les eax, [ebx]
        arpl [eax], bx
        bound eax, [ebx]
        aam 5
        call 8:0x100
        jmp far [eax]
        call far dword [eax]
        call dword [eax]
        call [eax]
        mov dword [eax], eax
        mov es, [eax]
        mov [eax], es
        mov word [eax], es
        mov es, ax
        movsx eax, ax
        movbe ax, [ebx]
        popcnt eax, [ebx]
        cmovz eax, [ebx]
        xadd [eax], bx
        clflush [eax]
        prefetcht0 [eax]
        lar eax, [ebx]
        lsl ax, bx
        pclmulqdq xmm0, xmm1, 0x11
        pclmullqlqdq xmm0, xmm1
        cmpltps xmm0, xmm1
        aesenc xmm1, xmm2
        sha1rnds4 xmm0, xmm1, 2
        invpcid eax, [ebx]
        jmp short $
        push cs
        a16 rep movsb
        mov eax, dword 5
        cmp eax, dword -1
        cmp byte [eax], -1
        cmp byte [eax], 0xff
        cmp word [eax], byte -1
        test eax, -1
        test al, 5
        test byte [eax], 5
        not byte [eax]
        retw
        retd
