// The forms of the report: what other programs read in them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <pugixml.hpp>

#include "bench/gate/commit_message.hpp"
#include "bench/gate/gate_fixture.hpp"
#include "bench/gate/github.hpp"
#include "bench/gate/junit.hpp"
#include "bench/gate/markdown.hpp"
#include "bench/gate/report_text.hpp"
#include "bench/gate/source_notes.hpp"
#include "bench/gate/tap.hpp"

namespace exosim::bench {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

class GateReports : public ::testing::Test {
 protected:
  testing::GateFolder folder_;
  RunFigures before_ = folder_.before();
  GateReport good_ = testing::report_of(folder_, before_, before_);
  GateReport bad_ = testing::report_of(folder_, before_, with_check(folder_));
};

TEST_F(GateReports, NothingIsSaidOfWhatIsAsExpected) {
  EXPECT_TRUE(good_.as_expected());
  EXPECT_EQ(report_text(good_, {}), "");
  EXPECT_EQ(github_annotations(good_), "");
  EXPECT_EQ(commit_message(good_), "nothing differs from what was expected\n");
}

TEST_F(GateReports, UnknownAndMissingOperationsAreDifferences) {
  EXPECT_THAT(report_text(testing::report_of(folder_, {}, before_), {}),
              HasSubstr("page allocate: 21 cycles, nothing is expected"));
  EXPECT_THAT(report_text(testing::report_of(folder_, before_, {}), {}),
              HasSubstr("page allocate: is not there, expected 21 cycles"));
}

TEST_F(GateReports, JunitHasAFailureWithTheReason) {
  bad_.points[0].wrong = "ended with guest_panic, status 3; expected exit, status 0";
  bad_.points[0].messages = "a < b & \x01";
  pugi::xml_document document;
  ASSERT_TRUE(document.load_string(junit_text(bad_).c_str()));
  const auto suites = document.child("testsuites");
  EXPECT_EQ(suites.attribute("tests").as_int(), 2);
  EXPECT_EQ(suites.attribute("failures").as_int(), 2);
  const auto suite = suites.child("testsuite");
  EXPECT_STREQ(suite.attribute("name").value(), "work dec3100 aegis warm");
  const auto test = suite.find_child_by_attribute("testcase", "name", "page allocate");
  EXPECT_STREQ(test.child("failure").attribute("message").value(),
               "21 -> 79 cycles (+58, +276.2%); 21 -> 79 instructions (+58, +276.2%)");
  EXPECT_THAT(test.child("failure").text().get(), HasSubstr("page.cpp:2: execute +58, new"));
  const auto run = suite.find_child_by_attribute("testcase", "name", "run");
  EXPECT_THAT(run.child("failure").text().get(), HasSubstr("a < b & ?"));
  ASSERT_TRUE(document.load_string(junit_text(good_).c_str()));
  EXPECT_FALSE(document.select_node("//failure"));
}

TEST_F(GateReports, TapHasATestForEachOperationAndRun) {
  EXPECT_EQ(tap_text(good_),
            "TAP version 13\n1..2\nok 1 - work dec3100 aegis warm: run\n"
            "ok 2 - work dec3100 aegis warm: page allocate\n");
  EXPECT_THAT(tap_text(bad_), HasSubstr("not ok 2 - work dec3100 aegis warm: page allocate\n  ---\n"
                                        "  message: \"21 -> 79 cycles"));
}

TEST_F(GateReports, AnnotationsStandAtTheLine) {
  const std::string text = github_annotations(bad_);
  EXPECT_THAT(text, StartsWith("::error file=page.cpp,line=2,title=page_alloc costs other cycles::"
                               "work dec3100 aegis warm, page allocate: 21 -> 79 cycles"));
  EXPECT_THAT(text, HasSubstr("+276.2%25)"));
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 1);
}

TEST_F(GateReports, AnnotationsSayWhatHasNoPlace) {
  bad_.points[0].operations[0].why = {};
  bad_.points[0].wrong = "the console differs";
  const std::string text = github_annotations(bad_);
  EXPECT_THAT(text, HasSubstr("::error title=work dec3100 aegis warm::the console differs%0A"));
  EXPECT_THAT(text, HasSubstr("::error title=suite::1 operations differ for reasons"));
}

TEST_F(GateReports, MarkdownHasARowForEachDifference) {
  const std::string text = markdown_text(bad_);
  EXPECT_THAT(text, StartsWith("## suite: 1 difference\n"));
  EXPECT_THAT(text,
              HasSubstr("- page.cpp:2, in page_alloc: `if (!may_allocate(env)) return -2;` is "
                        "new (execute +58); 1 operation\n"));
  EXPECT_THAT(text, HasSubstr("| work dec3100 aegis warm | page allocate | 21 -> 79 cycles"));
  EXPECT_THAT(markdown_text(good_), StartsWith("## suite: all as expected\n"));
}

TEST_F(GateReports, LongReportIsCut) {
  GateReport many = bad_;
  for (int copy = 0; copy < 29; ++copy) many.points.push_back(bad_.points[0]);
  const std::string text = report_text(many, {});
  EXPECT_THAT(text, HasSubstr("and 10 more operations; --all shows them"));
  EXPECT_THAT(text, HasSubstr("(execute +58); 30 operations"));
}

TEST_F(GateReports, CommitMessageNamesTheLineAndTheFigures) {
  const std::string text = commit_message(bad_);
  EXPECT_THAT(text, HasSubstr("page.cpp:2, in page_alloc"));
  EXPECT_THAT(text, HasSubstr("page allocate: 21 -> 79 cycles"));
  EXPECT_THAT(commit_message(testing::report_of(folder_, {}, before_)),
              HasSubstr("nothing was expected"));
}

TEST(SourceNotes, NameSourcesThatAreNewerThanTheirImage) {
  const testing::GateFolder folder;
  const RunFigures before = folder.before();
  const GateReport report = testing::report_of(folder, before, with_check(folder));
  const auto image = folder.write("aegis.elf", "");
  const auto notes = [&] {
    return newer_sources(report, {{"aegis.elf", image}}, folder.sources());
  };
  const auto now = std::filesystem::last_write_time(folder.path() / "page.cpp");
  std::filesystem::last_write_time(image, now + std::chrono::seconds(1));
  EXPECT_TRUE(notes().empty());
  std::filesystem::last_write_time(image, now - std::chrono::seconds(1));
  ASSERT_EQ(notes().size(), 1u);
  EXPECT_TRUE(notes()[0].starts_with("page.cpp is newer than ")) << notes()[0];
  std::filesystem::remove(image);
  EXPECT_TRUE(notes().empty());
}

}  // namespace
}  // namespace exosim::bench
