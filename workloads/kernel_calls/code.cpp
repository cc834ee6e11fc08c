// Downloaded code, and pages whose predicate it is.
#include "exokernel/abi/code.h"
#include "exokernel/tests/harness/code.hpp"
#include "workloads/kernel_calls/measure.hpp"

namespace calls {
namespace {

using test::encode;
using test::kReturn;

constexpr uint32_t kSourceVirt = test::kVirt;
constexpr uint32_t kBoundVirt = test::kVirt + PAGE_SIZE;
constexpr uint32_t kLong = EXO_CODE_MAX;  // instructions, half of them loads
constexpr uint32_t kShort = 9;
constexpr uint32_t kShortOffset = PAGE_SIZE / 2;

/// A predicate that allows the page to who gives a password.
constexpr uint32_t kPassword = 0x1234;
void write_short(uint32_t address) {
  test::write_code(address,
                   {encode<"lw">(REG_T0, 0, REG_ZERO), encode<"ori">(REG_A2, 0, kPassword),
                    encode<"xor">(REG_A2, REG_A2, REG_A3), encode<"sltiu">(REG_V0, REG_A2, 1),
                    encode<"and">(REG_A2, REG_A1, REG_A1), encode<"or">(REG_A1, REG_A2, REG_ZERO),
                    test::kNop, kReturn, test::kNop});
}

void write_long(uint32_t address) {
  for (uint32_t index = 0; index < kLong - 2; index += 2)
    test::write_code(address + 4 * index,
                     {encode<"lw">(REG_T0, 4, REG_A0), encode<"addu">(REG_V0, REG_V0, REG_A1)});
  test::write_code(address + 4 * (kLong - 2), {kReturn, test::kNop});
}

/// A page with both pieces of code in it, bound while it is written.
exo::Capability write_source() {
  const exo::Capability source = allocate();
  CHECK(exo::tlb_write(kSourceVirt, EXO_MAP_WRITE, source).ok());
  write_long(kSourceVirt);
  write_short(kSourceVirt + kShortOffset);
  return source;
}

/// The code, which has just been written, runs once before it is measured.
void use_predicate(const exo::Capability& code) {
  const exo::Capability first = allocate(), second = allocate();
  CHECK(exo::page_predicate(first.index(), code).ok());
  CHECK(exo::bind_by_predicate(kBoundVirt, 0u, first.index(), kPassword).ok());
  const uint32_t pfn = second.index();
  MEASURE("page_predicate: the first", exo::page_predicate(pfn, code));
  MEASURE("bind_by_predicate: of nine instructions",
          exo::bind_by_predicate(kBoundVirt, 0u, pfn, kPassword));
  CHECK(exo::page_predicate(first.index(), exo::Capability{}).ok());
  MEASURE("page_predicate: none again, bound by the last",
          exo::page_predicate(pfn, exo::Capability{}));
  free(first);
  free(second);
}

}  // namespace

void use_code() {
  const exo::Capability source = write_source();
  const exo::Capability room = allocate();
  const exo::CallResult code = MEASURE("code_download: 9 instructions",
                                       exo::code_download(source, room, kShortOffset, kShort));
  use_predicate(code.capability());
  const exo::CallResult back = MEASURE("code_remove", exo::code_remove(code.capability()));
  const exo::CallResult longer =
      MEASURE("code_download: EXO_CODE_MAX instructions, half of them loads",
              exo::code_download(source, back.capability(), 0u, kLong));
  free(exo::code_remove(longer.capability()).capability());
  free(source);
}

}  // namespace calls
