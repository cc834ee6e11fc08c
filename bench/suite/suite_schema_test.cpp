// The reader and the JSON Schema of a suite agree: on the repository's suites and on mutated ones.
#include <gtest/gtest.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "bench/suite/suite.hpp"
#include "sim/base/testing/json_schema.hpp"
#include "sim/machine/config/editor_view.hpp"

namespace exosim::bench {
namespace {

namespace fs = std::filesystem;

std::string text_of(const fs::path& path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

const fs::path kSource = EXOSIM_SOURCE_DIR;

exosim::testing::JsonSchema& schema() {
  static exosim::testing::JsonSchema schema(
      nlohmann::json::parse(text_of(kSource / "bench/suites/suite.schema.json")));
  return schema;
}

/// What the schema has against the text; empty if nothing.
std::string violations(const std::string& text) {
  return schema().violations(exosim::testing::as_editors_see(YAML::Load(text)));
}

TEST(SuiteSchema, AcceptsEverySuiteOfTheRepositoryAsTheReaderDoes) {
  size_t count = 0;
  for (const auto& entry : fs::directory_iterator(kSource / "bench/suites")) {
    if (entry.path().extension() != ".yaml") continue;
    const auto suite = read_suite(entry.path());
    EXPECT_TRUE(suite) << (suite ? "" : suite.error().text());
    EXPECT_EQ(violations(text_of(entry.path())), "") << entry.path();
    ++count;
  }
  EXPECT_GE(count, 1u);
}

constexpr const char* kWhole =
    "description: d\n"
    "machines: [m.yaml]\n"
    "kernels: [k.elf]\n"
    "seeds: [1]\n"
    "published: p\n"
    "workloads:\n"
    "- {name: w, images: [x.elf], set: {a: b}, input: i, cold: [c], folder: f, kernel: none,\n"
    "   expect: {exit_status: 0, exit_reason: exit, console: c, max_cycles: 1M},\n"
    "   operations: {o: {tolerance: 2%, max_cycles: 9}}}\n";

const std::vector<std::string> kValues = {
    "0",    "1",  "-1", "1.5", "true", "text",   "a b", "none",   "all",   "exit",     "2%",
    "2.5%", "1M", "1K", "[]",  "[a]",  "[a, a]", "{}",  "{a: b}", "[[a]]", "{a: [b]}", "deadlock"};

/// The text of a document in which one value is another, for each place and value.
std::vector<std::string> mutations() {
  std::vector<std::string> texts;
  const std::string whole = kWhole;
  const std::vector<std::string> places = {"d\n",
                                           "[m.yaml]",
                                           "[k.elf]",
                                           "[1]",
                                           "p\n",
                                           "w,",
                                           "[x.elf]",
                                           "{a: b}",
                                           "i,",
                                           "[c]",
                                           "f,",
                                           "none",
                                           "0,",
                                           "exit,",
                                           "c,",
                                           "1M",
                                           "2%",
                                           "9",
                                           "{o: {tolerance: 2%, max_cycles: 9}}"};
  for (const std::string& place : places) {
    const size_t at = whole.find(": " + place);
    EXPECT_NE(at, whole.npos) << place;
    const std::string tail =
        place.find_first_of(",\n") == place.size() - 1 ? place.substr(place.size() - 1) : "";
    for (const std::string& value : kValues) {
      std::string text = whole;
      texts.push_back(text.replace(at + 2, place.size(), value + tail));
    }
  }
  return texts;
}

/// What the schema cannot say.
bool is_beyond_the_schema(const std::string& message) {
  for (const char* words : {"out of range: 1 to", "is not a number", "expected a share from"})
    if (message.find(words) != message.npos) return true;
  return false;
}

TEST(SuiteSchema, AgreesWithTheReaderOnMutatedSuites) {
  ASSERT_EQ(violations(kWhole), "");
  ASSERT_TRUE(parse_suite(kWhole, "s.yaml"));
  size_t refused = 0;
  for (const std::string& text : mutations()) {
    const auto suite = parse_suite(text, "s.yaml");
    const std::string found = violations(text);
    if (suite) {
      EXPECT_EQ(found, "") << text;
      continue;
    }
    if (is_beyond_the_schema(suite.error().text())) continue;
    EXPECT_NE(found, "") << suite.error().text() << "\n" << text;
    ++refused;
  }
  EXPECT_GT(refused, 150u);
}

/// All objects with properties in the schema: their keys.
void collect_keys(const nlohmann::json& node, std::vector<std::string>& keys) {
  if (node.contains("properties"))
    for (const auto& [key, value] : node["properties"].items()) keys.push_back(key);
  if (node.is_structured())
    for (const auto& child : node) collect_keys(child, keys);
}

TEST(SuiteSchema, HasEveryKeyThatTheReaderNames) {
  std::vector<std::string> keys;
  collect_keys(nlohmann::json::parse(text_of(kSource / "bench/suites/suite.schema.json")), keys);
  const auto suite = parse_suite(
      "x: 1\nmachines: [a]\nworkloads: [{name: w, x: 1, expect: {x: 1}, operations: {a: {x: "
      "1}}}]\n",
      "s.yaml");
  ASSERT_FALSE(suite);
  const std::string text = suite.error().text();
  std::vector<std::string> named;
  for (size_t at = text.find("(one of: "); at != text.npos; at = text.find("(one of: ", at)) {
    at += 9;
    std::string list = text.substr(at, text.find(')', at) - at) + ", ";
    for (size_t comma = 0; (comma = list.find(", ")) != list.npos; list.erase(0, comma + 2))
      named.push_back(list.substr(0, comma));
  }
  std::ranges::sort(keys);
  std::ranges::sort(named);
  EXPECT_EQ(named, keys);
}

}  // namespace
}  // namespace exosim::bench
