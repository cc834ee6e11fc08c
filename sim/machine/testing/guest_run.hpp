// For tests: a bare program, run to its end on the standard machine.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string_view>
#include <utility>
#include <vector>

#include "sim/machine/machine.hpp"
#include "sim/machine/testing/bare_program.hpp"

namespace exosim::testing {

/// What a test of a run may want to say of it.
struct GuestRunSettings {
  RunLimits limits = {.cycles = {10'000}};
  MachineConfig config = standard_machine();
  std::vector<Symbol> symbols = {};
  GuestBugSet stop_on = {};
};

/// The machine after its run.
class GuestRun {
 public:
  explicit GuestRun(std::string_view source, GuestRunSettings settings = {}) {
    image_ = bare_program(source);
    image_.info.symbols = std::move(settings.symbols);
    machine = Machine::create(settings.config, terminal).value();
    machine->stop_on(settings.stop_on);
    EXPECT_TRUE(machine->boot(image_, {}));
    machine->run(settings.limits);
  }

  ExitReason reason() const { return machine->outcome().reason(); }
  const std::string& detail() const { return machine->outcome().detail(); }

  RecordingTerminal terminal;
  std::unique_ptr<Machine> machine;

 private:
  Image image_;
};

}  // namespace exosim::testing
