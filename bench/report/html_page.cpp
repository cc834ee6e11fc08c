// The document as one HTML file: style, scripts and the plotting library are in it.
#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "bench/report/document.hpp"
#include "bench/report/html_text.hpp"
#include "bench/report/looks.hpp"
#include "bench/suite/digest.hpp"
#include "bench/suite/point.hpp"

namespace exosim::bench {
namespace {

/// JSON that cannot end the script element it stands in.
std::string script_json(const nlohmann::ordered_json& json) {
  std::string text;
  for (const char c : json_text(json)) {
    if (c == '<')
      text += "\\u003c";
    else
      text += c;
  }
  return text;
}

nlohmann::ordered_json sources_json(const Plot& plot) {
  auto sources = nlohmann::ordered_json::array();
  for (const PlotSource& source : plot.sources) {
    auto numbers = nlohmann::ordered_json::array();
    for (const auto& [name, column] : source.numbers) numbers.push_back({name, column});
    sources.push_back(
        {{"table", source.table}, {"numbers", numbers}, {"constants", source.constants}});
  }
  return sources;
}

bool has_plots(const Document& document) {
  return std::ranges::any_of(document.sections, [](const Section& section) {
    return std::ranges::any_of(
        section.blocks, [](const Block& block) { return std::holds_alternative<Plot>(block); });
  });
}

class PageWriter {
 public:
  PageWriter(const Document& document, const PageFiles& files)
      : document_(document), files_(files), draws_(files.plots && has_plots(document)) {}

  std::string run() {
    head();
    if (!document_.title.empty()) header();
    html_ += "<main id=\"main\">\n";
    if (draws_)
      html_ += "<noscript><p>Plots need JavaScript. The tables have all figures.</p></noscript>\n";
    else if (has_plots(document_))
      paragraph(
          fmt::format("This report has no plots: {}. The tables have all figures.", kNoPlots));
    for (const Section& section : document_.sections) add(section);
    if (!document_.runs.empty()) commands();
    html_ += "</main>\n";
    if (draws_)
      html_ += looks_svg() + "<script type=\"text/plain\" id=\"library\">" + files_.plots->packed +
               "</script>\n";
    return html_ + "<script>" + files_.script + "</script>\n</body>\n</html>\n";
  }

 private:
  /// Only the scripts that are in the page may run, and nothing may be fetched.
  void head() {
    std::string scripts = "'sha256-" + sha256_base64(files_.script) + "'";
    if (draws_) scripts += " '" + files_.plots->hash + "'";
    html_ += fmt::format(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
        "style-src 'unsafe-inline'; script-src {}\">\n"
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
        "<meta name=\"color-scheme\" content=\"light dark\">\n"
        "<title>{}</title>\n<style>\n{}</style>\n</head>\n<body>\n",
        scripts, document_.title.empty() ? "exosim-bench" : html_escaped(document_.title),
        files_.style + (draws_ ? looks_print_style() : ""));
  }

  void header() {
    html_ += "<a class=\"skip\" href=\"#main\">Skip to the figures</a>\n<header><h1>" +
             html_escaped(document_.title) + "</h1>\n";
    for (const std::string& text : document_.lead) paragraph(text);
    contents();
    html_ += "</header>\n";
  }

  void contents() {
    html_ += "<nav aria-label=\"Contents\"><ul>\n";
    for (const Section& section : document_.sections)
      html_ += fmt::format("<li><a href=\"#{}\">{}</a>\n", html_escaped(section.id),
                           html_escaped(section.title));
    html_ += "<li><a href=\"#commands\">Commands</a>\n</ul></nav>\n";
  }

  void add(const Section& section) {
    html_ += section.title.empty()
                 ? "<section>\n"
                 : fmt::format("<section aria-labelledby=\"{0}\"><h2 id=\"{0}\">{1}</h2>\n",
                               html_escaped(section.id), html_escaped(section.title));
    for (const Block& block : section.blocks)
      std::visit([this](const auto& each) { add(each); }, block);
    html_ += "</section>\n";
  }

  void add(const Paragraph& text) {
    if (!draws_ || !text.is_of_bars) paragraph(text.text);
  }
  void paragraph(const std::string& text) { html_ += "<p>" + html_escaped(text) + "</p>\n"; }
  void add(const Table& table) { html_ += html_table(table, draws_); }

