// A profile behind its ledger, fed with steps.
#pragma once

#include <memory>

#include "sim/observe/ledger/ledger.hpp"
#include "sim/observe/profile/profile.hpp"

namespace exosim::testing {

class ProfileRun final : public Observer {
 public:
  explicit ProfileRun(const CodeMap& code)
      : ledger_(Ledger::create(code).value()), profile_(code, *ledger_) {}

  void on_retired(Cycles begin, const StepCost& cost, const Retired& retired) override {
    ledger_->on_retired(begin, cost, retired);
    profile_.on_retired(begin, cost, retired);
  }
  Ledger& ledger() { return *ledger_; }
  const Profile& profile() const { return profile_; }

 private:
  std::unique_ptr<Ledger> ledger_;
  Profile profile_;
};

}  // namespace exosim::testing
