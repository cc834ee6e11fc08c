// Where the differences of a whole report most likely come from: places in the source, each with
// the operations that it changed.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "bench/gate/gate_report.hpp"

namespace exosim::bench {

struct SourceOfChange {
  std::string file;  // may be empty: no debug information
  unsigned line = 0;
  std::string function;
  std::string image;
  std::string text;
  Change change = Change::kCost;
  std::string first;      // "primitives dec5000-125 aegis warm, page allocate: 412 -> 470 cycles"
  std::string causes;     // the line's, in the first
  size_t operations = 0;  // that have this as their main difference
};

/// The one with the most operations first.
std::vector<SourceOfChange> sources_of_change(const GateReport& report);

/// One line.
std::string source_text(const SourceOfChange& source);

}  // namespace exosim::bench
