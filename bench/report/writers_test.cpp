// The document as a page, as Markdown and as text.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "bench/report/document.hpp"
#include "bench/report/looks.hpp"
#include "bench/report/report_fixture.hpp"
#include "bench/report/sections.hpp"
#include "bench/suite/digest.hpp"

namespace exosim::bench {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

const PageFiles kFiles = {"p{}", "run();", PlotLibrary{"sha256-AAAA", "QUJD"}};

/// A title that would do something in each of the formats.
const std::string kBad = "</script><i>&\"|*x*`";

Document sample() { return report_document(testing::sample_set(), std::nullopt); }

Document bad_names() {
  using testing::operation_row;
  Document document = report_document(
      testing::set_of({testing::point_of(
          {}, {operation_row(kBad, "hello.elf", {1}, {{"application", {{"execute", 1}}}})})}),
      std::nullopt);
  document.title = kBad;
  return document;
}

TEST(ReportPage, NeedsNoOtherFileAndFetchesNothing) {
  const std::string html = html_page(sample(), kFiles);
  for (const char* what : {"src=", "<link", "url(http", "@import", "<img", "<iframe"})
    EXPECT_THAT(html, Not(HasSubstr(what)));
  EXPECT_THAT(html, HasSubstr("default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-" +
                              sha256_base64(kFiles.script) + "' 'sha256-AAAA'"));
  EXPECT_THAT(html, HasSubstr("<script type=\"text/plain\" id=\"library\">QUJD</script>"));
  EXPECT_THAT(html, HasSubstr("<html lang=\"en\">"));
  EXPECT_THAT(html, HasSubstr("<noscript>"));
}

/// As the content security policy has it: openssl dgst -sha256 -binary </dev/null | base64
TEST(ReportPage, HashesOfScriptsAreInBase64) {
  EXPECT_EQ(sha256_base64(""), "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
}

TEST(ReportPage, NamesAreOnlyText) {
  const std::string html = html_page(bad_names(), kFiles);
  EXPECT_THAT(html, Not(HasSubstr("<i>")));
  EXPECT_THAT(html, Not(HasSubstr("</script><")));
  EXPECT_THAT(html, HasSubstr("&lt;/script&gt;&lt;i&gt;&amp;&quot;|*x*"));
}

TEST(ReportPage, HeadingsLeadToCommands) {
  const std::string html = html_page(sample(), kFiles);
  EXPECT_THAT(html, HasSubstr("<th scope=\"col\"><a href=\"#run-1\">fast</a>"));
  EXPECT_THAT(html, HasSubstr("<h3 id=\"run-1\""));
  EXPECT_THAT(html, HasSubstr("<code>exosim --config fast.yaml hello.elf</code>"));
}

TEST(ReportPage, WithoutTheLibraryItHasTablesAndSaysWhy) {
  const std::string html = html_page(sample(), {"", "", std::nullopt});
  EXPECT_THAT(html, HasSubstr(kNoPlots));
  EXPECT_THAT(html, Not(HasSubstr("<figure")));
  EXPECT_THAT(html, Not(HasSubstr("id=\"library\"")));
  EXPECT_THAT(html, HasSubstr("PPPPPPPPAAAAAAAAAAAA"));  // what a plot would show
  EXPECT_THAT(html_page(sample(), kFiles), Not(HasSubstr("PPPPPPPPAAAAAAAAAAAA")));
}

TEST(ReportPage, PatternsAndColoursOfAllThatIsDrawn) {
  const std::string html = html_page(sample(), kFiles);
  for (const auto looks : {domain_looks(), cause_looks()})
    for (const Look& look : looks) {
      EXPECT_THAT(html, HasSubstr(fmt::format("<pattern id=\"look-{}\"", look.name)));
      EXPECT_THAT(html, HasSubstr(fmt::format("[fill=\"{}\"]", fill_of(look))));
    }
}

TEST(ReportPage, LegendsHaveTheLettersOfPaper) {
  const std::string html = html_page(sample(), kFiles);
  EXPECT_THAT(html, HasSubstr("fill=\"url(#look-multiplexing)\"/></svg><b>X</b> multiplexing"));
  EXPECT_THAT(html, HasSubstr("{\"name\":\"letters\""));
}

TEST(ReportPage, LooksDifferByMoreThanColour) {
  for (const auto looks : {domain_looks(), cause_looks()})
    for (const Look& a : looks)
      for (const Look& b : looks)
        if (&a != &b) {
          EXPECT_NE(a.letter, b.letter);
          EXPECT_NE(std::pair(a.colour, a.pattern), std::pair(b.colour, b.pattern)) << a.name;
        }
  for (size_t a = 0; a < 36; ++a)
    for (size_t b = 0; b < a; ++b)
      EXPECT_NE(std::pair(point_look(a).shape, point_look(a).colour),
                std::pair(point_look(b).shape, point_look(b).colour))
          << a << " " << b;
}

TEST(ReportPage, IsShortenedByTheLargestDetailsUntilItFits) {
  const Document document = sample();
  const std::string whole = html_page(document, kFiles);
  const std::string shorter = html_page(document, kFiles, whole.size() - 1);
  EXPECT_LT(shorter.size(), whole.size());
  EXPECT_THAT(shorter, HasSubstr("Left out, to keep this page short: hello on fast, warm: mean "
                                 "cycles of each operation, by cause. The report as Markdown"));
  EXPECT_THAT(shorter, Not(HasSubstr("<table id=\"causes-hello-0-warm\"")));
  EXPECT_THAT(shorter, Not(HasSubstr("\"table\":\"causes-hello-0-warm\"")));
  EXPECT_THAT(shorter, HasSubstr("\"table\":\"causes-hello-1-warm\""));
  // What is no detail stays, and a plot with nothing left to draw goes.
  const std::string shortest = html_page(document, kFiles, 1);
  EXPECT_THAT(shortest, HasSubstr("<table id=\"headline-hello\""));
  EXPECT_THAT(shortest, HasSubstr("<figure id=\"plot-times-hello\""));
  EXPECT_THAT(shortest, Not(HasSubstr("<figure id=\"plot-causes-hello\"")));
}

TEST(ReportPage, OfALargeSuiteFits) {
  std::vector<ReportPoint> points;
  for (const char* machine : {"fast", "slow", "slower", "slowest"})
    for (const char* workload : {"a", "b", "c", "d"}) {
      std::vector<testing::ordered_json> rows;
      for (unsigned row = 0; row < 400; ++row) {
        rows.push_back(testing::page_row(1000 + row));
        rows.back()["name"] = fmt::format("the operation of the number {} here", row);
      }
      points.push_back(testing::point_of({.workload = workload, .machine = machine}, rows));
    }
  const Document document = report_document(testing::set_of(std::move(points)), std::nullopt);
  EXPECT_GT(html_page(document, kFiles, SIZE_MAX).size(), kMaxPageBytes);
  const std::string html = html_page(document, kFiles);
  EXPECT_LE(html.size(), kMaxPageBytes);
  EXPECT_GT(html.size(), kMaxPageBytes * 9 / 10);  // no more than needs be
  EXPECT_THAT(html, HasSubstr("Left out, to keep this page short"));
}

TEST(ReportMarkdown, IsTablesWithLinksToCommands) {
  const std::string text = markdown_text(sample());
  EXPECT_THAT(text, HasSubstr("| operation | [protection: fast](#run-1) |"));
  EXPECT_THAT(text, HasSubstr("### Run 1\n\nhello fast aegis\n\n```sh\nexosim --config fast.yaml"));
  EXPECT_THAT(markdown_text(bad_names()), HasSubstr("| \\</script\\>\\<i\\>&\"\\|\\*x\\*"));
}

TEST(ReportMarkdown, RowsHaveAsManyCellsAsColumns) {
  const std::string text = markdown_text(bad_names());
  size_t columns = 0;
  for (size_t at = 0; at < text.size();) {
    const size_t end = text.find('\n', at);
    const std::string line = text.substr(at, end - at);
    size_t bars = 0;
    for (size_t c = 0; c < line.size(); ++c)
      bars += line[c] == '|' && (c == 0 || line[c - 1] != '\\');
    EXPECT_TRUE(columns == 0 || bars == 0 || bars == columns) << line;
    columns = bars;
    at = end + 1;
  }
}

TEST(ReportText, HasColumnsUnderOneAnother) {
  const std::string text = plain_text(sample());
  EXPECT_THAT(text, HasSubstr("hello on fast, warm: median cycles with several numbers (runs 1)\n"
                              "  operation   1   2   4   16  last ÷ first\n"
                              "  refill     10  20  40  160         16.00\n"));
  EXPECT_THAT(text, HasSubstr("run 1: hello fast aegis\n  exosim --config fast.yaml hello.elf\n"));
}

}  // namespace
}  // namespace exosim::bench
