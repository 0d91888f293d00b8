"""Multi-line macros and repetitions give the bytes that NASM's give, within limits, and errors say who used them."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest
from assembly.real_nasm import nasm_bytes, our_bytes

from allocator.assembly.assembler import assemble
from allocator.assembly.preprocess import Preprocessor
from allocator.errors import AssemblyError
from allocator.source import read_source
from allocator.views.preprocessed import preprocessed

PROGRAMS = {
    "a parameter": "%macro f 1\ndb %1+1\n%endmacro\nf 1\nf 2",
    "as many parameters as are given": "%macro f 0-*\ndb %0\n%endmacro\nf\nf 1\nf 1,2",
    "an empty last argument is not counted": "%macro f 0-*\ndb %0\n%endmacro\nf 1,\nf ,\nf 1,2,",
    "an empty last argument keeps defaults away": "%macro f 2-3 9\ndb %0\n%endmacro\nf ,\nf 1,\nf 1,2",
    "an empty parameter passed on": "%macro f 1\ndb %0\n%endmacro\n%macro g 0-1\nf %1\n%endmacro\ng\ng 1",
    "an empty argument in front": "%macro f 2\ndb %0, 0%1, %2\n%endmacro\nf ,1",
    "defaults": "%macro f 1-3 7,8\ndb %0,%1,%2,%3\n%endmacro\nf 1\nf 1,2\nf 1,2,3",
    "defaults before any number": "%macro f 1-* 7,8\ndb %0,%1,%2,%3\n%endmacro\nf 1\nf 1,2,3",
    "a default in braces": "%macro f 1-2 {1,2}\ndb %2\n%endmacro\nf 1",
    "a greedy parameter": "%macro f 1-2+\ndb %0,%2\n%endmacro\nf 1,2,3\nf 1,2",
    "a greedy parameter in braces": "%macro f 1+\ndb %0,%1\n%endmacro\nf {1,2}",
    "an argument in braces": "%macro f 2\ndb %1,%2\n%endmacro\nf {1,2},3",
    "strings with commas": "%macro f 2\ndb %1,%2\n%endmacro\nf 'a,b', \"c;d\"",
    "the tenth parameter": "%macro f 10\ndb %{10},%10,%{1}\n%endmacro\nf 1,2,3,4,5,6,7,8,9,10",
    "a range of parameters": "%macro f 3\ndb %{1:2},%{-1:1}\n%endmacro\nf 1,2,3",
    "a parameter joined to names": "%macro f 1\na%1: dw a%1,b%1_c\nb%1_c:\n%endmacro\nf z\nf 7",
    "a parameter joined to a number": "%macro f 1\ndb 1%1\n%endmacro\nf 2",
    "two parameters side by side": "%macro f 2\n%1%2 equ 3\ndb ab\n%endmacro\nf a,b",
    "an empty parameter between names": "%macro f 0-1\na%1b equ 3\ndb ab\n%endmacro\nf",
    "tokens joined": "%macro f 1\nx %+ %1 equ 3\ndb x%+%1\n%endmacro\nf 7\nf y",
    "tokens joined in one line": "%define c(a,b) a %+ b\nq3 equ 5\n db c(q,3), c(1,2)",
    "a local label of a parameter": "a: nop\n%macro f 1\n.%1: hlt\ndw a.%1\n%endmacro\nf b",
    "overloading": "%macro f 2\ndb 2,%1,%2\n%endmacro\n%macro f 1\ndb 1,%1\n%endmacro\nf 1\nf 3,1",
    "the newest definition": "%macro f 1\ndb 1\n%endmacro\n%macro f 1-2\ndb 2\n%endmacro\nf 1",
    "any case": "%imacro f 1\ndb %1\n%endmacro\nF 3\nf 3",
    "a forgotten macro": "%macro a 1\ndb 1\n%endmacro\n%unmacro a 1\n%imacro A 1\ndb 2\n%endmacro\na 1",
    "a macro that uses others": "%macro f 1\ndb %1\n%endmacro\n%macro g 2\nf %2\nf %1\n%endmacro\ng 1,2",
    "a macro that defines another": "%macro f 1\n%macro %1 1\ndb %1\n%endmacro\n%endmacro\nf g\ng 7",
    "a macro that defines a single-line one": "%macro f 2\n%define %1(x) x*%2\n%endmacro\nf t,2\ndb t(3)",
    "an instruction's own name": (
        "%macro push 2-*\n%rep %0\npush %1\n%rotate 1\n%endrep\n%endmacro\npush ax,bx\npush cx"
    ),
    "the same name and number": "%macro inc 1\ninc %1\ninc %1\n%endmacro\ninc ax",
    "labels before a use": "%macro f 0\nnop\n%endmacro\na f\nb: f\nc:\ndw a,b,c",
    "a label with the name of another macro": "%macro f 2\n%endmacro\n%macro g 1\ndb %1\n%endmacro\nf: g 1\ndw f",
    "the label as a parameter": "%macro f 0\nnop\n%00: dw %00\n%endmacro\na f\nb: f",
    "a label of each use": "%macro f 1\n%%x: dec %1\njnz %%x\njmp near %%y\n%%y:\n%endmacro\nf ax\nf bx",
    "a label of a use given on": "%macro f 0\n%%x: g %%x\n%endmacro\n%macro g 1\n%%x: dw %1,%%x\n%endmacro\nf\nf",
    "own labels of all kinds": "%macro f 0\n%%a.b: dw %%a.b\n%%c dw %%c\n%%d equ 7\ndb %%d\n%endmacro\nf\nf",
    "local labels around a use": "s: nop\n%macro f 0\n%%x: jmp %%x\n%endmacro\nf\n.a: f\njmp .a\ndw s.a",
    "own labels around a global one": (
        "%macro f 1\njmp %%e\n%1: nop\n.l: jmp .l\n%%e:\n%endmacro\nf a\nf b\ndw a.l,b.l"
    ),
    "a name of a use": (
        "%macro f 1-*\n%assign %%s 0\n%rep %0\n%assign %%s %%s+%1\n%rotate 1\n%endrep\ndb %%s\n%endmacro\nf 1,2"
    ),
    "rotation": "%macro f 1-*\n%rotate 1\ndb %1\n%rotate -2\ndb %1,%2\n%endmacro\nf 1,2,3",
    "conditions": "%macro f 1\nj%-1 $\nj%+1 $\n%endmacro\nf nz\nf A\nf po",
    "a condition on a parameter": (
        "%macro f 1\n%if %1=0\ndb 8\n%elif %1=1\ndb 9\n%else\ndb %1\n%endif\n%endmacro\nf 0\nf 1\nf 2"
    ),
    "leaving a macro": "%macro f 1\ndb 1\n%if %1\n%exitmacro\n%endif\ndb 2\n%endmacro\nf 0\nf 1\ndb 3",
    "a repetition": "%assign i 0\n%rep 3\ndb i\n%assign i i+1\n%endrep",
    "no repetition": "%rep 0\ndb 1\n%endrep\n%rep -3\ndb 2\n%endrep\ndb 3",
    "repetitions inside each other": "%rep 2\n%rep 2\ndb 1\n%endrep\ndb 2\n%endrep",
    "leaving a repetition": "%assign i 0\n%rep 9\n%if i=3\n%exitrep\n%endif\ndb i\n%assign i i+1\n%endrep\ndb 7",
    "leaving the inner repetition": "%rep 2\n%rep 5\ndb 1\n%exitrep\n%endrep\ndb 2\n%endrep",
    "a macro in a repetition": "%rep 2\n%macro a 0\n%rep 2\nnop\n%endrep\n%endmacro\na\n%endrep",
    "sections in a macro": (
        "%macro p 1+\nsection .data\n%%s: db %1\n%%e:\nsection .text\n"
        "mov cx,%%e-%%s\nmov si,%%s\n%endmacro\np 'a',1\np 'bc'"
    ),
    "identical texts": "%ifidn a b, a  b\ndb 1\n%endif\n%ifidn 'a',\"a\"\ndb 2\n%endif\n%ifnidn 3,0x3\ndb 3\n%endif",
    "texts in any case": "%ifidni AX,ax\ndb 1\n%endif\n%ifnidni a,b\ndb 2\n%endif\n%ifidn A,a\ndb 3\n%endif",
    "kinds of tokens": (
        "%ifnum -3\ndb 1\n%endif\n%ifid ax\ndb 2\n%endif\n%ifstr 'a'\ndb 3\n%endif\n%iftoken -1\ndb 4\n%endif"
    ),
    "no kinds of tokens": (
        "%ifnnum a\ndb 1\n%elifnid a\ndb 2\n%endif\n%ifnum\ndb 3\n%elifnempty\ndb 4\n%elifempty\ndb 5\n%endif"
    ),
    "known macros": (
        "%macro f 1-2\n%endmacro\n%ifmacro f\ndb 1\n%endif\n%ifmacro f 3\n"
        "db 2\n%endif\n%ifmacro f 2-*\ndb 3\n%endif\n%ifnmacro g\ndb 4\n%endif"
    ),
    "single-line macros in any case": (
        "%idefine Foo 3\n%ixdefine Bar Foo+1\n%iassign Baz Bar*2\ndb FOO,bar,bAZ\n%undef foo\nfoo equ 9\ndb foo"
    ),
    "strings joined": "%define a 'x'\n%strcat s a,\"y'\",'z'\ndb s\n%strcat e\ndb 1,e",
    "a string's length": "%strlen n 'abc'\n%strlen u 'é'\ndb n,u",
    "parts of a string": (
        "%substr a 'xyzw' 1\n%substr b 'xyzw' 2,2\n%substr c 'xyzw' 2,-1\n%substr d 'xyzw' 2,-2\ndb a,b,c,d"
    ),
    "parts beyond a string": "%substr a 'xy' 3\n%substr b 'xy' 2,9\n%substr c 'xy' 0\ndb 1,a,b,c",
    "characters one by one": (
        "%macro f 1\n%strlen n %1\n%assign i 1\n%rep n\n%substr c %1 i\n"
        "db c ^ 0x55\n%assign i i+1\n%endrep\n%endmacro\nf 'hey'"
    ),
    "warnings": "%warning that isn't shown\ndb 1",
}


@pytest.mark.parametrize("name", PROGRAMS)
def test_a_program_has_the_bytes_that_nasm_makes_of_it(name: str, tmp_path: Path) -> None:
    expected = nasm_bytes(tmp_path, PROGRAMS[name])
    assert expected is not None
    assert expected == our_bytes(PROGRAMS[name])


def random_program(rng: random.Random) -> str:
    """Return macros that use earlier ones, rotate, repeat and choose, and lines that use them all."""
    lines: list[str] = []
    known: list[tuple[str, int, int]] = []
    for index in range(rng.randrange(1, 5)):
        least = rng.randrange(3)
        most = least + rng.randrange(3)
        defaults = [str(rng.randrange(99)) for _ in range(rng.randrange(most - least + 1))]
        lines += [f"%macro m{index} {least}-{most} {','.join(defaults)}", *random_body(rng, most, known), "%endmacro"]
        known.append((f"m{index}", least, most))
    for _ in range(rng.randrange(1, 6)):
        lines.append(random_use(rng, known, lambda: str(rng.randrange(99))))
    return "\n".join(lines)


def random_body(rng: random.Random, most: int, known: list[tuple[str, int, int]]) -> list[str]:
    def argument() -> str:
        return f"%{rng.randrange(1, most + 1)}" if most and rng.random() < 0.7 else str(rng.randrange(99))

    def line() -> list[str]:
        value = f"%{rng.randrange(1, most + 2)}"
        choices = [
            [f"%%l{rng.randrange(10**6)}: dw $"],
            ["db 0%0"],
            ["%rep 2", "db 7", "%if %0 > 1", "%rotate 1", "%endif", "%endrep"],
            ["%if %0 > 1", "db 5", f"%elifnempty {value}", "db 6", "%else", "%exitmacro", "%endif"],
            [f"%ifnum {value}", f"db {value}", "%endif"],
            [f"db 1{value}, 0{value}, %0"],
        ]
        if known:
            choices.append([random_use(rng, known, argument)])
        return rng.choice(choices)

    return [text for _ in range(rng.randrange(1, 6)) for text in line()]


def random_use(rng: random.Random, known: list[tuple[str, int, int]], argument: Callable[[], str]) -> str:
    name, least, most = rng.choice(known)
    return f"{name} {','.join(argument() for _ in range(rng.randrange(least, most + 1)))}"


@pytest.mark.parametrize("seed", range(25))
def test_a_random_program_has_the_bytes_that_nasm_makes_of_it(seed: int, tmp_path: Path) -> None:
    text = random_program(random.Random(seed))
    expected = nasm_bytes(tmp_path, text)
    if expected is None:
        with pytest.raises(AssemblyError):
            our_bytes(text)
    else:
        assert expected == our_bytes(text)


def refusal(text: str) -> AssemblyError:
    with pytest.raises(AssemblyError) as caught:
        assemble(text=text)
    return caught.value


def test_an_error_in_a_macro_shows_its_line_and_the_use() -> None:
    expected = """<text>:2:12: error: the name 'rbb' is not defined
      mov rax, %1
               ^^
