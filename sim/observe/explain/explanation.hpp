// What chosen functions cost, instruction by instruction: --explain.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "isa/insn.hpp"
#include "sim/base/result.hpp"
#include "sim/observe/code_map.hpp"
#include "sim/observe/cycle_causes.hpp"
#include "sim/observe/explain/functions.hpp"
#include "sim/observe/observer.hpp"
#include "sim/observe/recent_steps.hpp"
#include "sim/observe/word_map.hpp"

namespace exosim {

/// The figures of one instruction of one program, of all environments that run it together.
struct InstructionCost {
  uint32_t address = 0;  // virtual, as linked
  isa::Word word;        // as loaded
  uint64_t executions = 0;
  uint64_t exceptions = 0;  // raised by it, or taken before it, as interrupts are
  CauseTotals causes;       // of its steps, and of the stalls that it caused in later ones
};

/// Counts for the functions that were asked for. Must see every step. A step without a fetch is
/// charged to the instruction that would have been fetched; only of the very first instruction in a
/// mapped address space it is not known which one that is.
class Explanation final : public Observer {
 public:
  /// A word of memory as it is now, without an effect; nullopt where there is none.
  using ReadWord = std::function<std::optional<uint32_t>(PhysAddr)>;

  /// All images must be in `code` and in memory; `code` must outlive this. Refuses names as
  /// find_functions() does.
  static Result<std::unique_ptr<Explanation>> create(const CodeMap& code,
                                                     std::span<const std::string> names,
                                                     const ReadWord& read);

  void on_retired(Cycles begin, const StepCost& cost, const Retired& retired) override;
  /// In the order of the names, each once.
  const std::vector<Function>& functions() const { return functions_; }
  /// Of the whole run.
  uint64_t cycles() const { return cycles_; }
  /// By address.
  std::vector<InstructionCost> costs(const Function& function) const;

 private:
  using Row = uint32_t;  // in rows_; 0: whatever was not asked for

  explicit Explanation(const CodeMap& code) : code_(code), rows_(1), recent_(0) {}
  void watch(const Function& function, const ReadWord& read);
  void watch(const CodeRange& range, const Function& function, const ReadWord& read);
  Row row_of(const Retired& retired);
  Row row_of_unfetched(const Retired& retired) const;

  static constexpr size_t kSpaces = 64;  // address space identifiers

  const CodeMap& code_;
  std::vector<Function> functions_;
  std::vector<InstructionCost> rows_;
  std::map<std::pair<std::string, uint32_t>, Row> numbers_;  // by image and virtual address
  WordMap<Row> sites_;
  uint64_t cycles_ = 0;
  RecentSteps<Row> recent_;
  std::array<PhysAddr, kSpaces> last_fetch_{};  // through the TLB, by address space
};

}  // namespace exosim
