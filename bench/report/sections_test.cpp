// The report's tables: what stands in them, and that plots draw what there is.
#include "bench/report/sections.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "bench/report/report_fixture.hpp"
#include "bench/report/table_cells.hpp"

namespace exosim::bench {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using testing::find_table;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using testing::page_row;
using testing::point_of;
using testing::row_of;
using testing::set_of;
using testing::titles_of;

Document report(const ResultSet& set) { return report_document(set, std::nullopt); }

TEST(ReportCells, NothingIsShownAsNothingAndSomethingIsNot) {
  EXPECT_EQ(number_text(1234567), "1,234,567");
  EXPECT_EQ(number_text(12.25), "12.3");
  EXPECT_EQ(percent_text(0), "0");
  EXPECT_EQ(percent_text(0.0001), "<0.1");
  EXPECT_EQ(percent_text(0.125), "12.5");
  EXPECT_EQ(percent_text(0.9999), ">99.9");
  EXPECT_EQ(percent_text(1 - 1e-12), "100");
  OperationRow row;
  Measured measured;
  for (const auto& [cycles, text] : {std::pair(0.0, ""), std::pair(0.001, "<0.01"),
                                     std::pair(0.04, "0.04"), std::pair(0.06, "0.1")})
    EXPECT_EQ(part_cell(row, measured, {{"execute", cycles}}, "execute").text, text);
  EXPECT_EQ(change_text(100, 112.5), "+12.5 %");
  EXPECT_EQ(change_text(100, 100), "=");
}

TEST(ReportSections, TheHeadlineHasTheSharesOnEachMachine) {
  const Document document = report(testing::sample_set());
  const Table* table = find_table(document, "headline-hello");
  ASSERT_NE(table, nullptr);
  EXPECT_THAT(titles_of(*table),
              ElementsAre("operation", "protection fast", "protection slow", "multiplexing fast",
                          "multiplexing slow", "management fast", "management slow",
                          "application fast", "application slow", "parts fast"));
  EXPECT_THAT(row_of(*table, "page"), ElementsAre("page", "40.0", "40.0", "0", "0", "0", "0",
                                                  "60.0", "60.0", "PPPPPPPPAAAAAAAAAAAA"));
  EXPECT_THAT(row_of(*table, "end of slice (kernel)"), Contains("XXXXXXXXXXXXXXXXXXXX"));
  EXPECT_THAT(row_of(*table, "refill, 2"), IsEmpty());  // inside a series
}

TEST(ReportSections, IdleTimeHasAColumnWhereThereIsSome) {
  const auto row = testing::operation_row("wait", "hello.elf", {10}, {{"idle", {{"execute", 10}}}});
  const Document document = report(set_of({point_of({}, {row})}));
  EXPECT_THAT(titles_of(*find_table(document, "headline-hello")), Contains("idle fast"));
}

TEST(ReportSections, TimesStandBesideThePublished) {
  ResultSet set = testing::sample_set();
  set.published = {{{}, {{"page", "page", 2, {{"fast", {"1.6", "H"}}}}}}};
  const Document document = report(set);
  const Table* fast = find_table(document, "times-hello-0");
  ASSERT_NE(fast, nullptr);
  EXPECT_THAT(titles_of(*fast),
              ElementsAre("operation", "published µs", "warm µs", "warm ÷ published", "warm cycles",
                          "warm least–greatest", "cold µs", "cold cycles", "cold least–greatest"));
  EXPECT_THAT(row_of(*fast, "page"),
              ElementsAre("page", "1.6 H", "2.00", "1.25", "50", "50", "6.00", "150", "150"));
  EXPECT_THAT(titles_of(*find_table(document, "times-hello-1")), Not(Contains("published µs")));
}

TEST(ReportSections, SeriesHaveAColumnForEachNumber) {
  const Document document = report(testing::sample_set());
  const Table* table = find_table(document, "series-hello-0");
  ASSERT_NE(table, nullptr);
  EXPECT_THAT(titles_of(*table), ElementsAre("operation", "1", "2", "4", "16", "last ÷ first"));
  EXPECT_THAT(row_of(*table, "refill"), ElementsAre("refill", "10", "20", "40", "160", "16.00"));
}

TEST(ReportSections, PartsAreByDomainAndByCause) {
  const Document document = report(testing::sample_set());
  const Table* causes = find_table(document, "causes-hello-0-warm");
  ASSERT_NE(causes, nullptr);
  EXPECT_TRUE(causes->is_detail);
  EXPECT_THAT(titles_of(*causes),
              ElementsAre("operation", "cycles", "execute", "data cache", "exception"));
  EXPECT_THAT(row_of(*causes, "page"), ElementsAre("page", "100", "95", "5", ""));
  EXPECT_NE(find_table(document, "domains-hello-1-cold"), nullptr);
}

TEST(ReportSections, MachinesKernelsAndWorkloadsAreCompared) {
  const Document machines = report(testing::sample_set());
  EXPECT_THAT(row_of(*find_table(machines, "machines-hello-0"), "page"),
              ElementsAre("page", "4.00", "8.00", "1.00"));
  EXPECT_EQ(find_table(machines, "kernels-hello-0"), nullptr);

  const Document kernels = report(
      set_of({point_of({}, {page_row(100)}), point_of({.kernel = "other"}, {page_row(150)})}));
  EXPECT_THAT(row_of(*find_table(kernels, "kernels-hello-0"), "page"),
              ElementsAre("page", "4.00", "6.00", "1.50"));

  const Document workloads = report(
      set_of({point_of({}, {page_row(100)}), point_of({.workload = "radix"}, {page_row(150)})}));
  EXPECT_THAT(row_of(*find_table(workloads, "workloads-0"), "page"),
              ElementsAre("page", "100", "150"));
}

TEST(ReportSections, TwoCommitsAreCompared) {
  const ResultSet before = set_of({point_of({}, {page_row(100)})});
  ResultSet now = set_of({point_of({}, {page_row(125)})});
  now.points[0].inputs[0].second = "1";
  const Document document = report_document(now, before);
  const Table* table = find_table(document, "changes-0-warm");
  ASSERT_NE(table, nullptr);
  EXPECT_THAT(row_of(*table, "hello: page"), ElementsAre("hello: page", "100", "125", "+25.0 %",
                                                         "application +25", "execute +25"));
  EXPECT_EQ(document.runs.size(), 2u);
  EXPECT_EQ(table->rows[0][1].run, 1u);  // the run of the set before
  EXPECT_EQ(table->rows[0][2].run, 0u);
  EXPECT_THAT(plain_text(document), HasSubstr("not the same as before: kernel aegis.elf"));

  const Document same = report_document(before, before);
  EXPECT_EQ(find_table(same, "changes-0-warm"), nullptr);
  EXPECT_THAT(plain_text(same), HasSubstr("1 figures of operations are the same to the cycle, 0"));
}

TEST(ReportSections, SamplesThatDifferAndChangeNoMedianAreNoPlot) {
  const auto steps = [](uint64_t last) {
    return testing::operation_row("step", "hello.elf", {10, 10, last},
                                  {{"application", {{"execute", 20 + last}}}});
  };
  const Document document =
      report_document(set_of({point_of({}, {steps(12)})}), set_of({point_of({}, {steps(18)})}));
  EXPECT_THAT(row_of(*find_table(document, "changes-0-warm"), "hello: step"),
              ElementsAre("hello: step", "10", "10", "=", "application -2", "execute -2"));
  for (const Plot* plot : testing::plots_of(document)) EXPECT_NE(plot->id, "plot-changes");
}

TEST(ReportSections, WhatOnlyOneCommitHasIsSaid) {
  const ResultSet before = set_of({point_of({}, {page_row()})});
  const auto other = testing::operation_row("new", "hello.elf", {1}, {{"idle", {{"execute", 1}}}});
  const std::string text = plain_text(report_document(set_of({point_of({}, {other})}), before));
  EXPECT_THAT(text,
              HasSubstr("Only now: new in hello on fast. Only before: page in hello on fast."));
}

TEST(ReportSections, WhatDidNotRunToItsEndIsSaid) {
  ResultSet set = testing::sample_set();
  EXPECT_THAT(plain_text(report(set)), Not(HasSubstr("did not end")));
  set.missing = {"hello slower aegis"};
  set.points[1].result.stats["run"] = {{"exit_reason", "cycle_limit"}, {"exit_status", 3}};
  const Document document = report(set);
  EXPECT_THAT(document.lead, Contains(HasSubstr("Without result, and so without figures: hello "
                                                "slower aegis.")));
  EXPECT_THAT(document.lead, Contains("Runs that did not end with status 0: run 2, hello fast "
                                      "aegis cold (cycle limit, status 3)."));
}

TEST(ReportSections, AWorkloadWithoutOperationsSaysSo) {
  EXPECT_THAT(plain_text(report(set_of({point_of({}, {})}))),
              HasSubstr("No operation was completed."));
}

/// Every figure is of a run whose command is there.
TEST(ReportSections, FiguresHaveTheirCommands) {
  const Document document = report(testing::sample_set());
  EXPECT_EQ(document.runs.size(), 4u);
  EXPECT_EQ(document.runs[1].command, "exosim --config fast.yaml hello.elf");
  for (const char* id : {"headline-hello", "times-hello-0", "causes-hello-0-warm",
                         "machines-hello-0", "series-hello-1"}) {
    const Table* table = find_table(document, id);
    for (size_t at = 1; at < table->columns.size(); ++at) {
      const TableColumn& column = table->columns[at];
      EXPECT_TRUE(column.is_drawn || run_of_column(*table, at)) << id << ": " << column.title;
    }
  }
}

TEST(ReportSections, PlotsDrawTablesThatThereAre) {
  ResultSet now = testing::sample_set();
  now.points[0].result.stats["operations"][0] = page_row(90);
  const Document document = report_document(now, testing::sample_set());
  std::set<std::string> ids;
  for (const Plot* plot : testing::plots_of(document)) {
    EXPECT_TRUE(ids.insert(plot->id).second) << plot->id;
    EXPECT_FALSE(plot->sources.empty()) << plot->id;
    EXPECT_NE(plot->title, "");
    for (const PlotSource& source : plot->sources) {
      const Table* table = find_table(document, source.table);
      ASSERT_NE(table, nullptr) << plot->id << ": " << source.table;
      for (const auto& [name, column] : source.numbers)
        EXPECT_LT(column, table->columns.size()) << plot->id << ": " << name;
    }
  }
  EXPECT_THAT(ids, ElementsAre("plot-causes-hello", "plot-changes", "plot-domains-hello",
                               "plot-series-hello", "plot-times-hello"));
}

TEST(ReportSections, OneKindOfTableIsHadAlone) {
  const Document all = report(testing::sample_set());
  const Document headline = only_tables(all, "headline");
  ASSERT_EQ(headline.sections.size(), 1u);
  EXPECT_EQ(headline.sections[0].blocks.size(), 2u);  // the letters of the bars, too
  EXPECT_THAT(headline.runs, IsEmpty());
  const std::string text = markdown_text(headline);
  EXPECT_THAT(text, HasSubstr("| page | 40.0 | 40.0 | 0 | 0 |"));
  EXPECT_THAT(text, Not(HasSubstr("](#")));
  EXPECT_THAT(text, Not(HasSubstr("Commands")));
  EXPECT_THAT(text, ::testing::StartsWith("Where the parts stand as a bar, a letter is"));
  for (const std::string_view kind : kTableKinds) {
    const bool is_there = kind != "kernels" && kind != "workloads" && kind != "changes";
    EXPECT_EQ(!only_tables(all, kind).sections.empty(), is_there) << kind;
  }
}

}  // namespace
}  // namespace exosim::bench
