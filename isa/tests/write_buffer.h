/* Waiting for the write buffer, as kernels do (NetBSD, locore_mips1.S): four nops, for a store is in
 * the memory stage before it is in the buffer; then a loop on its signal. */
#ifndef ISA_TESTS_WRITE_BUFFER_H
#define ISA_TESTS_WRITE_BUFFER_H

.macro wait_for_writes
        nop
        nop
        nop
        nop
.Lwrites\@:
        bc0f    .Lwrites\@
        nop                             # delay slot
.endm

#endif
