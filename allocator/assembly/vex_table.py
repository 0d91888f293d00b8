"""List the instructions of AVX, AVX2 and FMA: their operands, and what their VEX prefix and opcode are.

    Vx,Hx,Wx   66.0F.W1   vname 58 ...

An operand is a letter, as in the opcode maps of the SDM, and a size.

    V vector in ModRM's middle field    W vector in ModRM's last field, or memory
    H vector in the VEX prefix          U vector in ModRM's last field, no memory
    S vector in the immediate           M memory only
    G general register, middle field    E general register in ModRM's last field, or memory
    I a number of one byte              L no operand: the length alone

    x               the vector's own size: 16 bytes, or 32 where the instruction works on ymm registers
    h q e           a half, a quarter, an eighth of that
    1 2 4 8 16 32   bytes in memory; the smallest registers are xmm, and general ones of 4 bytes

``/2`` behind an opcode is ModRM's middle field where no operand is. Not here: AVX-512, whose prefix is EVEX; gathers;
XOP and FMA4, which only some AMD processors had. Source: Intel SDM volume 2, appendix A and the instructions' pages.
"""

from __future__ import annotations

from typing import NamedTuple


class VexForm(NamedTuple):
    """One form: `operands` as (letter, size), the VEX prefix's fields, the opcode, and what is fixed.

    ``lengths`` are those of its vectors that it exists with, 16 and 32 bytes.
    ``field`` is ModRM's middle field where no operand is, ``predicate`` the number that a compare's name stands for.
    """

    operands: tuple[tuple[str, str], ...]
    lengths: tuple[int, ...]
    mandatory: int
    map: int
    wide: bool
    opcode: int
    field: int | None = None
    predicate: int | None = None


