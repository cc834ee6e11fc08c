// Layout, seeks and rotation of disks.
#include "sim/devices/disk_mechanics.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <set>

namespace exosim {
namespace {

constexpr uint64_t kMilliseconds = 1'000'000'000;
constexpr uint64_t kHertz = 25'000'000;

/// As configs/r3000.yaml has it.
const DiskGeometry kRz55 = {.cylinders = 1224,
                            .heads = 15,
                            .sectors = 36,
                            .track_skew = 2,
                            .revolutions = 3600,
                            .seek_track = 4 * kMilliseconds,
                            .seek_average = 16 * kMilliseconds,
                            .seek_full = 35 * kMilliseconds};

/// In milliseconds, between blocks at the beginning of these cylinders.
double seek(const DiskMechanics& disk, const DiskGeometry& geometry, uint32_t from, uint32_t to) {
  const uint32_t blocks = geometry.heads * geometry.sectors;
  const Cycles cycles = disk.move(disk.place_of(from * blocks), disk.place_of(to * blocks));
  return static_cast<double>(cycles.count) * 1000 / kHertz;
}

TEST(DiskMechanics, SeeksAsPublished) {
  const DiskMechanics disk(kRz55, kHertz);
  EXPECT_DOUBLE_EQ(seek(disk, kRz55, 0, 1), 4.0);
  EXPECT_DOUBLE_EQ(seek(disk, kRz55, 700, 699), 4.0);
  EXPECT_NEAR(seek(disk, kRz55, 0, 1223), 35, 0.05);
  EXPECT_DOUBLE_EQ(seek(disk, kRz55, 0, 1223), seek(disk, kRz55, 1223, 0));
}

// Of all pairs of cylinders that are not the same.
TEST(DiskMechanics, SeeksOnAverageAsPublished) {
  const DiskMechanics disk(kRz55, kHertz);
  double sum = 0;
  double pairs = 0;
  for (uint32_t distance = 1; distance < kRz55.cylinders; ++distance) {
    const double weight = kRz55.cylinders - distance;
    sum += weight * seek(disk, kRz55, 0, distance);
    pairs += weight;
  }
  EXPECT_NEAR(sum / pairs, 16, 0.2);
}

TEST(DiskMechanics, SeeksTakeTheLongerTheFurther) {
  const DiskMechanics disk(kRz55, kHertz);
  double last = 0;
  for (uint32_t distance = 1; distance < kRz55.cylinders; ++distance) {
    const double time = seek(disk, kRz55, 0, distance);
    EXPECT_GT(time, last);
    // Lee and Katz: a root((d - 1)) + b (d - 1) + c, the coefficients from the three times
    const double beyond = distance - 1;
    EXPECT_NEAR(time, 4 + 25.0 / 3 * std::sqrt(beyond / 1224) + 68.0 / 3 * beyond / 1224, 1e-4);
    last = time;
  }
}

TEST(DiskMechanics, ASeekTimeThatIsAlwaysTheSameIsACurveToo) {
  DiskGeometry geometry = kRz55;
  geometry.seek_average = geometry.seek_full = geometry.seek_track;
  ASSERT_TRUE(geometry.check());
  const DiskMechanics disk(geometry, kHertz);
  EXPECT_DOUBLE_EQ(seek(disk, geometry, 0, 1), 4);
  EXPECT_DOUBLE_EQ(seek(disk, geometry, 0, 1223), 4);
}

TEST(DiskMechanics, TimesWithoutACurveAreRefused) {
  DiskGeometry geometry = kRz55;
  const auto check = [&](uint64_t track, uint64_t average, uint64_t full) {
    geometry.seek_track = track;
    geometry.seek_average = average;
    geometry.seek_full = full;
    const auto checked = geometry.check();
    return checked ? std::string() : checked.error().text();
  };
  EXPECT_EQ(check(0, 0, 0), "");
  EXPECT_EQ(check(10, 20, 40), "");  // a third of the way
  EXPECT_EQ(check(10, 26, 40), "");  // 8/15
  EXPECT_EQ(check(10 * kMilliseconds, 19 * kMilliseconds, 40 * kMilliseconds),
            "seek_average: 19ms is not between 1/3 and 8/15 of the way from seek_track, 10ms, to "
            "seek_full, 40ms: no seek curve has these times");
  EXPECT_NE(check(10, 27, 40), "");
  EXPECT_NE(check(40, 20, 10), "");
}

TEST(DiskMechanics, EveryBlockHasItsPlace) {
  const DiskMechanics disk(kRz55, kHertz);
  std::set<uint32_t> positions;
  const uint32_t track = (7 * kRz55.heads + 3) * kRz55.sectors;
  for (uint32_t block = track; block < track + kRz55.sectors; ++block) {
    const DiskPlace place = disk.place_of(block);
    EXPECT_EQ(place.cylinder, 7u);
    EXPECT_EQ(place.head, 3u);
    positions.insert(place.position);
  }
  EXPECT_EQ(positions.size(), kRz55.sectors);
  EXPECT_EQ(*positions.rbegin(), kRz55.sectors - 1);
  EXPECT_EQ(disk.place_of(kRz55.blocks() - 1).cylinder, kRz55.cylinders - 1);
}

// A sector takes 463 us: a track begins two of them later than the one before, a cylinder nine
// more.
TEST(DiskMechanics, TracksAndCylindersAreSkewed) {
  const DiskMechanics disk(kRz55, kHertz);
  EXPECT_EQ(disk.place_of(0), (DiskPlace{0, 0, 0}));
  EXPECT_EQ(disk.place_of(36), (DiskPlace{0, 1, 2}));
  EXPECT_EQ(disk.place_of(36 + 5), (DiskPlace{0, 1, 7}));
  EXPECT_EQ(disk.place_of(36 * 14), (DiskPlace{0, 14, 28}));
  EXPECT_EQ(disk.place_of(36 * 15), (DiskPlace{1, 0, (30 + 9) % 36}));
}

TEST(DiskMechanics, ARevolutionTakesWhatItShould) {
  const DiskMechanics disk(kRz55, kHertz);
  const DiskAngle first = disk.passage({0}, 5);
  const DiskAngle second = disk.passage(disk.when(first) + Cycles{1}, 5);
  EXPECT_EQ(disk.when(second - first), (Cycles{416'667}));  // 1/60 s
  EXPECT_EQ(disk.when(36 * kBlockWords * DiskAngle{3600}), (Cycles{60 * kHertz}));
}

DiskGeometry any_geometry() {
  const auto low = *rc::gen::inRange<uint64_t>(0, 20 * kMilliseconds);
  const auto extra = *rc::gen::inRange<uint64_t>(0, 2 * kMilliseconds) * 15;
  return {.cylinders = *rc::gen::inRange(1u, 3000u),
          .heads = *rc::gen::inRange(1u, 20u),
          .sectors = *rc::gen::inRange(1u, 80u),
          .track_skew = *rc::gen::inRange(0u, 10u),
          .revolutions = *rc::gen::inRange(60u, 20'000u),
          .seek_track = low,
          .seek_average = low + extra * *rc::gen::inRange<uint64_t>(5, 9) / 15,
          .seek_full = low + extra};
}

RC_GTEST_PROP(DiskMechanicsProperty, APassageIsTheFirstOfItsPosition, ()) {
  const DiskGeometry geometry = any_geometry();
  const auto hertz = *rc::gen::inRange<uint64_t>(1'000'000, 100'000'000);
  const DiskMechanics disk(geometry, hertz);
  const auto position = *rc::gen::inRange(0u, geometry.sectors);
  const Cycles from{*rc::gen::inRange<uint64_t>(0, uint64_t{1} << 50)};
  const DiskAngle angle = disk.passage(from, position);
  RC_ASSERT(angle % kBlockWords == 0u);
  RC_ASSERT(angle / kBlockWords % geometry.sectors == position);
  RC_ASSERT(disk.when(angle) >= from);
  const DiskAngle revolution = DiskAngle{geometry.sectors} * kBlockWords;
  RC_ASSERT(angle < revolution || disk.when(angle - revolution) < from);
}

// Blocks in their order are read in one go: the skews hide every switch, and no rounding spoils it.
RC_GTEST_PROP(DiskMechanicsProperty, TheNextTrackBeginsWhenTheHeadsAreThere, ()) {
  const DiskGeometry geometry = any_geometry();
  RC_PRE(bool(geometry.check()));
  RC_PRE(geometry.blocks() > 1);
  const DiskMechanics disk(geometry, *rc::gen::inRange<uint64_t>(1'000'000, 100'000'000));
  const auto block = *rc::gen::inRange(1u, geometry.blocks());
  const DiskPlace last = disk.place_of(block - 1);
  const DiskPlace next = disk.place_of(block);
  const Cycles from{*rc::gen::inRange<uint64_t>(0, uint64_t{1} << 50)};
  const DiskAngle over = disk.passage(from, last.position) + kBlockWords;
  const Cycles arrival = disk.when(over) + disk.move(last, next);
  const uint64_t sectors =
      static_cast<uint64_t>((disk.passage(arrival, next.position) - over) / kBlockWords);
  const uint64_t skew =
      (next.position + 2 * geometry.sectors - last.position - 1) % geometry.sectors;
  // A skew of more than a revolution is one of less, and the heads take a revolution longer.
  RC_ASSERT(sectors % geometry.sectors == skew);
  if (disk.move(last, next) <= disk.when(skew * kBlockWords)) RC_ASSERT(sectors == skew);
}

}  // namespace
}  // namespace exosim
