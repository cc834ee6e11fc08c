// Suggestions for misspelt names.
#include "sim/base/nearest.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace exosim {
namespace {

const std::vector<std::string> kNames = {"clock", "model", "timing", "devices", "interrupt", "at"};

TEST(NearestName, FindsOneEdit) {
  EXPECT_EQ(nearest_name("clok", kNames), "clock");
  EXPECT_EQ(nearest_name("devicess", kNames), "devices");
  EXPECT_EQ(nearest_name("modal", kNames), "model");
}

TEST(NearestName, CountsSwappedNeighboursAsOneEdit) {
  EXPECT_EQ(nearest_name("ta", kNames), "at");
  EXPECT_EQ(nearest_name("clokc", kNames), "clock");
}

TEST(NearestName, IgnoresCase) { EXPECT_EQ(nearest_name("DEVICES", kNames), "devices"); }

TEST(NearestName, ToleratesAThirdOfTheLength) {
  EXPECT_EQ(nearest_name("intrupt", kNames), "interrupt");
  EXPECT_EQ(nearest_name("inter", kNames), std::nullopt);
}

TEST(NearestName, RefusesWhatIsNotAlike) {
  EXPECT_EQ(nearest_name("frequency", kNames), std::nullopt);
  EXPECT_EQ(nearest_name("", kNames), std::nullopt);
  EXPECT_EQ(nearest_name("x", std::vector<std::string>{"y"}), std::nullopt);
  EXPECT_EQ(nearest_name(std::string(1'000'000, 'a'), kNames), std::nullopt);
}

TEST(NearestName, PrefersTheFirstOfEquals) {
  const std::vector<std::string> twins = {"bat", "cat"};
  EXPECT_EQ(nearest_name("aat", twins), "bat");
}

}  // namespace
}  // namespace exosim
