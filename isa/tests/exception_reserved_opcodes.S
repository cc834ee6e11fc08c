/* conformance 1.1: every primary opcode without an instruction raises RI, whatever its other
 * fields: 14 to 1F, 27, 2C, 2D, 2F, 34 to 37, 3C to 3F. */
#include "isa/tests/test.h"

        .set    words, 0
/* The disassembler takes some of them for later instructions: the name says that they are none. */
        .macro  is_reserved_word word
        .set    words, words + 1
not_mips1_\@:
        .word   \word
mips1_\@:
        check_exception words, EXC_RI, not_mips1_\@
        .endm

        .macro  is_reserved opcode
        is_reserved_word "(\opcode << 26)"
        is_reserved_word "((\opcode << 26) | 0x03ffffff)"
        .endm

        test_start
        .irp    opcode, 0x14, 0x15, 0x16, 0x17, 0x18, 0x19, 0x1a, 0x1b, 0x1c, 0x1d, 0x1e, 0x1f
        is_reserved \opcode
        .endr
        .irp    opcode, 0x27, 0x2c, 0x2d, 0x2f, 0x34, 0x35, 0x36, 0x37, 0x3c, 0x3d, 0x3e, 0x3f
        is_reserved \opcode
        .endr
        check_bits $s1, CAUSE_CE_MASK, 0
        test_pass 48
