// The reader and the JSON Schema of annotations agree; mutated files give annotations or a message.
#include <gtest/gtest.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "sim/base/testing/json_schema.hpp"
#include "sim/base/testing/text_mutator.hpp"
#include "sim/machine/annotations/fuzz/one_file.hpp"
#include "sim/machine/config/editor_view.hpp"

namespace exosim {
namespace {

namespace fs = std::filesystem;

const fs::path kSource = EXOSIM_SOURCE_DIR;

std::string text_of(const fs::path& path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

std::vector<std::string> corpus() {
  std::vector<fs::path> paths;
  for (const auto& entry : fs::directory_iterator(kSource / "sim/machine/annotations/fuzz/corpus"))
    paths.push_back(entry.path());
  std::ranges::sort(paths);
  std::vector<std::string> texts;
  for (const fs::path& path : paths) texts.push_back(text_of(path));
  return texts;
}

/// What the schema has against the text; empty if nothing.
std::string violations(const std::string& text) {
  static testing::JsonSchema schema(
      nlohmann::json::parse(text_of(kSource / "docs/annotations.schema.json")));
  return schema.violations(testing::as_editors_see(YAML::Load(text)));
}

TEST(AnnotationsSchema, AcceptsEveryKeyAsTheReaderDoes) {
  const std::string whole = text_of(kSource / "sim/machine/annotations/fuzz/corpus/all_keys.yaml");
  EXPECT_EQ(violations(whole), "");
  const auto file = parse_annotations(whole, "a.yaml");
  EXPECT_TRUE(file) << (file ? "" : file.error().text());
}

TEST(AnnotationsSchema, AcceptsTheExampleOfTheDocument) {
  const std::string document = text_of(kSource / "docs/annotations.md");
  const size_t begin = document.find("# aegis.yaml");
  ASSERT_NE(begin, document.npos);
  const std::string example = document.substr(begin, document.find("```", begin) - begin);
  EXPECT_EQ(violations(example), "");
  EXPECT_TRUE(parse_annotations(example, "a.yaml"));
}

TEST(AnnotationsSchema, RefusesWhatTheReaderRefuses) {
  for (const char* keys : {"x: 1",
                           "domains: []",
                           "domains: 3",
                           "domains: [{functions: [a]}]",
                           "domains: [{domain: no, functions: [a]}]",
                           "domains: [{domain: idle}]",
                           "domains: [{domain: idle, functions: []}]",
                           "domains: [{domain: idle, functions: [a, a]}]",
                           "domains: [{domain: idle, functions: a, begin: b, end: c}]",
                           "domains: [{domain: idle, begin: b}]",
                           "domains: [{domain: idle, x: b, functions: a}]",
                           "default: no",
                           "operations: []",
                           "operations: {a: {}}",
                           "operations: {a: 3}",
                           "operations: {a: {begin: b}}",
                           "operations: {a: {begin: b, functions: c, end: d}}",
                           "operations: {a: {functions: b, passage: 1}}",
                           "operations: {a: {functions: b, x: 1}}",
                           "owner: {word: a}",
                           "owner: {name: a}",
                           "owner: {word: a, name: b, divisor: -1}",
                           "owner: {word: a, name: b, divisor: x}",
                           "owner: {word: a, name: b, divisor: 4294967296}",
                           "owner: {word: a, name: b, x: 1}",
                           "owner: {word: [a], name: b}"}) {
    const std::string text = std::string("images: {k.elf: {") + keys + "}}\n";
    EXPECT_FALSE(parse_annotations(text, "a.yaml")) << text;
    EXPECT_NE(violations(text), "") << text;
  }
}

TEST(AnnotationsSchema, AcceptsWhatTheReaderAccepts) {
  for (const char* keys :
       {"", "default: idle", "domains: [{domain: idle, functions: a}]",
        "domains: [{domain: idle, begin: b, end: c}]", "operations: {}",
        "operations: {a: {functions: [b], end: c}}", "operations: {1: {begin: b, end: [c, d]}}",
        "owner: {word: a, name: 7, divisor: 4k}"}) {
    const std::string text = std::string("images: {k.elf: {") + keys + "}}\n";
    const auto file = parse_annotations(text, "a.yaml");
    EXPECT_TRUE(file) << text << (file ? "" : file.error().text());
    EXPECT_EQ(violations(text), "") << text;
  }
}

TEST(AnnotationsFuzz, CorpusItselfKeepsThePromise) {
  const std::vector<std::string> texts = corpus();
  EXPECT_GE(texts.size(), 2u);
  for (const std::string& text : texts) EXPECT_EQ(broken_promise(text), "") << text;
}

TEST(AnnotationsFuzz, FiveThousandMutatedFilesGiveMarkersOrAMessage) {
  testing::TextMutator mutator(corpus(), 1);
  for (int i = 0; i < 5'000; ++i) {
    const std::string text = mutator.next();
    ASSERT_EQ(broken_promise(text), "") << "file " << i << ":\n" << text;
  }
}

}  // namespace
}  // namespace exosim
