// 10,000 damaged files: the loader takes them or says why not; it never crashes or hangs.
#include <gtest/gtest.h>

#include "sim/machine/loader/testing/mutate.hpp"

namespace exosim {
namespace {

using testing::application_sample;
using testing::bare_sample;
using testing::Bytes;
using testing::load_damaged;
using testing::mutate;

constexpr unsigned kMutations = 10'000;

TEST(ElfMutations, AreTakenOrRefusedWithAMessage) {
  const Bytes samples[] = {application_sample().build(), bare_sample().build()};
  Random random(2024);
  unsigned taken = 0;
  for (unsigned round = 0; round < kMutations; ++round) {
    Bytes file = samples[round % 8 == 0 ? 1 : 0];
    for (uint32_t times = 1 + random.below(3); times > 0; --times) mutate(file, random);
    bool accepted = false;
    const auto wrong = load_damaged(file, accepted);
    ASSERT_FALSE(wrong) << "round " << round << ": " << *wrong;
    taken += accepted ? 1 : 0;
  }
  // Both kinds must occur often, or the test shows nothing.
  EXPECT_GT(taken, kMutations / 10);
  EXPECT_LT(taken, kMutations * 9 / 10);
}

}  // namespace
}  // namespace exosim
