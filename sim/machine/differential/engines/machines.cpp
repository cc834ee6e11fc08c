// Configurations from files, and varied.
#include "sim/machine/differential/engines/machines.hpp"

#include <array>
#include <cstdint>

#include "sim/machine/config/load_config.hpp"

namespace exosim::differential {

MachineConfig machine_of(const std::filesystem::path& file) {
  return load_config(file).value().machine;
}

std::vector<std::string> machine_names() {
  return {"r3000.yaml", "dec2100.yaml", "dec3100.yaml", "dec5000-125.yaml", "dec5000-200.yaml"};
}

MachineConfig random_machine(const std::filesystem::path& configs, Random& random) {
  const auto from = [&](uint32_t low, uint32_t high) { return low + random.below(high - low + 1); };
  const std::vector<std::string> names = machine_names();
  MachineConfig config =
      machine_of(configs / names[random.below(static_cast<uint32_t>(names.size()))]);
  constexpr std::array<uint32_t, 5> kRefills = {1, 4, 8, 16, 32};
  const auto refill = [&] { return kRefills[random.below(5)]; };
  config.instruction_cache = {.bytes = 4096u << random.below(3), .refill_words = refill()};
  config.data_cache = {.bytes = random.below(5) == 0 ? 0 : 4096u << random.below(3),
                       .refill_words = refill()};
  TimingConfig& timing = config.timing;
  timing.write_buffer_depth = from(1, 6);
  timing.write_buffer_gathers = random.below(2) != 0;
  timing.memory.read = {.first = from(1, 12), .next = from(1, 2)};
  timing.memory.write_other_page = from(1, 8);
  timing.memory.refresh_interval_ps = random.below(2) * from(2, 16) * uint64_t{1'000'000};
  timing.exception = from(2, 4);
  timing.streaming = random.below(2) != 0;
  return config;
}

}  // namespace exosim::differential