<text>:4:1: in this use of the macro f
    f rbb
    ^
hint: define it, or give it as a symbol"""
    text = "%macro f 1\n  mov rax, %1\n%endmacro\nf rbb"
    assert expected == str(refusal(text))


def test_an_error_shows_the_uses_that_led_there_and_the_innermost_first() -> None:
    text = "%macro f 0\ndb 1 + )\n%endmacro\n%macro g 0\nf\n%endmacro\ng"
    lines = [line for line in str(refusal(text)).split("\n") if line.startswith("<text>")]
    assert [2, 5, 7] == [int(line.split(":")[1]) for line in lines]


def test_text_that_is_no_token_is_refused_with_its_use() -> None:
    assert "in this use of the macro f" in str(refusal("%macro f 0\ndb 'open\n%endmacro\nf"))


def test_a_demanded_error_says_the_arguments() -> None:
    assert "bad ax of 2" == refusal("%macro f 2\n%error bad %1 of %0\n%endmacro\nf ax, bx").message


def test_a_demanded_error_in_a_macro_shows_the_use() -> None:
    assert "in this use of the macro f" in str(refusal("%macro f 0\n%error no\n%endmacro\nf"))


REFUSED = {
    "%macro f 1\nf %1\n%endmacro\nf 1": "the macro f uses itself",
    "%macro f 1\n%endmacro\nf": "the macro f takes 1 argument(s), not 0",
    "%macro f 1-2\n%endmacro\n%macro f 4-*\n%endmacro\nf 1,2,3": "the macro f takes 1-2, 4-* argument(s), not 3",
    "%macro f 1\nnop": "%macro is never closed with %endmacro",
    "%rep 3\nnop": "%rep is never closed with %endrep",
    "%endmacro": "%endmacro without a %macro before it",
    "%endrep": "%endrep without a %rep before it",
    "%macro f\n%endmacro": "the number of parameters was expected here",
    "%macro f 3-1\n%endmacro": "a macro cannot take from 3 to 1 parameters",
    "%macro f 1\n%endmacro\nf {1": "'{' is never closed with '}'",
    "%macro f 1\n%endmacro\nf {1}2": "behind '}' a comma or the end was expected",
    "%macro f 1\n%if 1\n%endmacro\nf 1": "%if is never closed with %endif",
    "%macro f 1\ndb %{1:2}\n%endmacro\nf 1": "%{1:2} goes beyond the 1 argument(s) of this use",
    "%macro f 1\nj%-1 $\n%endmacro\nf x": "%-1 needs an argument that is a condition, as in jCC",
    "%rotate 1": "%rotate outside of a macro",
    "%exitrep": "%exitrep outside of %rep",
    "%exitmacro": "%exitmacro outside of a macro",
    "%macro f 0\n%exitrep\n%endmacro\n%rep 2\nf\n%endrep": "%exitrep outside of %rep",
    "%rep x\n%endrep": "'x' has no value yet: %rep may use numbers and macros, not labels",
    "%strlen n 5": "%strlen needs a string",
    "%strlen n 'a','b'": "%strlen takes one string",
    "%strcat s 'a', 5": "%strcat joins strings",
    "%ifidn a\n%endif": "%ifidn needs two texts with a comma between them",
}


@pytest.mark.parametrize("text", REFUSED)
def test_a_mistake_is_named(text: str) -> None:
    assert REFUSED[text] == refusal(text).message


BOMBS = {
    "a long repetition": "%rep 100000000\n%endrep",
    "repetitions of repetitions": "%rep 10000\n" * 5 + "nop\n" + "%endrep\n" * 5,
    "bodies that are never repeated": "%rep 1000000\n%rep 0\n" + "nop\n" * 1000 + "%endrep\n%endrep",
    "deep repetitions": "%rep 1\n" * 500 + "nop\n" + "%endrep\n" * 500,
    "deep macros": "".join(f"%macro m{i} 0\nm{i + 1}\n%endmacro\n" for i in range(500)) + "m0",
    "doubled macros": "".join(f"%macro m{i} 0\nm{i + 1}\nm{i + 1}\n%endmacro\n" for i in range(60)) + "m0",
    "doubled arguments": "".join(f"%macro m{i} 1+\nm{i + 1} %1,%1\n%endmacro\n" for i in range(60)) + "m0 1",
    "a doubled text": "%define x 1\n%rep 100\n%xdefine x x,x\n%endrep",
    "a doubled string": "%define x 'a'\n%rep 100\n%strcat x x,x\n%endrep",
    "a long string": "%define x 'a'\n%rep 16\n%strcat x x,x\n%endrep\n%rep 90000\n%strcat y x\n%endrep",
    "a long line": "%rep 90000\nnop ;" + "c" * 60_000 + "\n%endrep",
    "a doubled name": "%define x a\n%rep 100\n%xdefine x x %+ x\n%endrep",
    "macros without end": (
        "%macro f 0\n%rep 1000\n%macro g 0\n%rep 1000\n%endrep\n%endmacro\ng\n%endrep\n%endmacro\nf\nf"
    ),
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_defused(name: str) -> None:
    assert any(word in refusal(BOMBS[name]).message for word in ("more than", "longer than"))


def test_code_belongs_to_the_line_of_the_body() -> None:
    image = assemble(text="%macro f 1\nmov eax, %1\n%endmacro\nnop\nf 1\nf 2")
    assert [4, 2, 2] == [line.line for line in image.lines]


def test_a_routine_that_a_macro_makes_has_the_contract_above_its_label() -> None:
    contract = "; OUT rax = 0\n; CLOBBERS nothing\n"
    image = assemble(text=f"%macro f 1\n{contract}%1: xor eax, eax\nret\n%endmacro\nf one\nf two")
    assert {"one", "two"} == set(image.contracts)


def test_a_preprocessed_program_of_macros_assembles_to_the_same_bytes() -> None:
    source = read_source(Path(__file__).parent.parent / "corpus" / "programs-32-macros.asm")
    text = "\n".join(preprocessed(Preprocessor().lines(source)))
    assert our_bytes(source.text) == our_bytes(text)


def test_a_label_of_a_use_names_no_place() -> None:
    image = assemble(text="%macro f 0\n%%x: jmp %%x\n%endmacro\nstart: f")
    assert {"start"} == set(image.labels)


def test_a_parameter_can_be_a_forward_reference() -> None:
    image = assemble(text="%macro f 1\nmov eax, %1\n%endmacro\nf later\nlater:", origin=0)
    assert b"\xb8\5\0\0\0" == image.segments[0].data


def test_a_macro_of_an_include_is_used_by_the_including_file(tmp_path: Path) -> None:
    (tmp_path / "m.inc").write_text("%macro f 1\ndb %1\n%endmacro\n")
    assert b"\7" == assemble(text="%include 'm.inc'\nf 7", include=[tmp_path]).segments[0].data


def test_an_include_in_a_macro_is_read_at_each_use(tmp_path: Path) -> None:
    (tmp_path / "d.inc").write_text("db N\n")
    text = "%macro f 1\n%define N %1\n%include 'd.inc'\n%endmacro\nf 7\nf 8"
    assert b"\7\x08" == assemble(text=text, include=[tmp_path]).segments[0].data
