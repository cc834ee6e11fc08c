// Random privileged sequences as assembly text: what a kernel does with coprocessor 0 and the TLB,
// and what goes wrong in it and in the user code that it starts.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "sim/base/random.hpp"

namespace exosim::differential {

/// Physical address and number of the pages with user code, and what makes one up.
inline constexpr uint32_t kUserCode = 0x00700000;
inline constexpr uint32_t kUserPages = 2;
inline constexpr uint32_t kRoutineWords = 32;
inline constexpr uint32_t kRoutinesOfPage = 4096 / 4 / kRoutineWords;

/// Steps that run on top of privileged_runtime.hpp. Two TLB entries never match at once; a load or
/// mfc0 is never read in its delay slot; at least one instruction stands between mtc0 and what
/// depends on it, four before what Status enables; no branch stands in a delay slot.
class PrivilegedSteps {
 public:
  explicit PrivilegedSteps(uint64_t seed);

  /// Steps with a report of each, a dump now and then, and the end of the run.
  std::string steps(size_t count);
  /// Routines of kRoutineWords each, on all pages: at the end of each a trap.
  std::string user_code();

 private:
  /// A TLB entry that steps use, and the pages that it maps in turn.
  struct Entry {
    uint32_t index = 0;
    std::array<uint32_t, 2> pages{};
  };
  using Lines = std::vector<std::string>;

  // Steps.
  void step();
  void write_data_entry();
  void write_code_entry();
  void write_entry(const Entry& entry, uint32_t lo);
  void probe();
  void read_entry();
  void access_memory();
  void raise_trap();
  void fault_in_delay_slot();
  void move_to_registers();
  void leave_exception();
  void enter_user_mode();
  void jump_to_mapped_code();

  // Pieces of steps.
  void add(std::string_view text);
  void set(std::string_view reg, uint32_t value);
  void set_entry_hi(uint32_t value);
  void set_status(uint32_t value);
  void set_operands();
  std::string access(std::string_view base);
  std::string trap();
  std::string next_label() const;
  uint32_t status();
  uint32_t entry_hi(const Entry& entry);
  uint32_t data_address();
  uint32_t code_address(bool user);

  // User code.
  Lines routine(uint32_t number);
  Lines routine_body();
  Lines branch_over();

  uint32_t below(uint32_t bound) { return random_.below(bound); }
  bool one_in(uint32_t n) { return below(n) == 0; }
  const auto& pick(const auto& of) { return of[below(static_cast<uint32_t>(of.size()))]; }

  Random random_;
  std::array<Entry, 7> data_;
  std::array<Entry, 3> code_;
  std::string text_;
  size_t next_ = 0;    // number of the step
  size_t labels_ = 0;  // of user code
};

}  // namespace exosim::differential
