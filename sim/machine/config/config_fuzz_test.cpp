// A bounded, seeded run of the fuzzer's question, for machines without libFuzzer.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "sim/base/testing/text_mutator.hpp"
#include "sim/machine/config/fuzz/one_input.hpp"

namespace exosim {
namespace {

std::vector<std::string> corpus() {
  return testing::read_corpus(EXOSIM_SOURCE_DIR "/configs/r3000.yaml",
                              EXOSIM_SOURCE_DIR "/sim/machine/config/fuzz/corpus");
}

TEST(ConfigFuzz, CorpusItselfKeepsThePromise) {
  const std::vector<std::string> texts = corpus();
  EXPECT_GE(texts.size(), 10u);
  for (const std::string& text : texts) EXPECT_EQ(broken_promise(text), "") << text;
}

TEST(ConfigFuzz, TenThousandMutatedFilesGiveAMachineOrAMessage) {
  testing::TextMutator mutator(corpus(), 1);
  for (int i = 0; i < 10'000; ++i) {
    const std::string text = mutator.next();
    ASSERT_EQ(broken_promise(text), "") << "file " << i << ":\n" << text;
  }
}

}  // namespace
}  // namespace exosim
