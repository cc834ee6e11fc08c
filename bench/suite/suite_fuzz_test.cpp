// A bounded, seeded run of the fuzzer's question, for machines without libFuzzer.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "bench/suite/fuzz/one_suite.hpp"
#include "sim/base/testing/text_mutator.hpp"

namespace exosim::bench {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> corpus() {
  const fs::path source = EXOSIM_SOURCE_DIR;
  std::vector<fs::path> paths = {source / "bench/suites/aegis.yaml"};
  for (const auto& entry : fs::directory_iterator(source / "bench/suite/fuzz/corpus"))
    paths.push_back(entry.path());
  std::ranges::sort(paths);
  std::vector<std::string> texts;
  for (const fs::path& path : paths) {
    std::ifstream stream(path, std::ios::binary);
    texts.emplace_back(std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>());
  }
  return texts;
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
