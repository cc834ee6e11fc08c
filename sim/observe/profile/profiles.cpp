// See profiles.hpp.
#include "sim/observe/profile/profiles.hpp"

#include <utility>

#include "sim/observe/profile/callgrind.hpp"

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

Result<std::unique_ptr<Profiles>> Profiles::create(const ProfileFiles& files, const CodeMap& code) {
  auto profiles = std::make_unique<Profiles>();
  if (auto opened = open(files.callgrind, profiles->callgrind_); !opened) return opened.error();
  if (profiles->callgrind_) profiles->profile_ = std::make_unique<Profile>(code);
  return profiles;
}

std::vector<Observer*> Profiles::observers() {
  std::vector<Observer*> observers;
  if (profile_) observers.push_back(profile_.get());
  return observers;
}

Result<std::monostate> Profiles::write() {
  if (!callgrind_) return std::monostate{};
  write_callgrind(*profile_, *callgrind_);
  return callgrind_->close();
}

}  // namespace exosim
