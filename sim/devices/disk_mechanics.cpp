// The seek curve and the layout are those of RAIDframe's disk simulator (NetBSD 1998,
// sys/dev/raidframe/rf_geometry.c), the curve after Lee and Katz, SIGMETRICS 1993: it goes through
// the three published times. Integers only, so that all hosts agree.
#include "sim/devices/disk_mechanics.hpp"

#include <fmt/format.h>

#include "sim/base/quantity.hpp"

namespace exosim {

namespace {

constexpr uint64_t kSecondsOfMinute = 60;
constexpr uint64_t kPicoseconds = 1'000'000'000'000;

WideTicks root(WideTicks square) {
  WideTicks result = 0;
  for (int bit = 63; bit >= 0; --bit) {
    const WideTicks larger = result | WideTicks{1} << bit;
    if (larger * larger <= square) result = larger;
  }
  return result;
}

/// Coefficients of the curve, times 3: `slow` of the root, `steady` of the distance. Negative ones
/// wrap; DiskGeometry::check() refuses them.
struct SeekCurve {
  explicit SeekCurve(const DiskGeometry& g)
      : slow(15 * g.seek_average - 10 * g.seek_track - 5 * g.seek_full),
        steady(7 * g.seek_track + 8 * g.seek_full - 15 * g.seek_average) {}
  uint64_t slow;
  uint64_t steady;
};

/// The smallest whole number of sectors that takes as long as a seek to the next cylinder.
uint32_t cylinder_skew(const DiskGeometry& geometry) {
  const WideTicks sectors =
      WideTicks{geometry.seek_track} * geometry.revolutions * geometry.sectors;
  const WideTicks minute = kSecondsOfMinute * kPicoseconds;
  return static_cast<uint32_t>((sectors + minute - 1) / minute);
}

}  // namespace

DiskGeometry DiskGeometry::of(const DeviceParams& params) {
  const auto number = [&](std::string_view name) {
    return static_cast<uint32_t>(params.number(name));
  };
  return {.cylinders = number("cylinders"),
          .heads = number("heads"),
          .sectors = number("sectors"),
          .track_skew = number("track_skew"),
          .revolutions = number("revolutions"),
          .seek_track = params.number("seek_track"),
          .seek_average = params.number("seek_average"),
          .seek_full = params.number("seek_full")};
}

Result<std::monostate> DiskGeometry::check() const {
  const uint64_t least = 10 * seek_track + 5 * seek_full;
  const uint64_t most = 7 * seek_track + 8 * seek_full;
  if (least <= 15 * seek_average && 15 * seek_average <= most) return std::monostate{};
  return Error{
      "seek_average",
      fmt::format("{} is not between 1/3 and 8/15 of the way from seek_track, {}, to "
                  "seek_full, {}: no seek curve has these times",
                  format_time(seek_average), format_time(seek_track), format_time(seek_full))};
}

Cycles cycles_in(uint64_t picoseconds, uint64_t cpu_hz) {
  return {static_cast<uint64_t>(WideTicks{picoseconds} * cpu_hz / kPicoseconds)};
}

// The switch is rounded down: a track that follows then never just misses its first sector.
DiskMechanics::DiskMechanics(const DiskGeometry& geometry, uint64_t cpu_hz)
    : geometry_(geometry),
      cpu_hz_(cpu_hz),
      cylinder_skew_(cylinder_skew(geometry)),
      switch_time_{static_cast<uint64_t>(WideTicks{geometry.track_skew} * kSecondsOfMinute *
                                         cpu_hz / geometry.revolutions / geometry.sectors)},
      words_(kSecondsOfMinute * cpu_hz,
             uint64_t{geometry.revolutions} * geometry.sectors * kBlockWords) {}

DiskPlace DiskMechanics::place_of(uint32_t block) const {
  const uint32_t track = block / geometry_.sectors;
  const uint32_t cylinder = track / geometry_.heads;
  const uint64_t skew =
      uint64_t{geometry_.track_skew} * track + uint64_t{cylinder_skew_} * cylinder;
  return {.cylinder = cylinder,
          .head = track % geometry_.heads,
          .position = static_cast<uint32_t>((block + skew) % geometry_.sectors)};
}

Cycles DiskMechanics::move(const DiskPlace& from, const DiskPlace& to) const {
  if (from.cylinder < to.cylinder) return cycles_in(seek(to.cylinder - from.cylinder), cpu_hz_);
  if (from.cylinder > to.cylinder) return cycles_in(seek(from.cylinder - to.cylinder), cpu_hz_);
  return from.head == to.head ? Cycles{0} : switch_time_;
}

DiskAngle DiskMechanics::passage(Cycles from, uint32_t position) const {
  DiskAngle sector = angle_at(from) / kBlockWords;
  if (when(sector * kBlockWords) < from) ++sector;
  const auto passing = static_cast<uint32_t>(sector % geometry_.sectors);
  sector += (position + geometry_.sectors - passing) % geometry_.sectors;
  return sector * kBlockWords;
}

/// In picoseconds; over one cylinder or more.
uint64_t DiskMechanics::seek(uint32_t cylinders) const {
  const SeekCurve curve(geometry_);
  const WideTicks beyond = cylinders - 1;
  const WideTicks slow =
      root(WideTicks{curve.slow} * curve.slow * beyond / (WideTicks{9} * geometry_.cylinders));
  const WideTicks steady = curve.steady * beyond / (WideTicks{3} * geometry_.cylinders);
  return geometry_.seek_track + static_cast<uint64_t>(slow + steady);
}

}  // namespace exosim
