// From a suite to its runs: what they are, what names them, and what is refused.
#include "bench/suite/points.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "bench/suite/suite_fixture.hpp"

namespace exosim::bench {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::SuiteFolder;

const std::string kHello = "machines: [machine.yaml]\nworkloads: [{name: hello}]\n";

std::vector<std::string> labels(const std::vector<Point>& points) {
  std::vector<std::string> labels;
  for (const Point& point : points) labels.push_back(point.label());
  return labels;
}

class Points : public ::testing::Test {
 protected:
  std::vector<Point> points(const std::string& text) {
    auto points = folder_.points(text);
    EXPECT_TRUE(points) << (points ? "" : points.error().text());
    return points ? *points : std::vector<Point>();
  }
  std::string refusal(const std::string& text) {
    const auto points = folder_.points(text);
    return points ? "" : points.error().text();
  }
  std::string key(const std::string& text) { return points(text).at(0).key; }

  SuiteFolder folder_;
};

TEST_F(Points, AreTheProductInTheOrderOfTheSuite) {
  folder_.write("second.yaml", "extends: machine.yaml\n");
  EXPECT_THAT(labels(points("machines: [machine.yaml, second.yaml]\nseeds: [1, 7]\n"
                            "workloads: [{name: hello, cold: all}, {name: bare, kernel: none}]\n")),
              ElementsAre("hello machine aegis warm", "hello machine aegis cold",
                          "hello machine aegis warm seed 7", "hello machine aegis cold seed 7",
                          "hello second aegis warm", "hello second aegis cold",
                          "hello second aegis warm seed 7", "hello second aegis cold seed 7",
                          "bare machine none warm", "bare machine none warm seed 7",
                          "bare second none warm", "bare second none warm seed 7"));
}

TEST_F(Points, CommandHasAllThatDecidesTheRun) {
  folder_.write("input.txt", "text");
  const Point point = points(
                          "machines: [machine.yaml]\nkernels: [aegis.elf]\nseeds: [3]\n"
                          "workloads:\n  - name: w\n    images: [hello.elf, hello.elf]\n"
                          "    set: {arguments: a b}\n    cold: [step]\n    input: input.txt\n"
                          "    expect: {max_cycles: 2k}\n")
                          .at(1);
  EXPECT_EQ(shell_line(point.portable),
            "exosim --config machine.yaml '--set=arguments=a b' --set=seed=3 --kernel aegis.elf "
            "--cold=step --max-cycles=2000 --input input.txt hello.elf hello.elf");
  const std::string root = folder_.path().string();
  EXPECT_EQ(point.command.front(), root + "/exosim");
  EXPECT_EQ(point.command.back(), root + "/guest/hello.elf");
  std::vector<std::string> roles;
  for (const InputFile& input : point.inputs) roles.push_back(input.role);
  EXPECT_THAT(roles, ElementsAre("exosim", "configuration", "kernel", "image", "image", "input"));
}

TEST_F(Points, EachHasAKeyOfItsOwn) {
  std::set<std::string> keys;
  const auto all = points(
      "machines: [machine.yaml]\nseeds: [1, 2]\n"
      "workloads: [{name: hello, cold: all}, {name: bare, kernel: none}]\n");
  for (const Point& point : all) keys.insert(point.key);
  EXPECT_EQ(keys.size(), all.size());
  EXPECT_EQ(all.at(0).key.size(), 32u);
}

TEST_F(Points, KeyFollowsWhatIsInTheFiles) {
  const std::string before = key(kHello);
  EXPECT_EQ(key(kHello), before);
  folder_.script("exit 3");
  const std::string other_exosim = key(kHello);
  EXPECT_NE(other_exosim, before);
  folder_.write("machine.yaml", folder_.read("machine.yaml") + "memory: {size: 8MiB}\n");
  const std::string other_machine = key(kHello);
  EXPECT_NE(other_machine, other_exosim);
  folder_.write("machine.yaml", folder_.read("machine.yaml") + "# the same machine\n");
  EXPECT_EQ(key(kHello), other_machine);
  std::string image = folder_.read("guest/hello.elf");
  image[exosim::testing::kDataOffset] ^= 1;
  folder_.write("guest/hello.elf", image);
  EXPECT_NE(key(kHello), other_machine);
}

TEST_F(Points, KeyFollowsWhatADeviceReads) {
  folder_.write("disk.img", "contents");
  const std::string disk = "\n  disk: {type: disk, address: 0x1f000000, interrupt: 5, image: " +
                           (folder_.path() / "disk.img").string() + "}\n";
  folder_.write("machine.yaml", folder_.read("machine.yaml") + "devices:" + disk);
  const std::string before = key(kHello);
  folder_.write("disk.img", "CONTENTS");
  EXPECT_NE(key(kHello), before);
}

TEST_F(Points, KeyDoesNotFollowWhereTheFilesAre) {
  const SuiteFolder other;
  for (const char* file : {"exosim", "machine.yaml"}) other.write(file, folder_.read(file));
  EXPECT_EQ(other.points(kHello)->at(0).key, key(kHello));
}

TEST_F(Points, ImagesLieInTheGuestFolderOrBesideTheSuite) {
  folder_.write("guest/tests/one.elf", folder_.read("guest/hello.elf"));
  folder_.write("mine/two.elf", folder_.read("guest/hello.elf"));
  const Point point = points(
                          "machines: [./machine.yaml]\nworkloads:\n"
                          "  - {name: w, images: [tests/one.elf, ./mine/two.elf]}\n")
                          .at(0);
  const std::string root = folder_.path().string();
  EXPECT_EQ(point.command.at(5), root + "/guest/tests/one.elf");
  EXPECT_EQ(point.command.at(6), root + "/mine/two.elf");
}

TEST_F(Points, RefusesFilesThatAreMissingWithTheirPlace) {
  EXPECT_THAT(refusal("machines: [machne.yaml]\nworkloads: [{name: hello}]\n"),
              AllOf(HasSubstr("suite.yaml:1:12: machines: machne.yaml: not found in")));
  EXPECT_THAT(refusal("machines: [machine.yaml]\nworkloads: [{name: helo}]\n"),
              AllOf(HasSubstr("suite.yaml:2:20: "), HasSubstr("did you mean \"hello.elf\"?")));
  EXPECT_THAT(refusal("machines: [machine.yaml]\nkernels: [x.elf]\nworkloads: [{name: hello}]\n"),
              HasSubstr("suite.yaml:2:11: "));
  EXPECT_THAT(refusal("machines: [machine.yaml]\nworkloads: [{name: hello, input: none.txt}]\n"),
              AllOf(HasSubstr("suite.yaml:2:34: "), HasSubstr("no such file")));
}

TEST_F(Points, RefusesBadConfigurationsAndKeys) {
  folder_.write("bad.yaml", "cpu: {clok: 1MHz}\n");
  EXPECT_THAT(refusal("machines: [bad.yaml]\nworkloads: [{name: hello}]\n"),
              AllOf(HasSubstr("suite.yaml:1:12: machines: "), HasSubstr("did you mean \"clock\"")));
  EXPECT_THAT(
      refusal("machines: [machine.yaml]\nworkloads: [{name: hello, set: {cpu.clok: 1MHz}}]\n"),
      AllOf(HasSubstr("suite.yaml:2:33: hello on machine: --set"), HasSubstr("clock")));
  EXPECT_THAT(refusal("machines: [machine.yaml]\nseeds: [1]\n"
                      "workloads: [{name: hello, set: {seed: 2}}]\n"),
              HasSubstr("suite.yaml:3:33: workloads.set: the suite's seeds set it"));
}

TEST_F(Points, RefusesOperationsThatNoImageDeclares) {
  EXPECT_THAT(refusal("machines: [machine.yaml]\nworkloads: [{name: hello, cold: [stp]}]\n"),
              AllOf(HasSubstr("suite.yaml:2:34: unknown operation of its images \"stp\""),
                    HasSubstr("did you mean \"step\"?")));
  EXPECT_THAT(refusal("machines: [machine.yaml]\n"
                      "workloads: [{name: hello, operations: {stpe: {max_cycles: 1}}}]\n"),
              HasSubstr("suite.yaml:2:40: unknown operation of its images \"stpe\""));
}

TEST_F(Points, RefusesBareImagesWithAKernelAndApplicationsWithout) {
  EXPECT_THAT(refusal("machines: [machine.yaml]\nworkloads: [{name: bare}]\n"),
              HasSubstr("suite.yaml:2:20: bare.elf: a bare image, linked in kseg0; say kernel"));
  EXPECT_THAT(refusal("machines: [machine.yaml]\nworkloads: [{name: hello, kernel: none}]\n"),
              HasSubstr("suite.yaml:2:20: hello.elf: an application, linked in kuseg"));
}

TEST_F(Points, RefusesTwoMachinesOfOneName) {
  folder_.write("other/machine.yaml", "extends: ../machine.yaml\n");
  EXPECT_THAT(refusal("machines: [machine.yaml, other/machine.yaml]\nworkloads: [{name: hello}]\n"),
              HasSubstr("suite.yaml:1:26: machines: another one has the name machine already"));
}

TEST(ShellLine, QuotesWhatAShellWouldRead) {
  EXPECT_EQ(shell_line({"a", "--cold=b c", "it's", ""}), "a '--cold=b c' 'it'\\''s' ''");
}

const std::string kAnnotations =
    "images: {hello.elf: {operations: {extra: {functions: main}}, default: application}}\n";

TEST_F(Points, AnnotationsAreInTheCommandTheInputsAndTheKey) {
  folder_.write("hello.yaml", kAnnotations);
  const std::string text =
      "machines: [machine.yaml]\nworkloads: [{name: hello, annotations: [hello.yaml]}]\n";
  const Point point = points(text).at(0);
  EXPECT_THAT(point.portable, ::testing::IsSupersetOf({"--annotations", "hello.yaml"}));
  EXPECT_EQ(point.inputs.back().role, "annotations");
  EXPECT_NE(point.key, key(kHello));
  folder_.write("hello.yaml", kAnnotations + "# another text\n");
  EXPECT_NE(key(text), point.key);
}

TEST_F(Points, AnnotationsDeclareOperations) {
  folder_.write("hello.yaml", kAnnotations);
  const auto cold = points(
      "machines: [machine.yaml]\nannotations: [hello.yaml]\n"
      "workloads: [{name: hello, cold: all, operations: {extra: {max_cycles: 9}}}]\n");
  ASSERT_EQ(cold.size(), 2u);
  EXPECT_THAT(cold[1].portable, ::testing::IsSupersetOf({"--cold=extra", "--cold=step"}));
}

TEST_F(Points, AnnotationsOfTheSuiteAreForRunsThatLoadTheirImages) {
  folder_.write("hello.yaml", kAnnotations);
  const auto both = points(
      "machines: [machine.yaml]\nannotations: [hello.yaml]\n"
      "workloads: [{name: hello}, {name: bare, kernel: none}]\n");
  ASSERT_EQ(both.size(), 2u);
  EXPECT_THAT(both[0].portable, ::testing::Contains("--annotations"));
  EXPECT_THAT(both[1].portable, ::testing::Not(::testing::Contains("--annotations")));
}

TEST_F(Points, RefuseAnnotationsThatFitNothing) {
  folder_.write("hello.yaml", kAnnotations);
  EXPECT_THAT(refusal("machines: [machine.yaml]\nannotations: [hello.yaml]\n"
                      "workloads: [{name: bare, kernel: none}]\n"),
              HasSubstr("suite.yaml:2:15: annotations: no workload loads all of the images"));
  EXPECT_THAT(refusal("machines: [machine.yaml]\n"
                      "workloads: [{name: bare, kernel: none, annotations: [hello.yaml]}]\n"),
              HasSubstr("hello.elf"));
  EXPECT_THAT(refusal("machines: [machine.yaml]\nannotations: [none.yaml]\n"
                      "workloads: [{name: hello}]\n"),
              AllOf(HasSubstr("suite.yaml:2:15"), HasSubstr("none.yaml")));
  folder_.write("hello.yaml", "images: {hello.elf: {operation: {}}}\n");
  EXPECT_THAT(refusal("machines: [machine.yaml]\nannotations: [hello.yaml]\n"
                      "workloads: [{name: hello}]\n"),
              HasSubstr("operations"));
}

}  // namespace
}  // namespace exosim::bench
