// See source_notes.hpp.
#include "bench/gate/source_notes.hpp"

#include <fmt/format.h>

#include <set>
#include <system_error>
#include <utility>

namespace exosim::bench {
namespace {

namespace fs = std::filesystem;
using ImageAndSource = std::pair<std::string, std::string>;

/// All that the report shows lines of.
std::set<ImageAndSource> shown_sources(const GateReport& report) {
  std::set<ImageAndSource> shown;
  for (const PointVerdict& point : report.points)
    for (const OperationVerdict& operation : point.operations)
      for (const FunctionChange& function : operation.why.functions) {
        if (!function.file.empty()) shown.emplace(function.image, function.file);
        for (const LineChange& line : function.lines)
          if (!line.file.empty()) shown.emplace(function.image, line.file);
      }
  return shown;
}

bool is_newer(const fs::path& file, const fs::path& than) {
  std::error_code no_file;
  std::error_code no_other;
  const auto time = fs::last_write_time(file, no_file);
  const auto other = fs::last_write_time(than, no_other);
  return !no_file && !no_other && time > other;
}

}  // namespace

std::vector<std::string> newer_sources(const GateReport& report, const ImageFiles& images,
                                       const SourceTexts& sources) {
  std::vector<std::string> notes;
  for (const auto& [image, source] : shown_sources(report)) {
    const auto found = images.find(image);
    if (found != images.end() && is_newer(sources.path_of(source), found->second))
      notes.push_back(fmt::format(
          "{} is newer than {}: unless that is built again, its lines here may be others", source,
          found->second.string()));
  }
  return notes;
}

}  // namespace exosim::bench
