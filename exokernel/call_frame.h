/* Frame of a kernel call in C++: its arguments, the caller's registers that must come back, and where
 * the results go. There is one, for one call at a time; what a call has not stored there is an
 * earlier caller's. */
#ifndef EXOKERNEL_CALL_FRAME_H
#define EXOKERNEL_CALL_FRAME_H

#define CALL_FRAME_V0 0
#define CALL_FRAME_V1 4
#define CALL_FRAME_A0 8  /* a0 to a3 */
#define CALL_FRAME_T0 24 /* t0 to t3 */
#define CALL_FRAME_SP 40
#define CALL_FRAME_RA 44
#define CALL_FRAME_PC 48 /* where the caller continues; 0: it makes the call again */
#define CALL_FRAME_SIZE 56

#ifndef __ASSEMBLER__
#include <cstddef>
#include <cstdint>

#include "exokernel/abi/capability.h"

namespace aegis {

struct CallFrame {
  uint32_t v0, v1;
  uint32_t a[4];
  uint32_t t[4];
  uint32_t sp, ra, pc;
  uint32_t padding;

  void succeed(uint32_t value) { v0 = value; }
  /// `error` is one of EXO_ERROR_...
  void fail(uint32_t error) { v0 = 0 - error; }
  /// v0, then the capability in v1, a0, a1.
  void succeed(uint32_t value, const exo::Capability& capability) {
    v0 = value;
    v1 = capability.word[0];
    a[0] = capability.word[1];
    a[1] = capability.word[2];
  }
};

static_assert(offsetof(CallFrame, v0) == CALL_FRAME_V0);
static_assert(offsetof(CallFrame, a) == CALL_FRAME_A0);
static_assert(offsetof(CallFrame, t) == CALL_FRAME_T0);
static_assert(offsetof(CallFrame, sp) == CALL_FRAME_SP);
static_assert(offsetof(CallFrame, ra) == CALL_FRAME_RA);
static_assert(offsetof(CallFrame, pc) == CALL_FRAME_PC);
static_assert(sizeof(CallFrame) == CALL_FRAME_SIZE);

}  // namespace aegis
#endif

#endif
