// See host_terminal.hpp.
#include "sim/machine/host_terminal.hpp"

#include <cerrno>
#include <cstring>
#include <filesystem>

namespace exosim {

Result<std::unique_ptr<HostTerminal>> HostTerminal::open(const std::string& input,
                                                         std::FILE* output) {
  std::FILE* file = nullptr;
  if (input == "-") {
    file = stdin;
  } else if (!input.empty()) {
    if (std::filesystem::is_directory(input)) return Error{input, "is a directory"};
    file = std::fopen(input.c_str(), "rb");
    if (!file) return Error{input, std::string("cannot read: ") + std::strerror(errno)};
  }
  return std::unique_ptr<HostTerminal>(new HostTerminal(file, output));
}

void HostTerminal::put(uint8_t character) {
  if (std::fputc(character, output_) == EOF) lost_ = true;
}

std::optional<uint8_t> HostTerminal::get() {
  if (!input_) return std::nullopt;
  const int character = std::fgetc(input_.get());
  if (character == EOF) return std::nullopt;
  return static_cast<uint8_t>(character);
}

bool HostTerminal::flush() {
  if (std::fflush(output_) != 0) lost_ = true;
  return !lost_;
}

}  // namespace exosim
