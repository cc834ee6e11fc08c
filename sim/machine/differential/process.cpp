// Child processes of the tests: other people's simulators.
#include "sim/machine/differential/process.hpp"

#include <unistd.h>

#include <array>
#include <cstdio>
#include <cstdlib>

namespace exosim::differential {

bool is_installed(const std::string& program) {
  return std::system(("command -v " + program + " > /dev/null 2>&1").c_str()) == 0;
}

ProcessOutput output_of(const std::string& command) {
  ProcessOutput output;
  FILE* const pipe = popen(command.c_str(), "r");
  if (pipe == nullptr) return output;
  std::array<std::byte, 65536> buffer;
  for (size_t got; (got = std::fread(buffer.data(), 1, buffer.size(), pipe)) > 0;)
    output.bytes.insert(output.bytes.end(), buffer.data(), buffer.data() + got);
  output.status = pclose(pipe);
  return output;
}

EndlessInput::EndlessInput() {
  if (::pipe(ends_) != 0) ends_[0] = ends_[1] = -1;
}

EndlessInput::~EndlessInput() {
  for (const int end : ends_)
    if (end >= 0) ::close(end);
}

}  // namespace exosim::differential
