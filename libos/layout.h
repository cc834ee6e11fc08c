/* Where the library OS keeps things: its part of the context page, its stacks, its regions of the
 * address space. For assembly and C++. */
#ifndef LIBOS_LAYOUT_H
#define LIBOS_LAYOUT_H

#include "exokernel/abi/env.h"

/* Words of the context page, as addresses: reached from $0. */
#define EXOS_WORD(index) (EXO_CONTEXT_VA + EXO_CONTEXT_USER + 4 * (index))
#define EXOS_UPCALL_PC EXOS_WORD(0) /* scratch of the exception upcall */
#define EXOS_UPCALL_SP EXOS_WORD(1)
#define EXOS_RESUME_PC EXOS_WORD(2) /* where an exception handler continues the program */
#define EXOS_YIELD_SP EXOS_WORD(3)  /* stack of a program that has yielded of its own will, or 0 */
#define EXOS_SLICE_PC EXOS_WORD(4)  /* context saved at the end of a slice */
#define EXOS_SLICE_HI EXOS_WORD(5)
#define EXOS_SLICE_LO EXOS_WORD(6)
#define EXOS_SLICE_REGISTER(number) EXOS_WORD(8 + (number)) /* $1 to $31, not k0 and k1 */

/* The line that is being printed: the kernel takes it from the context page. */
#define EXOS_LINE (EXO_CONTEXT_VA + 0x800)
#define EXOS_LINE_SIZE EXO_CONSOLE_MAX

/* The exception stack is pinned, so that an exception can always be taken. The last part is kept
 * for the frame of the exception that finds no more room. */
#define EXOS_EXCEPTION_STACK_SIZE 8192
#define EXOS_EXCEPTION_STACK_RESERVE 256

/* The heap grows upwards, the program's stack downwards; pages come when they are touched. */
#define EXOS_HEAP_BASE 0x10000000
#define EXOS_HEAP_LIMIT 0x50000000
#define EXOS_STACK_TOP 0x7fff0000
#define EXOS_STACK_LIMIT 0x7fef0000 /* 1 MiB */

/* The page table: 16 bytes for each of the 2^19 pages of user memory, one page for each MiB. */
#define EXOS_PAGE_TABLE_BASE 0x60000000
#define EXOS_PAGE_TABLE_END 0x60800000

/* ExceptionFrame (libos/api/exception.hpp) */
#define EXOS_FRAME_REGISTER(number) (4 * (number))
#define EXOS_FRAME_HI 128
#define EXOS_FRAME_LO 132
#define EXOS_FRAME_PC 136
#define EXOS_FRAME_ADDRESS 140
#define EXOS_FRAME_CAUSE 144
#define EXOS_FRAME_SIZE 152

#endif
