"""Name the instructions: what counts as a mnemonic, and what was meant by a misspelt one.

A word that is not in the table is no instruction: it never reaches the encoder. Source: Intel SDM volume 2, NASM
manual appendix B (the spellings).
"""

from __future__ import annotations

from allocator.assembly.other_vector_mnemonics import OTHER_VECTOR_MNEMONICS
from allocator.assembly.vex_table import VEX_FORMS

CONDITIONS = {
    "o": 0, "no": 1, "b": 2, "c": 2, "nae": 2, "ae": 3, "nb": 3, "nc": 3, "e": 4, "z": 4, "ne": 5, "nz": 5,
    "be": 6, "na": 6, "a": 7, "nbe": 7, "s": 8, "ns": 9, "p": 10, "pe": 10, "np": 11, "po": 11,
    "l": 12, "nge": 12, "ge": 13, "nl": 13, "le": 14, "ng": 14, "g": 15, "nle": 15,
}  # fmt: skip
"""The suffix of jcc, setcc and cmovcc to its number."""

STRING_STEMS = ("movs", "cmps", "stos", "lods", "scas", "ins", "outs")
"""The names of string instructions, without the letter of their size."""

_GENERAL = """
    aaa aad aam aas adc adcx add adox and arpl bound bsf bsr bswap bt btc btr bts call cbw cdq cdqe clc cld cli clts
    cmc cmp cmpsb cmpsd cmpsq cmpsw cmpxchg cmpxchg8b cmpxchg16b cpuid cqo crc32 cwd cwde daa das dec div enter hlt
    icebp idiv imul in inc insb insd insw int int1 int3 into iret iretd iretq iretw jcxz jecxz jmp jrcxz lahf lar lds
    lea leave les lfs lgs lodsb lodsd lodsq lodsw loop loope loopne loopnz loopz lsl lss lzcnt mov movbe movdir64b
    movdiri movsb movsd movsq movsw movsx movsxd movzx mul neg nop not or out outsb outsd outsw pause pop popa popad
    popaw popcnt popf popfd popfq popfw push pusha pushad pushaw pushf pushfd pushfq pushfw rcl rcr rdrand rdseed ret
    retd retf retfd retfq retfw retn retnd retnq retnw retq retw rol ror sahf sal salc sar sbb scasb scasd scasq scasw
    shl shld shr shrd stc std sti stosb stosd stosq stosw sub test tzcnt ud0 ud1 ud2 ud2a ud2b wait xabort xadd
    xbegin xchg xend xlat xlatb xor xtest fwait serialize
"""
_SYSTEM = """
    clac clflush clflushopt clwb endbr32 endbr64 getsec invd invept invlpg invlpga invpcid invvpid lfence lgdt lidt
    lldt lmsw ltr mfence monitor mwait prefetch prefetchnta prefetcht0 prefetcht1 prefetcht2 prefetchw prefetchwt1
    rdfsbase rdgsbase rdmsr rdpid rdpkru rdpmc rdtsc rdtscp rsm sfence sgdt sidt skinit sldt smsw stac str swapgs
    syscall sysenter sysexit sysexitq sysret sysretq verr verw vmcall vmclear vmfunc vmlaunch vmload vmmcall vmptrld
    vmptrst vmread vmresume vmrun vmsave vmwrite vmxoff vmxon wbinvd wbnoinvd wrfsbase wrgsbase wrmsr wrpkru xgetbv
    xrstor xrstor64 xrstors xrstors64 xsave xsave64 xsavec xsavec64 xsaveopt xsaveopt64 xsaves xsaves64 xsetbv
    clgi stgi pconfig encls enclu
"""
_X87 = """
    f2xm1 fabs fadd faddp fbld fbstp fchs fclex fcmovb fcmovbe fcmove fcmovnb fcmovnbe fcmovne fcmovnu fcmovu fcom
    fcomi fcomip fcomp fcompp fcos fdecstp fdisi fdiv fdivp fdivr fdivrp feni ffree ffreep fiadd ficom ficomp fidiv
    fidivr fild fimul fincstp finit fist fistp fisttp fisub fisubr fld fld1 fldcw fldenv fldl2e fldl2t fldlg2 fldln2
    fldpi fldz fmul fmulp fnclex fndisi fneni fninit fnop fnsave fnstcw fnstenv fnstsw fpatan fprem fprem1 fptan
    frndint frstor fsave fscale fsetpm fsin fsincos fsqrt fst fstcw fstenv fstp fstsw fsub fsubp fsubr fsubrp ftst
    fucom fucomi fucomip fucomp fucompp fxam fxch fxrstor fxrstor64 fxsave fxsave64 fxtract fyl2x fyl2xp1
"""
_SIMD = """
    addpd addps addsd addss addsubpd addsubps aesdec aesdeclast aesenc aesenclast aesimc aeskeygenassist andnpd andnps
    andpd andps blendpd blendps blendvpd blendvps cmpeqpd cmpeqps cmpeqsd cmpeqss cmplepd cmpleps cmplesd cmpless
    cmpltpd cmpltps cmpltsd cmpltss cmpneqpd cmpneqps cmpneqsd cmpneqss cmpnlepd cmpnleps cmpnlesd cmpnless cmpnltpd
    cmpnltps cmpnltsd cmpnltss cmpordpd cmpordps cmpordsd cmpordss cmppd cmpps cmpss cmpunordpd cmpunordps cmpunordsd
    cmpunordss comisd comiss cvtdq2pd cvtdq2ps cvtpd2dq cvtpd2pi cvtpd2ps cvtpi2pd cvtpi2ps cvtps2dq cvtps2pd cvtps2pi
    cvtsd2si cvtsd2ss cvtsi2sd cvtsi2ss cvtss2sd cvtss2si cvttpd2dq cvttpd2pi cvttps2dq cvttps2pi cvttsd2si cvttss2si
    divpd divps divsd divss dppd dpps emms extractps femms gf2p8affineinvqb gf2p8affineqb gf2p8mulb haddpd haddps
    hsubpd hsubps insertps lddqu ldmxcsr maskmovdqu maskmovq maxpd maxps maxsd maxss minpd minps minsd minss movapd
    movaps movd movddup movdq2q movdqa movdqu movhlps movhpd movhps movlhps movlpd movlps movmskpd movmskps movntdq
    movntdqa movnti movntpd movntps movntq movq movq2dq movshdup movsldup movss movupd movups mpsadbw mulpd mulps
    mulsd mulss orpd orps pabsb pabsd pabsw packssdw packsswb packusdw packuswb paddb paddd paddq paddsb paddsw paddusb
    paddusw paddw palignr pand pandn pavgb pavgw pblendvb pblendw pclmulqdq pclmulhqhqdq pclmulhqlqdq pclmullqhqdq
    pclmullqlqdq pcmpeqb pcmpeqd pcmpeqq pcmpeqw pcmpestri pcmpestrm pcmpgtb pcmpgtd pcmpgtq pcmpgtw pcmpistri
    pcmpistrm pextrb pextrd pextrq pextrw phaddd phaddsw phaddw phminposuw phsubd phsubsw phsubw pinsrb pinsrd pinsrq
    pinsrw pmaddubsw pmaddwd pmaxsb pmaxsd pmaxsw pmaxub pmaxud pmaxuw pminsb pminsd pminsw pminub pminud pminuw
    pmovmskb pmovsxbd pmovsxbq pmovsxbw pmovsxdq pmovsxwd pmovsxwq pmovzxbd pmovzxbq pmovzxbw pmovzxdq pmovzxwd
    pmovzxwq pmuldq pmulhrsw pmulhuw pmulhw pmulld pmullw pmuludq por psadbw pshufb pshufd pshufhw pshuflw pshufw
    psignb psignd psignw pslld pslldq psllq psllw psrad psraw psrld psrldq psrlq psrlw psubb psubd psubq psubsb psubsw
    psubusb psubusw psubw ptest punpckhbw punpckhdq punpckhqdq punpckhwd punpcklbw punpckldq punpcklqdq punpcklwd pxor
    rcpps rcpss roundpd roundps roundsd roundss rsqrtps rsqrtss sha1msg1 sha1msg2 sha1nexte sha1rnds4 sha256msg1
    sha256msg2 sha256rnds2 shufpd shufps sqrtpd sqrtps sqrtsd sqrtss stmxcsr subpd subps subsd subss ucomisd ucomiss
    unpckhpd unpckhps unpcklpd unpcklps xorpd xorps
"""
_BMI = "andn bextr blsi blsmsk blsr bzhi mulx pdep pext rorx sarx shlx shrx"
_STEMS = ("j", "set", "cmov")

