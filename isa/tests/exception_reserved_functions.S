/* conformance 1.1: every SPECIAL function without an instruction raises RI. */
#include "isa/tests/test.h"

        .set    words, 0
        .macro  is_reserved function
        .set    words, words + 1
.Lword\@:
        .word   \function
        check_exception words, EXC_RI, .Lword\@
        .endm

        test_start
        .irp    function, 0x01, 0x05, 0x0a, 0x0b, 0x0e, 0x0f, 0x14, 0x15, 0x16, 0x17, 0x1c, 0x1d
        is_reserved \function
        .endr
        .irp    function, 0x1e, 0x1f, 0x28, 0x29, 0x2c, 0x2d, 0x2e, 0x2f
        is_reserved \function
        .endr
        .irp    function, 0x30, 0x31, 0x32, 0x33, 0x34, 0x35, 0x36, 0x37
        is_reserved \function
        .endr
        .irp    function, 0x38, 0x39, 0x3a, 0x3b, 0x3c, 0x3d, 0x3e, 0x3f
        is_reserved \function
        .endr
        test_pass 36
