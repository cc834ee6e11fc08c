// Many random programs as one memory image, the driver that runs them on a MIPS Linux or on a bare
// machine, and what is left of each in memory afterwards.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "sim/machine/differential/random_program.hpp"

namespace exosim::differential {

/// A piece of the address space.
struct MemoryPiece {
  uint32_t address = 0;
  std::vector<std::byte> bytes;
  bool writable = false;
};

/// Registers and memory of a program, before or after. r0 and the machinery's registers are 0.
struct Outcome {
  std::array<uint32_t, 32> gpr{};
  uint32_t hi = 0;
  uint32_t lo = 0;
  std::array<uint8_t, kDataSize> data{};

  friend bool operator==(const Outcome&, const Outcome&) = default;
};

/// As many programs as fit between the code's base and the records, however long they are.
inline constexpr size_t kMostPrograms = 6000;

/// What the driver runs on.
enum class BatchHost : uint8_t {
  kLinux,  // in kuseg; it writes the records to standard output and exits with status 0
  kBare,   // in kseg0; it ends the run with status 0
};

/// Programs at consecutive addresses behind their driver, and a record for each: initial state on
/// the way in, outcome on the way out.
class Batch {
 public:
  /// One program for each seed from `first_seed` up; at most kMostPrograms.
  Batch(uint64_t first_seed, size_t count, BatchHost host = BatchHost::kLinux);

  const std::vector<RandomProgram>& programs() const { return programs_; }
  /// Where the driver begins.
  uint32_t entry() const { return pieces_.front().address; }
  /// The driver and the programs, then the records. The driver runs every program.
  const std::vector<MemoryPiece>& pieces() const { return pieces_; }
  /// The outcome of a program in what the driver wrote, all of it.
  Outcome outcome(size_t program, std::span<const std::byte> records) const;
  /// Bytes of all records.
  size_t records_size() const;

 private:
  std::vector<RandomProgram> programs_;
  std::vector<MemoryPiece> pieces_;
};

}  // namespace exosim::differential
