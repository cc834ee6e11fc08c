// See github.hpp.
#include "bench/gate/github.hpp"

#include <fmt/format.h>

#include "bench/gate/sources_of_change.hpp"

namespace exosim::bench {
namespace {

/// The escapes of workflow commands; in properties ':' and ',' have a meaning, too.
std::string escaped(const std::string& text, bool is_property) {
  std::string result;
  for (const char c : text) {
    const bool is_special =
        c == '%' || c == '\r' || c == '\n' || (is_property && (c == ':' || c == ','));
    result += is_special ? fmt::format("%{:02X}", static_cast<unsigned>(c)) : std::string(1, c);
  }
  return result;
}

std::string place_of(const SourceOfChange& source) {
  if (source.file.empty()) return {};
  return fmt::format("file={},line={},", escaped(source.file, true), source.line);
}

}  // namespace

std::string github_annotations(const GateReport& report) {
  std::string text;
  size_t explained = 0;
  for (const SourceOfChange& source : sources_of_change(report)) {
    explained += source.operations;
    text += fmt::format("::error {}title={}::{}\n", place_of(source),
                        escaped(source.function + " costs other cycles", true),
                        escaped(source.first + "\n" + source_text(source), false));
  }
  size_t unexplained = report.wrong() - explained;
  for (const PointVerdict& point : report.points)
    if (!point.wrong.empty()) {
      text += fmt::format("::error title={}::{}\n", escaped(point.label, true),
                          escaped(point.wrong + "\n" + point.command, false));
      --unexplained;
    }
  if (unexplained != 0)
    text += fmt::format("::error title={}::{} operations differ for reasons that are not known\n",
                        escaped(report.name, true), unexplained);
  return text;
}

}  // namespace exosim::bench
