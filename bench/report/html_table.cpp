// Tables in HTML. End tags that HTML lets one leave out are left out: tables are most of a page.
#include <fmt/format.h>

#include <algorithm>

#include "bench/report/html_text.hpp"

namespace exosim::bench {
namespace {

class TableWriter {
 public:
  TableWriter(const Table& table, bool has_plots) : table_(table) {
    for (size_t at = 0; at < table.columns.size(); ++at)
      if (!has_plots || !table.columns[at].is_drawn) columns_.push_back(at);
  }

  std::string run() {
    const bool folded = table_.is_detail || table_.rows.size() > kUnfoldedRows;
    const std::string caption = html_escaped(table_.caption);
    if (folded)
      html_ +=
          fmt::format("<details><summary>{} ({} rows)</summary>\n", caption, table_.rows.size());
    html_ += fmt::format(
        "<div class=\"table\" tabindex=\"0\" role=\"group\" aria-label=\"{0}\">"
        "<table id=\"{1}\"><caption>{0}</caption>\n",
        caption, html_escaped(table_.id));
    head();
    html_ += "<tbody>\n";
    for (const auto& row : table_.rows) add_row(row);
    html_ += "</table></div>\n";
    if (folded) html_ += "</details>\n";
    return std::move(html_);
  }

 private:
  void head() {
    if (std::ranges::any_of(table_.columns, [](const auto& each) { return !each.group.empty(); }))
      group_row();
    else
      html_ += "<thead>";
    html_ += "<tr>";
    for (const size_t at : columns_) {
      const TableColumn& column = table_.columns[at];
      const auto run = run_of_column(table_, at);
      cells_link_.push_back(!run);
      html_ += fmt::format("<th scope=\"col\"{}>{}", column.is_number ? "" : " class=\"w\"",
                           html_linked(column.title, run));
    }
    html_ += "\n";
  }

  void group_row() {
    std::string columns;
    std::string heads;
    for (size_t at = 0; at < columns_.size();) {
      size_t end = at + 1;
      const std::string& group = table_.columns[columns_[at]].group;
      while (end < columns_.size() && table_.columns[columns_[end]].group == group) ++end;
      columns += fmt::format("<colgroup span=\"{}\">", end - at);
      heads += group.empty() ? fmt::format("<td colspan=\"{}\">", end - at)
                             : fmt::format("<th scope=\"colgroup\" colspan=\"{}\">{}", end - at,
                                           html_escaped(group));
      at = end;
    }
    html_ += columns + "<thead><tr class=\"groups\">" + heads + "\n";
  }

  void add_row(const std::vector<TableCell>& row) {
    html_ += "<tr><th scope=\"row\">" + html_escaped(row.front().text);
    for (size_t index = 1; index < columns_.size(); ++index) {
      const TableCell& cell = row[columns_[index]];
      const TableColumn& column = table_.columns[columns_[index]];
      html_ += column.is_drawn    ? "<td class=\"w bar\">"
               : column.is_number ? "<td>"
                                  : "<td class=\"w\">";
      html_ += html_linked(cell.text, cells_link_[index] ? cell.run : std::nullopt);
    }
    html_ += "\n";
  }

  const Table& table_;
  std::vector<size_t> columns_;   // that are shown
  std::vector<bool> cells_link_;  // of those: whether the runs of its cells differ
  std::string html_;
};

}  // namespace

std::string html_escaped(std::string_view text) {
  std::string html;
  for (const char c : text) switch (c) {
      case '&':
        html += "&amp;";
        break;
      case '<':
        html += "&lt;";
        break;
      case '>':
        html += "&gt;";
        break;
      case '"':
        html += "&quot;";
        break;
      default:
        html += c;
    }
  return html;
}

std::string html_linked(const std::string& text, const std::optional<size_t>& run) {
  if (!run || text.empty()) return html_escaped(text);
  return fmt::format("<a href=\"#run-{}\">{}</a>", *run + 1, html_escaped(text));
}

std::string html_table(const Table& table, bool has_plots) {
  return TableWriter(table, has_plots).run();
}

}  // namespace exosim::bench
