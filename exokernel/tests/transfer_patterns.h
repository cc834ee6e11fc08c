/* Words of the context page for transfers with patterns in all registers. */
#ifndef EXOKERNEL_TESTS_TRANSFER_PATTERNS_H
#define EXOKERNEL_TESTS_TRANSFER_PATTERNS_H

#include "exokernel/tests/harness/layout.h"

#define SENT_RESULT TEST_WORD(200)
#define RECEIVER_BUSY TEST_WORD(201)
#define SENT_REGISTER(number) TEST_WORD(210 + (number))

#ifndef __ASSEMBLER__
#include <cstdint>

extern "C" {
uint32_t send_patterns(uint32_t v0, uint32_t rounds, uint32_t odd);
void sender_entry();
void receiver_entry();
void receiver_slice_start();
void receiver_slice_end();
}

/// What the receivers have seen; they write it.
struct Receiver {
  uint32_t changed;  // registers, or-ed
  uint32_t entered;  // how often
  uint32_t v0;       // at the last entry
  uint32_t slices;   // ends of slices that the last receiver has seen
};
extern "C" volatile Receiver receiver;

/// A child that does this is a receiver.
inline void receive_patterns() {
  volatile exo::Context& context = exo::context();
  context.synchronous_entry = reinterpret_cast<uint32_t>(&receiver_entry);
  context.asynchronous_entry = reinterpret_cast<uint32_t>(&receiver_entry);
  context.slice_end = reinterpret_cast<uint32_t>(&receiver_slice_end);
  context.slice_start = reinterpret_cast<uint32_t>(&receiver_slice_start);
  test::word_at(RECEIVER_BUSY) = 0;
  receiver_slice_start();
}
#endif

#endif
