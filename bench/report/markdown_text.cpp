// The document as Markdown, as GitHub shows it: tables, and anchors of headings for the commands.
#include <fmt/format.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bench/report/document.hpp"

namespace exosim::bench {
namespace {

/// Text that means only itself.
std::string escaped(std::string_view text) {
  std::string markdown;
  for (const char c : text) {
    if (std::string_view("\\`*_[]<>|#~").find(c) != std::string_view::npos) markdown += '\\';
    markdown += c;
  }
  return markdown;
}

/// GitHub's anchor of a heading "Run 3".
std::string linked(const std::string& text, const std::optional<size_t>& run) {
  if (!run || text.empty()) return escaped(text);
  return fmt::format("[{}](#run-{})", escaped(text), *run + 1);
}

std::string column_title(const TableColumn& column) {
  return column.group.empty() ? column.title : column.group + ": " + column.title;
}

class MarkdownWriter {
 public:
  std::string run(const Document& document) {
    title("# ", document.title);
    for (const std::string& lead : document.lead) add(Paragraph{lead});
    for (const Section& section : document.sections) {
      title("## ", section.title);
      for (const Block& block : section.blocks)
        std::visit([this](const auto& each) { add(each); }, block);
    }
    if (!document.runs.empty())
      text_ += "## Commands\n\nTo be given in the folder in which `exosim-bench run` was.\n\n";
    for (size_t run = 0; run < document.runs.size(); ++run)
      text_ += fmt::format("### Run {}\n\n{}\n\n```sh\n{}\n```\n\n", run + 1,
                           escaped(document.runs[run].label), document.runs[run].command);
    text_.pop_back();
    return std::move(text_);
  }

 private:
  void title(const char* level, const std::string& text) {
    if (!text.empty()) text_ += level + escaped(text) + "\n\n";
  }
  void add(const Paragraph& paragraph) { text_ += escaped(paragraph.text) + "\n\n"; }
  void add(const Plot&) {}  // the tables have its figures

  void add(const Table& table) {
    text_ += "**" + escaped(table.caption) + "**\n\n|";
    std::vector<bool> cells_link;
    for (size_t at = 0; at < table.columns.size(); ++at) {
      const auto run = run_of_column(table, at);
      cells_link.push_back(!run);
      text_ += " " + linked(column_title(table.columns[at]), run) + " |";
    }
    text_ += "\n|";
    for (const TableColumn& column : table.columns) text_ += column.is_number ? "---:|" : "---|";
    for (const auto& row : table.rows) {
      text_ += "\n|";
      for (size_t at = 0; at < row.size(); ++at)
        text_ += " " + linked(row[at].text, cells_link[at] ? row[at].run : std::nullopt) + " |";
    }
    text_ += "\n\n";
  }

  std::string text_;
};

}  // namespace

std::string markdown_text(const Document& document) { return MarkdownWriter().run(document); }

}  // namespace exosim::bench
