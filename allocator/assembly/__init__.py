"""Assemble NASM sources into an image. The files, in the order of the route.

The source becomes statements
    tokens, dialects      a line becomes tokens; words that other assemblers have
    preprocess, includes  files, directives, which lines count
    definitions, macros   what is known by name; single-line macros
    multiline, uses       %macro: definitions, arguments, which one a line uses
    conditionals, pasting, strings    %if, %+, %strcat
    cursor, expressions   walking along tokens; numbers, names and operators
    operands, syntax      operands as they are written; statements
    structures            struc and istruc become labels, sizes and padding
    directives            what belongs to which section; bits, org, global

The statements get addresses
    names                 what every name stands for
    data                  db and its kin as bytes
    pending, layout       one instruction, and all of the program, until nothing moves
    image                 the result: segments, symbols, lines, contracts
    assembler             the door to all of this

Each instruction becomes bytes
    instruction           one instruction with everything decided
    encoder               the door, and the only file that imports Keystone
    encoding_route        the way through the following
    mnemonics, other_vector_mnemonics, register_file    the names that exist
    shorthands            the one form that the processor has
    prefixes              the words before the mnemonic
    operand_rules         sizes settled, nonsense refused
    refusal, usage        why there are no bytes, and what to write instead
    branches              jumps, calls and loops to a number
    raw_encodings, move_encodings, stack_encodings, vex_table, vex_encodings    bytes by table
    keystone_request, keystone_process                  bytes from Keystone, in a process of its own
    immediates, addressing, machine_code                the parts of an instruction, and their order
    readback              the bytes disassembled and compared with what was asked for
"""
