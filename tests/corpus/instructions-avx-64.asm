; instructions-avx-64.asm -- forms of AVX, AVX2 and FMA in 64-bit code, for comparison with nasm
        bits    64
        org     0

target:
        vaddpd xmm2, xmm11
        vaddpd ymm3, ymm4
        vaddpd xmm2, [rax+r8*4+0x10]
        vaddpd xmm2, oword [rax+rcx*8-0x80]
        vaddpd ymm3, [rel target]
        vaddpd ymm3, yword [rax+rcx*8-0x80]
        vaddpd xmm2, xmm11, xmm5
        vaddpd ymm3, ymm4, ymm6
        vaddpd xmm2, xmm11, [rax+r8*4+0x10]
        vaddpd xmm2, xmm1, oword [rax+rcx*8-0x80]
        vaddpd ymm3, ymm12, [rel target]
        vaddpd ymm3, ymm4, yword [rax+rcx*8-0x80]
        vaddps xmm2, xmm11
        vaddps ymm3, ymm4
        vaddps xmm2, [rax+r8*4+0x10]
        vaddps xmm2, oword [rax+rcx*8-0x80]
        vaddps ymm3, [rel target]
        vaddps ymm3, yword [rax+rcx*8-0x80]
        vaddps xmm2, xmm11, xmm5
        vaddps ymm3, ymm4, ymm6
        vaddps xmm2, xmm11, [rax+r8*4+0x10]
        vaddps xmm2, xmm1, oword [rax+rcx*8-0x80]
        vaddps ymm3, ymm12, [rel target]
        vaddps ymm3, ymm4, yword [rax+rcx*8-0x80]
        vaddsd xmm2, xmm11
        vaddsd xmm2, [rax+rcx*8-0x80]
        vaddsd xmm2, qword [rax+r8*4+0x10]
        vaddsd xmm2, xmm1, xmm5
        vaddsd xmm2, xmm11, [rel target]
        vaddsd xmm2, xmm1, qword [rax+rcx*8-0x80]
        vaddss xmm2, xmm11
        vaddss xmm2, [rax+rcx*8-0x80]
        vaddss xmm2, dword [rax+r8*4+0x10]
        vaddss xmm2, xmm1, xmm5
        vaddss xmm2, xmm11, [rel target]
        vaddss xmm2, xmm1, dword [rax+rcx*8-0x80]
        vaddsubpd xmm2, xmm11
        vaddsubpd ymm3, ymm4
        vaddsubpd xmm2, [rax+r8*4+0x10]
        vaddsubpd xmm2, oword [rax+rcx*8-0x80]
        vaddsubpd ymm3, [rel target]
        vaddsubpd ymm3, yword [rax+rcx*8-0x80]
        vaddsubpd xmm2, xmm11, xmm5
        vaddsubpd ymm3, ymm4, ymm6
        vaddsubpd xmm2, xmm11, [rax+r8*4+0x10]
        vaddsubpd xmm2, xmm1, oword [rax+rcx*8-0x80]
        vaddsubpd ymm3, ymm12, [rel target]
        vaddsubpd ymm3, ymm4, yword [rax+rcx*8-0x80]
        vaddsubps xmm2, xmm11
        vaddsubps ymm3, ymm4
        vaddsubps xmm2, [rax+r8*4+0x10]
        vaddsubps xmm2, oword [rax+rcx*8-0x80]
        vaddsubps ymm3, [rel target]
        vaddsubps ymm3, yword [rax+rcx*8-0x80]
        vaddsubps xmm2, xmm11, xmm5
        vaddsubps ymm3, ymm4, ymm6
        vaddsubps xmm2, xmm11, [rax+r8*4+0x10]
        vaddsubps xmm2, xmm1, oword [rax+rcx*8-0x80]
        vaddsubps ymm3, ymm12, [rel target]
        vaddsubps ymm3, ymm4, yword [rax+rcx*8-0x80]
        vaesdec xmm2, xmm11
        vaesdec ymm3, ymm4
        vaesdec xmm2, [rax+r8*4+0x10]
        vaesdec xmm2, oword [rax+rcx*8-0x80]
        vaesdec ymm3, [rel target]
        vaesdec ymm3, yword [rax+rcx*8-0x80]
        vaesdec xmm2, xmm11, xmm5
        vaesdec ymm3, ymm4, ymm6
        vaesdec xmm2, xmm11, [rax+r8*4+0x10]
        vaesdec xmm2, xmm1, oword [rax+rcx*8-0x80]
        vaesdec ymm3, ymm12, [rel target]
        vaesdec ymm3, ymm4, yword [rax+rcx*8-0x80]
        vaesdeclast xmm2, xmm11
        vaesdeclast ymm3, ymm4
        vaesdeclast xmm2, [rax+r8*4+0x10]
        vaesdeclast xmm2, oword [rax+rcx*8-0x80]
        vaesdeclast ymm3, [rel target]
        vaesdeclast ymm3, yword [rax+rcx*8-0x80]
        vaesdeclast xmm2, xmm11, xmm5
        vaesdeclast ymm3, ymm4, ymm6
        vaesdeclast xmm2, xmm11, [rax+r8*4+0x10]
        vaesdeclast xmm2, xmm1, oword [rax+rcx*8-0x80]
        vaesdeclast ymm3, ymm12, [rel target]
        vaesdeclast ymm3, ymm4, yword [rax+rcx*8-0x80]
        vaesenc xmm2, xmm11
        vaesenc ymm3, ymm4
        vaesenc xmm2, [rax+r8*4+0x10]
        vaesenc xmm2, oword [rax+rcx*8-0x80]
        vaesenc ymm3, [rel target]
        vaesenc ymm3, yword [rax+rcx*8-0x80]
        vaesenc xmm2, xmm11, xmm5
        vaesenc ymm3, ymm4, ymm6
        vaesenc xmm2, xmm11, [rax+r8*4+0x10]
        vaesenc xmm2, xmm1, oword [rax+rcx*8-0x80]
        vaesenc ymm3, ymm12, [rel target]
        vaesenc ymm3, ymm4, yword [rax+rcx*8-0x80]
        vaesenclast xmm2, xmm11
        vaesenclast ymm3, ymm4
        vaesenclast xmm2, [rax+r8*4+0x10]
        vaesenclast xmm2, oword [rax+rcx*8-0x80]
        vaesenclast ymm3, [rel target]
        vaesenclast ymm3, yword [rax+rcx*8-0x80]
        vaesenclast xmm2, xmm11, xmm5
        vaesenclast ymm3, ymm4, ymm6
        vaesenclast xmm2, xmm11, [rax+r8*4+0x10]
        vaesenclast xmm2, xmm1, oword [rax+rcx*8-0x80]
        vaesenclast ymm3, ymm12, [rel target]
        vaesenclast ymm3, ymm4, yword [rax+rcx*8-0x80]
        vaesimc xmm2, xmm11
        vaesimc xmm2, [rax+rcx*8-0x80]
        vaesimc xmm2, oword [rax+r8*4+0x10]
        vaeskeygenassist xmm2, xmm1, 5
        vaeskeygenassist xmm2, [rel target], 5
        vaeskeygenassist xmm2, oword [rax+rcx*8-0x80], 5
        vandnpd xmm2, xmm11
        vandnpd ymm3, ymm4
        vandnpd xmm2, [rax+r8*4+0x10]
        vandnpd xmm2, oword [rax+rcx*8-0x80]
        vandnpd ymm3, [rel target]
        vandnpd ymm3, yword [rax+rcx*8-0x80]
        vandnpd xmm2, xmm11, xmm5
        vandnpd ymm3, ymm4, ymm6
        vandnpd xmm2, xmm11, [rax+r8*4+0x10]
        vandnpd xmm2, xmm1, oword [rax+rcx*8-0x80]
        vandnpd ymm3, ymm12, [rel target]
        vandnpd ymm3, ymm4, yword [rax+rcx*8-0x80]
        vandnps xmm2, xmm11
        vandnps ymm3, ymm4
        vandnps xmm2, [rax+r8*4+0x10]
        vandnps xmm2, oword [rax+rcx*8-0x80]
        vandnps ymm3, [rel target]
        vandnps ymm3, yword [rax+rcx*8-0x80]
        vandnps xmm2, xmm11, xmm5
        vandnps ymm3, ymm4, ymm6
        vandnps xmm2, xmm11, [rax+r8*4+0x10]
        vandnps xmm2, xmm1, oword [rax+rcx*8-0x80]
        vandnps ymm3, ymm12, [rel target]
        vandnps ymm3, ymm4, yword [rax+rcx*8-0x80]
        vandpd xmm2, xmm11
        vandpd ymm3, ymm4
        vandpd xmm2, [rax+r8*4+0x10]
        vandpd xmm2, oword [rax+rcx*8-0x80]
        vandpd ymm3, [rel target]
        vandpd ymm3, yword [rax+rcx*8-0x80]
        vandpd xmm2, xmm11, xmm5
        vandpd ymm3, ymm4, ymm6
        vandpd xmm2, xmm11, [rax+r8*4+0x10]
        vandpd xmm2, xmm1, oword [rax+rcx*8-0x80]
        vandpd ymm3, ymm12, [rel target]
        vandpd ymm3, ymm4, yword [rax+rcx*8-0x80]
        vandps xmm2, xmm11
        vandps ymm3, ymm4
        vandps xmm2, [rax+r8*4+0x10]
        vandps xmm2, oword [rax+rcx*8-0x80]
        vandps ymm3, [rel target]
        vandps ymm3, yword [rax+rcx*8-0x80]
        vandps xmm2, xmm11, xmm5
        vandps ymm3, ymm4, ymm6
        vandps xmm2, xmm11, [rax+r8*4+0x10]
        vandps xmm2, xmm1, oword [rax+rcx*8-0x80]
        vandps ymm3, ymm12, [rel target]
        vandps ymm3, ymm4, yword [rax+rcx*8-0x80]
        vblendpd xmm2, xmm11, 5
        vblendpd ymm3, ymm4, 5
        vblendpd xmm2, [rax+r8*4+0x10], 5
        vblendpd xmm2, oword [rax+rcx*8-0x80], 5
        vblendpd ymm3, [rel target], 5
        vblendpd ymm3, yword [rax+rcx*8-0x80], 5
        vblendpd xmm2, xmm11, xmm5, 5
        vblendpd xmm2, xmm1, [rax+rcx*8-0x80], 5
        vblendpd xmm2, xmm11, oword [rax+r8*4+0x10], 5
        vblendpd ymm3, ymm4, ymm6, 5
        vblendpd ymm3, ymm12, [rel target], 5
        vblendpd ymm3, ymm4, yword [rax+rcx*8-0x80], 5
        vblendps xmm2, xmm11, 5
        vblendps ymm3, ymm4, 5
        vblendps xmm2, [rax+r8*4+0x10], 5
        vblendps xmm2, oword [rax+rcx*8-0x80], 5
        vblendps ymm3, [rel target], 5
        vblendps ymm3, yword [rax+rcx*8-0x80], 5
        vblendps xmm2, xmm11, xmm5, 5
        vblendps xmm2, xmm1, [rax+rcx*8-0x80], 5
        vblendps xmm2, xmm11, oword [rax+r8*4+0x10], 5
        vblendps ymm3, ymm4, ymm6, 5
        vblendps ymm3, ymm12, [rel target], 5
        vblendps ymm3, ymm4, yword [rax+rcx*8-0x80], 5
        vblendvpd xmm2, xmm11, xmm5
        vblendvpd ymm3, ymm4, ymm6
        vblendvpd xmm2, [rax+r8*4+0x10], xmm5
        vblendvpd xmm2, oword [rax+rcx*8-0x80], xmm5
        vblendvpd ymm3, [rel target], ymm6
        vblendvpd ymm3, yword [rax+rcx*8-0x80], ymm6
        vblendvpd xmm2, xmm11, xmm5, xmm9
        vblendvpd xmm2, xmm1, [rax+rcx*8-0x80], xmm4
        vblendvpd xmm2, xmm11, oword [rax+r8*4+0x10], xmm9
        vblendvpd ymm3, ymm4, ymm6, ymm1
        vblendvpd ymm3, ymm12, [rel target], ymm8
        vblendvpd ymm3, ymm4, yword [rax+rcx*8-0x80], ymm1
        vblendvps xmm2, xmm11, xmm5
        vblendvps ymm3, ymm4, ymm6
        vblendvps xmm2, [rax+r8*4+0x10], xmm5
        vblendvps xmm2, oword [rax+rcx*8-0x80], xmm5
        vblendvps ymm3, [rel target], ymm6
        vblendvps ymm3, yword [rax+rcx*8-0x80], ymm6
        vblendvps xmm2, xmm11, xmm5, xmm9
        vblendvps xmm2, xmm1, [rax+rcx*8-0x80], xmm4
        vblendvps xmm2, xmm11, oword [rax+r8*4+0x10], xmm9
        vblendvps ymm3, ymm4, ymm6, ymm1
        vblendvps ymm3, ymm12, [rel target], ymm8
        vblendvps ymm3, ymm4, yword [rax+rcx*8-0x80], ymm1
        vbroadcastf128 ymm3, [fs:r13]
        vbroadcastf128 ymm3, oword [rax+rcx*8-0x80]
        vbroadcasti128 ymm3, [rax+r8*4+0x10]
        vbroadcasti128 ymm3, oword [rax+rcx*8-0x80]
        vbroadcastsd ymm3, xmm11
        vbroadcastsd ymm3, [rax+rcx*8-0x80]
        vbroadcastsd ymm3, qword [fs:r13]
        vbroadcastss xmm2, xmm1
        vbroadcastss ymm3, xmm11
        vbroadcastss xmm2, [rax+rcx*8-0x80]
        vbroadcastss xmm2, dword [rel target]
        vbroadcastss ymm3, [rax+rcx*8-0x80]
        vbroadcastss ymm3, dword [fs:r13]
        vcmpeq_uqsd xmm2, xmm1
        vcmpeq_uqsd xmm2, [rax+r8*4+0x10]
        vcmpeq_uqsd xmm2, qword [rax+rcx*8-0x80]
        vcmpeq_uqsd xmm2, xmm11, xmm5
        vcmpeq_uqsd xmm2, xmm1, [rax+rcx*8-0x80]
        vcmpeq_uqsd xmm2, xmm11, qword [fs:r13]
        vcmpfalsess xmm2, xmm1
        vcmpfalsess xmm2, [rax+r8*4+0x10]
        vcmpfalsess xmm2, xmm1, xmm5
        vcmpfalsess xmm2, xmm11, [rel target]
        vcmpgepd xmm2, xmm1
        vcmpgepd ymm3, ymm12
        vcmpgepd xmm2, [rax+rcx*8-0x80]
        vcmpgepd xmm2, oword [rax+r8*4+0x10]
        vcmpgepd ymm3, [rax+rcx*8-0x80]
        vcmpgepd ymm3, yword [rel target]
        vcmpgepd xmm2, xmm1, xmm5
        vcmpgepd ymm3, ymm12, ymm6
        vcmpgepd xmm2, xmm1, [rax+rcx*8-0x80]
        vcmpgepd xmm2, xmm11, oword [rax+r8*4+0x10]
        vcmpgepd ymm3, ymm4, [rax+rcx*8-0x80]
        vcmpgepd ymm3, ymm12, yword [rel target]
        vcmpltps xmm2, xmm1
        vcmpltps ymm3, ymm12
        vcmpltps xmm2, [rax+rcx*8-0x80]
        vcmpltps xmm2, oword [rax+r8*4+0x10]
        vcmpltps ymm3, [rax+rcx*8-0x80]
        vcmpltps ymm3, yword [rel target]
        vcmpltps xmm2, xmm1, xmm5
        vcmpltps ymm3, ymm12, ymm6
        vcmpltps xmm2, xmm1, [rax+rcx*8-0x80]
        vcmpltps xmm2, xmm11, oword [rax+r8*4+0x10]
        vcmpltps ymm3, ymm4, [rax+rcx*8-0x80]
        vcmpltps ymm3, ymm12, yword [rel target]
        vcmppd xmm2, xmm1, 5
        vcmppd ymm3, ymm12, 5
        vcmppd xmm2, [rax+rcx*8-0x80], 5
        vcmppd xmm2, oword [rax+r8*4+0x10], 5
        vcmppd ymm3, [rax+rcx*8-0x80], 5
        vcmppd ymm3, yword [rel target], 5
        vcmppd xmm2, xmm1, xmm5, 5
        vcmppd xmm2, xmm11, [fs:r13], 5
        vcmppd xmm2, xmm1, oword [rax+rcx*8-0x80], 5
        vcmppd ymm3, ymm12, ymm6, 5
        vcmppd ymm3, ymm4, [rax+rcx*8-0x80], 5
        vcmppd ymm3, ymm12, yword [rel target], 5
        vcmpps xmm2, xmm1, 5
        vcmpps ymm3, ymm12, 5
        vcmpps xmm2, [rax+rcx*8-0x80], 5
        vcmpps xmm2, oword [rax+r8*4+0x10], 5
        vcmpps ymm3, [rax+rcx*8-0x80], 5
        vcmpps ymm3, yword [rel target], 5
        vcmpps xmm2, xmm1, xmm5, 5
        vcmpps xmm2, xmm11, [fs:r13], 5
        vcmpps xmm2, xmm1, oword [rax+rcx*8-0x80], 5
        vcmpps ymm3, ymm12, ymm6, 5
        vcmpps ymm3, ymm4, [rax+rcx*8-0x80], 5
        vcmpps ymm3, ymm12, yword [rel target], 5
        vcmpsd xmm2, xmm1, 5
        vcmpsd xmm2, [fs:r13], 5
        vcmpsd xmm2, qword [rax+rcx*8-0x80], 5
        vcmpsd xmm2, xmm11, xmm5, 5
        vcmpsd xmm2, xmm1, [rax+rcx*8-0x80], 5
        vcmpsd xmm2, xmm11, qword [rel target], 5
        vcmpss xmm2, xmm1, 5
        vcmpss xmm2, [fs:r13], 5
        vcmpss xmm2, xmm1, xmm5, 5
        vcmpss xmm2, xmm11, [rax+r8*4+0x10], 5
        vcmptrue_usss xmm2, xmm1
        vcmptrue_usss xmm2, [rel target]
        vcmptrue_usss xmm2, xmm1, xmm5
        vcmptrue_usss xmm2, xmm11, [fs:r13]
        vcomisd xmm2, xmm1
        vcomisd xmm2, [rax+r8*4+0x10]
        vcomisd xmm2, qword [rax+rcx*8-0x80]
        vcomiss xmm2, xmm11
        vcomiss xmm2, [rax+rcx*8-0x80]
        vcomiss xmm2, dword [fs:r13]
        vcvtdq2pd xmm2, xmm1
        vcvtdq2pd ymm3, xmm11
        vcvtdq2pd xmm2, [rax+rcx*8-0x80]
        vcvtdq2pd xmm2, qword [rel target]
        vcvtdq2pd ymm3, [rax+rcx*8-0x80]
        vcvtdq2pd ymm3, oword [fs:r13]
        vcvtdq2ps xmm2, xmm1
        vcvtdq2ps ymm3, ymm12
        vcvtdq2ps xmm2, [rax+rcx*8-0x80]
        vcvtdq2ps xmm2, oword [rel target]
        vcvtdq2ps ymm3, [rax+rcx*8-0x80]
        vcvtdq2ps ymm3, yword [fs:r13]
        vcvtpd2dq xmm2, xmm1
        vcvtpd2dq xmm2, ymm12
        vcvtpd2dq xmm2, [rax+rcx*8-0x80]
        vcvtpd2dq xmm2, oword [rel target]
        vcvtpd2dq xmm2, yword [rax+rcx*8-0x80]
        vcvtpd2ps xmm2, xmm11
        vcvtpd2ps xmm2, ymm4
        vcvtpd2ps xmm2, [rax+r8*4+0x10]
        vcvtpd2ps xmm2, oword [rax+rcx*8-0x80]
        vcvtpd2ps xmm2, yword [rel target]
        vcvtph2ps xmm2, xmm1
        vcvtph2ps ymm3, xmm11
        vcvtph2ps xmm2, [rax+rcx*8-0x80]
        vcvtph2ps xmm2, qword [rax+r8*4+0x10]
        vcvtph2ps ymm3, [rax+rcx*8-0x80]
        vcvtph2ps ymm3, oword [rel target]
        vcvtps2dq xmm2, xmm1
        vcvtps2dq ymm3, ymm12
        vcvtps2dq xmm2, [rax+rcx*8-0x80]
        vcvtps2dq xmm2, oword [rax+r8*4+0x10]
        vcvtps2dq ymm3, [rax+rcx*8-0x80]
        vcvtps2dq ymm3, yword [rel target]
        vcvtps2pd xmm2, xmm1
        vcvtps2pd ymm3, xmm11
        vcvtps2pd xmm2, [rax+rcx*8-0x80]
        vcvtps2pd xmm2, qword [rax+r8*4+0x10]
        vcvtps2pd ymm3, [rax+rcx*8-0x80]
        vcvtps2pd ymm3, oword [rel target]
        vcvtps2ph xmm2, xmm1, 5
        vcvtps2ph xmm2, ymm12, 5
        vcvtps2ph [rax+rcx*8-0x80], xmm1, 5
        vcvtps2ph qword [rax+r8*4+0x10], xmm11, 5
        vcvtps2ph [rax+rcx*8-0x80], ymm4, 5
        vcvtps2ph oword [rel target], ymm12, 5
        vcvtsd2si ecx, xmm1
        vcvtsd2si rbx, xmm11
        vcvtsd2si ecx, [rax+rcx*8-0x80]
        vcvtsd2si ecx, qword [rax+r8*4+0x10]
        vcvtsd2si rbx, [rax+rcx*8-0x80]
        vcvtsd2si rbx, qword [rel target]
        vcvtsd2ss xmm2, xmm1
        vcvtsd2ss xmm2, [fs:r13]
        vcvtsd2ss xmm2, qword [rax+rcx*8-0x80]
        vcvtsd2ss xmm2, xmm11, xmm5
        vcvtsd2ss xmm2, xmm1, [rax+rcx*8-0x80]
        vcvtsd2ss xmm2, xmm11, qword [rel target]
        vcvtsi2sd xmm2, eax
        vcvtsi2sd xmm2, r10
        vcvtsi2sd xmm2, [rax+rcx*8-0x80]
        vcvtsi2sd xmm2, dword [rax+r8*4+0x10]
        vcvtsi2sd xmm2, qword [rax+rcx*8-0x80]
        vcvtsi2sd xmm2, xmm11, edx
        vcvtsi2sd xmm2, xmm1, rsi
        vcvtsi2sd xmm2, xmm11, [fs:r13]
        vcvtsi2sd xmm2, xmm1, dword [rax+rcx*8-0x80]
        vcvtsi2sd xmm2, xmm11, qword [rax+r8*4+0x10]
        vcvtsi2ss xmm2, eax
        vcvtsi2ss xmm2, r10
        vcvtsi2ss xmm2, [rax+rcx*8-0x80]
        vcvtsi2ss xmm2, dword [fs:r13]
        vcvtsi2ss xmm2, qword [rax+rcx*8-0x80]
        vcvtsi2ss xmm2, xmm11, edx
        vcvtsi2ss xmm2, xmm1, rsi
        vcvtsi2ss xmm2, xmm11, [rel target]
        vcvtsi2ss xmm2, xmm1, dword [rax+rcx*8-0x80]
        vcvtsi2ss xmm2, xmm11, qword [fs:r13]
        vcvtss2sd xmm2, xmm1
        vcvtss2sd xmm2, [rax+r8*4+0x10]
        vcvtss2sd xmm2, dword [rax+rcx*8-0x80]
        vcvtss2sd xmm2, xmm11, xmm5
        vcvtss2sd xmm2, xmm1, [rax+rcx*8-0x80]
        vcvtss2sd xmm2, xmm11, dword [fs:r13]
        vcvtss2si ecx, xmm1
        vcvtss2si rbx, xmm11
        vcvtss2si ecx, [rax+rcx*8-0x80]
        vcvtss2si ecx, dword [rel target]
        vcvtss2si rbx, [rax+rcx*8-0x80]
        vcvtss2si rbx, dword [fs:r13]
        vcvttpd2dq xmm2, xmm1
        vcvttpd2dq xmm2, ymm12
        vcvttpd2dq xmm2, [rax+rcx*8-0x80]
        vcvttpd2dq xmm2, oword [rel target]
        vcvttpd2dq xmm2, yword [rax+rcx*8-0x80]
        vcvttps2dq xmm2, xmm11
        vcvttps2dq ymm3, ymm4
        vcvttps2dq xmm2, [rax+r8*4+0x10]
        vcvttps2dq xmm2, oword [rax+rcx*8-0x80]
        vcvttps2dq ymm3, [rel target]
        vcvttps2dq ymm3, yword [rax+rcx*8-0x80]
        vcvttsd2si ecx, xmm11
        vcvttsd2si rbx, xmm1
        vcvttsd2si ecx, [rax+r8*4+0x10]
        vcvttsd2si ecx, qword [rax+rcx*8-0x80]
        vcvttsd2si rbx, [rel target]
        vcvttsd2si rbx, qword [rax+rcx*8-0x80]
        vcvttss2si ecx, xmm11
        vcvttss2si rbx, xmm1
        vcvttss2si ecx, [rax+r8*4+0x10]
        vcvttss2si ecx, dword [rax+rcx*8-0x80]
        vcvttss2si rbx, [rel target]
        vcvttss2si rbx, dword [rax+rcx*8-0x80]
        vdivpd xmm2, xmm11
        vdivpd ymm3, ymm4
        vdivpd xmm2, [rax+r8*4+0x10]
        vdivpd xmm2, oword [rax+rcx*8-0x80]
        vdivpd ymm3, [rel target]
        vdivpd ymm3, yword [rax+rcx*8-0x80]
        vdivpd xmm2, xmm11, xmm5
        vdivpd ymm3, ymm4, ymm6
        vdivpd xmm2, xmm11, [rax+r8*4+0x10]
        vdivpd xmm2, xmm1, oword [rax+rcx*8-0x80]
        vdivpd ymm3, ymm12, [rel target]
        vdivpd ymm3, ymm4, yword [rax+rcx*8-0x80]
        vdivps xmm2, xmm11
        vdivps ymm3, ymm4
        vdivps xmm2, [rax+r8*4+0x10]
        vdivps xmm2, oword [rax+rcx*8-0x80]
        vdivps ymm3, [rel target]
        vdivps ymm3, yword [rax+rcx*8-0x80]
        vdivps xmm2, xmm11, xmm5
        vdivps ymm3, ymm4, ymm6
        vdivps xmm2, xmm11, [rax+r8*4+0x10]
        vdivps xmm2, xmm1, oword [rax+rcx*8-0x80]
        vdivps ymm3, ymm12, [rel target]
        vdivps ymm3, ymm4, yword [rax+rcx*8-0x80]
        vdivsd xmm2, xmm11
        vdivsd xmm2, [rax+rcx*8-0x80]
        vdivsd xmm2, qword [rax+r8*4+0x10]
        vdivsd xmm2, xmm1, xmm5
        vdivsd xmm2, xmm11, [rel target]
        vdivsd xmm2, xmm1, qword [rax+rcx*8-0x80]
        vdivss xmm2, xmm11
        vdivss xmm2, [rax+rcx*8-0x80]
        vdivss xmm2, dword [rax+r8*4+0x10]
        vdivss xmm2, xmm1, xmm5
        vdivss xmm2, xmm11, [rel target]
        vdivss xmm2, xmm1, dword [rax+rcx*8-0x80]
        vdppd xmm2, xmm11, 5
        vdppd xmm2, [rax+rcx*8-0x80], 5
        vdppd xmm2, oword [rax+r8*4+0x10], 5
        vdppd xmm2, xmm1, xmm5, 5
        vdppd xmm2, xmm11, [rel target], 5
        vdppd xmm2, xmm1, oword [rax+rcx*8-0x80], 5
        vdpps xmm2, xmm11, 5
        vdpps ymm3, ymm4, 5
        vdpps xmm2, [rax+r8*4+0x10], 5
        vdpps xmm2, oword [rax+rcx*8-0x80], 5
        vdpps ymm3, [rel target], 5
        vdpps ymm3, yword [rax+rcx*8-0x80], 5
        vdpps xmm2, xmm11, xmm5, 5
        vdpps xmm2, xmm1, [rax+rcx*8-0x80], 5
        vdpps xmm2, xmm11, oword [rax+r8*4+0x10], 5
        vdpps ymm3, ymm4, ymm6, 5
        vdpps ymm3, ymm12, [rel target], 5
        vdpps ymm3, ymm4, yword [rax+rcx*8-0x80], 5
        vextractf128 xmm2, ymm12, 5
        vextractf128 [rax+rcx*8-0x80], ymm4, 5
        vextractf128 oword [rax+r8*4+0x10], ymm12, 5
        vextracti128 xmm2, ymm4, 5
        vextracti128 [rel target], ymm12, 5
        vextracti128 oword [rax+rcx*8-0x80], ymm4, 5
        vextractps ecx, xmm11, 5
        vextractps [rax+rcx*8-0x80], xmm1, 5
        vextractps dword [rax+r8*4+0x10], xmm11, 5
        vfmadd132pd xmm2, xmm1, xmm5
        vfmadd132pd ymm3, ymm12, ymm6
        vfmadd132pd xmm2, xmm1, [rax+rcx*8-0x80]
        vfmadd132pd xmm2, xmm11, oword [fs:r13]
        vfmadd132pd ymm3, ymm4, [rax+rcx*8-0x80]
        vfmadd132pd ymm3, ymm12, yword [rax+r8*4+0x10]
        vfmadd132ps xmm2, xmm1, xmm5
        vfmadd132ps ymm3, ymm12, ymm6
        vfmadd132ps xmm2, xmm1, [rax+rcx*8-0x80]
        vfmadd132ps xmm2, xmm11, oword [fs:r13]
        vfmadd132ps ymm3, ymm4, [rax+rcx*8-0x80]
        vfmadd132ps ymm3, ymm12, yword [rax+r8*4+0x10]
        vfmadd132sd xmm2, xmm1, xmm5
        vfmadd132sd xmm2, xmm11, [rel target]
        vfmadd132sd xmm2, xmm1, qword [rax+rcx*8-0x80]
        vfmadd132ss xmm2, xmm11, xmm5
        vfmadd132ss xmm2, xmm1, [rax+rcx*8-0x80]
        vfmadd132ss xmm2, xmm11, dword [rax+r8*4+0x10]
        vfmadd213pd xmm2, xmm1, xmm5
        vfmadd213pd ymm3, ymm12, ymm6
        vfmadd213pd xmm2, xmm1, [rax+rcx*8-0x80]
        vfmadd213pd xmm2, xmm11, oword [fs:r13]
        vfmadd213pd ymm3, ymm4, [rax+rcx*8-0x80]
        vfmadd213pd ymm3, ymm12, yword [rax+r8*4+0x10]
        vfmadd213ps xmm2, xmm1, xmm5
        vfmadd213ps ymm3, ymm12, ymm6
        vfmadd213ps xmm2, xmm1, [rax+rcx*8-0x80]
        vfmadd213ps xmm2, xmm11, oword [fs:r13]
        vfmadd213ps ymm3, ymm4, [rax+rcx*8-0x80]
        vfmadd213ps ymm3, ymm12, yword [rax+r8*4+0x10]
        vfmadd213sd xmm2, xmm1, xmm5
        vfmadd213sd xmm2, xmm11, [rel target]
        vfmadd213sd xmm2, xmm1, qword [rax+rcx*8-0x80]
        vfmadd213ss xmm2, xmm11, xmm5
        vfmadd213ss xmm2, xmm1, [rax+rcx*8-0x80]
        vfmadd213ss xmm2, xmm11, dword [rax+r8*4+0x10]
        vfmadd231pd xmm2, xmm1, xmm5
        vfmadd231pd ymm3, ymm12, ymm6
        vfmadd231pd xmm2, xmm1, [rax+rcx*8-0x80]
        vfmadd231pd xmm2, xmm11, oword [fs:r13]
        vfmadd231pd ymm3, ymm4, [rax+rcx*8-0x80]
        vfmadd231pd ymm3, ymm12, yword [rax+r8*4+0x10]
        vfmadd231ps xmm2, xmm1, xmm5
        vfmadd231ps ymm3, ymm12, ymm6
        vfmadd231ps xmm2, xmm1, [rax+rcx*8-0x80]
        vfmadd231ps xmm2, xmm11, oword [fs:r13]
        vfmadd231ps ymm3, ymm4, [rax+rcx*8-0x80]
        vfmadd231ps ymm3, ymm12, yword [rax+r8*4+0x10]
        vfmadd231sd xmm2, xmm1, xmm5
        vfmadd231sd xmm2, xmm11, [rel target]
        vfmadd231sd xmm2, xmm1, qword [rax+rcx*8-0x80]
        vfmadd231ss xmm2, xmm11, xmm5
        vfmadd231ss xmm2, xmm1, [rax+rcx*8-0x80]
        vfmadd231ss xmm2, xmm11, dword [rax+r8*4+0x10]
        vfmaddsub132pd xmm2, xmm1, xmm5
        vfmaddsub132pd ymm3, ymm12, ymm6
        vfmaddsub132pd xmm2, xmm1, [rax+rcx*8-0x80]
        vfmaddsub132pd xmm2, xmm11, oword [fs:r13]
        vfmaddsub132pd ymm3, ymm4, [rax+rcx*8-0x80]
        vfmaddsub132pd ymm3, ymm12, yword [rax+r8*4+0x10]
        vfmaddsub132ps xmm2, xmm1, xmm5
        vfmaddsub132ps ymm3, ymm12, ymm6
        vfmaddsub132ps xmm2, xmm1, [rax+rcx*8-0x80]
        vfmaddsub132ps xmm2, xmm11, oword [fs:r13]
        vfmaddsub132ps ymm3, ymm4, [rax+rcx*8-0x80]
        vfmaddsub132ps ymm3, ymm12, yword [rax+r8*4+0x10]
        vfmaddsub213pd xmm2, xmm1, xmm5
        vfmaddsub213pd ymm3, ymm12, ymm6
        vfmaddsub213pd xmm2, xmm1, [rax+rcx*8-0x80]
        vfmaddsub213pd xmm2, xmm11, oword [fs:r13]
        vfmaddsub213pd ymm3, ymm4, [rax+rcx*8-0x80]
        vfmaddsub213pd ymm3, ymm12, yword [rax+r8*4+0x10]
        vfmaddsub213ps xmm2, xmm1, xmm5
        vfmaddsub213ps ymm3, ymm12, ymm6
        vfmaddsub213ps xmm2, xmm1, [rax+rcx*8-0x80]
        vfmaddsub213ps xmm2, xmm11, oword [fs:r13]
        vfmaddsub213ps ymm3, ymm4, [rax+rcx*8-0x80]
        vfmaddsub213ps ymm3, ymm12, yword [rax+r8*4+0x10]
        vfmaddsub231pd xmm2, xmm1, xmm5
        vfmaddsub231pd ymm3, ymm12, ymm6
        vfmaddsub231pd xmm2, xmm1, [rax+rcx*8-0x80]
        vfmaddsub231pd xmm2, xmm11, oword [fs:r13]
        vfmaddsub231pd ymm3, ymm4, [rax+rcx*8-0x80]
        vfmaddsub231pd ymm3, ymm12, yword [rax+r8*4+0x10]
        vfmaddsub231ps xmm2, xmm1, xmm5
        vfmaddsub231ps ymm3, ymm12, ymm6
        vfmaddsub231ps xmm2, xmm1, [rax+rcx*8-0x80]
        vfmaddsub231ps xmm2, xmm11, oword [fs:r13]
        vfmaddsub231ps ymm3, ymm4, [rax+rcx*8-0x80]
        vfmaddsub231ps ymm3, ymm12, yword [rax+r8*4+0x10]
        vfmsub132pd xmm2, xmm1, xmm5
        vfmsub132pd ymm3, ymm12, ymm6
        vfmsub132pd xmm2, xmm1, [rax+rcx*8-0x80]
        vfmsub132pd xmm2, xmm11, oword [fs:r13]
        vfmsub132pd ymm3, ymm4, [rax+rcx*8-0x80]
        vfmsub132pd ymm3, ymm12, yword [rax+r8*4+0x10]
        vfmsub132ps xmm2, xmm1, xmm5
        vfmsub132ps ymm3, ymm12, ymm6
        vfmsub132ps xmm2, xmm1, [rax+rcx*8-0x80]
        vfmsub132ps xmm2, xmm11, oword [fs:r13]
        vfmsub132ps ymm3, ymm4, [rax+rcx*8-0x80]
        vfmsub132ps ymm3, ymm12, yword [rax+r8*4+0x10]
        vfmsub132sd xmm2, xmm1, xmm5
        vfmsub132sd xmm2, xmm11, [rel target]
        vfmsub132sd xmm2, xmm1, qword [rax+rcx*8-0x80]
        vfmsub132ss xmm2, xmm11, xmm5
        vfmsub132ss xmm2, xmm1, [rax+rcx*8-0x80]
        vfmsub132ss xmm2, xmm11, dword [rax+r8*4+0x10]
        vfmsub213pd xmm2, xmm1, xmm5
        vfmsub213pd ymm3, ymm12, ymm6
        vfmsub213pd xmm2, xmm1, [rax+rcx*8-0x80]
        vfmsub213pd xmm2, xmm11, oword [fs:r13]
        vfmsub213pd ymm3, ymm4, [rax+rcx*8-0x80]
        vfmsub213pd ymm3, ymm12, yword [rax+r8*4+0x10]
        vfmsub213ps xmm2, xmm1, xmm5
        vfmsub213ps ymm3, ymm12, ymm6
        vfmsub213ps xmm2, xmm1, [rax+rcx*8-0x80]
        vfmsub213ps xmm2, xmm11, oword [fs:r13]
        vfmsub213ps ymm3, ymm4, [rax+rcx*8-0x80]
        vfmsub213ps ymm3, ymm12, yword [rax+r8*4+0x10]
        vfmsub213sd xmm2, xmm1, xmm5
        vfmsub213sd xmm2, xmm11, [rel target]
        vfmsub213sd xmm2, xmm1, qword [rax+rcx*8-0x80]
        vfmsub213ss xmm2, xmm11, xmm5
        vfmsub213ss xmm2, xmm1, [rax+rcx*8-0x80]
        vfmsub213ss xmm2, xmm11, dword [rax+r8*4+0x10]
        vfmsub231pd xmm2, xmm1, xmm5
        vfmsub231pd ymm3, ymm12, ymm6
        vfmsub231pd xmm2, xmm1, [rax+rcx*8-0x80]
        vfmsub231pd xmm2, xmm11, oword [fs:r13]
        vfmsub231pd ymm3, ymm4, [rax+rcx*8-0x80]
        vfmsub231pd ymm3, ymm12, yword [rax+r8*4+0x10]
        vfmsub231ps xmm2, xmm1, xmm5
        vfmsub231ps ymm3, ymm12, ymm6
        vfmsub231ps xmm2, xmm1, [rax+rcx*8-0x80]
        vfmsub231ps xmm2, xmm11, oword [fs:r13]
        vfmsub231ps ymm3, ymm4, [rax+rcx*8-0x80]
        vfmsub231ps ymm3, ymm12, yword [rax+r8*4+0x10]
        vfmsub231sd xmm2, xmm1, xmm5
        vfmsub231sd xmm2, xmm11, [rel target]
        vfmsub231sd xmm2, xmm1, qword [rax+rcx*8-0x80]
        vfmsub231ss xmm2, xmm11, xmm5
        vfmsub231ss xmm2, xmm1, [rax+rcx*8-0x80]
        vfmsub231ss xmm2, xmm11, dword [rax+r8*4+0x10]
        vfmsubadd132pd xmm2, xmm1, xmm5
        vfmsubadd132pd ymm3, ymm12, ymm6
        vfmsubadd132pd xmm2, xmm1, [rax+rcx*8-0x80]
        vfmsubadd132pd xmm2, xmm11, oword [fs:r13]
        vfmsubadd132pd ymm3, ymm4, [rax+rcx*8-0x80]
        vfmsubadd132pd ymm3, ymm12, yword [rax+r8*4+0x10]
        vfmsubadd132ps xmm2, xmm1, xmm5
        vfmsubadd132ps ymm3, ymm12, ymm6
        vfmsubadd132ps xmm2, xmm1, [rax+rcx*8-0x80]
        vfmsubadd132ps xmm2, xmm11, oword [fs:r13]
        vfmsubadd132ps ymm3, ymm4, [rax+rcx*8-0x80]
        vfmsubadd132ps ymm3, ymm12, yword [rax+r8*4+0x10]
        vfmsubadd213pd xmm2, xmm1, xmm5
        vfmsubadd213pd ymm3, ymm12, ymm6
        vfmsubadd213pd xmm2, xmm1, [rax+rcx*8-0x80]
        vfmsubadd213pd xmm2, xmm11, oword [fs:r13]
        vfmsubadd213pd ymm3, ymm4, [rax+rcx*8-0x80]
        vfmsubadd213pd ymm3, ymm12, yword [rax+r8*4+0x10]
        vfmsubadd213ps xmm2, xmm1, xmm5
        vfmsubadd213ps ymm3, ymm12, ymm6
        vfmsubadd213ps xmm2, xmm1, [rax+rcx*8-0x80]
        vfmsubadd213ps xmm2, xmm11, oword [fs:r13]
        vfmsubadd213ps ymm3, ymm4, [rax+rcx*8-0x80]
        vfmsubadd213ps ymm3, ymm12, yword [rax+r8*4+0x10]
        vfmsubadd231pd xmm2, xmm1, xmm5
        vfmsubadd231pd ymm3, ymm12, ymm6
        vfmsubadd231pd xmm2, xmm1, [rax+rcx*8-0x80]
        vfmsubadd231pd xmm2, xmm11, oword [fs:r13]
        vfmsubadd231pd ymm3, ymm4, [rax+rcx*8-0x80]
        vfmsubadd231pd ymm3, ymm12, yword [rax+r8*4+0x10]
        vfmsubadd231ps xmm2, xmm1, xmm5
        vfmsubadd231ps ymm3, ymm12, ymm6
        vfmsubadd231ps xmm2, xmm1, [rax+rcx*8-0x80]
        vfmsubadd231ps xmm2, xmm11, oword [fs:r13]
        vfmsubadd231ps ymm3, ymm4, [rax+rcx*8-0x80]
        vfmsubadd231ps ymm3, ymm12, yword [rax+r8*4+0x10]
        vfnmadd132pd xmm2, xmm1, xmm5
        vfnmadd132pd ymm3, ymm12, ymm6
        vfnmadd132pd xmm2, xmm1, [rax+rcx*8-0x80]
        vfnmadd132pd xmm2, xmm11, oword [fs:r13]
        vfnmadd132pd ymm3, ymm4, [rax+rcx*8-0x80]
        vfnmadd132pd ymm3, ymm12, yword [rax+r8*4+0x10]
        vfnmadd132ps xmm2, xmm1, xmm5
        vfnmadd132ps ymm3, ymm12, ymm6
        vfnmadd132ps xmm2, xmm1, [rax+rcx*8-0x80]
        vfnmadd132ps xmm2, xmm11, oword [fs:r13]
        vfnmadd132ps ymm3, ymm4, [rax+rcx*8-0x80]
        vfnmadd132ps ymm3, ymm12, yword [rax+r8*4+0x10]
        vfnmadd132sd xmm2, xmm1, xmm5
        vfnmadd132sd xmm2, xmm11, [rel target]
        vfnmadd132sd xmm2, xmm1, qword [rax+rcx*8-0x80]
        vfnmadd132ss xmm2, xmm11, xmm5
        vfnmadd132ss xmm2, xmm1, [rax+rcx*8-0x80]
        vfnmadd132ss xmm2, xmm11, dword [rax+r8*4+0x10]
        vfnmadd213pd xmm2, xmm1, xmm5
        vfnmadd213pd ymm3, ymm12, ymm6
        vfnmadd213pd xmm2, xmm1, [rax+rcx*8-0x80]
        vfnmadd213pd xmm2, xmm11, oword [fs:r13]
        vfnmadd213pd ymm3, ymm4, [rax+rcx*8-0x80]
        vfnmadd213pd ymm3, ymm12, yword [rax+r8*4+0x10]
        vfnmadd213ps xmm2, xmm1, xmm5
        vfnmadd213ps ymm3, ymm12, ymm6
        vfnmadd213ps xmm2, xmm1, [rax+rcx*8-0x80]
        vfnmadd213ps xmm2, xmm11, oword [fs:r13]
        vfnmadd213ps ymm3, ymm4, [rax+rcx*8-0x80]
        vfnmadd213ps ymm3, ymm12, yword [rax+r8*4+0x10]
        vfnmadd213sd xmm2, xmm1, xmm5
        vfnmadd213sd xmm2, xmm11, [rel target]
        vfnmadd213sd xmm2, xmm1, qword [rax+rcx*8-0x80]
        vfnmadd213ss xmm2, xmm11, xmm5
        vfnmadd213ss xmm2, xmm1, [rax+rcx*8-0x80]
        vfnmadd213ss xmm2, xmm11, dword [rax+r8*4+0x10]
        vfnmadd231pd xmm2, xmm1, xmm5
        vfnmadd231pd ymm3, ymm12, ymm6
        vfnmadd231pd xmm2, xmm1, [rax+rcx*8-0x80]
        vfnmadd231pd xmm2, xmm11, oword [fs:r13]
        vfnmadd231pd ymm3, ymm4, [rax+rcx*8-0x80]
        vfnmadd231pd ymm3, ymm12, yword [rax+r8*4+0x10]
        vfnmadd231ps xmm2, xmm1, xmm5
        vfnmadd231ps ymm3, ymm12, ymm6
        vfnmadd231ps xmm2, xmm1, [rax+rcx*8-0x80]
        vfnmadd231ps xmm2, xmm11, oword [fs:r13]
        vfnmadd231ps ymm3, ymm4, [rax+rcx*8-0x80]
        vfnmadd231ps ymm3, ymm12, yword [rax+r8*4+0x10]
        vfnmadd231sd xmm2, xmm1, xmm5
        vfnmadd231sd xmm2, xmm11, [rel target]
        vfnmadd231sd xmm2, xmm1, qword [rax+rcx*8-0x80]
        vfnmadd231ss xmm2, xmm11, xmm5
        vfnmadd231ss xmm2, xmm1, [rax+rcx*8-0x80]
        vfnmadd231ss xmm2, xmm11, dword [rax+r8*4+0x10]
        vfnmsub132pd xmm2, xmm1, xmm5
        vfnmsub132pd ymm3, ymm12, ymm6
        vfnmsub132pd xmm2, xmm1, [rax+rcx*8-0x80]
        vfnmsub132pd xmm2, xmm11, oword [fs:r13]
        vfnmsub132pd ymm3, ymm4, [rax+rcx*8-0x80]
        vfnmsub132pd ymm3, ymm12, yword [rax+r8*4+0x10]
        vfnmsub132ps xmm2, xmm1, xmm5
        vfnmsub132ps ymm3, ymm12, ymm6
        vfnmsub132ps xmm2, xmm1, [rax+rcx*8-0x80]
        vfnmsub132ps xmm2, xmm11, oword [fs:r13]
        vfnmsub132ps ymm3, ymm4, [rax+rcx*8-0x80]
        vfnmsub132ps ymm3, ymm12, yword [rax+r8*4+0x10]
        vfnmsub132sd xmm2, xmm1, xmm5
        vfnmsub132sd xmm2, xmm11, [rel target]
        vfnmsub132sd xmm2, xmm1, qword [rax+rcx*8-0x80]
        vfnmsub132ss xmm2, xmm11, xmm5
        vfnmsub132ss xmm2, xmm1, [rax+rcx*8-0x80]
        vfnmsub132ss xmm2, xmm11, dword [rax+r8*4+0x10]
        vfnmsub213pd xmm2, xmm1, xmm5
        vfnmsub213pd ymm3, ymm12, ymm6
        vfnmsub213pd xmm2, xmm1, [rax+rcx*8-0x80]
        vfnmsub213pd xmm2, xmm11, oword [fs:r13]
        vfnmsub213pd ymm3, ymm4, [rax+rcx*8-0x80]
        vfnmsub213pd ymm3, ymm12, yword [rax+r8*4+0x10]
        vfnmsub213ps xmm2, xmm1, xmm5
        vfnmsub213ps ymm3, ymm12, ymm6
        vfnmsub213ps xmm2, xmm1, [rax+rcx*8-0x80]
        vfnmsub213ps xmm2, xmm11, oword [fs:r13]
        vfnmsub213ps ymm3, ymm4, [rax+rcx*8-0x80]
        vfnmsub213ps ymm3, ymm12, yword [rax+r8*4+0x10]
        vfnmsub213sd xmm2, xmm1, xmm5
        vfnmsub213sd xmm2, xmm11, [rel target]
        vfnmsub213sd xmm2, xmm1, qword [rax+rcx*8-0x80]
        vfnmsub213ss xmm2, xmm11, xmm5
        vfnmsub213ss xmm2, xmm1, [rax+rcx*8-0x80]
        vfnmsub213ss xmm2, xmm11, dword [rax+r8*4+0x10]
        vfnmsub231pd xmm2, xmm1, xmm5
        vfnmsub231pd ymm3, ymm12, ymm6
        vfnmsub231pd xmm2, xmm1, [rax+rcx*8-0x80]
        vfnmsub231pd xmm2, xmm11, oword [fs:r13]
        vfnmsub231pd ymm3, ymm4, [rax+rcx*8-0x80]
        vfnmsub231pd ymm3, ymm12, yword [rax+r8*4+0x10]
        vfnmsub231ps xmm2, xmm1, xmm5
        vfnmsub231ps ymm3, ymm12, ymm6
        vfnmsub231ps xmm2, xmm1, [rax+rcx*8-0x80]
        vfnmsub231ps xmm2, xmm11, oword [fs:r13]
        vfnmsub231ps ymm3, ymm4, [rax+rcx*8-0x80]
        vfnmsub231ps ymm3, ymm12, yword [rax+r8*4+0x10]
        vfnmsub231sd xmm2, xmm1, xmm5
        vfnmsub231sd xmm2, xmm11, [rel target]
        vfnmsub231sd xmm2, xmm1, qword [rax+rcx*8-0x80]
        vfnmsub231ss xmm2, xmm11, xmm5
        vfnmsub231ss xmm2, xmm1, [rax+rcx*8-0x80]
        vfnmsub231ss xmm2, xmm11, dword [rax+r8*4+0x10]
        vgf2p8affineinvqb xmm2, xmm1, 5
        vgf2p8affineinvqb ymm3, ymm12, 5
        vgf2p8affineinvqb xmm2, [rax+rcx*8-0x80], 5
        vgf2p8affineinvqb xmm2, oword [fs:r13], 5
        vgf2p8affineinvqb ymm3, [rax+rcx*8-0x80], 5
        vgf2p8affineinvqb ymm3, yword [rax+r8*4+0x10], 5
        vgf2p8affineinvqb xmm2, xmm1, xmm5, 5
        vgf2p8affineinvqb xmm2, xmm11, [rel target], 5
        vgf2p8affineinvqb xmm2, xmm1, oword [rax+rcx*8-0x80], 5
        vgf2p8affineinvqb ymm3, ymm12, ymm6, 5
        vgf2p8affineinvqb ymm3, ymm4, [rax+rcx*8-0x80], 5
        vgf2p8affineinvqb ymm3, ymm12, yword [rax+r8*4+0x10], 5
        vgf2p8affineqb xmm2, xmm1, 5
        vgf2p8affineqb ymm3, ymm12, 5
        vgf2p8affineqb xmm2, [rax+rcx*8-0x80], 5
        vgf2p8affineqb xmm2, oword [fs:r13], 5
        vgf2p8affineqb ymm3, [rax+rcx*8-0x80], 5
        vgf2p8affineqb ymm3, yword [rax+r8*4+0x10], 5
        vgf2p8affineqb xmm2, xmm1, xmm5, 5
        vgf2p8affineqb xmm2, xmm11, [rel target], 5
        vgf2p8affineqb xmm2, xmm1, oword [rax+rcx*8-0x80], 5
        vgf2p8affineqb ymm3, ymm12, ymm6, 5
        vgf2p8affineqb ymm3, ymm4, [rax+rcx*8-0x80], 5
        vgf2p8affineqb ymm3, ymm12, yword [rax+r8*4+0x10], 5
        vgf2p8mulb xmm2, xmm1
        vgf2p8mulb ymm3, ymm12
        vgf2p8mulb xmm2, [rax+rcx*8-0x80]
        vgf2p8mulb xmm2, oword [fs:r13]
        vgf2p8mulb ymm3, [rax+rcx*8-0x80]
        vgf2p8mulb ymm3, yword [rax+r8*4+0x10]
        vgf2p8mulb xmm2, xmm1, xmm5
        vgf2p8mulb ymm3, ymm12, ymm6
        vgf2p8mulb xmm2, xmm1, [rax+rcx*8-0x80]
        vgf2p8mulb xmm2, xmm11, oword [fs:r13]
        vgf2p8mulb ymm3, ymm4, [rax+rcx*8-0x80]
        vgf2p8mulb ymm3, ymm12, yword [rax+r8*4+0x10]
        vhaddpd xmm2, xmm1
        vhaddpd ymm3, ymm12
        vhaddpd xmm2, [rax+rcx*8-0x80]
        vhaddpd xmm2, oword [fs:r13]
        vhaddpd ymm3, [rax+rcx*8-0x80]
        vhaddpd ymm3, yword [rax+r8*4+0x10]
        vhaddpd xmm2, xmm1, xmm5
        vhaddpd ymm3, ymm12, ymm6
        vhaddpd xmm2, xmm1, [rax+rcx*8-0x80]
        vhaddpd xmm2, xmm11, oword [fs:r13]
        vhaddpd ymm3, ymm4, [rax+rcx*8-0x80]
        vhaddpd ymm3, ymm12, yword [rax+r8*4+0x10]
        vhaddps xmm2, xmm1
        vhaddps ymm3, ymm12
        vhaddps xmm2, [rax+rcx*8-0x80]
        vhaddps xmm2, oword [fs:r13]
        vhaddps ymm3, [rax+rcx*8-0x80]
        vhaddps ymm3, yword [rax+r8*4+0x10]
        vhaddps xmm2, xmm1, xmm5
        vhaddps ymm3, ymm12, ymm6
        vhaddps xmm2, xmm1, [rax+rcx*8-0x80]
        vhaddps xmm2, xmm11, oword [fs:r13]
        vhaddps ymm3, ymm4, [rax+rcx*8-0x80]
        vhaddps ymm3, ymm12, yword [rax+r8*4+0x10]
        vhsubpd xmm2, xmm1
        vhsubpd ymm3, ymm12
        vhsubpd xmm2, [rax+rcx*8-0x80]
        vhsubpd xmm2, oword [fs:r13]
        vhsubpd ymm3, [rax+rcx*8-0x80]
        vhsubpd ymm3, yword [rax+r8*4+0x10]
        vhsubpd xmm2, xmm1, xmm5
        vhsubpd ymm3, ymm12, ymm6
        vhsubpd xmm2, xmm1, [rax+rcx*8-0x80]
        vhsubpd xmm2, xmm11, oword [fs:r13]
        vhsubpd ymm3, ymm4, [rax+rcx*8-0x80]
        vhsubpd ymm3, ymm12, yword [rax+r8*4+0x10]
        vhsubps xmm2, xmm1
        vhsubps ymm3, ymm12
        vhsubps xmm2, [rax+rcx*8-0x80]
        vhsubps xmm2, oword [fs:r13]
        vhsubps ymm3, [rax+rcx*8-0x80]
        vhsubps ymm3, yword [rax+r8*4+0x10]
        vhsubps xmm2, xmm1, xmm5
        vhsubps ymm3, ymm12, ymm6
        vhsubps xmm2, xmm1, [rax+rcx*8-0x80]
        vhsubps xmm2, xmm11, oword [fs:r13]
        vhsubps ymm3, ymm4, [rax+rcx*8-0x80]
        vhsubps ymm3, ymm12, yword [rax+r8*4+0x10]
        vinsertf128 ymm3, xmm1, 5
        vinsertf128 ymm3, [rel target], 5
        vinsertf128 ymm3, oword [rax+rcx*8-0x80], 5
        vinsertf128 ymm3, ymm12, xmm5, 5
        vinsertf128 ymm3, ymm4, [rax+rcx*8-0x80], 5
        vinsertf128 ymm3, ymm12, oword [rax+r8*4+0x10], 5
        vinserti128 ymm3, xmm1, 5
        vinserti128 ymm3, [rel target], 5
        vinserti128 ymm3, oword [rax+rcx*8-0x80], 5
        vinserti128 ymm3, ymm12, xmm5, 5
        vinserti128 ymm3, ymm4, [rax+rcx*8-0x80], 5
        vinserti128 ymm3, ymm12, oword [rax+r8*4+0x10], 5
        vinsertps xmm2, xmm1, 5
        vinsertps xmm2, [rel target], 5
        vinsertps xmm2, dword [rax+rcx*8-0x80], 5
        vinsertps xmm2, xmm11, xmm5, 5
        vinsertps xmm2, xmm1, [rax+rcx*8-0x80], 5
        vinsertps xmm2, xmm11, dword [rax+r8*4+0x10], 5
        vlddqu xmm2, [rax+rcx*8-0x80]
        vlddqu xmm2, oword [rel target]
        vlddqu ymm3, [rax+rcx*8-0x80]
        vlddqu ymm3, yword [fs:r13]
        vldmxcsr [rax+rcx*8-0x80]
        vldmxcsr dword [rax+r8*4+0x10]
        vmaskmovdqu xmm2, xmm1
        vmaskmovpd [rel target], xmm11, xmm5
        vmaskmovpd oword [rax+rcx*8-0x80], xmm1, xmm5
        vmaskmovpd xmm2, xmm11, [fs:r13]
        vmaskmovpd xmm2, xmm1, oword [rax+rcx*8-0x80]
        vmaskmovpd [rax+r8*4+0x10], ymm12, ymm6
        vmaskmovpd yword [rax+rcx*8-0x80], ymm4, ymm6
        vmaskmovpd ymm3, ymm12, [rel target]
        vmaskmovpd ymm3, ymm4, yword [rax+rcx*8-0x80]
        vmaskmovps [fs:r13], xmm11, xmm5
        vmaskmovps oword [rax+rcx*8-0x80], xmm1, xmm5
        vmaskmovps xmm2, xmm11, [rax+r8*4+0x10]
        vmaskmovps xmm2, xmm1, oword [rax+rcx*8-0x80]
        vmaskmovps [rel target], ymm12, ymm6
        vmaskmovps yword [rax+rcx*8-0x80], ymm4, ymm6
        vmaskmovps ymm3, ymm12, [fs:r13]
        vmaskmovps ymm3, ymm4, yword [rax+rcx*8-0x80]
        vmaxpd xmm2, xmm11
        vmaxpd ymm3, ymm4
        vmaxpd xmm2, [rel target]
        vmaxpd xmm2, oword [rax+rcx*8-0x80]
        vmaxpd ymm3, [fs:r13]
        vmaxpd ymm3, yword [rax+rcx*8-0x80]
        vmaxpd xmm2, xmm11, xmm5
        vmaxpd ymm3, ymm4, ymm6
        vmaxpd xmm2, xmm11, [rel target]
        vmaxpd xmm2, xmm1, oword [rax+rcx*8-0x80]
        vmaxpd ymm3, ymm12, [fs:r13]
        vmaxpd ymm3, ymm4, yword [rax+rcx*8-0x80]
        vmaxps xmm2, xmm11
        vmaxps ymm3, ymm4
        vmaxps xmm2, [rel target]
        vmaxps xmm2, oword [rax+rcx*8-0x80]
        vmaxps ymm3, [fs:r13]
        vmaxps ymm3, yword [rax+rcx*8-0x80]
        vmaxps xmm2, xmm11, xmm5
        vmaxps ymm3, ymm4, ymm6
        vmaxps xmm2, xmm11, [rel target]
        vmaxps xmm2, xmm1, oword [rax+rcx*8-0x80]
        vmaxps ymm3, ymm12, [fs:r13]
        vmaxps ymm3, ymm4, yword [rax+rcx*8-0x80]
        vmaxsd xmm2, xmm11
        vmaxsd xmm2, [rax+rcx*8-0x80]
        vmaxsd xmm2, qword [rel target]
        vmaxsd xmm2, xmm1, xmm5
        vmaxsd xmm2, xmm11, [fs:r13]
        vmaxsd xmm2, xmm1, qword [rax+rcx*8-0x80]
        vmaxss xmm2, xmm11
        vmaxss xmm2, [rax+rcx*8-0x80]
        vmaxss xmm2, dword [rel target]
        vmaxss xmm2, xmm1, xmm5
        vmaxss xmm2, xmm11, [fs:r13]
        vmaxss xmm2, xmm1, dword [rax+rcx*8-0x80]
        vminpd xmm2, xmm11
        vminpd ymm3, ymm4
        vminpd xmm2, [rel target]
        vminpd xmm2, oword [rax+rcx*8-0x80]
        vminpd ymm3, [fs:r13]
        vminpd ymm3, yword [rax+rcx*8-0x80]
        vminpd xmm2, xmm11, xmm5
        vminpd ymm3, ymm4, ymm6
        vminpd xmm2, xmm11, [rel target]
        vminpd xmm2, xmm1, oword [rax+rcx*8-0x80]
        vminpd ymm3, ymm12, [fs:r13]
        vminpd ymm3, ymm4, yword [rax+rcx*8-0x80]
        vminps xmm2, xmm11
        vminps ymm3, ymm4
        vminps xmm2, [rel target]
        vminps xmm2, oword [rax+rcx*8-0x80]
        vminps ymm3, [fs:r13]
        vminps ymm3, yword [rax+rcx*8-0x80]
        vminps xmm2, xmm11, xmm5
        vminps ymm3, ymm4, ymm6
        vminps xmm2, xmm11, [rel target]
        vminps xmm2, xmm1, oword [rax+rcx*8-0x80]
        vminps ymm3, ymm12, [fs:r13]
        vminps ymm3, ymm4, yword [rax+rcx*8-0x80]
        vminsd xmm2, xmm11
        vminsd xmm2, [rax+rcx*8-0x80]
        vminsd xmm2, qword [rel target]
        vminsd xmm2, xmm1, xmm5
        vminsd xmm2, xmm11, [fs:r13]
        vminsd xmm2, xmm1, qword [rax+rcx*8-0x80]
        vminss xmm2, xmm11
        vminss xmm2, [rax+rcx*8-0x80]
        vminss xmm2, dword [rel target]
        vminss xmm2, xmm1, xmm5
        vminss xmm2, xmm11, [fs:r13]
        vminss xmm2, xmm1, dword [rax+rcx*8-0x80]
        vmovapd xmm2, xmm11
        vmovapd ymm3, ymm4
        vmovapd [rel target], xmm11
        vmovapd oword [rax+rcx*8-0x80], xmm1
        vmovapd xmm2, [fs:r13]
        vmovapd xmm2, oword [rax+rcx*8-0x80]
        vmovapd [rax+r8*4+0x10], ymm12
        vmovapd yword [rax+rcx*8-0x80], ymm4
        vmovapd ymm3, [rel target]
        vmovapd ymm3, yword [rax+rcx*8-0x80]
        vmovaps xmm2, xmm11
        vmovaps ymm3, ymm4
        vmovaps [rax+r8*4+0x10], xmm11
        vmovaps oword [rax+rcx*8-0x80], xmm1
        vmovaps xmm2, [rel target]
        vmovaps xmm2, oword [rax+rcx*8-0x80]
        vmovaps [fs:r13], ymm12
        vmovaps yword [rax+rcx*8-0x80], ymm4
        vmovaps ymm3, [rax+r8*4+0x10]
        vmovaps ymm3, yword [rax+rcx*8-0x80]
        vmovd xmm2, r9d
        vmovd ecx, xmm1
        vmovd [fs:r13], xmm11
        vmovd dword [rax+rcx*8-0x80], xmm1
        vmovd xmm2, [rax+r8*4+0x10]
        vmovd xmm2, dword [rax+rcx*8-0x80]
        vmovddup xmm2, xmm11
        vmovddup ymm3, ymm4
        vmovddup xmm2, [fs:r13]
        vmovddup xmm2, qword [rax+rcx*8-0x80]
        vmovddup ymm3, [rax+r8*4+0x10]
        vmovddup ymm3, yword [rax+rcx*8-0x80]
        vmovdqa xmm2, xmm11
        vmovdqa ymm3, ymm4
        vmovdqa [fs:r13], xmm11
        vmovdqa oword [rax+rcx*8-0x80], xmm1
        vmovdqa xmm2, [rax+r8*4+0x10]
        vmovdqa xmm2, oword [rax+rcx*8-0x80]
        vmovdqa [rel target], ymm12
        vmovdqa yword [rax+rcx*8-0x80], ymm4
        vmovdqa ymm3, [fs:r13]
        vmovdqa ymm3, yword [rax+rcx*8-0x80]
        vmovdqu xmm2, xmm11
        vmovdqu ymm3, ymm4
        vmovdqu [rel target], xmm11
        vmovdqu oword [rax+rcx*8-0x80], xmm1
        vmovdqu xmm2, [fs:r13]
        vmovdqu xmm2, oword [rax+rcx*8-0x80]
        vmovdqu [rax+r8*4+0x10], ymm12
        vmovdqu yword [rax+rcx*8-0x80], ymm4
        vmovdqu ymm3, [rel target]
        vmovdqu ymm3, yword [rax+rcx*8-0x80]
        vmovhlps xmm2, xmm11
        vmovhlps xmm2, xmm1, xmm5
        vmovhpd [rax+r8*4+0x10], xmm11
        vmovhpd qword [rax+rcx*8-0x80], xmm1
        vmovhpd xmm2, [rel target]
        vmovhpd xmm2, qword [rax+rcx*8-0x80]
        vmovhpd xmm2, xmm11, [fs:r13]
        vmovhpd xmm2, xmm1, qword [rax+rcx*8-0x80]
        vmovhps [rax+r8*4+0x10], xmm11
        vmovhps qword [rax+rcx*8-0x80], xmm1
        vmovhps xmm2, [rel target]
        vmovhps xmm2, qword [rax+rcx*8-0x80]
        vmovhps xmm2, xmm11, [fs:r13]
        vmovhps xmm2, xmm1, qword [rax+rcx*8-0x80]
        vmovlhps xmm2, xmm11
        vmovlhps xmm2, xmm1, xmm5
        vmovlpd [rel target], xmm11
        vmovlpd qword [rax+rcx*8-0x80], xmm1
        vmovlpd xmm2, [fs:r13]
        vmovlpd xmm2, qword [rax+rcx*8-0x80]
        vmovlpd xmm2, xmm11, [rax+r8*4+0x10]
        vmovlpd xmm2, xmm1, qword [rax+rcx*8-0x80]
        vmovlps [rel target], xmm11
        vmovlps qword [rax+rcx*8-0x80], xmm1
        vmovlps xmm2, [fs:r13]
        vmovlps xmm2, qword [rax+rcx*8-0x80]
        vmovlps xmm2, xmm11, [rax+r8*4+0x10]
        vmovlps xmm2, xmm1, qword [rax+rcx*8-0x80]
        vmovmskpd ecx, xmm11
        vmovmskpd ecx, ymm4
        vmovmskpd rbx, xmm11
        vmovmskpd rbx, ymm4
        vmovmskps ecx, xmm11
        vmovmskps ecx, ymm4
        vmovmskps rbx, xmm11
        vmovmskps rbx, ymm4
        vmovntdq [fs:r13], xmm11
        vmovntdq oword [rax+rcx*8-0x80], xmm1
        vmovntdq [rax+r8*4+0x10], ymm12
        vmovntdq yword [rax+rcx*8-0x80], ymm4
        vmovntdqa xmm2, [rel target]
        vmovntdqa xmm2, oword [rax+rcx*8-0x80]
        vmovntdqa ymm3, [fs:r13]
        vmovntdqa ymm3, yword [rax+rcx*8-0x80]
        vmovntpd [rax+r8*4+0x10], xmm11
        vmovntpd oword [rax+rcx*8-0x80], xmm1
        vmovntpd [rel target], ymm12
        vmovntpd yword [rax+rcx*8-0x80], ymm4
        vmovntps [fs:r13], xmm11
        vmovntps oword [rax+rcx*8-0x80], xmm1
        vmovntps [rax+r8*4+0x10], ymm12
        vmovntps yword [rax+rcx*8-0x80], ymm4
        vmovq xmm2, xmm11
        vmovq xmm2, rdi
        vmovq rbx, xmm11
        vmovq [rax+rcx*8-0x80], xmm1
        vmovq qword [rax+r8*4+0x10], xmm11
        vmovq xmm2, [rax+rcx*8-0x80]
        vmovq xmm2, qword [rel target]
        vmovsd xmm2, xmm1
        vmovsd [fs:r13], xmm11
        vmovsd qword [rax+rcx*8-0x80], xmm1
        vmovsd xmm2, [rax+r8*4+0x10]
        vmovsd xmm2, qword [rax+rcx*8-0x80]
        vmovsd xmm2, xmm11, xmm5
        vmovshdup xmm2, xmm1
        vmovshdup ymm3, ymm12
        vmovshdup xmm2, [rax+rcx*8-0x80]
        vmovshdup xmm2, oword [rax+r8*4+0x10]
        vmovshdup ymm3, [rax+rcx*8-0x80]
        vmovshdup ymm3, yword [rel target]
        vmovsldup xmm2, xmm1
        vmovsldup ymm3, ymm12
        vmovsldup xmm2, [rax+rcx*8-0x80]
        vmovsldup xmm2, oword [rax+r8*4+0x10]
        vmovsldup ymm3, [rax+rcx*8-0x80]
        vmovsldup ymm3, yword [rel target]
        vmovss xmm2, xmm1
        vmovss [fs:r13], xmm11
        vmovss dword [rax+rcx*8-0x80], xmm1
        vmovss xmm2, [rax+r8*4+0x10]
        vmovss xmm2, dword [rax+rcx*8-0x80]
        vmovss xmm2, xmm11, xmm5
        vmovupd xmm2, xmm1
        vmovupd ymm3, ymm12
        vmovupd [rax+rcx*8-0x80], xmm1
        vmovupd oword [rax+r8*4+0x10], xmm11
        vmovupd xmm2, [rax+rcx*8-0x80]
        vmovupd xmm2, oword [rel target]
        vmovupd [rax+rcx*8-0x80], ymm4
        vmovupd yword [fs:r13], ymm12
        vmovupd ymm3, [rax+rcx*8-0x80]
        vmovupd ymm3, yword [rax+r8*4+0x10]
        vmovups xmm2, xmm1
        vmovups ymm3, ymm12
        vmovups [rax+rcx*8-0x80], xmm1
        vmovups oword [fs:r13], xmm11
        vmovups xmm2, [rax+rcx*8-0x80]
        vmovups xmm2, oword [rax+r8*4+0x10]
        vmovups [rax+rcx*8-0x80], ymm4
        vmovups yword [rel target], ymm12
        vmovups ymm3, [rax+rcx*8-0x80]
        vmovups ymm3, yword [fs:r13]
        vmpsadbw xmm2, xmm1, 5
        vmpsadbw ymm3, ymm12, 5
        vmpsadbw xmm2, [rax+rcx*8-0x80], 5
        vmpsadbw xmm2, oword [rel target], 5
        vmpsadbw ymm3, [rax+rcx*8-0x80], 5
        vmpsadbw ymm3, yword [fs:r13], 5
        vmpsadbw xmm2, xmm1, xmm5, 5
        vmpsadbw xmm2, xmm11, [rax+r8*4+0x10], 5
        vmpsadbw xmm2, xmm1, oword [rax+rcx*8-0x80], 5
        vmpsadbw ymm3, ymm12, ymm6, 5
        vmpsadbw ymm3, ymm4, [rax+rcx*8-0x80], 5
        vmpsadbw ymm3, ymm12, yword [fs:r13], 5
        vmulpd xmm2, xmm1
        vmulpd ymm3, ymm12
        vmulpd xmm2, [rax+rcx*8-0x80]
        vmulpd xmm2, oword [rel target]
        vmulpd ymm3, [rax+rcx*8-0x80]
        vmulpd ymm3, yword [fs:r13]
        vmulpd xmm2, xmm1, xmm5
        vmulpd ymm3, ymm12, ymm6
        vmulpd xmm2, xmm1, [rax+rcx*8-0x80]
        vmulpd xmm2, xmm11, oword [rel target]
        vmulpd ymm3, ymm4, [rax+rcx*8-0x80]
        vmulpd ymm3, ymm12, yword [fs:r13]
        vmulps xmm2, xmm1
        vmulps ymm3, ymm12
        vmulps xmm2, [rax+rcx*8-0x80]
        vmulps xmm2, oword [rel target]
        vmulps ymm3, [rax+rcx*8-0x80]
        vmulps ymm3, yword [fs:r13]
        vmulps xmm2, xmm1, xmm5
        vmulps ymm3, ymm12, ymm6
        vmulps xmm2, xmm1, [rax+rcx*8-0x80]
        vmulps xmm2, xmm11, oword [rel target]
        vmulps ymm3, ymm4, [rax+rcx*8-0x80]
        vmulps ymm3, ymm12, yword [fs:r13]
        vmulsd xmm2, xmm1
        vmulsd xmm2, [rax+r8*4+0x10]
        vmulsd xmm2, qword [rax+rcx*8-0x80]
        vmulsd xmm2, xmm11, xmm5
        vmulsd xmm2, xmm1, [rax+rcx*8-0x80]
        vmulsd xmm2, xmm11, qword [fs:r13]
        vmulss xmm2, xmm1
        vmulss xmm2, [rax+r8*4+0x10]
        vmulss xmm2, dword [rax+rcx*8-0x80]
        vmulss xmm2, xmm11, xmm5
        vmulss xmm2, xmm1, [rax+rcx*8-0x80]
        vmulss xmm2, xmm11, dword [fs:r13]
        vorpd xmm2, xmm1
        vorpd ymm3, ymm12
        vorpd xmm2, [rax+rcx*8-0x80]
        vorpd xmm2, oword [rel target]
        vorpd ymm3, [rax+rcx*8-0x80]
        vorpd ymm3, yword [fs:r13]
        vorpd xmm2, xmm1, xmm5
        vorpd ymm3, ymm12, ymm6
        vorpd xmm2, xmm1, [rax+rcx*8-0x80]
        vorpd xmm2, xmm11, oword [rel target]
        vorpd ymm3, ymm4, [rax+rcx*8-0x80]
        vorpd ymm3, ymm12, yword [fs:r13]
        vorps xmm2, xmm1
        vorps ymm3, ymm12
        vorps xmm2, [rax+rcx*8-0x80]
        vorps xmm2, oword [rel target]
        vorps ymm3, [rax+rcx*8-0x80]
        vorps ymm3, yword [fs:r13]
        vorps xmm2, xmm1, xmm5
        vorps ymm3, ymm12, ymm6
        vorps xmm2, xmm1, [rax+rcx*8-0x80]
        vorps xmm2, xmm11, oword [rel target]
        vorps ymm3, ymm4, [rax+rcx*8-0x80]
        vorps ymm3, ymm12, yword [fs:r13]
        vpabsb xmm2, xmm1
        vpabsb ymm3, ymm12
        vpabsb xmm2, [rax+rcx*8-0x80]
        vpabsb xmm2, oword [rel target]
        vpabsb ymm3, [rax+rcx*8-0x80]
        vpabsb ymm3, yword [fs:r13]
        vpabsd xmm2, xmm1
        vpabsd ymm3, ymm12
        vpabsd xmm2, [rax+rcx*8-0x80]
        vpabsd xmm2, oword [rel target]
        vpabsd ymm3, [rax+rcx*8-0x80]
        vpabsd ymm3, yword [fs:r13]
        vpabsw xmm2, xmm1
        vpabsw ymm3, ymm12
        vpabsw xmm2, [rax+rcx*8-0x80]
        vpabsw xmm2, oword [rel target]
        vpabsw ymm3, [rax+rcx*8-0x80]
        vpabsw ymm3, yword [fs:r13]
        vpackssdw xmm2, xmm1
        vpackssdw ymm3, ymm12
        vpackssdw xmm2, [rax+rcx*8-0x80]
        vpackssdw xmm2, oword [rel target]
        vpackssdw ymm3, [rax+rcx*8-0x80]
        vpackssdw ymm3, yword [fs:r13]
        vpackssdw xmm2, xmm1, xmm5
        vpackssdw ymm3, ymm12, ymm6
        vpackssdw xmm2, xmm1, [rax+rcx*8-0x80]
        vpackssdw xmm2, xmm11, oword [rel target]
        vpackssdw ymm3, ymm4, [rax+rcx*8-0x80]
        vpackssdw ymm3, ymm12, yword [fs:r13]
        vpacksswb xmm2, xmm1
        vpacksswb ymm3, ymm12
        vpacksswb xmm2, [rax+rcx*8-0x80]
        vpacksswb xmm2, oword [rel target]
        vpacksswb ymm3, [rax+rcx*8-0x80]
        vpacksswb ymm3, yword [fs:r13]
        vpacksswb xmm2, xmm1, xmm5
        vpacksswb ymm3, ymm12, ymm6
        vpacksswb xmm2, xmm1, [rax+rcx*8-0x80]
        vpacksswb xmm2, xmm11, oword [rel target]
        vpacksswb ymm3, ymm4, [rax+rcx*8-0x80]
        vpacksswb ymm3, ymm12, yword [fs:r13]
        vpackusdw xmm2, xmm1
        vpackusdw ymm3, ymm12
        vpackusdw xmm2, [rax+rcx*8-0x80]
        vpackusdw xmm2, oword [rel target]
        vpackusdw ymm3, [rax+rcx*8-0x80]
        vpackusdw ymm3, yword [fs:r13]
        vpackusdw xmm2, xmm1, xmm5
        vpackusdw ymm3, ymm12, ymm6
        vpackusdw xmm2, xmm1, [rax+rcx*8-0x80]
        vpackusdw xmm2, xmm11, oword [rel target]
        vpackusdw ymm3, ymm4, [rax+rcx*8-0x80]
        vpackusdw ymm3, ymm12, yword [fs:r13]
        vpackuswb xmm2, xmm1
        vpackuswb ymm3, ymm12
        vpackuswb xmm2, [rax+rcx*8-0x80]
        vpackuswb xmm2, oword [rel target]
        vpackuswb ymm3, [rax+rcx*8-0x80]
        vpackuswb ymm3, yword [fs:r13]
        vpackuswb xmm2, xmm1, xmm5
        vpackuswb ymm3, ymm12, ymm6
        vpackuswb xmm2, xmm1, [rax+rcx*8-0x80]
        vpackuswb xmm2, xmm11, oword [rel target]
        vpackuswb ymm3, ymm4, [rax+rcx*8-0x80]
        vpackuswb ymm3, ymm12, yword [fs:r13]
        vpaddb xmm2, xmm1
        vpaddb ymm3, ymm12
        vpaddb xmm2, [rax+rcx*8-0x80]
        vpaddb xmm2, oword [rel target]
        vpaddb ymm3, [rax+rcx*8-0x80]
        vpaddb ymm3, yword [fs:r13]
        vpaddb xmm2, xmm1, xmm5
        vpaddb ymm3, ymm12, ymm6
        vpaddb xmm2, xmm1, [rax+rcx*8-0x80]
        vpaddb xmm2, xmm11, oword [rel target]
        vpaddb ymm3, ymm4, [rax+rcx*8-0x80]
        vpaddb ymm3, ymm12, yword [fs:r13]
        vpaddd xmm2, xmm1
        vpaddd ymm3, ymm12
        vpaddd xmm2, [rax+rcx*8-0x80]
        vpaddd xmm2, oword [rel target]
        vpaddd ymm3, [rax+rcx*8-0x80]
        vpaddd ymm3, yword [fs:r13]
        vpaddd xmm2, xmm1, xmm5
        vpaddd ymm3, ymm12, ymm6
        vpaddd xmm2, xmm1, [rax+rcx*8-0x80]
        vpaddd xmm2, xmm11, oword [rel target]
        vpaddd ymm3, ymm4, [rax+rcx*8-0x80]
        vpaddd ymm3, ymm12, yword [fs:r13]
        vpaddq xmm2, xmm1
        vpaddq ymm3, ymm12
        vpaddq xmm2, [rax+rcx*8-0x80]
        vpaddq xmm2, oword [rel target]
        vpaddq ymm3, [rax+rcx*8-0x80]
        vpaddq ymm3, yword [fs:r13]
        vpaddq xmm2, xmm1, xmm5
        vpaddq ymm3, ymm12, ymm6
        vpaddq xmm2, xmm1, [rax+rcx*8-0x80]
        vpaddq xmm2, xmm11, oword [rel target]
        vpaddq ymm3, ymm4, [rax+rcx*8-0x80]
        vpaddq ymm3, ymm12, yword [fs:r13]
        vpaddsb xmm2, xmm1
        vpaddsb ymm3, ymm12
        vpaddsb xmm2, [rax+rcx*8-0x80]
        vpaddsb xmm2, oword [rel target]
        vpaddsb ymm3, [rax+rcx*8-0x80]
        vpaddsb ymm3, yword [fs:r13]
        vpaddsb xmm2, xmm1, xmm5
        vpaddsb ymm3, ymm12, ymm6
        vpaddsb xmm2, xmm1, [rax+rcx*8-0x80]
        vpaddsb xmm2, xmm11, oword [rel target]
        vpaddsb ymm3, ymm4, [rax+rcx*8-0x80]
        vpaddsb ymm3, ymm12, yword [fs:r13]
        vpaddsw xmm2, xmm1
        vpaddsw ymm3, ymm12
        vpaddsw xmm2, [rax+rcx*8-0x80]
        vpaddsw xmm2, oword [rel target]
        vpaddsw ymm3, [rax+rcx*8-0x80]
        vpaddsw ymm3, yword [fs:r13]
        vpaddsw xmm2, xmm1, xmm5
        vpaddsw ymm3, ymm12, ymm6
        vpaddsw xmm2, xmm1, [rax+rcx*8-0x80]
        vpaddsw xmm2, xmm11, oword [rel target]
        vpaddsw ymm3, ymm4, [rax+rcx*8-0x80]
        vpaddsw ymm3, ymm12, yword [fs:r13]
        vpaddusb xmm2, xmm1
        vpaddusb ymm3, ymm12
        vpaddusb xmm2, [rax+rcx*8-0x80]
        vpaddusb xmm2, oword [rel target]
        vpaddusb ymm3, [rax+rcx*8-0x80]
        vpaddusb ymm3, yword [fs:r13]
        vpaddusb xmm2, xmm1, xmm5
        vpaddusb ymm3, ymm12, ymm6
        vpaddusb xmm2, xmm1, [rax+rcx*8-0x80]
        vpaddusb xmm2, xmm11, oword [rel target]
        vpaddusb ymm3, ymm4, [rax+rcx*8-0x80]
        vpaddusb ymm3, ymm12, yword [fs:r13]
        vpaddusw xmm2, xmm1
        vpaddusw ymm3, ymm12
        vpaddusw xmm2, [rax+rcx*8-0x80]
        vpaddusw xmm2, oword [rel target]
        vpaddusw ymm3, [rax+rcx*8-0x80]
        vpaddusw ymm3, yword [fs:r13]
        vpaddusw xmm2, xmm1, xmm5
        vpaddusw ymm3, ymm12, ymm6
        vpaddusw xmm2, xmm1, [rax+rcx*8-0x80]
        vpaddusw xmm2, xmm11, oword [rel target]
        vpaddusw ymm3, ymm4, [rax+rcx*8-0x80]
        vpaddusw ymm3, ymm12, yword [fs:r13]
        vpaddw xmm2, xmm1
        vpaddw ymm3, ymm12
        vpaddw xmm2, [rax+rcx*8-0x80]
        vpaddw xmm2, oword [rel target]
        vpaddw ymm3, [rax+rcx*8-0x80]
        vpaddw ymm3, yword [fs:r13]
        vpaddw xmm2, xmm1, xmm5
        vpaddw ymm3, ymm12, ymm6
        vpaddw xmm2, xmm1, [rax+rcx*8-0x80]
        vpaddw xmm2, xmm11, oword [rel target]
        vpaddw ymm3, ymm4, [rax+rcx*8-0x80]
        vpaddw ymm3, ymm12, yword [fs:r13]
        vpalignr xmm2, xmm1, 5
        vpalignr ymm3, ymm12, 5
        vpalignr xmm2, [rax+rcx*8-0x80], 5
        vpalignr xmm2, oword [rel target], 5
        vpalignr ymm3, [rax+rcx*8-0x80], 5
        vpalignr ymm3, yword [fs:r13], 5
        vpalignr xmm2, xmm1, xmm5, 5
        vpalignr xmm2, xmm11, [rax+r8*4+0x10], 5
        vpalignr xmm2, xmm1, oword [rax+rcx*8-0x80], 5
        vpalignr ymm3, ymm12, ymm6, 5
        vpalignr ymm3, ymm4, [rax+rcx*8-0x80], 5
        vpalignr ymm3, ymm12, yword [fs:r13], 5
        vpand xmm2, xmm1
        vpand ymm3, ymm12
        vpand xmm2, [rax+rcx*8-0x80]
        vpand xmm2, oword [rel target]
        vpand ymm3, [rax+rcx*8-0x80]
        vpand ymm3, yword [fs:r13]
        vpand xmm2, xmm1, xmm5
        vpand ymm3, ymm12, ymm6
        vpand xmm2, xmm1, [rax+rcx*8-0x80]
        vpand xmm2, xmm11, oword [rel target]
        vpand ymm3, ymm4, [rax+rcx*8-0x80]
        vpand ymm3, ymm12, yword [fs:r13]
        vpandn xmm2, xmm1
        vpandn ymm3, ymm12
        vpandn xmm2, [rax+rcx*8-0x80]
        vpandn xmm2, oword [rel target]
        vpandn ymm3, [rax+rcx*8-0x80]
        vpandn ymm3, yword [fs:r13]
        vpandn xmm2, xmm1, xmm5
        vpandn ymm3, ymm12, ymm6
        vpandn xmm2, xmm1, [rax+rcx*8-0x80]
        vpandn xmm2, xmm11, oword [rel target]
        vpandn ymm3, ymm4, [rax+rcx*8-0x80]
        vpandn ymm3, ymm12, yword [fs:r13]
        vpavgb xmm2, xmm1
        vpavgb ymm3, ymm12
        vpavgb xmm2, [rax+rcx*8-0x80]
        vpavgb xmm2, oword [rel target]
        vpavgb ymm3, [rax+rcx*8-0x80]
        vpavgb ymm3, yword [fs:r13]
        vpavgb xmm2, xmm1, xmm5
        vpavgb ymm3, ymm12, ymm6
        vpavgb xmm2, xmm1, [rax+rcx*8-0x80]
        vpavgb xmm2, xmm11, oword [rel target]
        vpavgb ymm3, ymm4, [rax+rcx*8-0x80]
        vpavgb ymm3, ymm12, yword [fs:r13]
        vpavgw xmm2, xmm1
        vpavgw ymm3, ymm12
        vpavgw xmm2, [rax+rcx*8-0x80]
        vpavgw xmm2, oword [rel target]
        vpavgw ymm3, [rax+rcx*8-0x80]
        vpavgw ymm3, yword [fs:r13]
        vpavgw xmm2, xmm1, xmm5
        vpavgw ymm3, ymm12, ymm6
        vpavgw xmm2, xmm1, [rax+rcx*8-0x80]
        vpavgw xmm2, xmm11, oword [rel target]
        vpavgw ymm3, ymm4, [rax+rcx*8-0x80]
        vpavgw ymm3, ymm12, yword [fs:r13]
        vpblendd xmm2, xmm1, 5
        vpblendd ymm3, ymm12, 5
        vpblendd xmm2, [rax+rcx*8-0x80], 5
        vpblendd xmm2, oword [rel target], 5
        vpblendd ymm3, [rax+rcx*8-0x80], 5
        vpblendd ymm3, yword [fs:r13], 5
        vpblendd xmm2, xmm1, xmm5, 5
        vpblendd xmm2, xmm11, [rax+r8*4+0x10], 5
        vpblendd xmm2, xmm1, oword [rax+rcx*8-0x80], 5
        vpblendd ymm3, ymm12, ymm6, 5
        vpblendd ymm3, ymm4, [rax+rcx*8-0x80], 5
        vpblendd ymm3, ymm12, yword [fs:r13], 5
        vpblendvb xmm2, xmm1, xmm5
        vpblendvb ymm3, ymm12, ymm6
        vpblendvb xmm2, [rax+rcx*8-0x80], xmm5
        vpblendvb xmm2, oword [rel target], xmm5
        vpblendvb ymm3, [rax+rcx*8-0x80], ymm6
        vpblendvb ymm3, yword [fs:r13], ymm6
        vpblendvb xmm2, xmm1, xmm5, xmm4
        vpblendvb xmm2, xmm11, [rax+r8*4+0x10], xmm9
        vpblendvb xmm2, xmm1, oword [rax+rcx*8-0x80], xmm4
        vpblendvb ymm3, ymm12, ymm6, ymm8
        vpblendvb ymm3, ymm4, [rax+rcx*8-0x80], ymm1
        vpblendvb ymm3, ymm12, yword [fs:r13], ymm8
        vpblendw xmm2, xmm1, 5
        vpblendw ymm3, ymm12, 5
        vpblendw xmm2, [rax+rcx*8-0x80], 5
        vpblendw xmm2, oword [rel target], 5
        vpblendw ymm3, [rax+rcx*8-0x80], 5
        vpblendw ymm3, yword [fs:r13], 5
        vpblendw xmm2, xmm1, xmm5, 5
        vpblendw xmm2, xmm11, [rax+r8*4+0x10], 5
        vpblendw xmm2, xmm1, oword [rax+rcx*8-0x80], 5
        vpblendw ymm3, ymm12, ymm6, 5
        vpblendw ymm3, ymm4, [rax+rcx*8-0x80], 5
        vpblendw ymm3, ymm12, yword [fs:r13], 5
        vpbroadcastb xmm2, xmm1
        vpbroadcastb ymm3, xmm11
        vpbroadcastb xmm2, [rax+rcx*8-0x80]
        vpbroadcastb xmm2, byte [rel target]
        vpbroadcastb ymm3, [rax+rcx*8-0x80]
        vpbroadcastb ymm3, byte [fs:r13]
        vpbroadcastd xmm2, xmm1
        vpbroadcastd ymm3, xmm11
        vpbroadcastd xmm2, [rax+rcx*8-0x80]
        vpbroadcastd xmm2, dword [rel target]
        vpbroadcastd ymm3, [rax+rcx*8-0x80]
        vpbroadcastd ymm3, dword [fs:r13]
        vpbroadcastq xmm2, xmm1
        vpbroadcastq ymm3, xmm11
        vpbroadcastq xmm2, [rax+rcx*8-0x80]
        vpbroadcastq xmm2, qword [rel target]
        vpbroadcastq ymm3, [rax+rcx*8-0x80]
        vpbroadcastq ymm3, qword [fs:r13]
        vpbroadcastw xmm2, xmm1
        vpbroadcastw ymm3, xmm11
        vpbroadcastw xmm2, [rax+rcx*8-0x80]
        vpbroadcastw xmm2, word [rel target]
        vpbroadcastw ymm3, [rax+rcx*8-0x80]
        vpbroadcastw ymm3, word [fs:r13]
        vpclmulqdq xmm2, xmm1, 5
        vpclmulqdq ymm3, ymm12, 5
        vpclmulqdq xmm2, [rax+rcx*8-0x80], 5
        vpclmulqdq xmm2, oword [rel target], 5
        vpclmulqdq ymm3, [rax+rcx*8-0x80], 5
        vpclmulqdq ymm3, yword [fs:r13], 5
        vpclmulqdq xmm2, xmm1, xmm5, 5
        vpclmulqdq xmm2, xmm11, [rax+r8*4+0x10], 5
        vpclmulqdq xmm2, xmm1, oword [rax+rcx*8-0x80], 5
        vpclmulqdq ymm3, ymm12, ymm6, 5
        vpclmulqdq ymm3, ymm4, [rax+rcx*8-0x80], 5
        vpclmulqdq ymm3, ymm12, yword [fs:r13], 5
        vpcmpeqb xmm2, xmm1
        vpcmpeqb ymm3, ymm12
        vpcmpeqb xmm2, [rax+rcx*8-0x80]
        vpcmpeqb xmm2, oword [rel target]
        vpcmpeqb ymm3, [rax+rcx*8-0x80]
        vpcmpeqb ymm3, yword [fs:r13]
        vpcmpeqb xmm2, xmm1, xmm5
        vpcmpeqb ymm3, ymm12, ymm6
        vpcmpeqb xmm2, xmm1, [rax+rcx*8-0x80]
        vpcmpeqb xmm2, xmm11, oword [rel target]
        vpcmpeqb ymm3, ymm4, [rax+rcx*8-0x80]
        vpcmpeqb ymm3, ymm12, yword [fs:r13]
        vpcmpeqd xmm2, xmm1
        vpcmpeqd ymm3, ymm12
        vpcmpeqd xmm2, [rax+rcx*8-0x80]
        vpcmpeqd xmm2, oword [rel target]
        vpcmpeqd ymm3, [rax+rcx*8-0x80]
        vpcmpeqd ymm3, yword [fs:r13]
        vpcmpeqd xmm2, xmm1, xmm5
        vpcmpeqd ymm3, ymm12, ymm6
        vpcmpeqd xmm2, xmm1, [rax+rcx*8-0x80]
        vpcmpeqd xmm2, xmm11, oword [rel target]
        vpcmpeqd ymm3, ymm4, [rax+rcx*8-0x80]
        vpcmpeqd ymm3, ymm12, yword [fs:r13]
        vpcmpeqq xmm2, xmm1
        vpcmpeqq ymm3, ymm12
        vpcmpeqq xmm2, [rax+rcx*8-0x80]
        vpcmpeqq xmm2, oword [rel target]
        vpcmpeqq ymm3, [rax+rcx*8-0x80]
        vpcmpeqq ymm3, yword [fs:r13]
        vpcmpeqq xmm2, xmm1, xmm5
        vpcmpeqq ymm3, ymm12, ymm6
        vpcmpeqq xmm2, xmm1, [rax+rcx*8-0x80]
        vpcmpeqq xmm2, xmm11, oword [rel target]
        vpcmpeqq ymm3, ymm4, [rax+rcx*8-0x80]
        vpcmpeqq ymm3, ymm12, yword [fs:r13]
        vpcmpeqw xmm2, xmm1
        vpcmpeqw ymm3, ymm12
        vpcmpeqw xmm2, [rax+rcx*8-0x80]
        vpcmpeqw xmm2, oword [rel target]
        vpcmpeqw ymm3, [rax+rcx*8-0x80]
        vpcmpeqw ymm3, yword [fs:r13]
        vpcmpeqw xmm2, xmm1, xmm5
        vpcmpeqw ymm3, ymm12, ymm6
        vpcmpeqw xmm2, xmm1, [rax+rcx*8-0x80]
        vpcmpeqw xmm2, xmm11, oword [rel target]
        vpcmpeqw ymm3, ymm4, [rax+rcx*8-0x80]
        vpcmpeqw ymm3, ymm12, yword [fs:r13]
        vpcmpestri xmm2, xmm1, 5
        vpcmpestri xmm2, [rax+r8*4+0x10], 5
        vpcmpestri xmm2, oword [rax+rcx*8-0x80], 5
        vpcmpestrm xmm2, xmm11, 5
        vpcmpestrm xmm2, [rax+rcx*8-0x80], 5
        vpcmpestrm xmm2, oword [fs:r13], 5
        vpcmpgtb xmm2, xmm1
        vpcmpgtb ymm3, ymm12
        vpcmpgtb xmm2, [rax+rcx*8-0x80]
        vpcmpgtb xmm2, oword [rel target]
        vpcmpgtb ymm3, [rax+rcx*8-0x80]
        vpcmpgtb ymm3, yword [fs:r13]
        vpcmpgtb xmm2, xmm1, xmm5
        vpcmpgtb ymm3, ymm12, ymm6
        vpcmpgtb xmm2, xmm1, [rax+rcx*8-0x80]
        vpcmpgtb xmm2, xmm11, oword [rel target]
        vpcmpgtb ymm3, ymm4, [rax+rcx*8-0x80]
        vpcmpgtb ymm3, ymm12, yword [fs:r13]
        vpcmpgtd xmm2, xmm1
        vpcmpgtd ymm3, ymm12
        vpcmpgtd xmm2, [rax+rcx*8-0x80]
        vpcmpgtd xmm2, oword [rel target]
        vpcmpgtd ymm3, [rax+rcx*8-0x80]
        vpcmpgtd ymm3, yword [fs:r13]
        vpcmpgtd xmm2, xmm1, xmm5
        vpcmpgtd ymm3, ymm12, ymm6
        vpcmpgtd xmm2, xmm1, [rax+rcx*8-0x80]
        vpcmpgtd xmm2, xmm11, oword [rel target]
        vpcmpgtd ymm3, ymm4, [rax+rcx*8-0x80]
        vpcmpgtd ymm3, ymm12, yword [fs:r13]
        vpcmpgtq xmm2, xmm1
        vpcmpgtq ymm3, ymm12
        vpcmpgtq xmm2, [rax+rcx*8-0x80]
        vpcmpgtq xmm2, oword [rel target]
        vpcmpgtq ymm3, [rax+rcx*8-0x80]
        vpcmpgtq ymm3, yword [fs:r13]
        vpcmpgtq xmm2, xmm1, xmm5
        vpcmpgtq ymm3, ymm12, ymm6
        vpcmpgtq xmm2, xmm1, [rax+rcx*8-0x80]
        vpcmpgtq xmm2, xmm11, oword [rel target]
        vpcmpgtq ymm3, ymm4, [rax+rcx*8-0x80]
        vpcmpgtq ymm3, ymm12, yword [fs:r13]
        vpcmpgtw xmm2, xmm1
        vpcmpgtw ymm3, ymm12
        vpcmpgtw xmm2, [rax+rcx*8-0x80]
        vpcmpgtw xmm2, oword [rel target]
        vpcmpgtw ymm3, [rax+rcx*8-0x80]
        vpcmpgtw ymm3, yword [fs:r13]
        vpcmpgtw xmm2, xmm1, xmm5
        vpcmpgtw ymm3, ymm12, ymm6
        vpcmpgtw xmm2, xmm1, [rax+rcx*8-0x80]
        vpcmpgtw xmm2, xmm11, oword [rel target]
        vpcmpgtw ymm3, ymm4, [rax+rcx*8-0x80]
        vpcmpgtw ymm3, ymm12, yword [fs:r13]
        vpcmpistri xmm2, xmm1, 5
        vpcmpistri xmm2, [rax+r8*4+0x10], 5
        vpcmpistri xmm2, oword [rax+rcx*8-0x80], 5
        vpcmpistrm xmm2, xmm11, 5
        vpcmpistrm xmm2, [rax+rcx*8-0x80], 5
        vpcmpistrm xmm2, oword [fs:r13], 5
        vperm2f128 ymm3, ymm4, 5
        vperm2f128 ymm3, [rax+r8*4+0x10], 5
        vperm2f128 ymm3, yword [rax+rcx*8-0x80], 5
        vperm2f128 ymm3, ymm12, ymm6, 5
        vperm2f128 ymm3, ymm4, [rax+rcx*8-0x80], 5
        vperm2f128 ymm3, ymm12, yword [fs:r13], 5
        vperm2i128 ymm3, ymm4, 5
        vperm2i128 ymm3, [rax+r8*4+0x10], 5
        vperm2i128 ymm3, yword [rax+rcx*8-0x80], 5
        vperm2i128 ymm3, ymm12, ymm6, 5
        vperm2i128 ymm3, ymm4, [rax+rcx*8-0x80], 5
        vperm2i128 ymm3, ymm12, yword [fs:r13], 5
        vpermd ymm3, ymm4
        vpermd ymm3, [rax+r8*4+0x10]
        vpermd ymm3, yword [rax+rcx*8-0x80]
        vpermd ymm3, ymm12, ymm6
        vpermd ymm3, ymm4, [rax+rcx*8-0x80]
        vpermd ymm3, ymm12, yword [fs:r13]
        vpermilpd xmm2, xmm1
        vpermilpd ymm3, ymm12
        vpermilpd xmm2, [rax+rcx*8-0x80]
        vpermilpd xmm2, oword [rel target]
        vpermilpd ymm3, [rax+rcx*8-0x80]
        vpermilpd ymm3, yword [fs:r13]
        vpermilpd xmm2, xmm1, xmm5
        vpermilpd xmm2, xmm11, 5
        vpermilpd ymm3, ymm4, ymm6
        vpermilpd ymm3, ymm12, 5
        vpermilpd xmm2, xmm1, [rax+rcx*8-0x80]
        vpermilpd xmm2, xmm11, oword [fs:r13]
        vpermilpd xmm2, [rax+rcx*8-0x80], 5
        vpermilpd xmm2, oword [rax+r8*4+0x10], 5
        vpermilpd ymm3, ymm4, [rax+rcx*8-0x80]
        vpermilpd ymm3, ymm12, yword [rel target]
        vpermilpd ymm3, [rax+rcx*8-0x80], 5
        vpermilpd ymm3, yword [fs:r13], 5
        vpermilps xmm2, xmm1
        vpermilps ymm3, ymm12
        vpermilps xmm2, [rax+rcx*8-0x80]
        vpermilps xmm2, oword [rel target]
        vpermilps ymm3, [rax+rcx*8-0x80]
        vpermilps ymm3, yword [fs:r13]
        vpermilps xmm2, xmm1, xmm5
        vpermilps xmm2, xmm11, 5
        vpermilps ymm3, ymm4, ymm6
        vpermilps ymm3, ymm12, 5
        vpermilps xmm2, xmm1, [rax+rcx*8-0x80]
        vpermilps xmm2, xmm11, oword [fs:r13]
        vpermilps xmm2, [rax+rcx*8-0x80], 5
        vpermilps xmm2, oword [rax+r8*4+0x10], 5
        vpermilps ymm3, ymm4, [rax+rcx*8-0x80]
        vpermilps ymm3, ymm12, yword [rel target]
        vpermilps ymm3, [rax+rcx*8-0x80], 5
        vpermilps ymm3, yword [fs:r13], 5
        vpermpd ymm3, ymm4, 5
        vpermpd ymm3, [rax+r8*4+0x10], 5
        vpermpd ymm3, yword [rax+rcx*8-0x80], 5
        vpermps ymm3, ymm12
        vpermps ymm3, [rax+rcx*8-0x80]
        vpermps ymm3, yword [fs:r13]
        vpermps ymm3, ymm4, ymm6
        vpermps ymm3, ymm12, [rax+r8*4+0x10]
        vpermps ymm3, ymm4, yword [rax+rcx*8-0x80]
        vpermq ymm3, ymm12, 5
        vpermq ymm3, [rax+rcx*8-0x80], 5
        vpermq ymm3, yword [fs:r13], 5
        vpextrb ecx, xmm1, 5
        vpextrb [rax+r8*4+0x10], xmm11, 5
        vpextrb byte [rax+rcx*8-0x80], xmm1, 5
        vpextrd ecx, xmm11, 5
        vpextrd [rax+rcx*8-0x80], xmm1, 5
        vpextrd dword [fs:r13], xmm11, 5
        vpextrq rbx, xmm1, 5
        vpextrq [rax+r8*4+0x10], xmm11, 5
        vpextrq qword [rax+rcx*8-0x80], xmm1, 5
        vpextrw ecx, xmm11, 5
        vpextrw [rax+rcx*8-0x80], xmm1, 5
        vpextrw word [fs:r13], xmm11, 5
        vphaddd xmm2, xmm1
        vphaddd ymm3, ymm12
        vphaddd xmm2, [rax+rcx*8-0x80]
        vphaddd xmm2, oword [rel target]
        vphaddd ymm3, [rax+rcx*8-0x80]
        vphaddd ymm3, yword [fs:r13]
        vphaddd xmm2, xmm1, xmm5
        vphaddd ymm3, ymm12, ymm6
        vphaddd xmm2, xmm1, [rax+rcx*8-0x80]
        vphaddd xmm2, xmm11, oword [rel target]
        vphaddd ymm3, ymm4, [rax+rcx*8-0x80]
        vphaddd ymm3, ymm12, yword [fs:r13]
        vphaddsw xmm2, xmm1
        vphaddsw ymm3, ymm12
        vphaddsw xmm2, [rax+rcx*8-0x80]
        vphaddsw xmm2, oword [rel target]
        vphaddsw ymm3, [rax+rcx*8-0x80]
        vphaddsw ymm3, yword [fs:r13]
        vphaddsw xmm2, xmm1, xmm5
        vphaddsw ymm3, ymm12, ymm6
        vphaddsw xmm2, xmm1, [rax+rcx*8-0x80]
        vphaddsw xmm2, xmm11, oword [rel target]
        vphaddsw ymm3, ymm4, [rax+rcx*8-0x80]
        vphaddsw ymm3, ymm12, yword [fs:r13]
        vphaddw xmm2, xmm1
        vphaddw ymm3, ymm12
        vphaddw xmm2, [rax+rcx*8-0x80]
        vphaddw xmm2, oword [rel target]
        vphaddw ymm3, [rax+rcx*8-0x80]
        vphaddw ymm3, yword [fs:r13]
        vphaddw xmm2, xmm1, xmm5
        vphaddw ymm3, ymm12, ymm6
        vphaddw xmm2, xmm1, [rax+rcx*8-0x80]
        vphaddw xmm2, xmm11, oword [rel target]
        vphaddw ymm3, ymm4, [rax+rcx*8-0x80]
        vphaddw ymm3, ymm12, yword [fs:r13]
        vphminposuw xmm2, xmm1
        vphminposuw xmm2, [rax+r8*4+0x10]
        vphminposuw xmm2, oword [rax+rcx*8-0x80]
        vphsubd xmm2, xmm11
        vphsubd ymm3, ymm4
        vphsubd xmm2, [fs:r13]
        vphsubd xmm2, oword [rax+rcx*8-0x80]
        vphsubd ymm3, [rax+r8*4+0x10]
        vphsubd ymm3, yword [rax+rcx*8-0x80]
        vphsubd xmm2, xmm11, xmm5
        vphsubd ymm3, ymm4, ymm6
        vphsubd xmm2, xmm11, [fs:r13]
        vphsubd xmm2, xmm1, oword [rax+rcx*8-0x80]
        vphsubd ymm3, ymm12, [rax+r8*4+0x10]
        vphsubd ymm3, ymm4, yword [rax+rcx*8-0x80]
        vphsubsw xmm2, xmm11
        vphsubsw ymm3, ymm4
        vphsubsw xmm2, [fs:r13]
        vphsubsw xmm2, oword [rax+rcx*8-0x80]
        vphsubsw ymm3, [rax+r8*4+0x10]
        vphsubsw ymm3, yword [rax+rcx*8-0x80]
        vphsubsw xmm2, xmm11, xmm5
        vphsubsw ymm3, ymm4, ymm6
        vphsubsw xmm2, xmm11, [fs:r13]
        vphsubsw xmm2, xmm1, oword [rax+rcx*8-0x80]
        vphsubsw ymm3, ymm12, [rax+r8*4+0x10]
        vphsubsw ymm3, ymm4, yword [rax+rcx*8-0x80]
        vphsubw xmm2, xmm11
        vphsubw ymm3, ymm4
        vphsubw xmm2, [fs:r13]
        vphsubw xmm2, oword [rax+rcx*8-0x80]
        vphsubw ymm3, [rax+r8*4+0x10]
        vphsubw ymm3, yword [rax+rcx*8-0x80]
        vphsubw xmm2, xmm11, xmm5
        vphsubw ymm3, ymm4, ymm6
        vphsubw xmm2, xmm11, [fs:r13]
        vphsubw xmm2, xmm1, oword [rax+rcx*8-0x80]
        vphsubw ymm3, ymm12, [rax+r8*4+0x10]
        vphsubw ymm3, ymm4, yword [rax+rcx*8-0x80]
        vpinsrb xmm2, r9d, 5
        vpinsrb xmm2, [rax+rcx*8-0x80], 5
        vpinsrb xmm2, byte [fs:r13], 5
        vpinsrb xmm2, xmm1, edx, 5
        vpinsrb xmm2, xmm11, [rax+r8*4+0x10], 5
        vpinsrb xmm2, xmm1, byte [rax+rcx*8-0x80], 5
        vpinsrd xmm2, r9d, 5
        vpinsrd xmm2, [rax+rcx*8-0x80], 5
        vpinsrd xmm2, dword [fs:r13], 5
        vpinsrd xmm2, xmm1, edx, 5
        vpinsrd xmm2, xmm11, [rax+r8*4+0x10], 5
        vpinsrd xmm2, xmm1, dword [rax+rcx*8-0x80], 5
        vpinsrq xmm2, r10, 5
        vpinsrq xmm2, [rax+rcx*8-0x80], 5
        vpinsrq xmm2, qword [fs:r13], 5
        vpinsrq xmm2, xmm1, rsi, 5
        vpinsrq xmm2, xmm11, [rax+r8*4+0x10], 5
        vpinsrq xmm2, xmm1, qword [rax+rcx*8-0x80], 5
        vpinsrw xmm2, r9d, 5
        vpinsrw xmm2, [rax+rcx*8-0x80], 5
        vpinsrw xmm2, word [fs:r13], 5
        vpinsrw xmm2, xmm1, edx, 5
        vpinsrw xmm2, xmm11, [rax+r8*4+0x10], 5
        vpinsrw xmm2, xmm1, word [rax+rcx*8-0x80], 5
        vpmaddubsw xmm2, xmm11
        vpmaddubsw ymm3, ymm4
        vpmaddubsw xmm2, [fs:r13]
        vpmaddubsw xmm2, oword [rax+rcx*8-0x80]
        vpmaddubsw ymm3, [rax+r8*4+0x10]
        vpmaddubsw ymm3, yword [rax+rcx*8-0x80]
        vpmaddubsw xmm2, xmm11, xmm5
        vpmaddubsw ymm3, ymm4, ymm6
        vpmaddubsw xmm2, xmm11, [fs:r13]
        vpmaddubsw xmm2, xmm1, oword [rax+rcx*8-0x80]
        vpmaddubsw ymm3, ymm12, [rax+r8*4+0x10]
        vpmaddubsw ymm3, ymm4, yword [rax+rcx*8-0x80]
        vpmaddwd xmm2, xmm11
        vpmaddwd ymm3, ymm4
        vpmaddwd xmm2, [fs:r13]
        vpmaddwd xmm2, oword [rax+rcx*8-0x80]
        vpmaddwd ymm3, [rax+r8*4+0x10]
        vpmaddwd ymm3, yword [rax+rcx*8-0x80]
        vpmaddwd xmm2, xmm11, xmm5
        vpmaddwd ymm3, ymm4, ymm6
        vpmaddwd xmm2, xmm11, [fs:r13]
        vpmaddwd xmm2, xmm1, oword [rax+rcx*8-0x80]
        vpmaddwd ymm3, ymm12, [rax+r8*4+0x10]
        vpmaddwd ymm3, ymm4, yword [rax+rcx*8-0x80]
        vpmaskmovd xmm2, [rel target]
        vpmaskmovd xmm2, oword [rax+rcx*8-0x80]
        vpmaskmovd ymm3, [fs:r13]
        vpmaskmovd ymm3, yword [rax+rcx*8-0x80]
        vpmaskmovd [rax+r8*4+0x10], xmm11, xmm5
        vpmaskmovd oword [rax+rcx*8-0x80], xmm1, xmm5
        vpmaskmovd xmm2, xmm11, [rel target]
        vpmaskmovd xmm2, xmm1, oword [rax+rcx*8-0x80]
        vpmaskmovd [fs:r13], ymm12, ymm6
        vpmaskmovd yword [rax+rcx*8-0x80], ymm4, ymm6
        vpmaskmovd ymm3, ymm12, [rax+r8*4+0x10]
        vpmaskmovd ymm3, ymm4, yword [rax+rcx*8-0x80]
        vpmaskmovq xmm2, [rel target]
        vpmaskmovq xmm2, oword [rax+rcx*8-0x80]
        vpmaskmovq ymm3, [fs:r13]
        vpmaskmovq ymm3, yword [rax+rcx*8-0x80]
        vpmaskmovq [rax+r8*4+0x10], xmm11, xmm5
        vpmaskmovq oword [rax+rcx*8-0x80], xmm1, xmm5
        vpmaskmovq xmm2, xmm11, [rel target]
        vpmaskmovq xmm2, xmm1, oword [rax+rcx*8-0x80]
        vpmaskmovq [fs:r13], ymm12, ymm6
        vpmaskmovq yword [rax+rcx*8-0x80], ymm4, ymm6
        vpmaskmovq ymm3, ymm12, [rax+r8*4+0x10]
        vpmaskmovq ymm3, ymm4, yword [rax+rcx*8-0x80]
        vpmaxsb xmm2, xmm11
        vpmaxsb ymm3, ymm4
        vpmaxsb xmm2, [fs:r13]
        vpmaxsb xmm2, oword [rax+rcx*8-0x80]
        vpmaxsb ymm3, [rax+r8*4+0x10]
        vpmaxsb ymm3, yword [rax+rcx*8-0x80]
        vpmaxsb xmm2, xmm11, xmm5
        vpmaxsb ymm3, ymm4, ymm6
        vpmaxsb xmm2, xmm11, [fs:r13]
        vpmaxsb xmm2, xmm1, oword [rax+rcx*8-0x80]
        vpmaxsb ymm3, ymm12, [rax+r8*4+0x10]
        vpmaxsb ymm3, ymm4, yword [rax+rcx*8-0x80]
        vpmaxsd xmm2, xmm11
        vpmaxsd ymm3, ymm4
        vpmaxsd xmm2, [fs:r13]
        vpmaxsd xmm2, oword [rax+rcx*8-0x80]
        vpmaxsd ymm3, [rax+r8*4+0x10]
        vpmaxsd ymm3, yword [rax+rcx*8-0x80]
        vpmaxsd xmm2, xmm11, xmm5
        vpmaxsd ymm3, ymm4, ymm6
        vpmaxsd xmm2, xmm11, [fs:r13]
        vpmaxsd xmm2, xmm1, oword [rax+rcx*8-0x80]
        vpmaxsd ymm3, ymm12, [rax+r8*4+0x10]
        vpmaxsd ymm3, ymm4, yword [rax+rcx*8-0x80]
        vpmaxsw xmm2, xmm11
        vpmaxsw ymm3, ymm4
        vpmaxsw xmm2, [fs:r13]
        vpmaxsw xmm2, oword [rax+rcx*8-0x80]
        vpmaxsw ymm3, [rax+r8*4+0x10]
        vpmaxsw ymm3, yword [rax+rcx*8-0x80]
        vpmaxsw xmm2, xmm11, xmm5
        vpmaxsw ymm3, ymm4, ymm6
        vpmaxsw xmm2, xmm11, [fs:r13]
        vpmaxsw xmm2, xmm1, oword [rax+rcx*8-0x80]
        vpmaxsw ymm3, ymm12, [rax+r8*4+0x10]
        vpmaxsw ymm3, ymm4, yword [rax+rcx*8-0x80]
        vpmaxub xmm2, xmm11
        vpmaxub ymm3, ymm4
        vpmaxub xmm2, [fs:r13]
        vpmaxub xmm2, oword [rax+rcx*8-0x80]
        vpmaxub ymm3, [rax+r8*4+0x10]
        vpmaxub ymm3, yword [rax+rcx*8-0x80]
        vpmaxub xmm2, xmm11, xmm5
        vpmaxub ymm3, ymm4, ymm6
        vpmaxub xmm2, xmm11, [fs:r13]
        vpmaxub xmm2, xmm1, oword [rax+rcx*8-0x80]
        vpmaxub ymm3, ymm12, [rax+r8*4+0x10]
        vpmaxub ymm3, ymm4, yword [rax+rcx*8-0x80]
        vpmaxud xmm2, xmm11
        vpmaxud ymm3, ymm4
        vpmaxud xmm2, [fs:r13]
        vpmaxud xmm2, oword [rax+rcx*8-0x80]
        vpmaxud ymm3, [rax+r8*4+0x10]
        vpmaxud ymm3, yword [rax+rcx*8-0x80]
        vpmaxud xmm2, xmm11, xmm5
        vpmaxud ymm3, ymm4, ymm6
        vpmaxud xmm2, xmm11, [fs:r13]
        vpmaxud xmm2, xmm1, oword [rax+rcx*8-0x80]
        vpmaxud ymm3, ymm12, [rax+r8*4+0x10]
        vpmaxud ymm3, ymm4, yword [rax+rcx*8-0x80]
        vpmaxuw xmm2, xmm11
        vpmaxuw ymm3, ymm4
        vpmaxuw xmm2, [fs:r13]
        vpmaxuw xmm2, oword [rax+rcx*8-0x80]
        vpmaxuw ymm3, [rax+r8*4+0x10]
        vpmaxuw ymm3, yword [rax+rcx*8-0x80]
        vpmaxuw xmm2, xmm11, xmm5
        vpmaxuw ymm3, ymm4, ymm6
        vpmaxuw xmm2, xmm11, [fs:r13]
        vpmaxuw xmm2, xmm1, oword [rax+rcx*8-0x80]
        vpmaxuw ymm3, ymm12, [rax+r8*4+0x10]
        vpmaxuw ymm3, ymm4, yword [rax+rcx*8-0x80]
        vpminsb xmm2, xmm11
        vpminsb ymm3, ymm4
        vpminsb xmm2, [fs:r13]
        vpminsb xmm2, oword [rax+rcx*8-0x80]
        vpminsb ymm3, [rax+r8*4+0x10]
        vpminsb ymm3, yword [rax+rcx*8-0x80]
        vpminsb xmm2, xmm11, xmm5
        vpminsb ymm3, ymm4, ymm6
        vpminsb xmm2, xmm11, [fs:r13]
        vpminsb xmm2, xmm1, oword [rax+rcx*8-0x80]
        vpminsb ymm3, ymm12, [rax+r8*4+0x10]
        vpminsb ymm3, ymm4, yword [rax+rcx*8-0x80]
        vpminsd xmm2, xmm11
        vpminsd ymm3, ymm4
        vpminsd xmm2, [fs:r13]
        vpminsd xmm2, oword [rax+rcx*8-0x80]
        vpminsd ymm3, [rax+r8*4+0x10]
        vpminsd ymm3, yword [rax+rcx*8-0x80]
        vpminsd xmm2, xmm11, xmm5
        vpminsd ymm3, ymm4, ymm6
        vpminsd xmm2, xmm11, [fs:r13]
        vpminsd xmm2, xmm1, oword [rax+rcx*8-0x80]
        vpminsd ymm3, ymm12, [rax+r8*4+0x10]
        vpminsd ymm3, ymm4, yword [rax+rcx*8-0x80]
        vpminsw xmm2, xmm11
        vpminsw ymm3, ymm4
        vpminsw xmm2, [fs:r13]
        vpminsw xmm2, oword [rax+rcx*8-0x80]
        vpminsw ymm3, [rax+r8*4+0x10]
        vpminsw ymm3, yword [rax+rcx*8-0x80]
        vpminsw xmm2, xmm11, xmm5
        vpminsw ymm3, ymm4, ymm6
        vpminsw xmm2, xmm11, [fs:r13]
        vpminsw xmm2, xmm1, oword [rax+rcx*8-0x80]
        vpminsw ymm3, ymm12, [rax+r8*4+0x10]
        vpminsw ymm3, ymm4, yword [rax+rcx*8-0x80]
        vpminub xmm2, xmm11
        vpminub ymm3, ymm4
        vpminub xmm2, [fs:r13]
        vpminub xmm2, oword [rax+rcx*8-0x80]
        vpminub ymm3, [rax+r8*4+0x10]
        vpminub ymm3, yword [rax+rcx*8-0x80]
        vpminub xmm2, xmm11, xmm5
        vpminub ymm3, ymm4, ymm6
        vpminub xmm2, xmm11, [fs:r13]
        vpminub xmm2, xmm1, oword [rax+rcx*8-0x80]
        vpminub ymm3, ymm12, [rax+r8*4+0x10]
        vpminub ymm3, ymm4, yword [rax+rcx*8-0x80]
        vpminud xmm2, xmm11
        vpminud ymm3, ymm4
        vpminud xmm2, [fs:r13]
        vpminud xmm2, oword [rax+rcx*8-0x80]
        vpminud ymm3, [rax+r8*4+0x10]
        vpminud ymm3, yword [rax+rcx*8-0x80]
        vpminud xmm2, xmm11, xmm5
        vpminud ymm3, ymm4, ymm6
        vpminud xmm2, xmm11, [fs:r13]
        vpminud xmm2, xmm1, oword [rax+rcx*8-0x80]
        vpminud ymm3, ymm12, [rax+r8*4+0x10]
        vpminud ymm3, ymm4, yword [rax+rcx*8-0x80]
        vpminuw xmm2, xmm11
        vpminuw ymm3, ymm4
        vpminuw xmm2, [fs:r13]
        vpminuw xmm2, oword [rax+rcx*8-0x80]
        vpminuw ymm3, [rax+r8*4+0x10]
        vpminuw ymm3, yword [rax+rcx*8-0x80]
        vpminuw xmm2, xmm11, xmm5
        vpminuw ymm3, ymm4, ymm6
        vpminuw xmm2, xmm11, [fs:r13]
        vpminuw xmm2, xmm1, oword [rax+rcx*8-0x80]
        vpminuw ymm3, ymm12, [rax+r8*4+0x10]
        vpminuw ymm3, ymm4, yword [rax+rcx*8-0x80]
        vpmovmskb ecx, xmm11
        vpmovmskb ecx, ymm4
        vpmovmskb rbx, xmm11
        vpmovmskb rbx, ymm4
        vpmovsxbd xmm2, xmm11
        vpmovsxbd ymm3, xmm1
        vpmovsxbd xmm2, [rel target]
        vpmovsxbd xmm2, dword [rax+rcx*8-0x80]
        vpmovsxbd ymm3, [fs:r13]
        vpmovsxbd ymm3, qword [rax+rcx*8-0x80]
        vpmovsxbq xmm2, xmm11
        vpmovsxbq ymm3, xmm1
        vpmovsxbq xmm2, [rel target]
        vpmovsxbq xmm2, word [rax+rcx*8-0x80]
        vpmovsxbq ymm3, [fs:r13]
        vpmovsxbq ymm3, dword [rax+rcx*8-0x80]
        vpmovsxbw xmm2, xmm11
        vpmovsxbw ymm3, xmm1
        vpmovsxbw xmm2, [rel target]
        vpmovsxbw xmm2, qword [rax+rcx*8-0x80]
        vpmovsxbw ymm3, [fs:r13]
        vpmovsxbw ymm3, oword [rax+rcx*8-0x80]
        vpmovsxdq xmm2, xmm11
        vpmovsxdq ymm3, xmm1
        vpmovsxdq xmm2, [rel target]
        vpmovsxdq xmm2, qword [rax+rcx*8-0x80]
        vpmovsxdq ymm3, [fs:r13]
        vpmovsxdq ymm3, oword [rax+rcx*8-0x80]
        vpmovsxwd xmm2, xmm11
        vpmovsxwd ymm3, xmm1
        vpmovsxwd xmm2, [rel target]
        vpmovsxwd xmm2, qword [rax+rcx*8-0x80]
        vpmovsxwd ymm3, [fs:r13]
        vpmovsxwd ymm3, oword [rax+rcx*8-0x80]
        vpmovsxwq xmm2, xmm11
        vpmovsxwq ymm3, xmm1
        vpmovsxwq xmm2, [rel target]
        vpmovsxwq xmm2, dword [rax+rcx*8-0x80]
        vpmovsxwq ymm3, [fs:r13]
        vpmovsxwq ymm3, qword [rax+rcx*8-0x80]
        vpmovzxbd xmm2, xmm11
        vpmovzxbd ymm3, xmm1
        vpmovzxbd xmm2, [rel target]
        vpmovzxbd xmm2, dword [rax+rcx*8-0x80]
        vpmovzxbd ymm3, [fs:r13]
        vpmovzxbd ymm3, qword [rax+rcx*8-0x80]
        vpmovzxbq xmm2, xmm11
        vpmovzxbq ymm3, xmm1
        vpmovzxbq xmm2, [rel target]
        vpmovzxbq xmm2, word [rax+rcx*8-0x80]
        vpmovzxbq ymm3, [fs:r13]
        vpmovzxbq ymm3, dword [rax+rcx*8-0x80]
        vpmovzxbw xmm2, xmm11
        vpmovzxbw ymm3, xmm1
        vpmovzxbw xmm2, [rel target]
        vpmovzxbw xmm2, qword [rax+rcx*8-0x80]
        vpmovzxbw ymm3, [fs:r13]
        vpmovzxbw ymm3, oword [rax+rcx*8-0x80]
        vpmovzxdq xmm2, xmm11
        vpmovzxdq ymm3, xmm1
        vpmovzxdq xmm2, [rel target]
        vpmovzxdq xmm2, qword [rax+rcx*8-0x80]
        vpmovzxdq ymm3, [fs:r13]
        vpmovzxdq ymm3, oword [rax+rcx*8-0x80]
        vpmovzxwd xmm2, xmm11
        vpmovzxwd ymm3, xmm1
        vpmovzxwd xmm2, [rel target]
        vpmovzxwd xmm2, qword [rax+rcx*8-0x80]
        vpmovzxwd ymm3, [fs:r13]
        vpmovzxwd ymm3, oword [rax+rcx*8-0x80]
        vpmovzxwq xmm2, xmm11
        vpmovzxwq ymm3, xmm1
        vpmovzxwq xmm2, [rel target]
        vpmovzxwq xmm2, dword [rax+rcx*8-0x80]
        vpmovzxwq ymm3, [fs:r13]
        vpmovzxwq ymm3, qword [rax+rcx*8-0x80]
        vpmuldq xmm2, xmm11
        vpmuldq ymm3, ymm4
        vpmuldq xmm2, [rel target]
        vpmuldq xmm2, oword [rax+rcx*8-0x80]
        vpmuldq ymm3, [fs:r13]
        vpmuldq ymm3, yword [rax+rcx*8-0x80]
        vpmuldq xmm2, xmm11, xmm5
        vpmuldq ymm3, ymm4, ymm6
        vpmuldq xmm2, xmm11, [rel target]
        vpmuldq xmm2, xmm1, oword [rax+rcx*8-0x80]
        vpmuldq ymm3, ymm12, [fs:r13]
        vpmuldq ymm3, ymm4, yword [rax+rcx*8-0x80]
        vpmulhrsw xmm2, xmm11
        vpmulhrsw ymm3, ymm4
        vpmulhrsw xmm2, [rel target]
        vpmulhrsw xmm2, oword [rax+rcx*8-0x80]
        vpmulhrsw ymm3, [fs:r13]
        vpmulhrsw ymm3, yword [rax+rcx*8-0x80]
        vpmulhrsw xmm2, xmm11, xmm5
        vpmulhrsw ymm3, ymm4, ymm6
        vpmulhrsw xmm2, xmm11, [rel target]
        vpmulhrsw xmm2, xmm1, oword [rax+rcx*8-0x80]
        vpmulhrsw ymm3, ymm12, [fs:r13]
        vpmulhrsw ymm3, ymm4, yword [rax+rcx*8-0x80]
        vpmulhuw xmm2, xmm11
        vpmulhuw ymm3, ymm4
        vpmulhuw xmm2, [rel target]
        vpmulhuw xmm2, oword [rax+rcx*8-0x80]
        vpmulhuw ymm3, [fs:r13]
        vpmulhuw ymm3, yword [rax+rcx*8-0x80]
        vpmulhuw xmm2, xmm11, xmm5
        vpmulhuw ymm3, ymm4, ymm6
        vpmulhuw xmm2, xmm11, [rel target]
        vpmulhuw xmm2, xmm1, oword [rax+rcx*8-0x80]
        vpmulhuw ymm3, ymm12, [fs:r13]
        vpmulhuw ymm3, ymm4, yword [rax+rcx*8-0x80]
        vpmulhw xmm2, xmm11
        vpmulhw ymm3, ymm4
        vpmulhw xmm2, [rel target]
        vpmulhw xmm2, oword [rax+rcx*8-0x80]
        vpmulhw ymm3, [fs:r13]
        vpmulhw ymm3, yword [rax+rcx*8-0x80]
        vpmulhw xmm2, xmm11, xmm5
        vpmulhw ymm3, ymm4, ymm6
        vpmulhw xmm2, xmm11, [rel target]
        vpmulhw xmm2, xmm1, oword [rax+rcx*8-0x80]
        vpmulhw ymm3, ymm12, [fs:r13]
        vpmulhw ymm3, ymm4, yword [rax+rcx*8-0x80]
        vpmulld xmm2, xmm11
        vpmulld ymm3, ymm4
        vpmulld xmm2, [rel target]
        vpmulld xmm2, oword [rax+rcx*8-0x80]
        vpmulld ymm3, [fs:r13]
        vpmulld ymm3, yword [rax+rcx*8-0x80]
        vpmulld xmm2, xmm11, xmm5
        vpmulld ymm3, ymm4, ymm6
        vpmulld xmm2, xmm11, [rel target]
        vpmulld xmm2, xmm1, oword [rax+rcx*8-0x80]
        vpmulld ymm3, ymm12, [fs:r13]
        vpmulld ymm3, ymm4, yword [rax+rcx*8-0x80]
        vpmullw xmm2, xmm11
        vpmullw ymm3, ymm4
        vpmullw xmm2, [rel target]
        vpmullw xmm2, oword [rax+rcx*8-0x80]
        vpmullw ymm3, [fs:r13]
        vpmullw ymm3, yword [rax+rcx*8-0x80]
        vpmullw xmm2, xmm11, xmm5
        vpmullw ymm3, ymm4, ymm6
        vpmullw xmm2, xmm11, [rel target]
        vpmullw xmm2, xmm1, oword [rax+rcx*8-0x80]
        vpmullw ymm3, ymm12, [fs:r13]
        vpmullw ymm3, ymm4, yword [rax+rcx*8-0x80]
        vpmuludq xmm2, xmm11
        vpmuludq ymm3, ymm4
        vpmuludq xmm2, [rel target]
        vpmuludq xmm2, oword [rax+rcx*8-0x80]
        vpmuludq ymm3, [fs:r13]
        vpmuludq ymm3, yword [rax+rcx*8-0x80]
        vpmuludq xmm2, xmm11, xmm5
        vpmuludq ymm3, ymm4, ymm6
        vpmuludq xmm2, xmm11, [rel target]
        vpmuludq xmm2, xmm1, oword [rax+rcx*8-0x80]
        vpmuludq ymm3, ymm12, [fs:r13]
        vpmuludq ymm3, ymm4, yword [rax+rcx*8-0x80]
        vpor xmm2, xmm11
        vpor ymm3, ymm4
        vpor xmm2, [rel target]
        vpor xmm2, oword [rax+rcx*8-0x80]
        vpor ymm3, [fs:r13]
        vpor ymm3, yword [rax+rcx*8-0x80]
        vpor xmm2, xmm11, xmm5
        vpor ymm3, ymm4, ymm6
        vpor xmm2, xmm11, [rel target]
        vpor xmm2, xmm1, oword [rax+rcx*8-0x80]
        vpor ymm3, ymm12, [fs:r13]
        vpor ymm3, ymm4, yword [rax+rcx*8-0x80]
        vpsadbw xmm2, xmm11
        vpsadbw ymm3, ymm4
        vpsadbw xmm2, [rel target]
        vpsadbw xmm2, oword [rax+rcx*8-0x80]
        vpsadbw ymm3, [fs:r13]
        vpsadbw ymm3, yword [rax+rcx*8-0x80]
        vpsadbw xmm2, xmm11, xmm5
        vpsadbw ymm3, ymm4, ymm6
        vpsadbw xmm2, xmm11, [rel target]
        vpsadbw xmm2, xmm1, oword [rax+rcx*8-0x80]
        vpsadbw ymm3, ymm12, [fs:r13]
        vpsadbw ymm3, ymm4, yword [rax+rcx*8-0x80]
        vpshufb xmm2, xmm11
        vpshufb ymm3, ymm4
        vpshufb xmm2, [rel target]
        vpshufb xmm2, oword [rax+rcx*8-0x80]
        vpshufb ymm3, [fs:r13]
        vpshufb ymm3, yword [rax+rcx*8-0x80]
        vpshufb xmm2, xmm11, xmm5
        vpshufb ymm3, ymm4, ymm6
        vpshufb xmm2, xmm11, [rel target]
        vpshufb xmm2, xmm1, oword [rax+rcx*8-0x80]
        vpshufb ymm3, ymm12, [fs:r13]
        vpshufb ymm3, ymm4, yword [rax+rcx*8-0x80]
        vpshufd xmm2, xmm11, 5
        vpshufd ymm3, ymm4, 5
        vpshufd xmm2, [rel target], 5
        vpshufd xmm2, oword [rax+rcx*8-0x80], 5
        vpshufd ymm3, [fs:r13], 5
        vpshufd ymm3, yword [rax+rcx*8-0x80], 5
        vpshufhw xmm2, xmm11, 5
        vpshufhw ymm3, ymm4, 5
        vpshufhw xmm2, [rel target], 5
        vpshufhw xmm2, oword [rax+rcx*8-0x80], 5
        vpshufhw ymm3, [fs:r13], 5
        vpshufhw ymm3, yword [rax+rcx*8-0x80], 5
        vpshuflw xmm2, xmm11, 5
        vpshuflw ymm3, ymm4, 5
        vpshuflw xmm2, [rel target], 5
        vpshuflw xmm2, oword [rax+rcx*8-0x80], 5
        vpshuflw ymm3, [fs:r13], 5
        vpshuflw ymm3, yword [rax+rcx*8-0x80], 5
        vpsignb xmm2, xmm11
        vpsignb ymm3, ymm4
        vpsignb xmm2, [rel target]
        vpsignb xmm2, oword [rax+rcx*8-0x80]
        vpsignb ymm3, [fs:r13]
        vpsignb ymm3, yword [rax+rcx*8-0x80]
        vpsignb xmm2, xmm11, xmm5
        vpsignb ymm3, ymm4, ymm6
        vpsignb xmm2, xmm11, [rel target]
        vpsignb xmm2, xmm1, oword [rax+rcx*8-0x80]
        vpsignb ymm3, ymm12, [fs:r13]
        vpsignb ymm3, ymm4, yword [rax+rcx*8-0x80]
        vpsignd xmm2, xmm11
        vpsignd ymm3, ymm4
        vpsignd xmm2, [rel target]
        vpsignd xmm2, oword [rax+rcx*8-0x80]
        vpsignd ymm3, [fs:r13]
        vpsignd ymm3, yword [rax+rcx*8-0x80]
        vpsignd xmm2, xmm11, xmm5
        vpsignd ymm3, ymm4, ymm6
        vpsignd xmm2, xmm11, [rel target]
        vpsignd xmm2, xmm1, oword [rax+rcx*8-0x80]
        vpsignd ymm3, ymm12, [fs:r13]
        vpsignd ymm3, ymm4, yword [rax+rcx*8-0x80]
        vpsignw xmm2, xmm11
        vpsignw ymm3, ymm4
        vpsignw xmm2, [rel target]
        vpsignw xmm2, oword [rax+rcx*8-0x80]
        vpsignw ymm3, [fs:r13]
        vpsignw ymm3, yword [rax+rcx*8-0x80]
        vpsignw xmm2, xmm11, xmm5
        vpsignw ymm3, ymm4, ymm6
        vpsignw xmm2, xmm11, [rel target]
        vpsignw xmm2, xmm1, oword [rax+rcx*8-0x80]
        vpsignw ymm3, ymm12, [fs:r13]
        vpsignw ymm3, ymm4, yword [rax+rcx*8-0x80]
        vpslld xmm2, xmm11
        vpslld xmm2, 5
        vpslld ymm3, xmm11
        vpslld ymm3, 5
        vpslld xmm2, [fs:r13]
        vpslld xmm2, oword [rax+rcx*8-0x80]
        vpslld ymm3, [rax+r8*4+0x10]
        vpslld ymm3, oword [rax+rcx*8-0x80]
        vpslld xmm2, xmm11, xmm5
        vpslld xmm2, xmm1, 5
        vpslld ymm3, ymm12, xmm5
        vpslld ymm3, ymm4, 5
        vpslld xmm2, xmm11, [rax+r8*4+0x10]
        vpslld xmm2, xmm1, oword [rax+rcx*8-0x80]
        vpslld ymm3, ymm12, [rel target]
        vpslld ymm3, ymm4, oword [rax+rcx*8-0x80]
        vpslldq xmm2, 5
        vpslldq ymm3, 5
        vpslldq xmm2, xmm11, 5
        vpslldq ymm3, ymm4, 5
        vpsllq xmm2, xmm11
        vpsllq xmm2, 5
        vpsllq ymm3, xmm11
        vpsllq ymm3, 5
        vpsllq xmm2, [rax+r8*4+0x10]
        vpsllq xmm2, oword [rax+rcx*8-0x80]
        vpsllq ymm3, [rel target]
        vpsllq ymm3, oword [rax+rcx*8-0x80]
        vpsllq xmm2, xmm11, xmm5
        vpsllq xmm2, xmm1, 5
        vpsllq ymm3, ymm12, xmm5
        vpsllq ymm3, ymm4, 5
        vpsllq xmm2, xmm11, [rel target]
        vpsllq xmm2, xmm1, oword [rax+rcx*8-0x80]
        vpsllq ymm3, ymm12, [fs:r13]
        vpsllq ymm3, ymm4, oword [rax+rcx*8-0x80]
        vpsllvd xmm2, xmm11
        vpsllvd ymm3, ymm4
        vpsllvd xmm2, [rel target]
        vpsllvd xmm2, oword [rax+rcx*8-0x80]
        vpsllvd ymm3, [fs:r13]
        vpsllvd ymm3, yword [rax+rcx*8-0x80]
        vpsllvd xmm2, xmm11, xmm5
        vpsllvd ymm3, ymm4, ymm6
        vpsllvd xmm2, xmm11, [rel target]
        vpsllvd xmm2, xmm1, oword [rax+rcx*8-0x80]
        vpsllvd ymm3, ymm12, [fs:r13]
        vpsllvd ymm3, ymm4, yword [rax+rcx*8-0x80]
        vpsllvq xmm2, xmm11
        vpsllvq ymm3, ymm4
        vpsllvq xmm2, [rel target]
        vpsllvq xmm2, oword [rax+rcx*8-0x80]
        vpsllvq ymm3, [fs:r13]
        vpsllvq ymm3, yword [rax+rcx*8-0x80]
        vpsllvq xmm2, xmm11, xmm5
        vpsllvq ymm3, ymm4, ymm6
        vpsllvq xmm2, xmm11, [rel target]
        vpsllvq xmm2, xmm1, oword [rax+rcx*8-0x80]
        vpsllvq ymm3, ymm12, [fs:r13]
        vpsllvq ymm3, ymm4, yword [rax+rcx*8-0x80]
        vpsllw xmm2, xmm11
        vpsllw xmm2, 5
        vpsllw ymm3, xmm11
        vpsllw ymm3, 5
        vpsllw xmm2, [fs:r13]
        vpsllw xmm2, oword [rax+rcx*8-0x80]
        vpsllw ymm3, [rax+r8*4+0x10]
        vpsllw ymm3, oword [rax+rcx*8-0x80]
        vpsllw xmm2, xmm11, xmm5
        vpsllw xmm2, xmm1, 5
        vpsllw ymm3, ymm12, xmm5
        vpsllw ymm3, ymm4, 5
        vpsllw xmm2, xmm11, [rax+r8*4+0x10]
        vpsllw xmm2, xmm1, oword [rax+rcx*8-0x80]
        vpsllw ymm3, ymm12, [rel target]
        vpsllw ymm3, ymm4, oword [rax+rcx*8-0x80]
        vpsrad xmm2, xmm11
        vpsrad xmm2, 5
        vpsrad ymm3, xmm11
        vpsrad ymm3, 5
        vpsrad xmm2, [rel target]
        vpsrad xmm2, oword [rax+rcx*8-0x80]
        vpsrad ymm3, [fs:r13]
        vpsrad ymm3, oword [rax+rcx*8-0x80]
        vpsrad xmm2, xmm11, xmm5
        vpsrad xmm2, xmm1, 5
        vpsrad ymm3, ymm12, xmm5
        vpsrad ymm3, ymm4, 5
        vpsrad xmm2, xmm11, [fs:r13]
        vpsrad xmm2, xmm1, oword [rax+rcx*8-0x80]
        vpsrad ymm3, ymm12, [rax+r8*4+0x10]
        vpsrad ymm3, ymm4, oword [rax+rcx*8-0x80]
        vpsravd xmm2, xmm11
        vpsravd ymm3, ymm4
        vpsravd xmm2, [fs:r13]
        vpsravd xmm2, oword [rax+rcx*8-0x80]
        vpsravd ymm3, [rax+r8*4+0x10]
        vpsravd ymm3, yword [rax+rcx*8-0x80]
        vpsravd xmm2, xmm11, xmm5
        vpsravd ymm3, ymm4, ymm6
        vpsravd xmm2, xmm11, [fs:r13]
        vpsravd xmm2, xmm1, oword [rax+rcx*8-0x80]
        vpsravd ymm3, ymm12, [rax+r8*4+0x10]
        vpsravd ymm3, ymm4, yword [rax+rcx*8-0x80]
        vpsraw xmm2, xmm11
        vpsraw xmm2, 5
        vpsraw ymm3, xmm11
        vpsraw ymm3, 5
        vpsraw xmm2, [rax+r8*4+0x10]
        vpsraw xmm2, oword [rax+rcx*8-0x80]
        vpsraw ymm3, [rel target]
        vpsraw ymm3, oword [rax+rcx*8-0x80]
        vpsraw xmm2, xmm11, xmm5
        vpsraw xmm2, xmm1, 5
        vpsraw ymm3, ymm12, xmm5
        vpsraw ymm3, ymm4, 5
        vpsraw xmm2, xmm11, [rel target]
        vpsraw xmm2, xmm1, oword [rax+rcx*8-0x80]
        vpsraw ymm3, ymm12, [fs:r13]
        vpsraw ymm3, ymm4, oword [rax+rcx*8-0x80]
        vpsrld xmm2, xmm11
        vpsrld xmm2, 5
        vpsrld ymm3, xmm11
        vpsrld ymm3, 5
        vpsrld xmm2, [fs:r13]
        vpsrld xmm2, oword [rax+rcx*8-0x80]
        vpsrld ymm3, [rax+r8*4+0x10]
        vpsrld ymm3, oword [rax+rcx*8-0x80]
        vpsrld xmm2, xmm11, xmm5
        vpsrld xmm2, xmm1, 5
        vpsrld ymm3, ymm12, xmm5
        vpsrld ymm3, ymm4, 5
        vpsrld xmm2, xmm11, [rax+r8*4+0x10]
        vpsrld xmm2, xmm1, oword [rax+rcx*8-0x80]
        vpsrld ymm3, ymm12, [rel target]
        vpsrld ymm3, ymm4, oword [rax+rcx*8-0x80]
        vpsrldq xmm2, 5
        vpsrldq ymm3, 5
        vpsrldq xmm2, xmm11, 5
        vpsrldq ymm3, ymm4, 5
        vpsrlq xmm2, xmm11
        vpsrlq xmm2, 5
        vpsrlq ymm3, xmm11
        vpsrlq ymm3, 5
        vpsrlq xmm2, [rax+r8*4+0x10]
        vpsrlq xmm2, oword [rax+rcx*8-0x80]
        vpsrlq ymm3, [rel target]
        vpsrlq ymm3, oword [rax+rcx*8-0x80]
        vpsrlq xmm2, xmm11, xmm5
        vpsrlq xmm2, xmm1, 5
        vpsrlq ymm3, ymm12, xmm5
        vpsrlq ymm3, ymm4, 5
        vpsrlq xmm2, xmm11, [rel target]
        vpsrlq xmm2, xmm1, oword [rax+rcx*8-0x80]
        vpsrlq ymm3, ymm12, [fs:r13]
        vpsrlq ymm3, ymm4, oword [rax+rcx*8-0x80]
        vpsrlvd xmm2, xmm11
        vpsrlvd ymm3, ymm4
        vpsrlvd xmm2, [rel target]
        vpsrlvd xmm2, oword [rax+rcx*8-0x80]
        vpsrlvd ymm3, [fs:r13]
        vpsrlvd ymm3, yword [rax+rcx*8-0x80]
        vpsrlvd xmm2, xmm11, xmm5
        vpsrlvd ymm3, ymm4, ymm6
        vpsrlvd xmm2, xmm11, [rel target]
        vpsrlvd xmm2, xmm1, oword [rax+rcx*8-0x80]
        vpsrlvd ymm3, ymm12, [fs:r13]
        vpsrlvd ymm3, ymm4, yword [rax+rcx*8-0x80]
        vpsrlvq xmm2, xmm11
        vpsrlvq ymm3, ymm4
        vpsrlvq xmm2, [rel target]
        vpsrlvq xmm2, oword [rax+rcx*8-0x80]
        vpsrlvq ymm3, [fs:r13]
        vpsrlvq ymm3, yword [rax+rcx*8-0x80]
        vpsrlvq xmm2, xmm11, xmm5
        vpsrlvq ymm3, ymm4, ymm6
        vpsrlvq xmm2, xmm11, [rel target]
        vpsrlvq xmm2, xmm1, oword [rax+rcx*8-0x80]
        vpsrlvq ymm3, ymm12, [fs:r13]
        vpsrlvq ymm3, ymm4, yword [rax+rcx*8-0x80]
        vpsrlw xmm2, xmm11
        vpsrlw xmm2, 5
        vpsrlw ymm3, xmm11
        vpsrlw ymm3, 5
        vpsrlw xmm2, [fs:r13]
        vpsrlw xmm2, oword [rax+rcx*8-0x80]
        vpsrlw ymm3, [rax+r8*4+0x10]
        vpsrlw ymm3, oword [rax+rcx*8-0x80]
        vpsrlw xmm2, xmm11, xmm5
        vpsrlw xmm2, xmm1, 5
        vpsrlw ymm3, ymm12, xmm5
        vpsrlw ymm3, ymm4, 5
        vpsrlw xmm2, xmm11, [rax+r8*4+0x10]
        vpsrlw xmm2, xmm1, oword [rax+rcx*8-0x80]
        vpsrlw ymm3, ymm12, [rel target]
        vpsrlw ymm3, ymm4, oword [rax+rcx*8-0x80]
        vpsubb xmm2, xmm11
        vpsubb ymm3, ymm4
        vpsubb xmm2, [rax+r8*4+0x10]
        vpsubb xmm2, oword [rax+rcx*8-0x80]
        vpsubb ymm3, [rel target]
        vpsubb ymm3, yword [rax+rcx*8-0x80]
        vpsubb xmm2, xmm11, xmm5
        vpsubb ymm3, ymm4, ymm6
        vpsubb xmm2, xmm11, [rax+r8*4+0x10]
        vpsubb xmm2, xmm1, oword [rax+rcx*8-0x80]
        vpsubb ymm3, ymm12, [rel target]
        vpsubb ymm3, ymm4, yword [rax+rcx*8-0x80]
        vpsubd xmm2, xmm11
        vpsubd ymm3, ymm4
        vpsubd xmm2, [rax+r8*4+0x10]
        vpsubd xmm2, oword [rax+rcx*8-0x80]
        vpsubd ymm3, [rel target]
        vpsubd ymm3, yword [rax+rcx*8-0x80]
        vpsubd xmm2, xmm11, xmm5
        vpsubd ymm3, ymm4, ymm6
        vpsubd xmm2, xmm11, [rax+r8*4+0x10]
        vpsubd xmm2, xmm1, oword [rax+rcx*8-0x80]
        vpsubd ymm3, ymm12, [rel target]
        vpsubd ymm3, ymm4, yword [rax+rcx*8-0x80]
        vpsubq xmm2, xmm11
        vpsubq ymm3, ymm4
        vpsubq xmm2, [rax+r8*4+0x10]
        vpsubq xmm2, oword [rax+rcx*8-0x80]
        vpsubq ymm3, [rel target]
        vpsubq ymm3, yword [rax+rcx*8-0x80]
        vpsubq xmm2, xmm11, xmm5
        vpsubq ymm3, ymm4, ymm6
        vpsubq xmm2, xmm11, [rax+r8*4+0x10]
        vpsubq xmm2, xmm1, oword [rax+rcx*8-0x80]
        vpsubq ymm3, ymm12, [rel target]
        vpsubq ymm3, ymm4, yword [rax+rcx*8-0x80]
        vpsubsb xmm2, xmm11
        vpsubsb ymm3, ymm4
        vpsubsb xmm2, [rax+r8*4+0x10]
        vpsubsb xmm2, oword [rax+rcx*8-0x80]
        vpsubsb ymm3, [rel target]
        vpsubsb ymm3, yword [rax+rcx*8-0x80]
        vpsubsb xmm2, xmm11, xmm5
        vpsubsb ymm3, ymm4, ymm6
        vpsubsb xmm2, xmm11, [rax+r8*4+0x10]
        vpsubsb xmm2, xmm1, oword [rax+rcx*8-0x80]
        vpsubsb ymm3, ymm12, [rel target]
        vpsubsb ymm3, ymm4, yword [rax+rcx*8-0x80]
        vpsubsw xmm2, xmm11
        vpsubsw ymm3, ymm4
        vpsubsw xmm2, [rax+r8*4+0x10]
        vpsubsw xmm2, oword [rax+rcx*8-0x80]
        vpsubsw ymm3, [rel target]
        vpsubsw ymm3, yword [rax+rcx*8-0x80]
        vpsubsw xmm2, xmm11, xmm5
        vpsubsw ymm3, ymm4, ymm6
        vpsubsw xmm2, xmm11, [rax+r8*4+0x10]
        vpsubsw xmm2, xmm1, oword [rax+rcx*8-0x80]
        vpsubsw ymm3, ymm12, [rel target]
        vpsubsw ymm3, ymm4, yword [rax+rcx*8-0x80]
        vpsubusb xmm2, xmm11
        vpsubusb ymm3, ymm4
        vpsubusb xmm2, [rax+r8*4+0x10]
        vpsubusb xmm2, oword [rax+rcx*8-0x80]
        vpsubusb ymm3, [rel target]
        vpsubusb ymm3, yword [rax+rcx*8-0x80]
        vpsubusb xmm2, xmm11, xmm5
        vpsubusb ymm3, ymm4, ymm6
        vpsubusb xmm2, xmm11, [rax+r8*4+0x10]
        vpsubusb xmm2, xmm1, oword [rax+rcx*8-0x80]
        vpsubusb ymm3, ymm12, [rel target]
        vpsubusb ymm3, ymm4, yword [rax+rcx*8-0x80]
        vpsubusw xmm2, xmm11
        vpsubusw ymm3, ymm4
        vpsubusw xmm2, [rax+r8*4+0x10]
        vpsubusw xmm2, oword [rax+rcx*8-0x80]
        vpsubusw ymm3, [rel target]
        vpsubusw ymm3, yword [rax+rcx*8-0x80]
        vpsubusw xmm2, xmm11, xmm5
        vpsubusw ymm3, ymm4, ymm6
        vpsubusw xmm2, xmm11, [rax+r8*4+0x10]
        vpsubusw xmm2, xmm1, oword [rax+rcx*8-0x80]
        vpsubusw ymm3, ymm12, [rel target]
        vpsubusw ymm3, ymm4, yword [rax+rcx*8-0x80]
        vpsubw xmm2, xmm11
        vpsubw ymm3, ymm4
        vpsubw xmm2, [rax+r8*4+0x10]
        vpsubw xmm2, oword [rax+rcx*8-0x80]
        vpsubw ymm3, [rel target]
        vpsubw ymm3, yword [rax+rcx*8-0x80]
        vpsubw xmm2, xmm11, xmm5
        vpsubw ymm3, ymm4, ymm6
        vpsubw xmm2, xmm11, [rax+r8*4+0x10]
        vpsubw xmm2, xmm1, oword [rax+rcx*8-0x80]
        vpsubw ymm3, ymm12, [rel target]
        vpsubw ymm3, ymm4, yword [rax+rcx*8-0x80]
        vptest xmm2, xmm11
        vptest ymm3, ymm4
        vptest xmm2, [rax+r8*4+0x10]
        vptest xmm2, oword [rax+rcx*8-0x80]
        vptest ymm3, [rel target]
        vptest ymm3, yword [rax+rcx*8-0x80]
        vpunpckhbw xmm2, xmm11
        vpunpckhbw ymm3, ymm4
        vpunpckhbw xmm2, [rax+r8*4+0x10]
        vpunpckhbw xmm2, oword [rax+rcx*8-0x80]
        vpunpckhbw ymm3, [rel target]
        vpunpckhbw ymm3, yword [rax+rcx*8-0x80]
        vpunpckhbw xmm2, xmm11, xmm5
        vpunpckhbw ymm3, ymm4, ymm6
        vpunpckhbw xmm2, xmm11, [rax+r8*4+0x10]
        vpunpckhbw xmm2, xmm1, oword [rax+rcx*8-0x80]
        vpunpckhbw ymm3, ymm12, [rel target]
        vpunpckhbw ymm3, ymm4, yword [rax+rcx*8-0x80]
        vpunpckhdq xmm2, xmm11
        vpunpckhdq ymm3, ymm4
        vpunpckhdq xmm2, [rax+r8*4+0x10]
        vpunpckhdq xmm2, oword [rax+rcx*8-0x80]
        vpunpckhdq ymm3, [rel target]
        vpunpckhdq ymm3, yword [rax+rcx*8-0x80]
        vpunpckhdq xmm2, xmm11, xmm5
        vpunpckhdq ymm3, ymm4, ymm6
        vpunpckhdq xmm2, xmm11, [rax+r8*4+0x10]
        vpunpckhdq xmm2, xmm1, oword [rax+rcx*8-0x80]
        vpunpckhdq ymm3, ymm12, [rel target]
        vpunpckhdq ymm3, ymm4, yword [rax+rcx*8-0x80]
        vpunpckhqdq xmm2, xmm11
        vpunpckhqdq ymm3, ymm4
        vpunpckhqdq xmm2, [rax+r8*4+0x10]
        vpunpckhqdq xmm2, oword [rax+rcx*8-0x80]
        vpunpckhqdq ymm3, [rel target]
        vpunpckhqdq ymm3, yword [rax+rcx*8-0x80]
        vpunpckhqdq xmm2, xmm11, xmm5
        vpunpckhqdq ymm3, ymm4, ymm6
        vpunpckhqdq xmm2, xmm11, [rax+r8*4+0x10]
        vpunpckhqdq xmm2, xmm1, oword [rax+rcx*8-0x80]
        vpunpckhqdq ymm3, ymm12, [rel target]
        vpunpckhqdq ymm3, ymm4, yword [rax+rcx*8-0x80]
        vpunpckhwd xmm2, xmm11
        vpunpckhwd ymm3, ymm4
        vpunpckhwd xmm2, [rax+r8*4+0x10]
        vpunpckhwd xmm2, oword [rax+rcx*8-0x80]
        vpunpckhwd ymm3, [rel target]
        vpunpckhwd ymm3, yword [rax+rcx*8-0x80]
        vpunpckhwd xmm2, xmm11, xmm5
        vpunpckhwd ymm3, ymm4, ymm6
        vpunpckhwd xmm2, xmm11, [rax+r8*4+0x10]
        vpunpckhwd xmm2, xmm1, oword [rax+rcx*8-0x80]
        vpunpckhwd ymm3, ymm12, [rel target]
        vpunpckhwd ymm3, ymm4, yword [rax+rcx*8-0x80]
        vpunpcklbw xmm2, xmm11
        vpunpcklbw ymm3, ymm4
        vpunpcklbw xmm2, [rax+r8*4+0x10]
        vpunpcklbw xmm2, oword [rax+rcx*8-0x80]
        vpunpcklbw ymm3, [rel target]
        vpunpcklbw ymm3, yword [rax+rcx*8-0x80]
        vpunpcklbw xmm2, xmm11, xmm5
        vpunpcklbw ymm3, ymm4, ymm6
        vpunpcklbw xmm2, xmm11, [rax+r8*4+0x10]
        vpunpcklbw xmm2, xmm1, oword [rax+rcx*8-0x80]
        vpunpcklbw ymm3, ymm12, [rel target]
        vpunpcklbw ymm3, ymm4, yword [rax+rcx*8-0x80]
        vpunpckldq xmm2, xmm11
        vpunpckldq ymm3, ymm4
        vpunpckldq xmm2, [rax+r8*4+0x10]
        vpunpckldq xmm2, oword [rax+rcx*8-0x80]
        vpunpckldq ymm3, [rel target]
        vpunpckldq ymm3, yword [rax+rcx*8-0x80]
        vpunpckldq xmm2, xmm11, xmm5
        vpunpckldq ymm3, ymm4, ymm6
        vpunpckldq xmm2, xmm11, [rax+r8*4+0x10]
        vpunpckldq xmm2, xmm1, oword [rax+rcx*8-0x80]
        vpunpckldq ymm3, ymm12, [rel target]
        vpunpckldq ymm3, ymm4, yword [rax+rcx*8-0x80]
        vpunpcklqdq xmm2, xmm11
        vpunpcklqdq ymm3, ymm4
        vpunpcklqdq xmm2, [rax+r8*4+0x10]
        vpunpcklqdq xmm2, oword [rax+rcx*8-0x80]
        vpunpcklqdq ymm3, [rel target]
        vpunpcklqdq ymm3, yword [rax+rcx*8-0x80]
        vpunpcklqdq xmm2, xmm11, xmm5
        vpunpcklqdq ymm3, ymm4, ymm6
        vpunpcklqdq xmm2, xmm11, [rax+r8*4+0x10]
        vpunpcklqdq xmm2, xmm1, oword [rax+rcx*8-0x80]
        vpunpcklqdq ymm3, ymm12, [rel target]
        vpunpcklqdq ymm3, ymm4, yword [rax+rcx*8-0x80]
        vpunpcklwd xmm2, xmm11
        vpunpcklwd ymm3, ymm4
        vpunpcklwd xmm2, [rax+r8*4+0x10]
        vpunpcklwd xmm2, oword [rax+rcx*8-0x80]
        vpunpcklwd ymm3, [rel target]
        vpunpcklwd ymm3, yword [rax+rcx*8-0x80]
        vpunpcklwd xmm2, xmm11, xmm5
        vpunpcklwd ymm3, ymm4, ymm6
        vpunpcklwd xmm2, xmm11, [rax+r8*4+0x10]
        vpunpcklwd xmm2, xmm1, oword [rax+rcx*8-0x80]
        vpunpcklwd ymm3, ymm12, [rel target]
        vpunpcklwd ymm3, ymm4, yword [rax+rcx*8-0x80]
        vpxor xmm2, xmm11
        vpxor ymm3, ymm4
        vpxor xmm2, [rax+r8*4+0x10]
        vpxor xmm2, oword [rax+rcx*8-0x80]
        vpxor ymm3, [rel target]
        vpxor ymm3, yword [rax+rcx*8-0x80]
        vpxor xmm2, xmm11, xmm5
        vpxor ymm3, ymm4, ymm6
        vpxor xmm2, xmm11, [rax+r8*4+0x10]
        vpxor xmm2, xmm1, oword [rax+rcx*8-0x80]
        vpxor ymm3, ymm12, [rel target]
        vpxor ymm3, ymm4, yword [rax+rcx*8-0x80]
        vrcpps xmm2, xmm11
        vrcpps ymm3, ymm4
        vrcpps xmm2, [rax+r8*4+0x10]
        vrcpps xmm2, oword [rax+rcx*8-0x80]
        vrcpps ymm3, [rel target]
        vrcpps ymm3, yword [rax+rcx*8-0x80]
        vrcpss xmm2, xmm11
        vrcpss xmm2, [rax+rcx*8-0x80]
        vrcpss xmm2, dword [rax+r8*4+0x10]
        vrcpss xmm2, xmm1, xmm5
        vrcpss xmm2, xmm11, [rel target]
        vrcpss xmm2, xmm1, dword [rax+rcx*8-0x80]
        vroundpd xmm2, xmm11, 5
        vroundpd ymm3, ymm4, 5
        vroundpd xmm2, [rax+r8*4+0x10], 5
        vroundpd xmm2, oword [rax+rcx*8-0x80], 5
        vroundpd ymm3, [rel target], 5
        vroundpd ymm3, yword [rax+rcx*8-0x80], 5
        vroundps xmm2, xmm11, 5
        vroundps ymm3, ymm4, 5
        vroundps xmm2, [rax+r8*4+0x10], 5
        vroundps xmm2, oword [rax+rcx*8-0x80], 5
        vroundps ymm3, [rel target], 5
        vroundps ymm3, yword [rax+rcx*8-0x80], 5
        vroundsd xmm2, xmm11, 5
        vroundsd xmm2, [rax+rcx*8-0x80], 5
        vroundsd xmm2, qword [rax+r8*4+0x10], 5
        vroundsd xmm2, xmm1, xmm5, 5
        vroundsd xmm2, xmm11, [rel target], 5
        vroundsd xmm2, xmm1, qword [rax+rcx*8-0x80], 5
        vroundss xmm2, xmm11, 5
        vroundss xmm2, [rax+rcx*8-0x80], 5
        vroundss xmm2, dword [rax+r8*4+0x10], 5
        vroundss xmm2, xmm1, xmm5, 5
        vroundss xmm2, xmm11, [rel target], 5
        vroundss xmm2, xmm1, dword [rax+rcx*8-0x80], 5
        vrsqrtps xmm2, xmm11
        vrsqrtps ymm3, ymm4
        vrsqrtps xmm2, [rax+r8*4+0x10]
        vrsqrtps xmm2, oword [rax+rcx*8-0x80]
        vrsqrtps ymm3, [rel target]
        vrsqrtps ymm3, yword [rax+rcx*8-0x80]
        vrsqrtss xmm2, xmm11
        vrsqrtss xmm2, [rax+rcx*8-0x80]
        vrsqrtss xmm2, dword [rax+r8*4+0x10]
        vrsqrtss xmm2, xmm1, xmm5
        vrsqrtss xmm2, xmm11, [rel target]
        vrsqrtss xmm2, xmm1, dword [rax+rcx*8-0x80]
        vshufpd xmm2, xmm11, 5
        vshufpd ymm3, ymm4, 5
        vshufpd xmm2, [rax+r8*4+0x10], 5
        vshufpd xmm2, oword [rax+rcx*8-0x80], 5
        vshufpd ymm3, [rel target], 5
        vshufpd ymm3, yword [rax+rcx*8-0x80], 5
        vshufpd xmm2, xmm11, xmm5, 5
        vshufpd xmm2, xmm1, [rax+rcx*8-0x80], 5
        vshufpd xmm2, xmm11, oword [rax+r8*4+0x10], 5
        vshufpd ymm3, ymm4, ymm6, 5
        vshufpd ymm3, ymm12, [rel target], 5
        vshufpd ymm3, ymm4, yword [rax+rcx*8-0x80], 5
        vshufps xmm2, xmm11, 5
        vshufps ymm3, ymm4, 5
        vshufps xmm2, [rax+r8*4+0x10], 5
        vshufps xmm2, oword [rax+rcx*8-0x80], 5
        vshufps ymm3, [rel target], 5
        vshufps ymm3, yword [rax+rcx*8-0x80], 5
        vshufps xmm2, xmm11, xmm5, 5
        vshufps xmm2, xmm1, [rax+rcx*8-0x80], 5
        vshufps xmm2, xmm11, oword [rax+r8*4+0x10], 5
        vshufps ymm3, ymm4, ymm6, 5
        vshufps ymm3, ymm12, [rel target], 5
        vshufps ymm3, ymm4, yword [rax+rcx*8-0x80], 5
        vsqrtpd xmm2, xmm11
        vsqrtpd ymm3, ymm4
        vsqrtpd xmm2, [rax+r8*4+0x10]
        vsqrtpd xmm2, oword [rax+rcx*8-0x80]
        vsqrtpd ymm3, [rel target]
        vsqrtpd ymm3, yword [rax+rcx*8-0x80]
        vsqrtps xmm2, xmm11
        vsqrtps ymm3, ymm4
        vsqrtps xmm2, [rax+r8*4+0x10]
        vsqrtps xmm2, oword [rax+rcx*8-0x80]
        vsqrtps ymm3, [rel target]
        vsqrtps ymm3, yword [rax+rcx*8-0x80]
        vsqrtsd xmm2, xmm11
        vsqrtsd xmm2, [rax+rcx*8-0x80]
        vsqrtsd xmm2, qword [rax+r8*4+0x10]
        vsqrtsd xmm2, xmm1, xmm5
        vsqrtsd xmm2, xmm11, [rel target]
        vsqrtsd xmm2, xmm1, qword [rax+rcx*8-0x80]
        vsqrtss xmm2, xmm11
        vsqrtss xmm2, [rax+rcx*8-0x80]
        vsqrtss xmm2, dword [rax+r8*4+0x10]
        vsqrtss xmm2, xmm1, xmm5
        vsqrtss xmm2, xmm11, [rel target]
        vsqrtss xmm2, xmm1, dword [rax+rcx*8-0x80]
        vstmxcsr [fs:r13]
        vstmxcsr dword [rax+rcx*8-0x80]
        vsubpd xmm2, xmm11
        vsubpd ymm3, ymm4
        vsubpd xmm2, [rel target]
        vsubpd xmm2, oword [rax+rcx*8-0x80]
        vsubpd ymm3, [fs:r13]
        vsubpd ymm3, yword [rax+rcx*8-0x80]
        vsubpd xmm2, xmm11, xmm5
        vsubpd ymm3, ymm4, ymm6
        vsubpd xmm2, xmm11, [rel target]
        vsubpd xmm2, xmm1, oword [rax+rcx*8-0x80]
        vsubpd ymm3, ymm12, [fs:r13]
        vsubpd ymm3, ymm4, yword [rax+rcx*8-0x80]
        vsubps xmm2, xmm11
        vsubps ymm3, ymm4
        vsubps xmm2, [rel target]
        vsubps xmm2, oword [rax+rcx*8-0x80]
        vsubps ymm3, [fs:r13]
        vsubps ymm3, yword [rax+rcx*8-0x80]
        vsubps xmm2, xmm11, xmm5
        vsubps ymm3, ymm4, ymm6
        vsubps xmm2, xmm11, [rel target]
        vsubps xmm2, xmm1, oword [rax+rcx*8-0x80]
        vsubps ymm3, ymm12, [fs:r13]
        vsubps ymm3, ymm4, yword [rax+rcx*8-0x80]
        vsubsd xmm2, xmm11
        vsubsd xmm2, [rax+rcx*8-0x80]
        vsubsd xmm2, qword [rel target]
        vsubsd xmm2, xmm1, xmm5
        vsubsd xmm2, xmm11, [fs:r13]
        vsubsd xmm2, xmm1, qword [rax+rcx*8-0x80]
        vsubss xmm2, xmm11
        vsubss xmm2, [rax+rcx*8-0x80]
        vsubss xmm2, dword [rel target]
        vsubss xmm2, xmm1, xmm5
        vsubss xmm2, xmm11, [fs:r13]
        vsubss xmm2, xmm1, dword [rax+rcx*8-0x80]
        vtestpd xmm2, xmm11
        vtestpd ymm3, ymm4
        vtestpd xmm2, [rel target]
        vtestpd xmm2, oword [rax+rcx*8-0x80]
        vtestpd ymm3, [fs:r13]
        vtestpd ymm3, yword [rax+rcx*8-0x80]
        vtestps xmm2, xmm11
        vtestps ymm3, ymm4
        vtestps xmm2, [rel target]
        vtestps xmm2, oword [rax+rcx*8-0x80]
        vtestps ymm3, [fs:r13]
        vtestps ymm3, yword [rax+rcx*8-0x80]
        vucomisd xmm2, xmm11
        vucomisd xmm2, [rax+rcx*8-0x80]
        vucomisd xmm2, qword [rel target]
        vucomiss xmm2, xmm1
        vucomiss xmm2, [fs:r13]
        vucomiss xmm2, dword [rax+rcx*8-0x80]
        vunpckhpd xmm2, xmm11
        vunpckhpd ymm3, ymm4
        vunpckhpd xmm2, [rel target]
        vunpckhpd xmm2, oword [rax+rcx*8-0x80]
        vunpckhpd ymm3, [fs:r13]
        vunpckhpd ymm3, yword [rax+rcx*8-0x80]
        vunpckhpd xmm2, xmm11, xmm5
        vunpckhpd ymm3, ymm4, ymm6
        vunpckhpd xmm2, xmm11, [rel target]
        vunpckhpd xmm2, xmm1, oword [rax+rcx*8-0x80]
        vunpckhpd ymm3, ymm12, [fs:r13]
        vunpckhpd ymm3, ymm4, yword [rax+rcx*8-0x80]
        vunpckhps xmm2, xmm11
        vunpckhps ymm3, ymm4
        vunpckhps xmm2, [rel target]
        vunpckhps xmm2, oword [rax+rcx*8-0x80]
        vunpckhps ymm3, [fs:r13]
        vunpckhps ymm3, yword [rax+rcx*8-0x80]
        vunpckhps xmm2, xmm11, xmm5
        vunpckhps ymm3, ymm4, ymm6
        vunpckhps xmm2, xmm11, [rel target]
        vunpckhps xmm2, xmm1, oword [rax+rcx*8-0x80]
        vunpckhps ymm3, ymm12, [fs:r13]
        vunpckhps ymm3, ymm4, yword [rax+rcx*8-0x80]
        vunpcklpd xmm2, xmm11
        vunpcklpd ymm3, ymm4
        vunpcklpd xmm2, [rel target]
        vunpcklpd xmm2, oword [rax+rcx*8-0x80]
        vunpcklpd ymm3, [fs:r13]
        vunpcklpd ymm3, yword [rax+rcx*8-0x80]
        vunpcklpd xmm2, xmm11, xmm5
        vunpcklpd ymm3, ymm4, ymm6
        vunpcklpd xmm2, xmm11, [rel target]
        vunpcklpd xmm2, xmm1, oword [rax+rcx*8-0x80]
        vunpcklpd ymm3, ymm12, [fs:r13]
        vunpcklpd ymm3, ymm4, yword [rax+rcx*8-0x80]
        vunpcklps xmm2, xmm11
        vunpcklps ymm3, ymm4
        vunpcklps xmm2, [rel target]
        vunpcklps xmm2, oword [rax+rcx*8-0x80]
        vunpcklps ymm3, [fs:r13]
        vunpcklps ymm3, yword [rax+rcx*8-0x80]
        vunpcklps xmm2, xmm11, xmm5
        vunpcklps ymm3, ymm4, ymm6
        vunpcklps xmm2, xmm11, [rel target]
        vunpcklps xmm2, xmm1, oword [rax+rcx*8-0x80]
        vunpcklps ymm3, ymm12, [fs:r13]
        vunpcklps ymm3, ymm4, yword [rax+rcx*8-0x80]
        vxorpd xmm2, xmm11
        vxorpd ymm3, ymm4
        vxorpd xmm2, [rel target]
        vxorpd xmm2, oword [rax+rcx*8-0x80]
        vxorpd ymm3, [fs:r13]
        vxorpd ymm3, yword [rax+rcx*8-0x80]
        vxorpd xmm2, xmm11, xmm5
        vxorpd ymm3, ymm4, ymm6
        vxorpd xmm2, xmm11, [rel target]
        vxorpd xmm2, xmm1, oword [rax+rcx*8-0x80]
        vxorpd ymm3, ymm12, [fs:r13]
        vxorpd ymm3, ymm4, yword [rax+rcx*8-0x80]
        vxorps xmm2, xmm11
        vxorps ymm3, ymm4
        vxorps xmm2, [rel target]
        vxorps xmm2, oword [rax+rcx*8-0x80]
        vxorps ymm3, [fs:r13]
        vxorps ymm3, yword [rax+rcx*8-0x80]
        vxorps xmm2, xmm11, xmm5
        vxorps ymm3, ymm4, ymm6
        vxorps xmm2, xmm11, [rel target]
        vxorps xmm2, xmm1, oword [rax+rcx*8-0x80]
        vxorps ymm3, ymm12, [fs:r13]
        vxorps ymm3, ymm4, yword [rax+rcx*8-0x80]
        vzeroall 
        vzeroupper 
        vcmpeq_osps xmm1, xmm2, xmm3
        vcmpge_oqsd xmm1, xmm2, [rbx]
        vpclmulhqhqdq xmm1, xmm2, xmm3
        vpclmullqlqdq xmm9, xmm2, [rax]
        vfmadd123ps xmm1, xmm2, xmm3
        vfmadd312sd xmm1, xmm2, xmm3
        vfnmsub321pd ymm1, ymm2, [rax]
        vaddps xmm1, xmm2, [eax+ecx*2]
        vmovaps xmm0, [0x1000]
        vmovdqu ymm0, [rsp]
        vmovdqu [rbp], ymm15
        vmovups ymm14, [r12+r13*8+0x12345678]