MNEMONICS = (
    frozenset((_GENERAL + _SYSTEM + _X87 + _SIMD + _BMI).split())
    | {stem + suffix for stem in _STEMS for suffix in CONDITIONS}
    | VEX_FORMS.keys()
    | OTHER_VECTOR_MNEMONICS
)
"""Every mnemonic, lower case."""

_DIALECTS = {
    "movl": "mov", "movw": "mov", "movb": "mov", "addl": "add", "addq": "add", "subl": "sub", "subq": "sub",
    "pushl": "push", "pushq": "push", "popl": "pop", "popq": "pop", "xorl": "xor", "cmpl": "cmp", "leal": "lea",
    "leaq": "lea", "callq": "call", "retq": "ret", "jmpq": "jmp", "ljmp": "jmp", "lcall": "call", "lret": "retf",
    "movabs": "mov", "jmpf": "jmp", "callf": "call", "movs": "movsb", "lods": "lodsb", "stos": "stosb",
    "scas": "scasb", "cmps": "cmpsb", "return": "ret",
}  # fmt: skip


def suggest(name: str) -> str | None:
    """Return the mnemonic that was probably meant by `name`, or None.

    >>> suggest("mvo"), suggest("lodbs"), suggest("zzzzzz")
    ('mov', 'lodsb', None)
    """
    from difflib import get_close_matches

    plain = name.lower()[:32]
    if plain in _DIALECTS:
        return _DIALECTS[plain]
    swapped = {plain[:i] + plain[i + 1] + plain[i] + plain[i + 2 :] for i in range(len(plain) - 1)}
    common = sorted(swapped & MNEMONICS) or get_close_matches(
        plain, sorted(MNEMONICS - OTHER_VECTOR_MNEMONICS), 1, 0.75
    )
    return common[0] if common else None
