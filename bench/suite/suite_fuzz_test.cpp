// A bounded, seeded run of the fuzzer's question, for machines without libFuzzer.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "bench/suite/fuzz/one_suite.hpp"
#include "sim/base/testing/text_mutator.hpp"

namespace exosim::bench {
namespace {

std::vector<std::string> corpus() {
  return exosim::testing::read_corpus(EXOSIM_SOURCE_DIR "/bench/suites/aegis.yaml",
                                      EXOSIM_SOURCE_DIR "/bench/suite/fuzz/corpus");
}

TEST(SuiteFuzz, CorpusItselfKeepsThePromise) {
  const std::vector<std::string> texts = corpus();
  EXPECT_GE(texts.size(), 3u);
  for (const std::string& text : texts) EXPECT_EQ(broken_promise(text), "") << text;
}

TEST(SuiteFuzz, FiveThousandMutatedFilesGiveASuiteOrAMessage) {
  exosim::testing::TextMutator mutator(corpus(), 1);
  for (int i = 0; i < 5'000; ++i) {
    const std::string text = mutator.next();
    ASSERT_EQ(broken_promise(text), "") << "file " << i << ":\n" << text;
  }
}

}  // namespace
}  // namespace exosim::bench
