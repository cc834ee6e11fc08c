// Percentiles and decimal quotients, exactly.
#include "sim/observe/distribution.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <numeric>
#include <vector>

#include "sim/observe/decimal.hpp"

namespace exosim {
namespace {

Distribution of(const std::vector<uint64_t>& samples) {
  Distribution distribution;
  for (const uint64_t sample : samples) distribution.add(sample);
  return distribution;
}

TEST(Distribution, PercentilesAreNearestRank) {
  const Distribution four = of({40, 10, 30, 20});
  EXPECT_EQ(four.percentile(25), 10u);
  EXPECT_EQ(four.percentile(26), 20u);
  EXPECT_EQ(four.percentile(50), 20u);
  EXPECT_EQ(four.percentile(51), 30u);
  EXPECT_EQ(four.percentile(99), 40u);
  EXPECT_EQ(four.percentile(100), 40u);
}

TEST(Distribution, P99OfAHundredSamplesIsTheLastButOne) {
  std::vector<uint64_t> samples(100);
  std::iota(samples.begin(), samples.end(), 1);
  EXPECT_EQ(of(samples).percentile(99), 99u);
  EXPECT_EQ(of(samples).summary(),
            (Summary{.min = 1, .median = 50, .p99 = 99, .max = 100, .total = 5050}));
}

TEST(Distribution, WithoutSamplesIsZero) { EXPECT_EQ(Distribution().summary(), Summary{}); }

TEST(Distribution, AgreesWithASortedList) {
  const bool ok = rc::check([] {
    auto samples = *rc::gen::nonEmpty(
        rc::gen::container<std::vector<uint64_t>>(rc::gen::inRange<uint64_t>(0, 50)));
    const auto percent = *rc::gen::inRange(1u, 101u);
    const Distribution distribution = of(samples);
    std::ranges::sort(samples);
    const size_t rank = (samples.size() * percent + 99) / 100;
    RC_ASSERT(distribution.percentile(percent) == samples[rank - 1]);
    RC_ASSERT(distribution.count() == samples.size());
  });
  EXPECT_TRUE(ok);
}

TEST(QuotientText, RoundsHalfUp) {
  EXPECT_EQ(quotient_text(1, 3, 3), "0.333");
  EXPECT_EQ(quotient_text(2, 3, 3), "0.667");
  EXPECT_EQ(quotient_text(1, 2000, 3), "0.001");
  EXPECT_EQ(quotient_text(1999, 2000, 3), "1.000");
  EXPECT_EQ(quotient_text(0, 7, 1), "0.0");
  EXPECT_EQ(quotient_text(10, 4, 2), "2.50");
}

TEST(QuotientText, IsExactForTheLargestCounts) {
  EXPECT_EQ(quotient_text(UINT64_MAX, 1, 9), "18446744073709551615.000000000");
  EXPECT_EQ(quotient_text(UINT64_MAX, UINT64_MAX, 9), "1.000000000");
  EXPECT_EQ(quotient_text(UINT64_MAX - 1, UINT64_MAX, 9), "1.000000000");
}

}  // namespace
}  // namespace exosim
