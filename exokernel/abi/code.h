/* Downloaded code: MIPS I instructions that an application gives to the kernel, which verifies them,
 * makes a copy that cannot reach anything but its window, and runs that. docs/exokernel.md,
 * "Downloaded code", has the instructions. */
#ifndef EXOKERNEL_ABI_CODE_H
#define EXOKERNEL_ABI_CODE_H

#define EXO_CODE_MAX 224 /* instructions */
#define EXO_PREDICATED_MAX 128 /* pages of which one piece of code is the predicate */

/* Why code is refused; the call says at which instruction. */
#define EXO_CODE_INSTRUCTION 1   /* not an instruction that downloaded code may have */
#define EXO_CODE_UNDEFINED 2     /* a bit is set that the instruction does not define */
#define EXO_CODE_REGISTER 3      /* a register other than 0, at, v0, v1, a0-a3, t0-t7 */
#define EXO_CODE_BACKWARD 4      /* a branch to itself or back */
#define EXO_CODE_OUTSIDE 5       /* a branch behind the end */
#define EXO_CODE_INTO_SLOT 6     /* a branch into a delay slot */
#define EXO_CODE_IN_SLOT 7       /* a branch, jump, load, store, mfhi or mflo in a delay slot */
#define EXO_CODE_LOAD_DELAY 8    /* uses the register that the instruction before it loads */
#define EXO_CODE_HI_LO 9         /* mult or div less than two instructions behind mfhi or mflo */
#define EXO_CODE_NO_RETURN 10    /* the last but one is not jr ra */

/* What a predicate of a page sees: its window. Addresses beyond it are taken modulo its size; stores
 * reach the scratch area only, modulo the size of that. */
#define EXO_PREDICATE_REQUESTER 0  /* exo::EnvironmentRecord of who asks */
#define EXO_PREDICATE_PAGE 16      /* exo::PageRecord of the page */
#define EXO_PREDICATE_SYSTEM 32    /* exo::SystemRecord */
#define EXO_PREDICATE_SCRATCH 192  /* zeros at first, and may be stored to */
#define EXO_PREDICATE_WINDOW 256   /* bytes of all */

#ifndef __ASSEMBLER__
#include <cstddef>
#include <cstdint>

#include "exokernel/abi/exposed.hpp"

namespace exo {

struct PredicateWindow {
  EnvironmentRecord requester;
  PageRecord page;
  SystemRecord system;
  uint8_t reserved[EXO_PREDICATE_SCRATCH - EXO_PREDICATE_SYSTEM - sizeof(SystemRecord)];  // 0
  uint32_t scratch[(EXO_PREDICATE_WINDOW - EXO_PREDICATE_SCRATCH) / sizeof(uint32_t)];
};

static_assert(offsetof(PredicateWindow, requester) == EXO_PREDICATE_REQUESTER);
static_assert(offsetof(PredicateWindow, page) == EXO_PREDICATE_PAGE);
static_assert(offsetof(PredicateWindow, system) == EXO_PREDICATE_SYSTEM);
static_assert(offsetof(PredicateWindow, scratch) == EXO_PREDICATE_SCRATCH);
static_assert(sizeof(PredicateWindow) == EXO_PREDICATE_WINDOW);

}  // namespace exo
#endif

#endif
