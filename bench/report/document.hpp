// A report before it has a form: sections of paragraphs, tables and plots. The HTML, Markdown and
// text writers make the same content of it.
#pragma once

#include <cstddef>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "bench/report/page_files.hpp"

namespace exosim::bench {

struct Paragraph {
  std::string text;
  bool is_of_bars = false;  // explains columns that are drawn (TableColumn::is_drawn)
};

/// A figure knows the run that it is of, so that its command can be found.
struct TableCell {
  std::string text;
  std::optional<size_t> run;  // index in Document::runs
};

struct TableColumn {
  std::string title;
  std::string group;  // neighbours with the same one stand under it; may be empty
  bool is_number = true;
  bool is_drawn = false;  // a plot beside it shows the same
};

/// The first cell of each row names it. Every row has a cell for each column.
struct Table {
  std::string kind;  // one of kTableKinds
  std::string id;    // of its own in the document
  std::string caption;
  std::vector<TableColumn> columns;
  std::vector<std::vector<TableCell>> rows;
  bool is_detail = false;  // a page has it folded away at first
};

/// What tables there are; `--table` takes one of these.
inline constexpr std::string_view kTableKinds[] = {"headline", "times",     "series",
                                                   "domains",  "causes",    "machines",
                                                   "kernels",  "workloads", "changes"};

/// Records of a plot: one for each row of a table, with the row's name as "operation", numbers of
/// some columns, and what is the same in all of them. So no figure is in a page twice.
struct PlotSource {
  std::string table;                                    // its id
  std::vector<std::pair<std::string, size_t>> numbers;  // name, column; the rest of a cell is unit
  nlohmann::ordered_json constants;
};

struct LegendEntry {
  std::string name;
  std::string svg;          // an image of 16 by 16
  std::string letter = {};  // that stands for it on paper
};

/// Drawn in HTML only; what it shows stands in tables.
struct Plot {
  std::string id;
  std::string title;
  std::string description;           // in words, for who does not see it
  nlohmann::ordered_json spec = {};  // vega-lite, of the data named "figures"
  std::vector<PlotSource> sources = {};
  std::vector<LegendEntry> legend = {};
  size_t operations = 0;  // in it; many make it high
};

using Block = std::variant<Paragraph, Table, Plot>;

struct Section {
  std::string id;
  std::string title;  // may be empty
  std::vector<Block> blocks;
};

/// How the figures of a run are had again.
struct RunCommand {
  std::string label;    // "primitives dec5000-125 aegis cold"
  std::string command;  // for a shell
};

struct Document {
  std::string title;  // may be empty
  std::vector<std::string> lead;
  std::vector<Section> sections;
  std::vector<RunCommand> runs;
};

/// The run that all figures of a column are of; then its heading leads there, and not each of them.
std::optional<size_t> run_of_column(const Table& table, size_t column);

/// What it has of that kind, and what explains its bars: no titles, no other text, no commands.
Document only_tables(Document document, std::string_view kind);

/// A page may not be longer: longer ones are slow to open, and are not shown in many places.
inline constexpr size_t kMaxPageBytes = 2'000'000;

/// One file that needs no other; without the plotting library it says so in the place of plots.
/// Tables of domains and causes are left out, the largest first, until it is short enough, and the
/// page says so.
std::string html_page(const Document& document, const PageFiles& files,
                      size_t max_bytes = kMaxPageBytes);
/// For GitHub and other places that take tables and anchors of headings.
std::string markdown_text(const Document& document);
/// For a terminal.
std::string plain_text(const Document& document);

}  // namespace exosim::bench
