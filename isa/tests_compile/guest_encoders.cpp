// Must compile freestanding for the R3000: guest code that makes code uses these headers.
#include "isa/decoder.hpp"
#include "isa/dependences.hpp"
#include "isa/encoder.hpp"

namespace exosim::isa {

static_assert(encode<"addu">(2, 4, 5).bits == 0x00851021);
static_assert(dependences(encode<"addu">(2, 4, 5)).writes == 1u << 2);

uint32_t* emit_call(uint32_t* code, uint32_t target) {
  *code++ = encode<"jal">(target).bits;
  *code++ = kNop.bits;
  return code;
}

bool is_branch(uint32_t bits) { return dependences({bits}).branches; }

}  // namespace exosim::isa
