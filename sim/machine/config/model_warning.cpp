// See model_warning.hpp. Sources: an R2000 reads single words (DTJ90 in configs/dec3100.yaml; Kane,
// from memory); block refill and instruction streaming came with the R3000 (Kane, from memory).
#include "sim/machine/config/model_warning.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <vector>

namespace exosim {

std::optional<std::string> model_warning(const MachineConfig& config) {
  if (!config.cpu_model.starts_with("r2000")) return std::nullopt;
  std::vector<std::string> keys;
  const auto add_refill = [&keys](const char* key, const CacheGeometry& cache) {
    if (cache.bytes != 0 && cache.refill_words != 1)
      keys.push_back(fmt::format("{} is {}", key, cache.refill_words));
  };
  add_refill("cache.instruction.refill", config.instruction_cache);
  add_refill("cache.data.refill", config.data_cache);
  if (config.timing.streaming) keys.emplace_back("timing.streaming is true");
  if (keys.empty()) return std::nullopt;
  return fmt::format("cpu.model is {}, which reads 1 word at a miss and does not stream; but {}",
                     config.cpu_model, fmt::join(keys, ", "));
}

}  // namespace exosim
