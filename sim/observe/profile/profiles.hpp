// All profiles that a run was asked for, with their files.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "sim/base/result.hpp"
#include "sim/observe/code_map.hpp"
#include "sim/observe/observer.hpp"
#include "sim/observe/profile/operation_costs.hpp"
#include "sim/observe/profile/profile.hpp"
#include "sim/observe/profile/timeline.hpp"
#include "sim/observe/text_file.hpp"

namespace exosim {

/// File names; empty: not wanted.
struct ProfileFiles {
  std::string callgrind;
  std::string folded;
  std::string operations;  // --profile
  std::string timeline;
  TimelineWindow timeline_window;

  bool any() const {
    return !callgrind.empty() || !folded.empty() || !operations.empty() || !timeline.empty();
  }
};

class Profiles {
 public:
  /// Creates the files. All images must be in `code`. `ledger` must see each step before the
  /// observers. Both must outlive this.
  static Result<std::unique_ptr<Profiles>> create(const ProfileFiles& files, const CodeMap& code,
                                                  Ledger& ledger, const TimelineMachine& machine);

  /// Who must see the run: nobody if no profile is wanted.
  std::vector<Observer*> observers();
  /// True once something could not be written.
  bool failed() const { return timeline_ && timeline_->failed(); }
  /// After the run; to be called once. Reports the first error.
  Result<std::monostate> write();

 private:
  std::unique_ptr<Profile> profile_;  // null: of no file
  std::optional<TextFile> callgrind_;
  std::optional<TextFile> folded_;
  std::optional<TextFile> operations_;
  std::unique_ptr<OperationCosts> costs_;  // null: of no file
  std::unique_ptr<Timeline> timeline_;     // null: not wanted
};

}  // namespace exosim