_TABLE = """
Vx,Hx,Wx     .0F         vaddps 58 vmulps 59 vsubps 5C vminps 5D vdivps 5E vmaxps 5F vandps 54 vandnps 55 vorps 56
Vx,Hx,Wx     .0F         vxorps 57 vunpcklps 14 vunpckhps 15
Vx,Hx,Wx     66.0F       vaddpd 58 vmulpd 59 vsubpd 5C vminpd 5D vdivpd 5E vmaxpd 5F vandpd 54 vandnpd 55 vorpd 56
Vx,Hx,Wx     66.0F       vxorpd 57 vunpcklpd 14 vunpckhpd 15 vhaddpd 7C vhsubpd 7D vaddsubpd D0
Vx,Hx,Wx     F2.0F       vhaddps 7C vhsubps 7D vaddsubps D0
V16,H16,W4   F3.0F       vaddss 58 vmulss 59 vsubss 5C vminss 5D vdivss 5E vmaxss 5F vsqrtss 51 vrsqrtss 52 vrcpss 53
V16,H16,W4   F3.0F       vcvtss2sd 5A
V16,H16,W8   F2.0F       vaddsd 58 vmulsd 59 vsubsd 5C vminsd 5D vdivsd 5E vmaxsd 5F vsqrtsd 51 vcvtsd2ss 5A
Vx,Wx        .0F         vsqrtps 51 vrsqrtps 52 vrcpps 53 vmovaps 28 vmovups 10 vcvtdq2ps 5B
Vx,Wx        66.0F       vsqrtpd 51 vmovapd 28 vmovupd 10 vmovdqa 6F vcvtps2dq 5B
Vx,Wx        F3.0F       vmovdqu 6F vmovsldup 12 vmovshdup 16 vcvttps2dq 5B
Wx,Vx        .0F         vmovaps 29 vmovups 11
Wx,Vx        66.0F       vmovapd 29 vmovupd 11 vmovdqa 7F
Wx,Vx        F3.0F       vmovdqu 7F
Mx,Vx        .0F         vmovntps 2B
Mx,Vx        66.0F       vmovntpd 2B vmovntdq E7
Vx,Mx        66.0F38     vmovntdqa 2A
Vx,Mx        F2.0F       vlddqu F0
V16,W8       F2.0F       vmovddup 12
V32,W32      F2.0F       vmovddup 12
V16,H16,U16  F3.0F       vmovss 10
V16,H16,U16  F2.0F       vmovsd 10
V16,M4       F3.0F       vmovss 10
V16,M8       F2.0F       vmovsd 10
M4,V16       F3.0F       vmovss 11
M8,V16       F2.0F       vmovsd 11
V16,E4       66.0F       vmovd 6E
E4,V16       66.0F       vmovd 7E
V16,W8       F3.0F       vmovq 7E
W8,V16       66.0F       vmovq D6
V16,E8       66.0F.W1    vmovq 6E
E8,V16       66.0F.W1    vmovq 7E
V16,H16,M8   .0F         vmovlps 12 vmovhps 16
V16,H16,M8   66.0F       vmovlpd 12 vmovhpd 16
M8,V16       .0F         vmovlps 13 vmovhps 17
M8,V16       66.0F       vmovlpd 13 vmovhpd 17
V16,H16,U16  .0F         vmovhlps 12 vmovlhps 16
G4,Ux        .0F         vmovmskps 50
G4,Ux        66.0F       vmovmskpd 50 vpmovmskb D7
G8,Ux        .0F         vmovmskps 50
G8,Ux        66.0F       vmovmskpd 50 vpmovmskb D7
V16,W4       .0F         vucomiss 2E vcomiss 2F
V16,W8       66.0F       vucomisd 2E vcomisd 2F
Vx,Wh        F3.0F       vcvtdq2pd E6
Vx,Wh        .0F         vcvtps2pd 5A
Vh,Wx        F2.0F       vcvtpd2dq E6
Vh,Wx        66.0F       vcvttpd2dq E6 vcvtpd2ps 5A
V16,H16,E4   F3.0F       vcvtsi2ss 2A
V16,H16,E8   F3.0F.W1    vcvtsi2ss 2A
V16,H16,E4   F2.0F       vcvtsi2sd 2A
V16,H16,E8   F2.0F.W1    vcvtsi2sd 2A
G4,W4        F3.0F       vcvtss2si 2D vcvttss2si 2C
G8,W4        F3.0F.W1    vcvtss2si 2D vcvttss2si 2C
G4,W8        F2.0F       vcvtsd2si 2D vcvttsd2si 2C
G8,W8        F2.0F.W1    vcvtsd2si 2D vcvttsd2si 2C
Vx,Wh        66.0F38     vcvtph2ps 13
Wh,Vx,I      66.0F3A     vcvtps2ph 1D
Vx,Hx,Wx,I   .0F         vcmpps C2 vshufps C6
Vx,Hx,Wx,I   66.0F       vcmppd C2 vshufpd C6
V16,H16,W4,I F3.0F       vcmpss C2
V16,H16,W8,I F2.0F       vcmpsd C2
Vx,Hx,Wx     66.0F       vpunpcklbw 60 vpunpcklwd 61 vpunpckldq 62 vpacksswb 63 vpcmpgtb 64 vpcmpgtw 65 vpcmpgtd 66
Vx,Hx,Wx     66.0F       vpackuswb 67 vpunpckhbw 68 vpunpckhwd 69 vpunpckhdq 6A vpackssdw 6B vpunpcklqdq 6C
Vx,Hx,Wx     66.0F       vpunpckhqdq 6D vpcmpeqb 74 vpcmpeqw 75 vpcmpeqd 76 vpaddq D4 vpmullw D5 vpsubusb D8
Vx,Hx,Wx     66.0F       vpsubusw D9 vpminub DA vpand DB vpaddusb DC vpaddusw DD vpmaxub DE vpandn DF vpavgb E0
Vx,Hx,Wx     66.0F       vpavgw E3 vpmulhuw E4 vpmulhw E5 vpsubsb E8 vpsubsw E9 vpminsw EA vpor EB vpaddsb EC
Vx,Hx,Wx     66.0F       vpaddsw ED vpmaxsw EE vpxor EF vpmuludq F4 vpmaddwd F5 vpsadbw F6 vpsubb F8 vpsubw F9
Vx,Hx,Wx     66.0F       vpsubd FA vpsubq FB vpaddb FC vpaddw FD vpaddd FE
Vx,Hx,W16    66.0F       vpsrlw D1 vpsrld D2 vpsrlq D3 vpsraw E1 vpsrad E2 vpsllw F1 vpslld F2 vpsllq F3
Hx,Ux,I      66.0F       vpsrlw 71/2 vpsraw 71/4 vpsllw 71/6 vpsrld 72/2 vpsrad 72/4 vpslld 72/6
Hx,Ux,I      66.0F       vpsrlq 73/2 vpsrldq 73/3 vpsllq 73/6 vpslldq 73/7
Vx,Wx,I      66.0F       vpshufd 70
Vx,Wx,I      F3.0F       vpshufhw 70
Vx,Wx,I      F2.0F       vpshuflw 70
G4,U16,I     66.0F       vpextrw C5
V16,H16,E2,I 66.0F       vpinsrw C4
V16,U16      66.0F       vmaskmovdqu F7
L16          .0F         vzeroupper 77
L32          .0F         vzeroall 77
M4           .0F         vldmxcsr AE/2 vstmxcsr AE/3
Vx,Hx,Wx     66.0F38     vpshufb 00 vphaddw 01 vphaddd 02 vphaddsw 03 vpmaddubsw 04 vphsubw 05 vphsubd 06
Vx,Hx,Wx     66.0F38     vphsubsw 07 vpsignb 08 vpsignw 09 vpsignd 0A vpmulhrsw 0B vpermilps 0C vpermilpd 0D
Vx,Hx,Wx     66.0F38     vpcmpeqq 29 vpackusdw 2B vpcmpgtq 37 vpminsb 38 vpminsd 39 vpminuw 3A vpminud 3B
Vx,Hx,Wx     66.0F38     vpmaxsb 3C vpmaxsd 3D vpmaxuw 3E vpmaxud 3F vpmulld 40 vpmuldq 28 vpsrlvd 45 vpsravd 46
Vx,Hx,Wx     66.0F38     vpsllvd 47 vgf2p8mulb CF vaesenc DC vaesenclast DD vaesdec DE vaesdeclast DF
Vx,Hx,Wx     66.0F38.W1  vpsrlvq 45 vpsllvq 47
Vx,Wx        66.0F38     vtestps 0E vtestpd 0F vptest 17 vpabsb 1C vpabsw 1D vpabsd 1E
V16,W16      66.0F38     vphminposuw 41 vaesimc DB
Vx,W4        66.0F38     vbroadcastss 18 vpbroadcastd 58
V32,W8       66.0F38     vbroadcastsd 19
Vx,W8        66.0F38     vpbroadcastq 59
Vx,W1        66.0F38     vpbroadcastb 78
Vx,W2        66.0F38     vpbroadcastw 79
V32,M16      66.0F38     vbroadcastf128 1A vbroadcasti128 5A
Vx,Wh        66.0F38     vpmovsxbw 20 vpmovsxwd 23 vpmovsxdq 25 vpmovzxbw 30 vpmovzxwd 33 vpmovzxdq 35
Vx,Wq        66.0F38     vpmovsxbd 21 vpmovsxwq 24 vpmovzxbd 31 vpmovzxwq 34
Vx,We        66.0F38     vpmovsxbq 22 vpmovzxbq 32
Vx,Hx,Mx     66.0F38     vmaskmovps 2C vmaskmovpd 2D vpmaskmovd 8C
Mx,Hx,Vx     66.0F38     vmaskmovps 2E vmaskmovpd 2F vpmaskmovd 8E
Vx,Hx,Mx     66.0F38.W1  vpmaskmovq 8C
Mx,Hx,Vx     66.0F38.W1  vpmaskmovq 8E
V32,H32,W32  66.0F38     vpermps 16 vpermd 36
V32,W32,I    66.0F3A.W1  vpermq 00 vpermpd 01
Vx,Wx,I      66.0F3A     vpermilps 04 vpermilpd 05 vroundps 08 vroundpd 09
V32,H32,W32,I 66.0F3A    vperm2f128 06 vperm2i128 46
V16,H16,W4,I 66.0F3A     vroundss 0A vinsertps 21
V16,H16,W8,I 66.0F3A     vroundsd 0B
Vx,Hx,Wx,I   66.0F3A     vpblendd 02 vblendps 0C vblendpd 0D vpblendw 0E vpalignr 0F vdpps 40 vmpsadbw 42 vpclmulqdq 44
Vx,Hx,Wx,I   66.0F3A.W1  vgf2p8affineqb CE vgf2p8affineinvqb CF
V16,H16,W16,I 66.0F3A    vdppd 41
V16,W16,I    66.0F3A     vpcmpestrm 60 vpcmpestri 61 vpcmpistrm 62 vpcmpistri 63 vaeskeygenassist DF
E1,V16,I     66.0F3A     vpextrb 14
M2,V16,I     66.0F3A     vpextrw 15
E4,V16,I     66.0F3A     vpextrd 16 vextractps 17
E8,V16,I     66.0F3A.W1  vpextrq 16
V16,H16,E1,I 66.0F3A     vpinsrb 20
V16,H16,E4,I 66.0F3A     vpinsrd 22
V16,H16,E8,I 66.0F3A.W1  vpinsrq 22
V32,H32,W16,I 66.0F3A    vinsertf128 18 vinserti128 38
W16,V32,I    66.0F3A     vextractf128 19 vextracti128 39
Vx,Hx,Wx,Sx  66.0F3A     vblendvps 4A vblendvpd 4B vpblendvb 4C
Vx,Hx,Wx     66.0F38     vfmaddsub132ps 96 vfmsubadd132ps 97 vfmadd132ps 98 vfmsub132ps 9A vfnmadd132ps 9C
Vx,Hx,Wx     66.0F38     vfmaddsub213ps A6 vfmsubadd213ps A7 vfmadd213ps A8 vfmsub213ps AA vfnmadd213ps AC
Vx,Hx,Wx     66.0F38     vfmaddsub231ps B6 vfmsubadd231ps B7 vfmadd231ps B8 vfmsub231ps BA vfnmadd231ps BC
Vx,Hx,Wx     66.0F38     vfnmsub132ps 9E vfnmsub213ps AE vfnmsub231ps BE
Vx,Hx,Wx     66.0F38.W1  vfmaddsub132pd 96 vfmsubadd132pd 97 vfmadd132pd 98 vfmsub132pd 9A vfnmadd132pd 9C
Vx,Hx,Wx     66.0F38.W1  vfmaddsub213pd A6 vfmsubadd213pd A7 vfmadd213pd A8 vfmsub213pd AA vfnmadd213pd AC
Vx,Hx,Wx     66.0F38.W1  vfmaddsub231pd B6 vfmsubadd231pd B7 vfmadd231pd B8 vfmsub231pd BA vfnmadd231pd BC
Vx,Hx,Wx     66.0F38.W1  vfnmsub132pd 9E vfnmsub213pd AE vfnmsub231pd BE
V16,H16,W4   66.0F38     vfmadd132ss 99 vfmsub132ss 9B vfnmadd132ss 9D vfnmsub132ss 9F vfmadd213ss A9 vfmsub213ss AB
V16,H16,W4   66.0F38     vfnmadd213ss AD vfnmsub213ss AF vfmadd231ss B9 vfmsub231ss BB vfnmadd231ss BD vfnmsub231ss BF
V16,H16,W8   66.0F38.W1  vfmadd132sd 99 vfmsub132sd 9B vfnmadd132sd 9D vfnmsub132sd 9F vfmadd213sd A9 vfmsub213sd AB
V16,H16,W8   66.0F38.W1  vfnmadd213sd AD vfnmsub213sd AF vfmadd231sd B9 vfmsub231sd BB vfnmadd231sd BD vfnmsub231sd BF
"""
_MANDATORY = {"": 0, "66": 1, "F3": 2, "F2": 3}
_MAPS = {"0F": 1, "0F38": 2, "0F3A": 3}

