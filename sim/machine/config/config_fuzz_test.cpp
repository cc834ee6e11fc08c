// A bounded, seeded run of the fuzzer's question, for machines without libFuzzer.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "sim/base/testing/text_mutator.hpp"
#include "sim/machine/config/fuzz/one_input.hpp"

namespace exosim {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> corpus() {
  const fs::path source = EXOSIM_SOURCE_DIR;
  std::vector<fs::path> paths = {source / "configs/r3000.yaml"};
  for (const auto& entry : fs::directory_iterator(source / "sim/machine/config/fuzz/corpus")) {
    paths.push_back(entry.path());
  }
  std::ranges::sort(paths);
  std::vector<std::string> texts;
  for (const fs::path& path : paths) {
    std::ifstream stream(path, std::ios::binary);
    texts.emplace_back(std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>());
  }
  return texts;
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
