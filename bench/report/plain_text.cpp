// The document for a terminal: columns under one another, runs by their numbers.
#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <string_view>

#include "bench/report/document.hpp"

namespace exosim::bench {
namespace {

constexpr size_t kLineWidth = 100;

/// Characters, not bytes; all that reports have are one column wide.
size_t width_of(std::string_view text) {
  return static_cast<size_t>(std::ranges::count_if(
      text, [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; }));
}

std::string padded(const std::string& text, size_t width, bool right) {
  const std::string blanks(width - std::min(width, width_of(text)), ' ');
  return right ? blanks + text : text + blanks;
}

std::string wrapped(std::string_view text) {
  std::string lines;
  size_t width = 0;
  while (!text.empty()) {
    const size_t end = std::min(text.find(' '), text.size());
    const std::string_view word = text.substr(0, end);
    const bool breaks = width != 0 && width + 1 + width_of(word) > kLineWidth;
    if (width != 0) lines += breaks ? '\n' : ' ';
    width = (breaks || width == 0 ? 0 : width + 1) + width_of(word);
    lines += word;
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines + "\n\n";
}

/// "1, 2": the runs whose figures a row, or a table, has.
std::string runs_text(const std::set<size_t>& runs) {
  std::string text;
  for (const size_t run : runs) text += fmt::format("{}{}", text.empty() ? "" : ", ", run + 1);
  return text;
}

std::set<size_t> runs_of(const Table& table) {
  std::set<size_t> runs;
  for (const auto& row : table.rows)
    for (const TableCell& cell : row)
      if (cell.run) runs.insert(*cell.run);
  return runs;
}

class TextWriter {
 public:
  std::string run(const Document& document) {
    title(document.title, '=');
    for (const std::string& lead : document.lead) text_ += wrapped(lead);
    for (const Section& section : document.sections) {
      title(section.title, '-');
      for (const Block& block : section.blocks)
        std::visit([this](const auto& each) { add(each); }, block);
    }
    if (!document.runs.empty()) title("Commands", '-');
    for (size_t run = 0; run < document.runs.size(); ++run)
      text_ += fmt::format("run {}: {}\n  {}\n", run + 1, document.runs[run].label,
                           document.runs[run].command);
    if (document.runs.empty()) text_.pop_back();  // the empty line behind the last table
    return std::move(text_);
  }

 private:
  void title(const std::string& text, char line) {
    if (!text.empty()) text_ += text + "\n" + std::string(width_of(text), line) + "\n\n";
  }
  void add(const Paragraph& paragraph) { text_ += wrapped(paragraph.text); }
  void add(const Plot&) {}  // the tables have its figures

  void add(const Table& table) {
    const std::string runs = runs_text(runs_of(table));
    text_ += table.caption + (runs.empty() ? "" : " (runs " + runs + ")") + "\n";
    const std::vector<size_t> widths = widths_of(table);
    if (std::ranges::any_of(table.columns, [](const auto& each) { return !each.group.empty(); }))
      group_line(table, widths);
    std::string line;
    for (size_t at = 0; at < table.columns.size(); ++at)
      add_cell(line, table.columns[at].title, widths[at], table.columns[at].is_number);
    end_line(line);
    for (const auto& row : table.rows) {
      for (size_t at = 0; at < row.size(); ++at)
        add_cell(line, row[at].text, widths[at], table.columns[at].is_number);
      end_line(line);
    }
    text_ += "\n";
  }

  /// Wide enough for the group's name above them, too.
  static std::vector<size_t> widths_of(const Table& table) {
    std::vector<size_t> widths;
    for (size_t at = 0; at < table.columns.size(); ++at) {
      size_t width = width_of(table.columns[at].title);
      for (const auto& row : table.rows) width = std::max(width, width_of(row[at].text));
      widths.push_back(width);
    }
    for (size_t at = 0; at < table.columns.size();) {
      const size_t end = group_end(table, at);
      const size_t has = group_width(widths, at, end);
      const size_t needs = width_of(table.columns[at].group);
      if (needs > has) widths[end - 1] += needs - has;
      at = end;
    }
    return widths;
  }

  static size_t group_end(const Table& table, size_t at) {
    size_t end = at + 1;
    while (end < table.columns.size() && !table.columns[at].group.empty() &&
           table.columns[end].group == table.columns[at].group)
      ++end;
    return end;
  }

  static size_t group_width(const std::vector<size_t>& widths, size_t at, size_t end) {
    size_t width = 2 * (end - at - 1);
    for (size_t each = at; each < end; ++each) width += widths[each];
    return width;
  }

  void group_line(const Table& table, const std::vector<size_t>& widths) {
    std::string line;
    for (size_t at = 0; at < table.columns.size();) {
      const size_t end = group_end(table, at);
      add_cell(line, table.columns[at].group, group_width(widths, at, end), true);
      at = end;
    }
    end_line(line);
  }

  static void add_cell(std::string& line, const std::string& text, size_t width, bool right) {
    line += padded(text, width, right) + "  ";
  }

  void end_line(std::string& line) {
    while (line.ends_with(' ')) line.pop_back();
    text_ += "  " + line + "\n";
    line.clear();
  }

  std::string text_;
};

}  // namespace

std::string plain_text(const Document& document) { return TextWriter().run(document); }

}  // namespace exosim::bench
