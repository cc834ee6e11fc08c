// The trace of --trace: one line per step, in the format of docs/trace.md.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "sim/base/result.hpp"
#include "sim/observe/code_map.hpp"
#include "sim/observe/observer.hpp"
#include "sim/observe/text_file.hpp"

namespace exosim {

/// Steps that begin in [from, to] are written.
struct TraceWindow {
  Cycles from;
  Cycles to = kNever;
};

/// Writes the trace. It has no host data: same run, same bytes.
class CommitLog final : public Observer {
 public:
  /// Creates the file. `code` must outlive this; images may be added to it before the first step.
  static Result<std::unique_ptr<CommitLog>> create(const std::filesystem::path& path,
                                                   TraceWindow window, const CodeMap& code);

  void on_retired(Cycles begin, const StepCost& cost, const Retired& retired) override;
  /// True once something could not be written: nothing more will be.
  bool failed() const { return file_.failed(); }
  /// Writes what is left and reports the first error of all writing; to be called once.
  Result<std::monostate> close();

 private:
  /// The part of a line that depends on the instruction alone, kept because code repeats.
  struct Known {
    bool valid = false;
    uint32_t pc = 0;
    uint32_t phys = 0;
    uint32_t word = 0;
    std::string text;
  };

  CommitLog(TextFile file, TraceWindow window, const CodeMap& code);
  const std::string& instruction_text(const Retired& retired);
  std::string describe(const Retired& retired) const;

  TextFile file_;
  TraceWindow window_;
  const CodeMap& code_;
  std::vector<Known> known_;  // direct mapped by physical address
  std::string buffer_;
};

}  // namespace exosim
