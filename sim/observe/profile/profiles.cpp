// See profiles.hpp.
#include "sim/observe/profile/profiles.hpp"

#include <utility>

#include "sim/observe/profile/callgrind.hpp"
#include "sim/observe/profile/folded.hpp"

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
                                                   const Ledger& ledger,
                                                   const TimelineMachine& machine) {
  auto profiles = std::make_unique<Profiles>();
  if (auto opened = open(files.callgrind, profiles->callgrind_); !opened) return opened.error();
  if (auto opened = open(files.folded, profiles->folded_); !opened) return opened.error();
  if (profiles->callgrind_ || profiles->folded_)
    profiles->profile_ = std::make_unique<Profile>(code, ledger);
  if (!files.timeline.empty()) {
    auto timeline = Timeline::create(files.timeline, files.timeline_window, code, ledger, machine);
    if (!timeline) return timeline.error();
    profiles->timeline_ = std::move(*timeline);
  }
  return profiles;
}

std::vector<Observer*> Profiles::observers() {
  std::vector<Observer*> observers;
  if (profile_) observers.push_back(profile_.get());
  if (timeline_) observers.push_back(timeline_.get());
  return observers;
}

Result<std::monostate> Profiles::write() {
  Result<std::monostate> written = std::monostate{};
  const auto keep_first = [&](const Result<std::monostate>& result) {
    if (written) written = result;
  };
  if (callgrind_) {
    write_callgrind(*profile_, *callgrind_);
    keep_first(callgrind_->close());
  }
  if (folded_) {
    write_folded(*profile_, *folded_);
    keep_first(folded_->close());
  }
  if (timeline_) keep_first(timeline_->close());
  return written;
}

}  // namespace exosim
