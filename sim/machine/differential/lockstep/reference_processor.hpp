// A second processor, to step beside the simulator's: conformance 1.1 to 1.8 as plain
// switches over the encoding. It shares no row, decoder or constant with isa/ and nothing with
// sim/cpu, so that a mistake has to be made twice to go unnoticed. Slow and simple on purpose.
#pragma once

#include <array>
#include <cstdint>

#include "sim/machine/differential/lockstep/reference_cache.hpp"
#include "sim/machine/differential/lockstep/reference_memory.hpp"
#include "sim/machine/differential/lockstep/reference_state.hpp"

namespace exosim::lockstep {

/// Exception codes, conformance 1.6.
enum class Code : uint32_t {
  kInt = 0,
  kMod = 1,
  kTlbl = 2,
  kTlbs = 3,
  kAdel = 4,
  kAdes = 5,
  kIbe = 6,
  kDbe = 7,
  kSys = 8,
  kBp = 9,
  kRi = 10,
  kCpu = 11,
  kOv = 12,
};

/// Bits of Status.
inline constexpr uint32_t kInterruptsOn = 0x1;
inline constexpr uint32_t kUserMode = 0x2;
inline constexpr uint32_t kIsolated = 0x10000;
inline constexpr uint32_t kSwapped = 0x20000;
inline constexpr uint32_t kParityZero = 0x40000;
inline constexpr uint32_t kCacheMiss = 0x80000;
inline constexpr uint32_t kParityError = 0x100000;
inline constexpr uint32_t kTlbShutDown = 0x200000;
inline constexpr uint32_t kBootVectors = 0x400000;
inline constexpr uint32_t kReversed = 0x2000000;

/// The only one that knows kReversed.
inline constexpr uint32_t kR3000A = 0x0230;

/// An instruction word taken apart.
struct Fields {
  explicit Fields(uint32_t word);

  uint32_t op, rs, rt, rd, shamt, funct, index;
  uint32_t unsigned_immediate;
  uint32_t immediate;  // its sign extended
};

class ReferenceProcessor {
 public:
  ReferenceProcessor(ReferenceMemory& memory, const ReferenceModel& model)
      : memory_(memory),
        partial_store_invalidates_(model.partial_store_invalidates),
        instruction_cache_(model.instruction_bytes, model.instruction_refill),
        data_cache_(model.data_bytes, model.data_refill) {}

  const StepOutcome& step();
  /// May be changed between steps.
  ReferenceState& state() { return state_; }
  /// Levels of IP7..2, as bits 7:2.
  uint32_t pins() const { return pins_; }
  void set_pins(uint32_t levels) { pins_ = levels; }
  ReferenceCache& instruction_cache() { return instruction_cache_; }
  ReferenceCache& data_cache() { return data_cache_; }

 private:
  struct Place {
    bool ok = false;
    uint32_t phys = 0;
    bool cached = false;
  };

  bool interrupted() const;
  void fetch_and_execute();
  void execute(const Fields& f);
  void raise(Code code, uint32_t bad_address = 0, bool refill = false, uint32_t coprocessor = 0);

  // Instructions, by their place in the tables of 1.1.
  void special(const Fields& f);
  void shift_or_jump(const Fields& f);
  void multiply_or_divide(const Fields& f);
  void arithmetic(const Fields& f);
  void immediate_arithmetic(const Fields& f);
  void branch(const Fields& f);
  void branch_on_sign(const Fields& f);
  void jump(const Fields& f);
  void coprocessor_operation(const Fields& f);
  void cop0_move_or_branch(const Fields& f);
  void cop0_function(const Fields& f);
  void absent_coprocessor(const Fields& f);
  void load(const Fields& f);
  void store(const Fields& f);
  void store_part(const Fields& f, uint32_t address, const Place& place);
  void coprocessor_load_or_store(const Fields& f);

  uint32_t read_cp0(uint32_t number) const;
  void write_cp0(uint32_t number, uint32_t value);
  uint32_t random() const { return 63 - static_cast<uint32_t>(state_.steps % 56); }
  void write_tlb(uint32_t entry);
  int find(uint32_t page, uint32_t asid);
  Place translate(uint32_t address, Access kind);
  Place look_up(uint32_t address, Access kind);
  bool usable(uint32_t coprocessor);

  /// Visible to the next instruction.
  void write(uint32_t reg, uint32_t value);
  /// Visible to the next instruction but one.
  void write_late(uint32_t reg, uint32_t value);
  void write_unless_overflow(uint32_t reg, int64_t sum);
  void go(bool taken, uint32_t target);
  uint32_t note_load(uint32_t address, const Place& place, uint32_t width);
  /// `byte` is the first of them in its word.
  void note_store(uint32_t address, const Place& place, uint32_t byte, uint32_t width,
                  uint32_t value);
  bool fetch(const Place& place, uint32_t& word);
  bool read_place(const Place& place, uint32_t phys, uint32_t width, uint32_t& value);
  void store_in_cache(uint32_t phys, uint32_t width, uint32_t value, bool isolated);
  /// Whether the cache has the word; a parity error says so in Status.
  bool hits(ReferenceCache& cache, uint32_t phys);
  bool refill(ReferenceCache& cache, uint32_t phys);
  ReferenceCache& fetch_side() { return status(kSwapped) ? data_cache_ : instruction_cache_; }
  ReferenceCache& data_side() { return status(kSwapped) ? instruction_cache_ : data_cache_; }
  bool status(uint32_t bit) const { return (state_.status & bit) != 0; }
  bool big_endian() const { return status(kReversed) && status(kUserMode); }

  ReferenceMemory& memory_;
  bool partial_store_invalidates_;
  ReferenceCache instruction_cache_;
  ReferenceCache data_cache_;
  ReferenceState state_;
  uint32_t pins_ = 0;
  StepOutcome step_;
  uint32_t slot_of_ = 0;              // the branch in whose slot this step is
  std::array<uint32_t, 32> after_{};  // the registers as the next instruction sees them
};

}  // namespace exosim::lockstep
