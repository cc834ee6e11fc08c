// exosim-bench report: a folder of results as a page, as Markdown, or as text.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "bench/commands/command.hpp"
#include "bench/report/document.hpp"
#include "bench/report/page_files.hpp"
#include "bench/report/result_set.hpp"
#include "bench/report/sections.hpp"
#include "sim/base/file.hpp"
#include "sim/options/resources.hpp"

namespace exosim::bench {
namespace {

constexpr OptionRow kOptions[] = {
    {"output,o", "FILE", "where it is written (default: standard output)"},
    {"format", "FORMAT", "html, markdown or text (default: by FILE's ending, else text)"},
    {"against", "DIR2", "results to compare with, such as those of the commit before"},
    {"published", "FILE", "published figures, instead of those that the suite names"},
    {"workload", "NAMES", "only these, with commas between them (default: all)"},
    {"table", "KIND",
     "only these tables: headline, times, series, domains, causes, machines, kernels, workloads or "
     "changes"},
};

constexpr std::string_view kDetails =
    "DIR is a folder of exosim-bench run with all of its points; it is only read. The HTML report\n"
    "is one file that needs no other and no network. Exit status: 0, or 2 if the results cannot "
    "be\n"
    "read, an option is wrong, or the report cannot be written.\n";

enum class Format : uint8_t { kHtml, kMarkdown, kText };

struct FormatName {
  std::string_view name;
  std::string_view ending;
  Format format;
};
constexpr std::array kFormats = {FormatName{"html", ".html", Format::kHtml},
                                 FormatName{"markdown", ".md", Format::kMarkdown},
                                 FormatName{"text", ".txt", Format::kText}};

Result<Format> format_of(const CommandLine& line) {
  const auto given = line.value("format");
  const std::string output = line.value("output").value_or("");
  for (const FormatName& each : kFormats)
    if (given ? *given == each.name : output.ends_with(each.ending)) return each.format;
  if (given)
    return Error{"--format", fmt::format("expected html, markdown or text, got {}", *given)};
  return Format::kText;
}

/// One of `names`, or the message that `option` got another.
template <class Names>
std::optional<Error> expect_one_of(const std::string& option, const std::string& given,
                                   const Names& names) {
  if (std::ranges::find(names, given) != std::end(names)) return std::nullopt;
  return Error{option, fmt::format("expected {}, got {}", fmt::join(names, ", "), given)};
}

std::vector<std::string> split_names(std::string_view text) {
  std::vector<std::string> names;
  for (size_t at = 0; at <= text.size();) {
    const size_t end = std::min(text.find(',', at), text.size());
    names.emplace_back(text.substr(at, end - at));
    at = end + 1;
  }
  return names;
}

std::optional<Error> keep_workloads(ResultSet& set, const std::optional<std::string>& given) {
  if (!given) return std::nullopt;
  std::vector<std::string> all;
  for (const ReportPoint& point : set.points)
    if (std::ranges::find(all, point.workload) == all.end()) all.push_back(point.workload);
  const std::vector<std::string> wanted = split_names(*given);
  for (const std::string& name : wanted)
    if (auto error = expect_one_of("--workload", name, all)) return error;
  std::erase_if(set.points, [&wanted](const ReportPoint& point) {
    return std::ranges::find(wanted, point.workload) == wanted.end();
  });
  return std::nullopt;
}

Result<ResultSet> read_set(const CommandLine& line, const std::string& folder) {
  auto set = read_result_set(folder);
  if (!set) return set.error();
  if (auto error = keep_workloads(*set, line.value("workload"))) return *error;
  return set;
}

Result<Document> document_of(const CommandLine& line) {
  const auto kind = line.value("table");
  if (kind)
    if (auto error = expect_one_of("--table", *kind, kTableKinds)) return *error;
  auto set = read_set(line, line.arguments.front());
  if (!set) return set.error();
  if (auto added = add_published(*set, line.value("published")); !added) return added.error();
  std::optional<ResultSet> before;
  if (const auto folder = line.value("against")) {
    auto other = read_set(line, *folder);
    if (!other) return Error{"--against", other.error().text()};
    before = std::move(*other);
  }
  Document document = report_document(*set, before);
  if (!kind) return document;
  document = only_tables(std::move(document), *kind);
  if (document.sections.empty())
    return Error{"--table", fmt::format("the results have no tables of the kind {}", *kind)};
  return document;
}

Result<std::string> text_of(const Document& document, Format format) {
  if (format == Format::kMarkdown) return markdown_text(document);
  if (format == Format::kText) return plain_text(document);
  const auto program = executable_folder();
  if (!program) return program.error();
  const auto files = find_page_files(*program);
  if (!files) return files.error();
  if (!files->plots) fmt::print(stderr, "exosim-bench: the report has no plots: {}\n", kNoPlots);
  return html_page(document, *files);
}

Result<int> report(const CommandLine& line) {
  if (line.arguments.size() != 1)
    return Error{{},
                 line.arguments.empty() ? "no folder of results given"
                                        : "one folder of results at a time; --against DIR2 "
                                          "compares with another"};
  const auto format = format_of(line);
  if (!format) return format.error();
  const auto document = document_of(line);
  if (!document) return document.error();
  const auto text = text_of(*document, *format);
  if (!text) return text.error();
  const auto output = line.value("output");
  if (!output || *output == "-") {
    fmt::print("{}", *text);
    return kAllAsExpected;
  }
  const auto written = write_file(*output, std::as_bytes(std::span(text->data(), text->size())));
  if (!written) return written.error();
  return kAllAsExpected;
}

}  // namespace

const Command kReportCommand = {"report",
                                "DIR [-o report.html] [options]",
                                "Shows a folder of results: HTML, Markdown or text",
                                kDetails,
                                kOptions,
                                report};

}  // namespace exosim::bench
