; instructions-64.asm -- every form of every instruction in 64-bit code, for comparison with nasm
        bits    64
        org     0

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
        mov ecx, [rax]
        mov ecx, [rbp]
        mov ecx, [rsp]
        mov ecx, [r12]
        mov ecx, [r13]
        mov ecx, [rsp+r12*2+0x100]
        mov ecx, [rbx+rcx*8-0x1]
        mov ecx, [r9*4]
        mov ecx, [rdx*2+0x7]
        mov ecx, [gs:r8+r15]
        mov ecx, [rax+rsp]
        mov ecx, [0x7fffffff]
        mov ecx, [fs:0x28]
        mov ecx, [0x1234]
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
        mov ecx, [rax+0x1]
        mov ecx, [rax-0x80]
        mov ecx, [rax+0x7f]
        mov ecx, [rax+0x80]
        mov ecx, [rax-0x81]
        mov ecx, [rax+rax-0x4]
        mov ecx, [rax+rax*4-0x4]
        mov ecx, [rax+rbp-0x4]
        mov ecx, [rax+rbp*4-0x4]
        mov ecx, [rax+rdi-0x4]
        mov ecx, [rax+rdi*4-0x4]
        mov ecx, [rax+r8-0x4]
        mov ecx, [rax+r8*4-0x4]
        mov ecx, [rax+r12-0x4]
        mov ecx, [rax+r12*4-0x4]
        mov ecx, [rax+r13-0x4]
        mov ecx, [rax+r13*4-0x4]
        mov ecx, [rax+r15-0x4]
        mov ecx, [rax+r15*4-0x4]
        mov ecx, [rsp+0x1]
        mov ecx, [rsp-0x80]
        mov ecx, [rsp+0x7f]
        mov ecx, [rsp+0x80]
        mov ecx, [rsp-0x81]
        mov ecx, [rsp+rax-0x4]
        mov ecx, [rsp+rax*4-0x4]
        mov ecx, [rsp+rbp-0x4]
        mov ecx, [rsp+rbp*4-0x4]
        mov ecx, [rsp+rdi-0x4]
        mov ecx, [rsp+rdi*4-0x4]
        mov ecx, [rsp+r8-0x4]
        mov ecx, [rsp+r8*4-0x4]
        mov ecx, [rsp+r12-0x4]
        mov ecx, [rsp+r12*4-0x4]
        mov ecx, [rsp+r13-0x4]
        mov ecx, [rsp+r13*4-0x4]
        mov ecx, [rsp+r15-0x4]
        mov ecx, [rsp+r15*4-0x4]
        mov ecx, [rbp+0x1]
        mov ecx, [rbp-0x80]
        mov ecx, [rbp+0x7f]
        mov ecx, [rbp+0x80]
        mov ecx, [rbp-0x81]
        mov ecx, [rbp+rax-0x4]
        mov ecx, [rbp+rax*4-0x4]
        mov ecx, [rbp+rbp-0x4]
        mov ecx, [rbp+rbp*4-0x4]
        mov ecx, [rbp+rdi-0x4]
        mov ecx, [rbp+rdi*4-0x4]
        mov ecx, [rbp+r8-0x4]
        mov ecx, [rbp+r8*4-0x4]
        mov ecx, [rbp+r12-0x4]
        mov ecx, [rbp+r12*4-0x4]
        mov ecx, [rbp+r13-0x4]
        mov ecx, [rbp+r13*4-0x4]
        mov ecx, [rbp+r15-0x4]
        mov ecx, [rbp+r15*4-0x4]
        mov ecx, [rdi]
        mov ecx, [rdi+0x1]
        mov ecx, [rdi-0x80]
        mov ecx, [rdi+0x7f]
        mov ecx, [rdi+0x80]
        mov ecx, [rdi-0x81]
        mov ecx, [rdi+rax-0x4]
        mov ecx, [rdi+rax*4-0x4]
        mov ecx, [rdi+rbp-0x4]
        mov ecx, [rdi+rbp*4-0x4]
        mov ecx, [rdi+rdi-0x4]
        mov ecx, [rdi+rdi*4-0x4]
        mov ecx, [rdi+r8-0x4]
        mov ecx, [rdi+r8*4-0x4]
        mov ecx, [rdi+r12-0x4]
        mov ecx, [rdi+r12*4-0x4]
        mov ecx, [rdi+r13-0x4]
        mov ecx, [rdi+r13*4-0x4]
        mov ecx, [rdi+r15-0x4]
        mov ecx, [rdi+r15*4-0x4]
        mov ecx, [r8]
        mov ecx, [r8+0x1]
        mov ecx, [r8-0x80]
        mov ecx, [r8+0x7f]
        mov ecx, [r8+0x80]
        mov ecx, [r8-0x81]
        mov ecx, [r8+rax-0x4]
        mov ecx, [r8+rax*4-0x4]
        mov ecx, [r8+rbp-0x4]
        mov ecx, [r8+rbp*4-0x4]
        mov ecx, [r8+rdi-0x4]
        mov ecx, [r8+rdi*4-0x4]
        mov ecx, [r8+r8-0x4]
        mov ecx, [r8+r8*4-0x4]
        mov ecx, [r8+r12-0x4]
        mov ecx, [r8+r12*4-0x4]
        mov ecx, [r8+r13-0x4]
        mov ecx, [r8+r13*4-0x4]
        mov ecx, [r8+r15-0x4]
        mov ecx, [r8+r15*4-0x4]
        mov ecx, [r12+0x1]
        mov ecx, [r12-0x80]
        mov ecx, [r12+0x7f]
        mov ecx, [r12+0x80]
        mov ecx, [r12-0x81]
        mov ecx, [r12+rax-0x4]
        mov ecx, [r12+rax*4-0x4]
        mov ecx, [r12+rbp-0x4]
        mov ecx, [r12+rbp*4-0x4]
        mov ecx, [r12+rdi-0x4]
        mov ecx, [r12+rdi*4-0x4]
        mov ecx, [r12+r8-0x4]
        mov ecx, [r12+r8*4-0x4]
        mov ecx, [r12+r12-0x4]
        mov ecx, [r12+r12*4-0x4]
        mov ecx, [r12+r13-0x4]
        mov ecx, [r12+r13*4-0x4]
        mov ecx, [r12+r15-0x4]
        mov ecx, [r12+r15*4-0x4]
        mov ecx, [r13+0x1]
        mov ecx, [r13-0x80]
        mov ecx, [r13+0x7f]
        mov ecx, [r13+0x80]
        mov ecx, [r13-0x81]
        mov ecx, [r13+rax-0x4]
        mov ecx, [r13+rax*4-0x4]
        mov ecx, [r13+rbp-0x4]
        mov ecx, [r13+rbp*4-0x4]
        mov ecx, [r13+rdi-0x4]
        mov ecx, [r13+rdi*4-0x4]
        mov ecx, [r13+r8-0x4]
        mov ecx, [r13+r8*4-0x4]
        mov ecx, [r13+r12-0x4]
        mov ecx, [r13+r12*4-0x4]
        mov ecx, [r13+r13-0x4]
        mov ecx, [r13+r13*4-0x4]
        mov ecx, [r13+r15-0x4]
        mov ecx, [r13+r15*4-0x4]
        mov ecx, [r15]
        mov ecx, [r15+0x1]
        mov ecx, [r15-0x80]
        mov ecx, [r15+0x7f]
        mov ecx, [r15+0x80]
        mov ecx, [r15-0x81]
        mov ecx, [r15+rax-0x4]
        mov ecx, [r15+rax*4-0x4]
        mov ecx, [r15+rbp-0x4]
        mov ecx, [r15+rbp*4-0x4]
        mov ecx, [r15+rdi-0x4]
        mov ecx, [r15+rdi*4-0x4]
        mov ecx, [r15+r8-0x4]
        mov ecx, [r15+r8*4-0x4]
        mov ecx, [r15+r12-0x4]
        mov ecx, [r15+r12*4-0x4]
        mov ecx, [r15+r13-0x4]
        mov ecx, [r15+r13*4-0x4]
        mov ecx, [r15+r15-0x4]
        mov ecx, [r15+r15*4-0x4]
        mov ecx, [dword eax+0x5]
        mov ecx, [byte eax]
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
        lea edx, [eax]
        mov byte [eax], 0x5
        mov al, [eax]
        mov [eax], al
        mov word [eax], 0x5
        mov ax, [eax]
        mov [eax], ax
        mov dword [eax], 0x5
        mov eax, [eax]
        mov [eax], eax
        mov qword [eax], 0x5
        mov rax, [eax]
        mov [eax], rax
        mov byte [ebp], 0x5
        mov word [ebp], 0x5
        mov dword [ebp], 0x5
        mov qword [ebp], 0x5
        add al, al
        add al, bl
        add al, sil
        add cl, al
        add cl, bl
        add cl, sil
        add ah, al
        add ah, bl
        add sil, al
        add sil, bl
        add sil, sil
        add [edx+0x12345678], cl
        add dl, [edx+0x12345678]
        add al, 0x0
        add dl, 0x0
        add byte [r13], 0x0
        add al, 0x1
        add dl, 0x1
        add byte [0x7fffffff], 0x1
        add byte [ebp+esi*8-0x80], 0x5
        add al, -0x1
        add dl, -0x1
        add byte [rbp], -0x1
        add al, -0x80
        add dl, -0x80
        add byte [rdx*2+0x7], -0x80
        add al, 0x80
        add dl, 0x80
        add byte [eax+esp], 0x80
        add byte [fs:0x28], 0xff
        add ax, ax
        add ax, si
        add cx, ax
        add cx, si
        add r9w, ax
        add r9w, si
        add [ecx*4+0x10], cx
        add bx, [ecx*4+0x10]
        add ax, 0x0
        add bx, 0x0
        add word [rsp], 0x0
        add ax, 0x1
        add bx, 0x1
        add word [gs:r8+r15], 0x1
        add word [esp+0x8], 0x5
        add ax, -0x1
        add bx, -0x1
        add word [fs:edi+0x80], -0x1
        add ax, -0x80
        add bx, -0x80
        add word [rbx+rcx*8-0x1], -0x80
        add ax, 0x80
        add bx, 0x80
        add word [eax*2], 0x80
        add word [rax+rsp], 0xff
        add ax, 0x8000
        add bx, 0x8000
        add word [r9*4], 0x8000
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
        add eax, r13d
        add ecx, ebx
        add ecx, r10d
        add edi, eax
        add r10d, ecx
        add r13d, eax
        add r13d, r13d
        add [r13], ecx
        add ebx, [r13]
        add eax, 0x0
        add ebx, 0x0
        add dword [0x7fffffff], 0x0
        add eax, 0x1
        add ebx, 0x1
        add dword [ebp+esi*8-0x80], 0x1
        add dword [rbp], 0x5
        add eax, -0x1
        add ebx, -0x1
        add dword [rdx*2+0x7], -0x1
        add eax, -0x80
        add ebx, -0x80
        add dword [ebp], -0x80
        add eax, 0x80
        add ebx, 0x80
        add dword [rsp+r12*2+0x100], 0x80
        add dword [ecx*4+0x10], 0xff
        add eax, 0x8000
        add ebx, 0x8000
        add dword [esp+0x8], 0x8000
        add dword [fs:edi+0x80], 0xfff0
        add eax, 0x12345678
        add ebx, 0x12345678
        add dword [0x1234], 0x12345678
        add dword [eax*2], 0x7fffffff
        add eax, 0x80000000
        add ebx, 0x80000000
        add dword [r12], 0x80000000
        add dword [rax+rsp], 0xffffffff
        add eax, -0x80000000
        add ebx, -0x80000000
        add dword [rax], -0x80000000
        add ecx, byte 0x5
        add eax, byte -0x5
        add eax, dword 0x5
        add ecx, dword 0x5
        add ecx, strict dword 0x5
        add eax, strict dword 0x5
        add [ebx], dword 0x5
        add rax, rax
        add rax, rdi
        add rax, r12
        add rcx, rcx
        add rcx, r13
        add rdi, rax
        add r8, rbx
        add r8, r8
        add r12, rax
        add [r9*4], rcx
        add rbx, [r9*4]
        add rax, 0x0
        add rbx, 0x0
        add qword [eax], 0x0
        add rax, 0x1
        add rbx, 0x1
        add qword [edx+0x12345678], 0x1
        add qword [r13], 0x5
        add rax, -0x1
        add rbx, -0x1
        add qword [0x7fffffff], -0x1
        add rax, -0x80
        add rbx, -0x80
        add qword [ebp+esi*8-0x80], -0x80
        add rax, 0x80
        add rbx, 0x80
        add qword [rdx*2+0x7], 0x80
        add qword [eax+esp], 0xff
        add rax, 0x8000
        add rbx, 0x8000
        add qword [ecx*4+0x10], 0x8000
        add qword [rsp], 0xfff0
        add rax, 0x12345678
        add rbx, 0x12345678
        add qword [esp+0x8], 0x12345678
        add qword [fs:edi+0x80], 0x7fffffff
        add rax, -0x80000000
        add rbx, -0x80000000
        add qword [rbx+rcx*8-0x1], -0x80000000
        add rax, 0xffffffffffffffff
        add rbx, 0xffffffffffffffff
        add rcx, byte 0x5
        add rax, byte -0x5
        or al, al
        or al, bl
        or al, sil
        or cl, al
        or cl, bl
        or cl, sil
        or ah, al
        or ah, bl
        or sil, al
        or sil, bl
        or sil, sil
        or [0x1234], cl
        or dl, [0x1234]
        or al, 0x0
        or dl, 0x0
        or byte [eax*2], 0x0
        or al, 0x1
        or dl, 0x1
        or byte [r12], 0x1
        or byte [rax+rsp], 0x5
        or al, -0x1
        or dl, -0x1
        or byte [ebx+ecx*4], -0x1
        or al, -0x80
        or dl, -0x80
        or byte [rax], -0x80
        or al, 0x80
        or dl, 0x80
        or byte [eax], 0x80
        or byte [r13], 0xff
        or ax, ax
        or ax, si
        or cx, ax
        or cx, si
        or r9w, ax
        or r9w, si
        or [0x7fffffff], cx
        or bx, [0x7fffffff]
        or ax, 0x0
        or bx, 0x0
        or word [ebp+esi*8-0x80], 0x0
        or ax, 0x1
        or bx, 0x1
        or word [rbp], 0x1
        or word [rdx*2+0x7], 0x5
        or ax, -0x1
        or bx, -0x1
        or word [ebp], -0x1
        or ax, -0x80
        or bx, -0x80
        or word [eax+esp], -0x80
        or ax, 0x80
        or bx, 0x80
        or word [fs:0x28], 0x80
        or word [rsp], 0xff
        or ax, 0x8000
        or bx, 0x8000
        or word [fs:edi+0x80], 0x8000
        or word [rbx+rcx*8-0x1], 0xfff0
        or cx, byte 0x5
        or ax, byte -0x5
        or ax, word 0x5
        or cx, word 0x5
        or cx, strict word 0x5
        or ax, strict word 0x5
        or [ebx], word 0x5
        or eax, eax
        or eax, edi
        or eax, r13d
        or ecx, ebx
        or ecx, r10d
        or edi, eax
        or r10d, ecx
        or r13d, eax
        or r13d, r13d
        or [eax*2], ecx
        or ebx, [eax*2]
        or eax, 0x0
        or ebx, 0x0
        or dword [r12], 0x0
        or eax, 0x1
        or ebx, 0x1
        or dword [rax+rsp], 0x1
        or dword [ebx+ecx*4], 0x5
        or eax, -0x1
        or ebx, -0x1
        or dword [rax], -0x1
        or eax, -0x80
        or ebx, -0x80
        or dword [r9*4], -0x80
        or eax, 0x80
        or ebx, 0x80
        or dword [edx+0x12345678], 0x80
        or dword [0x7fffffff], 0xff
        or eax, 0x8000
        or ebx, 0x8000
        or dword [rdx*2+0x7], 0x8000
        or dword [ebp], 0xfff0
        or eax, 0x12345678
        or ebx, 0x12345678
        or dword [rsp+r12*2+0x100], 0x12345678
        or dword [fs:0x28], 0x7fffffff
        or eax, 0x80000000
        or ebx, 0x80000000
        or dword [ecx*4+0x10], 0x80000000
        or dword [rsp], 0xffffffff
        or eax, -0x80000000
        or ebx, -0x80000000
        or dword [esp+0x8], -0x80000000
        or ecx, byte 0x5
        or eax, byte -0x5
        or eax, dword 0x5
        or ecx, dword 0x5
        or ecx, strict dword 0x5
        or eax, strict dword 0x5
        or [ebx], dword 0x5
        or rax, rax
        or rax, rdi
        or rax, r12
        or rcx, rcx
        or rcx, r13
        or rdi, rax
        or r8, rbx
        or r8, r8
        or r12, rax
        or [fs:edi+0x80], rcx
        or rbx, [fs:edi+0x80]
        or rax, 0x0
        or rbx, 0x0
        or qword [rbx+rcx*8-0x1], 0x0
        or rax, 0x1
        or rbx, 0x1
        or qword [0x1234], 0x1
        or qword [eax*2], 0x5
        or rax, -0x1
        or rbx, -0x1
        or qword [r12], -0x1
        or rax, -0x80
        or rbx, -0x80
        or qword [rax+rsp], -0x80
        or rax, 0x80
        or rbx, 0x80
        or qword [rax], 0x80
        or qword [eax], 0xff
        or rax, 0x8000
        or rbx, 0x8000
        or qword [0x7fffffff], 0x8000
        or qword [ebp+esi*8-0x80], 0xfff0
        or rax, 0x12345678
        or rbx, 0x12345678
        or qword [rdx*2+0x7], 0x12345678
        or qword [ebp], 0x7fffffff
        or rax, -0x80000000
        or rbx, -0x80000000
        or qword [eax+esp], -0x80000000
        or rax, 0xffffffffffffffff
        or rbx, 0xffffffffffffffff
        or rcx, byte 0x5
        or rax, byte -0x5
        adc al, al
        adc al, bl
        adc al, sil
        adc cl, al
        adc cl, bl
        adc cl, sil
        adc ah, al
        adc ah, bl
        adc sil, al
        adc sil, bl
        adc sil, sil
        adc [rsp+r12*2+0x100], cl
        adc dl, [rsp+r12*2+0x100]
        adc al, 0x0
        adc dl, 0x0
        adc byte [fs:0x28], 0x0
        adc al, 0x1
        adc dl, 0x1
        adc byte [ecx*4+0x10], 0x1
        adc byte [rsp], 0x5
        adc al, -0x1
        adc dl, -0x1
        adc byte [gs:r8+r15], -0x1
        adc al, -0x80
        adc dl, -0x80
        adc byte [esp+0x8], -0x80
        adc al, 0x80
        adc dl, 0x80
        adc byte [rbx+rcx*8-0x1], 0x80
        adc byte [eax*2], 0xff
        adc ax, ax
        adc ax, si
        adc cx, ax
        adc cx, si
        adc r9w, ax
        adc r9w, si
        adc [r12], cx
        adc bx, [r12]
        adc ax, 0x0
        adc bx, 0x0
        adc word [rax+rsp], 0x0
        adc ax, 0x1
        adc bx, 0x1
        adc word [ebx+ecx*4], 0x1
        adc word [rax], 0x5
        adc ax, -0x1
        adc bx, -0x1
        adc word [r9*4], -0x1
        adc ax, -0x80
        adc bx, -0x80
        adc word [eax], -0x80
        adc ax, 0x80
        adc bx, 0x80
        adc word [r13], 0x80
        adc word [ebp+esi*8-0x80], 0xff
        adc ax, 0x8000
        adc bx, 0x8000
        adc word [ebp], 0x8000
        adc word [eax+esp], 0xfff0
        adc cx, byte 0x5
        adc ax, byte -0x5
        adc ax, word 0x5
        adc cx, word 0x5
        adc cx, strict word 0x5
        adc ax, strict word 0x5
        adc [ebx], word 0x5
        adc eax, eax
        adc eax, edi
        adc eax, r13d
        adc ecx, ebx
        adc ecx, r10d
        adc edi, eax
        adc r10d, ecx
        adc r13d, eax
        adc r13d, r13d
        adc [fs:0x28], ecx
        adc ebx, [fs:0x28]
        adc eax, 0x0
        adc ebx, 0x0
        adc dword [ecx*4+0x10], 0x0
        adc eax, 0x1
        adc ebx, 0x1
        adc dword [rsp], 0x1
        adc dword [gs:r8+r15], 0x5
        adc eax, -0x1
        adc ebx, -0x1
        adc dword [esp+0x8], -0x1
        adc eax, -0x80
        adc ebx, -0x80
        adc dword [fs:edi+0x80], -0x80
        adc eax, 0x80
        adc ebx, 0x80
        adc dword [0x1234], 0x80
        adc dword [r12], 0xff
        adc eax, 0x8000
        adc ebx, 0x8000
        adc dword [rax], 0x8000
        adc dword [r9*4], 0xfff0
        adc eax, 0x12345678
        adc ebx, 0x12345678
        adc dword [edx+0x12345678], 0x12345678
        adc dword [r13], 0x7fffffff
        adc eax, 0x80000000
        adc ebx, 0x80000000
        adc dword [0x7fffffff], 0x80000000
        adc dword [ebp+esi*8-0x80], 0xffffffff
        adc eax, -0x80000000
        adc ebx, -0x80000000
        adc dword [rdx*2+0x7], -0x80000000
        adc ecx, byte 0x5
        adc eax, byte -0x5
        adc eax, dword 0x5
        adc ecx, dword 0x5
        adc ecx, strict dword 0x5
        adc eax, strict dword 0x5
        adc [ebx], dword 0x5
        adc rax, rax
        adc rax, rdi
        adc rax, r12
        adc rcx, rcx
        adc rcx, r13
        adc rdi, rax
        adc r8, rbx
        adc r8, r8
        adc r12, rax
        adc [ebp], rcx
        adc rbx, [ebp]
        adc rax, 0x0
        adc rbx, 0x0
        adc qword [eax+esp], 0x0
        adc rax, 0x1
        adc rbx, 0x1
        adc qword [rsp+r12*2+0x100], 0x1
        adc qword [fs:0x28], 0x5
        adc rax, -0x1
        adc rbx, -0x1
        adc qword [ecx*4+0x10], -0x1
        adc rax, -0x80
        adc rbx, -0x80
        adc qword [rsp], -0x80
        adc rax, 0x80
        adc rbx, 0x80
        adc qword [esp+0x8], 0x80
        adc qword [rbx+rcx*8-0x1], 0xff
        adc rax, 0x8000
        adc rbx, 0x8000
        adc qword [r12], 0x8000
        adc qword [rax+rsp], 0xfff0
        adc rax, 0x12345678
        adc rbx, 0x12345678
        adc qword [rax], 0x12345678
        adc qword [r9*4], 0x7fffffff
        adc rax, -0x80000000
        adc rbx, -0x80000000
        adc qword [eax], -0x80000000
        adc rax, 0xffffffffffffffff
        adc rbx, 0xffffffffffffffff
        adc rcx, byte 0x5
        adc rax, byte -0x5
        sbb al, al
        sbb al, bl
        sbb al, sil
        sbb cl, al
        sbb cl, bl
        sbb cl, sil
        sbb ah, al
        sbb ah, bl
        sbb sil, al
        sbb sil, bl
        sbb sil, sil
        sbb [edx+0x12345678], cl
        sbb dl, [edx+0x12345678]
        sbb al, 0x0
        sbb dl, 0x0
        sbb byte [r13], 0x0
        sbb al, 0x1
        sbb dl, 0x1
        sbb byte [0x7fffffff], 0x1
        sbb byte [ebp+esi*8-0x80], 0x5
        sbb al, -0x1
        sbb dl, -0x1
        sbb byte [rbp], -0x1
        sbb al, -0x80
        sbb dl, -0x80
        sbb byte [rdx*2+0x7], -0x80
        sbb al, 0x80
        sbb dl, 0x80
        sbb byte [eax+esp], 0x80
        sbb byte [fs:0x28], 0xff
        sbb ax, ax
        sbb ax, si
        sbb cx, ax
        sbb cx, si
        sbb r9w, ax
        sbb r9w, si
        sbb [ecx*4+0x10], cx
        sbb bx, [ecx*4+0x10]
        sbb ax, 0x0
        sbb bx, 0x0
        sbb word [rsp], 0x0
        sbb ax, 0x1
        sbb bx, 0x1
        sbb word [gs:r8+r15], 0x1
        sbb word [esp+0x8], 0x5
        sbb ax, -0x1
        sbb bx, -0x1
        sbb word [fs:edi+0x80], -0x1
        sbb ax, -0x80
        sbb bx, -0x80
        sbb word [rbx+rcx*8-0x1], -0x80
        sbb ax, 0x80
        sbb bx, 0x80
        sbb word [eax*2], 0x80
        sbb word [rax+rsp], 0xff
        sbb ax, 0x8000
        sbb bx, 0x8000
        sbb word [r9*4], 0x8000
        sbb word [eax], 0xfff0
        sbb cx, byte 0x5
        sbb ax, byte -0x5
        sbb ax, word 0x5
        sbb cx, word 0x5
        sbb cx, strict word 0x5
        sbb ax, strict word 0x5
        sbb [ebx], word 0x5
        sbb eax, eax
        sbb eax, edi
        sbb eax, r13d
        sbb ecx, ebx
        sbb ecx, r10d
        sbb edi, eax
        sbb r10d, ecx
        sbb r13d, eax
        sbb r13d, r13d
        sbb [r13], ecx
        sbb ebx, [r13]
        sbb eax, 0x0
        sbb ebx, 0x0
        sbb dword [0x7fffffff], 0x0
        sbb eax, 0x1
        sbb ebx, 0x1
        sbb dword [ebp+esi*8-0x80], 0x1
        sbb dword [rbp], 0x5
        sbb eax, -0x1
        sbb ebx, -0x1
        sbb dword [rdx*2+0x7], -0x1
        sbb eax, -0x80
        sbb ebx, -0x80
        sbb dword [ebp], -0x80
        sbb eax, 0x80
        sbb ebx, 0x80
        sbb dword [rsp+r12*2+0x100], 0x80
        sbb dword [ecx*4+0x10], 0xff
        sbb eax, 0x8000
        sbb ebx, 0x8000
        sbb dword [esp+0x8], 0x8000
        sbb dword [fs:edi+0x80], 0xfff0
        sbb eax, 0x12345678
        sbb ebx, 0x12345678
        sbb dword [0x1234], 0x12345678
        sbb dword [eax*2], 0x7fffffff
        sbb eax, 0x80000000
        sbb ebx, 0x80000000
        sbb dword [r12], 0x80000000
        sbb dword [rax+rsp], 0xffffffff
        sbb eax, -0x80000000
        sbb ebx, -0x80000000
        sbb dword [rax], -0x80000000
        sbb ecx, byte 0x5
        sbb eax, byte -0x5
        sbb eax, dword 0x5
        sbb ecx, dword 0x5
        sbb ecx, strict dword 0x5
        sbb eax, strict dword 0x5
        sbb [ebx], dword 0x5
        sbb rax, rax
        sbb rax, rdi
        sbb rax, r12
        sbb rcx, rcx
        sbb rcx, r13
        sbb rdi, rax
        sbb r8, rbx
        sbb r8, r8
        sbb r12, rax
        sbb [r9*4], rcx
        sbb rbx, [r9*4]
        sbb rax, 0x0
        sbb rbx, 0x0
        sbb qword [eax], 0x0
        sbb rax, 0x1
        sbb rbx, 0x1
        sbb qword [edx+0x12345678], 0x1
        sbb qword [r13], 0x5
        sbb rax, -0x1
        sbb rbx, -0x1
        sbb qword [0x7fffffff], -0x1
        sbb rax, -0x80
        sbb rbx, -0x80
        sbb qword [ebp+esi*8-0x80], -0x80
        sbb rax, 0x80
        sbb rbx, 0x80
        sbb qword [rdx*2+0x7], 0x80
        sbb qword [eax+esp], 0xff
        sbb rax, 0x8000
        sbb rbx, 0x8000
        sbb qword [ecx*4+0x10], 0x8000
        sbb qword [rsp], 0xfff0
        sbb rax, 0x12345678
        sbb rbx, 0x12345678
        sbb qword [esp+0x8], 0x12345678
        sbb qword [fs:edi+0x80], 0x7fffffff
        sbb rax, -0x80000000
        sbb rbx, -0x80000000
        sbb qword [rbx+rcx*8-0x1], -0x80000000
        sbb rax, 0xffffffffffffffff
        sbb rbx, 0xffffffffffffffff
        sbb rcx, byte 0x5
        sbb rax, byte -0x5
        and al, al
        and al, bl
        and al, sil
        and cl, al
        and cl, bl
        and cl, sil
        and ah, al
        and ah, bl
        and sil, al
        and sil, bl
        and sil, sil
        and [0x1234], cl
        and dl, [0x1234]
        and al, 0x0
        and dl, 0x0
        and byte [eax*2], 0x0
        and al, 0x1
        and dl, 0x1
        and byte [r12], 0x1
        and byte [rax+rsp], 0x5
        and al, -0x1
        and dl, -0x1
        and byte [ebx+ecx*4], -0x1
        and al, -0x80
        and dl, -0x80
        and byte [rax], -0x80
        and al, 0x80
        and dl, 0x80
        and byte [eax], 0x80
        and byte [r13], 0xff
        and ax, ax
        and ax, si
        and cx, ax
        and cx, si
        and r9w, ax
        and r9w, si
        and [0x7fffffff], cx
        and bx, [0x7fffffff]
        and ax, 0x0
        and bx, 0x0
        and word [ebp+esi*8-0x80], 0x0
        and ax, 0x1
        and bx, 0x1
        and word [rbp], 0x1
        and word [rdx*2+0x7], 0x5
        and ax, -0x1
        and bx, -0x1
        and word [ebp], -0x1
        and ax, -0x80
        and bx, -0x80
        and word [eax+esp], -0x80
        and ax, 0x80
        and bx, 0x80
        and word [fs:0x28], 0x80
        and word [rsp], 0xff
        and ax, 0x8000
        and bx, 0x8000
        and word [fs:edi+0x80], 0x8000
        and word [rbx+rcx*8-0x1], 0xfff0
        and cx, byte 0x5
        and ax, byte -0x5
        and ax, word 0x5
        and cx, word 0x5
        and cx, strict word 0x5
        and ax, strict word 0x5
        and [ebx], word 0x5
        and eax, eax
        and eax, edi
        and eax, r13d
        and ecx, ebx
        and ecx, r10d
        and edi, eax
        and r10d, ecx
        and r13d, eax
        and r13d, r13d
        and [eax*2], ecx
        and ebx, [eax*2]
        and eax, 0x0
        and ebx, 0x0
        and dword [r12], 0x0
        and eax, 0x1
        and ebx, 0x1
        and dword [rax+rsp], 0x1
        and dword [ebx+ecx*4], 0x5
        and eax, -0x1
        and ebx, -0x1
        and dword [rax], -0x1
        and eax, -0x80
        and ebx, -0x80
        and dword [r9*4], -0x80
        and eax, 0x80
        and ebx, 0x80
        and dword [edx+0x12345678], 0x80
        and dword [0x7fffffff], 0xff
        and eax, 0x8000
        and ebx, 0x8000
        and dword [rdx*2+0x7], 0x8000
        and dword [ebp], 0xfff0
        and eax, 0x12345678
        and ebx, 0x12345678
        and dword [rsp+r12*2+0x100], 0x12345678
        and dword [fs:0x28], 0x7fffffff
        and eax, 0x80000000
        and ebx, 0x80000000
        and dword [ecx*4+0x10], 0x80000000
        and dword [rsp], 0xffffffff
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
        and rax, rax
        and rax, rdi
        and rax, r12
        and rcx, rcx
        and rcx, r13
        and rdi, rax
        and r8, rbx
        and r8, r8
        and r12, rax
        and [fs:edi+0x80], rcx
        and rbx, [fs:edi+0x80]
        and rax, 0x0
        and rbx, 0x0
        and qword [rbx+rcx*8-0x1], 0x0
        and rax, 0x1
        and rbx, 0x1
        and qword [0x1234], 0x1
        and qword [eax*2], 0x5
        and rax, -0x1
        and rbx, -0x1
        and qword [r12], -0x1
        and rax, -0x80
        and rbx, -0x80
        and qword [rax+rsp], -0x80
        and rax, 0x80
        and rbx, 0x80
        and qword [rax], 0x80
        and qword [eax], 0xff
        and rax, 0x8000
        and rbx, 0x8000
        and qword [0x7fffffff], 0x8000
        and qword [ebp+esi*8-0x80], 0xfff0
        and rax, 0x12345678
        and rbx, 0x12345678
        and qword [rdx*2+0x7], 0x12345678
        and qword [ebp], 0x7fffffff
        and rax, -0x80000000
        and rbx, -0x80000000
        and qword [eax+esp], -0x80000000
        and rax, 0xffffffffffffffff
        and rbx, 0xffffffffffffffff
        and rcx, byte 0x5
        and rax, byte -0x5
        sub al, al
        sub al, bl
        sub al, sil
        sub cl, al
        sub cl, bl
        sub cl, sil
        sub ah, al
        sub ah, bl
        sub sil, al
        sub sil, bl
        sub sil, sil
        sub [rsp+r12*2+0x100], cl
        sub dl, [rsp+r12*2+0x100]
        sub al, 0x0
        sub dl, 0x0
        sub byte [fs:0x28], 0x0
        sub al, 0x1
        sub dl, 0x1
        sub byte [ecx*4+0x10], 0x1
        sub byte [rsp], 0x5
        sub al, -0x1
        sub dl, -0x1
        sub byte [gs:r8+r15], -0x1
        sub al, -0x80
        sub dl, -0x80
        sub byte [esp+0x8], -0x80
        sub al, 0x80
        sub dl, 0x80
        sub byte [rbx+rcx*8-0x1], 0x80
        sub byte [eax*2], 0xff
        sub ax, ax
        sub ax, si
        sub cx, ax
        sub cx, si
        sub r9w, ax
        sub r9w, si
        sub [r12], cx
        sub bx, [r12]
        sub ax, 0x0
        sub bx, 0x0
        sub word [rax+rsp], 0x0
        sub ax, 0x1
        sub bx, 0x1
        sub word [ebx+ecx*4], 0x1
        sub word [rax], 0x5
        sub ax, -0x1
        sub bx, -0x1
        sub word [r9*4], -0x1
        sub ax, -0x80
        sub bx, -0x80
        sub word [eax], -0x80
        sub ax, 0x80
        sub bx, 0x80
        sub word [r13], 0x80
        sub word [ebp+esi*8-0x80], 0xff
        sub ax, 0x8000
        sub bx, 0x8000
        sub word [ebp], 0x8000
        sub word [eax+esp], 0xfff0
        sub cx, byte 0x5
        sub ax, byte -0x5
        sub ax, word 0x5
        sub cx, word 0x5
        sub cx, strict word 0x5
        sub ax, strict word 0x5
        sub [ebx], word 0x5
        sub eax, eax
        sub eax, edi
        sub eax, r13d
        sub ecx, ebx
        sub ecx, r10d
        sub edi, eax
        sub r10d, ecx
        sub r13d, eax
        sub r13d, r13d
        sub [fs:0x28], ecx
        sub ebx, [fs:0x28]
        sub eax, 0x0
        sub ebx, 0x0
        sub dword [ecx*4+0x10], 0x0
        sub eax, 0x1
        sub ebx, 0x1
        sub dword [rsp], 0x1
        sub dword [gs:r8+r15], 0x5
        sub eax, -0x1
        sub ebx, -0x1
        sub dword [esp+0x8], -0x1
        sub eax, -0x80
        sub ebx, -0x80
        sub dword [fs:edi+0x80], -0x80
        sub eax, 0x80
        sub ebx, 0x80
        sub dword [0x1234], 0x80
        sub dword [r12], 0xff
        sub eax, 0x8000
        sub ebx, 0x8000
        sub dword [rax], 0x8000
        sub dword [r9*4], 0xfff0
        sub eax, 0x12345678
        sub ebx, 0x12345678
        sub dword [edx+0x12345678], 0x12345678
        sub dword [r13], 0x7fffffff
        sub eax, 0x80000000
        sub ebx, 0x80000000
        sub dword [0x7fffffff], 0x80000000
        sub dword [ebp+esi*8-0x80], 0xffffffff
        sub eax, -0x80000000
        sub ebx, -0x80000000
        sub dword [rdx*2+0x7], -0x80000000
        sub ecx, byte 0x5
        sub eax, byte -0x5
        sub eax, dword 0x5
        sub ecx, dword 0x5
        sub ecx, strict dword 0x5
        sub eax, strict dword 0x5
        sub [ebx], dword 0x5
        sub rax, rax
        sub rax, rdi
        sub rax, r12
        sub rcx, rcx
        sub rcx, r13
        sub rdi, rax
        sub r8, rbx
        sub r8, r8
        sub r12, rax
        sub [ebp], rcx
        sub rbx, [ebp]
        sub rax, 0x0
        sub rbx, 0x0
        sub qword [eax+esp], 0x0
        sub rax, 0x1
        sub rbx, 0x1
        sub qword [rsp+r12*2+0x100], 0x1
        sub qword [fs:0x28], 0x5
        sub rax, -0x1
        sub rbx, -0x1
        sub qword [ecx*4+0x10], -0x1
        sub rax, -0x80
        sub rbx, -0x80
        sub qword [rsp], -0x80
        sub rax, 0x80
        sub rbx, 0x80
        sub qword [esp+0x8], 0x80
        sub qword [rbx+rcx*8-0x1], 0xff
        sub rax, 0x8000
        sub rbx, 0x8000
        sub qword [r12], 0x8000
        sub qword [rax+rsp], 0xfff0
        sub rax, 0x12345678
        sub rbx, 0x12345678
        sub qword [rax], 0x12345678
        sub qword [r9*4], 0x7fffffff
        sub rax, -0x80000000
        sub rbx, -0x80000000
        sub qword [eax], -0x80000000
        sub rax, 0xffffffffffffffff
        sub rbx, 0xffffffffffffffff
        sub rcx, byte 0x5
        sub rax, byte -0x5
        xor al, al
        xor al, bl
        xor al, sil
        xor cl, al
        xor cl, bl
        xor cl, sil
        xor ah, al
        xor ah, bl
        xor sil, al
        xor sil, bl
        xor sil, sil
        xor [edx+0x12345678], cl
        xor dl, [edx+0x12345678]
        xor al, 0x0
        xor dl, 0x0
        xor byte [r13], 0x0
        xor al, 0x1
        xor dl, 0x1
        xor byte [0x7fffffff], 0x1
        xor byte [ebp+esi*8-0x80], 0x5
        xor al, -0x1
        xor dl, -0x1
        xor byte [rbp], -0x1
        xor al, -0x80
        xor dl, -0x80
        xor byte [rdx*2+0x7], -0x80
        xor al, 0x80
        xor dl, 0x80
        xor byte [eax+esp], 0x80
        xor byte [fs:0x28], 0xff
        xor ax, ax
        xor ax, si
        xor cx, ax
        xor cx, si
        xor r9w, ax
        xor r9w, si
        xor [ecx*4+0x10], cx
        xor bx, [ecx*4+0x10]
        xor ax, 0x0
        xor bx, 0x0
        xor word [rsp], 0x0
        xor ax, 0x1
        xor bx, 0x1
        xor word [gs:r8+r15], 0x1
        xor word [esp+0x8], 0x5
        xor ax, -0x1
        xor bx, -0x1
        xor word [fs:edi+0x80], -0x1
        xor ax, -0x80
        xor bx, -0x80
        xor word [rbx+rcx*8-0x1], -0x80
        xor ax, 0x80
        xor bx, 0x80
        xor word [eax*2], 0x80
        xor word [rax+rsp], 0xff
        xor ax, 0x8000
        xor bx, 0x8000
        xor word [r9*4], 0x8000
        xor word [eax], 0xfff0
        xor cx, byte 0x5
        xor ax, byte -0x5
        xor ax, word 0x5
        xor cx, word 0x5
        xor cx, strict word 0x5
        xor ax, strict word 0x5
        xor [ebx], word 0x5
        xor eax, eax
        xor eax, edi
        xor eax, r13d
        xor ecx, ebx
        xor ecx, r10d
        xor edi, eax
        xor r10d, ecx
        xor r13d, eax
        xor r13d, r13d
        xor [r13], ecx
        xor ebx, [r13]
        xor eax, 0x0
        xor ebx, 0x0
        xor dword [0x7fffffff], 0x0
        xor eax, 0x1
        xor ebx, 0x1
        xor dword [ebp+esi*8-0x80], 0x1
        xor dword [rbp], 0x5
        xor eax, -0x1
        xor ebx, -0x1
        xor dword [rdx*2+0x7], -0x1
        xor eax, -0x80
        xor ebx, -0x80
        xor dword [ebp], -0x80
        xor eax, 0x80
        xor ebx, 0x80
        xor dword [rsp+r12*2+0x100], 0x80
        xor dword [ecx*4+0x10], 0xff
        xor eax, 0x8000
        xor ebx, 0x8000
        xor dword [esp+0x8], 0x8000
        xor dword [fs:edi+0x80], 0xfff0
        xor eax, 0x12345678
        xor ebx, 0x12345678
        xor dword [0x1234], 0x12345678
        xor dword [eax*2], 0x7fffffff
        xor eax, 0x80000000
        xor ebx, 0x80000000
        xor dword [r12], 0x80000000
        xor dword [rax+rsp], 0xffffffff
        xor eax, -0x80000000
        xor ebx, -0x80000000
        xor dword [rax], -0x80000000
        xor ecx, byte 0x5
        xor eax, byte -0x5
        xor eax, dword 0x5
        xor ecx, dword 0x5
        xor ecx, strict dword 0x5
        xor eax, strict dword 0x5
        xor [ebx], dword 0x5
        xor rax, rax
        xor rax, rdi
        xor rax, r12
        xor rcx, rcx
        xor rcx, r13
        xor rdi, rax
        xor r8, rbx
        xor r8, r8
        xor r12, rax
        xor [r9*4], rcx
        xor rbx, [r9*4]
        xor rax, 0x0
        xor rbx, 0x0
        xor qword [eax], 0x0
        xor rax, 0x1
        xor rbx, 0x1
        xor qword [edx+0x12345678], 0x1
        xor qword [r13], 0x5
        xor rax, -0x1
        xor rbx, -0x1
        xor qword [0x7fffffff], -0x1
        xor rax, -0x80
        xor rbx, -0x80
        xor qword [ebp+esi*8-0x80], -0x80
        xor rax, 0x80
        xor rbx, 0x80
        xor qword [rdx*2+0x7], 0x80
        xor qword [eax+esp], 0xff
        xor rax, 0x8000
        xor rbx, 0x8000
        xor qword [ecx*4+0x10], 0x8000
        xor qword [rsp], 0xfff0
        xor rax, 0x12345678
        xor rbx, 0x12345678
        xor qword [esp+0x8], 0x12345678
        xor qword [fs:edi+0x80], 0x7fffffff
        xor rax, -0x80000000
        xor rbx, -0x80000000
        xor qword [rbx+rcx*8-0x1], -0x80000000
        xor rax, 0xffffffffffffffff
        xor rbx, 0xffffffffffffffff
        xor rcx, byte 0x5
        xor rax, byte -0x5
        cmp al, al
        cmp al, bl
        cmp al, sil
        cmp cl, al
        cmp cl, bl
        cmp cl, sil
        cmp ah, al
        cmp ah, bl
        cmp sil, al
        cmp sil, bl
        cmp sil, sil
        cmp [0x1234], cl
        cmp dl, [0x1234]
        cmp al, 0x0
        cmp dl, 0x0
        cmp byte [eax*2], 0x0
        cmp al, 0x1
        cmp dl, 0x1
        cmp byte [r12], 0x1
        cmp byte [rax+rsp], 0x5
        cmp al, -0x1
        cmp dl, -0x1
        cmp byte [ebx+ecx*4], -0x1
        cmp al, -0x80
        cmp dl, -0x80
        cmp byte [rax], -0x80
        cmp al, 0x80
        cmp dl, 0x80
        cmp byte [eax], 0x80
        cmp byte [r13], 0xff
        cmp ax, ax
        cmp ax, si
        cmp cx, ax
        cmp cx, si
        cmp r9w, ax
        cmp r9w, si
        cmp [0x7fffffff], cx
        cmp bx, [0x7fffffff]
        cmp ax, 0x0
        cmp bx, 0x0
        cmp word [ebp+esi*8-0x80], 0x0
        cmp ax, 0x1
        cmp bx, 0x1
        cmp word [rbp], 0x1
        cmp word [rdx*2+0x7], 0x5
        cmp ax, -0x1
        cmp bx, -0x1
        cmp word [ebp], -0x1
        cmp ax, -0x80
        cmp bx, -0x80
        cmp word [eax+esp], -0x80
        cmp ax, 0x80
        cmp bx, 0x80
        cmp word [fs:0x28], 0x80
        cmp word [rsp], 0xff
        cmp ax, 0x8000
        cmp bx, 0x8000
        cmp word [fs:edi+0x80], 0x8000
        cmp word [rbx+rcx*8-0x1], 0xfff0
        cmp cx, byte 0x5
        cmp ax, byte -0x5
        cmp ax, word 0x5
        cmp cx, word 0x5
        cmp cx, strict word 0x5
        cmp ax, strict word 0x5
        cmp [ebx], word 0x5
        cmp eax, eax
        cmp eax, edi
        cmp eax, r13d
        cmp ecx, ebx
        cmp ecx, r10d
        cmp edi, eax
        cmp r10d, ecx
        cmp r13d, eax
        cmp r13d, r13d
        cmp [eax*2], ecx
        cmp ebx, [eax*2]
        cmp eax, 0x0
        cmp ebx, 0x0
        cmp dword [r12], 0x0
        cmp eax, 0x1
        cmp ebx, 0x1
        cmp dword [rax+rsp], 0x1
        cmp dword [ebx+ecx*4], 0x5
        cmp eax, -0x1
        cmp ebx, -0x1
        cmp dword [rax], -0x1
        cmp eax, -0x80
        cmp ebx, -0x80
        cmp dword [r9*4], -0x80
        cmp eax, 0x80
        cmp ebx, 0x80
        cmp dword [edx+0x12345678], 0x80
        cmp dword [0x7fffffff], 0xff
        cmp eax, 0x8000
        cmp ebx, 0x8000
        cmp dword [rdx*2+0x7], 0x8000
        cmp dword [ebp], 0xfff0
        cmp eax, 0x12345678
        cmp ebx, 0x12345678
        cmp dword [rsp+r12*2+0x100], 0x12345678
        cmp dword [fs:0x28], 0x7fffffff
        cmp eax, 0x80000000
        cmp ebx, 0x80000000
        cmp dword [ecx*4+0x10], 0x80000000
        cmp dword [rsp], 0xffffffff
        cmp eax, -0x80000000
        cmp ebx, -0x80000000
        cmp dword [esp+0x8], -0x80000000
        cmp ecx, byte 0x5
        cmp eax, byte -0x5
        cmp eax, dword 0x5
        cmp ecx, dword 0x5
        cmp ecx, strict dword 0x5
        cmp eax, strict dword 0x5
        cmp [ebx], dword 0x5
        cmp rax, rax
        cmp rax, rdi
        cmp rax, r12
        cmp rcx, rcx
        cmp rcx, r13
        cmp rdi, rax
        cmp r8, rbx
        cmp r8, r8
        cmp r12, rax
        cmp [fs:edi+0x80], rcx
        cmp rbx, [fs:edi+0x80]
        cmp rax, 0x0
        cmp rbx, 0x0
        cmp qword [rbx+rcx*8-0x1], 0x0
        cmp rax, 0x1
        cmp rbx, 0x1
        cmp qword [0x1234], 0x1
        cmp qword [eax*2], 0x5
        cmp rax, -0x1
        cmp rbx, -0x1
        cmp qword [r12], -0x1
        cmp rax, -0x80
        cmp rbx, -0x80
        cmp qword [rax+rsp], -0x80
        cmp rax, 0x80
        cmp rbx, 0x80
        cmp qword [rax], 0x80
        cmp qword [eax], 0xff
        cmp rax, 0x8000
        cmp rbx, 0x8000
        cmp qword [0x7fffffff], 0x8000
        cmp qword [ebp+esi*8-0x80], 0xfff0
        cmp rax, 0x12345678
        cmp rbx, 0x12345678
        cmp qword [rdx*2+0x7], 0x12345678
        cmp qword [ebp], 0x7fffffff
        cmp rax, -0x80000000
        cmp rbx, -0x80000000
        cmp qword [eax+esp], -0x80000000
        cmp rax, 0xffffffffffffffff
        cmp rbx, 0xffffffffffffffff
        cmp rcx, byte 0x5
        cmp rax, byte -0x5
        test al, al
        test al, bl
        test al, sil
        test cl, al
        test cl, bl
        test cl, sil
        test ah, al
        test ah, bl
        test sil, al
        test sil, bl
        test sil, sil
        test [rsp+r12*2+0x100], cl
        test dl, [rsp+r12*2+0x100]
        test al, 0x0
        test dl, 0x0
        test byte [fs:0x28], 0x0
        test al, 0x1
        test dl, 0x1
        test byte [ecx*4+0x10], 0x1
        test byte [rsp], 0x5
        test al, -0x1
        test dl, -0x1
        test byte [gs:r8+r15], -0x1
        test al, -0x80
        test dl, -0x80
        test byte [esp+0x8], -0x80
        test al, 0x80
        test dl, 0x80
        test byte [rbx+rcx*8-0x1], 0x80
        test byte [eax*2], 0xff
        test ax, ax
        test ax, si
        test cx, ax
        test cx, si
        test r9w, ax
        test r9w, si
        test [r12], cx
        test bx, [r12]
        test ax, 0x0
        test bx, 0x0
        test word [rax+rsp], 0x0
        test ax, 0x1
        test bx, 0x1
        test word [ebx+ecx*4], 0x1
        test word [rax], 0x5
        test ax, -0x1
        test bx, -0x1
        test word [r9*4], -0x1
        test ax, -0x80
        test bx, -0x80
        test word [eax], -0x80
        test ax, 0x80
        test bx, 0x80
        test word [r13], 0x80
        test word [ebp+esi*8-0x80], 0xff
        test ax, 0x8000
        test bx, 0x8000
        test word [ebp], 0x8000
        test word [eax+esp], 0xfff0
        test ax, word 0x5
        test cx, word 0x5
        test cx, strict word 0x5
        test ax, strict word 0x5
        test [ebx], word 0x5
        test eax, eax
        test eax, edi
        test eax, r13d
        test ecx, ebx
        test ecx, r10d
        test edi, eax
        test r10d, ecx
        test r13d, eax
        test r13d, r13d
        test [fs:0x28], ecx
        test ebx, [fs:0x28]
        test eax, 0x0
        test ebx, 0x0
        test dword [ecx*4+0x10], 0x0
        test eax, 0x1
        test ebx, 0x1
        test dword [rsp], 0x1
        test dword [gs:r8+r15], 0x5
        test eax, -0x1
        test ebx, -0x1
        test dword [esp+0x8], -0x1
        test eax, -0x80
        test ebx, -0x80
        test dword [fs:edi+0x80], -0x80
        test eax, 0x80
        test ebx, 0x80
        test dword [0x1234], 0x80
        test dword [r12], 0xff
        test eax, 0x8000
        test ebx, 0x8000
        test dword [rax], 0x8000
        test dword [r9*4], 0xfff0
        test eax, 0x12345678
        test ebx, 0x12345678
        test dword [edx+0x12345678], 0x12345678
        test dword [r13], 0x7fffffff
        test eax, 0x80000000
        test ebx, 0x80000000
        test dword [0x7fffffff], 0x80000000
        test dword [ebp+esi*8-0x80], 0xffffffff
        test eax, -0x80000000
        test ebx, -0x80000000
        test dword [rdx*2+0x7], -0x80000000
        test eax, dword 0x5
        test ecx, dword 0x5
        test ecx, strict dword 0x5
        test eax, strict dword 0x5
        test [ebx], dword 0x5
        test rax, rax
        test rax, rdi
        test rax, r12
        test rcx, rcx
        test rcx, r13
        test rdi, rax
        test r8, rbx
        test r8, r8
        test r12, rax
        test [ebp], rcx
        test rbx, [ebp]
        test rax, 0x0
        test rbx, 0x0
        test qword [eax+esp], 0x0
        test rax, 0x1
        test rbx, 0x1
        test qword [rsp+r12*2+0x100], 0x1
        test qword [fs:0x28], 0x5
        test rax, -0x1
        test rbx, -0x1
        test qword [ecx*4+0x10], -0x1
        test rax, -0x80
        test rbx, -0x80
        test qword [rsp], -0x80
        test rax, 0x80
        test rbx, 0x80
        test qword [esp+0x8], 0x80
        test qword [rbx+rcx*8-0x1], 0xff
        test rax, 0x8000
        test rbx, 0x8000
        test qword [r12], 0x8000
        test qword [rax+rsp], 0xfff0
        test rax, 0x12345678
        test rbx, 0x12345678
        test qword [rax], 0x12345678
        test qword [r9*4], 0x7fffffff
        test rax, -0x80000000
        test rbx, -0x80000000
        test qword [eax], -0x80000000
        test rax, 0xffffffffffffffff
        test rbx, 0xffffffffffffffff
        xchg al, al
        xchg al, bl
        xchg al, sil
        xchg cl, al
        xchg cl, bl
        xchg cl, sil
        xchg ah, al
        xchg ah, bl
        xchg sil, al
        xchg sil, bl
        xchg sil, sil
        xchg [edx+0x12345678], cl
        xchg dl, [edx+0x12345678]
        xchg ax, ax
        xchg ax, si
        xchg cx, ax
        xchg cx, si
        xchg r9w, ax
        xchg r9w, si
        xchg [r13], cx
        xchg bx, [r13]
        xchg eax, eax
        xchg eax, edi
        xchg eax, r13d
        xchg ecx, ebx
        xchg ecx, r10d
        xchg edi, eax
        xchg r10d, ecx
        xchg r13d, eax
        xchg r13d, r13d
        xchg [0x7fffffff], ecx
        xchg ebx, [0x7fffffff]
        xchg rax, rax
        xchg rax, rdi
        xchg rax, r12
        xchg rcx, rcx
        xchg rcx, r13
        xchg rdi, rax
        xchg r8, rbx
        xchg r8, r8
        xchg r12, rax
        xchg [ebp+esi*8-0x80], rcx
        xchg rbx, [ebp+esi*8-0x80]
        mov al, al
        mov al, bl
        mov al, sil
        mov cl, al
        mov cl, bl
        mov cl, sil
        mov ah, al
        mov ah, bl
        mov sil, al
        mov sil, bl
        mov sil, sil
        mov [rbp], cl
        mov dl, [rbp]
        mov al, 0x0
        mov dl, 0x0
        mov al, 0x1
        mov dl, 0x1
        mov byte [ebp], 0x1
        mov al, -0x1
        mov dl, -0x1
        mov byte [rsp+r12*2+0x100], -0x1
        mov al, -0x80
        mov dl, -0x80
        mov byte [fs:0x28], -0x80
        mov al, 0x80
        mov dl, 0x80
        mov byte [rsp], 0x80
        mov byte [esp+0x8], 0xff
        mov ax, ax
        mov ax, si
        mov cx, ax
        mov cx, si
        mov r9w, ax
        mov r9w, si
        mov [fs:edi+0x80], cx
        mov bx, [fs:edi+0x80]
        mov ax, 0x0
        mov bx, 0x0
        mov ax, 0x1
        mov bx, 0x1
        mov word [0x1234], 0x1
        mov ax, -0x1
        mov bx, -0x1
        mov word [r12], -0x1
        mov ax, -0x80
        mov bx, -0x80
        mov word [rax+rsp], -0x80
        mov ax, 0x80
        mov bx, 0x80
        mov word [rax], 0x80
        mov word [eax], 0xff
        mov ax, 0x8000
        mov bx, 0x8000
        mov word [0x7fffffff], 0x8000
        mov word [ebp+esi*8-0x80], 0xfff0
        mov ax, word 0x5
        mov cx, word 0x5
        mov cx, strict word 0x5
        mov ax, strict word 0x5
        mov [ebx], word 0x5
        mov eax, eax
        mov eax, edi
        mov eax, r13d
        mov ecx, ebx
        mov ecx, r10d
        mov edi, eax
        mov r10d, ecx
        mov r13d, eax
        mov r13d, r13d
        mov [rdx*2+0x7], ecx
        mov eax, 0x0
        mov ebx, 0x0
        mov eax, 0x1
        mov ebx, 0x1
        mov dword [eax+esp], 0x1
        mov eax, -0x1
        mov ebx, -0x1
        mov dword [fs:0x28], -0x1
        mov eax, -0x80
        mov ebx, -0x80
        mov dword [ecx*4+0x10], -0x80
        mov eax, 0x80
        mov ebx, 0x80
        mov dword [gs:r8+r15], 0x80
        mov dword [fs:edi+0x80], 0xff
        mov eax, 0x8000
        mov ebx, 0x8000
        mov dword [eax*2], 0x8000
        mov dword [r12], 0xfff0
        mov eax, 0x12345678
        mov ebx, 0x12345678
        mov dword [ebx+ecx*4], 0x12345678
        mov dword [rax], 0x7fffffff
        mov eax, 0x80000000
        mov ebx, 0x80000000
        mov dword [r9*4], 0x80000000
        mov dword [eax], 0xffffffff
        mov eax, -0x80000000
        mov ebx, -0x80000000
        mov dword [r13], -0x80000000
        mov eax, dword 0x5
        mov ecx, dword 0x5
        mov ecx, strict dword 0x5
        mov eax, strict dword 0x5
        mov [ebx], dword 0x5
        mov rax, rax
        mov rax, rdi
        mov rax, r12
        mov rcx, rcx
        mov rcx, r13
        mov rdi, rax
        mov r8, rbx
        mov r8, r8
        mov r12, rax
        mov [0x7fffffff], rcx
        mov rbx, [0x7fffffff]
        mov rax, 0x0
        mov rbx, 0x0
        mov rax, 0x1
        mov rbx, 0x1
        mov qword [rbp], 0x1
        mov rax, -0x1
        mov rbx, -0x1
        mov qword [ebp], -0x1
        mov rax, -0x80
        mov rbx, -0x80
        mov qword [eax+esp], -0x80
        mov rax, 0x80
        mov rbx, 0x80
        mov qword [fs:0x28], 0x80
        mov qword [rsp], 0xff
        mov rax, 0x8000
        mov rbx, 0x8000
        mov qword [fs:edi+0x80], 0x8000
        mov qword [rbx+rcx*8-0x1], 0xfff0
        mov rax, 0x12345678
        mov rbx, 0x12345678
        mov qword [eax*2], 0x12345678
        mov qword [r12], 0x7fffffff
        mov rax, 0x80000000
        mov rbx, 0x80000000
        mov rax, -0x80000000
        mov rbx, -0x80000000
        mov qword [rax+rsp], -0x80000000
        mov rax, 0xffffffffffffffff
        mov rbx, 0xffffffffffffffff
        mov rax, 0x123456789abcdef0
        mov rbx, 0x123456789abcdef0
        inc al
        inc cl
        inc ah
        inc sil
        inc byte [ebx+ecx*4]
        inc byte [eax+esp]
        inc ax
        inc cx
        inc r9w
        inc word [rax]
        inc word [rsp+r12*2+0x100]
        inc eax
        inc ecx
        inc r10d
        inc dword [r9*4]
        inc dword [fs:0x28]
        inc rax
        inc rcx
        inc r8
        inc qword [eax]
        inc qword [ecx*4+0x10]
        dec al
        dec cl
        dec ah
        dec sil
        dec byte [edx+0x12345678]
        dec byte [rsp]
        dec ax
        dec cx
        dec r9w
        dec word [r13]
        dec word [gs:r8+r15]
        dec eax
        dec ecx
        dec r10d
        dec dword [0x7fffffff]
        dec dword [esp+0x8]
        dec rax
        dec rcx
        dec r8
        dec qword [ebp+esi*8-0x80]
        dec qword [fs:edi+0x80]
        not al
        not cl
        not ah
        not sil
        not byte [rbp]
        not byte [rbx+rcx*8-0x1]
        not ax
        not cx
        not r9w
        not word [rdx*2+0x7]
        not word [0x1234]
        not eax
        not ecx
        not r10d
        not dword [ebp]
        not dword [eax*2]
        not rax
        not rcx
        not r8
        not qword [eax+esp]
        not qword [r12]
        neg al
        neg cl
        neg ah
        neg sil
        neg byte [rsp+r12*2+0x100]
        neg byte [rax+rsp]
        neg ax
        neg cx
        neg r9w
        neg word [fs:0x28]
        neg word [ebx+ecx*4]
        neg eax
        neg ecx
        neg r10d
        neg dword [ecx*4+0x10]
        neg dword [rax]
        neg rax
        neg rcx
        neg r8
        neg qword [rsp]
        neg qword [r9*4]
        mul al
        mul cl
        mul ah
        mul sil
        mul byte [gs:r8+r15]
        mul byte [eax]
        mul ax
        mul cx
        mul r9w
        mul word [esp+0x8]
        mul word [edx+0x12345678]
        mul eax
        mul ecx
        mul r10d
        mul dword [fs:edi+0x80]
        mul dword [r13]
        mul rax
        mul rcx
        mul r8
        mul qword [rbx+rcx*8-0x1]
        mul qword [0x7fffffff]
        imul al
        imul cl
        imul ah
        imul sil
        imul byte [0x1234]
        imul byte [ebp+esi*8-0x80]
        imul ax
        imul cx
        imul r9w
        imul word [eax*2]
        imul word [rbp]
        imul eax
        imul ecx
        imul r10d
        imul dword [r12]
        imul dword [rdx*2+0x7]
        imul rax
        imul rcx
        imul r8
        imul qword [rax+rsp]
        imul qword [ebp]
        div al
        div cl
        div ah
        div sil
        div byte [ebx+ecx*4]
        div byte [eax+esp]
        div ax
        div cx
        div r9w
        div word [rax]
        div word [rsp+r12*2+0x100]
        div eax
        div ecx
        div r10d
        div dword [r9*4]
        div dword [fs:0x28]
        div rax
        div rcx
        div r8
        div qword [eax]
        div qword [ecx*4+0x10]
        idiv al
        idiv cl
        idiv ah
        idiv sil
        idiv byte [edx+0x12345678]
        idiv byte [rsp]
        idiv ax
        idiv cx
        idiv r9w
        idiv word [r13]
        idiv word [gs:r8+r15]
        idiv eax
        idiv ecx
        idiv r10d
        idiv dword [0x7fffffff]
        idiv dword [esp+0x8]
        idiv rax
        idiv rcx
        idiv r8
        idiv qword [ebp+esi*8-0x80]
        idiv qword [fs:edi+0x80]
        shl cl, 0x1
        shl byte [rbp], 0x1
        shl cl, 0x5
        shl byte [rdx*2+0x7], 0x5
        shl cl, cl
        shl byte [ebp], cl
        shl byte [eax+esp], 0x1f
        shl cx, 0x1
        shl word [rsp+r12*2+0x100], 0x1
        shl cx, 0x5
        shl word [fs:0x28], 0x5
        shl cx, cl
        shl word [ecx*4+0x10], cl
        shl word [rsp], 0x1f
        shl ecx, 0x1
        shl dword [gs:r8+r15], 0x1
        shl ecx, 0x5
        shl dword [esp+0x8], 0x5
        shl ecx, cl
        shl dword [fs:edi+0x80], cl
        shl dword [rbx+rcx*8-0x1], 0x1f
        shl rcx, 0x1
        shl qword [0x1234], 0x1
        shl rcx, 0x5
        shl qword [eax*2], 0x5
        shl rcx, cl
        shl qword [r12], cl
        shl qword [rax+rsp], 0x1f
        shr cl, 0x1
        shr byte [ebx+ecx*4], 0x1
        shr cl, 0x5
        shr byte [rax], 0x5
        shr cl, cl
        shr byte [r9*4], cl
        shr byte [eax], 0x1f
        shr cx, 0x1
        shr word [edx+0x12345678], 0x1
        shr cx, 0x5
        shr word [r13], 0x5
        shr cx, cl
        shr word [0x7fffffff], cl
        shr word [ebp+esi*8-0x80], 0x1f
        shr ecx, 0x1
        shr dword [rbp], 0x1
        shr ecx, 0x5
        shr dword [rdx*2+0x7], 0x5
        shr ecx, cl
        shr dword [ebp], cl
        shr dword [eax+esp], 0x1f
        shr rcx, 0x1
        shr qword [rsp+r12*2+0x100], 0x1
        shr rcx, 0x5
        shr qword [fs:0x28], 0x5
        shr rcx, cl
        shr qword [ecx*4+0x10], cl
        shr qword [rsp], 0x1f
        sal cl, 0x1
        sal byte [gs:r8+r15], 0x1
        sal cl, 0x5
        sal byte [esp+0x8], 0x5
        sal cl, cl
        sal byte [fs:edi+0x80], cl
        sal byte [rbx+rcx*8-0x1], 0x1f
        sal cx, 0x1
        sal word [0x1234], 0x1
        sal cx, 0x5
        sal word [eax*2], 0x5
        sal cx, cl
        sal word [r12], cl
        sal word [rax+rsp], 0x1f
        sal ecx, 0x1
        sal dword [ebx+ecx*4], 0x1
        sal ecx, 0x5
        sal dword [rax], 0x5
        sal ecx, cl
        sal dword [r9*4], cl
        sal dword [eax], 0x1f
        sal rcx, 0x1
        sal qword [edx+0x12345678], 0x1
        sal rcx, 0x5
        sal qword [r13], 0x5
        sal rcx, cl
        sal qword [0x7fffffff], cl
        sal qword [ebp+esi*8-0x80], 0x1f
        sar cl, 0x1
        sar byte [rbp], 0x1
        sar cl, 0x5
        sar byte [rdx*2+0x7], 0x5
        sar cl, cl
        sar byte [ebp], cl
        sar byte [eax+esp], 0x1f
        sar cx, 0x1
        sar word [rsp+r12*2+0x100], 0x1
        sar cx, 0x5
        sar word [fs:0x28], 0x5
        sar cx, cl
        sar word [ecx*4+0x10], cl
        sar word [rsp], 0x1f
        sar ecx, 0x1
        sar dword [gs:r8+r15], 0x1
        sar ecx, 0x5
        sar dword [esp+0x8], 0x5
        sar ecx, cl
        sar dword [fs:edi+0x80], cl
        sar dword [rbx+rcx*8-0x1], 0x1f
        sar rcx, 0x1
        sar qword [0x1234], 0x1
        sar rcx, 0x5
        sar qword [eax*2], 0x5
        sar rcx, cl
        sar qword [r12], cl
        sar qword [rax+rsp], 0x1f
        rol cl, 0x1
        rol byte [ebx+ecx*4], 0x1
        rol cl, 0x5
        rol byte [rax], 0x5
        rol cl, cl
        rol byte [r9*4], cl
        rol byte [eax], 0x1f
        rol cx, 0x1
        rol word [edx+0x12345678], 0x1
        rol cx, 0x5
        rol word [r13], 0x5
        rol cx, cl
        rol word [0x7fffffff], cl
        rol word [ebp+esi*8-0x80], 0x1f
        rol ecx, 0x1
        rol dword [rbp], 0x1
        rol ecx, 0x5
        rol dword [rdx*2+0x7], 0x5
        rol ecx, cl
        rol dword [ebp], cl
        rol dword [eax+esp], 0x1f
        rol rcx, 0x1
        rol qword [rsp+r12*2+0x100], 0x1
        rol rcx, 0x5
        rol qword [fs:0x28], 0x5
        rol rcx, cl
        rol qword [ecx*4+0x10], cl
        rol qword [rsp], 0x1f
        ror cl, 0x1
        ror byte [gs:r8+r15], 0x1
        ror cl, 0x5
        ror byte [esp+0x8], 0x5
        ror cl, cl
        ror byte [fs:edi+0x80], cl
        ror byte [rbx+rcx*8-0x1], 0x1f
        ror cx, 0x1
        ror word [0x1234], 0x1
        ror cx, 0x5
        ror word [eax*2], 0x5
        ror cx, cl
        ror word [r12], cl
        ror word [rax+rsp], 0x1f
        ror ecx, 0x1
        ror dword [ebx+ecx*4], 0x1
        ror ecx, 0x5
        ror dword [rax], 0x5
        ror ecx, cl
        ror dword [r9*4], cl
        ror dword [eax], 0x1f
        ror rcx, 0x1
        ror qword [edx+0x12345678], 0x1
        ror rcx, 0x5
        ror qword [r13], 0x5
        ror rcx, cl
        ror qword [0x7fffffff], cl
        ror qword [ebp+esi*8-0x80], 0x1f
        rcl cl, 0x1
        rcl byte [rbp], 0x1
        rcl cl, 0x5
        rcl byte [rdx*2+0x7], 0x5
        rcl cl, cl
        rcl byte [ebp], cl
        rcl byte [eax+esp], 0x1f
        rcl cx, 0x1
        rcl word [rsp+r12*2+0x100], 0x1
        rcl cx, 0x5
        rcl word [fs:0x28], 0x5
        rcl cx, cl
        rcl word [ecx*4+0x10], cl
        rcl word [rsp], 0x1f
        rcl ecx, 0x1
        rcl dword [gs:r8+r15], 0x1
        rcl ecx, 0x5
        rcl dword [esp+0x8], 0x5
        rcl ecx, cl
        rcl dword [fs:edi+0x80], cl
        rcl dword [rbx+rcx*8-0x1], 0x1f
        rcl rcx, 0x1
        rcl qword [0x1234], 0x1
        rcl rcx, 0x5
        rcl qword [eax*2], 0x5
        rcl rcx, cl
        rcl qword [r12], cl
        rcl qword [rax+rsp], 0x1f
        rcr cl, 0x1
        rcr byte [ebx+ecx*4], 0x1
        rcr cl, 0x5
        rcr byte [rax], 0x5
        rcr cl, cl
        rcr byte [r9*4], cl
        rcr byte [eax], 0x1f
        rcr cx, 0x1
        rcr word [edx+0x12345678], 0x1
        rcr cx, 0x5
        rcr word [r13], 0x5
        rcr cx, cl
        rcr word [0x7fffffff], cl
        rcr word [ebp+esi*8-0x80], 0x1f
        rcr ecx, 0x1
        rcr dword [rbp], 0x1
        rcr ecx, 0x5
        rcr dword [rdx*2+0x7], 0x5
        rcr ecx, cl
        rcr dword [ebp], cl
        rcr dword [eax+esp], 0x1f
        rcr rcx, 0x1
        rcr qword [rsp+r12*2+0x100], 0x1
        rcr rcx, 0x5
        rcr qword [fs:0x28], 0x5
        rcr rcx, cl
        rcr qword [ecx*4+0x10], cl
        rcr qword [rsp], 0x1f
        shld ax, cx, 0x5
        shld [gs:r8+r15], bx, 0x5
        shld ax, cx, cl
        shld [esp+0x8], bx, cl
        shld eax, ecx, 0x5
        shld [fs:edi+0x80], ebx, 0x5
        shld eax, ecx, cl
        shld [rbx+rcx*8-0x1], ebx, cl
        shld rax, rcx, 0x5
        shld [0x1234], rbx, 0x5
        shld rax, rcx, cl
        shld [eax*2], rbx, cl
        shrd ax, cx, 0x5
        shrd [r12], bx, 0x5
        shrd ax, cx, cl
        shrd [rax+rsp], bx, cl
        shrd eax, ecx, 0x5
        shrd [ebx+ecx*4], ebx, 0x5
        shrd eax, ecx, cl
        shrd [rax], ebx, cl
        shrd rax, rcx, 0x5
        shrd [r9*4], rbx, 0x5
        shrd rax, rcx, cl
        shrd [eax], rbx, cl
        bt ax, cx
        bt [edx+0x12345678], bx
        bt bx, 0x5
        bt word [r13], 0x7
        bt eax, ecx
        bt [0x7fffffff], ebx
        bt ebx, 0x5
        bt dword [ebp+esi*8-0x80], 0x7
        bt rax, rcx
        bt [rbp], rbx
        bt rbx, 0x5
        bt qword [rdx*2+0x7], 0x7
        bts ax, cx
        bts [ebp], bx
        bts bx, 0x5
        bts word [eax+esp], 0x7
        bts eax, ecx
        bts [rsp+r12*2+0x100], ebx
        bts ebx, 0x5
        bts dword [fs:0x28], 0x7
        bts rax, rcx
        bts [ecx*4+0x10], rbx
        bts rbx, 0x5
        bts qword [rsp], 0x7
        btr ax, cx
        btr [gs:r8+r15], bx
        btr bx, 0x5
        btr word [esp+0x8], 0x7
        btr eax, ecx
        btr [fs:edi+0x80], ebx
        btr ebx, 0x5
        btr dword [rbx+rcx*8-0x1], 0x7
        btr rax, rcx
        btr [0x1234], rbx
        btr rbx, 0x5
        btr qword [eax*2], 0x7
        btc ax, cx
        btc [r12], bx
        btc bx, 0x5
        btc word [rax+rsp], 0x7
        btc eax, ecx
        btc [ebx+ecx*4], ebx
        btc ebx, 0x5
        btc dword [rax], 0x7
        btc rax, rcx
        btc [r9*4], rbx
        btc rbx, 0x5
        btc qword [eax], 0x7
        bsf ax, cx
        bsf si, [edx+0x12345678]
        bsf eax, ecx
        bsf edi, [r13]
        bsf rax, rcx
        bsf rdi, [0x7fffffff]
        bsr ax, cx
        bsr si, [ebp+esi*8-0x80]
        bsr eax, ecx
        bsr edi, [rbp]
        bsr rax, rcx
        bsr rdi, [rdx*2+0x7]
        popcnt ax, cx
        popcnt si, [ebp]
        popcnt eax, ecx
        popcnt edi, [eax+esp]
        popcnt rax, rcx
        popcnt rdi, [rsp+r12*2+0x100]
        lzcnt ax, cx
        lzcnt si, [fs:0x28]
        lzcnt eax, ecx
        lzcnt edi, [ecx*4+0x10]
        lzcnt rax, rcx
        lzcnt rdi, [rsp]
        tzcnt ax, cx
        tzcnt si, [gs:r8+r15]
        tzcnt eax, ecx
        tzcnt edi, [esp+0x8]
        tzcnt rax, rcx
        tzcnt rdi, [fs:edi+0x80]
        xadd al, cl
        xadd [rbx+rcx*8-0x1], dl
        lock xadd [0x1234], dl
        xadd ax, cx
        xadd [eax*2], bx
        lock xadd [r12], bx
        xadd eax, ecx
        xadd [rax+rsp], ebx
        lock xadd [ebx+ecx*4], ebx
        xadd rax, rcx
        xadd [rax], rbx
        lock xadd [r9*4], rbx
        cmpxchg al, cl
        cmpxchg [eax], dl
        lock cmpxchg [edx+0x12345678], dl
        cmpxchg ax, cx
        cmpxchg [r13], bx
        lock cmpxchg [0x7fffffff], bx
        cmpxchg eax, ecx
        cmpxchg [ebp+esi*8-0x80], ebx
        lock cmpxchg [rbp], ebx
        cmpxchg rax, rcx
        cmpxchg [rdx*2+0x7], rbx
        lock cmpxchg [ebp], rbx
        imul ax, cx
        imul ax, [eax+esp]
        imul cx, 0x5
        imul cx, bx, 0x5
        imul cx, bx, 0x123
        imul cx, [rsp+r12*2+0x100], -0x3
        imul si, 0x1234
        movbe ax, [fs:0x28]
        movbe [ecx*4+0x10], ax
        imul eax, ecx
        imul eax, [rsp]
        imul ecx, 0x5
        imul ecx, ebx, 0x5
        imul ecx, ebx, 0x123
        imul ecx, [gs:r8+r15], -0x3
        imul edi, 0x1234
        movbe eax, [esp+0x8]
        movbe [fs:edi+0x80], eax
        imul rax, rcx
        imul rax, [rbx+rcx*8-0x1]
        imul rcx, 0x5
        imul rcx, rbx, 0x5
        imul rcx, rbx, 0x123
        imul rcx, [0x1234], -0x3
        imul rdi, 0x1234
        movbe rax, [eax*2]
        movbe [r12], rax
        movzx cx, al
        movzx cx, cl
        movzx bx, byte [rax+rsp]
        movzx ecx, al
        movzx ecx, cl
        movzx ebx, byte [ebx+ecx*4]
        movzx ecx, ax
        movzx ecx, cx
        movzx ebx, word [rax]
        movzx rcx, al
        movzx rcx, cl
        movzx rbx, byte [r9*4]
        movzx rcx, ax
        movzx rcx, cx
        movzx rbx, word [eax]
        movsx cx, al
        movsx cx, cl
        movsx bx, byte [edx+0x12345678]
        movsx ecx, al
        movsx ecx, cl
        movsx ebx, byte [r13]
        movsx ecx, ax
        movsx ecx, cx
        movsx ebx, word [0x7fffffff]
        movsx rcx, al
        movsx rcx, cl
        movsx rbx, byte [ebp+esi*8-0x80]
        movsx rcx, ax
        movsx rcx, cx
        movsx rbx, word [rbp]
        seto bl
        seto [rdx*2+0x7]
        seto byte [ebp]
        cmovo ax, cx
        cmovo bx, [eax+esp]
        cmovo eax, ecx
        cmovo ebx, [rsp+r12*2+0x100]
        cmovo rax, rcx
        cmovo rbx, [fs:0x28]
        jo $+0x10
        jo near $+0x10
        jo short $-0x10
        jo $+0x1000
        setno bl
        setno [ecx*4+0x10]
        setno byte [rsp]
        cmovno ax, cx
        cmovno bx, [gs:r8+r15]
        cmovno eax, ecx
        cmovno ebx, [esp+0x8]
        cmovno rax, rcx
        cmovno rbx, [fs:edi+0x80]
        jno $+0x10
        jno near $+0x10
        jno short $-0x10
        jno $+0x1000
        setb bl
        setb [rbx+rcx*8-0x1]
        setb byte [0x1234]
        cmovb ax, cx
        cmovb bx, [eax*2]
        cmovb eax, ecx
        cmovb ebx, [r12]
        cmovb rax, rcx
        cmovb rbx, [rax+rsp]
        jb $+0x10
        jb near $+0x10
        jb short $-0x10
        jb $+0x1000
        setc bl
        setc [ebx+ecx*4]
        setc byte [rax]
        cmovc ax, cx
        cmovc bx, [r9*4]
        cmovc eax, ecx
        cmovc ebx, [eax]
        cmovc rax, rcx
        cmovc rbx, [edx+0x12345678]
        jc $+0x10
        jc near $+0x10
        jc short $-0x10
        jc $+0x1000
        setnae bl
        setnae [r13]
        setnae byte [0x7fffffff]
        cmovnae ax, cx
        cmovnae bx, [ebp+esi*8-0x80]
        cmovnae eax, ecx
        cmovnae ebx, [rbp]
        cmovnae rax, rcx
        cmovnae rbx, [rdx*2+0x7]
        jnae $+0x10
        jnae near $+0x10
        jnae short $-0x10
        jnae $+0x1000
        setae bl
        setae [ebp]
        setae byte [eax+esp]
        cmovae ax, cx
        cmovae bx, [rsp+r12*2+0x100]
        cmovae eax, ecx
        cmovae ebx, [fs:0x28]
        cmovae rax, rcx
        cmovae rbx, [ecx*4+0x10]
        jae $+0x10
        jae near $+0x10
        jae short $-0x10
        jae $+0x1000
        setnb bl
        setnb [rsp]
        setnb byte [gs:r8+r15]
        cmovnb ax, cx
        cmovnb bx, [esp+0x8]
        cmovnb eax, ecx
        cmovnb ebx, [fs:edi+0x80]
        cmovnb rax, rcx
        cmovnb rbx, [rbx+rcx*8-0x1]
        jnb $+0x10
        jnb near $+0x10
        jnb short $-0x10
        jnb $+0x1000
        setnc bl
        setnc [0x1234]
        setnc byte [eax*2]
        cmovnc ax, cx
        cmovnc bx, [r12]
        cmovnc eax, ecx
        cmovnc ebx, [rax+rsp]
        cmovnc rax, rcx
        cmovnc rbx, [ebx+ecx*4]
        jnc $+0x10
        jnc near $+0x10
        jnc short $-0x10
        jnc $+0x1000
        sete bl
        sete [rax]
        sete byte [r9*4]
        cmove ax, cx
        cmove bx, [eax]
        cmove eax, ecx
        cmove ebx, [edx+0x12345678]
        cmove rax, rcx
        cmove rbx, [r13]
        je $+0x10
        je near $+0x10
        je short $-0x10
        je $+0x1000
        setz bl
        setz [0x7fffffff]
        setz byte [ebp+esi*8-0x80]
        cmovz ax, cx
        cmovz bx, [rbp]
        cmovz eax, ecx
        cmovz ebx, [rdx*2+0x7]
        cmovz rax, rcx
        cmovz rbx, [ebp]
        jz $+0x10
        jz near $+0x10
        jz short $-0x10
        jz $+0x1000
        setne bl
        setne [eax+esp]
        setne byte [rsp+r12*2+0x100]
        cmovne ax, cx
        cmovne bx, [fs:0x28]
        cmovne eax, ecx
        cmovne ebx, [ecx*4+0x10]
        cmovne rax, rcx
        cmovne rbx, [rsp]
        jne $+0x10
        jne near $+0x10
        jne short $-0x10
        jne $+0x1000
        setnz bl
        setnz [gs:r8+r15]
        setnz byte [esp+0x8]
        cmovnz ax, cx
        cmovnz bx, [fs:edi+0x80]
        cmovnz eax, ecx
        cmovnz ebx, [rbx+rcx*8-0x1]
        cmovnz rax, rcx
        cmovnz rbx, [0x1234]
        jnz $+0x10
        jnz near $+0x10
        jnz short $-0x10
        jnz $+0x1000
        setbe bl
        setbe [eax*2]
        setbe byte [r12]
        cmovbe ax, cx
        cmovbe bx, [rax+rsp]
        cmovbe eax, ecx
        cmovbe ebx, [ebx+ecx*4]
        cmovbe rax, rcx
        cmovbe rbx, [rax]
        jbe $+0x10
        jbe near $+0x10
        jbe short $-0x10
        jbe $+0x1000
        setna bl
        setna [r9*4]
        setna byte [eax]
        cmovna ax, cx
        cmovna bx, [edx+0x12345678]
        cmovna eax, ecx
        cmovna ebx, [r13]
        cmovna rax, rcx
        cmovna rbx, [0x7fffffff]
        jna $+0x10
        jna near $+0x10
        jna short $-0x10
        jna $+0x1000
        seta bl
        seta [ebp+esi*8-0x80]
        seta byte [rbp]
        cmova ax, cx
        cmova bx, [rdx*2+0x7]
        cmova eax, ecx
        cmova ebx, [ebp]
        cmova rax, rcx
        cmova rbx, [eax+esp]
        ja $+0x10
        ja near $+0x10
        ja short $-0x10
        ja $+0x1000
        setnbe bl
        setnbe [rsp+r12*2+0x100]
        setnbe byte [fs:0x28]
        cmovnbe ax, cx
        cmovnbe bx, [ecx*4+0x10]
        cmovnbe eax, ecx
        cmovnbe ebx, [rsp]
        cmovnbe rax, rcx
        cmovnbe rbx, [gs:r8+r15]
        jnbe $+0x10
        jnbe near $+0x10
        jnbe short $-0x10
        jnbe $+0x1000
        sets bl
        sets [esp+0x8]
        sets byte [fs:edi+0x80]
        cmovs ax, cx
        cmovs bx, [rbx+rcx*8-0x1]
        cmovs eax, ecx
        cmovs ebx, [0x1234]
        cmovs rax, rcx
        cmovs rbx, [eax*2]
        js $+0x10
        js near $+0x10
        js short $-0x10
        js $+0x1000
        setns bl
        setns [r12]
        setns byte [rax+rsp]
        cmovns ax, cx
        cmovns bx, [ebx+ecx*4]
        cmovns eax, ecx
        cmovns ebx, [rax]
        cmovns rax, rcx
        cmovns rbx, [r9*4]
        jns $+0x10
        jns near $+0x10
        jns short $-0x10
        jns $+0x1000
        setp bl
        setp [eax]
        setp byte [edx+0x12345678]
        cmovp ax, cx
        cmovp bx, [r13]
        cmovp eax, ecx
        cmovp ebx, [0x7fffffff]
        cmovp rax, rcx
        cmovp rbx, [ebp+esi*8-0x80]
        jp $+0x10
        jp near $+0x10
        jp short $-0x10
        jp $+0x1000
        setpe bl
        setpe [rbp]
        setpe byte [rdx*2+0x7]
        cmovpe ax, cx
        cmovpe bx, [ebp]
        cmovpe eax, ecx
        cmovpe ebx, [eax+esp]
        cmovpe rax, rcx
        cmovpe rbx, [rsp+r12*2+0x100]
        jpe $+0x10
        jpe near $+0x10
        jpe short $-0x10
        jpe $+0x1000
        setnp bl
        setnp [fs:0x28]
        setnp byte [ecx*4+0x10]
        cmovnp ax, cx
        cmovnp bx, [rsp]
        cmovnp eax, ecx
        cmovnp ebx, [gs:r8+r15]
        cmovnp rax, rcx
        cmovnp rbx, [esp+0x8]
        jnp $+0x10
        jnp near $+0x10
        jnp short $-0x10
        jnp $+0x1000
        setpo bl
        setpo [fs:edi+0x80]
        setpo byte [rbx+rcx*8-0x1]
        cmovpo ax, cx
        cmovpo bx, [0x1234]
        cmovpo eax, ecx
        cmovpo ebx, [eax*2]
        cmovpo rax, rcx
        cmovpo rbx, [r12]
        jpo $+0x10
        jpo near $+0x10
        jpo short $-0x10
        jpo $+0x1000
        setl bl
        setl [rax+rsp]
        setl byte [ebx+ecx*4]
        cmovl ax, cx
        cmovl bx, [rax]
        cmovl eax, ecx
        cmovl ebx, [r9*4]
        cmovl rax, rcx
        cmovl rbx, [eax]
        jl $+0x10
        jl near $+0x10
        jl short $-0x10
        jl $+0x1000
        setnge bl
        setnge [edx+0x12345678]
        setnge byte [r13]
        cmovnge ax, cx
        cmovnge bx, [0x7fffffff]
        cmovnge eax, ecx
        cmovnge ebx, [ebp+esi*8-0x80]
        cmovnge rax, rcx
        cmovnge rbx, [rbp]
        jnge $+0x10
        jnge near $+0x10
        jnge short $-0x10
        jnge $+0x1000
        setge bl
        setge [rdx*2+0x7]
        setge byte [ebp]
        cmovge ax, cx
        cmovge bx, [eax+esp]
        cmovge eax, ecx
        cmovge ebx, [rsp+r12*2+0x100]
        cmovge rax, rcx
        cmovge rbx, [fs:0x28]
        jge $+0x10
        jge near $+0x10
        jge short $-0x10
        jge $+0x1000
        setnl bl
        setnl [ecx*4+0x10]
        setnl byte [rsp]
        cmovnl ax, cx
        cmovnl bx, [gs:r8+r15]
        cmovnl eax, ecx
        cmovnl ebx, [esp+0x8]
        cmovnl rax, rcx
        cmovnl rbx, [fs:edi+0x80]
        jnl $+0x10
        jnl near $+0x10
        jnl short $-0x10
        jnl $+0x1000
        setle bl
        setle [rbx+rcx*8-0x1]
        setle byte [0x1234]
        cmovle ax, cx
        cmovle bx, [eax*2]
        cmovle eax, ecx
        cmovle ebx, [r12]
        cmovle rax, rcx
        cmovle rbx, [rax+rsp]
        jle $+0x10
        jle near $+0x10
        jle short $-0x10
        jle $+0x1000
        setng bl
        setng [ebx+ecx*4]
        setng byte [rax]
        cmovng ax, cx
        cmovng bx, [r9*4]
        cmovng eax, ecx
        cmovng ebx, [eax]
        cmovng rax, rcx
        cmovng rbx, [edx+0x12345678]
        jng $+0x10
        jng near $+0x10
        jng short $-0x10
        jng $+0x1000
        setg bl
        setg [r13]
        setg byte [0x7fffffff]
        cmovg ax, cx
        cmovg bx, [ebp+esi*8-0x80]
        cmovg eax, ecx
        cmovg ebx, [rbp]
        cmovg rax, rcx
        cmovg rbx, [rdx*2+0x7]
        jg $+0x10
        jg near $+0x10
        jg short $-0x10
        jg $+0x1000
        setnle bl
        setnle [ebp]
        setnle byte [eax+esp]
        cmovnle ax, cx
        cmovnle bx, [rsp+r12*2+0x100]
        cmovnle eax, ecx
        cmovnle ebx, [fs:0x28]
        cmovnle rax, rcx
        cmovnle rbx, [ecx*4+0x10]
        jnle $+0x10
        jnle near $+0x10
        jnle short $-0x10
        jnle $+0x1000
        jmp $+0x10
        jmp $-0x7e
        jmp near $+0x10
        jmp short $+0x10
        jmp rax
        jmp rcx
        jmp r8
        jmp qword [rsp]
        jmp qword [r9*4]
        jmp [gs:r8+r15]
        jmp far [gs:r8+r15]
        jmp [eax]
        jmp far [eax]
        jmp far word [esp+0x8]
        jmp far word [edx+0x12345678]
        jmp far dword [fs:edi+0x80]
        jmp far dword [r13]
        jmp far qword [rbx+rcx*8-0x1]
        jmp far qword [0x7fffffff]
        call $+0x10
        call $-0x7e
        call rax
        call rcx
        call r8
        call qword [0x1234]
        call qword [ebp+esi*8-0x80]
        call [eax*2]
        call far [eax*2]
        call [rbp]
        call far [rbp]
        call far word [r12]
        call far word [rdx*2+0x7]
        call far dword [rax+rsp]
        call far dword [ebp]
        call far qword [ebx+ecx*4]
        call far qword [eax+esp]
        push ax
        push cx
        push r9w
        push word [rax]
        push word [rsp+r12*2+0x100]
        push rax
        push rcx
        push r8
        push qword [r9*4]
        push qword [fs:0x28]
        push fs
        o16 push fs
        pop ax
        pop cx
        pop r9w
        pop word [eax]
        pop word [ecx*4+0x10]
        pop rax
        pop rcx
        pop r8
        pop qword [edx+0x12345678]
        pop qword [rsp]
        pop fs
        o16 pop fs
        push 0x0
        push word 0x0
        push strict word 0x0
        push dword 0x0
        push strict dword 0x0
        push qword 0x0
        push 0x1
        push word 0x1
        push strict word 0x1
        push dword 0x1
        push strict dword 0x1
        push qword 0x1
        push 0x5
        push word 0x5
        push strict word 0x5
        push dword 0x5
        push strict dword 0x5
        push qword 0x5
        push -0x1
        push word -0x1
        push strict word -0x1
        push dword -0x1
        push strict dword -0x1
        push qword -0x1
        push 0x80
        push word 0x80
        push strict word 0x80
        push dword 0x80
        push strict dword 0x80
        push qword 0x80
        push -0x80
        push word -0x80
        push strict word -0x80
        push dword -0x80
        push strict dword -0x80
        push qword -0x80
        push -0x81
        push word -0x81
        push strict word -0x81
        push dword -0x81
        push strict dword -0x81
        push qword -0x81
        push 0x1234
        push word 0x1234
        push strict word 0x1234
        push dword 0x1234
        push strict dword 0x1234
        push qword 0x1234
        push 0x8000
        push word 0x8000
        push strict word 0x8000
        push dword 0x8000
        push strict dword 0x8000
        push qword 0x8000
        push 0xfff0
        push word 0xfff0
        push strict word 0xfff0
        push dword 0xfff0
        push strict dword 0xfff0
        push qword 0xfff0
        push 0x12345678
        push dword 0x12345678
        push strict dword 0x12345678
        push qword 0x12345678
        push 0x7fffffff
        push dword 0x7fffffff
        push strict dword 0x7fffffff
        push qword 0x7fffffff
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
        cdqe
        cqo
        iretq
        pushfq
        popfq
        swapgs
        retfq
        o16 ret
        o16 retf
        o16 iret
        o16 leave
        o16 pushf
        o16 popf
        o16 nop
        ret 0x4
        ret 0xfffe
        o16 ret 0x8
        retn 0x4
        retn 0xfffe
        o16 retn 0x8
        retf 0x4
        retf 0xfffe
        o16 retf 0x8
        o64 retf
        o64 sysret
        o64 iret
        o64 sysexit
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
        movsq
        rep movsq
        es movsq
        rep es movsq
        cs movsq
        rep cs movsq
        fs movsq
        rep fs movsq
        a32 movsq
        rep a32 movsq
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
        cmpsq
        repe cmpsq
        repne cmpsq
        repz cmpsq
        repnz cmpsq
        es cmpsq
        repe es cmpsq
        cs cmpsq
        repe cs cmpsq
        fs cmpsq
        repe fs cmpsq
        a32 cmpsq
        repe a32 cmpsq
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
        scasq
        repe scasq
        repne scasq
        repz scasq
        repnz scasq
        a32 scasq
        repe a32 scasq
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
        lodsq
        rep lodsq
        es lodsq
        rep es lodsq
        cs lodsq
        rep cs lodsq
        fs lodsq
        rep fs lodsq
        a32 lodsq
        rep a32 lodsq
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
        stosq
        rep stosq
        a32 stosq
        rep a32 stosq
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
        jecxz $+0x10
        jecxz $-0x10
        jrcxz $+0x10
        jrcxz $-0x10
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
        enter 0x10, 0x0
        enter 0x1234, 0x1
        mov cr0, rax
        mov rcx, cr0
        mov cr2, rax
        mov rcx, cr2
        mov cr8, rax
        mov rcx, cr8
        mov dr0, rax
        mov rbx, dr0
        mov dr6, rax
        mov rbx, dr6
        mov ax, es
        mov es, cx
        mov eax, es
        mov es, ecx
        mov rax, es
        mov es, rcx
        mov [r13], es
        mov word [r13], es
        mov es, [r13]
        mov es, word [r13]
        mov ax, cs
        mov eax, cs
        mov rax, cs
        mov [0x7fffffff], cs
        mov word [0x7fffffff], cs
        mov ss, cx
        mov ss, ecx
        mov ss, rcx
        mov ss, [ebp+esi*8-0x80]
        mov ss, word [ebp+esi*8-0x80]
        lgdt [eax+esp]
        lgdt [r12]
        lidt [rsp+r12*2+0x100]
        lidt [rax+rsp]
        sgdt [fs:0x28]
        sgdt [ebx+ecx*4]
        sidt [ecx*4+0x10]
        sidt [rax]
        invlpg [rsp]
        invlpg [r9*4]
        lldt ax
        lldt bx
        lldt [gs:r8+r15]
        lldt word [gs:r8+r15]
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
        verr [r13]
        verr word [r13]
        verw ax
        verw bx
        verw [rbx+rcx*8-0x1]
        verw word [rbx+rcx*8-0x1]
        verw [0x7fffffff]
        verw word [0x7fffffff]
        lmsw ax
        lmsw bx
        lmsw [0x1234]
        lmsw word [0x1234]
        lmsw [ebp+esi*8-0x80]
        lmsw word [ebp+esi*8-0x80]
        sldt ax
        sldt bx
        sldt ecx
        sldt rcx
        sldt r9
        sldt [eax*2]
        sldt word [eax*2]
        sldt [rbp]
        sldt word [rbp]
        str ax
        str bx
        str ecx
        str rcx
        str r9
        str [r12]
        str word [r12]
        str [rdx*2+0x7]
        str word [rdx*2+0x7]
        smsw ax
        smsw bx
        smsw ecx
        smsw rcx
        smsw r9
        smsw [rax+rsp]
        smsw word [rax+rsp]
        smsw [ebp]
        smsw word [ebp]
        lar ax, cx
        lar bx, [ebx+ecx*4]
        lar bx, word [ebx+ecx*4]
        lar eax, ecx
        lar eax, bx
        lar ebx, [rax]
        lar ebx, word [rax]
        lar rax, rcx
        lar rax, bx
        lar rbx, [r9*4]
        lar rbx, word [r9*4]
        lsl ax, cx
        lsl bx, [eax]
        lsl bx, word [eax]
        lsl eax, ecx
        lsl eax, bx
        lsl ebx, [edx+0x12345678]
        lsl ebx, word [edx+0x12345678]
        lsl rax, rcx
        lsl rax, bx
        lsl rbx, [r13]
        lsl rbx, word [r13]
        lfs cx, [0x7fffffff]
        lfs ecx, [ebp+esi*8-0x80]
        lgs cx, [rbp]
        lgs ecx, [rdx*2+0x7]
        lss cx, [ebp]
        lss ecx, [eax+esp]
        bswap eax
        bswap ecx
        bswap r10d
        bswap rax
        bswap rcx
        bswap r8
        cmpxchg8b [rsp+r12*2+0x100]
        cmpxchg8b qword [rsp+r12*2+0x100]
        lock cmpxchg8b [rsp+r12*2+0x100]
        cmpxchg16b [rsp+r12*2+0x100]
        lock cmpxchg16b [rsp+r12*2+0x100]
        cmpxchg8b [rax+rsp]
        cmpxchg8b qword [rax+rsp]
        lock cmpxchg8b [rax+rsp]
        cmpxchg16b [rax+rsp]
        lock cmpxchg16b [rax+rsp]
        lock add [fs:0x28], ecx
        lock add byte [fs:0x28], 0x4
        lock add byte [ebx+ecx*4], 0x4
        lock or [ecx*4+0x10], ecx
        lock or byte [ecx*4+0x10], 0x4
        lock or byte [rax], 0x4
        lock adc [rsp], ecx
        lock adc byte [rsp], 0x4
        lock adc byte [r9*4], 0x4
        lock sbb [gs:r8+r15], ecx
        lock sbb byte [gs:r8+r15], 0x4
        lock sbb byte [eax], 0x4
        lock and [esp+0x8], ecx
        lock and byte [esp+0x8], 0x4
        lock and byte [edx+0x12345678], 0x4
        lock sub [fs:edi+0x80], ecx
        lock sub byte [fs:edi+0x80], 0x4
        lock sub byte [r13], 0x4
        lock xor [rbx+rcx*8-0x1], ecx
        lock xor byte [rbx+rcx*8-0x1], 0x4
        lock xor byte [0x7fffffff], 0x4
        lock inc dword [0x1234]
        lock inc dword [ebp+esi*8-0x80]
        lock dec dword [eax*2]
        lock dec dword [rbp]
        lock neg dword [r12]
        lock neg dword [rdx*2+0x7]
        lock not dword [rax+rsp]
        lock not dword [ebp]
        lock xchg [ebp], eax
        nop word [esp+0x8]
        nop cx
        nop dword [esp+0x8]
        nop ecx
        nop qword [esp+0x8]
        nop rcx
        movsxd rax, ebx
        movsx rax, ebx
        movsxd r8, ecx
        movsx r8, ecx
        movsxd rdx, r9d
        movsx rdx, r9d
        movsxd rcx, dword [ebx+ecx*4]
        movsx rcx, dword [ebx+ecx*4]
        movsxd rcx, [ebx+ecx*4]
        mov r8, 0x0
        mov r8, 0x1
        mov r8, -0x1
        mov r8, 0x7fffffff
        mov r8, 0x80000000
        mov r8, -0x80000000
        mov r8, 0xffffffff80000000
        mov rax, dword 0x5
        mov rax, qword 0x5
        mov rax, strict qword 0x5
        mov rax, strict dword 0x5
        mov rcx, dword 0x5
        mov rcx, qword 0x5
        mov rcx, strict qword 0x5
        mov rcx, strict dword 0x5
        mov r9, dword 0x5
        mov r9, qword 0x5
        mov r9, strict qword 0x5
        mov r9, strict dword 0x5
        rdfsbase rax
        rdfsbase ecx
        wrgsbase rax
        wrgsbase ecx
        fxsave64 [0x1234]
        movnti [ebx+ecx*4], ecx
        crc32 eax, cl
        crc32 eax, byte [ebp+esi*8-0x80]
        crc32 eax, cx
        crc32 eax, word [ebp+esi*8-0x80]
        crc32 eax, ecx
        crc32 eax, dword [ebp+esi*8-0x80]
        rdrand eax
        rdseed ecx
        andn eax, ecx, ebx
        andn eax, ecx, [ecx*4+0x10]
        andn edi, eax, [0x1234]
        pdep eax, ecx, ebx
        pdep eax, ecx, [ecx*4+0x10]
        pdep edi, eax, [0x1234]
        pext eax, ecx, ebx
        pext eax, ecx, [ecx*4+0x10]
        pext edi, eax, [0x1234]
        mulx eax, ecx, ebx
        mulx eax, ecx, [ecx*4+0x10]
        mulx edi, eax, [0x1234]
        bextr eax, ecx, ebx
        bextr eax, [ecx*4+0x10], ecx
        bextr edi, [0x1234], ebx
        bzhi eax, ecx, ebx
        bzhi eax, [ecx*4+0x10], ecx
        bzhi edi, [0x1234], ebx
        shlx eax, ecx, ebx
        shlx eax, [ecx*4+0x10], ecx
        shlx edi, [0x1234], ebx
        shrx eax, ecx, ebx
        shrx eax, [ecx*4+0x10], ecx
        shrx edi, [0x1234], ebx
        sarx eax, ecx, ebx
        sarx eax, [ecx*4+0x10], ecx
        sarx edi, [0x1234], ebx
        blsi eax, ecx
        blsi eax, [eax*2]
        blsr eax, ecx
        blsr eax, [eax*2]
        blsmsk eax, ecx
        blsmsk eax, [eax*2]
        rorx eax, ecx, 0x5
        rorx eax, [eax*2], 0x7
        adcx eax, ecx
        adox eax, [esp+0x8]
        movnti [ebx+ecx*4], rcx
        crc32 rax, cl
        crc32 rax, byte [ebp+esi*8-0x80]
        crc32 rax, rcx
        crc32 rax, qword [ebp+esi*8-0x80]
        rdrand rax
        rdseed rcx
        andn rax, rcx, rbx
        andn rax, rcx, [ecx*4+0x10]
        andn rdi, rax, [0x1234]
        pdep rax, rcx, rbx
        pdep rax, rcx, [ecx*4+0x10]
        pdep rdi, rax, [0x1234]
        pext rax, rcx, rbx
        pext rax, rcx, [ecx*4+0x10]
        pext rdi, rax, [0x1234]
        mulx rax, rcx, rbx
        mulx rax, rcx, [ecx*4+0x10]
        mulx rdi, rax, [0x1234]
        bextr rax, rcx, rbx
        bextr rax, [ecx*4+0x10], rcx
        bextr rdi, [0x1234], rbx
        bzhi rax, rcx, rbx
        bzhi rax, [ecx*4+0x10], rcx
        bzhi rdi, [0x1234], rbx
        shlx rax, rcx, rbx
        shlx rax, [ecx*4+0x10], rcx
        shlx rdi, [0x1234], rbx
        shrx rax, rcx, rbx
        shrx rax, [ecx*4+0x10], rcx
        shrx rdi, [0x1234], rbx
        sarx rax, rcx, rbx
        sarx rax, [ecx*4+0x10], rcx
        sarx rdi, [0x1234], rbx
        blsi rax, rcx
        blsi rax, [eax*2]
        blsr rax, rcx
        blsr rax, [eax*2]
        blsmsk rax, rcx
        blsmsk rax, [eax*2]
        rorx rax, rcx, 0x5
        rorx rax, [eax*2], 0x7
        adcx rax, rcx
        adox rax, [esp+0x8]
        fadd dword [rax]
        fadd dword [rsp+r12*2+0x100]
        fadd qword [r9*4]
        fadd qword [fs:0x28]
        fadd st1
        fadd st0, st2
        fadd st3, st0
        faddp st1, st0
        faddp st2
        faddp
        fadd
        fsub dword [eax]
        fsub dword [ecx*4+0x10]
        fsub qword [edx+0x12345678]
        fsub qword [rsp]
        fsub st1
        fsub st0, st2
        fsub st3, st0
        fsubp st1, st0
        fsubp st2
        fsubp
        fsub
        fsubr dword [r13]
        fsubr dword [gs:r8+r15]
        fsubr qword [0x7fffffff]
        fsubr qword [esp+0x8]
        fsubr st1
        fsubr st0, st2
        fsubr st3, st0
        fsubrp st1, st0
        fsubrp st2
        fsubrp
        fsubr
        fmul dword [ebp+esi*8-0x80]
        fmul dword [fs:edi+0x80]
        fmul qword [rbp]
        fmul qword [rbx+rcx*8-0x1]
        fmul st1
        fmul st0, st2
        fmul st3, st0
        fmulp st1, st0
        fmulp st2
        fmulp
        fmul
        fdiv dword [rdx*2+0x7]
        fdiv dword [0x1234]
        fdiv qword [ebp]
        fdiv qword [eax*2]
        fdiv st1
        fdiv st0, st2
        fdiv st3, st0
        fdivp st1, st0
        fdivp st2
        fdivp
        fdiv
        fdivr dword [eax+esp]
        fdivr dword [r12]
        fdivr qword [rsp+r12*2+0x100]
        fdivr qword [rax+rsp]
        fdivr st1
        fdivr st0, st2
        fdivr st3, st0
        fdivrp st1, st0
        fdivrp st2
        fdivrp
        fdivr
        fcom dword [fs:0x28]
        fcom dword [ebx+ecx*4]
        fcom qword [ecx*4+0x10]
        fcom qword [rax]
        fcom st1
        fcom st0, st2
        fcom
        fcomp dword [rsp]
        fcomp dword [r9*4]
        fcomp qword [gs:r8+r15]
        fcomp qword [eax]
        fcomp st1
        fcomp st0, st2
        fcomp
        fiadd word [esp+0x8]
        fiadd word [edx+0x12345678]
        fiadd dword [fs:edi+0x80]
        fiadd dword [r13]
        fisub word [rbx+rcx*8-0x1]
        fisub word [0x7fffffff]
        fisub dword [0x1234]
        fisub dword [ebp+esi*8-0x80]
        fisubr word [eax*2]
        fisubr word [rbp]
        fisubr dword [r12]
        fisubr dword [rdx*2+0x7]
        fimul word [rax+rsp]
        fimul word [ebp]
        fimul dword [ebx+ecx*4]
        fimul dword [eax+esp]
        fidiv word [rax]
        fidiv word [rsp+r12*2+0x100]
        fidiv dword [r9*4]
        fidiv dword [fs:0x28]
        fidivr word [eax]
        fidivr word [ecx*4+0x10]
        fidivr dword [edx+0x12345678]
        fidivr dword [rsp]
        ficom word [r13]
        ficom word [gs:r8+r15]
        ficom dword [0x7fffffff]
        ficom dword [esp+0x8]
        ficomp word [ebp+esi*8-0x80]
        ficomp word [fs:edi+0x80]
        ficomp dword [rbp]
        ficomp dword [rbx+rcx*8-0x1]
        fild word [rdx*2+0x7]
        fild word [0x1234]
        fild dword [ebp]
        fild dword [eax*2]
        fild qword [eax+esp]
        fild qword [r12]
        fist word [rsp+r12*2+0x100]
        fist word [rax+rsp]
        fist dword [fs:0x28]
        fist dword [ebx+ecx*4]
        fistp word [ecx*4+0x10]
        fistp word [rax]
        fistp dword [rsp]
        fistp dword [r9*4]
        fistp qword [gs:r8+r15]
        fistp qword [eax]
        fisttp word [ebp]
        fisttp dword [ebp]
        fisttp qword [ebp]
        fld dword [esp+0x8]
        fld dword [edx+0x12345678]
        fld qword [fs:edi+0x80]
        fld qword [r13]
        fld tword [rbx+rcx*8-0x1]
        fld tword [0x7fffffff]
        fld st1
        fst dword [0x1234]
        fst dword [ebp+esi*8-0x80]
        fst qword [eax*2]
        fst qword [rbp]
        fst st1
        fstp dword [r12]
        fstp dword [rdx*2+0x7]
        fstp qword [rax+rsp]
        fstp qword [ebp]
        fstp tword [ebx+ecx*4]
        fstp tword [eax+esp]
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
        fldcw [rax]
        fldcw [rsp+r12*2+0x100]
        fnstcw [r9*4]
        fnstcw [fs:0x28]
        fstcw [eax]
        fstcw [ecx*4+0x10]
        fnstsw [edx+0x12345678]
        fnstsw [rsp]
        fstsw [r13]
        fstsw [gs:r8+r15]
        fldenv [0x7fffffff]
        fldenv [esp+0x8]
        fnstenv [ebp+esi*8-0x80]
        fnstenv [fs:edi+0x80]
        fstenv [rbp]
        fstenv [rbx+rcx*8-0x1]
        frstor [rdx*2+0x7]
        frstor [0x1234]
        fnsave [ebp]
        fnsave [eax*2]
        fsave [eax+esp]
        fsave [r12]
        fbld [rsp+r12*2+0x100]
        fbld [rax+rsp]
        fbstp [fs:0x28]
        fbstp [ebx+ecx*4]
        fxsave [ecx*4+0x10]
        fxsave [rax]
        fxrstor [rsp]
        fxrstor [r9*4]
        ldmxcsr [gs:r8+r15]
        ldmxcsr [eax]
        stmxcsr [esp+0x8]
        stmxcsr [edx+0x12345678]
        clflush [fs:edi+0x80]
        clflush [r13]
        prefetchnta [rbx+rcx*8-0x1]
        prefetchnta [0x7fffffff]
        prefetcht0 [0x1234]
        prefetcht0 [ebp+esi*8-0x80]
        prefetcht1 [eax*2]
        prefetcht1 [rbp]
        prefetcht2 [r12]
        prefetcht2 [rdx*2+0x7]
        prefetchw [rax+rsp]
        prefetchw [ebp]
        xsave [ebx+ecx*4]
        xsave [eax+esp]
        xrstor [rax]
        xrstor [rsp+r12*2+0x100]
        clflushopt [r9*4]
        clflushopt [fs:0x28]
        fnstsw ax
        fstsw ax
        addps xmm0, xmm3
        addps xmm7, xmm15
        addps xmm15, xmm0
        addps xmm3, [eax]
        addps xmm0, oword [eax]
        addpd xmm0, xmm3
        addpd xmm7, xmm15
        addpd xmm15, xmm0
        addpd xmm3, [edx+0x12345678]
        addpd xmm0, oword [edx+0x12345678]
        subps xmm0, xmm3
        subps xmm7, xmm15
        subps xmm15, xmm0
        subps xmm3, [r13]
        subps xmm0, oword [r13]
        subpd xmm0, xmm3
        subpd xmm7, xmm15
        subpd xmm15, xmm0
        subpd xmm3, [0x7fffffff]
        subpd xmm0, oword [0x7fffffff]
        mulps xmm0, xmm3
        mulps xmm7, xmm15
        mulps xmm15, xmm0
        mulps xmm3, [ebp+esi*8-0x80]
        mulps xmm0, oword [ebp+esi*8-0x80]
        mulpd xmm0, xmm3
        mulpd xmm7, xmm15
        mulpd xmm15, xmm0
        mulpd xmm3, [rbp]
        mulpd xmm0, oword [rbp]
        divps xmm0, xmm3
        divps xmm7, xmm15
        divps xmm15, xmm0
        divps xmm3, [rdx*2+0x7]
        divps xmm0, oword [rdx*2+0x7]
        divpd xmm0, xmm3
        divpd xmm7, xmm15
        divpd xmm15, xmm0
        divpd xmm3, [ebp]
        divpd xmm0, oword [ebp]
        minps xmm0, xmm3
        minps xmm7, xmm15
        minps xmm15, xmm0
        minps xmm3, [eax+esp]
        minps xmm0, oword [eax+esp]
        maxps xmm0, xmm3
        maxps xmm7, xmm15
        maxps xmm15, xmm0
        maxps xmm3, [rsp+r12*2+0x100]
        maxps xmm0, oword [rsp+r12*2+0x100]
        minpd xmm0, xmm3
        minpd xmm7, xmm15
        minpd xmm15, xmm0
        minpd xmm3, [fs:0x28]
        minpd xmm0, oword [fs:0x28]
        maxpd xmm0, xmm3
        maxpd xmm7, xmm15
        maxpd xmm15, xmm0
        maxpd xmm3, [ecx*4+0x10]
        maxpd xmm0, oword [ecx*4+0x10]
        andps xmm0, xmm3
        andps xmm7, xmm15
        andps xmm15, xmm0
        andps xmm3, [rsp]
        andps xmm0, oword [rsp]
        andpd xmm0, xmm3
        andpd xmm7, xmm15
        andpd xmm15, xmm0
        andpd xmm3, [gs:r8+r15]
        andpd xmm0, oword [gs:r8+r15]
        andnps xmm0, xmm3
        andnps xmm7, xmm15
        andnps xmm15, xmm0
        andnps xmm3, [esp+0x8]
        andnps xmm0, oword [esp+0x8]
        orps xmm0, xmm3
        orps xmm7, xmm15
        orps xmm15, xmm0
        orps xmm3, [fs:edi+0x80]
        orps xmm0, oword [fs:edi+0x80]
        orpd xmm0, xmm3
        orpd xmm7, xmm15
        orpd xmm15, xmm0
        orpd xmm3, [rbx+rcx*8-0x1]
        orpd xmm0, oword [rbx+rcx*8-0x1]
        xorps xmm0, xmm3
        xorps xmm7, xmm15
        xorps xmm15, xmm0
        xorps xmm3, [0x1234]
        xorps xmm0, oword [0x1234]
        xorpd xmm0, xmm3
        xorpd xmm7, xmm15
        xorpd xmm15, xmm0
        xorpd xmm3, [eax*2]
        xorpd xmm0, oword [eax*2]
        sqrtps xmm0, xmm3
        sqrtps xmm7, xmm15
        sqrtps xmm15, xmm0
        sqrtps xmm3, [r12]
        sqrtps xmm0, oword [r12]
        sqrtpd xmm0, xmm3
        sqrtpd xmm7, xmm15
        sqrtpd xmm15, xmm0
        sqrtpd xmm3, [rax+rsp]
        sqrtpd xmm0, oword [rax+rsp]
        unpcklps xmm0, xmm3
        unpcklps xmm7, xmm15
        unpcklps xmm15, xmm0
        unpcklps xmm3, [ebx+ecx*4]
        unpcklps xmm0, oword [ebx+ecx*4]
        unpckhpd xmm0, xmm3
        unpckhpd xmm7, xmm15
        unpckhpd xmm15, xmm0
        unpckhpd xmm3, [rax]
        unpckhpd xmm0, oword [rax]
        movaps xmm0, xmm3
        movaps xmm7, xmm15
        movaps xmm15, xmm0
        movaps xmm3, [r9*4]
        movaps xmm0, oword [r9*4]
        movapd xmm0, xmm3
        movapd xmm7, xmm15
        movapd xmm15, xmm0
        movapd xmm3, [eax]
        movapd xmm0, oword [eax]
        movups xmm0, xmm3
        movups xmm7, xmm15
        movups xmm15, xmm0
        movups xmm3, [edx+0x12345678]
        movups xmm0, oword [edx+0x12345678]
        movupd xmm0, xmm3
        movupd xmm7, xmm15
        movupd xmm15, xmm0
        movupd xmm3, [r13]
        movupd xmm0, oword [r13]
        movdqa xmm0, xmm3
        movdqa xmm7, xmm15
        movdqa xmm15, xmm0
        movdqa xmm3, [0x7fffffff]
        movdqa xmm0, oword [0x7fffffff]
        movdqu xmm0, xmm3
        movdqu xmm7, xmm15
        movdqu xmm15, xmm0
        movdqu xmm3, [ebp+esi*8-0x80]
        movdqu xmm0, oword [ebp+esi*8-0x80]
        paddb xmm0, xmm3
        paddb xmm7, xmm15
        paddb xmm15, xmm0
        paddb xmm3, [rbp]
        paddb xmm0, oword [rbp]
        paddw xmm0, xmm3
        paddw xmm7, xmm15
        paddw xmm15, xmm0
        paddw xmm3, [rdx*2+0x7]
        paddw xmm0, oword [rdx*2+0x7]
        paddd xmm0, xmm3
        paddd xmm7, xmm15
        paddd xmm15, xmm0
        paddd xmm3, [ebp]
        paddd xmm0, oword [ebp]
        paddq xmm0, xmm3
        paddq xmm7, xmm15
        paddq xmm15, xmm0
        paddq xmm3, [eax+esp]
        paddq xmm0, oword [eax+esp]
        psubb xmm0, xmm3
        psubb xmm7, xmm15
        psubb xmm15, xmm0
        psubb xmm3, [rsp+r12*2+0x100]
        psubb xmm0, oword [rsp+r12*2+0x100]
        psubd xmm0, xmm3
        psubd xmm7, xmm15
        psubd xmm15, xmm0
        psubd xmm3, [fs:0x28]
        psubd xmm0, oword [fs:0x28]
        psubq xmm0, xmm3
        psubq xmm7, xmm15
        psubq xmm15, xmm0
        psubq xmm3, [ecx*4+0x10]
        psubq xmm0, oword [ecx*4+0x10]
        pand xmm0, xmm3
        pand xmm7, xmm15
        pand xmm15, xmm0
        pand xmm3, [rsp]
        pand xmm0, oword [rsp]
        pandn xmm0, xmm3
        pandn xmm7, xmm15
        pandn xmm15, xmm0
        pandn xmm3, [gs:r8+r15]
        pandn xmm0, oword [gs:r8+r15]
        por xmm0, xmm3
        por xmm7, xmm15
        por xmm15, xmm0
        por xmm3, [esp+0x8]
        por xmm0, oword [esp+0x8]
        pxor xmm0, xmm3
        pxor xmm7, xmm15
        pxor xmm15, xmm0
        pxor xmm3, [fs:edi+0x80]
        pxor xmm0, oword [fs:edi+0x80]
        pcmpeqb xmm0, xmm3
        pcmpeqb xmm7, xmm15
        pcmpeqb xmm15, xmm0
        pcmpeqb xmm3, [rbx+rcx*8-0x1]
        pcmpeqb xmm0, oword [rbx+rcx*8-0x1]
        pcmpeqw xmm0, xmm3
        pcmpeqw xmm7, xmm15
        pcmpeqw xmm15, xmm0
        pcmpeqw xmm3, [0x1234]
        pcmpeqw xmm0, oword [0x1234]
        pcmpeqd xmm0, xmm3
        pcmpeqd xmm7, xmm15
        pcmpeqd xmm15, xmm0
        pcmpeqd xmm3, [eax*2]
        pcmpeqd xmm0, oword [eax*2]
        pcmpgtb xmm0, xmm3
        pcmpgtb xmm7, xmm15
        pcmpgtb xmm15, xmm0
        pcmpgtb xmm3, [r12]
        pcmpgtb xmm0, oword [r12]
        punpcklbw xmm0, xmm3
        punpcklbw xmm7, xmm15
        punpcklbw xmm15, xmm0
        punpcklbw xmm3, [rax+rsp]
        punpcklbw xmm0, oword [rax+rsp]
        punpcklqdq xmm0, xmm3
        punpcklqdq xmm7, xmm15
        punpcklqdq xmm15, xmm0
        punpcklqdq xmm3, [ebx+ecx*4]
        punpcklqdq xmm0, oword [ebx+ecx*4]
        punpckhqdq xmm0, xmm3
        punpckhqdq xmm7, xmm15
        punpckhqdq xmm15, xmm0
        punpckhqdq xmm3, [rax]
        punpckhqdq xmm0, oword [rax]
        packsswb xmm0, xmm3
        packsswb xmm7, xmm15
        packsswb xmm15, xmm0
        packsswb xmm3, [r9*4]
        packsswb xmm0, oword [r9*4]
        packuswb xmm0, xmm3
        packuswb xmm7, xmm15
        packuswb xmm15, xmm0
        packuswb xmm3, [eax]
        packuswb xmm0, oword [eax]
        pmullw xmm0, xmm3
        pmullw xmm7, xmm15
        pmullw xmm15, xmm0
        pmullw xmm3, [edx+0x12345678]
        pmullw xmm0, oword [edx+0x12345678]
        pmulhw xmm0, xmm3
        pmulhw xmm7, xmm15
        pmulhw xmm15, xmm0
        pmulhw xmm3, [r13]
        pmulhw xmm0, oword [r13]
        pmuludq xmm0, xmm3
        pmuludq xmm7, xmm15
        pmuludq xmm15, xmm0
        pmuludq xmm3, [0x7fffffff]
        pmuludq xmm0, oword [0x7fffffff]
        pmaddwd xmm0, xmm3
        pmaddwd xmm7, xmm15
        pmaddwd xmm15, xmm0
        pmaddwd xmm3, [ebp+esi*8-0x80]
        pmaddwd xmm0, oword [ebp+esi*8-0x80]
        psadbw xmm0, xmm3
        psadbw xmm7, xmm15
        psadbw xmm15, xmm0
        psadbw xmm3, [rbp]
        psadbw xmm0, oword [rbp]
        pavgb xmm0, xmm3
        pavgb xmm7, xmm15
        pavgb xmm15, xmm0
        pavgb xmm3, [rdx*2+0x7]
        pavgb xmm0, oword [rdx*2+0x7]
        pminub xmm0, xmm3
        pminub xmm7, xmm15
        pminub xmm15, xmm0
        pminub xmm3, [ebp]
        pminub xmm0, oword [ebp]
        pmaxub xmm0, xmm3
        pmaxub xmm7, xmm15
        pmaxub xmm15, xmm0
        pmaxub xmm3, [eax+esp]
        pmaxub xmm0, oword [eax+esp]
        pmaxsw xmm0, xmm3
        pmaxsw xmm7, xmm15
        pmaxsw xmm15, xmm0
        pmaxsw xmm3, [rsp+r12*2+0x100]
        pmaxsw xmm0, oword [rsp+r12*2+0x100]
        psllw xmm0, xmm3
        psllw xmm7, xmm15
        psllw xmm15, xmm0
        psllw xmm3, [fs:0x28]
        psllw xmm0, oword [fs:0x28]
        pslld xmm0, xmm3
        pslld xmm7, xmm15
        pslld xmm15, xmm0
        pslld xmm3, [ecx*4+0x10]
        pslld xmm0, oword [ecx*4+0x10]
        psllq xmm0, xmm3
        psllq xmm7, xmm15
        psllq xmm15, xmm0
        psllq xmm3, [rsp]
        psllq xmm0, oword [rsp]
        psrlw xmm0, xmm3
        psrlw xmm7, xmm15
        psrlw xmm15, xmm0
        psrlw xmm3, [gs:r8+r15]
        psrlw xmm0, oword [gs:r8+r15]
        psrad xmm0, xmm3
        psrad xmm7, xmm15
        psrad xmm15, xmm0
        psrad xmm3, [esp+0x8]
        psrad xmm0, oword [esp+0x8]
        pshufb xmm0, xmm3
        pshufb xmm7, xmm15
        pshufb xmm15, xmm0
        pshufb xmm3, [fs:edi+0x80]
        pshufb xmm0, oword [fs:edi+0x80]
        phaddd xmm0, xmm3
        phaddd xmm7, xmm15
        phaddd xmm15, xmm0
        phaddd xmm3, [rbx+rcx*8-0x1]
        phaddd xmm0, oword [rbx+rcx*8-0x1]
        pabsb xmm0, xmm3
        pabsb xmm7, xmm15
        pabsb xmm15, xmm0
        pabsb xmm3, [0x1234]
        pabsb xmm0, oword [0x1234]
        pabsd xmm0, xmm3
        pabsd xmm7, xmm15
        pabsd xmm15, xmm0
        pabsd xmm3, [eax*2]
        pabsd xmm0, oword [eax*2]
        pmulld xmm0, xmm3
        pmulld xmm7, xmm15
        pmulld xmm15, xmm0
        pmulld xmm3, [r12]
        pmulld xmm0, oword [r12]
        pminsd xmm0, xmm3
        pminsd xmm7, xmm15
        pminsd xmm15, xmm0
        pminsd xmm3, [rax+rsp]
        pminsd xmm0, oword [rax+rsp]
        pmaxud xmm0, xmm3
        pmaxud xmm7, xmm15
        pmaxud xmm15, xmm0
        pmaxud xmm3, [ebx+ecx*4]
        pmaxud xmm0, oword [ebx+ecx*4]
        pcmpeqq xmm0, xmm3
        pcmpeqq xmm7, xmm15
        pcmpeqq xmm15, xmm0
        pcmpeqq xmm3, [rax]
        pcmpeqq xmm0, oword [rax]
        pcmpgtq xmm0, xmm3
        pcmpgtq xmm7, xmm15
        pcmpgtq xmm15, xmm0
        pcmpgtq xmm3, [r9*4]
        pcmpgtq xmm0, oword [r9*4]
        ptest xmm0, xmm3
        ptest xmm7, xmm15
        ptest xmm15, xmm0
        ptest xmm3, [eax]
        ptest xmm0, oword [eax]
        cvtps2dq xmm0, xmm3
        cvtps2dq xmm7, xmm15
        cvtps2dq xmm15, xmm0
        cvtps2dq xmm3, [edx+0x12345678]
        cvtps2dq xmm0, oword [edx+0x12345678]
        cvtdq2ps xmm0, xmm3
        cvtdq2ps xmm7, xmm15
        cvtdq2ps xmm15, xmm0
        cvtdq2ps xmm3, [r13]
        cvtdq2ps xmm0, oword [r13]
        cvttps2dq xmm0, xmm3
        cvttps2dq xmm7, xmm15
        cvttps2dq xmm15, xmm0
        cvttps2dq xmm3, [0x7fffffff]
        cvttps2dq xmm0, oword [0x7fffffff]
        cvtpd2ps xmm0, xmm3
        cvtpd2ps xmm7, xmm15
        cvtpd2ps xmm15, xmm0
        cvtpd2ps xmm3, [ebp+esi*8-0x80]
        cvtpd2ps xmm0, oword [ebp+esi*8-0x80]
        haddps xmm0, xmm3
        haddps xmm7, xmm15
        haddps xmm15, xmm0
        haddps xmm3, [rbp]
        haddps xmm0, oword [rbp]
        addsubpd xmm0, xmm3
        addsubpd xmm7, xmm15
        addsubpd xmm15, xmm0
        addsubpd xmm3, [rdx*2+0x7]
        addsubpd xmm0, oword [rdx*2+0x7]
        movshdup xmm0, xmm3
        movshdup xmm7, xmm15
        movshdup xmm15, xmm0
        movshdup xmm3, [ebp]
        movshdup xmm0, oword [ebp]
        aesenc xmm0, xmm3
        aesenc xmm7, xmm15
        aesenc xmm15, xmm0
        aesenc xmm3, [eax+esp]
        aesenc xmm0, oword [eax+esp]
        aesdec xmm0, xmm3
        aesdec xmm7, xmm15
        aesdec xmm15, xmm0
        aesdec xmm3, [rsp+r12*2+0x100]
        aesdec xmm0, oword [rsp+r12*2+0x100]
        aesimc xmm0, xmm3
        aesimc xmm7, xmm15
        aesimc xmm15, xmm0
        aesimc xmm3, [fs:0x28]
        aesimc xmm0, oword [fs:0x28]
        packusdw xmm0, xmm3
        packusdw xmm7, xmm15
        packusdw xmm15, xmm0
        packusdw xmm3, [ecx*4+0x10]
        packusdw xmm0, oword [ecx*4+0x10]
        pmuldq xmm0, xmm3
        pmuldq xmm7, xmm15
        pmuldq xmm15, xmm0
        pmuldq xmm3, [rsp]
        pmuldq xmm0, oword [rsp]
        movaps [gs:r8+r15], xmm3
        movaps oword [gs:r8+r15], xmm0
        movapd [esp+0x8], xmm3
        movapd oword [esp+0x8], xmm0
        movups [fs:edi+0x80], xmm3
        movups oword [fs:edi+0x80], xmm0
        movupd [rbx+rcx*8-0x1], xmm3
        movupd oword [rbx+rcx*8-0x1], xmm0
        movdqa [0x1234], xmm3
        movdqa oword [0x1234], xmm0
        movdqu [eax*2], xmm3
        movdqu oword [eax*2], xmm0
        movntdq [r12], xmm3
        movntdq oword [r12], xmm0
        movntps [rax+rsp], xmm3
        movntps oword [rax+rsp], xmm0
        movntpd [ebx+ecx*4], xmm3
        movntpd oword [ebx+ecx*4], xmm0
        addss xmm0, xmm3
        addss xmm3, [rax]
        addss xmm0, dword [rax]
        subss xmm0, xmm3
        subss xmm3, [r9*4]
        subss xmm0, dword [r9*4]
        mulss xmm0, xmm3
        mulss xmm3, [eax]
        mulss xmm0, dword [eax]
        divss xmm0, xmm3
        divss xmm3, [edx+0x12345678]
        divss xmm0, dword [edx+0x12345678]
        minss xmm0, xmm3
        minss xmm3, [r13]
        minss xmm0, dword [r13]
        maxss xmm0, xmm3
        maxss xmm3, [0x7fffffff]
        maxss xmm0, dword [0x7fffffff]
        sqrtss xmm0, xmm3
        sqrtss xmm3, [ebp+esi*8-0x80]
        sqrtss xmm0, dword [ebp+esi*8-0x80]
        addsd xmm0, xmm3
        addsd xmm3, [rbp]
        addsd xmm0, qword [rbp]
        subsd xmm0, xmm3
        subsd xmm3, [rdx*2+0x7]
        subsd xmm0, qword [rdx*2+0x7]
        mulsd xmm0, xmm3
        mulsd xmm3, [ebp]
        mulsd xmm0, qword [ebp]
        divsd xmm0, xmm3
        divsd xmm3, [eax+esp]
        divsd xmm0, qword [eax+esp]
        minsd xmm0, xmm3
        minsd xmm3, [rsp+r12*2+0x100]
        minsd xmm0, qword [rsp+r12*2+0x100]
        maxsd xmm0, xmm3
        maxsd xmm3, [fs:0x28]
        maxsd xmm0, qword [fs:0x28]
        sqrtsd xmm0, xmm3
        sqrtsd xmm3, [ecx*4+0x10]
        sqrtsd xmm0, qword [ecx*4+0x10]
        ucomiss xmm0, xmm3
        ucomiss xmm3, [rsp]
        ucomiss xmm0, dword [rsp]
        comisd xmm0, xmm3
        comisd xmm3, [gs:r8+r15]
        comisd xmm0, qword [gs:r8+r15]
        movss xmm0, xmm3
        movss xmm3, [esp+0x8]
        movss xmm0, dword [esp+0x8]
        movsd xmm0, xmm3
        movsd xmm3, [fs:edi+0x80]
        movsd xmm0, qword [fs:edi+0x80]
        cvtss2sd xmm0, xmm3
        cvtss2sd xmm3, [rbx+rcx*8-0x1]
        cvtss2sd xmm0, dword [rbx+rcx*8-0x1]
        cvtsd2ss xmm0, xmm3
        cvtsd2ss xmm3, [0x1234]
        cvtsd2ss xmm0, qword [0x1234]
        cvtdq2pd xmm0, xmm3
        cvtdq2pd xmm3, [eax*2]
        cvtdq2pd xmm0, qword [eax*2]
        cvtps2pd xmm0, xmm3
        cvtps2pd xmm3, [r12]
        cvtps2pd xmm0, qword [r12]
        pmovzxbw xmm0, xmm3
        pmovzxbw xmm3, [rax+rsp]
        pmovzxbw xmm0, qword [rax+rsp]
        pmovsxdq xmm0, xmm3
        pmovsxdq xmm3, [ebx+ecx*4]
        pmovsxdq xmm0, qword [ebx+ecx*4]
        pmovzxbd xmm0, xmm3
        pmovzxbd xmm3, [rax]
        pmovzxbd xmm0, dword [rax]
        movss [r9*4], xmm3
        movss dword [r9*4], xmm0
        movsd [eax], xmm3
        movsd qword [eax], xmm0
        movq [edx+0x12345678], xmm3
        movq xmm7, [edx+0x12345678]
        movq qword [edx+0x12345678], xmm0
        movd [r13], xmm3
        movd xmm7, [r13]
        movd dword [r13], xmm0
        movlps [0x7fffffff], xmm3
        movlps xmm7, [0x7fffffff]
        movlps qword [0x7fffffff], xmm0
        movhps [ebp+esi*8-0x80], xmm3
        movhps xmm7, [ebp+esi*8-0x80]
        movhps qword [ebp+esi*8-0x80], xmm0
        movlpd [rbp], xmm3
        movlpd xmm7, [rbp]
        movlpd qword [rbp], xmm0
        movhpd [rdx*2+0x7], xmm3
        movhpd xmm7, [rdx*2+0x7]
        movhpd qword [rdx*2+0x7], xmm0
        movq xmm0, xmm3
        movd xmm0, ecx
        movd edx, xmm3
        movhlps xmm0, xmm3
        movlhps xmm0, xmm3
        movq xmm0, rax
        movq r9, xmm3
        movd xmm0, r9d
        pextrq rax, xmm0, 0x1
        pinsrq xmm0, rax, 0x1
        pinsrq xmm0, [eax], 0x1
        cvtsi2sd xmm0, ecx
        cvtsi2sd xmm3, dword [esp+0x8]
        cvtsi2sd xmm0, rcx
        cvtsi2sd xmm3, qword [esp+0x8]
        cvtsi2sd xmm3, [esp+0x8]
        cvtsi2ss xmm0, ecx
        cvtsi2ss xmm3, dword [esp+0x8]
        cvtsi2ss xmm0, rcx
        cvtsi2ss xmm3, qword [esp+0x8]
        cvtsi2ss xmm3, [esp+0x8]
        cvtsd2si ecx, xmm7
        cvtsd2si eax, [ebx+ecx*4]
        cvtsd2si rcx, xmm7
        cvtsd2si rax, [ebx+ecx*4]
        cvttsd2si ecx, xmm7
        cvttsd2si eax, [ebx+ecx*4]
        cvttsd2si rcx, xmm7
        cvttsd2si rax, [ebx+ecx*4]
        cvtss2si ecx, xmm7
        cvtss2si eax, [ebx+ecx*4]
        cvtss2si rcx, xmm7
        cvtss2si rax, [ebx+ecx*4]
        cvttss2si ecx, xmm7
        cvttss2si eax, [ebx+ecx*4]
        cvttss2si rcx, xmm7
        cvttss2si rax, [ebx+ecx*4]
        pshufd xmm0, xmm3, 0x1b
        pshufd xmm7, [ebp], 0x5
        pshufhw xmm0, xmm3, 0x1b
        pshufhw xmm7, [ebp], 0x5
        pshuflw xmm0, xmm3, 0x1b
        pshuflw xmm7, [ebp], 0x5
        shufps xmm0, xmm3, 0x1b
        shufps xmm7, [ebp], 0x5
        shufpd xmm0, xmm3, 0x1b
        shufpd xmm7, [ebp], 0x5
        palignr xmm0, xmm3, 0x1b
        palignr xmm7, [ebp], 0x5
        pblendw xmm0, xmm3, 0x1b
        pblendw xmm7, [ebp], 0x5
        roundps xmm0, xmm3, 0x1b
        roundps xmm7, [ebp], 0x5
        cmpps xmm0, xmm3, 0x1
        cmpps xmm7, [ebp], 0x5
        cmppd xmm0, xmm3, 0x1
        cmppd xmm7, [ebp], 0x5
        pcmpistri xmm0, xmm3, 0x1b
        pcmpistri xmm7, [ebp], 0x5
        dppd xmm0, xmm3, 0x1b
        dppd xmm7, [ebp], 0x5
        mpsadbw xmm0, xmm3, 0x1b
        mpsadbw xmm7, [ebp], 0x5
        pclmulqdq xmm0, xmm3, 0x1b
        pclmulqdq xmm7, [ebp], 0x5
        aeskeygenassist xmm0, xmm3, 0x1b
        aeskeygenassist xmm7, [ebp], 0x5
        cmpss xmm0, xmm3, 0x2
        cmpss xmm0, [ebx+ecx*4], 0x2
        cmpsd xmm0, xmm3, 0x2
        cmpsd xmm0, [ebx+ecx*4], 0x2
        roundsd xmm0, xmm3, 0x2
        roundsd xmm0, [ebx+ecx*4], 0x2
        roundss xmm0, xmm3, 0x2
        roundss xmm0, [ebx+ecx*4], 0x2
        insertps xmm0, xmm3, 0x2
        insertps xmm0, [ebx+ecx*4], 0x2
        cmpeqps xmm0, xmm3
        cmpeqps xmm0, [ebx+ecx*4]
        cmpltsd xmm0, xmm3
        cmpltsd xmm0, [ebx+ecx*4]
        cmpneqpd xmm0, xmm3
        cmpneqpd xmm0, [ebx+ecx*4]
        cmpunordss xmm0, xmm3
        cmpunordss xmm0, [ebx+ecx*4]
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
        pinsrw xmm3, [eax], 0x3
        pextrb eax, xmm3, 0x3
        pextrd eax, xmm3, 0x3
        pextrd [esp+0x8], xmm3, 0x3
        pinsrb xmm3, eax, 0x3
        pinsrd xmm3, [esp+0x8], 0x1
        extractps eax, xmm3, 0x2
        pextrb [ebp], xmm0, 0x1
        blendvps xmm3, xmm7, xmm0
        pblendvb xmm3, [esp+0x8], xmm0
        maskmovdqu xmm0, xmm3
        lddqu xmm0, [ebp]
        movntdqa xmm0, [ebp]
        movddup xmm0, [ebp]
        paddb mm0, mm5
        paddb mm5, [ebp]
        paddb mm0, qword [ebp]
        paddd mm0, mm5
        paddd mm5, [eax+esp]
        paddd mm0, qword [eax+esp]
        psubw mm0, mm5
        psubw mm5, [rsp+r12*2+0x100]
        psubw mm0, qword [rsp+r12*2+0x100]
        pand mm0, mm5
        pand mm5, [fs:0x28]
        pand mm0, qword [fs:0x28]
        por mm0, mm5
        por mm5, [ecx*4+0x10]
        por mm0, qword [ecx*4+0x10]
        pxor mm0, mm5
        pxor mm5, [rsp]
        pxor mm0, qword [rsp]
        pcmpeqb mm0, mm5
        pcmpeqb mm5, [gs:r8+r15]
        pcmpeqb mm0, qword [gs:r8+r15]
        punpcklbw mm0, mm5
        punpcklbw mm5, [esp+0x8]
        punpcklbw mm0, qword [esp+0x8]
        pmullw mm0, mm5
        pmullw mm5, [fs:edi+0x80]
        pmullw mm0, qword [fs:edi+0x80]
        packsswb mm0, mm5
        packsswb mm5, [rbx+rcx*8-0x1]
        packsswb mm0, qword [rbx+rcx*8-0x1]
        psllq mm0, mm5
        psllq mm5, [0x1234]
        psllq mm0, qword [0x1234]
        pmaddwd mm0, mm5
        pmaddwd mm5, [eax*2]
        pmaddwd mm0, qword [eax*2]
        pshufb mm0, mm5
        pshufb mm5, [r12]
        pshufb mm0, qword [r12]
        movq mm0, mm5
        movq mm5, [rax+rsp]
        movq mm0, qword [rax+rsp]
        movd mm0, eax
        movd ebx, mm5
        movq [eax], mm5
        movd [ebp], mm0
        psrlq mm0, 0x5
        pshufw mm0, mm5, 0x1b
        movq2dq xmm0, mm5
        movdq2q mm0, xmm3
        maskmovq mm0, mm5
        movntq [ebp], mm0
        pmovmskb eax, mm5
        cvtpi2ps xmm0, mm0
        cvttps2pi mm0, xmm3
        mov rax, [rax+rbx*8-8]
        lea rdi, [rel $]
        movsx rax, byte [rbx]
        movsx rax, word [rbx]
        movsxd rax, [rbx]
        movsxd rax, dword [rbx]
        movzx rax, word [rbx]
        push rbp
        push r12
        pop r12
        push qword [rax]
        pop gs
        xchg rax, r8
        xchg r8, rax
        xchg r9, r10
        xchg [rax], r9
        mov r8, cr0
        mov cr8, r9
        test r8, r9
        imul r8, r9, 100
        imul r8, 100
        bswap r15
        a32 rep stosd
        cmpxchg16b [rsi]
        lock cmpxchg16b [rsi]
        ret 8
        enter 16, 0
        mov qword [rax], -1
        mov qword [rax], 0x7fffffff
        add qword [rax], 0x7f
        add r8, -0x80
        and rsp, -16
        and rsp, 0xfffffffffffffff0
        or rax, 0xffffffff80000000
        mov r10d, 0xffffffff
        mov r10, 0xffffffff
        mov r10, -1
        mov r10, 0x8000000000000000
        mov al, [0x1000]
        mov rax, [0x1000]
        mov [0x1000], rax
        mov rax, [abs 0x1000]
        mov eax, [fs:0x30]
        mov rax, gs:[0x30]
        lea rax, [rbx*3]
        lea rax, [r12*2]
        lea rax, [r13+r13]
        lea rax, [rbp+rbp*2]
        lea eax, [rax+1]
        lea ax, [rax]
        mov sil, 5
        mov spl, dl
        shl r8b, cl
        setnz sil
        cmovne r8, [rax]
        popcnt r8, [rax]
        crc32 rax, byte [rbx]
        movq xmm8, r9
        movq r9, xmm8
        movd xmm8, r9d
        cvtsi2sd xmm9, r10
        cvtsi2sd xmm9, qword [rax]
        pinsrq xmm1, r8, 1
        pextrq [rax], xmm1, 0
        fxsave64 [rax]
        jrcxz $
        jecxz $
        loop $, ecx
        jmp far [rax]
        jmp far dword [rax]
        call far qword [rax]
        xsave64 [rax]
        lgdt [rax]
        invlpg [rax]
        nop dword [rax+rax*1+0]
        nop word [cs:rax]
        rorx rax, rbx, 5
        pdep eax, ebx, ecx
        mulx rax, rbx, rcx
        andn r8, r9, [r10]
        push -0x80000000
        jmp [rax*8]
        jmp qword [rax*8+5]
        mov r8w, ax
        adc byte [r8], 5
        movnti [rax], r8
        retw
        retq
