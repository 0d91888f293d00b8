"""Name the vector instructions that are known and not encoded: AVX-512, gathers, XOP, FMA4.

They are refused by name rather than taken for labels; the products and orders that `shorthands` rewrites are here too.
Source: the instructions that NASM 2.16 knows.
"""

from __future__ import annotations

_WORDS = """
    kadd kaddb kaddd kaddq kaddw kand kandb kandd kandn kandnb kandnd kandnq kandnw kandq kandw kmov kmovb kmovw knot
    knotb knotd knotq knotw kor korb kord korq kortest kortestb kortestd kortestq kortestw korw kshiftl kshiftlb
    kshiftld kshiftlq kshiftlw kshiftr kshiftrb kshiftrd kshiftrq kshiftrw ktest ktestb ktestd ktestq ktestw kunpck
    kunpckbw kunpckdq kunpckwd kxnor kxnorb kxnord kxnorq kxnorw kxor kxorb kxord kxorq kxorw v4dpwssd v4dpwssds
    v4fmaddps v4fmaddss v4fnmaddps v4fnmaddss vaddph vaddsh valignd valignq vbcstnebf16ps vbcstnesh2ps vblendmpd
    vblendmps vbroadcastf32x2 vbroadcastf32x4 vbroadcastf32x8 vbroadcastf64x2 vbroadcastf64x4 vbroadcasti32x2
    vbroadcasti32x4 vbroadcasti32x8 vbroadcasti64x2 vbroadcasti64x4 vcmpph vcmpsh vcomish vcompresspd vcompressps
    vcvtdq2ph vcvtne2ps2bf16 vcvtneebf162ps vcvtneeph2ps vcvtneobf162ps vcvtneoph2ps vcvtneps2bf16 vcvtpd2ph vcvtpd2qq
    vcvtpd2udq vcvtpd2uqq vcvtph2dq vcvtph2pd vcvtph2psx vcvtph2qq vcvtph2udq vcvtph2uqq vcvtph2uw vcvtph2w vcvtps2qq
    vcvtps2udq vcvtps2uqq vcvtqq2pd vcvtqq2ph vcvtqq2ps vcvtsd2sh vcvtsd2usi vcvtsh2sd vcvtsh2si vcvtsh2ss vcvtsh2usi
    vcvtsi2sh vcvtss2sh vcvtss2usi vcvttpd2qq vcvttpd2udq vcvttpd2uqq vcvttph2dq vcvttph2qq vcvttph2udq vcvttph2uqq
    vcvttph2uw vcvttph2w vcvttps2qq vcvttps2udq vcvttps2uqq vcvttsd2usi vcvttsh2si vcvttsh2usi vcvttss2usi vcvtudq2pd
    vcvtudq2ph vcvtudq2ps vcvtuqq2pd vcvtuqq2ph vcvtuqq2ps vcvtusi2sd vcvtusi2sh vcvtusi2ss vcvtuw2ph vcvtw2ph vdbpsadbw
    vdivph vdivsh vdpbf16ps vendscaleph vendscalesh vexp2pd vexp2ps vexpandpd vexpandps vextractf32x4 vextractf32x8
    vextractf64x2 vextractf64x4 vextracti32x4 vextracti32x8 vextracti64x2 vextracti64x4 vfcmaddcph vfcmaddcsh vfcmulcpch
    vfcmulcsh vfixupimmpd vfixupimmps vfixupimmsd vfixupimmss vfmadd123pd vfmadd123ps vfmadd123sd vfmadd123ss
    vfmadd132ph vfmadd213ph vfmadd231ph vfmadd312pd vfmadd312ps vfmadd312sd vfmadd312ss vfmadd321pd vfmadd321ps
    vfmadd321sd vfmadd321ss vfmaddcph vfmaddcsh vfmaddpd vfmaddps vfmaddsd vfmaddss vfmaddsub123pd vfmaddsub123ps
    vfmaddsub132ph vfmaddsub213ph vfmaddsub231ph vfmaddsub312pd vfmaddsub312ps vfmaddsub321pd vfmaddsub321ps vfmaddsubpd
    vfmaddsubps vfmsub123pd vfmsub123ps vfmsub123sd vfmsub123ss vfmsub132ph vfmsub213ph vfmsub231ph vfmsub312pd
    vfmsub312ps vfmsub312sd vfmsub312ss vfmsub321pd vfmsub321ps vfmsub321sd vfmsub321ss vfmsubadd123pd vfmsubadd123ps
    vfmsubadd132ph vfmsubadd213ph vfmsubadd231ph vfmsubadd312pd vfmsubadd312ps vfmsubadd321pd vfmsubadd321ps vfmsubaddpd
    vfmsubaddps vfmsubpd vfmsubps vfmsubsd vfmsubss vfmulcpch vfmulcsh vfnmadd123pd vfnmadd123ps vfnmadd123sd
    vfnmadd123ss vfnmadd312pd vfnmadd312ps vfnmadd312sd vfnmadd312ss vfnmadd321pd vfnmadd321ps vfnmadd321sd vfnmadd321ss
    vfnmaddpd vfnmaddps vfnmaddsd vfnmaddss vfnmsub123pd vfnmsub123ps vfnmsub123sd vfnmsub123ss vfnmsub312pd
    vfnmsub312ps vfnmsub312sd vfnmsub312ss vfnmsub321pd vfnmsub321ps vfnmsub321sd vfnmsub321ss vfnmsubpd vfnmsubps
    vfnmsubsd vfnmsubss vfpclasspd vfpclassph vfpclassps vfpclasssd vfpclasssh vfpclassss vfrczpd vfrczps vfrczsd
    vfrczss vgatherdpd vgatherdps vgatherpf0dpd vgatherpf0dps vgatherpf0qpd vgatherpf0qps vgatherpf1dpd vgatherpf1dps
    vgatherpf1qpd vgatherpf1qps vgatherqpd vgatherqps vgetexppd vgetexpph vgetexpps vgetexpsd vgetexpsh vgetexpss
    vgetmantpd vgetmantph vgetmantps vgetmantsd vgetmantsh vgetmantss vgetmaxph vgetmaxsh vgetminph vgetminsh
    vinsertf32x4 vinsertf32x8 vinsertf64x2 vinsertf64x4 vinserti32x4 vinserti32x8 vinserti64x2 vinserti64x4 vldqqu
    vmovdqa32 vmovdqa64 vmovdqu16 vmovdqu32 vmovdqu64 vmovdqu8 vmovntqq vmovqqa vmovqqu vmovsh vmovw vmulph vmulsh
    vp2intersectd vpabsq vpandd vpandnd vpandnq vpandq vpblendmb vpblendmd vpblendmq vpblendmw vpbroadcastmb2q
    vpbroadcastmw2d vpclmulhqhqdq vpclmulhqlqdq vpclmullqhqdq vpclmullqlqdq vpcmov vpcmpb vpcmpd vpcmpequb vpcmpequd
    vpcmpequq vpcmpequw vpcmpgeb vpcmpged vpcmpgeq vpcmpgeub vpcmpgeud vpcmpgeuq vpcmpgeuw vpcmpgew vpcmpgtub vpcmpgtud
    vpcmpgtuq vpcmpgtuw vpcmpleb vpcmpled vpcmpleq vpcmpleub vpcmpleud vpcmpleuq vpcmpleuw vpcmplew vpcmpltb vpcmpltd
    vpcmpltq vpcmpltub vpcmpltud vpcmpltuq vpcmpltuw vpcmpltw vpcmpneqb vpcmpneqd vpcmpneqq vpcmpnequb vpcmpnequd
    vpcmpnequq vpcmpnequw vpcmpneqw vpcmpngtb vpcmpngtd vpcmpngtq vpcmpngtub vpcmpngtud vpcmpngtuq vpcmpngtuw vpcmpngtw
    vpcmpnleb vpcmpnled vpcmpnleq vpcmpnleub vpcmpnleud vpcmpnleuq vpcmpnleuw vpcmpnlew vpcmpnltb vpcmpnltd vpcmpnltq
    vpcmpnltub vpcmpnltud vpcmpnltuq vpcmpnltuw vpcmpnltw vpcmpq vpcmpub vpcmpud vpcmpuq vpcmpuw vpcmpw vpcomb vpcomd
    vpcompressb vpcompressd vpcompressq vpcompressw vpcomq vpcomub vpcomud vpcomuq vpcomuw vpcomw vpconflictd
    vpconflictq vpdpbssd vpdpbssds vpdpbsud vpdpbsuds vpdpbusd vpdpbusds vpdpbuud vpdpbuuds vpdpwssd vpdpwssds vpermb
    vpermi2b vpermi2d vpermi2pd vpermi2ps vpermi2q vpermi2w vpermt2b vpermt2d vpermt2pd vpermt2ps vpermt2q vpermt2w
    vpermw vpexpandb vpexpandd vpexpandq vpexpandw vpgatherdd vpgatherdq vpgatherqd vpgatherqq vphaddbd vphaddbq
    vphaddbw vphadddq vphaddubd vphaddubq vphaddubw vphaddudq vphadduwd vphadduwq vphaddwd vphaddwq vphsubbw vphsubdq
    vphsubwd vplzcntd vplzcntq vpmacsdd vpmacsdqh vpmacsdql vpmacssdd vpmacssdqh vpmacssdql vpmacsswd vpmacssww vpmacswd
    vpmacsww vpmadcsswd vpmadcswd vpmadd132ph vpmadd132sh vpmadd213ph vpmadd213sh vpmadd231ph vpmadd231sh vpmadd52huq
    vpmadd52luq vpmaxsq vpmaxuq vpminsq vpminuq vpmovb2m vpmovd2m vpmovdb vpmovdw vpmovm2b vpmovm2d vpmovm2q vpmovm2w
    vpmovq2m vpmovqb vpmovqd vpmovqw vpmovsdb vpmovsdw vpmovsqb vpmovsqd vpmovsqw vpmovswb vpmovusdb vpmovusdw vpmovusqb
    vpmovusqd vpmovusqw vpmovuswb vpmovw2m vpmovwb vpmsub132ph vpmsub132sh vpmsub213ph vpmsub213sh vpmsub231ph
    vpmsub231sh vpmullq vpmultishiftqb vpnmadd132sh vpnmadd213sh vpnmadd231sh vpnmsub132sh vpnmsub213sh vpnmsub231sh
    vpopcntb vpopcntd vpopcntq vpopcntw vpord vporq vpperm vprold vprolq vprolvd vprolvq vprord vprorq vprorvd vprorvq
    vprotb vprotd vprotq vprotw vpscatterdd vpscatterdq vpscatterqd vpscatterqq vpshab vpshad vpshaq vpshaw vpshlb
    vpshld vpshldd vpshldq vpshldvd vpshldvq vpshldvw vpshldw vpshlq vpshlw vpshrdd vpshrdq vpshrdvd vpshrdvq vpshrdvw
    vpshrdw vpshufbitqmb vpsllvw vpsraq vpsravq vpsravw vpsrlvw vpternlogd vpternlogq vptestmb vptestmd vptestmq
    vptestmw vptestnmb vptestnmd vptestnmq vptestnmw vpxord vpxorq vrangepd vrangeps vrangesd vrangess vrcp14pd vrcp14ps
    vrcp14sd vrcp14ss vrcp28pd vrcp28ps vrcp28sd vrcp28ss vrcpph vrcpsh vreducepd vreduceph vreduceps vreducesd
    vreducesh vreducess vrndscalepd vrndscaleps vrndscalesd vrndscaless vrsqrt14pd vrsqrt14ps vrsqrt14sd vrsqrt14ss
    vrsqrt28pd vrsqrt28ps vrsqrt28sd vrsqrt28ss vrsqrtph vrsqrtsh vscalefpd vscalefph vscalefps vscalefsd vscalefsh
    vscalefss vscatterdpd vscatterdps vscatterpf0dpd vscatterpf0dps vscatterpf0qpd vscatterpf0qps vscatterpf1dpd
    vscatterpf1dps vscatterpf1qpd vscatterpf1qps vscatterqpd vscatterqps vshuff32x4 vshuff64x2 vshufi32x4 vshufi64x2
    vsqrtph vsqrtsh vsubph vsubsh vucomish
"""
OTHER_VECTOR_MNEMONICS = frozenset(_WORDS.split())
"""Instructions with VEX or EVEX prefixes that `vex_table` does not hold, lower case."""
