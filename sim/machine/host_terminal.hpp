// The console's end on the host: guest output to standard output, guest input from a file.
#pragma once

#include <cstdint>
#include <cstdio>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>

#include "sim/base/result.hpp"
#include "sim/bus/device.hpp"

namespace exosim {

/// Reads input when the guest asks for it, so that what the guest sees depends on the bytes alone
/// and not on when they arrived.
class HostTerminal final : public Terminal {
 public:
  /// `input` is a file, "-" for standard input, or empty for none. Refuses a file that cannot be
  /// opened. Output goes to `output`, which is not closed.
  static Result<std::unique_ptr<HostTerminal>> open(const std::string& input, std::FILE* output);

  void put(uint8_t character) override;
  std::optional<uint8_t> get() override;
  /// Text that is not the guest's, after what the guest has written.
  void write(std::string_view text);
  /// Writes out what is buffered. Returns the first error of all writing (the disk is full), which
  /// may be older than this call; std::errc::broken_pipe also as soon as a pipe has no reader.
  std::error_code flush();

 private:
  struct Close {
    void operator()(std::FILE* file) const {
      if (file != stdin) std::fclose(file);
    }
  };

  HostTerminal(std::FILE* input, std::FILE* output) : input_(input), output_(output) {}
  void note_error(int error);

  std::unique_ptr<std::FILE, Close> input_;  // null: no input
  std::FILE* output_;
  std::error_code error_;  // what is written after an error is dropped
};

}  // namespace exosim
