// See profiles.hpp.
#include "sim/observe/profile/profiles.hpp"

#include <initializer_list>
#include <utility>

#include "sim/observe/profile/callgrind.hpp"
#include "sim/observe/profile/folded.hpp"
#include "sim/observe/profile/operation_profile.hpp"

namespace exosim {
namespace {

Result<std::monostate> open(const std::string& name, std::optional<TextFile>& file) {
  if (name.empty()) return std::monostate{};
  auto created = TextFile::create(name);
  if (!created) return created.error();
  file.emplace(std::move(*created));
  return std::monostate{};
}

}  // namespace

Result<std::unique_ptr<Profiles>> Profiles::create(const ProfileFiles& files, const CodeMap& code,
                                                   Ledger& ledger, const TimelineMachine& machine) {
  auto profiles = std::make_unique<Profiles>();
  for (const auto& [name, file] : {std::pair{&files.callgrind, &profiles->callgrind_},
                                   std::pair{&files.folded, &profiles->folded_},
                                   std::pair{&files.operations, &profiles->operations_}})
    if (auto opened = open(*name, *file); !opened) return opened.error();
  if (profiles->callgrind_ || profiles->folded_ || profiles->operations_)
    profiles->profile_ = std::make_unique<Profile>(code, ledger);
  if (profiles->operations_)
    profiles->costs_ = std::make_unique<OperationCosts>(ledger, *profiles->profile_);
  if (!files.timeline.empty()) {
    auto timeline = Timeline::create(files.timeline, files.timeline_window, code, ledger, machine);
    if (!timeline) return timeline.error();
    profiles->timeline_ = std::move(*timeline);
    ledger.listen(profiles->timeline_->operations());
  }
  return profiles;
}

std::vector<Observer*> Profiles::observers() {
  std::vector<Observer*> observers;
  for (Observer* observer :
       std::initializer_list<Observer*>{profile_.get(), costs_.get(), timeline_.get()})
    if (observer != nullptr) observers.push_back(observer);
  return observers;
}

Result<std::monostate> Profiles::write() {
  Result<std::monostate> written = std::monostate{};
  const auto close = [&](auto& file) {
    if (const auto closed = file.close(); written) written = closed;
  };
  if (callgrind_) {
    write_callgrind(*profile_, *callgrind_);
    close(*callgrind_);
  }
  if (folded_) {
    write_folded(*profile_, *folded_);
    close(*folded_);
  }
  if (operations_) {
    operations_->write(operation_profile_json(*costs_, profile_->ledger().operations()));
    close(*operations_);
  }
  if (timeline_) close(*timeline_);
  return written;
}

}  // namespace exosim
