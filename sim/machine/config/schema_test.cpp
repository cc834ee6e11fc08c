// The schema and the checker agree: on the repository's files and on mutated ones. The schema is
// judged by valijson, which sees what an editor sees: YAML scalars resolved by the core schema.
#include "sim/machine/config/schema.hpp"

#include <gtest/gtest.h>
#include <yaml-cpp/yaml.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "sim/base/testing/json_schema.hpp"
#include "sim/machine/config/config_fixture.hpp"
#include "sim/machine/config/editor_view.hpp"

namespace exosim {
namespace {

using nlohmann::json;

class Schema {
 public:
  explicit Schema(const PartsCatalogue& parts) : schema_(json::parse(config_schema(parts))) {}
  bool accepts(const YAML::Node& document) {
    return schema_.violations(testing::as_editors_see(document)).empty();
  }

 private:
  testing::JsonSchema schema_;
};

TEST(Schema, AcceptsEveryConfigurationOfTheRepository) {
  Schema schema(PartsCatalogue{});
  const std::filesystem::path source = EXOSIM_SOURCE_DIR;
  size_t count = 0;
  for (const char* folder : {"configs", "sim/machine/config/testdata"}) {
    for (const auto& entry : std::filesystem::directory_iterator(source / folder)) {
      if (entry.path().extension() != ".yaml") continue;
      EXPECT_TRUE(schema.accepts(YAML::LoadFile(entry.path().string()))) << entry.path();
      ++count;
    }
  }
  EXPECT_GE(count, 2u);
}

TEST(Schema, DescribesEveryKeyOfTheTable) {
  const json schema = json::parse(config_schema(test_parts()));
  EXPECT_EQ(schema["$schema"], "http://json-schema.org/draft-07/schema#");
  for (const Key& key : machine_keys(test_parts())) {
    json node = schema;
    std::istringstream path(key.path);
    for (std::string name; std::getline(path, name, '.');) node = node["properties"][name];
    EXPECT_EQ(node["description"], key.doc) << key.path;
    EXPECT_EQ(node.contains("default"), !key.default_value.empty()) << key.path;
  }
}

/// What the schema cannot say (schema.hpp lists it) is known by the checker's message.
bool is_beyond_the_schema(const std::string& message) {
  for (const char* words : {"leading zero", "\"+5\" is not a number", "is not a whole number",
                            "does not fit", "overlaps", "nothing to remove"}) {
    if (message.find(words) != message.npos) return true;
  }
  const bool is_quantity =
      message.find("iB\" is") != message.npos || message.find("B\" is") != message.npos ||
      message.find("Hz\" is") != message.npos || message.find("s\" is") != message.npos;
  const bool is_bound = message.find("is out of range") != message.npos ||
                        message.find("is not a multiple") != message.npos ||
                        message.find("is not a power of two") != message.npos;
  return is_quantity && is_bound;
}

constexpr const char* kWhole =
    "seed: 1\n"
    "kernel: aegis.elf\n"
    "cpu: {model: r3000, clock: 25MHz}\n"
    "memory: {size: 32MiB, page: 4KiB}\n"
    "cache: {data: {refill: 4}}\n"
    "write_buffer: {depth: 4, gather: true}\n"
    "bus: {timeout: 10us}\n"
    "timing: {engine: ideal, divide: 35}\n"
    "devices:\n"
    "  g: {type: gadget, address: 0x10000000, interrupt: 3, count: 3, buffer: 4KiB, rate: 1MHz,\n"
    "      delay: 10us, label: text, loud: false, serial: 1}\n"
    "  p: {type: plug, address: 0x11000000}\n";

const std::vector<std::string> kValues = {"0",
                                          "1",
                                          "3",
                                          "8",
                                          "-1",
                                          "1.5",
                                          "010",
                                          "0x10000000",
                                          "true",
                                          "False",
                                          "null",
                                          "~",
                                          "''",
                                          "'1'",
                                          "text",
                                          "r3000",
                                          "ideal",
                                          "plug",
                                          "gadget",
                                          "32MiB",
                                          "0.5MiB",
                                          "1.3B",
                                          "32MB",
                                          "32 MiB",
                                          "25MHz",
                                          "2.5kHz",
                                          "25mhz",
                                          "10us",
                                          "'10us'",
                                          "1.5ps",
                                          "1h",
                                          "[]",
                                          "{}",
                                          "[1]",
                                          "{a: 1}",
                                          "a.elf",
                                          "\"a\\tb\"",
                                          "9007199254740991",
                                          "9007199254740992",
                                          "99999999999999999MHz",
                                          "0x20000000",
                                          "0x10000002",
                                          "+5",
                                          "1_000",
                                          "r3000 "};

/// The text with the value of one of its keys replaced.
class Mutations {
 public:
  Mutations() {
    static const std::regex value("([a-z]+): ([^ ,{}\\n]+)");
    const std::string whole = kWhole;
    for (auto it = std::sregex_iterator(whole.begin(), whole.end(), value);
         it != std::sregex_iterator(); ++it) {
      places_.push_back({static_cast<size_t>(it->position(0)), static_cast<size_t>(it->length(0)),
                         (*it)[1].str()});
    }
  }

  std::vector<std::string> all() const {
    std::vector<std::string> texts;
    for (const Place& place : places_) {
      for (const std::string& value : kValues) {
        texts.push_back(with(place, place.key + ": " + value));
      }
      for (const char* key :
           {"sed", "type", "address", "interrupt", "count", "cpu", "Seed", "''"}) {
        texts.push_back(with(place, std::string(key) + ": 3"));
      }
    }
    return texts;
  }

 private:
  struct Place {
    size_t begin;
    size_t length;
    std::string key;
  };
  static std::string with(const Place& place, const std::string& replacement) {
    return std::string(kWhole).replace(place.begin, place.length, replacement);
  }

  std::vector<Place> places_;
};

TEST(Schema, AgreesWithTheCheckerOnMutatedConfigurations) {
  Schema schema(test_parts());
  size_t accepted = 0;
  size_t refused = 0;
  const std::vector<std::string> texts = Mutations().all();
  ASSERT_GT(texts.size(), 900u);
  for (const std::string& text : texts) {
    const std::string message = error_text(load_text(text));
    const bool valid = schema.accepts(YAML::Load(text));
    // yaml-cpp's nodes take the first of two equal keys, so the schema never sees the second.
    if (message.find("duplicate key") != message.npos) continue;
    if (message.empty()) {
      EXPECT_TRUE(valid) << "the schema refuses what loads:\n" << text;
      ++accepted;
    } else if (valid) {
      EXPECT_TRUE(is_beyond_the_schema(message)) << message << "\n" << text;
    } else {
      ++refused;
    }
  }
  EXPECT_GT(accepted, 50u);
  EXPECT_GT(refused, 500u);
}

TEST(Schema, HeirMayLeaveOutWhatIsInherited) {
  Schema schema(test_parts());
  EXPECT_TRUE(schema.accepts(YAML::Load("extends: b.yaml\ndevices: {g: {count: 4}, p: null}\n")));
  EXPECT_FALSE(schema.accepts(YAML::Load("devices: {g: {count: 4}}\n")));
  EXPECT_FALSE(schema.accepts(YAML::Load("devices: {p: null}\n")));
  EXPECT_FALSE(schema.accepts(YAML::Load("extends: b.yaml\ndevices: {g: {cuont: 4}}\n")));
}

}  // namespace
}  // namespace exosim
