// Where the blocks of a disk are, how long its heads take to a track, and when a block passes them.
// The position of the medium follows from the cycle alone: nothing is summed, so nothing drifts.
#pragma once

#include <cstdint>
#include <variant>

#include "sim/base/result.hpp"
#include "sim/base/types.hpp"
#include "sim/bus/device.hpp"
#include "sim/time/tick_scale.hpp"

namespace exosim {

/// Words of a block, and so of a sector.
inline constexpr uint32_t kBlockWords = 128;

/// Times in picoseconds.
struct DiskGeometry {
  uint32_t cylinders = 1;
  uint32_t heads = 1;        // tracks of a cylinder
  uint32_t sectors = 1;      // blocks of a track
  uint32_t track_skew = 0;   // sectors that a track begins behind the one before
  uint32_t revolutions = 1;  // per minute
  uint64_t seek_track = 0;   // to the next cylinder
  uint64_t seek_average = 0;
  uint64_t seek_full = 0;  // over all cylinders

  /// From the parameters of the device.
  static DiskGeometry of(const DeviceParams& params);
  uint32_t blocks() const { return cylinders * heads * sectors; }
  /// Refuses seek times that no curve goes through.
  Result<std::monostate> check() const;
};

/// Whole cycles that fit into this time.
Cycles cycles_in(uint64_t picoseconds, uint64_t cpu_hz);

/// Where a block is.
struct DiskPlace {
  uint32_t cylinder = 0;
  uint32_t head = 0;
  uint32_t position = 0;  // on the track, in sectors from the index mark
  friend bool operator==(const DiskPlace&, const DiskPlace&) = default;
};

/// The medium's position: words that have passed the heads since cycle 0, when every track's index
/// mark was there.
using DiskAngle = WideTicks;

class DiskMechanics {
 public:
  /// The geometry has been checked.
  DiskMechanics(const DiskGeometry& geometry, uint64_t cpu_hz);

  DiskPlace place_of(uint32_t block) const;
  /// Cycles that the heads take from one place's track to that of another.
  Cycles move(const DiskPlace& from, const DiskPlace& to) const;
  DiskAngle angle_at(Cycles cycle) const { return words_.ticks_at(cycle); }
  /// The first cycle at which the medium is there.
  Cycles when(DiskAngle angle) const { return words_.first_cycle_of(angle); }
  /// Where the position's next passage begins that does so at this cycle or later.
  DiskAngle passage(Cycles from, uint32_t position) const;

 private:
  uint64_t seek(uint32_t cylinders) const;

  DiskGeometry geometry_;
  uint64_t cpu_hz_;
  uint32_t cylinder_skew_;  // sectors
  Cycles switch_time_;      // from head to head
  TickScale words_;
};

}  // namespace exosim