PREDICATES = (
    "eq", "lt", "le", "unord", "neq", "nlt", "nle", "ord", "eq_uq", "nge", "ngt", "false", "neq_oq", "ge", "gt", "true",
    "eq_os", "lt_oq", "le_oq", "unord_s", "neq_us", "nlt_uq", "nle_uq", "ord_s", "eq_us", "nge_uq", "ngt_uq",
    "false_os", "neq_os", "ge_oq", "gt_oq", "true_us",
)  # fmt: skip
"""What the number of a compare means, as its name says it; the first eight are those of SSE."""
VEX_COMPARES = frozenset({"vcmpps", "vcmppd", "vcmpss", "vcmpsd"})


def _parse_forms() -> dict[str, tuple[VexForm, ...]]:
    forms: dict[str, tuple[VexForm, ...]] = {}
    for row in _TABLE.strip().splitlines():
        operands, prefix, *entries = row.split()
        kinds = tuple((operand[0], operand[1:]) for operand in operands.split(",") if operand[0] != "L")
        lengths = (16, 32) if "x" in operands else (32,) if "32" in operands else (16,)
        mandatory, opcode_map, *wide = prefix.split(".")
        for name, code in zip(entries[::2], entries[1::2], strict=True):
            opcode, _, field = code.partition("/")
            form = VexForm(kinds, lengths, _MANDATORY[mandatory], _MAPS[opcode_map], bool(wide), int(opcode, 16))
            forms[name] = (*forms.get(name, ()), form._replace(field=int(field)) if field else form)
    for name in VEX_COMPARES:
        for number, predicate in enumerate(PREDICATES):
            named = tuple(form._replace(operands=form.operands[:-1], predicate=number) for form in forms[name])
            forms[f"vcmp{predicate}{name[4:]}"] = named
    return forms


VEX_FORMS = _parse_forms()
"""The forms of each instruction, lower case, in the order in which they are tried."""
