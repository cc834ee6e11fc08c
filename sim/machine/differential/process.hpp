// Child processes of the tests: other people's simulators.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace exosim::differential {

/// True iff the shell finds the program.
bool is_installed(const std::string& program);

/// A finished process.
struct ProcessOutput {
  std::vector<std::byte> bytes;  // its standard output
  int status = -1;               // as from wait(2); 0 is success, -1 that it could not be started
};

/// Runs a shell command to its end.
ProcessOutput output_of(const std::string& command);

/// An input that gives nothing and does not end: the reading end of a pipe that this object holds
/// open. Commands run meanwhile inherit it as descriptor().
class EndlessInput {
 public:
  EndlessInput();
  ~EndlessInput();
  EndlessInput(const EndlessInput&) = delete;
  EndlessInput& operator=(const EndlessInput&) = delete;

  /// -1 if the system gave no pipe.
  int descriptor() const { return ends_[0]; }

 private:
  int ends_[2] = {-1, -1};
};

}  // namespace exosim::differential
