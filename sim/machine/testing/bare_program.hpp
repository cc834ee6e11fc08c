// For tests: a bare image from assembly text, a configuration with the standard devices, and a
// terminal that remembers.
#pragma once

#include <cstdint>
#include <cstring>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "isa/assembler.hpp"
#include "sim/bus/device_params.hpp"
#include "sim/machine/config/machine_config.hpp"
#include "sim/machine/loader/image.hpp"

namespace exosim::testing {

/// Where bare programs of tests are linked: behind the exception vectors.
inline constexpr uint32_t kProgramBase = 0x80001000;

/// An image of one segment at `base`, entered at its first word.
inline Image bare_program(std::string_view source, uint32_t base = kProgramBase) {
  const auto words = isa::assemble_program(source, base);
  if (!words) throw std::invalid_argument(words.error());
  Image image;
  image.name = "test";
  image.entry = base;
  image.file.resize(words->size() * sizeof(isa::Word));
  std::memcpy(image.file.data(), words->data(), image.file.size());
  const auto size = static_cast<uint32_t>(image.file.size());
  image.segments = {{.virt = base,
                     .file_offset = 0,
                     .file_size = size,
                     .memory_size = size,
                     .executable = true,
                     .writable = false}};
  image.info.name = "test";
  return image;
}

inline DeviceConfig standard_device(const std::string& type, uint32_t address,
                                    std::optional<unsigned> interrupt) {
  const DeviceType& device_type = Registry<DeviceType>::all().at(type);
  return {.name = type,
          .type = type,
          .address = address,
          .interrupt = interrupt,
          .params = default_params(device_type)};
}

/// Console at 0x10000000, timer at 0x10001000 on IP3; an instruction takes a cycle.
inline MachineConfig standard_machine() {
  MachineConfig config;
  config.ram_bytes = 1u << 20;
  config.timing_engine = "ideal";
  config.devices = {standard_device("console", 0x10000000, std::nullopt),
                    standard_device("timer", 0x10001000, 3)};
  return config;
}

/// Collects what the guest prints and gives it `input`.
class RecordingTerminal final : public Terminal {
 public:
  explicit RecordingTerminal(std::string input = {}) : input_(std::move(input)) {}

  void put(uint8_t character) override { output_.push_back(static_cast<char>(character)); }
  std::optional<uint8_t> get() override {
    if (next_ == input_.size()) return std::nullopt;
    return static_cast<uint8_t>(input_[next_++]);
  }
  const std::string& output() const { return output_; }

 private:
  std::string input_;
  size_t next_ = 0;
  std::string output_;
};

}  // namespace exosim::testing
