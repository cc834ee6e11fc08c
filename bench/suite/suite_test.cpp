// What a suite may say, and every way to get it wrong.
#include "bench/suite/suite.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>

namespace exosim::bench {
namespace {

using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::HasSubstr;

const std::string kSmall = "machines: [r3000.yaml]\nworkloads: [{name: hello}]\n";

Suite suite_of(const std::string& text) {
  const auto suite = parse_suite(text, "s.yaml");
  EXPECT_TRUE(suite) << (suite ? "" : suite.error().text());
  return suite ? *suite : Suite{};
}

std::string refusal(const std::string& text) {
  const auto suite = parse_suite(text, "s.yaml");
  return suite ? "" : suite.error().text();
}

/// Of a workload with these keys.
std::string refusal_of(const std::string& keys) {
  return refusal("machines: [a]\nworkloads:\n  - {name: w, " + keys + "}\n");
}

Workload workload_of(const std::string& keys) {
  return suite_of("machines: [a]\nworkloads:\n  - {name: w, " + keys + "}\n").workloads.at(0);
}

TEST(Suite, SmallestHasDefaults) {
  const Suite suite = suite_of(kSmall);
  EXPECT_THAT(suite.machines, ElementsAre(Field(&Placed::text, "r3000.yaml")));
  EXPECT_TRUE(suite.kernels.empty());
  EXPECT_TRUE(suite.seeds.empty());
  ASSERT_EQ(suite.workloads.size(), 1u);
  const Workload& hello = suite.workloads[0];
  EXPECT_THAT(hello.images, ElementsAre(Field(&Placed::text, "hello.elf")));
  EXPECT_FALSE(hello.bare);
  EXPECT_FALSE(hello.has_cold());
  EXPECT_EQ(hello.expect.exit_reason, "exit");
  EXPECT_EQ(hello.expect.exit_status, 0u);
  EXPECT_FALSE(hello.expect.max_cycles);
}

TEST(Suite, ReadsEveryKey) {
  const Suite suite = suite_of(
      "description: some\nmachines: [a.yaml, b.yaml]\nkernels: [k.elf]\nseeds: [1, 7]\n"
      "published: p.yaml\nworkloads:\n  - name: w\n    images: [x.elf, x.elf]\n"
      "    set: {arguments: slice=1, memory.size: 8MiB}\n    input: in.txt\n"
      "    cold: [page free, \"a, b\"]\n    folder: ../w\n"
      "    expect: {exit_status: 3, console: out.txt, max_cycles: 100M}\n"
      "    operations: {page free: {tolerance: 2.5%, max_cycles: 1k}}\n");
  EXPECT_EQ(suite.description, "some");
  EXPECT_EQ(suite.seeds.at(1).first, 7u);
  EXPECT_EQ(suite.published->text, "p.yaml");
  const Workload& workload = suite.workloads.at(0);
  EXPECT_EQ(workload.images.size(), 2u);
  EXPECT_EQ(workload.sets.at(1).first.text + "=" + workload.sets.at(1).second, "memory.size=8MiB");
  EXPECT_EQ(workload.input->text, "in.txt");
  EXPECT_THAT(workload.cold,
              ElementsAre(Field(&Placed::text, "page free"), Field(&Placed::text, "a, b")));
  EXPECT_EQ(workload.folder->text, "../w");
  EXPECT_EQ(workload.expect.exit_status, 3u);
  EXPECT_EQ(workload.expect.console->text, "out.txt");
  EXPECT_EQ(workload.expect.max_cycles, 100'000'000u);
  EXPECT_DOUBLE_EQ(workload.operations.at(0).tolerance, 0.025);
  EXPECT_EQ(workload.operations.at(0).max_cycles, 1000u);
}

TEST(Suite, ColdMayBeAll) { EXPECT_TRUE(workload_of("cold: all").cold_all); }

TEST(Suite, AnyStatusWillDoForAnotherReason) {
  EXPECT_FALSE(workload_of("expect: {exit_reason: guest_panic}").expect.exit_status);
  const Workload both = workload_of("expect: {exit_status: 7, exit_reason: guest_panic}");
  EXPECT_EQ(both.expect.exit_status, 7u);
  EXPECT_EQ(workload_of("expect: {exit_reason: exit}").expect.exit_status, 0u);
}

TEST(Suite, RefusesUnknownKeysWithPlaceAndNearest) {
  EXPECT_THAT(refusal("machnes: [a]\nworkloads: [{name: w}]\n"),
              HasSubstr("s.yaml:1:1: unknown key \"machnes\"; did you mean \"machines\"?"));
  EXPECT_THAT(refusal_of("imges: [x]"),
              HasSubstr("s.yaml:3:15: unknown key of workloads \"imges\"; did you mean"));
  EXPECT_THAT(refusal_of("expect: {status: 1}"),
              HasSubstr("s.yaml:3:24: unknown key of workloads.expect \"status\""));
  EXPECT_THAT(refusal_of("operations: {a: {tolerence: 1%}}"),
              HasSubstr("unknown key of workloads.operations.\"a\" \"tolerence\"; did you mean"));
}

TEST(Suite, RefusesDuplicates) {
  EXPECT_THAT(refusal("machines: [a]\n" + kSmall),
              HasSubstr("s.yaml:2:1: duplicate key \"machines\", first given at s.yaml:1:1"));
  EXPECT_THAT(refusal("machines: [a, b, a]\nworkloads: [{name: w}]\n"),
              HasSubstr("s.yaml:1:18: machines: \"a\" is there already, at s.yaml:1:12"));
  EXPECT_THAT(refusal("machines: [a]\nworkloads: [{name: w}, {name: w}]\n"),
              HasSubstr("s.yaml:2:31: workloads.name: \"w\" is there already"));
}

TEST(Suite, SaysAllThatIsWrongAtOnce) {
  const std::string text = refusal("machines: []\nkernels: x\nseeds: [one]\nworkloads: 3\n");
  EXPECT_THAT(text, HasSubstr("s.yaml:1:11: machines: expected a list of texts"));
  EXPECT_THAT(text, HasSubstr("s.yaml:2:10: kernels: expected a list of texts"));
  EXPECT_THAT(text, HasSubstr("s.yaml:3:9: seeds: "));
  EXPECT_THAT(text, HasSubstr("s.yaml:4:12: workloads: expected a list of workloads"));
}

TEST(Suite, RefusesWhatIsMissing) {
  EXPECT_THAT(refusal("machines: [a]\n"), HasSubstr("workloads is missing"));
  EXPECT_THAT(refusal("workloads: [{name: w}]\n"), HasSubstr("machines is missing"));
  EXPECT_THAT(refusal("machines: [a]\nworkloads: [{cold: all}]\n"),
              HasSubstr("s.yaml:2:13: workloads.name is missing"));
  EXPECT_THAT(refusal(""), HasSubstr("expected a mapping with keys such as description"));
  EXPECT_THAT(refusal("machines:\nworkloads: [{name: w}]\n"),
              HasSubstr("s.yaml:1:1: machines: has no value"));
}

TEST(Suite, RefusesBadValuesWithTheirPlace) {
  EXPECT_THAT(refusal("machines: [a]\nworkloads: [{name: a b}]\n"),
              HasSubstr("s.yaml:2:20: workloads.name: \"a b\" has other than letters"));
  EXPECT_THAT(refusal_of("kernel: x.elf"), HasSubstr("workloads.kernel: expected none"));
  EXPECT_THAT(refusal_of("cold: some"), HasSubstr("workloads.cold: expected all, or a list"));
  EXPECT_THAT(refusal_of("cold: []"), HasSubstr("workloads.cold: expected a list"));
  EXPECT_THAT(refusal_of("set: {a: [1]}"), HasSubstr("workloads.set: a: expected a value"));
  EXPECT_THAT(refusal_of("expect: {max_cycles: 0}"), HasSubstr("out of range: 1 to"));
  EXPECT_THAT(refusal_of("expect: {max_cycles: \"5\"}"), HasSubstr("in quotes, which is text"));
  EXPECT_THAT(refusal_of("expect: {exit_status: 4294967296}"), HasSubstr("out of range"));
  EXPECT_THAT(refusal_of("expect: {exit_reason: exti}"), HasSubstr("did you mean \"exit\"?"));
  for (const char* tolerance : {"2", "-1%", "101%", "1e1%", "x%"})
    EXPECT_THAT(refusal_of(std::string("operations: {a: {tolerance: ") + tolerance + "}}"),
                HasSubstr("expected a share from 0% to 100%"))
        << tolerance;
}

TEST(Suite, RefusesMoreRunsThanTheBound) {
  std::string text = "machines: [a]\nseeds: [1";
  for (int seed = 2; seed <= 3000; ++seed) text += "," + std::to_string(seed);
  text += "]\nworkloads: [{name: v}, {name: w}]\n";
  EXPECT_THAT(refusal(text), HasSubstr("a suite of more than 10000 runs"));
}

TEST(Suite, MissingFileNamesTheNearest) {
  const auto suite =
      read_suite(std::filesystem::path(EXOSIM_SOURCE_DIR) / "bench/suites/aegs.yaml");
  ASSERT_FALSE(suite);
  EXPECT_THAT(suite.error().text(), HasSubstr("did you mean \"aegis.yaml\"?"));
}

}  // namespace
}  // namespace exosim::bench