  void add(const Plot& plot) {
    if (!draws_) return;
    const std::string title = html_escaped(plot.title);
    const bool folded = plot.operations > kUnfoldedRows;
    if (folded) html_ += "<details><summary>Plot: " + title + "</summary>\n";
    html_ += fmt::format(
        "<figure id=\"{}\"><figcaption>{}</figcaption>\n<div class=\"choices\"></div>\n",
        html_escaped(plot.id), title);
    legend(plot);
    html_ += fmt::format(
        "<div class=\"plot\" role=\"img\" aria-label=\"{}\"></div>\n"
        "<script type=\"application/json\">{}</script>\n</figure>\n",
        html_escaped(plot.description),
        script_json({{"spec", plot.spec}, {"sources", sources_json(plot)}}));
    if (folded) html_ += "</details>\n";
  }

  void legend(const Plot& plot) {
    if (plot.legend.empty()) return;
    html_ += "<ul class=\"legend\">";
    for (const LegendEntry& entry : plot.legend)
      html_ += fmt::format("<li><svg width=\"16\" height=\"16\" aria-hidden=\"true\">{}</svg>{}{}",
                           entry.svg,
                           entry.letter.empty() ? "" : "<b>" + html_escaped(entry.letter) + "</b> ",
                           html_escaped(entry.name));
    html_ += "</ul>\n";
  }

  void commands() {
    html_ +=
        "<section aria-labelledby=\"commands\"><h2 id=\"commands\">Commands</h2>\n"
        "<p>Each prints the figures of its run; with <code>--stats FILE</code> it writes them as "
        "JSON, too. To be given in the folder in which <code>exosim-bench run</code> was.</p>\n";
    for (size_t run = 0; run < document_.runs.size(); ++run)
      html_ += fmt::format(
          "<h3 id=\"run-{0}\" tabindex=\"-1\">Run {0}: {1}</h3>\n"
          "<pre tabindex=\"0\"><code>{2}</code></pre>\n",
          run + 1, html_escaped(document_.runs[run].label),
          html_escaped(document_.runs[run].command));
    html_ += "</section>\n";
  }

  const Document& document_;
  const PageFiles& files_;
  const bool draws_;
  std::string html_;
};

/// Of what may be left out, the table with the most cells: its section and block.
std::pair<Section*, size_t> largest_detail(Document& document) {
  std::pair<Section*, size_t> largest = {nullptr, 0};
  size_t most = 0;
  for (Section& section : document.sections)
    for (size_t at = 0; at < section.blocks.size(); ++at) {
      const Table* table = std::get_if<Table>(&section.blocks[at]);
      if (!table || !table->is_detail) continue;
      const size_t cells = table->rows.size() * table->columns.size();
      if (cells > most) largest = {&section, at};
      most = std::max(most, cells);
    }
  return largest;
}

/// Plots without it; those that have nothing else are gone.
void forget_table(Document& document, const std::string& id) {
  for (Section& section : document.sections)
    std::erase_if(section.blocks, [&id](Block& block) {
      Plot* plot = std::get_if<Plot>(&block);
      if (!plot || plot->sources.empty()) return false;
      std::erase_if(plot->sources, [&id](const auto& source) { return source.table == id; });
      return plot->sources.empty();
    });
}

/// Says in its place that it is left out. Returns how much shorter the page is, 0 if there is
/// nothing more to leave out.
size_t leave_one_out(Document& document) {
  const auto [section, at] = largest_detail(document);
  if (!section) return 0;
  const Table table = std::get<Table>(std::move(section->blocks[at]));
  section->blocks[at] = Paragraph{"Left out, to keep this page short: " + table.caption +
                                  ". The report as Markdown or as text has it (--format)."};
  forget_table(document, table.id);
  return html_table(table, true).size();
}

}  // namespace

std::string html_page(const Document& document, const PageFiles& files, size_t max_bytes) {
  std::string html = PageWriter(document, files).run();
  if (html.size() <= max_bytes) return html;
  Document shorter = document;
  while (html.size() > max_bytes) {
    const size_t excess = html.size() - max_bytes;
    size_t left_out = leave_one_out(shorter);
    if (left_out == 0) break;
    while (left_out < excess) {
      const size_t more = leave_one_out(shorter);
      if (more == 0) break;
      left_out += more;
    }
    html = PageWriter(shorter, files).run();
  }
  return html;
}

}  // namespace exosim::bench
