// What a run warns of: an R2000 with what only an R3000 has.
#include "sim/machine/config/model_warning.hpp"

#include <gtest/gtest.h>

namespace exosim {
namespace {

MachineConfig r2000() {
  MachineConfig config;
  config.cpu_model = "r2000";
  config.instruction_cache.refill_words = 1;
  config.data_cache.refill_words = 1;
  return config;
}

TEST(ModelWarning, AnR2000ReadsSingleWords) {
  EXPECT_EQ(model_warning(r2000()), std::nullopt);
  MachineConfig config = r2000();
  config.instruction_cache.refill_words = 4;
  EXPECT_EQ(model_warning(config),
            "cpu.model is r2000, which reads 1 word at a miss and does not stream; but "
            "cache.instruction.refill is 4");
}

TEST(ModelWarning, AnR2000DoesNotStream) {
  MachineConfig config = r2000();
  config.timing.streaming = true;
  EXPECT_EQ(model_warning(config),
            "cpu.model is r2000, which reads 1 word at a miss and does not stream; but "
            "timing.streaming is true");
}

TEST(ModelWarning, NamesAllKeysOnOneLine) {
  MachineConfig config = r2000();
  config.cpu_model = "r2000a";
  config.instruction_cache.refill_words = 8;
  config.data_cache.refill_words = 16;
  config.timing.streaming = true;
  EXPECT_EQ(model_warning(config),
            "cpu.model is r2000a, which reads 1 word at a miss and does not stream; but "
            "cache.instruction.refill is 8, cache.data.refill is 16, timing.streaming is true");
}

TEST(ModelWarning, ACacheThatThereIsNotReadsNoBlocks) {
  MachineConfig config = r2000();
  config.data_cache = {.bytes = 0, .refill_words = 4};
  EXPECT_EQ(model_warning(config), std::nullopt);
}

TEST(ModelWarning, AnR3000HasAll) {
  MachineConfig config = r2000();
  config.cpu_model = "r3000";
  config.data_cache.refill_words = 32;
  config.timing.streaming = true;
  EXPECT_EQ(model_warning(config), std::nullopt);
}

}  // namespace
}  // namespace exosim
