// Whether the source lines that a report shows are those of the runs.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "bench/gate/gate_report.hpp"
#include "bench/gate/source_texts.hpp"

namespace exosim::bench {

/// Where images lie, by their names in the report.
using ImageFiles = std::map<std::string, std::filesystem::path>;

/// A line for each source file of the report that is newer than the image that it is in: that was
/// built from another text.
std::vector<std::string> newer_sources(const GateReport& report, const ImageFiles& images,
                                       const SourceTexts& sources);

}  // namespace exosim::bench
