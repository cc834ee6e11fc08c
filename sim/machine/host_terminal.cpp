// See host_terminal.hpp.
#include "sim/machine/host_terminal.hpp"

#include <poll.h>

#include <cerrno>

#include "sim/base/file.hpp"

namespace exosim {
namespace {

/// A write would fail, but none may come for a long time.
bool has_lost_its_reader(std::FILE* pipe) {
  pollfd state{.fd = fileno(pipe), .events = 0, .revents = 0};
  return poll(&state, 1, 0) == 1 && (state.revents & POLLERR) != 0;
}

}  // namespace

Result<std::unique_ptr<HostTerminal>> HostTerminal::open(const std::string& input,
                                                         std::FILE* output) {
  std::FILE* file = nullptr;
  if (input == "-") {
    file = stdin;
  } else if (!input.empty()) {
    auto opened = open_input(input);
    if (!opened) return opened.error();
    file = opened->release();
  }
  return std::unique_ptr<HostTerminal>(new HostTerminal(file, output));
}

void HostTerminal::put(uint8_t character) {
  if (!error_ && std::fputc(character, output_) == EOF) note_error(errno);
}

std::optional<uint8_t> HostTerminal::get() {
  if (!input_) return std::nullopt;
  const int character = std::fgetc(input_.get());
  if (character == EOF) return std::nullopt;
  return static_cast<uint8_t>(character);
}

void HostTerminal::write(std::string_view text) {
  if (!error_ && std::fwrite(text.data(), 1, text.size(), output_) != text.size())
    note_error(errno);
}

std::error_code HostTerminal::flush() {
  if (!error_ && std::fflush(output_) != 0) note_error(errno);
  if (!error_ && has_lost_its_reader(output_)) note_error(EPIPE);
  return error_;
}

void HostTerminal::note_error(int error) { error_ = {error, std::generic_category()}; }

}  // namespace exosim
